"""Programs that measure the workbench and print figures with their targets; they are not tests."""

from __future__ import annotations
