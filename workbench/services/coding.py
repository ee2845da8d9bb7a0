"""Coding: quotes become evidence for codes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from sqlmodel import Session, SQLModel, select

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models import tables
from workbench.models.drafts import CodeDraft, CodingDraft
from workbench.models.views import CodingView, QuoteView
from workbench.services.base import Service, existing, verb
from workbench.services.codebook import add_code, find_code, remove_bare_quotes
from workbench.store import lookup
from workbench.store.codings import coding_views, quote_views, recent_code_ids
from workbench.store.sources import turns_around
from workbench.text.spans import Span
from workbench.text.turns import TimedWord, Turn, times_of


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying a code did: the coding, and whether it was there already."""

    coding: CodingView
    existed: bool


class Coding(Service):
    """Codings and quotes."""

    def codings(self, source: str) -> list[CodingView]:
        """Return all codings of a source in the order of its text."""
        with self.reading() as session:
            row = existing(
                lookup.find_source(session, self.project_id, source), N_("source"), source
            )
            return coding_views(session, source_id=row.id)

    def quotes(self, *, source: str | None = None, code: str | None = None) -> list[QuoteView]:
        """Return quotes in the order of sources and text: all, of a source, or of a code."""
        with self.reading() as session:
            source_id = None
            if source is not None:
                found = lookup.find_source(session, self.project_id, source)
                source_id = existing(found, N_("source"), source).id
            code_ids = None if code is None else [find_code(session, self.project_id, code).id]
            return quote_views(session, self.project_id, source_id=source_id, code_ids=code_ids)

    def recent_codes(self, limit: int = 9) -> list[str]:
        """Return the identifiers of the codes this coder used last, newest first."""
        with self.reading() as session:
            return recent_code_ids(session, self._context.coder, limit=limit)

    @verb("coding.apply")
    def apply(self, draft: CodingDraft, *, new_code: CodeDraft | None = None) -> Applied:
        """Apply a code to a span of a source, making the quote, and the code when one is given, on the way.

        The same code by the same coder on the same span changes nothing.

        Raises:
            InputError: ``span-outside`` when the span is not within the text, ``span-empty`` when it holds no word,
                ``not-found`` for an unknown source or code.
        """
        existed = False
        with self.acting("coding.apply") as act:
            session = act.session
            source = existing(
                lookup.find_source(session, self.project_id, draft.source),
                N_("source"),
                draft.source,
            )
            span = _trimmed(source, draft.start, draft.end)
            code = (
                add_code(session, self.project_id, new_code)
                if new_code is not None
                else find_code(session, self.project_id, draft.code)
            )
            act.subject = f"{code.name}: {source.text[span.start : span.end][:60]}"
            quote = ensure_quote(session, source, span)
            coder_id = self.coder_id(session)
            coding = session.exec(
                select(tables.Coding).where(
                    tables.Coding.quote_id == quote.id,
                    tables.Coding.code_id == code.id,
                    tables.Coding.coder_id == coder_id,
                )
            ).first()
            existed = coding is not None
            if coding is None:
                coding = tables.Coding(
                    quote_id=quote.id,
                    code_id=code.id,
                    coder_id=coder_id,
                    stance=draft.stance,
                    emotion=draft.emotion,
                )
                session.add(coding)
                session.flush()
            view = coding_views(session, coding_id=coding.id)[0]
        return Applied(view, existed)

    @verb("coding.edit")
    def edit(
        self, coding: str, *, stance: str | None = None, emotion: int | None = None
    ) -> CodingView:
        """Change whether a quote supports or contradicts the code, and the emotion from −2 to +2."""
        with self.acting("coding.edit") as act:
            row = existing(act.session.get(tables.Coding, coding), N_("coding"), coding)
            checked = CodingDraft.read(
                {
                    "source": "-",
                    "start": 0,
                    "end": 1,
                    "code": "-",
                    "stance": stance or row.stance,
                    "emotion": row.emotion if emotion is None else emotion,
                }
            )
            row.stance, row.emotion = checked.stance, checked.emotion
            act.session.add(row)
            act.session.flush()
            view = coding_views(act.session, coding_id=row.id)[0]
            act.subject = f"{view.code}: {view.text[:60]}"
        return view

    @verb("coding.remove")
    def remove(self, coding: str) -> None:
        """Take a code off a quote; a quote left without a code goes too, unless it is a favourite."""
        with self.acting("coding.remove") as act:
            row = existing(act.session.get(tables.Coding, coding), N_("coding"), coding)
            view = coding_views(act.session, coding_id=row.id)[0]
            act.subject = f"{view.code}: {view.text[:60]}"
            act.session.delete(row)
            act.session.flush()
            remove_bare_quotes(act.session, {row.quote_id})

    @verb("quote.favourite")
    def favourite(self, quote: str, *, favourite: bool = True) -> None:
        """Mark a quote for use in reports, or take the mark away."""
        with self.acting("quote.favourite") as act:
            row = existing(act.session.get(tables.Quote, quote), N_("quote"), quote)
            act.subject = row.text[:60]
            row.favourite = favourite
            act.session.add(row)

    @verb("memo.write")
    def write_memo(self, subject: str, subject_id: str, text: str) -> None:
        """Write, change or (with no text) remove the memo of a ``quote``, ``code``, ``source`` or ``project``."""
        kinds: dict[str, type[SQLModel]] = {
            "quote": tables.Quote,
            "code": tables.Code,
            "source": tables.Source,
            "project": tables.Project,
        }
        if subject not in kinds:
            raise InputError(
                "memo-subject",
                N_("A memo cannot be written on “{subject}”."),
                N_("Write it on one of: quote, code, source, project."),
                subject=subject,
            )
        with self.acting("memo.write", text[:60]) as act:
            existing(act.session.get(kinds[subject], subject_id), N_("object"), subject_id)
            memo = _memo(act.session, subject, subject_id)
            if memo is not None and not text.strip():
                act.session.delete(memo)
            elif text.strip():
                memo = memo or tables.Memo(
                    project_id=self.project_id, subject=subject, subject_id=subject_id, text=""
                )
                memo.text = text.strip()
                act.session.add(memo)

    def memo(self, subject: str, subject_id: str) -> str:
        """Return the memo's text, or nothing."""
        with self.reading() as session:
            memo = _memo(session, subject, subject_id)
            return memo.text if memo else ""


