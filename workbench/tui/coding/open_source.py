"""The source on the coding screen: its text, turns and codings, kept in step with the database."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from workbench.models.drafts import CodeDraft, CodingDraft
from workbench.models.views import CodeView, CodingView, SourceView, TurnView
from workbench.text.spans import Span
from workbench.tui.coding.code_counting import count_on
from workbench.tui.coding.coding_index import CodingIndex
from workbench.tui.coding.look import hidden_turns
from workbench.tui.coding.source_text import SourceText

if TYPE_CHECKING:
    from workbench.services.coding import Applied
    from workbench.services.project import Project

RECENT = 9
"""Codes that have a digit."""

_CODINGS = frozenset({"coding", "quote", "memo", "coder"})
"""Tables whose rows change no more than what stands beside the words."""

_COUNTED_AT_ONCE = 1_000
"""Codings of a source up to which its codes are counted before it is shown."""

_FEW = 200
"""Rows that are taken in one by one; more are read faster all together."""


class OpenSource(SourceText):
    """One source with everything the coding screen shows of it.

    An action changes the database first and then only what it touched here: with 5,000 codings
    reading all of them again would take longer than a key may.
    """

    def __init__(self, project: Project, name: str, view: SourceView | None = None) -> None:
        """Read a source by identifier, number or title.

        Args:
            project: where it is.
            name: which one.
            view: the source as it is now, where that is known already.

        Raises:
            InputError: there is no such source.
        """
        super().__init__(project, view or project.sources.source(name))
        self.index = self._read_index()
        self.codes: dict[str, CodeView] = {}
        self.recent: list[str] = []
        """Codes by digit: a code keeps its digit until nine others have been used after it."""
        self._used: list[str] = []
        self.counted = True
        """Whether the codes know how often they were used; to count a large project takes 0.1 s."""
        self.read_codes(counted=len(self.index) <= _COUNTED_AT_ONCE)
        self._read_recent()

    # -- reading -------------------------------------------------------------------------------

    def read_codes(self, *, counted: bool = True) -> None:
        """Read the codebook, or only what codes are called, which is there sooner."""
        codes = self.project.coders.codes(self.project.shown_coder, counted=counted)
        self.counted = counted
        self.codes = {code.id: code for code in codes}
        self._used = [code for code in self._used if code in self.codes]
        self.recent = [code for code in self.recent if code in self.codes]

    def take_codes(self, other: OpenSource) -> None:
        """Take over the codebook and the recent codes as another open text has them now."""
        self.codes, self.recent, self._used = other.codes, other.recent, other._used
        self.counted = other.counted

    def read_codings(self) -> None:
        """Read all codings of the source, and which codes they use."""
        self.index = self._read_index()
        self._read_recent()

    def _read_index(self) -> CodingIndex:
        """Read the codings of those coders whose are shown."""
        whose = self.project.shown_coder
        codings = self.project.coding.codings(self.id)
        shown = [coding for coding in codings if whose in (None, coding.coder)]
        return CodingIndex(self.lines, shown, own=self.project.coder)

    def catch_up(self, rows: Mapping[str, Collection[str]] | None) -> set[int] | None:
        """Take in what an undo or redo has changed; return the lines that look different.

        Args:
            rows: identifiers of the rows it touched by table; None when they are not known.

        Returns:
            None when everything was read anew, because the codebook may be different, too.
        """
        few = rows is not None and sum(map(len, rows.values())) <= _FEW
        if rows is None or not few or not rows.keys() <= _CODINGS:
            self.read_codes()
            self.read_codings()
            return None
        after = self.project.history.changed_codings(self.id, rows)
        before = self.take_in([coding.id for coding in self.index.among(rows)], after)
        elsewhere = set(rows.get("coding", ())) - {coding.id for coding in [*before, *after]}
        if elsewhere:  # in another source: its codes are counted here, too
            self.read_codes()
        self._give_digits([c.code_id for c in after if c.coder == self.project.coder])
        return {line for coding in [*before, *after] for line in self.index.lines_of(coding)}

    def _read_recent(self) -> None:
        """Give codes that came into use elsewhere or by a redo a free digit; the others keep theirs."""
        self._give_digits(self.project.coding.recent_codes(RECENT))

    def _give_digits(self, used: Sequence[str]) -> None:
        """Give codes that have no digit yet one that is free."""
        self._used += [code for code in dict.fromkeys(used) if code not in self._used]
        self.recent += [code for code in dict.fromkeys(used) if code not in self.recent]
        del self.recent[RECENT:]

    @property
    def last_code(self) -> str | None:
        """The code used last."""
        return self._used[0] if self._used else None

    @property
    def coded_share(self) -> float:
        """Part of the text under at least one quote, from 0 to 1; hidden turns do not count."""
        hidden = (turn for run in hidden_turns(self) for turn in run)
        length = len(self.text) - sum(turn.end - turn.start for turn in hidden)
        return min(1.0, self.index.covered() / length) if length > 0 else 0.0

    # -- finding -------------------------------------------------------------------------------

    def next_uncoded(self, offset: int, *, step: int = 1) -> int | None:
        """Return where the nearest stretch begins that no quote covers, before or after an offset.

        A stretch is a run of uncoded sentences of one turn. The interviewer's turns and those the
        recogniser may have invented are passed over.
        """
        here = self.turn_number(offset)
        if here < 0:
            return None
        order = range(here, len(self.turns)) if step > 0 else range(here, -1, -1)
        for number in order:
            begins = self._uncoded_in(self.turns[number])
            fitting = [at for at in begins if (at > offset if step > 0 else at < offset)]
            if fitting:
                return fitting[0] if step > 0 else fitting[-1]
        return None

    def _uncoded_in(self, turn: TurnView) -> list[int]:
        if turn.suspected or (self.answerers and self.is_question(turn)):
            return []
        begins: list[int] = []
        coded_before = True
        for sentence in self.units.sentences_of(Span(turn.start, turn.end)):
            coded = bool(self.index.between(sentence.start, sentence.end))
            if coded_before and not coded:
                begins.append(sentence.start)
            coded_before = coded
        return begins

    def next_quote(self, offset: int, *, step: int = 1) -> Span | None:
        """Return the nearest quote that begins before or after an offset."""
        quotes = self.index.quotes
        place = bisect_right(quotes, offset, key=lambda quote: quote.start)
        if step > 0:
            return quotes[place] if place < len(quotes) else None
        before = [quote for quote in quotes[:place] if quote.start < offset]
        return before[-1] if before else None

    # -- changing ------------------------------------------------------------------------------

    def apply(self, spans: Sequence[Span], codes: Sequence[str | CodeDraft]) -> list[Applied]:
        """Put codes, known or new, on spans in one action."""
        named = {
            code if isinstance(code, str) else f"new {number}": code
            for number, code in enumerate(codes)
        }
        new = {name: code for name, code in named.items() if isinstance(code, CodeDraft)}
        drafts = [
            CodingDraft(source=self.id, start=span.start, end=span.end, code=name)
            for span in spans
            for name in named
        ]
        applied = self.project.coding.apply_many(drafts, new_codes=new)
        if new:
            self.read_codes()
        made = [each.coding for each in applied if not each.existed]
        self.take_in((), made, counted=bool(new))
        for each in reversed(applied[: len(named)]):
            self.use(each.coding.code_id)
        return applied

    def take_in(
        self, gone: Iterable[str], now: Iterable[CodingView], *, counted: bool = False
    ) -> list[CodingView]:
        """Show codings that were changed in the database; return those that stood here before.

        Args:
            gone: identifiers of what is no longer as it was.
            now: what there is instead, in this source or another.
            counted: whether the codebook was read since, so that its counts are right.
        """
        whose, own = self.project.shown_coder, self.project.coder
        # what one does oneself is seen, whosever codings are shown
        now = [
            coding
            for coding in now
            if coding.source_id == self.id and (whose is None or coding.coder in (whose, own))
        ]
        known = dict.fromkeys([*gone, *(coding.id for coding in now)])
        before: list[CodingView] = []
        for each in known:
            if each in self.index:
                before.append(self.index.remove(each))
                if not counted and not self._coded_by_others(before[-1]):
                    self._count(before[-1], -1)
        for coding in now:
            if not counted and not self._coded_by_others(coding):
                self._count(coding, 1)
            self.index.add(coding)
        return before

    def remove(self, coding_id: str) -> CodingView:
        """Take a code off a quote."""
        self.project.coding.remove(coding_id)
        coding = self.index.remove(coding_id)
        if not self._coded_by_others(coding):
            self._count(coding, -1)
        return coding

    def edit(self, coding_id: str, **changes: Any) -> CodingView:
        """Change the stance or the emotion of a coding, as the service names them."""
        coding = self.project.coding.edit(coding_id, **changes)
        self.index.replace(coding)
        return coding

    def favourite(self, coding: CodingView, *, favourite: bool) -> None:
        """Mark the quote of a coding for reports, or take the mark away."""
        self.project.coding.favourite(coding.quote_id, favourite=favourite)
        for other in self.index.of_quote(coding.quote_id, coding):
            self.index.replace(other._replace(favourite=favourite))

    def _coded_by_others(self, coding: CodingView) -> bool:
        """Tell whether another coding, some other coder's, has the same code on the same quote."""
        return any(
            other.id != coding.id and other.code_id == coding.code_id
            for other in self.index.of_quote(coding.quote_id, coding)
        )

    def _count(self, coding: CodingView, step: int) -> None:
        """Count one quote more or less for the code of a coding that comes or has gone, and for all above it."""
        beside = self.index.of_quote(coding.quote_id, coding)
        others = {other.code_id for other in beside if other.id != coding.id}
        for code in list(count_on(self.codes, coding.code_id, step, others)):
            self.codes[code.id] = code

    def use(self, code_id: str) -> None:
        """Remember a code as used now; a code without a digit takes the one unused longest."""
        self._used = [code_id, *(code for code in self._used if code != code_id)]
        if code_id in self.recent:
            return
        if len(self.recent) < RECENT:
            self.recent.append(code_id)
        else:
            oldest = max(self.recent, key=self._used.index)
            self.recent[self.recent.index(oldest)] = code_id
