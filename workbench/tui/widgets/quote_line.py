"""The two lines under a transcript: the quote under the cursor with its codes, and the recent codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from workbench.coding.codebook import MARKS, SEPARATOR
from workbench.i18n import _, ngettext
from workbench.models.kinds import Stance
from workbench.models.views import CodeView, CodingView
from workbench.text.counts import word_count
from workbench.text.spans import Span
from workbench.tui.coding.open_source import OpenSource
from workbench.tui.display import clean_for_terminal, shorten_end, shorten_middle
from workbench.tui.theme import code_colour
from workbench.tui.widgets.code_names import name_lines

_NAME_MOST = 34
"""Cells of a code's name where there is room for all of them in full."""

_WORDS_LEAST = 30
"""Cells below which the words of a quote make room for the names of its codes."""

_RECENT_MOST = 18
"""Cells of a recent code's name: enough to know it again."""

_MEMO_KEPT = 32
"""Cells for which the quote, which is also above, makes room for its memo."""

_COUNTED = 10_000
"""Letters of a selection whose words are counted exactly."""


class QuoteLine(Widget):
    """Says in words what the margin shows in stripes."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    QuoteLine { height: 3; padding: 0 1; border-top: solid $border-blurred; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Say nothing yet."""
        super().__init__(id=id)
        self._first = Content("")
        self._second = Content("")
        self._shown: object = None
        self._again: Callable[[], None] | None = None
        self._author: Callable[[CodingView], str] = lambda _coding: ""

    def say(
        self,
        source: OpenSource,
        codings: Sequence[CodingView],
        selection: Span | None,
        *,
        chosen: str | None,
        memo: str,
        note: str,
    ) -> None:
        """Show what is at the cursor.

        Args:
            source: the open source.
            codings: the codings under the cursor, the closest first.
            selection: the selected words.
            chosen: the coding that keys for stance and emotion change.
            memo: the memo of the closest quote.
            note: something to say instead of the recent codes, such as how a search goes.
        """
        self._again = partial(
            self.say, source, codings, selection, chosen=chosen, memo=memo, note=note
        )
        recent = [source.codes[code] for code in source.recent]
        shown = tuple((code.name, code.kind, code.colour) for code in recent)
        state = (tuple(codings), selection, chosen, memo, note, shown, self.size)
        if state == self._shown:
            return
        self._shown = state
        self._author = source.index.author
        width = max(1, self.content_size.width)
        second: list[Content] = []
        if selection is not None:
            self._first = self._selected(source.text[selection.start : selection.end], width)
        elif codings:
            free = 1 if note else 2
            self._first, *second = self._quote(source, codings, chosen, memo, width, lines=free)
        else:
            hint = _("Not coded. s selects the sentence, c chooses a code for it.")
            self._first = Content.styled(hint, "$foreground-muted")
        if note:
            self._second = Content.styled(clean_for_terminal(note), "$warning")
        else:
            self._second = second[0] if second else self._recent(recent, width)
        self.refresh()

    def say_code(self, code: CodeView) -> None:
        """Show a code in full while the keys go to the codebook, where long names are cut."""
        self._again = partial(self.say_code, code)
        self._shown = None
        mark = Content.styled(f"{MARKS.get(code.kind, '●')} ", self._colour(code.colour))
        parts = code.path.split(SEPARATOR)
        above = "".join(f"{clean_for_terminal(name)}{SEPARATOR}" for name in parts[:-1])
        name = Content.styled(clean_for_terminal(parts[-1]), "bold")
        hint = _("No definition yet: e writes down what the code means and when to use it.")
        told = code.definition or hint
        self._first = Content.assemble(mark, (above, "$foreground-muted"), name)
        self._second = Content.styled(clean_for_terminal(told), "$foreground-muted")
        self.refresh()

    def on_resize(self) -> None:
        """Write the lines for the new width: what was said before the first layout had none."""
        if self._again is not None:
            self._again()

    def render(self) -> Content:
        """Show the two lines."""
        width = max(1, self.content_size.width)
        lines = [line.truncate(width, ellipsis=True) for line in (self._first, self._second)]
        return Content("\n").join(lines)

    def _selected(self, words: str, width: int) -> Content:
        # counting a whole transcript at every key would be felt; spaces are near enough then
        count = word_count(words) if len(words) < _COUNTED else words.count(" ") + 1
        said = ngettext("{n} word selected", "{n} words selected", count).format(n=count)
        ends = f"{words[:width]}…{words[-width:]}" if len(words) > 2 * width else words
        shown = shorten_middle(clean_for_terminal(ends), max(8, width - cell_len(said) - 5))
        return Content.assemble((f"{said}  ", "bold $primary"), _("“{words}”").format(words=shown))

    def _quote(
        self,
        source: OpenSource,
        codings: Sequence[CodingView],
        chosen: str | None,
        memo: str,
        width: int,
        *,
        lines: int,
    ) -> list[Content]:
        """Say which codes are here: beside the quote's words where there is room, else without them."""
        many = len(codings) > 1
        head = ngettext("{n} code here:", "{n} codes here:", len(codings)).format(n=len(codings))
        names = Content("   ").join(
            [
                *([Content.styled(head, "$foreground-muted")] if many else []),
                *(self._coding(c, _NAME_MOST, many=many, chosen=chosen) for c in codings),
            ]
        )
        note = _("memo: {text}").format(text=clean_for_terminal(memo)) if memo else ""
        aside = min(cell_len(note), _MEMO_KEPT) + 3 if note else 0
        if many and width - names.cell_length - aside < _WORDS_LEAST:
            written = name_lines(
                Content.styled(head, "$foreground-muted"),
                [partial(self._coding, coding, many=True, chosen=chosen) for coding in codings],
                width,
                lines=lines,
            )
            if note and len(written) < lines:
                written.append(Content.styled(note, "$foreground-muted"))
            return written
        quote = source.text[codings[0].start : codings[0].end]
        room = max(12, min(width // 2, width - names.cell_length - aside - 8))
        shown = _("“{words}”").format(words=shorten_end(clean_for_terminal(quote), room))
        memo_shown = (f"   {note}" if note else "", "$foreground-muted")
        return [Content.assemble((shown, ""), "   ", names, memo_shown)]

    def _coding(self, coding: CodingView, most: int, *, many: bool, chosen: str | None) -> Content:
        is_chosen = many and coding.id == chosen
        extra = " ↓" if coding.stance == Stance.CONTRADICTS else ""
        if coding.emotion is not None:
            sign = "−" if coding.emotion < 0 else "+" if coding.emotion else ""
            extra += f" {sign}{abs(coding.emotion)}"
        if coding.favourite:
            extra += " ★"
        author = self._author(coding)
        if author:
            extra += f" · {clean_for_terminal(author)}"
        name = shorten_middle(clean_for_terminal(coding.code), most)
        mark = f"{'▸' if is_chosen else ''}{MARKS.get(coding.kind, '●')}"
        style = self._colour(coding.colour)
        return Content.assemble(
            (f"{mark} {name}", f"bold {style}" if is_chosen else style),
            (extra, "$foreground"),
        )

    def _recent(self, codes: Sequence[CodeView], width: int) -> Content:
        if not codes:
            return Content.styled(_("Codes you use get the keys 1 to 9."), "$foreground-muted")
        parts: list[Content] = []
        room = width
        for number, code in enumerate(codes, start=1):
            name = shorten_middle(clean_for_terminal(code.name), _RECENT_MOST)
            room -= cell_len(name) + 7
            if room < 0:  # the codebook shows all nine digits
                break
            parts.append(
                Content.assemble(
                    (f"{number} ", "bold $foreground-muted"),
                    (f"{MARKS.get(code.kind, '●')} ", self._colour(code.colour)),
                    (name, "$foreground-muted"),
                )
            )
        return Content("   ").join(parts)

    def _colour(self, number: int) -> str:
        app = self.app
        if app.no_color:
            return "$foreground"
        return code_colour(number, dark=app.current_theme.dark, ansi=app.theme == "ansi")
