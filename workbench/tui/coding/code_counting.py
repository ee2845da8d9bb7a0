"""Counting on: what one coding more or less changes in the codebook, without reading all of it again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from workbench.models.views import CodeView


def count_on(
    codes: Mapping[str, CodeView], code_id: str, step: int, others: Collection[str]
) -> Iterator[CodeView]:
    """Yield the codes whose number of quotes changes, with the new number.

    Args:
        codes: the codebook.
        code_id: the code that a quote got or lost.
        step: 1 or −1.
        others: the other codes on this quote; what lies over one of them has the quote anyway.
    """
    having = {above for other in others for above in _line(codes, other)}
    for number, code in enumerate(_line(codes, code_id)):
        view = codes[code]
        own = view.quotes + step if number == 0 else view.quotes
        every = view.all_quotes if code in having else view.all_quotes + step
        if (own, every) != (view.quotes, view.all_quotes):
            yield replace(view, quotes=max(0, own), all_quotes=max(0, every))


def _line(codes: Mapping[str, CodeView], code_id: str | None) -> Iterator[str]:
    """Yield a code and all it lies under."""
    while code_id in codes and code_id is not None:
        yield code_id
        code_id = codes[code_id].parent_id
