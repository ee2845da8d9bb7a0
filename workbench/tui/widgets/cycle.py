"""The project's cycle: five steps with what they hold and what they need; every number opens."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from workbench.i18n import N_
from workbench.tui.display import shorten_end

_MARKS = {"done": "✓", "attention": "!", "empty": "○"}
_BESIDE_EACH_OTHER = 118
"""Cells from which the steps stand beside each other; Russian sentences need 20 a column."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a step holds or needs."""

    text: str
    """Translated."""
    target: str
    """What it opens: a screen's name."""
    is_hint: bool = False


@dataclass(frozen=True, slots=True)
class CycleStep:
    """One step of the cycle."""

    name: str
    title: str
    state: str
    entries: tuple[Entry, ...]


class Cycle(Widget, can_focus=True):
    """Five steps, in a row where there is room, below each other where there is not."""

    HELP = N_(
        "The cycle of a study. Arrow keys move between the steps and what they hold; "
        "Enter opens what is under the cursor."
    )
    COMPONENT_CLASSES = {
        "cycle--title",
        "cycle--here",
        "cycle--hint",
        "cycle--cursor",
        "cycle--cursor-blurred",
        "cycle--rule",
    }
    DEFAULT_CSS = """
    Cycle {
        height: auto;
        padding: 0 1;
        .cycle--title { color: $foreground-muted; text-style: bold; }
        .cycle--here { color: $primary; text-style: bold; }
        .cycle--hint { color: $warning; }
        .cycle--rule { color: $border-blurred; }
        .cycle--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
        .cycle--cursor-blurred { background: $background; color: $foreground; }
        &:ansi .cycle--cursor { text-style: bold reverse; }
    }
    """
    BINDINGS = [
        Binding("left", "go(-1, 0)", show=False),
        Binding("right", "go(1, 0)", show=False),
        Binding("up", "go(0, -1)", show=False),
        Binding("down", "go(0, 1)", show=False),
        Binding("enter", "open", N_("Open"), show=False),
        *(Binding(str(number + 1), f"step({number})", show=False) for number in range(5)),
    ]

    def __init__(self) -> None:
        """Nothing is known yet."""
        super().__init__()
        self._places: list[tuple[int, int, int, tuple[int, int]]] = []

    steps: reactive[tuple[CycleStep, ...]] = reactive((), layout=True)
    at: reactive[tuple[int, int]] = reactive((0, 0))
    """The step and the entry under the cursor."""

    @dataclass
    class Opened(Message):
        """An entry was opened."""

        cycle: Cycle
        entry: Entry

    @dataclass
    class Left(Message):
        """The cursor went over the lower edge: the next widget's turn."""

        cycle: Cycle

    @property
    def _beside(self) -> bool:
        return self.size.width >= _BESIDE_EACH_OTHER

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        step, place = self.at
        if not self.steps:
            return None
        entries = self.steps[step].entries
        return entries[min(place, len(entries) - 1)] if entries else None

    # -- moving --------------------------------------------------------------------------------

    def validate_at(self, at: tuple[int, int]) -> tuple[int, int]:
        """Keep the cursor on an entry."""
        if not self.steps:
            return (0, 0)
        step = max(0, min(len(self.steps) - 1, at[0]))
        return step, max(0, min(len(self.steps[step].entries) - 1, at[1]))

    def rows(self, *, beside: bool) -> list[list[tuple[int, int]]]:
        """Return the entries line by line as they are seen, each as step and place."""
        if beside:
            most = max((len(step.entries) for step in self.steps), default=0)
            return [
                [(n, place) for n, step in enumerate(self.steps) if place < len(step.entries)]
                for place in range(most)
            ]
        found = []
        for number, step in enumerate(self.steps):
            for hints in (False, True):
                line = [(number, p) for p, e in enumerate(step.entries) if e.is_hint == hints]
                if line or not hints:
                    found.append(line)
        return found

    def action_go(self, right: int, down: int) -> None:
        """Move by one as it is seen; over the lower edge it is the next widget's turn."""
        rows = [row for row in self.rows(beside=self._beside) if row]
        here = next((n for n, row in enumerate(rows) if self.at in row), 0)
        if right:
            place = rows[here].index(self.at) + right if rows else 0
            if rows and 0 <= place < len(rows[here]):
                self.at = rows[here][place]
        elif here + down >= len(rows):
            self.post_message(self.Left(self))
        elif here + down >= 0:
            row, before = rows[here + down], rows[here].index(self.at)
            same_step = [at for at in row if self._beside and at[0] <= self.at[0]]
            self.at = same_step[-1] if same_step else row[min(before, len(row) - 1)]

    def action_step(self, number: int) -> None:
        """Go to a step by its number."""
        self.at = (number, 0)

    def action_open(self) -> None:
        """Open what is under the cursor."""
        entry = self.entry
        if entry is not None:
            self.post_message(self.Opened(self, entry))

    def on_click(self, event: events.Click) -> None:
        """Go to what was clicked on; a double click opens it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        for line, left, right, at in self._places:
            if line == offset.y and left <= offset.x < right:
                self.at = at
                if event.chain == 2:  # noqa: PLR2004 - a double click
                    self.action_open()

    # -- drawing -------------------------------------------------------------------------------

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002
        """As many lines as the steps take in this width."""
        beside = width + 2 >= _BESIDE_EACH_OTHER
        if not beside:
            return len(self.rows(beside=False))
        room = width // max(1, len(self.steps)) - 4
        return 1 + max((len(self._column(n, room)) for n in range(len(self.steps))), default=0)

    def render(self) -> Content:
        """Draw the steps."""
        self._places = []
        lines = self._columns() if self._beside else self._list()
        return Content("\n").join(lines)

    def _part(self, name: str) -> Style:
        return self.get_visual_style(f"cycle--{name}", partial=True)

    def _heading(self, number: int) -> Content:
        step = self.steps[number]
        here = number == self.at[0] and self.has_focus
        text = f"{number + 1} {step.title} {_MARKS.get(step.state, '')}"
        return Content.styled(text, self._part("here" if here else "title"))

    def _texts(self, at: tuple[int, int], width: int) -> list[str]:
        """Return what an entry says; a hint goes on in a second line where it does not fit in one."""
        entry = self.steps[at[0]].entries[at[1]]
        if not entry.is_hint:
            return [shorten_end(entry.text, width)]
        first, *rest = Content(entry.text).wrap(max(1, width - 2))
        more = " ".join(line.plain.strip() for line in rest)
        lines = [f"! {first.plain.rstrip()}", *([f"  {more}"] if more else [])]
        return [shorten_end(line, width) for line in lines]

    def _column(self, step: int, width: int) -> list[tuple[tuple[int, int], str]]:
        """Return the lines of a step's entries, each with the entry it belongs to."""
        places = [(step, place) for place in range(len(self.steps[step].entries))]
        return [(at, text) for at in places for text in self._texts(at, width)]

    def _styled(self, at: tuple[int, int], text: str) -> Content:
        if at == self.at:
            name = "cycle--cursor" if self.has_focus else "cycle--cursor-blurred"
            return Content.styled(text, self.get_visual_style(name))
        hint = self.steps[at[0]].entries[at[1]].is_hint
        return Content.styled(text, self._part("hint")) if hint else Content(text)

    def _entry(self, at: tuple[int, int], width: int) -> Content:
        entry = self.steps[at[0]].entries[at[1]]
        text = ("! " if entry.is_hint else "") + entry.text
        return self._styled(at, shorten_end(text, width))

    def _columns(self) -> list[Content]:
        count = max(1, len(self.steps))
        width = self.content_size.width // count
        heads = []
        for number in range(len(self.steps)):
            head = self._heading(number)
            dashes = "─" * max(0, width - head.cell_length - 2)
            tail = "" if number == count - 1 else f" {dashes} "
            heads.append(Content("").join([head, Content.styled(tail, self._part("rule"))]))
        lines = [Content("").join(heads)]
        for row in zip_longest(*(self._column(n, width - 4) for n in range(len(self.steps)))):
            line = Content("")
            for at, text in filter(None, row):
                left = at[0] * width + 2
                gap = Content(" " * (left - line.cell_length))
                line = Content("").join([line, gap, self._styled(at, text)])
                self._places.append((len(lines), left, line.cell_length, at))
            lines.append(line)
        return lines

    def _list(self) -> list[Content]:
        label = max((cell_len(step.title) for step in self.steps), default=0) + 6
        width = self.content_size.width
        lines: list[Content] = []
        shown_steps: set[int] = set()
        step = -1
        for row in self.rows(beside=False):
            step = row[0][0] if row else step + 1
            head = self._heading(step) if step not in shown_steps else Content("")
            shown_steps.add(step)
            line = Content("").join([head, Content(" " * (label - head.cell_length))])
            for at in row:
                gap = Content("   ") if at != row[0] else Content("")
                left = line.cell_length + gap.cell_length
                if left >= width:
                    break
                line = Content("").join([line, gap, self._entry(at, width - left)])
                self._places.append((len(lines), left, line.cell_length, at))
            lines.append(line)
        return lines
