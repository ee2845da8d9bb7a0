"""From evidence to decisions on paper: counting, barrier priorities and the steps of the cycle."""

from __future__ import annotations
