"""Building a Word report: template, language, place; and the reports that were built before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from workbench.errors import InputError, WorkbenchError
from workbench.i18n import LANGUAGES, N_, _, ngettext
from workbench.tui.commands import Command
from workbench.tui.dialogs.dialog import Words
from workbench.tui.display import relative_time
from workbench.tui.labels import language_choices
from workbench.tui.project_screen import OpenProjectScreen
from workbench.tui.widgets.fields import ChoiceEditor, Field, FieldRow
from workbench.tui.widgets.progress import Progress
from workbench.tui.widgets.row_table import Column, ListSource, Row, RowTable

if TYPE_CHECKING:
    from workbench.reports.checking import Problem
    from workbench.reports.report import BuiltReport

_KIBIBYTE = 1024


class ReportScreen(OpenProjectScreen[None]):
    """A short form, what it made, and what was made before."""

    NAME = "report"
    HELP = N_(
        "A Word report from a template. Yours can be a .docx of your client's with the same fields; "
        "check it first (k): every mistake in it is named with its place."
    )
    COMMANDS = (
        Command(
            "report.build",
            "f9,b",
            N_("Build"),
            N_("Build the Word report."),
            verb="report.build",
        ),
        Command(
            "report.check", "k", N_("Check template"), N_("Name every mistake in the template.")
        ),
        Command("report.place", "p", N_("Where is it?"), N_("Show the whole path of the report.")),
    )
    DEFAULT_CSS = """
    ReportScreen {
        #form { height: auto; padding: 1 1 0 1; }
        FieldRow { margin-bottom: 1; max-width: 110; }
        &.-low FieldRow { margin-bottom: 0; }
        Progress { display: none; margin-top: 1; }
        #result { height: auto; max-height: 8; padding: 0 2; margin-top: 1; }
        .heading { height: 1; padding: 0 2; margin-top: 1; color: $foreground-muted; }
        RowTable { padding: 0 1; min-height: 3; }
    }
    """

    def body(self) -> ComposeResult:
        """The form, what comes of it, the earlier reports."""
        yield Vertical(id="form")
        yield Progress(_("Building the report"))
        yield Words(id="result")
        yield Words(_("Reports built before"), classes="heading")
        yield RowTable(
            (
                Column(cut="middle"),
                Column(width=9, align="right", least=60),
                Column(width=15, align="right"),
            ),
            empty=N_("None yet. F9 builds the first."),
        )

    def fill(self) -> None:
        """Offer the templates there are; list what was built."""
        self.set_class(self.app.size.height < 30, "-low")  # noqa: PLR2004 - lines of a small terminal
        self._list()
        if not self.query(FieldRow):
            project = self.project
            self.run_in_thread(
                lambda: project.reports.templates(),  # noqa: PLW0108 - its import belongs into the thread
                self._offer,
                group="templates",
            )

    def returned(self) -> None:
        """What stands in the form stays."""
        self._list()

    async def refresh_language(self) -> None:
        """Rebuild in the other language; what stands in the form stays."""
        self._kept = {row.field.name: typed_value(row) for row in self.query(FieldRow)}
        await super().refresh_language()

    _kept: dict[str, Any] = {}

    async def _offer(self, templates: list[Any]) -> None:
        from workbench.reports.report import available_reports

        known = available_reports()
        names = dict.fromkeys(template.name for template in templates)
        fields = [
            Field(
                "template",
                N_("Template"),
                "choice",
                next(iter(names), None),
                choices=tuple(
                    (name, known[name].title if name in known else name) for name in names
                ),
            ),
            Field(
                "own",
                N_("Own template"),
                "path",
                suffixes=(".docx",),
                help=N_("A .docx of your client's; with one the line above does not count."),
            ),
            Field(
                "language",
                N_("Language"),
                "choice",
                self.project.plan.project().language,
                choices=language_choices(),
                help=N_("The report's; the interface keeps its own."),
            ),
            Field(
                "target",
                N_("Save as"),
                "path",
                pick="save",
                suffixes=(".docx",),
                help=N_("Empty: a name with today's date in the project's exports folder."),
            ),
        ]
        rows = [FieldRow(replace(f, value=self._kept.get(f.name, f.value))) for f in fields]
        await self.query_one("#form").mount_all(rows)
        self.row("template").editor.focus()

    def _list(self) -> None:
        rows = []
        for path in self.project.reports.built():
            found = path.stat()
            when = relative_time(datetime.fromtimestamp(found.st_mtime, tz=UTC))
            size = _("{n} KB").format(n=max(1, found.st_size // _KIBIBYTE))
            rows.append(Row(path, (path.name, size, when)))
        self.query_one(RowTable).show(ListSource(rows))

    def row(self, name: str) -> FieldRow:
        """Return a line of the form."""
        return self.query_one(f"#field-{name}", FieldRow)

    def say(self, text: str, *, trouble: bool = False) -> None:
        """Say what came of it."""
        words = self.query_one("#result", Words)
        words.set_class(trouble, "trouble")
        words.say(text)

    def available(self, command_id: str) -> bool:
        """A path can be shown once there is a report."""
        if command_id == "report.place":
            return (
                isinstance(self.focused, RowTable) and self.query_one(RowTable).current is not None
            )
        return super().available(command_id)

    @on(RowTable.Moved)
    def _moved(self) -> None:
        self.refresh_shell()

    @on(RowTable.Opened)
    def _opened(self) -> None:
        self.action_place()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        rows = [row for row in self.query(FieldRow) if event.input in row.query(Input)]
        if rows and not event.value.strip():
            rows[0].choose_path()
        else:
            self.focus_next()

    # -- commands ------------------------------------------------------------------------------

    def _read(self) -> dict[str, Any] | None:
        """Return what stands in the form; None when a line cannot be used, which says so."""
        values = {}
        for row in self.query(FieldRow):
            try:
                values[row.field.name] = row.read()
            except InputError as error:
                row.say_trouble(str(error))
                return None
        return values or None

    def action_build(self) -> None:
        """Build the report beside the interface."""
        values = self._read()
        if values is None:
            return
        project = self.project
        target: Path | None = values["target"]
        if target is not None and not target.suffix:
            target = target.with_suffix(".docx")
        line = self.query_one(Progress)
        line.follow(0.0)
        line.display = True
        self.say("")
        self.run_in_thread(
            lambda: project.reports.build(
                template=values["own"] or values["template"],
                language=values["language"],
                target=target,
            ),
            self._built,
            failed=self._failed,
            group="build",
            exclusive=True,
        )

    def _built(self, report: BuiltReport) -> None:
        self.query_one(Progress).display = False
        n = report.quotes
        quotes = ngettext("with {n} quote", "with {n} quotes", n).format(n=n)
        made = _("✓ Built in {language}, {quotes}:").format(
            language=LANGUAGES[str(self.row("language").read())], quotes=quotes
        )
        self.say(f"{made}\n  {report.path}")
        self._list()

    def _failed(self, error: WorkbenchError) -> None:
        self.query_one(Progress).display = False
        self.say(f"! {error}", trouble=True)

    def action_check(self) -> None:
        """Try the template out and name everything wrong with it."""
        values = self._read()
        if values is None:
            return
        project = self.project
        self.run_in_thread(
            lambda: project.reports.check(
                values["own"] or values["template"], language=values["language"]
            ),
            self._checked,
            failed=self._failed,
            group="check",
            exclusive=True,
        )

    def _checked(self, problems: list[Problem]) -> None:
        if not problems:
            self.say(_("✓ The template is sound."))
            return
        lines = [f"{'!' if problem.serious else '·'} {problem.trouble}" for problem in problems]
        self.say("\n".join(lines), trouble=any(problem.serious for problem in problems))

    def action_place(self) -> None:
        """Show the whole path of the report under the cursor."""
        row = self.query_one(RowTable).current
        if row is not None:
            self.say(f"{row.key}\n" + _("Open it in Word or LibreOffice from this folder."))


def typed_value(row: FieldRow) -> Any:
    """Return what stands in a line, fit or not."""
    editor = row.editor
    return editor.value if isinstance(editor, Input | ChoiceEditor) else None
