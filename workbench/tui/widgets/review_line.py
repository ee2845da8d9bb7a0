"""The two lines under a transcript that is reviewed: what is at the cursor, and what to do with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from workbench.i18n import _, ngettext
from workbench.models.views import SpeakerView, TurnView
from workbench.text.counts import word_count
from workbench.text.spans import Span
from workbench.tui.coding.open_source import OpenSource
from workbench.tui.display import clean_for_terminal, shorten_middle

_NAME_MOST = 18
"""Cells of a speaker's name: enough to know it again."""


@dataclass(frozen=True, slots=True)
class AtCursor:
    """What the lines speak of."""

    turn: TurnView | None
    turn_title: str
    doubt: Span | None
    selection: Span | None
    note: str
    """Said instead of the second line: how a search or a recognition goes."""


class ReviewLine(Widget):
    """Says in words what the marks in the transcript mean."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ReviewLine { height: 3; padding: 0 1; border-top: solid $border-blurred; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Say nothing yet."""
        super().__init__(id=id)
        self._first = Content("")
        self._second = Content("")
        self._again: Callable[[], None] | None = None

    def say(self, source: OpenSource, here: AtCursor) -> None:
        """Show what is at the cursor of a source."""
        self._again = partial(self.say, source, here)
        width = max(1, self.content_size.width)
        if here.selection is not None:
            self._first = _selected(source, here.selection, width)
        elif here.doubt is not None:
            self._first = _doubt(source, here.doubt)
        elif here.turn is not None and here.turn.suspected:
            said = _("! Perhaps never said: listen to it. x says that it was.")
            self._first = Content.styled(said, "$warning")
        else:
            self._first = Content.styled(here.turn_title, "$foreground-muted")
        if here.note:
            self._second = Content.styled(clean_for_terminal(here.note), "$warning")
        elif here.doubt is not None and here.selection is None:
            self._second = _doubt_keys(source, here.doubt)
        else:
            self._second = _speakers(source.speakers, width)
        self.refresh()

    def on_resize(self) -> None:
        """Write the lines for the new width."""
        if self._again is not None:
            self._again()

    def render(self) -> Content:
        """Show the two lines."""
        width = max(1, self.content_size.width)
        lines = [line.truncate(width, ellipsis=True) for line in (self._first, self._second)]
        return Content("\n").join(lines)


def _selected(source: OpenSource, span: Span, width: int) -> Content:
    words = source.text[span.start : span.end]
    count = word_count(words)
    said = ngettext("{n} word selected", "{n} words selected", count).format(n=count)
    shown = shorten_middle(clean_for_terminal(words), max(8, width - cell_len(said) - 5))
    return Content.assemble((f"{said}  ", "bold $primary"), _("“{words}”").format(words=shown))


def _doubt(source: OpenSource, span: Span) -> Content:
    """Say the words, how sure they are, and how often they are in the text."""
    words = source.bare(span).of(source.text)
    shown = _("“{words}”").format(words=shorten_middle(clean_for_terminal(words), 40))
    parts: list[tuple[str, str]] = [(shown, "bold $warning")]
    sure = source.sureness(span)
    if sure is not None:
        parts.append(
            ("   " + _("recognised with {n} % certainty").format(n=sure), "$foreground-muted")
        )
    times = source.times_heard(words)
    heard = ngettext("heard {n} time", "heard {n} times", times).format(n=times)
    parts.append((f"   {heard}", "$foreground-muted"))
    return Content.assemble(*parts)


def _doubt_keys(source: OpenSource, span: Span) -> Content:
    place, count = source.doubts.index(span) + 1, len(source.doubts)
    said = _("{place} of {count}   Enter right as it is · c correct · r everywhere · n next")
    return Content.styled(said.format(place=place, count=count), "$foreground-muted")


def _speakers(speakers: Sequence[SpeakerView], width: int) -> Content:
    """Show the digit of each voice."""
    if not speakers:
        hint = _("Nobody is named. 1 to 9 say who speaks, a gives the turns to two in turn.")
        return Content.styled(hint, "$foreground-muted")
    parts: list[Content] = []
    room = width
    for number, voice in enumerate(speakers[:9], start=1):
        name = shorten_middle(clean_for_terminal(voice.label), _NAME_MOST)
        room -= cell_len(name) + 5
        if room < 0:
            break
        digit = (f"{number} ", "bold $foreground-muted")
        parts.append(Content.assemble(digit, (name, "$foreground-muted")))
    return Content("   ").join(parts)
