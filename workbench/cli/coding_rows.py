"""How the command line shows a coding."""

from __future__ import annotations

from workbench.models.views import CodingView


def coding_row(view: CodingView) -> dict[str, object]:
    """Return a coding as a row: its quote, its code and its words."""
    return {
        "id": view.quote_id,
        "code": view.code,
        "stance": view.stance,
        "emotion": view.emotion,
        "start": view.start,
        "end": view.end,
        "start_ms": view.start_ms,
        "coder": view.coder,
        "text": view.text,
    }
