"""All projects of the workspace: make, open, back up, restore, delete."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from workbench import locations
from workbench.i18n import N_, _, language
from workbench.tui.commands import Command
from workbench.tui.dialogs.dialog import Words
from workbench.tui.dialogs.pick import NewName, PickDialog
from workbench.tui.display import shorten_middle
from workbench.tui.opening import workspace_of
from workbench.tui.project_rows import project_row, with_home
from workbench.tui.screen import WorkbenchScreen
from workbench.tui.widgets.row_table import Column, ListSource, RowTable

if TYPE_CHECKING:
    from workbench.models.views import ProjectCard
    from workbench.services.project import Project

_EMPTY = N_(
    "Here your projects will stand. Press n to begin one, or s for a sample project "
    "that shows a finished study from recording to report."
)


class HomeScreen(WorkbenchScreen[None]):
    """One line a project, the one changed last on top."""

    NAME = "home"
    HELP = N_(
        "Your projects. Each is one folder with its database, recordings, reports and backups; "
        "it can be copied or deleted as a whole. Everything stays on this machine."
    )
    COMMANDS = (
        Command("home.new", "n", N_("New"), N_("Begin a new project."), verb="project.create"),
        Command("home.open", "enter", N_("Open"), N_("Open the project under the cursor.")),
        Command(
            "home.sample",
            "s",
            N_("Sample project"),
            N_("Make a project that shows everything, in English or Russian."),
            verb="sample.create",
        ),
        Command(
            "home.backup",
            "b",
            N_("Backup"),
            N_("Write a verified backup of the project under the cursor."),
            verb="project.backup",
        ),
        Command("home.find", "slash", N_("Find"), N_("Show only projects with these words.")),
        Command(
            "home.restore",
            "R",
            N_("Restore"),
            N_("Put a backup in the place of the project's database."),
            verb="project.restore",
        ),
        Command(
            "home.delete",
            "d",
            N_("Delete"),
            N_("Destroy the project under the cursor with everything in it."),
            verb="project.delete",
        ),
    )
    DEFAULT_CSS = """
    HomeScreen {
        #where { height: 1; padding: 0 1; color: $foreground-muted; }
        #find { display: none; border: none; height: 1; margin: 0 1; padding: 0 1; background: $panel; }
        RowTable { margin-top: 1; }
        #problem { height: auto; max-height: 3; padding: 0 1; color: $error; display: none; }
    }
    """
    COLUMNS = (
        Column(cut="middle"),
        Column(width=7, least=60),
        Column(width=14, align="right"),
        Column(width=10, align="right", least=92),
        Column(width=11, align="right", least=72),
        Column(width=15, align="right", least=52),
    )

    AUTO_FOCUS = ""  # the line to find by comes first, and would take every key as text

    def __init__(self) -> None:
        """Nothing is read yet; the list comes from a thread, so that the screen is there at once."""
        super().__init__()
        self._cards: list[ProjectCard] | None = None

    def body(self) -> ComposeResult:
        """Where the projects lie, a line to find by, the list, what is wrong with one."""
        yield Words(id="where")
        yield Input(placeholder=_("Part of a title"), id="find")
        yield RowTable(self.COLUMNS, empty=_EMPTY)
        yield Words(id="problem")

    def fill(self) -> None:
        """Read the workspace beside the interface."""
        folder = self.workbench.workspace
        self.query_one("#where", Words).say(shorten_middle(with_home(folder), 70))
        self.table.display = self._cards is not None
        if self._cards is not None:
            self._show()
        self.run_in_thread(
            lambda: workspace_of(self.workbench).projects(),
            self._read,
            group="list",
            exclusive=True,
        )

    def _read(self, cards: list[ProjectCard]) -> None:
        self._cards = cards
        self.table.display = True
        self._show()
        if self.focused is None:
            self.table.focus()

    def _show(self) -> None:
        words = self.query_one("#find", Input).value.casefold().split()
        cards = [
            card
            for card in self._cards or ()
            if all(word in card.title.casefold() for word in words)
        ]
        last = self.workbench.state.recall("project", default="")
        key = self.current_slug or last or None
        self.table.empty = N_("Nothing fits.") if words else _EMPTY
        self.table.show(ListSource([project_row(card) for card in cards]), key=key)

    @property
    def table(self) -> RowTable:
        """The list."""
        return self.query_one(RowTable)

    @property
    def current_slug(self) -> str:
        """The folder's name of the project under the cursor; empty without one."""
        row = self.table.current
        return str(row.key) if row is not None else ""

    @property
    def current_card(self) -> ProjectCard | None:
        """The project under the cursor."""
        slug = self.current_slug
        return next((card for card in self._cards or () if card.slug == slug), None)

    def breadcrumb(self) -> tuple[str, ...]:
        """The program, and what is listed."""
        return (_("Workbench"), _("Projects"))

    def available(self, command_id: str) -> bool:
        """What is done to a project needs one under the cursor."""
        if command_id in ("home.new", "home.sample") or not command_id.startswith("home."):
            return True
        card = self.current_card
        if command_id in ("home.open", "home.backup"):
            return card is not None and not card.problem
        return card is not None

    # -- events --------------------------------------------------------------------------------

    @on(RowTable.Moved)
    def _moved(self) -> None:
        card = self.current_card
        note = self.query_one("#problem", Words)
        note.display = card is not None and bool(card.problem)
        note.say(f"! {card.problem}" if card is not None else "")
        self.refresh_shell()

    @on(RowTable.Opened)
    def _opened(self) -> None:
        self.action_open()

    @on(Input.Changed, "#find")
    def _find(self) -> None:
        self._show()

    @on(Input.Submitted, "#find")
    def _found(self) -> None:
        self.table.focus()

    async def action_back(self) -> None:
        """Close the search first."""
        line = self.query_one("#find", Input)
        if line.display:
            line.value = ""
            line.display = False
            self.table.focus()
        else:
            await super().action_back()

    # -- commands ------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Open the project under the cursor."""
        card = self.current_card
        if card is not None and not card.problem:
            self.workbench.open_project(card.slug)

    def action_find(self) -> None:
        """Show only projects with these words."""
        line = self.query_one("#find", Input)
        line.display = True
        line.focus()

    def action_new(self) -> None:
        """Begin a new project."""
        from workbench.models.drafts import ProjectDraft
        from workbench.tui.dialogs.form import DraftForm
        from workbench.tui.project_fields import project_fields

        made: list[Project] = []

        def make(values: dict[str, Any]) -> None:
            draft = ProjectDraft.model_validate(values)
            made.append(workspace_of(self.workbench).create(draft))

        def done(values: dict[str, Any] | None) -> None:
            if values is not None:
                self.workbench.use_project(made[0])
                self.workbench.open_screen("project")

        fields = project_fields(None, language=language())
        self.app.push_screen(DraftForm(_("New project"), fields, validate=make), done)

    def action_sample(self) -> None:
        """Choose one of the sample projects and make it."""
        from workbench.tui.sample import sample_choices

        def chosen(name: str | NewName | None) -> None:
            if isinstance(name, str):
                self.make_sample(name)

        choices = sample_choices(locations.sample_projects_folder())
        self.app.push_screen(PickDialog[str](choices, title=_("Sample project")), chosen)

    def make_sample(self, name: str) -> None:
        """Make a sample project beside the interface and open it."""
        from workbench.tui.sample import make_sample

        make_sample(self, name)

    def action_backup(self) -> None:
        """Write a verified backup of the project under the cursor."""
        from workbench.tui.backups import back_up

        card = self.current_card
        if card is not None:
            back_up(self, card)

    def action_restore(self) -> None:
        """Choose a backup and put it in the place of the database."""
        from workbench.tui.backups import choose_backup

        card = self.current_card
        if card is not None:
            choose_backup(self, card)

    def action_delete(self) -> None:
        """Destroy the project under the cursor, after its name was typed."""
        from workbench.tui.dialogs.type_name import TypeName

        card = self.current_card
        if card is None:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._let_go(card.slug)
                work = partial(workspace_of(self.workbench).delete, card.slug)
                self.run_in_thread(work, lambda _folder: self.fill())

        details = _(
            "Its folder is deleted with all recordings, transcripts, codings, reports and backups. "
            "This cannot be undone."
        )
        question = _("Delete “{title}”?").format(title=card.title)
        self.app.push_screen(TypeName(question, card.title, details=details), answered)

    def _let_go(self, slug: str) -> None:
        """Close the project here if it is the open one, so that its folder is free."""
        project = self.workbench.project
        if project is not None and project.slug == slug and not self.workbench.jobs.uses(project):
            self.workbench.use_project(None)
