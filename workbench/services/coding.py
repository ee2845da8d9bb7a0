"""Coding: quotes become evidence for codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col

from workbench.models import tables
from workbench.models.drafts import CodeDraft, CodingDraft
from workbench.models.views import CodingView, QuoteView
from workbench.services.base import Act, verb
from workbench.services.codebook import add_code, find_code
from workbench.services.coding_changes import told, views_of
from workbench.services.memos import Memos
from workbench.services.quote_editing import QuoteEditing
from workbench.services.quote_rows import (
    SourceText,
    all_of,
    ensure_quotes,
    quotable,
    remove_bare,
    subject_of,
)
from workbench.store.codings import coding_views, quote_views, recent_code_ids
from workbench.store.query import columns, portions


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying a code did: the coding, and whether it was there already."""

    coding: CodingView
    existed: bool


class Coding(QuoteEditing, Memos):
    """Codings and quotes: reading them and making new ones; the rest is inherited."""

    def codings(self, source: str) -> list[CodingView]:
        """Return all codings of a source in the order of its text; in blind mode only one's own."""
        with self.reading() as session:
            found = coding_views(session, source_id=self.source_key(session, source)[0])
        whose = self.seen()
        return [coding for coding in found if whose in (None, coding.coder)]

    def quotes(
        self, *, source: str | None = None, code: str | None = None, coder: str | None = None
    ) -> list[QuoteView]:
        """Return quotes in the order of sources and text: all, of a source, of a code, of a coder.

        Those of a coder say only which codes that coder put on them.
        """
        with self.reading() as session:
            source_id = None if source is None else self.source_key(session, source)[0]
            code_ids = None if code is None else [find_code(session, self.project_id, code).id]
            return quote_views(
                session,
                self.project_id,
                source_id=source_id,
                code_ids=code_ids,
                coder=self.seen(coder),
                reader=self._context.coder,
            )

    def recent_codes(self, limit: int = 9) -> list[str]:
        """Return the identifiers of the codes this coder used last, newest first."""
        with self.reading() as session:
            return recent_code_ids(session, self._context.coder, limit=limit)

    def apply(self, draft: CodingDraft, *, new_code: CodeDraft | None = None) -> Applied:
        """Apply a code to a span of a source: one of what :meth:`apply_many` does to several.

        Args:
            draft: the span and the code.
            new_code: a code to make on the way and to apply instead of the draft's.
        """
        new_codes = {} if new_code is None else {draft.code: new_code}
        return self.apply_many([draft], new_codes=new_codes)[0]

    @verb("coding.apply")
    def apply_many(
        self, drafts: Sequence[CodingDraft], *, new_codes: Mapping[str, CodeDraft] | None = None
    ) -> list[Applied]:
        """Apply codes to spans of sources in one action, making quotes and codes on the way.

        The same code by the same coder on the same span changes nothing.

        Args:
            drafts: the spans and their codes, in any sources.
            new_codes: codes to make, by what the drafts call them.

        Raises:
            InputError: ``span-outside`` when a span is not within the text, ``span-empty`` when it holds no word,
                ``not-found`` for an unknown source or code. Nothing is applied then.
        """
        if not drafts:
            return []
        put: dict[int, tuple[str, bool]] = {}
        new: dict[str, tuple[tables.Coding, tables.Code]] = {}
        new_quotes: dict[str, tables.Quote] = {}
        words = ""
        with self.acting("coding.apply") as act:
            session = act.session

            def write(quote: tables.Quote) -> None:
                act.recorder.insert(quote)
                new_quotes[quote.id] = quote

            by_source = self._by_source(session, drafts)
            spans = {
                source.id: quotable(source, [_ends(drafts[n]) for n in numbers])
                for source, numbers in by_source
            }
            codes = self._codes_of(session, drafts, new_codes or {})
            coder_id = self.coder_id(session)
            for source, numbers in by_source:
                words = words or spans[source.id][0][1]
                quotes, made = ensure_quotes(session, source.id, dict(spans[source.id]), add=write)
                known = [quote_id for quote_id in quotes.values() if quote_id not in made]
                putting = _Putting(act, coder_id, known)
                for number, (span, _said) in zip(numbers, spans[source.id], strict=True):
                    draft = drafts[number]
                    put[number] = putting.on(quotes[span], codes[draft.code], draft)
                new.update(putting.new)
            session.flush()
            count = sum(len(set(found)) for found in spans.values())
            names = ", ".join(dict.fromkeys(code.name for code in codes.values()))
            act.subject = told(names, words, count)
            views = views_of(session, (each for each, _there in put.values() if each not in new))
            for coding_id, (coding, code) in new.items():
                quote = new_quotes.get(coding.quote_id)
                quote = quote or session.get_one(tables.Quote, coding.quote_id)
                views[coding_id] = _view(coding, quote, code, self._context.coder)
        return [Applied(views[put[n][0]], put[n][1]) for n in range(len(drafts))]

    def _by_source(
        self, session: Session, drafts: Sequence[CodingDraft]
    ) -> list[tuple[SourceText, list[int]]]:
        """Return the numbers of the drafts of each source, whatever they call it."""
        known = {name: self.source_text(session, name) for name in {d.source for d in drafts}}
        sources = {source.id: source for source in known.values()}
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, draft in enumerate(drafts):
            numbers[known[draft.source].id].append(number)
        return [(sources[source_id], these) for source_id, these in numbers.items()]

    def _codes_of(
        self, session: Session, drafts: Sequence[CodingDraft], new_codes: Mapping[str, CodeDraft]
    ) -> dict[str, tables.Code]:
        """Return the code of each name the drafts use, making those that are new."""
        codes: dict[str, tables.Code] = {}
        for draft in drafts:
            if draft.code not in codes:
                new = new_codes.get(draft.code)
                codes[draft.code] = (
                    find_code(session, self.project_id, draft.code)
                    if new is None
                    else add_code(session, self.project_id, new)
                )
        return codes

    @verb("quote.favourite")
    def favourite(self, *quotes: str, favourite: bool = True) -> int:
        """Mark quotes for use in reports, or take the marks away; return how many changed.

        A quote without a mark and a code goes.

        Raises:
            InputError: ``quotes-gone`` when one of them is not there any more; then nothing changes.
        """
        with self.acting("quote.favourite") as act:
            rows = all_of(act.session, tables.Quote, quotes)
            changed = [row for row in rows if row.favourite != favourite]
            for row in changed:
                row.favourite = favourite
                act.session.add(row)
            if not favourite:
                act.session.flush()
                remove_bare(act.session, {row.id for row in changed})
            act.subject = subject_of(changed)
        return len(changed)


