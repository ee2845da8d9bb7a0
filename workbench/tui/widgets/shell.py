"""The two lines every screen has: where I am on top, what I can do at the bottom."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from workbench.tui.commands import FOOTER_GAP, Command, fitting, footer_width
from workbench.tui.display import clean_for_terminal, shorten_middle


class TopLine(Widget):
    """Where I am on the left (a breadcrumb), what goes on at the right, a thin rule below."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"top-line--here", "top-line--path", "top-line--status"}
    DEFAULT_CSS = """
    TopLine {
        dock: top;
        height: 2;
        padding: 0 1;
        border-bottom: solid $border-blurred;
        .top-line--path { color: $foreground-muted; }
        .top-line--here { color: $primary; text-style: bold; }
        .top-line--status { color: $foreground-muted; }
    }
    """

    path: reactive[tuple[str, ...]] = reactive(())
    status: reactive[str] = reactive("")

    @property
    def status_room(self) -> int:
        """Cells that what goes on at the right may take."""
        return max(0, self.content_size.width * 2 // 3)

    def render(self) -> Content:
        """Cut the names in the middle before anything is lost at the right."""
        width = self.content_size.width
        status = shorten_middle(clean_for_terminal(self.status), self.status_room)
        room = width - cell_len(status) - (2 if status else 0)
        names = [clean_for_terminal(name) for name in self.path]
        names = _fit(names, room)
        here_style = self.get_visual_style("top-line--here", partial=True)
        path_style = self.get_visual_style("top-line--path", partial=True)
        parts: list[Content] = []
        for number, name in enumerate(names):
            last = number == len(names) - 1
            parts.append(Content.styled(name, here_style if last else path_style))
            if not last:
                parts.append(Content.styled(" › ", path_style))
        left = Content("").join(parts)
        gap = " " * max(0, width - left.cell_length - cell_len(status))
        status_style = self.get_visual_style("top-line--status", partial=True)
        return Content("").join([left, Content(gap), Content.styled(status, status_style)])


def _fit(names: list[str], room: int) -> list[str]:
    """Shorten a breadcrumb: the way here first, then its beginning goes; where one is stays longest."""
    smallest = 12  # cells: below that a name tells nothing
    while len(names) > 1:
        over = cell_len(" › ".join(names)) - room
        if over <= 0:
            return names
        longest = max(range(len(names) - 1), key=lambda number: cell_len(names[number]))
        length = cell_len(names[longest])
        if length > smallest:
            names[longest] = shorten_middle(names[longest], max(smallest, length - over))
        else:
            del names[0]
    return [shorten_middle(name, max(1, room)) for name in names]


class KeyLine(Widget):
    """The six to eight keys that matter here; a click does the same."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"key-line--key", "key-line--label"}
    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        height: 1;
        padding: 0 1;
        .key-line--key { color: $primary; text-style: bold; }
        .key-line--label { color: $foreground-muted; }
    }
    """

    commands: reactive[tuple[Command, ...]] = reactive((), always_update=True)

    def shown(self) -> list[Command]:
        """The commands that fit whole into the line."""
        # the gap after the last one may be cut off
        return fitting(self.commands, self.content_size.width + FOOTER_GAP)

    def render(self) -> Content:
        """Write key and word of each command."""
        key_style = self.get_visual_style("key-line--key", partial=True)
        label_style = self.get_visual_style("key-line--label", partial=True)
        parts = []
        for command in self.shown():
            parts.append(Content.styled(command.key_shown, key_style))
            parts.append(
                Content.styled(f" {command.shown_label()}" + " " * FOOTER_GAP, label_style)
            )
        return Content("").join(parts).truncate(self.content_size.width)

    async def on_click(self, event: events.Click) -> None:
        """Do what was clicked on."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        right = 0
        for command in self.shown():
            right += footer_width(command)
            if offset.x < right:
                await self.run_action(f"screen.run_command('{command.id}')")
                return
