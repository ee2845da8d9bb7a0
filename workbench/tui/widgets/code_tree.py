"""The codebook as a tree: kinds, counts, the digits of recent codes; rows can be dragged, parts shown alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
from workbench.tui.coding.codebook_commands import TREE_KEYS
from workbench.tui.display import clean_for_terminal, shorten_middle
from workbench.tui.theme import code_colour
from workbench.tui.widgets.code_filter import EMPTY, EMPTY_BOOK, Part, codes_of_part
from workbench.tui.widgets.row_dragging import DraggableRows
from workbench.tui.widgets.row_layout import column_widths
from workbench.tui.widgets.row_table import Column, Row

FROZEN_MARK = "§"
"""Stands behind the name of a code that is agreed upon."""

_COUNT_WIDTH = 3
_SIDE_COLUMNS = (Column(width=1), Column(), Column(width=_COUNT_WIDTH, align="right"))
_FULL_COLUMNS = (
    Column(width=1),
    Column(N_("Code")),
    Column(N_("Quotes"), width=7, align="right"),
    Column(N_("with below"), width=10, align="right", least=60),
    Column(N_("Persons"), width=8, align="right", least=48),
    Column(N_("with below"), width=10, align="right", least=90),
)


class CodeTree(DraggableRows):
    """Codes in the order of the tree; those under a folded code are hidden."""

    HELP = N_(
        "The codebook. Enter puts the code on the selected words; with nothing selected it lists the "
        "code's quotes. ← folds, → unfolds, / filters, f shows the codes used here, never used, or named "
        "alike. Ctrl or Alt with an arrow moves a code up, down, out or under the one above; the mouse "
        "drags it under another one. The small digit is the key of a recent code; § marks a frozen one. "
        "C makes a code, e changes it, p moves it, M merges it into another, Y splits it, z freezes it, "
        "X removes it, H tells its history."
    )
    DEFAULT_CSS = """
    CodeTree { height: 1fr; scrollbar-size-vertical: 1; }
    """
    BINDINGS = [
        Binding("left", "fold(True)", show=False),
        Binding("right", "fold(False)", show=False),
        Binding("space", "fold", show=False),
        *(
            Binding(keys, f"screen.run_command('{command}')", show=False)
            for command, keys in TREE_KEYS.items()
        ),
    ]

    @dataclass
    class Folded(Message):
        """A code was folded or unfolded."""

        tree: CodeTree

    @dataclass
    class Shown(Message):
        """The codebook was shown as it is now."""

        tree: CodeTree

    def __init__(self, *, id: str | None = None, counts: bool = False) -> None:  # noqa: A002 - Textual's name
        """Show an empty codebook.

        Args:
            id: Textual's id.
            counts: show all counts under headings, where there is room for them.
        """
        columns = _FULL_COLUMNS if counts else _SIDE_COLUMNS
        self._empty = {**EMPTY, Part.ALL: EMPTY_BOOK} if counts else EMPTY
        super().__init__(columns, self, id=id, empty=self._empty[Part.ALL])
        self.folded: set[str] = set()
        """Codes whose children are hidden."""
        self.part = Part.ALL
        """Which codes are shown."""
        self.here: Callable[[], Collection[str]] = tuple
        """Tells which codes are used in the source at hand."""
        self._counts = counts
        self._codes: Mapping[str, CodeView] = {}
        self._parents: set[str | None] = set()
        self._digits: dict[str, int] = {}
        self._visible: Sequence[CodeView] = ()
        self._above: set[str] = set()
        self._query = ""
        self._rows: dict[str, tuple[object, Row]] = {}

    def show_codes(self, codes: Mapping[str, CodeView], recent: Sequence[str]) -> None:
        """Show a codebook, every parent before its children; the cursor stays on its code."""
        whole = not self._query and self.part == Part.ALL
        same = whole and _places(self._codes) == _places(codes)
        self._codes = codes
        self._parents = {code.parent_id for code in codes.values()}
        self._digits = {code: number for number, code in enumerate(recent, start=1)}
        if same and self._visible:  # only counts and digits changed: no row moved
            top = int(self.scroll_offset.y)
            in_sight = range(top, top + self.size.height)
            before = [self.row_at(number) for number in in_sight]
            self._visible = [codes[code.id] for code in self._visible]
            self._pages.clear()
            for number, row in zip(in_sight, before, strict=True):
                if self.row_at(number) is not row:
                    self.refresh_lines(number + self._heading_height)
        else:
            self._arrange()
        self.post_message(self.Shown(self))

    def filter(self, query: str) -> None:
        """Show only the codes that fit what was typed, best first."""
        self._query = query.strip()
        self._arrange()
        if self._query:
            self.cursor = 0

    def show_part(self, part: Part) -> None:
        """Show all codes or a part of them; the cursor stays on its code if that is among them."""
        self.part = part
        self.empty = self._empty[part]
        self._arrange()

    def _arrange(self) -> None:
        self._above = set()
        if self._query:
            found = rank_codes(self._query, candidates(self._codes.values()), limit=200)
            self._visible = [self._codes[match.candidate.id] for match in found]
        elif self.part != Part.ALL:
            self._visible, self._above = codes_of_part(self.part, self._codes, self.here)
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
        """Return a row, made anew only if something in it changed: a code put on changes few."""
        width = self.scrollable_content_region.width
        state = (
            code.name,
            code.kind,
            code.colour,
            code.depth,
            code.frozen,
            (code.quotes, code.all_quotes, code.persons, code.all_persons),
            width,
            self.app.theme,
            self._digits.get(code.id),
            self._is_folded(code),
            (self._is_flat, code.id in self._above),
        )
        known = self._rows.get(code.id)
        if known is None or known[0] != state:
            known = self._rows[code.id] = (state, self._row(code))
        return known[1]

    @property
    def _is_flat(self) -> bool:
        """Whether the codes stand in another order than that of the tree."""
        return bool(self._query) or self.part == Part.ALIKE

    def _is_folded(self, code: CodeView) -> bool:
        return self.part == Part.ALL and code.id in self.folded and code.id in self._parents

    def _row(self, code: CodeView) -> Row:
        app = self.app
        colour = code_colour(code.colour, dark=app.current_theme.dark, ansi=app.theme == "ansi")
        indent = "" if self._is_flat else "  " * code.depth
        folded = self._is_folded(code)
        behind = (f" {FROZEN_MARK}" if code.frozen else "") + (" ▸" if folded else "")
        room = column_widths(self.columns, self.scrollable_content_region.width)[1]
        room -= cell_len(indent) + 2 + cell_len(behind)
        label = Content.assemble(
            indent,
            (MARKS.get(code.kind, "●"), colour),
            f" {shorten_middle(clean_for_terminal(code.name), max(1, room))}{behind}",
        )
        digit = Content.styled(str(self._digits.get(code.id, "")), "$foreground-muted")
        numbers = [code.all_quotes if folded and not self._counts else code.quotes]
        if self._counts:
            parent = code.id in self._parents  # elsewhere it would be the same number again
            numbers += [code.all_quotes * parent, code.persons, code.all_persons * parent]
        cells: list[str | Content] = [digit, label, *(str(number or "") for number in numbers)]
        return Row(code.id, cells, quiet=code.id in self._above)

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
        """Put the cursor on a code, after unfolding what it lies under; a part without it gives way to all."""
        code = self._codes.get(code_id)
        if self.part != Part.ALL and code not in self._visible:
            self.show_part(Part.ALL)
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
        if code is None or self._query or self.part != Part.ALL:
            return
        has_children = code.id in self._parents
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
