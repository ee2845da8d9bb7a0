"""What every screen shares: the top line, the key line, commands, going back, troubles, long work."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ScreenResultType
from textual.widgets import Input, TextArea
from textual.worker import Worker, get_current_worker

from workbench.errors import WorkbenchError
from workbench.i18n import _
from workbench.tui.commands import GLOBAL_COMMANDS, REGISTRY, Command, bindings
from workbench.tui.compat import ForgivingScreen, write_error_log
from workbench.tui.widgets.shell import KeyLine, TopLine

if TYPE_CHECKING:
    from textual.binding import ActiveBinding

    from workbench.tui.app import WorkbenchApp

_T = TypeVar("_T")

_EDITING = frozenset({"enter", "delete", "backspace", "ctrl+f"})
"""Keys that a line keeps for itself while it is typed into, besides all that type a sign."""


class WorkbenchScreen(ForgivingScreen[ScreenResultType]):
    """A screen of the workbench; a new one gives ``NAME``, ``COMMANDS``, ``body`` and ``fill``.

    ``body`` composes the widgets between the two lines, without data. ``fill`` brings the data in:
    it is called once the widgets exist, and again after a language switch has rebuilt them.
    ``returned`` is called when the user comes back from another screen.
    Each command ``<name>.<action>`` is done by the method ``action_<action>``.
    """

    NAME: ClassVar[str] = ""
    """The screen's name in ``workbench.tui.registry.SCREENS``."""

    COMMANDS: ClassVar[tuple[Command, ...]] = ()  # type: ignore[assignment]
    """What can be done here, most important first. (Textual keeps palette providers under this
    name; our palette does not use them.)"""

    HELP: ClassVar[str | None] = None
    """What this screen is for, in a few sentences marked with ``N_``; widgets may have one too."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(GLOBAL_COMMANDS)]

    DEFAULT_CSS = """
    WorkbenchScreen { layout: vertical; overflow: hidden; }
    """

    def __init_subclass__(cls, **options: Any) -> None:
        """Turn the declared commands into bindings and enter them in the registry."""
        commands = cls.__dict__.get("COMMANDS", ())
        if commands:
            cls.BINDINGS = [*cls.__dict__.get("BINDINGS", []), *bindings(commands)]
            REGISTRY.add(commands)
        super().__init_subclass__(**options)

    opened_with: dict[str, Any] = {}
    """What ``open_screen`` was called with; replaced, never changed."""

    # -- what a screen gives -------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """Compose what is between the top line and the key line."""
        yield from ()

    def fill(self) -> None:
        """Bring the data into the widgets; everything of ``body`` exists."""

    def returned(self) -> None:
        """Refresh what another screen may have changed."""
        self.fill()

    def breadcrumb(self) -> tuple[str, ...]:
        """Where this is: the program's name, the project, the thing at hand."""
        from workbench.tui.registry import SCREENS

        entry = SCREENS.get(self.NAME)
        names = [_("Workbench"), self.workbench.project_title]
        if entry is not None and self.NAME not in ("home", "project"):
            names.append(entry.shown_label())
        return tuple(name for name in names if name)

    def status(self) -> str:
        """What goes on, for the right end of the top line."""
        return self.workbench.status()

    def available(self, command_id: str) -> bool:  # noqa: ARG002
        """Whether a command makes sense now; otherwise footer and palette do not offer it."""
        return True

    # -- what a screen gets --------------------------------------------------------------------

    @property
    def workbench(self) -> WorkbenchApp:
        """The app, as what it is."""
        return cast("WorkbenchApp", self.app)

    def offered(self) -> list[Command]:
        """The commands that make sense now: this screen's first, then those of every screen."""
        own: dict[str, Command] = {}
        for cls in type(self).__mro__:
            own |= {c.id: c for c in cls.__dict__.get("COMMANDS", ()) if isinstance(c, Command)}
        commands = [c for c in (*own.values(), *GLOBAL_COMMANDS) if self.available(c.id)]
        return [c for c in commands if c.id != "app.back" or self.workbench.can_go_back]

    def refresh_shell(self) -> None:
        """Show where we are, what goes on and which keys matter, as it is now."""
        for line in self.query(TopLine):
            line.path = self.breadcrumb()
            line.status = self.status()
        for keys in self.query(KeyLine):
            keys.commands = tuple(self._reachable())
        self.refresh_bindings()

    def _reachable(self) -> list[Command]:
        """The commands by the keys that work now: a line that is typed into keeps the letters."""
        focused = self.focused
        if not isinstance(focused, Input | TextArea):
            return self.offered()

        def works(key: str, sign: str | None) -> bool:
            return key not in _EDITING and not focused.check_consume_key(key, sign)

        return [command.by_keys(works) for command in self.offered()]

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _focus_moved(self) -> None:
        """Show other keys where other keys work."""
        for keys in self.query(KeyLine):
            keys.commands = tuple(self._reachable())

    async def refresh_language(self) -> None:
        """Rebuild the screen in the language in force."""
        await self.recompose()
        self.fill()
        self.refresh_shell()

    def show_error(self, error: WorkbenchError) -> None:
        """Say what happened and what to do."""
        self.workbench.show_error(error)

    def run_in_thread(
        self,
        work: Callable[[], _T],
        done: Callable[[_T], Awaitable[None] | None] | None = None,
        *,
        failed: Callable[[WorkbenchError], None] | None = None,
        group: str = "work",
        exclusive: bool = False,
    ) -> Worker[None]:
        """Do something slow beside the interface.

        Args:
            work: what takes long; touches no widget.
            done: gets the result in the interface's own thread.
            failed: gets a trouble of the user's; without it the trouble is shown.
            group: name of the kind of work.
            exclusive: forget earlier work of this kind; its result is dropped.
        """

        async def _run() -> None:
            worker = get_current_worker()
            try:
                result = await asyncio.to_thread(work)
                if done is not None and not worker.is_cancelled and self.is_attached:
                    answer = done(result)
                    if isawaitable(answer):
                        await answer
            except WorkbenchError as error:
                (failed or self.show_error)(error)
            except Exception as error:  # noqa: BLE001 - the boundary of long work: said, logged, survived
                write_error_log(error)
                self.workbench.show_unexpected()
            finally:
                if self.is_attached:
                    self.refresh_shell()

        return self.run_worker(_run(), group=group, exclusive=exclusive, exit_on_error=False)

    # -- how it works --------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Put the body between the two lines."""
        yield TopLine()
        yield from self.body()
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the screen with its data."""
        self.fill()
        self.refresh_shell()

    def on_screen_resume(self) -> None:
        """Show what changed in the lines while another screen or a dialog was on top."""
        self.refresh_shell()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """Textual's bindings with their words in the language in force."""
        from dataclasses import replace

        translated = {}
        for key, active in super().active_bindings.items():
            words = active.binding.description
            tooltip = active.tooltip
            binding = replace(active.binding, description=_(words) if words else "")
            translated[key] = active._replace(
                binding=binding, tooltip=_(tooltip) if tooltip else ""
            )
        return translated

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let ``available`` decide about commands; some say why they do nothing."""
        if action == "run_command":
            name = str(parameters[0])
            return self.available(name) or bool(REGISTRY[name].otherwise)
        return super().check_action(action, parameters)

    async def action_run_command(self, command_id: str) -> None:
        """Do a command by its id; keys, footer, palette and help all come through here."""
        command = REGISTRY[command_id]
        if not self.available(command_id):
            if command.otherwise:
                self.workbench.tell(_(command.otherwise))
            return
        answer = getattr(self, f"action_{command.action}")()
        if isawaitable(answer):
            await answer
        self.refresh_shell()

    async def action_back(self) -> None:
        """Go one step back."""
        await self.workbench.back()

    def action_go_to(self) -> None:
        """Offer the screens, each by one letter."""
        from workbench.tui.dialogs.goto import GoTo

        def go(name: str | None) -> None:
            if name is not None:
                self.workbench.open_screen(name)

        self.app.push_screen(GoTo(has_project=self.workbench.project is not None), go)

    def action_palette(self) -> None:
        """Find any command by its name."""
        from workbench.tui.dialogs.palette import Palette
        from workbench.tui.dialogs.pick import NewName

        def run(chosen: str | NewName | None) -> None:
            if isinstance(chosen, str):
                self.call_later(self.run_palette_choice, chosen)

        has_project = self.workbench.project is not None
        self.app.push_screen(Palette(self.offered(), has_project=has_project), run)

    async def run_palette_choice(self, chosen: str) -> None:
        """Do what was chosen in the palette: a command, or ``go:<screen>``."""
        kind, separator, name = chosen.partition(":")
        if separator and kind == "go":
            self.workbench.open_screen(name)
        else:
            await self.action_run_command(chosen)

    def action_help(self) -> None:
        """Explain what has the focus and list the keys."""
        from workbench.tui.dialogs.help import show_help

        show_help(self)

    def help_texts(self) -> Iterable[str]:
        """The help of the focused widget, then of what it lies in, then of this screen."""
        nodes = [] if self.focused is None else list(self.focused.ancestors_with_self)
        texts = [node.HELP for node in nodes if isinstance(node.HELP, str) and node is not self]
        if self.HELP:
            texts.append(self.HELP)
        return [_(text) for text in dict.fromkeys(texts) if text]

    async def action_language(self) -> None:
        """Switch to the other language."""
        await self.workbench.next_language()

    def action_theme(self) -> None:
        """Switch to the next theme."""
        self.workbench.next_theme()

    async def action_quit(self) -> None:
        """Close the program."""
        await self.workbench.action_quit()
