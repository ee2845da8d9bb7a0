"""How far coders agree, code by code; from here their differences are opened and a colleague's copy is merged."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from workbench.coding.codebook import MARKS, short_names
from workbench.errors import WorkbenchError
from workbench.i18n import N_, _, decimal_text, ngettext
from workbench.models.agreement_views import AgreementRow, AgreementTable, Measure
from workbench.models.kinds import AgreementUnit
from workbench.tui.commands import Command
from workbench.tui.compared import choose_coders, choose_source, kept_coders, rename_coder
from workbench.tui.compared_commands import AGREEMENT_COMMANDS
from workbench.tui.dialogs.dialog import Words
from workbench.tui.merging import merge_copy
from workbench.tui.project_screen import OpenProjectScreen
from workbench.tui.undoing import step_sentence
from workbench.tui.widgets.row_table import Column, ListSource, Row, RowTable

_UNITS = {
    AgreementUnit.CHARACTERS: N_("by characters"),
    AgreementUnit.SENTENCES: N_("by sentences"),
    AgreementUnit.TURNS: N_("by turns"),
}
_LOW = 30
"""Lines of a terminal below which the definitions get less room."""


class AgreementScreen(OpenProjectScreen[None]):
    """One line a code: what each coded, what all of them coded, percent, kappa, alpha."""

    NAME = "agreement"
    HELP = N_(
        "How far coders agree about each code. Enter lists the places where two of them differ, to settle them one by "
        "one. c chooses the coders, o the source, t whether characters, sentences or turns are compared. Figures that "
        "are not defined are shown as —, and the line below says why. m merges a colleague's copy of this project."
    )
    COMMANDS: ClassVar[tuple[Command, ...]] = AGREEMENT_COMMANDS
    DEFAULT_CSS = """
    AgreementScreen {
        #about { height: auto; max-height: 2; padding: 0 1; }
        #why { height: auto; max-height: 2; padding: 0 1; color: $warning; display: none; }
        #definitions { height: auto; max-height: 12; padding: 0 1; border-top: solid $border-blurred; }
        &.-low #definitions { max-height: 5; }
        &.-empty #definitions { display: none; }
    }
    """

    def __init__(self) -> None:
        """Nothing is counted yet."""
        super().__init__()
        self._coders: tuple[str, ...] = ()
        self._source = ""
        self._unit: str = AgreementUnit.CHARACTERS
        self._table: AgreementTable | None = None

    def body(self) -> ComposeResult:
        """Who is compared in what, the figures, what is not defined, how all is computed."""
        yield Words(id="about")
        yield RowTable(
            (Column(N_("Code")),),
            empty=N_(
                "Here you will see how far two coders agree. So far fewer than two have coded. Code under another name, "
                "or press m to merge a copy of this project in which a colleague coded."
            ),
        )
        yield Words(id="why")
        with VerticalScroll(id="definitions", can_focus=False):
            yield Words(id="definition", classes="quiet")

    @property
    def table(self) -> RowTable:
        """The figures."""
        return self.query_one(RowTable)

    def on_resize(self) -> None:
        """Give the definitions the room there is."""
        self.set_class(self.app.size.height < _LOW, "-low")

    def fill(self) -> None:
        """Count beside the interface."""
        if self.workbench.project is None:
            return
        self._coders = kept_coders(self, two=False)
        self._unit = self._recall("unit", AgreementUnit.CHARACTERS.value)
        self._source = self._recall("source", "")
        if self.focused is None:
            self.table.focus()
        project, coders, source, unit = self.project, self._coders, self._source, self._unit
        self.run_in_thread(
            lambda: project.agreement.table(coders, source=source or None, unit=unit),
            self._show,
            failed=self._cannot,
            group="agreement",
            exclusive=True,
        )

    def _cannot(self, error: WorkbenchError) -> None:
        """Show a guide where nobody can be compared; else forget the choice that led nowhere."""
        chosen = bool(self._coders or self._source)
        self._keep("coders", [])
        self._keep("source", "")
        if chosen:
            self.fill()
        elif error.code == "blind-mode":
            said = _("Blind mode hides what others coded: I on the coding screen switches it off.")
            self.query_one("#about", Words).say(said)
        elif error.code != "coders-needed":
            self.show_error(error)
        else:
            self._table = None
            self.set_class(True, "-empty")
            self.query_one("#about", Words).say("")
            self.table.show(ListSource())

    def _show(self, table: AgreementTable) -> None:
        self._table = table
        self.set_class(False, "-empty")
        share = min(12, 40 // len(table.coders))
        self.table.columns = (
            Column(N_("Code"), cut="middle"),
            *(Column(name, width=9, share=share, align="right") for name in table.coders),
            Column(N_("All") if table.coders[2:] else N_("Both"), width=8, align="right", least=60),
            Column(N_("%"), width=6, align="right"),
            Column("κ", width=6, align="right"),
            Column("α", width=6, align="right"),
        )
        rows = [Row(f"+{row.code}", _cells(row, _(row.code)), quiet=True) for row in table.sums]
        names = short_names(row.code for row in table.rows)
        rows += [Row(row.code_id, _cells(row, names[row.code])) for row in table.rows]
        self.table.show(ListSource(rows), key=self._code_here())
        self.query_one("#definition", Words).say("\n".join(_(s) for s in table.definitions))
        self.query_one("#about", Words).say(self._about(table))
        self.refresh_shell()

    def _about(self, table: AgreementTable) -> str:
        title = (
            self.project.sources.source(self._source).card.title
            if self._source
            else _("all sources")
        )
        sources = ngettext("{n} source", "{n} sources", table.sources).format(n=table.sources)
        parts = [" · ".join(table.coders), title, _(_UNITS[AgreementUnit(table.unit)])]
        parts.append(ngettext("{n} unit", "{n} units", table.units).format(n=table.units))
        if not self._source:
            parts.append(sources)
        if table.left_out:
            left = ngettext("{n} left out", "{n} left out", len(table.left_out))
            parts.append(left.format(n=len(table.left_out)))
        return "   ".join(parts)

    def _code_here(self) -> Any:
        row = self.table.current
        return row.key if row is not None else None

    @on(RowTable.Moved)
    def _moved(self) -> None:
        """Say why figures of the line under the cursor are not defined."""
        key, table = self._code_here(), self._table
        row = None
        if table is not None:
            rows = {row.code_id: row for row in table.rows}
            rows |= {f"+{row.code}": row for row in table.sums}
            row = rows.get(str(key))
        measures = row.figures if row is not None else None
        named = (
            ()
            if measures is None
            else (("%", measures.percent), ("κ", measures.kappa), ("α", measures.alpha))
        )
        said = [
            _("{measure} is not defined: {why}").format(measure=name, why=_(measure.why))
            for name, measure in named
            if measure.value is None
        ]
        words = self.query_one("#why", Words)
        words.display = bool(said)
        words.say(" ".join(said))

    @on(RowTable.Opened)
    def _opened(self) -> None:
        self.action_open()

    # -- what is remembered --------------------------------------------------------------------

    def _recall(self, name: str, default: str) -> str:
        state = self.workbench.state
        return str(state.recall(self.NAME, self.project.slug, name, default=default))

    def _keep(self, name: str, value: object) -> None:
        self.workbench.state.remember(self.NAME, self.project.slug, name, value=value)

    # -- commands ------------------------------------------------------------------------------

    def available(self, command_id: str) -> bool:
        """Without two coders there is nothing to choose."""
        if command_id in ("agreement.open", "agreement.source", "agreement.unit"):
            return self._table is not None
        return super().available(command_id)

    def action_open(self) -> None:
        """List where two coders differ about the code under the cursor; from a sum, about all."""
        table, key = self._table, str(self._code_here() or "")
        if table is None:
            return
        code = "" if key.startswith("+") else key
        first, second = table.coders[:2]
        self.workbench.open_screen(
            "comparison", first=first, second=second, source=self._source, code=code
        )

    def action_coders(self) -> None:
        """Choose who is compared."""

        def chosen(names: list[str]) -> None:
            self._keep("coders", names)
            self.fill()

        choose_coders(self, chosen)

    def action_source(self) -> None:
        """Choose where."""

        def chosen(source: str) -> None:
            self._keep("source", source)
            self.fill()

        choose_source(self, chosen)

    def action_unit(self) -> None:
        """Compare by the next kind of unit."""
        units = list(AgreementUnit)
        following = units[(units.index(AgreementUnit(self._unit)) + 1) % len(units)]
        self._keep("unit", str(following))
        self.fill()

    def action_merge(self) -> None:
        """Choose a copy, look at what would be merged, and merge it."""
        merge_copy(self)

    def action_rename(self) -> None:
        """Give a coder another name."""
        rename_coder(self)

    def action_undo(self) -> None:
        """Take the last action back."""
        entry = self.project.history.undo()
        self.workbench.tell(step_sentence(entry, _("Undone: {action}")))
        self.fill()


def _cells(row: AgreementRow, name: str) -> tuple[str, ...]:
    mark = f"{MARKS.get(row.kind, '●')} " if row.kind else ""
    figures = row.figures
    return (
        f"{mark}{name}",
        *(str(count) for count in row.coded),
        str(row.both),
        shown(figures.percent, 100, 1),
        shown(figures.kappa),
        shown(figures.alpha),
    )


def shown(measure: Measure, times: int = 1, digits: int = 3) -> str:
    """Return a figure as it is read; — where it is not defined."""
    if measure.value is None:
        return "—"
    return decimal_text(f"{measure.value * times:.{digits}f}").replace("-", "−")
