"""Parts of screens that more than one screen uses."""

from __future__ import annotations
