"""The terminal program: themes, language, navigation between screens, troubles, remembered state."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType

from workbench.i18n import LANGUAGES, N_, _, language, set_language
from workbench.settings import Settings
from workbench.tui.compat import ForgivingApp
from workbench.tui.display import clean_for_terminal
from workbench.tui.garbage import spare, use_pause, wait_for_pauses
from workbench.tui.jobs import JobRunner
from workbench.tui.keyboard import LayoutMixin
from workbench.tui.model_work import ModelWork
from workbench.tui.registry import SCREENS
from workbench.tui.screen import WorkbenchScreen
from workbench.tui.state import UiState
from workbench.tui.theme import THEMES, code_colour

if TYPE_CHECKING:
    from workbench.errors import WorkbenchError
    from workbench.services.project import Project

_PAUSE_S = 1.0
"""Without keys for so long, a moment that is spent on something else is not noticed."""

_NAMING = ("coder.rename", "history.undo", "history.redo")


class WorkbenchApp(LayoutMixin, ForgivingApp, App[None]):
    """The terminal program; screens are imported when they are first opened."""

    ENABLE_COMMAND_PALETTE = False  # ours speaks both languages: WorkbenchScreen.action_palette
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", N_("Quit"), show=False, priority=True),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]
    CSS = """
    * { scrollbar-size-vertical: 1; scrollbar-size-horizontal: 1; }
    Toast { padding: 0 1; }
    Input, Input:focus {
        border: none; height: 1; padding: 0 1; background: $panel; background-tint: transparent;
        scrollbar-size-horizontal: 0;
    }
    Input:ansi { text-style: underline; }
    OptionList, OptionList:focus { border: none; padding: 0; background: transparent; }
    OptionList:ansi > .option-list--option-highlighted, Tree:ansi:focus > .tree--cursor {
        background: ansi_bright_black; color: ansi_bright_white; text-style: bold underline;
    }
    ToastRack { align: right bottom; margin-bottom: 1; }
    CodingScreen ToastRack, ReviewScreen ToastRack { margin-bottom: 4; }
    VisitScreen ToastRack { margin-bottom: 2; }
    """

    def __init__(
        self, settings: Settings, workspace: Path | None = None, project: str | None = None
    ) -> None:
        """Make the program ready.

        Args:
            settings: the user's preferences; saved again when changed here.
            workspace: the folder of projects; the settings' one without it.
            project: a project to open at once.
        """
        super().__init__()
        self.settings = settings
        self.workspace = workspace or settings.workspace_folder()
        self.state = UiState()
        self.project: Project | None = None
        """The open project, or None; ``open_project`` and ``use_project`` set it."""
        self.project_title = ""
        """The open project's title for the breadcrumb; empty without one."""
        self.jobs = JobRunner(self)
        self.model_work = ModelWork(self)
        self._first_project = project
        self._note = ""
        self._used_at = monotonic()
        set_language(settings.interface_language())
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = settings.theme

    # -- what screens ask for ------------------------------------------------------------------

    def run(self, *given: Any, **options: Any) -> None:
        """Run until the program is left; what has been loaded by now stays, so no garbage is looked for in it."""
        spare()
        wait_for_pauses()
        super().run(*given, **options)

    @property
    def dark(self) -> bool:
        """Whether the background is dark."""
        return self.current_theme.dark

    def code_colour(self, value: int | str) -> str:
        """Return the colour to draw a code in, in the theme in force."""
        return code_colour(value, dark=self.dark, ansi=self.theme == "ansi")

    def status(self) -> str:
        """Return what goes on, the language and the coder, for the end of the top line."""
        narrow = self.size.width < 100  # noqa: PLR2004 - cells; below, one would cut the other
        if self._note and narrow:
            return self._note
        parts = (self._note, language().upper(), self.settings.coder)
        return " · ".join(part for part in parts if part)

    @property
    def note(self) -> str:
        """What goes on, such as ``◐ 43 %, 6 min``; empty when nothing does."""
        return self._note

    def set_note(self, note: str) -> None:
        """Show in every top line what goes on, such as ``◐ 43 %, 6 min``; empty when nothing does."""
        if note != self._note:
            self._note = note
            if isinstance(self.screen, WorkbenchScreen):
                self.screen.refresh_shell()

    # -- navigation ----------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Note when a key or the mouse was used last."""
        if isinstance(event, events.InputEvent):
            self._used_at = monotonic()
        await super().on_event(event)

    def _look_for_pause(self) -> None:
        if monotonic() - self._used_at > _PAUSE_S:
            use_pause()
            if self.project is not None:
                self.project.hear_writer()

    def on_mount(self) -> None:
        """Open Home, and over it the project that was asked for, or where the user was last."""
        self.set_interval(_PAUSE_S, self._look_for_pause)
        last = self.state.recall("project", default="")
        screen = self.state.recall("screen", default="home")
        details = self.state.recall("details", default={})
        self.open_screen("home")
        if self._first_project:
            self.open_project(self._first_project)
        elif last and screen in SCREENS and SCREENS[screen].needs_project:
            self.open_project(last, screen=screen, details=details, missing_is_trouble=False)

    # -- the open project ----------------------------------------------------------------------

    def open_project(
        self,
        name: str,
        *,
        screen: str = "project",
        details: dict[str, Any] | None = None,
        missing_is_trouble: bool = True,
    ) -> None:
        """Open a project beside the interface and go to a screen of it; reading only if it is locked.

        Args:
            name: the folder's name in the workspace, a title or a path.
            screen: where to go; other screens than the project's have it below them.
            details: what that screen takes.
            missing_is_trouble: whether to say that there is no such project.
        """
        from workbench.tui.opening import open_project

        def opened(project: Project) -> None:
            self.use_project(project)
            self.open_screen("project")
            if screen != "project":
                self.open_screen(screen, **(details or {}))

        open_project(self, name, opened, missing_is_trouble=missing_is_trouble)

    def use_project(self, project: Project | None) -> None:
        """Work in a project from now on, or in none; the one before is closed once no job needs it."""
        before, self.project = self.project, project
        self.project_title = project.plan.project().title if project is not None else ""
        if before is not None and before is not project and not self.jobs.uses(before):
            before.close()
        if project is not None:
            self.state.remember("project", value=project.slug)
            if project is not before:
                self.jobs.take_up(project)
                project.on_change(self._follow_name)

    def open_screen(self, name: str, **details: Any) -> None:
        """Go to a screen.

        One that is already below the current one is returned to, so that Esc never walks in
        circles; with other details it is made anew.

        Args:
            name: a name in ``workbench.tui.registry.SCREENS``.
            details: what the screen's class takes, such as ``project="…"`` or ``source=…``.
        """
        self.call_next(self._go, name, details)

    async def _go(self, name: str, details: dict[str, Any]) -> None:
        screen_class = SCREENS[name].load()
        below = [s for s in self.screen_stack if isinstance(s, WorkbenchScreen)]
        known = next((s for s in below if name == s.NAME), None)
        if known is not None:
            same = not details or getattr(known, "opened_with", None) == details
            while self.screen is not known:
                await self.pop_screen()
            if same:
                known.returned()
                known.refresh_shell()
                self._remember_place(name, known.opened_with)
                return
            screen = screen_class(**details)
            screen.opened_with = details
            await self.switch_screen(screen)
        else:
            screen = screen_class(**details)
            screen.opened_with = details
            await self.push_screen(screen)
        self._remember_place(name, details)

    def _remember_place(self, name: str, details: dict[str, Any]) -> None:
        plain = {key: value for key, value in details.items() if isinstance(value, str | int)}
        self.state.remember("screen", value=name)
        self.state.remember("details", value=plain)
        self.state.save()  # at once: a kill must not cost the way back

    @property
    def _opened(self) -> list[WorkbenchScreen[Any]]:
        return [s for s in self.screen_stack if isinstance(s, WorkbenchScreen)]

    @property
    def can_go_back(self) -> bool:
        """Whether another screen lies below the current one."""
        return len(self._opened) > 1

    async def back(self) -> None:
        """Go one step back; at the first screen nothing happens."""
        if self.can_go_back:
            await self.pop_screen()
            if isinstance(self.screen, WorkbenchScreen):
                self.screen.returned()
                self.screen.refresh_shell()
                self._remember_place(self.screen.NAME, self.screen.opened_with)

    # -- language and theme --------------------------------------------------------------------

    async def apply_settings(self, settings: Settings) -> None:
        """Save the settings and show them at once: language, theme, name.

        Raises:
            InputError: they cannot be written; then nothing changes.
        """
        settings.save()
        before, self.settings = self.settings, settings
        if settings.workspace != before.workspace:
            self.workspace = settings.workspace_folder()
        if self.project is not None and settings.coder != before.coder:
            self.project.code_as(settings.coder)
        if self.project is not None:
            self.project.see_only_own(only=settings.blind)
        self.theme = settings.theme
        if settings.interface_language() != language():
            set_language(settings.interface_language())
            for screen in self._opened:
                await screen.refresh_language()
        elif isinstance(self.screen, WorkbenchScreen):
            self.screen.refresh_shell()

    def _follow_name(self, verb: str) -> None:
        """Keep one's own name in the settings when it was changed in the project, or that was taken back."""
        if verb in _NAMING:
            self.call_later(self._take_name)

    async def _take_name(self) -> None:
        name = self.project.coder if self.project is not None else self.settings.coder
        if name not in (self.settings.coder, "?"):
            await self.apply_settings(self.settings.model_copy(update={"coder": name}))

    async def next_language(self) -> None:
        """Switch to the other language, and keep it."""
        codes = list(LANGUAGES)
        following = codes[(codes.index(language()) + 1) % len(codes)]
        await self.apply_settings(self.settings.model_copy(update={"language": following}))

    def next_theme(self) -> None:
        """Switch to the next theme, and keep it."""
        names = [theme.name for theme in THEMES]
        following = names[(names.index(self.settings.theme) + 1) % len(names)]
        self.call_next(self.apply_settings, self.settings.model_copy(update={"theme": following}))

    # -- troubles ------------------------------------------------------------------------------

    def show_error(self, error: WorkbenchError) -> None:
        """Say what happened and what to do, over whatever is shown."""
        self.tell(str(error), severe=True)

    def show_unexpected(self) -> None:
        """Say that something of ours failed, while the program goes on."""
        self.tell(
            _(
                "That did not work: the workbench met an error it did not expect. Your data are safe."
            ),
            severe=True,
        )

    def tell(self, text: str, *, severe: bool = False) -> None:
        """Show a sentence for a while; nothing in it is markup."""
        self.notify(
            clean_for_terminal(text),
            severity="error" if severe else "information",
            timeout=10 if severe else 4,
            markup=False,
        )

    def action_help_quit(self) -> None:
        """Ctrl+C copies; say how to quit instead of losing the place."""
        self.tell(_("Ctrl+Q closes the program."))

    async def action_quit(self) -> None:
        """Close the program; everything is already saved. A running transcription is asked about."""
        if not self.jobs.busy:
            self.exit()
            return
        from workbench.tui.dialogs.confirm import Confirm

        async def answered(yes: bool | None) -> None:
            if yes:
                await self.jobs.finish()
                self.exit()

        question = Confirm(
            _("A recording is being transcribed. Quit all the same?"),
            details=_(
                "What is transcribed so far is kept; the rest goes on when the project is opened again."
            ),
            yes=N_("Quit"),
            no=N_("Stay"),
        )
        self.push_screen(question, answered)

    def on_unmount(self) -> None:
        """Remember where the user was, and let go of the project."""
        self.state.save()
        self.jobs.stop()
        self.model_work.stop()
        if self.project is not None and not self.jobs.busy:
            self.project.close()


def import_all_screens() -> None:
    """Import every screen, so that the registry of commands is whole."""
    for entry in SCREENS.values():
        entry.load()
