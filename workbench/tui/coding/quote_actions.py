"""The verbs that change a quote: its borders, its parts, its codes, what is noted on it."""

from __future__ import annotations

from workbench.tui.coding.actions import CodingActions


class QuoteActions(CodingActions):
    """What is done to quotes that are there already."""
