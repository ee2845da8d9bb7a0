"""Comparing coders: figures of agreement, the places where two differ, and settling them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlmodel import Session

from workbench.coding.agreement import DEFINITIONS, Judgements, figures, judge
from workbench.coding.differences import Difference, Mark, differences
from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models import tables
from workbench.models.agreement_views import (
    AgreementRow,
    AgreementTable,
    DifferenceView,
    MarkView,
    Passage,
)
from workbench.models.kinds import AgreementUnit
from workbench.models.views import CodeView
from workbench.services.base import Service, blind_error, existing, verb
from workbench.services.codebook import code_views, find_code, remove_bare_quotes
from workbench.store import lookup
from workbench.store.coders import (
    CodingRow,
    coder_views,
    codings_of,
    find_coder,
    lengths,
    passage,
)
from workbench.store.compared import compared_texts
from workbench.text.spans import Span

_TWO = 2
ANYTHING = N_("Anything coded")
ALL_CODES = N_("All codes")
_SPACE = re.compile(r"\s+")
_SHOWN = 60
"""Letters of the words by which a difference is named."""


class Agreement(Service):
    """How far coders agree."""

    def table(
        self,
        coders: Sequence[str] = (),
        *,
        source: str | None = None,
        code: str | None = None,
        unit: str = AgreementUnit.CHARACTERS,
    ) -> AgreementTable:
        """Return how far coders agree about each code that any of them used in the sources compared.

        Args:
            coders: two or more names; without them, the acting coder and the one with most codings.
            source: only this one.
            code: only this one.
            unit: one of ``kinds.AgreementUnit``.

        Raises:
            InputError: ``coders-needed`` when fewer than two coded, ``unit-unknown``, or ``not-found``.
        """
        if unit not in set(AgreementUnit):
            raise InputError(
                "unit-unknown",
                N_("Coders cannot be compared on “{unit}”."),
                N_("Choose one of: {units}."),
                unit=unit,
                units=", ".join(AgreementUnit),
            )
        with self.reading() as session:
            compared = self._coders(session, coders)
            ids = [row.id for row in compared]
            source_id, code_id = self._source(session, source), self._code(session, code)
            codings = codings_of(session, self.project_id, ids, source_id=source_id)
            texts, left_out = compared_texts(
                session, self.project_id, ids, codings, unit=unit, source_id=source_id
            )
            # a code of sources that only one coder worked on would be agreed upon by nobody having used it
            used = {name for text in texts for name in text.marks} if code_id is None else {code_id}
            views = [view for view in code_views(session, self.project_id) if view.id in used]
        said = {view.id: judge(texts, view.id) for view in views}
        rows = [_row(view, [said[view.id]], len(ids)) for view in views]
        sums = [
            _row(ANYTHING, [judge(texts, None)], len(ids)),
            _row(ALL_CODES, list(said.values()), len(ids)),
        ]
        printed = [unit, "worked", "percent", "kappa", "alpha"]
        return AgreementTable(
            tuple(row.name for row in compared),
            unit,
            sum(text.length if text.units is None else len(text.units) for text in texts),
            len(texts),
            tuple(left_out),
            tuple(rows),
            tuple(sums) if code_id is None else (),
            tuple(DEFINITIONS[name] for name in printed + ["pooled"] * (code_id is None)),
        )

    def pair(self, coders: Sequence[str] = ()) -> tuple[str, str]:
        """Return the names of the two coders that are compared.

        Args:
            coders: two names; without them, the acting coder and the one with most codings.

        Raises:
            InputError: ``coders-needed``, ``coders-two`` or ``not-found``.
        """
        with self.reading() as session:
            first, second = self._pair(session, coders)
            return first.name, second.name

    def differences(
        self,
        coders: Sequence[str] = (),
        *,
        source: str | None = None,
        code: str | None = None,
        settled: bool = False,
        same: bool = False,
    ) -> list[DifferenceView]:
        """Return where two coders differ, in the order of sources and text.

        Only sources that both worked on count.

        Args:
            coders: two names; without them as in :meth:`table`.
            source: only this one.
            code: only this one.
            settled: also those that were let stand.
            same: also where both coded the same.
        """
        with self.reading() as session:
            pair = self._pair(session, coders)
            source_id, code_id = self._source(session, source), self._code(session, code)
            ids = [row.id for row in pair]
            by_source: defaultdict[str, list[CodingRow]] = defaultdict(list)
            for coding in codings_of(session, self.project_id, ids, source_id=source_id):
                by_source[coding.source_id].append(coding)
            codes = {view.id: view for view in code_views(session, self.project_id)}
            found = []
            for identifier, title, _length in lengths(session, self.project_id):
                here = by_source[identifier]
                if {coding.coder_id for coding in here} != set(ids):
                    continue
                wanted = [coding for coding in here if code_id in (None, coding.code_id)]
                known = {coding.id: coding for coding in wanted}
                sides = _sides(wanted, ids)
                found += [
                    _view(difference, known, codes[difference.code], title)
                    for difference in differences(*sides, settled=settled, same=same)
                ]
            return found

    def passage(self, source_id: str, span: Span, *, before: int, behind: int) -> Passage:
        """Return whole words of a source: those of a place and about so many letters before and behind it."""
        with self.reading() as session:
            found = passage(session, source_id, span.start - before, span.end + behind)
        first, last = 0, len(found.text)
        if found.offset:
            gap = _SPACE.search(found.text, 0, span.start - found.offset)
            first = gap.end() if gap else 0
        if last == span.end + behind - found.offset:
            gaps = [gap.start() for gap in _SPACE.finditer(found.text, span.end - found.offset)]
            last = gaps[-1] if gaps else last
        return Passage(found.text[first:last], found.offset + first)

    @verb("coding.agree")
    def agree(self, coding: str, coders: Sequence[str], *, right: str) -> str:
        """Settle a difference as one of two coders has it: the other's codings there become the same.

        Args:
            coding: identifier of a coding that belongs to the difference.
            coders: the two names.
            right: the one of them whose coding stands.

        Returns:
            What it was about: the code and the words.

        Raises:
            InputError: ``not-found``, ``no-difference`` when both agree there, ``coders-two``.
        """
        with self.acting("coding.agree") as act:
            session = act.session
            first, second = self._pair(session, coders)
            winner = existing(find_coder(session, self.project_id, right), N_("coder"), right)
            if winner.id not in (first.id, second.id):
                raise _not_two()
            difference, known = self._difference(session, coding, (first, second))
            wins = winner.id == first.id
            loser = second if wins else first
            stays, goes = difference.first, difference.second
            if not wins:
                stays, goes = goes, stays
            named = _named(session, difference, known)
            act.subject = f"{winner.name}: {named}"
            for mark in goes:
                session.delete(_coding(session, mark.id))
            session.flush()
            for mark in stays:
                row = _coding(session, mark.id)
                session.add(
                    tables.Coding(
                        quote_id=row.quote_id,
                        code_id=row.code_id,
                        coder_id=loser.id,
                        stance=row.stance,
                        emotion=row.emotion,
                    )
                )
            session.flush()
            remove_bare_quotes(session, {known[mark.id].quote_id for mark in goes})
        return named

    @verb("coding.settle")
    def settle(self, coding: str, coders: Sequence[str], *, settled: bool = True) -> str:
        """Let a difference stand: both coders keep their codings, and it is not listed again.

        Args:
            coding: identifier of a coding that belongs to the difference.
            coders: the two names.
            settled: False to list it again.

        Returns:
            What it was about: the code and the words.
        """
        with self.acting("coding.settle") as act:
            pair = self._pair(act.session, coders)
            difference, known = self._difference(act.session, coding, pair)
            act.subject = _named(act.session, difference, known)
            for mark in difference.marks:
                row = _coding(act.session, mark.id)
                row.settled = settled
                act.session.add(row)
        return act.subject

    # -- finding -------------------------------------------------------------------------------

    def _coders(self, session: Session, names: Sequence[str]) -> list[tables.Coder]:
        """Return the named coders, or the acting one and the one with most codings; in blind mode none may be compared."""
        if self.seen() is not None:
            raise blind_error()
        if names:
            found = [
                existing(find_coder(session, self.project_id, name), N_("coder"), name)
                for name in names
            ]
            found = list({row.id: row for row in found}.values())
        else:
            known = [view for view in coder_views(session, self.project_id) if view.codings]
            known.sort(key=lambda view: view.name != self._context.coder)
            found = [
                existing(session.get(tables.Coder, view.id), N_("coder"), view.name)
                for view in known[:_TWO]
            ]
        if len(found) < _TWO:
            raise InputError(
                "coders-needed",
                N_("Two coders are needed to compare them."),
                N_("Merge a colleague's copy of the project, or code under another name."),
            )
        return found

    def _pair(self, session: Session, names: Sequence[str]) -> tuple[tables.Coder, tables.Coder]:
        found = self._coders(session, names)
        if len(found) != _TWO:
            raise _not_two()
        return found[0], found[1]

    def _source(self, session: Session, name: str | None) -> str | None:
        if name is None:
            return None
        return existing(lookup.find_source(session, self.project_id, name), N_("source"), name).id

    def _code(self, session: Session, name: str | None) -> str | None:
        return None if name is None else find_code(session, self.project_id, name).id

    def _difference(
        self, session: Session, coding: str, pair: tuple[tables.Coder, tables.Coder]
    ) -> tuple[Difference, dict[str, CodingRow]]:
        """Return the difference that a coding belongs to, with its codings by identifier."""
        row = _coding(session, coding)
        quote = existing(session.get(tables.Quote, row.quote_id), N_("quote"), row.quote_id)
        ids = [coder.id for coder in pair]
        codings = codings_of(
            session, self.project_id, ids, source_id=quote.source_id, code_id=row.code_id
        )
        known = {found.id: found for found in codings}
        for difference in differences(*_sides(codings, ids), settled=True):
            if any(mark.id == row.id for mark in difference.marks):
                return difference, known
        raise InputError(
            "no-difference",
            N_("The two coders do not differ there."),
            N_("See where they differ with: workbench coder compare."),
        )


def _coding(session: Session, identifier: str) -> tables.Coding:
    return existing(session.get(tables.Coding, identifier), N_("coding"), identifier)


def _sides(codings: Iterable[CodingRow], ids: Sequence[str]) -> tuple[list[Mark], list[Mark]]:
    sides: tuple[list[Mark], list[Mark]] = ([], [])
    for coding in codings:
        mark = Mark(coding.id, coding.code_id, coding.span, coding.settled)
        sides[ids.index(coding.coder_id)].append(mark)
    return sides


def _view(
    difference: Difference, known: Mapping[str, CodingRow], code: CodeView, source: str
) -> DifferenceView:
    earliest = known[min(difference.marks, key=lambda m: (m.span.start, -m.span.end, m.id)).id]
    return DifferenceView(
        earliest.id,
        difference.kind,
        earliest.source_id,
        source,
        code.id,
        code.path,
        code.kind,
        code.colour,
        difference.span.start,
        difference.span.end,
        earliest.text,
        earliest.start_ms,
        _marks(difference.first, known),
        _marks(difference.second, known),
        difference.settled,
    )


def _marks(marks: Iterable[Mark], known: Mapping[str, CodingRow]) -> tuple[MarkView, ...]:
    rows = [known[mark.id] for mark in marks]
    return tuple(MarkView(row.id, row.start, row.end, row.stance, row.emotion) for row in rows)


def _named(session: Session, difference: Difference, known: Mapping[str, CodingRow]) -> str:
    code = existing(session.get(tables.Code, difference.code), N_("code"), difference.code)
    return f"{code.name}: {known[difference.marks[0].id].text[:_SHOWN]}"


def _row(about: CodeView | str, questions: Sequence[Judgements], coders: int) -> AgreementRow:
    """Return the figures about one code, or about several questions together."""
    coded = [0] * coders
    both = 0
    for question in questions:
        for said, n in question.items():
            for place, value in enumerate(said):
                coded[place] += n if value else 0
            both += n if all(said) else 0
    counts = (tuple(coded), both, figures(*questions))
    if isinstance(about, str):
        return AgreementRow("", about, "", 0, *counts)
    return AgreementRow(about.id, about.path, about.kind, about.colour, *counts)


def _not_two() -> InputError:
    return InputError(
        "coders-two",
        N_("Exactly two coders can be compared place by place."),
        N_("Name two of them."),
    )
