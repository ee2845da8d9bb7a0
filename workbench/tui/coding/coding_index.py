"""The codings of an open source, found by line and by place, and changed one by one."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from workbench.coding.applying import place_stripes
from workbench.models.views import CodingView
from workbench.text.spans import LineIndex, Span, covered_by


class CodingIndex:
    """Which codings stand where; one is added or taken away without looking at the others.

    Arranging all of them is right for opening a source and too much for a key, so the columns of the
    margin are given anew only when a source is opened.
    """

    def __init__(self, lines: LineIndex, codings: Iterable[CodingView], *, own: str = "") -> None:
        """Arrange the codings of a source whose text has these lines; ``own`` is the acting coder's name."""
        self._lines = lines
        self._own = own
        self._by_id = {coding.id: coding for coding in codings}
        self._by_line: defaultdict[int, list[CodingView]] = defaultdict(list)
        self._columns: dict[str, int] = {}
        self._quote_codings = Counter((c.start, c.end) for c in self._by_id.values())
        self._quotes: list[Span] | None = None
        self._covered: int | None = None
        ordered = sorted(self._by_id.values(), key=_tie)
        rows = [lines.lines_between(coding.start, coding.end) for coding in ordered]
        columns = place_stripes(rows)
        self.columns = max(columns, default=-1) + 1
        """How many columns of stripes there are."""
        for coding, lines_of, column in zip(ordered, rows, columns, strict=True):
            self._columns[coding.id] = column
            for line in lines_of:
                self._by_line[line].append(coding)

    @property
    def quotes(self) -> list[Span]:
        """The different quotes in the order of the text."""
        if self._quotes is None:
            self._quotes = [Span(start, end) for start, end in sorted(self._quote_codings)]
        return self._quotes

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[CodingView]:
        return iter(sorted(self._by_id.values(), key=lambda c: (c.start, -c.end, c.id)))

    def __getitem__(self, coding_id: str) -> CodingView:
        return self._by_id[coding_id]

    def __contains__(self, coding_id: object) -> bool:
        return coding_id in self._by_id

    def author(self, coding: CodingView) -> str:
        """Return who coded it; nothing for the acting coder."""
        return "" if coding.coder == self._own or not self._own else coding.coder

    def of_code(self, code_id: str) -> list[CodingView]:
        """Return the codings with a code, in no order: sorting all of them would be felt."""
        return [coding for coding in self._by_id.values() if coding.code_id == code_id]

    def among(self, rows: Mapping[str, Collection[str]]) -> list[CodingView]:
        """Return those codings that are among rows, or whose quotes are: identifiers by table."""
        these, quotes = rows.get("coding", ()), rows.get("quote", ())
        return [c for c in self._by_id.values() if c.id in these or c.quote_id in quotes]

    def lines_of(self, coding: CodingView) -> range:
        """Return the lines a coding touches."""
        return self._lines.lines_between(coding.start, coding.end)

    def column(self, coding_id: str) -> int:
        """Return the column of a coding's stripe."""
        return self._columns[coding_id]

    def add(self, coding: CodingView) -> None:
        """Put a new coding into the leftmost column that is free beside its lines."""
        lines = self.lines_of(coding)
        taken = {self._columns[other.id] for line in lines for other in self._by_line[line]}
        column = next(number for number in range(len(taken) + 1) if number not in taken)
        self.columns = max(self.columns, column + 1)
        self._by_id[coding.id] = coding
        self._columns[coding.id] = column
        for line in lines:
            self._by_line[line].append(coding)
        if not self._quote_codings[coding.start, coding.end]:
            if self._quotes is not None:
                insort(self._quotes, Span(coding.start, coding.end))
            self._covered = None
        self._quote_codings[coding.start, coding.end] += 1

    def remove(self, coding_id: str) -> CodingView:
        """Take a coding away and return it."""
        coding = self._by_id.pop(coding_id)
        del self._columns[coding_id]
        for line in self.lines_of(coding):
            self._by_line[line] = [c for c in self._by_line[line] if c.id != coding_id]
        self._quote_codings[coding.start, coding.end] -= 1
        if not self._quote_codings[coding.start, coding.end]:
            del self._quote_codings[coding.start, coding.end]
            if self._quotes is not None:
                del self._quotes[bisect_left(self._quotes, Span(coding.start, coding.end))]
            self._covered = None
        return coding

    def replace(self, coding: CodingView) -> None:
        """Show a coding as it is now; its place is the same."""
        self._by_id[coding.id] = coding
        for line in self.lines_of(coding):
            self._by_line[line] = [
                coding if other.id == coding.id else other for other in self._by_line[line]
            ]

    def on_line(self, line: int) -> list[CodingView]:
        """Return the codings that touch a line."""
        return self._by_line.get(line, [])

    def between(self, start: int, end: int) -> list[CodingView]:
        """Return the codings that share words with a stretch, earliest first."""
        found: dict[str, CodingView] = {}
        if start < end:
            for line in self._lines.lines_between(start, end):
                for coding in self.on_line(line):
                    if coding.start < end and coding.end > start:
                        found[coding.id] = coding
        return sorted(found.values(), key=lambda c: (c.start, -c.end, c.id))

    def at(self, offset: int) -> list[CodingView]:
        """Return the codings that cover a place, the shortest first: the closest one is meant."""
        line = self._lines.position(offset)[0]
        found = [c for c in self.on_line(line) if c.start <= offset < c.end]
        return sorted(found, key=lambda c: (c.end - c.start, self._columns[c.id], c.id))

    def of_quote(self, quote_id: str, near: CodingView) -> list[CodingView]:
        """Return the codings of one quote, given one of them."""
        return [c for c in self.at(near.start) if c.quote_id == quote_id]

    def covered(self) -> int:
        """Count the codepoints under at least one quote."""
        if self._covered is None:
            self._covered = covered_by(self._quote_codings)
        return self._covered


def _tie(coding: CodingView) -> tuple[int, int, str, str, str]:
    """Return what decides which of several stripes on the same lines stands further left."""
    return coding.start, -coding.end, coding.code_id, coding.coder, coding.id
