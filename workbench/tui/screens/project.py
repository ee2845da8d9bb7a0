"""The open project at a glance: the cycle, the three questions, the gravest barriers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from workbench import locations
from workbench.i18n import N_, _, ngettext
from workbench.models.deeds import QUESTIONS
from workbench.tui.ahead import look_ahead
from workbench.tui.commands import Command
from workbench.tui.cycle_view import cycle_steps
from workbench.tui.dialogs.dialog import Words
from workbench.tui.display import clean_for_terminal
from workbench.tui.labels import FULL_QUESTIONS
from workbench.tui.project_fields import project_fields
from workbench.tui.project_screen import OpenProjectScreen
from workbench.tui.widgets.cycle import Cycle
from workbench.tui.widgets.fields import Field
from workbench.tui.widgets.row_table import Column, ListSource, Row, RowTable

if TYPE_CHECKING:
    from workbench.models.views import AnswerView, BarrierView, Overview

_STARS = 5


class ProjectScreen(OpenProjectScreen[None]):
    """Where the study stands, and the way to everything in it."""

    NAME = "project"
    HELP = N_(
        "The study at a glance: five steps from goals to measuring again, with what each holds "
        "and what it still needs, and the three questions every report answers."
    )
    COMMANDS = (
        Command("project.open", "enter", N_("Open"), N_("Open what is under the cursor.")),
        Command(
            "project.interviews",
            "i",
            N_("Interviews"),
            N_("Sources and the transcription queue."),
        ),
        Command("project.coding", "c", N_("Coding"), N_("Read a transcript and code its quotes.")),
        Command("project.visits", "v", N_("Visits"), N_("Mystery shopping: visits and scores.")),
        Command("project.report", "r", N_("Report"), N_("Build a Word report from a template.")),
        Command(
            "project.answer",
            "w",
            N_("Write answer"),
            N_("Answer one of the three questions, resting on a barrier."),
            verb="answer.write",
            show=False,
        ),
        Command(
            "project.edit",
            "e",
            N_("Edit"),
            N_("Change title, client, authors, rules of the project."),
            verb="project.edit",
        ),
        Command(
            "project.code_sample",
            "",
            N_("Code the sample"),
            N_("Apply the sample's prepared codings to the recordings transcribed since."),
            verb="sample.code",
        ),
    )
    DEFAULT_CSS = """
    ProjectScreen {
        Cycle { margin-top: 1; }
        .heading { height: 1; padding: 0 1; margin-top: 1; color: $foreground-muted; }
        #answers { height: 3; }
        /* three things share the screen: only where the focus is does a line stand out */
        RowTable > .row-table--cursor-blurred { background: $background; color: $foreground; }
        #barriers { height: 1fr; min-height: 3; }
        #whole { height: auto; max-height: 4; padding: 0 1; margin-top: 1; display: none; }
    }
    """

    def __init__(self) -> None:
        """Nothing is read yet."""
        super().__init__()
        self._overview: Overview | None = None

    def body(self) -> ComposeResult:
        """The cycle, the questions, the barriers."""
        yield Cycle()
        yield Words(_("Three questions"), classes="heading")
        yield RowTable(
            (
                Column(width=31),
                Column(),
                Column(width=10, align="right", least=70),
            ),
            id="answers",
        )
        yield Words(_("The gravest barriers"), classes="heading")
        yield RowTable(
            (Column(cut="end"), Column(width=5), Column(width=14, align="right")),
            empty=N_(
                "Barriers appear here once quotes support them. Code a transcript (c), "
                "then say what each barrier keeps people from."
            ),
            id="barriers",
        )
        yield Words(id="whole")

    def fill(self) -> None:
        """Read the overview beside the interface; counting a large project takes a moment."""
        self.workbench.use_project(self.project)
        if self.focused is None:
            self.cycle.focus()
        project = self.project
        self.run_in_thread(
            lambda: project.insight.overview(),  # noqa: PLW0108 - its import belongs into the thread
            self._show,
            group="overview",
            exclusive=True,
        )

    def _show(self, overview: Overview) -> None:
        first, self._overview = self._overview is None, overview
        self.cycle.steps = cycle_steps(overview.steps)
        self.cycle.at = self.cycle.validate_at(self.cycle.at)
        self.query_one("#answers", RowTable).show(
            ListSource([_answer_row(answer) for answer in overview.answers])
        )
        self.query_one("#barriers", RowTable).show(
            ListSource([_barrier_row(*found) for found in overview.top_barriers])
        )
        if first:
            look_ahead(self)

    @property
    def cycle(self) -> Cycle:
        """The five steps."""
        return self.query_one(Cycle)

    def breadcrumb(self) -> tuple[str, ...]:
        """The program and the project."""
        return (_("Workbench"), self.workbench.project_title)

    def status(self) -> str:
        """The newest wave, then what goes on."""
        waves = self.project.plan.waves() if self.workbench.project is not None else []
        wave = _("wave {n}").format(n=waves[-1].ordinal) if waves else ""
        return " · ".join(part for part in (wave, super().status()) if part)

    # -- events --------------------------------------------------------------------------------

    @on(Cycle.Opened)
    def _opened(self, event: Cycle.Opened) -> None:
        self.workbench.open_screen(event.entry.target)

    @on(Cycle.Left)
    def _leave_cycle(self) -> None:
        self.query_one("#answers", RowTable).focus()

    @on(RowTable.Moved)
    def _moved(self) -> None:
        self._show_whole()

    def on_descendant_focus(self) -> None:
        """Show in full what the cursor came to."""
        self._show_whole()

    def _show_whole(self) -> None:
        """Write out the answer or the barrier under the cursor, which its line may have cut."""
        table = self.focused if isinstance(self.focused, RowTable) else None
        row = table.current if table is not None else None
        words = self.query_one("#whole", Words)
        words.display = row is not None
        if row is not None and self._overview is not None:
            texts = {answer.question: answer.text for answer in self._overview.answers}
            texts |= {view.code_id: view.statement for view, *_n in self._overview.top_barriers}
            words.say(texts.get(row.key, "") or _("Press Enter to write the answer."))

    @on(RowTable.Opened, "#answers")
    def _opened_answer(self, event: RowTable.Opened) -> None:
        self.write_answer(str(event.row.key))

    @on(RowTable.Opened, "#barriers")
    def _opened_barrier(self, event: RowTable.Opened) -> None:
        self.workbench.open_screen("barriers", barrier=str(event.row.key))

    # -- commands ------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Open what is under the cursor."""
        focused = self.focused
        if isinstance(focused, Cycle | RowTable):
            focused.action_open()

    def action_interviews(self) -> None:
        """Go to the sources."""
        self.workbench.open_screen("interviews")

    def action_coding(self) -> None:
        """Go to the transcript that was read last."""
        self.workbench.open_screen("coding")

    def action_visits(self) -> None:
        """Go to mystery shopping."""
        self.workbench.open_screen("shopping")

    def action_report(self) -> None:
        """Go to the reports."""
        self.workbench.open_screen("report")

    def action_answer(self) -> None:
        """Answer the question under the cursor."""
        row = self.query_one("#answers", RowTable).current
        if row is not None:
            self.write_answer(str(row.key))

    def write_answer(self, question: str) -> None:
        """Ask for the answer to one of the three questions."""
        if self.project.read_only:
            return
        text, barrier = self.project.decisions.answers().get(question, ("", None))
        barriers = tuple(
            (view.code_id, view.statement) for view in self.project.codebook.barriers()
        )

        def save(values: dict[str, Any]) -> None:
            self.project.decisions.write_answer(
                question, values["text"], barrier=values["barrier"] or None
            )

        fields = [
            Field("text", N_("Answer"), "multiline", text, required=True),
            Field(
                "barrier",
                N_("It rests on"),
                "choice",
                barrier,
                choices=((None, N_("no barrier yet")), *barriers),
                help=N_("The barrier whose evidence stands behind the answer."),
            ),
        ]
        self.ask(_(FULL_QUESTIONS[question]), fields, save)

    def available(self, command_id: str) -> bool:
        """Prepared codings exist only for a project made from a sample."""
        if command_id == "project.code_sample":
            folder = locations.sample_projects_folder() / self.project.slug
            if not (folder / "project.toml").is_file():
                return False
        return super().available(command_id)

    def action_code_sample(self) -> None:
        """Apply the prepared codings to what has a text by now."""
        from workbench.services.sample import Coded, code_sample

        def done(coded: Coded) -> None:
            n = coded.applied
            self.workbench.tell(ngettext("{n} coding added.", "{n} codings added.", n).format(n=n))
            self.fill()

        project = self.project
        self.run_in_thread(lambda: code_sample(project), done)

    def action_edit(self) -> None:
        """Change the project's particulars."""
        view = self.project.plan.project()

        def save(values: dict[str, Any]) -> None:
            self.project.plan.edit(**values)

        self.ask(_("Project"), project_fields(view, language=view.language), save)


def n_of_total(n: int, total: int) -> str:
    """Say how many of those asked: 7 of 12; nothing when nobody was asked."""
    return _("{n} of {total}").format(n=n, total=total) if total else ""


def _answer_row(answer: AnswerView) -> Row:
    question = _(QUESTIONS[answer.question])
    if not answer.text:
        return Row(answer.question, (question, _("not answered yet"), ""), quiet=True)
    count = n_of_total(answer.persons, answer.asked) if answer.barrier else ""
    text = clean_for_terminal(answer.text)
    shown = Content.assemble(("▲ ", "$primary") if answer.barrier else "", text)
    return Row(answer.question, (question, shown, count))


def _barrier_row(barrier: BarrierView, n: int, total: int) -> Row:
    severity = "●" * barrier.severity + "○" * (_STARS - barrier.severity)
    statement = Content.assemble(("▲ ", "$primary"), clean_for_terminal(barrier.statement))
    return Row(barrier.code_id, (statement, severity, n_of_total(n, total)))
