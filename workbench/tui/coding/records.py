"""What heads the turns of a text that was put together from records: a visit's comments answer questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.models.kinds import SourceKind
from workbench.text.normalize import normalise

if TYPE_CHECKING:
    from workbench.tui.coding.open_source import OpenSource


def asked_before(source: OpenSource) -> list[str]:
    """Return the question each turn of a visit's comments was written at; "" where there was none.

    The questions are the visit's; a turn is known by its words, so one that was corrected since has no head.
    """
    if source.card.kind != SourceKind.VISIT_COMMENT:
        return []
    code = source.card.title.partition(" · ")[0]
    try:
        questions = source.project.shopping.visit(code).questions
    except WorkbenchError:  # the source was named anew, or the visit is gone
        return []
    heads = {_bare(q.comment): f"{q.number}. {q.text}" for q in questions if q.comment}
    return [heads.get(_bare(source.stored[turn.start : turn.end]), "") for turn in source.turns]


def _bare(text: str) -> str:
    return " ".join(normalise(text).split())
