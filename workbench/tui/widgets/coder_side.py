"""One of two coders in a comparison: the words of a place as this coder coded them."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from workbench.i18n import _
from workbench.models.agreement_views import DifferenceView, MarkView, Passage
from workbench.models.kinds import Stance
from workbench.tui.display import clean_for_terminal
from workbench.tui.theme import code_colour


class CoderSide(VerticalScroll, can_focus=False):
    """The coder's name with the key that agrees with them, and the words around the place."""

    DEFAULT_CSS = """
    CoderSide {
        width: 1fr;
        padding: 0 1;
        Static { height: auto; }
        .head { margin-bottom: 1; }
    }
    CoderSide#second { border-left: solid $border-blurred; }
    """

    def compose(self) -> ComposeResult:
        """The head and the words."""
        yield Static(classes="head", markup=False)
        yield Static(classes="words", markup=False)

    def clear(self) -> None:
        """Show nothing."""
        for part in self.query(Static):
            part.update("")

    def show(
        self,
        number: int,
        name: str,
        view: DifferenceView,
        around: Passage,
        marks: Sequence[MarkView],
    ) -> None:
        """Show a place.

        Args:
            number: the key that settles it as this coder has it.
            name: the coder.
            view: the place.
            around: the words around it.
            marks: this coder's codings there.
        """
        app = self.app
        colour = code_colour(view.colour, dark=app.current_theme.dark, ansi=app.theme == "ansi")
        said = _feeling(marks) if marks else _("not coded")
        head = Content.assemble(
            (f"{number} ", "bold $primary"),
            (clean_for_terminal(name), "bold"),
            (f"   {said}", "$foreground-muted"),
        )
        words = Content(clean_for_terminal(around.text, lines=True))
        for mark in marks:
            start, end = mark.start - around.offset, mark.end - around.offset
            words = words.stylize(f"bold underline {colour}", max(start, 0), end)
        self.query_one(".head", Static).update(head)
        self.query_one(".words", Static).update(words)
        self.scroll_home(animate=False)


def _feeling(marks: Sequence[MarkView]) -> str:
    """Say stance and emotion of the codings, by signs."""
    signs = []
    for mark in marks:
        sign = "↓" if mark.stance == Stance.CONTRADICTS else "↑"
        if mark.emotion is not None:
            before = "−" if mark.emotion < 0 else "+" if mark.emotion else ""
            sign += f" {before}{abs(mark.emotion)}"
        signs.append(sign)
    return "  ".join(dict.fromkeys(signs))
