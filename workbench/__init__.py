"""A qualitative research workbench for interviews and mystery shopping."""

from __future__ import annotations

__version__ = "0.1.0"
