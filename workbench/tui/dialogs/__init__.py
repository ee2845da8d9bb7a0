"""Windows over a screen that ask one thing and return one typed answer."""

from __future__ import annotations
