"""Word reports: what goes into them, the templates they are made from, and how they are written."""

from __future__ import annotations
