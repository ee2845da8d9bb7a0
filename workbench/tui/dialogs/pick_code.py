"""Pick codes by typing part of a name: one, or several at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, OptionList

from workbench.coding.codebook import SEPARATOR
from workbench.i18n import _
from workbench.models.drafts import CodeDraft
from workbench.models.views import CodeView
from workbench.text.fold import fold
from workbench.tui.dialogs.code_picker import KIND_NAMES, CodePicker
from workbench.tui.dialogs.dialog import Words

__all__ = ["KIND_NAMES", "PickCode", "PickCodes"]

Picked = str | CodeDraft
"""A code by its identifier, or a new one."""


class PickCode(CodePicker[Picked | None]):
    """Answers one code."""

    def take(self, answer: Picked) -> None:
        """Answer it."""
        self.dismiss(answer)


class _MarkingLine(Input):
    """Leaves Space to marking until something is typed, and again once codes are looked through."""

    browsing = False
    """Whether the cursor was moved in the list since something was typed."""
    typing = False
    """Whether something was typed, be it not in the line yet: keys may come faster than they are taken in."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Tell whether the key is text; it is asked in the order in which keys are pressed."""
        if key == "space" and (self.browsing or not (self.typing or self.value)):
            return False
        consumed = super().check_consume_key(key, character)
        if consumed:
            self.browsing, self.typing = False, True
        return consumed


class PickCodes(CodePicker[tuple[Picked, ...] | None]):
    """Answers one code, or all that were marked."""

    BINDINGS = [
        Binding("insert,space", "mark", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    PickCodes #marked { color: $primary; padding: 0 1; max-height: 2; }
    """

    def __init__(
        self,
        codes: Iterable[CodeView],
        *,
        words: str = "",
        recent: Sequence[str] = (),
        title: str = "",
        can_create: bool = True,
    ) -> None:
        """Offer the codes; see :class:`CodePicker`."""
        super().__init__(codes, words=words, recent=recent, title=title, can_create=can_create)
        self._marked: dict[str, Picked] = {}

    def hint_text(self) -> str:
        """What the keys do."""
        if self._can_create:
            return _("Enter picks · Space marks · Tab kind, ^o place of a new one · Esc")
        return _("Enter picks · Space marks · Esc back")

    def body(self) -> ComposeResult:
        """The words, the line to type in, the codes, those that were marked."""
        yield from super().body()
        yield Words(id="marked")

    def line(self, placeholder: str) -> Input:
        """Return a line that lets Space mark."""
        return _MarkingLine(placeholder=placeholder, id="filter")

    def lead(self, code_id: str) -> str:
        """Tick a code that is marked; the others keep the place free once one is."""
        if not self._marked:
            return ""
        return "✓ " if code_id in self._marked else "  "

    def take(self, answer: Picked) -> None:
        """Answer what is marked and what was looked for; without a mark, what the cursor is on."""
        if self._marked and self.typed.strip():
            self._marked.setdefault(_key(answer), answer)
        self.dismiss(tuple(self._marked.values()) or (answer,))

    def show(self, *, at_new: bool = False) -> None:
        """Show the codes that fit and what Enter would put on."""
        super().show(at_new=at_new)
        self._say_marked()

    def action_move(self, step: int) -> None:
        """Move the highlight; from now on Space marks."""
        self.query_one(_MarkingLine).browsing = True
        super().action_move(step)

    def action_mark(self) -> None:
        """Mark the code under the cursor, or take its mark away; the line is ready for another name."""
        answer = self.highlighted
        if answer is None:
            return
        key = _key(answer)
        if self._marked.pop(key, None) is None:
            self._marked[key] = answer
        line, place = self.query_one("#filter", Input), self.query_one(OptionList).highlighted
        if line.value:
            line.value = ""  # shows the list anew
        else:
            self.show()
            self.query_one(OptionList).highlighted = place
            self.action_move(1)

    @on(Input.Changed, "#filter")
    def _line_changed(self) -> None:
        line = self.query_one(_MarkingLine)
        line.browsing, line.typing = False, bool(line.value)

    @on(OptionList.OptionHighlighted)
    def _looked_at(self) -> None:
        self._say_marked()

    def _say_marked(self) -> None:
        chosen = dict(self._marked)
        if chosen and self.typed.strip() and self.highlighted is not None:
            chosen.setdefault(_key(self.highlighted), self.highlighted)
        line = self.query_one("#marked", Words)
        line.display = bool(chosen)
        names = ", ".join(self._called(answer) for answer in chosen.values())
        line.say(_("Enter puts on: {codes}").format(codes=names))

    def _called(self, answer: Picked) -> str:
        if isinstance(answer, str):
            return self._codes[answer].name
        parent = self._codes[answer.parent].name + SEPARATOR if answer.parent else ""
        return f"+ {parent}{answer.name}"


def _key(answer: Picked) -> str:
    """Return what a code is known by while it is not made yet."""
    if isinstance(answer, str):
        return answer
    return f"new {answer.parent or ''} {fold(answer.name)}"
