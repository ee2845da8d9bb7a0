"""Turning recordings into timed words: audio, pauses, Whisper engines, weights, the child process."""

from __future__ import annotations
