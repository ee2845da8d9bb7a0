"""The reports that come with the program: one file, one report."""

from __future__ import annotations
