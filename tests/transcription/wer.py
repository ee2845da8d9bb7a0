"""Word error rate between what was said and what was recognised."""

from __future__ import annotations

import re

import jiwer


def plain(text: str) -> str:
    """Lower case, е for ё, no punctuation: what a person hears."""
    return " ".join(re.sub(r"[^\w\s]", " ", text.casefold().replace("ё", "е")).split())


def word_errors(said: str, recognised: str) -> float:
    """The share of words that must be changed."""
    return jiwer.wer(plain(said), plain(recognised))
