"""Codes as the fuzzy search wants them."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.coding.fuzzy import Candidate
from workbench.models.views import CodeView


def candidates(codes: Iterable[CodeView]) -> list[Candidate]:
    """Return what can be picked, to be ranked by name, path and definition."""
    return [
        Candidate(code.id, code.name, path=code.path, description=code.definition) for code in codes
    ]
