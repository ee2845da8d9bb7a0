"""Coding on paper: the codebook as a tree, codes on spans, finding words and finding codes."""

from __future__ import annotations