def _ends(draft: CodingDraft) -> tuple[int, int]:
    return draft.start, draft.end


class _Putting:
    """Puts one coder's codes on quotes, each once."""

    def __init__(self, act: Act, coder_id: str, known: Sequence[str]) -> None:
        """Look at what the coder has put on quotes that were there before."""
        self._insert = act.recorder.insert
        self._coder_id = coder_id
        self.new: dict[str, tuple[tables.Coding, tables.Code]] = {}
        """The codings that were made, with their codes."""
        self._there: dict[tuple[str, str], str] = {}
        for some in portions(known):
            statement = columns(
                tables.Coding.quote_id, tables.Coding.code_id, tables.Coding.id
            ).where(tables.Coding.coder_id == coder_id, col(tables.Coding.quote_id).in_(some))
            for quote_id, code_id, coding_id in act.session.exec(statement):
                self._there[quote_id, code_id] = coding_id

    def on(self, quote_id: str, code: tables.Code, draft: CodingDraft) -> tuple[str, bool]:
        """Put a code on a quote; return the coding and whether it was there already."""
        known = self._there.get((quote_id, code.id))
        if known is not None:
            return known, True
        coding = tables.Coding(
            quote_id=quote_id,
            code_id=code.id,
            coder_id=self._coder_id,
            stance=draft.stance,
            emotion=draft.emotion,
        )
        self._insert(coding)
        self._there[quote_id, code.id] = coding.id
        self.new[coding.id] = coding, code
        return coding.id, False


def _view(coding: tables.Coding, quote: tables.Quote, code: tables.Code, coder: str) -> CodingView:
    """Return a coding just made as the screens show it; nothing needs to be read for that."""
    return CodingView(
        coding.id,
        quote.id,
        quote.source_id,
        code.id,
        code.name,
        code.kind,
        code.colour,
        coder,
        quote.start,
        quote.end,
        quote.text,
        quote.start_ms,
        coding.stance,
        coding.emotion,
        quote.favourite,
    )
