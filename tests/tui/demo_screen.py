"""A small screen with commands and rows, on which the shell is tried."""

from __future__ import annotations

from textual.widgets import Input

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.settings import Settings
from workbench.tui.app import WorkbenchApp
from workbench.tui.commands import Command
from workbench.tui.screen import WorkbenchScreen
from workbench.tui.widgets.row_table import Column, ListSource, Row, RowTable

HOSTILE = "[laughs] [/x] \x1b[31m\u202e смех [bold red]"


class DemoScreen(WorkbenchScreen[None]):
    """Rows with hostile words, a filter line, commands that leave a trace."""

    NAME = "demo"
    HELP = N_("A screen to try things on.")
    COMMANDS = (
        Command("demo.add", "c", N_("Add a thing"), N_("Adds one thing to the list.")),
        Command(
            "demo.transcribe", "t", N_("Transcribe everything"), N_("Turn recordings into words.")
        ),
        Command("demo.compare", "w", N_("Compare waves")),
        Command("demo.recommend", "r", N_("Recommendations")),
        Command("demo.shout", "C", N_("Shout"), show=False),
        Command("demo.trouble", "x", N_("Break")),
        Command("demo.crash", "", N_("Crash")),
        Command("demo.hidden", "h", N_("Hidden")),
        Command("demo.strong", "ctrl+t", N_("Strong"), show=False, priority=True),
    )

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.filled = 0

    def body(self):
        yield Input(id="filter")
        yield RowTable([Column(N_("Things")), Column("", 6, "right")], empty=N_("Nothing yet."))

    def fill(self) -> None:
        self.filled += 1
        rows = [Row(n, (f"{HOSTILE} {n}", str(n))) for n in range(30)]
        self.query_one(RowTable).show(ListSource(rows))

    def available(self, command_id: str) -> bool:
        return command_id != "demo.hidden"

    def action_add(self) -> None:
        self.done.append("add")

    def action_shout(self) -> None:
        self.done.append("shout")

    async def action_transcribe(self) -> None:
        self.done.append("transcribe")

    def action_strong(self) -> None:
        self.done.append("strong")

    def action_trouble(self) -> None:
        raise InputError(
            "demo-trouble",
            N_("The file {file} is not text."),
            N_("Choose another."),
            file="a[/b].txt",
        )

    def action_crash(self) -> None:
        raise RuntimeError("a respondent's secret words")

    def on_row_table_opened(self, event: RowTable.Opened) -> None:
        if event.row.key == 3:
            self.action_trouble()
        self.done.append(f"opened {event.row.key}")


class DemoApp(WorkbenchApp):
    """The real app, begun at the demo screen."""

    def __init__(self, **values) -> None:
        super().__init__(Settings(language="en", coder="Anna K.", **values))

    async def on_mount(self) -> None:
        await self.push_screen(DemoScreen())

    # Textual calls every class's handler; the real one would open Home and its services
    def open_screen(self, name: str, **details) -> None:
        if name != "home":
            super().open_screen(name, **details)

    @property
    def demo(self) -> DemoScreen:
        return next(s for s in self.screen_stack if isinstance(s, DemoScreen))


def picture(app) -> str:
    """What a terminal would show, as lines of text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(part.text for part in strip) for strip in strips)
