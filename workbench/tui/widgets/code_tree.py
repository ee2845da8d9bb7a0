"""The codebook beside a transcript: a tree with kinds, counts and the digits of recent codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.binding import Binding
from textual.content import Content
from textual.message import Message

from workbench.coding.codebook import MARKS
from workbench.coding.fuzzy import rank_codes
from workbench.i18n import N_
from workbench.models.views import CodeView
from workbench.tui.coding.code_search import candidates
from workbench.tui.display import clean_for_terminal, shorten_middle
from workbench.tui.theme import code_colour
from workbench.tui.widgets.row_layout import column_widths
from workbench.tui.widgets.row_table import Column, Row, RowTable

_COUNT_WIDTH = 3


class CodeTree(RowTable):
    """Codes in the order of the tree; those under a folded code are hidden."""

    HELP = N_(
        "The codebook. Enter puts the code on the selected words; with nothing selected it lists the "
        "code's quotes. ← folds, → unfolds, / filters. The small digit is the key of a recent code. "
        "C makes a code, e changes it, p moves it, M merges it into another, X removes it."
    )
    DEFAULT_CSS = """
    CodeTree { height: 1fr; scrollbar-size-vertical: 1; }
    """
    BINDINGS = [
        Binding("left", "fold(True)", show=False),
        Binding("right", "fold(False)", show=False),
        Binding("space", "fold", show=False),
    ]

    @dataclass
    class Folded(Message):
        """A code was folded or unfolded."""

        tree: CodeTree

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Show an empty codebook."""
        columns = (Column(width=1), Column(), Column(width=_COUNT_WIDTH, align="right"))
        super().__init__(columns, self, id=id, empty=N_("No codes yet: c makes the first one."))
        self.folded: set[str] = set()
        """Codes whose children are hidden."""
        self._codes: Mapping[str, CodeView] = {}
        self._digits: dict[str, int] = {}
        self._visible: Sequence[CodeView] = ()
        self._query = ""
        self._rows: dict[str, tuple[object, Row]] = {}

    def show_codes(self, codes: Mapping[str, CodeView], recent: Sequence[str]) -> None:
        """Show a codebook, every parent before its children; the cursor stays on its code."""
        same = _places(self._codes) == _places(codes) and not self._query
        self._codes = codes
        self._digits = {code: number for number, code in enumerate(recent, start=1)}
        if same and self._visible:  # only counts and digits changed: no row moved
            top = int(self.scroll_offset.y)
            in_sight = range(top, top + self.size.height)
            before = [self.row_at(number) for number in in_sight]
            self._visible = [codes[code.id] for code in self._visible]
            self._pages.clear()
            for number, row in zip(in_sight, before, strict=True):
                if self.row_at(number) is not row:
                    self.refresh_lines(number)
        else:
            self._arrange()

    def filter(self, query: str) -> None:
        """Show only the codes that fit what was typed, best first."""
        self._query = query.strip()
        self._arrange()
        if self._query:
            self.cursor = 0

    def _arrange(self) -> None:
        if self._query:
            found = rank_codes(self._query, candidates(self._codes.values()), limit=200)
            self._visible = [self._codes[match.candidate.id] for match in found]
        else:
            self._visible = list(self._unfolded())
        self.reload()

    def _unfolded(self) -> Iterable[CodeView]:
        hidden: set[str] = set()
        for code in self._codes.values():
            if code.parent_id in hidden or code.parent_id in self.folded:
                hidden.add(code.id)
            else:
                yield code

    # -- rows ----------------------------------------------------------------------------------

    def count(self) -> int:
        """Return how many codes are to be seen."""
        return len(self._visible)

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        """Return a page of codes."""
        return [self._known_row(code) for code in self._visible[offset : offset + limit]]

    def _known_row(self, code: CodeView) -> Row:
        """Return a row, made anew only if something in it changed: a code put on changes two."""
        width = self.scrollable_content_region.width
        state = (
            code.name,
            code.kind,
            code.colour,
            code.depth,
            code.quotes,
            width,
            self.app.theme,
            self._digits.get(code.id),
            code.id in self.folded,
            bool(self._query),
        )
        known = self._rows.get(code.id)
        if known is None or known[0] != state:
            known = self._rows[code.id] = (state, self._row(code))
        return known[1]

    def _row(self, code: CodeView) -> Row:
        app = self.app
        colour = code_colour(code.colour, dark=app.current_theme.dark, ansi=app.theme == "ansi")
        indent = "" if self._query else "  " * code.depth
        fold = " ▸" if code.id in self.folded else ""
        room = column_widths(self.columns, self.scrollable_content_region.width)[1]
        room -= cell_len(indent) + 2 + cell_len(fold)
        label = Content.assemble(
            indent,
            (MARKS.get(code.kind, "●"), colour),
            f" {shorten_middle(clean_for_terminal(code.name), max(1, room))}{fold}",
        )
        digit = Content.styled(str(self._digits.get(code.id, "")), "$foreground-muted")
        return Row(code.id, (digit, label, str(code.quotes or "")))

    def on_resize(self) -> None:
        """Cut the names for the new width."""
        super().on_resize()
        self.reload()

    def notify_style_update(self) -> None:
        """Take the colours of the new theme."""
        super().notify_style_update()
        self._pages.clear()

    # -- folding -------------------------------------------------------------------------------

    @property
    def code(self) -> CodeView | None:
        """The code under the cursor."""
        row = self.current
        return self._codes.get(row.key) if row is not None else None

    def reveal(self, code_id: str) -> None:
        """Put the cursor on a code, after unfolding what it lies under."""
        code = self._codes.get(code_id)
        opened = False
        while code is not None and code.parent_id is not None:
            opened = opened or code.parent_id in self.folded
            self.folded.discard(code.parent_id)
            code = self._codes.get(code.parent_id)
        if opened:
            self._arrange()
            self.post_message(self.Folded(self))
        place = self.find(code_id)
        self.cursor = self.cursor if place is None else place

    def action_fold(self, fold: bool | None = None) -> None:
        """Fold or unfold the code under the cursor; at a code without children, fold its parent."""
        code = self.code
        if code is None or self._query:
            return
        has_children = any(other.parent_id == code.id for other in self._codes.values())
        if fold is None:
            fold = code.id not in self.folded
        if fold and (not has_children or code.id in self.folded) and code.parent_id:
            code = self._codes[code.parent_id]
            self.folded.add(code.id)
        elif has_children:
            (self.folded.add if fold else self.folded.discard)(code.id)
        self._arrange()
        place = self.find(code.id)
        self.cursor = self.cursor if place is None else place
        self.post_message(self.Folded(self))


def _places(codes: Mapping[str, CodeView]) -> list[tuple[str, str | None]]:
    """Return what decides which rows stand where."""
    return [(code.id, code.parent_id) for code in codes.values()]
