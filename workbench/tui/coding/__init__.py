"""What the coding screen is made of besides its widgets: the open source, places in it, commands."""

from __future__ import annotations
