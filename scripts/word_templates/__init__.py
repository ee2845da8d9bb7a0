"""The Word templates that come with the program, described once for all languages."""

from __future__ import annotations
