"""One question of a visit: its words, its answer, its comment, and a line to type into while one types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from workbench.i18n import N_, _
from workbench.tui.dialogs.dialog import Words
from workbench.tui.display import clean_for_terminal

if TYPE_CHECKING:
    from workbench.models.views import QuestionView

Editing = Literal["value", "comment"]

TYPED = frozenset({"text", "number", "time", "date"})
"""Types of question whose answer is typed."""

_WIDEST = 100
"""Cells after which a question's words are wrapped: longer lines are hard to read."""


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
    COMPONENT_CLASSES = {
        "question--number",
        "question--muted",
        "question--chosen",
        "question--needed",
        "question--trouble",
    }
    DEFAULT_CSS = """
    QuestionItem {
        height: auto;
        padding: 0 1;
        margin-bottom: 1;
        border-left: blank;
        .question--number { color: $foreground-muted; }
        .question--muted { color: $foreground-muted; }
        .question--chosen { color: $primary; text-style: bold; }
        .question--needed { color: $warning; }
        .question--trouble { color: $error; }
        &:focus, &:focus-within { border-left: outer $primary; background: $surface; }
        &:ansi:focus, &:ansi:focus-within { border-left: outer ansi_blue; }
        Static { height: auto; width: 1fr; }
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
        self.timer_text = ""
        """How long the timer runs; empty while it does not."""
        self._shown = Static(markup=False)
        self.editing: Editing | None = None
        self._refused: str | None = None

    def compose(self) -> ComposeResult:
        """The words, and what is wrong with what was typed."""
        yield self._shown
        yield Words(id="trouble", classes="trouble")

    def on_mount(self) -> None:
        """Draw it for the first time."""
        self.show(self.question)

    def on_resize(self) -> None:
        """Wrap anew."""
        self._draw()

    def show(self, question: QuestionView) -> None:
        """Show the question as it is now; a hidden one disappears."""
        self.question = question
        self.display = question.visible
        self._draw()

    def tick(self, text: str) -> None:
        """Show how long the timer runs."""
        if text != self.timer_text:
            self.timer_text = text
            self._draw()

    def say_trouble(self, text: str) -> None:
        """Say what is wrong at the question; an empty text takes it back."""
        note = self.query_one("#trouble", Words)
        note.display = bool(text)
        note.say(f"! {text}" if text else "")
        self._refused = next((line.value for line in self.query(LineInput)), "") if text else None

    # -- typing --------------------------------------------------------------------------------

    async def edit(self, what: Editing, text: str) -> None:
        """Open a line for the answer or the comment."""
        line = await self._line(what)
        if what == "comment" or not self.query_one("#trouble", Words).display:
            line.value = text
        line.cursor_position = len(line.value)
        line.focus()

    async def _line(self, what: Editing) -> LineInput:
        for known in self.query(LineInput):
            if self.editing == what:
                return known
            await known.remove()
        self.editing = what
        line = LineInput(placeholder=self._placeholder(what), select_on_focus=False)
        await self.mount(line, after=self._shown)
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

    # -- drawing -------------------------------------------------------------------------------

    def _draw(self) -> None:
        if self.is_mounted and self.size.width:
            self._shown.update(Content("\n").join(self._lines(min(_WIDEST, self.size.width - 4))))

    def _lines(self, width: int) -> Iterator[Content]:
        muted = self.get_visual_style("question--muted", partial=True)
        number = self.get_visual_style("question--number", partial=True)
        words = Content(clean_for_terminal(self.question.text)).wrap(max(20, width - 8))
        notes = Content.join(Content("  "), list(self._notes()))
        for place, line in enumerate(words):
            head = Content.styled(f"{self.question.number:>2}  " if place == 0 else "    ", number)
            parts = [head, line]
            if place == len(words) - 1 and notes.cell_length:
                fits = line.cell_length + notes.cell_length + 6 <= width
                gap = width - 4 - line.cell_length - notes.cell_length
                parts += [Content(" " * gap if fits else "\n    "), notes]
            yield Content("").join(parts)
        answer = self._answer()
        for line in answer.wrap(max(20, width - 4)) if answer.cell_length else []:
            yield Content("").join([Content("    "), line])
        if self.question.comment:
            comment = Content.styled(clean_for_terminal(self.question.comment), muted)
            for line in comment.wrap(max(20, width - 4)):
                yield Content("").join([Content("    "), line])

    def _notes(self) -> Iterator[Content]:
        needed = self.get_visual_style("question--needed", partial=True)
        muted = self.get_visual_style("question--muted", partial=True)
        question = self.question
        if self.timer_text:
            yield Content.styled(f"◷ {self.timer_text}", needed)
        if question.needs_comment:
            yield Content.styled(_("comment needed"), needed)
        if question.evidence_required:
            yield Content.styled(_("evidence needed"), muted)
        if question.critical:
            yield Content.styled(_("! critical"), needed)
        if not question.required:
            yield Content.styled(_("optional"), muted)

    def _answer(self) -> Content:
        question = self.question
        if question.type == "yes_no":
            yes, no = question.value is True, question.value is False
            parts = [self._mark(yes, _("yes")), self._mark(no, _("no"))]
        elif question.type in ("single", "multi"):
            chosen = question.value if isinstance(question.value, list) else [question.value]
            square = question.type == "multi"
            parts = [
                self._mark(option.key in chosen, f"{place} {option.text}", square=square)
                for place, option in enumerate(question.options, start=1)
            ]
        elif question.type == "scale" and question.scale is not None:
            low, high = question.scale
            parts = [
                self._mark(str(step) == str(question.value), str(step))
                for step in range(low, high + 1)
            ]
        else:
            parts = [self._typed()]
        if question.na_allowed:
            parts.append(self._mark(question.na, _("n/a")))
        return Content("   ").join(part for part in parts if part.cell_length)

    def _typed(self) -> Content:
        question = self.question
        if question.value is None:
            if self.editing == "value":
                return Content("")
            muted = self.get_visual_style("question--muted", partial=True)
            hint = (
                _("s starts the timer, Enter types")
                if question.type == "time"
                else _("Enter types")
            )
            return Content("") if question.na else Content.styled(hint, muted)
        text = str(question.value)
        if question.type == "time" and isinstance(question.value, int):
            text = clock_text(question.value)
        chosen = self.get_visual_style("question--chosen", partial=True)
        return Content.styled(clean_for_terminal(text), chosen)

    def _mark(self, chosen: bool, text: str, *, square: bool = False) -> Content:
        on, off = ("■", "□") if square else ("●", "○")
        style = self.get_visual_style("question--chosen", partial=True)
        # no-break spaces keep a mark with its word when the line wraps
        label = clean_for_terminal(text).replace(" ", "\N{NO-BREAK SPACE}")
        mark = f"{on if chosen else off}\N{NO-BREAK SPACE}{label}"
        return Content.styled(mark, style) if chosen else Content(mark)


def clock_text(seconds: int) -> str:
    """Show seconds as minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02}"
