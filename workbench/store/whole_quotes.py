"""Quotes of a page of the list, whole: each once, with all its codes and who speaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from workbench.models.quote_lists import CodedQuote
from workbench.models.tables import Quote, Speaker, Turn
from workbench.models.views import CodingView, QuoteView
from workbench.store.codings import coding_views
from workbench.store.query import portions


def whole_quotes(
    session: Session, lines: Sequence[CodedQuote], *, coder: str | None = None
) -> list[QuoteView]:
    """Return the quotes of some lines in the order they first come in, each with all its codes.

    Args:
        session: where to read.
        lines: lines of the list; a quote may have several.
        coder: only codings by this coder.
    """
    first: dict[str, CodedQuote] = {}
    for line in lines:
        first.setdefault(line.quote_id, line)
    codings: dict[str, list[CodingView]] = defaultdict(list)
    speakers: dict[str, str] = {}
    for ids in portions(list(first)):
        for coding in coding_views(session, among={"quote": ids}):
            if coder is None or coding.coder == coder:
                codings[coding.quote_id].append(coding)
        speakers.update(_speakers(session, ids))
    return [_whole(line, codings[id_], speakers.get(id_, "")) for id_, line in first.items()]


def _speakers(session: Session, quote_ids: Sequence[str]) -> dict[str, str]:
    """Return who speaks where each quote begins."""
    statement = (
        select(Quote.id, Speaker.label)
        .join(Turn, col(Turn.source_id) == col(Quote.source_id))
        .join(Speaker, col(Speaker.id) == col(Turn.speaker_id))
        .where(
            col(Quote.id).in_(quote_ids),
            col(Turn.start) <= col(Quote.start),
            col(Turn.end) > col(Quote.start),
        )
    )
    return dict(session.exec(statement).all())


def _whole(line: CodedQuote, codings: Sequence[CodingView], speaker: str) -> QuoteView:
    emotions = [coding.emotion for coding in codings if coding.emotion is not None]
    return QuoteView(
        id=line.quote_id,
        source_id=line.source_id,
        source=line.source,
        source_kind=line.source_kind,
        source_ordinal=line.source_number,
        text=line.text,
        start=line.start,
        end=line.end,
        start_ms=line.start_ms,
        speaker=speaker,
        person=line.person,
        attributes=line.attributes,
        codes=tuple(dict.fromkeys(coding.code for coding in codings)),
        code_ids=tuple(dict.fromkeys(coding.code_id for coding in codings)),
        stance=codings[0].stance if codings else "supports",
        emotion=min(emotions, key=lambda value: -abs(value)) if emotions else None,
        favourite=line.favourite,
        memo=line.memo,
    )
