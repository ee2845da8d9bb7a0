"""Codes as rows of data."""

from __future__ import annotations

from workbench.models.views import CodeView


def code_row(view: CodeView) -> dict[str, object]:
    """Return a code with everything the codebook says of it."""
    return {
        "code": view.path,
        "kind": view.kind,
        "quotes": view.quotes,
        "persons": view.persons,
        "all_quotes": view.all_quotes,
        "all_persons": view.all_persons,
        "frozen": view.frozen,
        "definition": view.definition,
        "when_to_use": view.when_to_use,
        "when_not": view.when_not,
        "example": view.example,
        "colour": view.colour,
        "id": view.id,
    }
