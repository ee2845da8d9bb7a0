"""Pick one of many by typing part of its name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.fuzzy import Matcher
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from workbench.i18n import _
from workbench.tui.dialogs.dialog import Dialog, Words
from workbench.tui.display import clean_for_terminal, shorten_end, shorten_middle

T = TypeVar("T")

_SHOWN_AT_MOST = 200
"""Options in the list at once: OptionList needs 2.8 s for 10,000, and nobody reads further."""

_LABEL_AT_MOST = 30
"""Cells of a label beside a note; longer ones are cut in the middle."""


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """One thing that can be picked."""

    value: T
    """What is answered."""
    label: str
    """What is shown."""
    note: str = ""
    """What is shown beside it, quietly."""
    key: str = ""
    """What is shown at the right end: a key, a count."""
    search: str = ""
    """What it is found by beside its label."""
    colour: str = ""
    """The colour of its mark, if it has one."""
    mark: str = ""
    """A shape before the label, such as ``●``."""


@dataclass(frozen=True, slots=True)
class NewName:
    """What was typed instead of picking: a name for a new thing."""

    text: str


class PickDialog(Dialog[T | NewName | None], Generic[T]):
    """A filter line and the choices that match it, best first; answers a choice's value."""

    BINDINGS = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("pageup", "move(-8)", show=False),
    ]
    DEFAULT_CSS = """
    PickDialog {
        align: center top;
        #window { margin-top: 2; width: 76; padding: 0 1; }
        OptionList { height: auto; max-height: 16; }
        OptionList > .option-list--option-highlighted { background: $block-cursor-background; color: $block-cursor-foreground; }
        #nothing { display: none; margin: 0 1; }
    }
    """

    def __init__(
        self,
        choices: Iterable[Choice[T]],
        *,
        title: str,
        placeholder: str = "",
        can_create: bool = False,
    ) -> None:
        """Offer choices.

        Args:
            choices: what can be picked, in the order shown before anything is typed.
            title: what is asked.
            placeholder: what stands in the empty filter line.
            can_create: offer the typed text as the name of a new thing; the answer is a ``NewName``.
        """
        super().__init__()
        self._choices = list(choices)
        self._title = title
        self._placeholder = placeholder
        self._can_create = can_create
        self._shown: list[Choice[T]] = []

    def title_text(self) -> str:
        """What is asked."""
        return self._title

    def hint_text(self) -> str:
        """What the keys do."""
        return _("Enter picks · ↑↓ moves · Esc back")

    def body(self) -> ComposeResult:
        """The filter line and the list."""
        yield Input(placeholder=self._placeholder, id="filter")
        listed = OptionList(markup=False, id="choices")
        listed.can_focus = False
        yield listed
        yield Words(_("Nothing is called that."), id="nothing", classes="quiet")

    def on_mount(self) -> None:
        """Show everything before anything is typed."""
        self._show("")

    @on(Input.Changed, "#filter")
    def _filter(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Input.Submitted, "#filter")
    def _take(self) -> None:
        index = self.query_one(OptionList).highlighted
        if index is not None:
            self._answer(index)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._answer(event.option_index)

    def _answer(self, index: int) -> None:
        if index < len(self._shown):
            self.dismiss(self._shown[index].value)
        else:
            self.dismiss(NewName(self.query_one(Input).value.strip()))

    def action_move(self, step: int) -> None:
        """Move the highlight while the filter line keeps the focus."""
        listed = self.query_one(OptionList)
        if listed.option_count:
            place = (listed.highlighted or 0) + step
            listed.highlighted = max(0, min(listed.option_count - 1, place))

    def matching(self, query: str) -> list[Choice[T]]:
        """Return the choices that match, best first; a label counts more than what is beside it."""
        if not query.strip():
            return self._choices[:_SHOWN_AT_MOST]
        matcher = Matcher(query.strip())
        scored = []
        for number, choice in enumerate(self._choices):
            score = max(2 * matcher.match(choice.label), matcher.match(choice.search))
            if score > 0:
                scored.append((-score, number, choice))
        return [choice for _score, _number, choice in sorted(scored, key=lambda s: s[:2])][
            :_SHOWN_AT_MOST
        ]

    def _show(self, query: str) -> None:
        self._shown = self.matching(query)
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([Option(self._line(choice)) for choice in self._shown])
        name = query.strip()
        known = {choice.label.casefold() for choice in self._choices}
        if self._can_create and name and name.casefold() not in known:
            new = _("Create “{name}”").format(name=clean_for_terminal(name))
            listed.add_option(Option(Content.styled(f"+ {new}", "$primary")))
        listed.highlighted = 0 if listed.option_count else None
        listed.display = bool(listed.option_count)
        self.query_one("#nothing").display = not listed.option_count

    def _line(self, choice: Choice[T]) -> Content:
        """Write a choice: mark and label, then its note in a column of its own, then its key."""
        width = min(76, self.app.size.width) - 6
        mark = f"{choice.mark} " if choice.mark else ""
        key = clean_for_terminal(choice.key)
        room = width - cell_len(mark) - cell_len(key) - 2
        longest = max((cell_len(known.label) for known in self._choices), default=0)
        noted = any(known.note for known in self._choices)
        column = min(longest, _LABEL_AT_MOST) if noted else room
        label = shorten_middle(clean_for_terminal(choice.label), max(1, min(column, room)))
        note_room = max(0, room - column - 2)
        note = shorten_end(clean_for_terminal(choice.note), note_room)
        gap = " " * (column - cell_len(label) + 2)
        rest = max(0, note_room - cell_len(note)) + 2 if noted else 0
        return Content.assemble(
            (mark, choice.colour),
            label + gap,
            (note + " " * rest, "$foreground-muted"),
            (key, "bold" if self.app.theme == "ansi" else "$primary"),  # blue on grey is unreadable
        )
