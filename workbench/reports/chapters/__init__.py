"""Chapters that reports are put together from: raw values in, plain printable values out."""

from __future__ import annotations
