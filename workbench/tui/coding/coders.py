"""Whose codings are shown on the coding screen."""

from __future__ import annotations

from workbench.tui.coding.codebook import CodingCodebook


class CodingCoders(CodingCodebook):
    """One's own codings, another coder's, or everybody's."""
