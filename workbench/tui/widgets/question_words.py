"""The words and the answer of a question of a visit, drawn to the width there is; answers can be clicked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from workbench.i18n import _
from workbench.tui.display import clean_for_terminal

if TYPE_CHECKING:
    from workbench.models.views import QuestionView

_WIDEST = 100
"""Cells after which a question's words are wrapped: longer lines are hard to read."""

_NARROWEST = 30
_INDENT = 4
_GAP = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """One answer that can be chosen."""

    answer: str
    """``yes``, ``no``, ``na``, or the digit that chooses it; empty for words that choose nothing."""
    shown: Content


class QuestionWords(Widget):
    """Number, words, what is needed, the answers with the chosen one marked, the comment."""

    COMPONENT_CLASSES = {
        "question--number",
        "question--muted",
        "question--chosen",
        "question--needed",
    }
    DEFAULT_CSS = """
    QuestionWords {
        height: auto;
        width: 1fr;
        .question--number { color: $foreground-muted; }
        .question--muted { color: $foreground-muted; }
        .question--chosen { color: $primary; text-style: bold; }
        .question--needed { color: $warning; }
    }
    """

    @dataclass
    class Chosen(Message):
        """An answer was clicked on: ``yes``, ``no``, ``na`` or a digit."""

        answer: str

    def __init__(self, question: QuestionView) -> None:
        """Show a question."""
        super().__init__()
        self.question = question
        self.timer_text = ""
        """How long the timer runs; empty while it does not."""
        self.typing = False
        """Whether the answer is being typed below; then no hint stands in its place."""
        self._places: list[tuple[int, int, int, str]] = []

    def redraw(self) -> None:
        """Draw anew; the height may change."""
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the words take."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Draw the lines."""
        return Content("\n").join(self._lines(self.size.width))

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked on."""
        for line, left, right, answer in self._places:
            if answer and line == event.y and left <= event.x < right:
                self.post_message(self.Chosen(answer))

    def _part(self, name: str) -> Style:
        return self.get_visual_style(f"question--{name}", partial=True)

    # -- drawing -------------------------------------------------------------------------------

    def _lines(self, width: int) -> list[Content]:
        width = min(_WIDEST, max(_NARROWEST, width - 2))
        lines = list(self._heading(width))
        self._places = []
        rows = _packed(list(self._marks()), width - _INDENT)
        for row in rows:
            line = Content(" " * _INDENT)
            for mark in row:
                left = line.cell_length
                for place, piece in enumerate(mark.shown.wrap(width - _INDENT)):
                    if place:
                        lines.append(line)
                        line = Content(" " * _INDENT)
                    line = Content("").join([line, piece])
                self._places.append((len(lines), left, line.cell_length, mark.answer))
                line = Content("").join([line, Content(" " * _GAP)])
            lines.append(line)
        if self.question.comment:
            comment = Content.styled(clean_for_terminal(self.question.comment), self._part("muted"))
            lines += [
                Content("").join([Content(" " * _INDENT), line])
                for line in comment.wrap(width - _INDENT)
            ]
        return lines

    def _heading(self, width: int) -> Iterator[Content]:
        """Number and words, and at the right end of the last line what is needed."""
        words = Content(clean_for_terminal(self.question.text)).wrap(width - 2 * _INDENT)
        number = Content.styled(f"{self.question.number:>2}  ", self._part("number"))
        notes = Content("  ").join(list(self._notes()))
        for place, line in enumerate(words):
            parts = [Content(" " * _INDENT) if place else number, line]
            gap = width - _INDENT - line.cell_length - notes.cell_length
            if place == len(words) - 1 and notes.cell_length and gap > 1:
                parts += [Content(" " * gap), notes]
            yield Content("").join(parts)
        if notes.cell_length and words and gap <= 1:
            yield Content("").join([Content(" " * _INDENT), notes])

    def _notes(self) -> Iterator[Content]:
        question = self.question
        if self.timer_text:
            yield Content.styled(f"◷ {self.timer_text}", self._part("needed"))
        if question.needs_comment:
            yield Content.styled(_("comment needed"), self._part("needed"))
        if question.evidence_required:
            yield Content.styled(_("evidence needed"), self._part("muted"))
        if question.critical:
            yield Content.styled(_("! critical"), self._part("needed"))
        if not question.required:
            yield Content.styled(_("optional"), self._part("muted"))

    def _marks(self) -> Iterator[Mark]:
        question = self.question
        value = question.value
        if question.type == "yes_no":
            yield self._mark("yes", _("yes"), chosen=value is True)
            yield self._mark("no", _("no"), chosen=value is False)
        elif question.type in ("single", "multi"):
            chosen = value if isinstance(value, list) else [value]
            for place, option in enumerate(question.options, start=1):
                yield self._mark(str(place), f"{place} {option.text}", chosen=option.key in chosen)
        elif question.type == "scale" and question.scale is not None:
            low, high = question.scale
            for step in range(low, high + 1):
                yield self._mark(str(step)[-1], str(step), chosen=str(step) == str(value))
        elif value is not None:
            yield Mark("", Content.styled(answer_text(question), self._part("chosen")))
        elif not question.na and not self.typing:
            measured = question.type == "time"
            hint = _("s starts the timer, Enter types") if measured else _("Enter types")
            yield Mark("", Content.styled(hint, self._part("muted")))
        if question.na_allowed:
            yield self._mark("na", _("n/a"), chosen=question.na)

    def _mark(self, answer: str, text: str, *, chosen: bool) -> Mark:
        on, off = ("■", "□") if self.question.type == "multi" and answer != "na" else ("●", "○")
        shown = f"{on if chosen else off} {clean_for_terminal(text)}"
        return Mark(
            answer, Content.styled(shown, self._part("chosen")) if chosen else Content(shown)
        )


def _packed(marks: Sequence[Mark], width: int) -> list[list[Mark]]:
    """Put as many marks on each line as fit whole."""
    rows: list[list[Mark]] = []
    room = 0
    for mark in marks:
        need = mark.shown.cell_length
        if not rows or need + _GAP > room:
            rows.append([])
            room = width + _GAP
        rows[-1].append(mark)
        room -= need + _GAP
    return rows


def answer_text(question: QuestionView) -> str:
    """Return a typed answer as a person reads it."""
    if question.type == "time" and isinstance(question.value, int):
        return clock_text(question.value)
    return clean_for_terminal(str(question.value))


def clock_text(seconds: int) -> str:
    """Show seconds as minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02}"
