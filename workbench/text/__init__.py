"""Text as the workbench keeps it: normalised once, measured in codepoints, cut into turns."""

from __future__ import annotations
