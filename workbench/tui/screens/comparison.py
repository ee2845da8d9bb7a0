"""Two coders side by side: where they differ, one place after another, and settling each."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from workbench.coding.codebook import MARKS, short_names
from workbench.errors import WorkbenchError
from workbench.i18n import N_, _, ngettext
from workbench.models.agreement_views import DifferenceView
from workbench.models.kinds import DifferenceKind
from workbench.text.spans import Span
from workbench.tui.commands import Command
from workbench.tui.compared import choose_source, kept_coders
from workbench.tui.compared_commands import COMPARISON_COMMANDS
from workbench.tui.dialogs.dialog import Words
from workbench.tui.project_screen import OpenProjectScreen
from workbench.tui.undoing import step_sentence
from workbench.tui.widgets.coder_side import CoderSide
from workbench.tui.widgets.row_table import Column, ListSource, Row, RowTable

_LINES_BEFORE = 2
"""Lines of the text shown before a place: no more, so that the place itself is always in sight."""

_BEHIND = 400
"""Letters shown behind it."""

_VIEWS = ("open", "settled", "all")
"""What is listed: differences; those let stand too; where both agree too."""

_NEEDS_A_PLACE = frozenset(
    f"comparison.{name}" for name in ("first", "second", "keep", "open", "next", "previous")
)


class ComparisonScreen(OpenProjectScreen[None]):
    """A list of places and, below it, the words as each of the two coded them."""

    NAME = "comparison"
    HELP = N_(
        "Where two coders differ. Below the list the words stand twice, as each of the two coded them: coded words are "
        "bold and underlined. 1 settles the place as the first coder has it, 2 as the second: the other's codings follow. k "
        "keeps both, and the place is not listed again. s lists those too, and where both agree. u takes everything back."
    )
    COMMANDS: ClassVar[tuple[Command, ...]] = COMPARISON_COMMANDS
    DEFAULT_CSS = """
    ComparisonScreen {
        #about { height: 1; padding: 0 1; }
        #sides { height: 45%; border-top: solid $border-blurred; }
    }
    """

    def __init__(self, first: str = "", second: str = "", source: str = "", code: str = "") -> None:
        """Compare two coders.

        Args:
            first: one of them; without it, those compared last.
            second: the other.
            source: identifier of a source; without it, all of them.
            code: identifier of a code; without it, all of them.
        """
        super().__init__()
        self._pair: tuple[str, ...] = (first, second) if first and second else ()
        self._source = source
        self._code = code
        self._view = _VIEWS[0]
        self._found: dict[str, DifferenceView] = {}

    def body(self) -> ComposeResult:
        """Who is compared, the places, the words twice."""
        yield Words(id="about")
        yield RowTable(
            (
                Column(N_("Who"), width=14, share=8, cut="middle"),
                Column(N_("Code"), width=26, share=20, cut="middle"),
                Column(N_("Words")),
                Column(N_("Source"), width=20, share=16, cut="middle", least=100),
            ),
            empty=N_(
                "The two coders do not differ here, or all that differs was let stand: s shows that."
            ),
        )
        with Horizontal(id="sides"):
            yield CoderSide(id="first")
            yield CoderSide(id="second")

    @property
    def table(self) -> RowTable:
        """The places."""
        return self.query_one(RowTable)

    @property
    def place(self) -> DifferenceView | None:
        """The place under the cursor."""
        row = self.table.current
        return self._found.get(str(row.key)) if row is not None else None

    def fill(self) -> None:
        """Compare beside the interface; in blind mode nothing is shown."""
        if self.workbench.project is None:
            return
        if self.focused is None:
            self.table.focus()
        if self.workbench.settings.blind:
            said = _("Blind mode hides what others coded: I on the coding screen switches it off.")
            self.query_one("#about", Words).say(said)
            return
        project, source, code = self.project, self._source or None, self._code or None
        names = self._pair or kept_coders(self, two=True)
        settled, same = self._view != _VIEWS[0], self._view == _VIEWS[2]

        def compare() -> tuple[tuple[str, str], list[DifferenceView]]:
            pair = project.agreement.pair(names)
            return pair, project.agreement.differences(
                pair, source=source, code=code, settled=settled, same=same
            )

        self.run_in_thread(
            compare, self._show, failed=self._cannot, group="comparison", exclusive=True
        )

    def _cannot(self, error: WorkbenchError) -> None:
        self.query_one("#about", Words).say(str(error))
        self._found = {}
        self.table.show(ListSource())

    def _show(self, compared: tuple[tuple[str, str], list[DifferenceView]]) -> None:
        self._pair, found = compared
        self._found = {f"{view.kind} {view.id}": view for view in found}
        names = short_names(view.code for view in found)
        rows = [
            Row(key, self._cells(view, names[view.code]), quiet=view.settled)
            for key, view in self._found.items()
        ]
        # the place that was settled is gone: its row's number is the next one's now
        number = self.table.cursor
        self.table.show(ListSource(rows))
        self.table.cursor = number
        self.query_one("#about", Words).say(self._about())
        self._show_place()
        self.refresh_shell()

    def _cells(self, view: DifferenceView, name: str) -> tuple[str, ...]:
        first, second = self._pair
        who = {
            DifferenceKind.ONLY_FIRST: first,
            DifferenceKind.ONLY_SECOND: second,
            DifferenceKind.BORDERS: _("≠ borders"),
            DifferenceKind.SAME: _("= both"),
        }
        code = f"{MARKS.get(view.code_kind, '●')} {name}"
        return who[DifferenceKind(view.kind)], code, view.text, view.source

    def _about(self) -> str:
        count = sum(
            not view.settled and view.kind != DifferenceKind.SAME for view in self._found.values()
        )
        parts = [" · ".join(self._pair)]
        parts.append(ngettext("{n} difference", "{n} differences", count).format(n=count))
        if self._code:
            parts.append(self.project.codebook.code(self._code).path)
        if self._source:
            parts.append(self.project.sources.source(self._source).card.title)
        if self._view != _VIEWS[0]:
            shown = N_("with those let stand") if self._view == _VIEWS[1] else N_("with all")
            parts.append(_(shown))
        return "   ".join(parts)

    @on(RowTable.Moved)
    def _show_place(self) -> None:
        """Show the words around the place as each of the two coded them."""
        view = self.place
        sides = (self.query_one("#first", CoderSide), self.query_one("#second", CoderSide))
        if view is None or not self._pair:
            for side in sides:
                side.clear()
            return
        span = Span(view.start, view.end)
        before = _LINES_BEFORE * sides[0].content_size.width
        around = self.project.agreement.passage(view.source_id, span, before=before, behind=_BEHIND)
        for number, (side, marks) in enumerate(zip(sides, (view.first, view.second), strict=True)):
            side.show(number + 1, self._pair[number], view, around, marks)

    @on(RowTable.Opened)
    def _opened(self) -> None:
        self.action_open()

    # -- commands ------------------------------------------------------------------------------

    def available(self, command_id: str) -> bool:
        """Offer settling only where something differs."""
        if command_id in _NEEDS_A_PLACE and self.is_mounted:
            view = self.place
            agreed = view is not None and view.kind == DifferenceKind.SAME
            settles = command_id in ("comparison.first", "comparison.second", "comparison.keep")
            if view is None or (agreed and settles):
                return False
        return super().available(command_id)

    def action_first(self) -> None:
        """Settle it as the first coder has it."""
        self._agree(0)

    def action_second(self) -> None:
        """Settle it as the second coder has it."""
        self._agree(1)

    def _agree(self, number: int) -> None:
        view = self.place
        if view is not None:
            self.project.agreement.agree(view.id, self._pair, right=self._pair[number])
            self.fill()

    def action_keep(self) -> None:
        """Let both stand, or list the place again."""
        view = self.place
        if view is not None:
            self.project.agreement.settle(view.id, self._pair, settled=not view.settled)
            self.fill()

    def action_next(self) -> None:
        """Go to the next place."""
        self.table.action_move(1)

    def action_previous(self) -> None:
        """Go to the place before."""
        self.table.action_move(-1)

    def action_open(self) -> None:
        """Open the place on the coding screen."""
        view = self.place
        if view is not None:
            self.workbench.open_screen(
                "coding", source=view.source_id, start=view.start, end=view.end
            )

    def action_shown(self) -> None:
        """List more, or only differences again."""
        self._view = _VIEWS[(_VIEWS.index(self._view) + 1) % len(_VIEWS)]
        self.fill()

    def action_source(self) -> None:
        """Choose where."""

        def chosen(source: str) -> None:
            self._source = source
            self.fill()

        choose_source(self, chosen)

    def action_undo(self) -> None:
        """Take the last action back."""
        entry = self.project.history.undo()
        self.workbench.tell(step_sentence(entry, _("Undone: {action}")))
        self.fill()

    def action_redo(self) -> None:
        """Do again what was undone."""
        entry = self.project.history.redo()
        self.workbench.tell(step_sentence(entry, _("Done again: {action}")))
        self.fill()