def _memo(session: Session, subject: str, subject_id: str) -> tables.Memo | None:
    return session.exec(
        select(tables.Memo).where(
            tables.Memo.subject == subject, tables.Memo.subject_id == subject_id
        )
    ).first()


def _trimmed(source: tables.Source, start: int, end: int) -> Span:
    """Take white space off both ends of a span of a source's text."""
    text = source.text
    if not 0 <= start < end <= len(text):
        raise InputError(
            "span-outside",
            N_("The span {start}–{end} is not within “{source}” (0–{length})."),
            N_("Choose a span of its text."),
            start=start,
            end=end,
            source=source.title,
            length=len(text),
        )
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        raise InputError(
            "span-empty", N_("The selection holds no words."), N_("Select at least one word.")
        )
    return Span(start, end)


def ensure_quote(session: Session, source: tables.Source, span: Span) -> tables.Quote:
    """Return the quote of a span, making it when it is new."""
    found = session.exec(
        select(tables.Quote).where(
            tables.Quote.source_id == source.id,
            tables.Quote.start == span.start,
            tables.Quote.end == span.end,
        )
    ).first()
    if found is not None:
        return found
    (start_ms, end_ms), *_rest = quote_times(session, source.id, [span])
    quote = tables.Quote(
        source_id=source.id,
        start=span.start,
        end=span.end,
        text=source.text[span.start : span.end],
        start_ms=start_ms,
        end_ms=end_ms,
    )
    session.add(quote)
    session.flush()
    return quote


def quote_times(
    session: Session, source_id: str, spans: Sequence[Span]
) -> list[tuple[int | None, int | None]]:
    """Return when the words of each span begin and end."""
    if not spans:
        return []
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    rows = turns_around(session, source_id, first, last)
    ends = [row.end for row in rows]
    times = []
    for span in spans:
        inside = takewhile(lambda row: row.start < span.end, rows[bisect_right(ends, span.start) :])  # noqa: B023 - used up at once
        said = list(inside)
        times.append(times_of(span, [_turn(row) for row in said], timed_words(said)))
    return times


def _turn(row: tables.Turn) -> Turn:
    return Turn(row.ordinal, row.start, row.end, None, row.start_ms, row.end_ms)


def timed_words(rows: list[tables.Turn]) -> list[TimedWord]:
    """Return when each word of some turns was said, in codepoints of the source's text."""
    return [
        TimedWord(row.start + int(start), row.start + int(end), int(start_ms), int(end_ms))
        for row in rows
        for start, end, start_ms, end_ms, _probability in row.word_times
    ]
