"""One question of a visit: its words, its answer, its comment, and a line to type into while one types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from workbench.i18n import N_, _
from workbench.tui.dialogs.dialog import Words
from workbench.tui.widgets.question_words import QuestionWords

if TYPE_CHECKING:
    from workbench.models.views import QuestionView

Editing = Literal["value", "comment"]

TYPED = frozenset({"text", "number", "time", "date"})
"""Types of question whose answer is typed."""


class LineInput(Input):
    """A line that keeps all of a paste: line ends become spaces."""

    def _on_paste(self, event: events.Paste) -> None:
        event.text = " ".join(event.text.split())
        super()._on_paste(event)


class QuestionItem(Vertical, can_focus=True):
    """A question that has the cursor when it has the focus."""

    HELP = N_(
        "One question. y, n and a answer yes, no and not applicable; digits choose an option or a "
        "step of the scale; Enter types an answer. c writes a comment, e attaches evidence."
    )
    DEFAULT_CSS = """
    QuestionItem {
        height: auto;
        padding: 0 1;
        margin-bottom: 1;
        border-left: blank;
        &:focus, &:focus-within { border-left: outer $primary; background: $surface; }
        &:ansi:focus, &:ansi:focus-within { border-left: outer ansi_blue; }
        LineInput, LineInput:focus { border: none; height: 1; margin-left: 4; padding: 0 1; background: $panel; background-tint: transparent; }
        Words { padding-left: 4; }
        #trouble { display: none; }
    }
    """

    BINDINGS = [
        Binding("up,shift+tab", "screen.step(-1)", show=False),
        Binding("down,tab", "screen.step(1)", show=False),
        Binding("enter", "screen.type('')", show=False),
        *(Binding(str(digit), f"screen.digit('{digit}')", show=False) for digit in range(10)),
    ]

    @dataclass
    class Typed(Message):
        """A line was finished."""

        item: QuestionItem
        what: Editing
        text: str

    def __init__(self, question: QuestionView) -> None:
        """Show a question."""
        super().__init__()
        self.question = question
        self.words = QuestionWords(question)
        self.editing: Editing | None = None
        self._refused: str | None = None

    def compose(self) -> ComposeResult:
        """The words, and what is wrong with what was typed."""
        yield self.words
        yield Words(id="trouble", classes="trouble")

    def on_mount(self) -> None:
        """Hide what is not asked."""
        self.display = self.question.visible

    def show(self, question: QuestionView) -> None:
        """Show the question as it is now; a hidden one disappears."""
        self.question = self.words.question = question
        self.display = question.visible
        self.words.redraw()

    def tick(self, text: str) -> None:
        """Show how long the timer runs."""
        if text != self.words.timer_text:
            self.words.timer_text = text
            self.words.redraw()

    def say_trouble(self, text: str) -> None:
        """Say what is wrong at the question; an empty text takes it back."""
        note = self.query_one("#trouble", Words)
        note.display = bool(text)
        note.say(f"! {text}" if text else "")
        self._refused = next((line.value for line in self.query(LineInput)), "") if text else None

    # -- typing --------------------------------------------------------------------------------

    async def edit(self, what: Editing, text: str) -> LineInput:
        """Open a line for the answer or the comment, and return it."""
        line = await self._line(what)
        if what == "comment" or not self.query_one("#trouble", Words).display:
            line.value = text
        line.cursor_position = len(line.value)
        line.focus()
        return line

    async def _line(self, what: Editing) -> LineInput:
        for known in self.query(LineInput):
            if self.editing == what:
                return known
            await known.remove()
        self.editing = what
        self.words.typing = what == "value"
        self.words.redraw()
        line = LineInput(placeholder=self._placeholder(what), select_on_focus=False)
        await self.mount(line, after=self.words)
        return line

    def _placeholder(self, what: Editing) -> str:
        if what == "comment":
            return _("Comment")
        return {
            "time": _("minutes and seconds, such as 4:05"),
            "date": "2026-05-31",
            "number": _("a number"),
        }.get(self.question.type, _("words"))

    async def close_line(self) -> None:
        """Take the line away: what stood in it is saved."""
        self.editing = None
        self.words.typing = False
        self.words.redraw()
        self.say_trouble("")
        await self.query(LineInput).remove()

    def finish_line(self, *, again: bool = False) -> None:
        """Hand what stands in the line to whoever saves it; what was refused is handed on once.

        Args:
            again: also what was refused before.
        """
        for line in self.query(LineInput):
            if self.editing is not None and (again or line.value != self._refused):
                self.post_message(self.Typed(self, self.editing, line.value.strip()))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter finishes the line."""
        event.stop()
        self.finish_line(again=True)
