"""One file an engine; ``workbench.transcription.engine`` finds them, names with ``_`` are not engines."""

from __future__ import annotations
