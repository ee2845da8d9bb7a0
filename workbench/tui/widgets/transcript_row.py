"""How the words of a transcript's row are drawn, and what stands to the left of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from workbench.i18n import N_, _
from workbench.models.kinds import SpeakerRole
from workbench.models.views import SpeakerView, TurnView
from workbench.text.spans import Span
from workbench.tui.display import clean_for_terminal, clock, shorten_end

Layer = tuple[int, int, Style]
"""Offsets from and to, and what the words between them look like; later layers lie on top."""

_LABEL_WIDTH = 4
"""Cells of a speaker's short name at most: R07 whole, longer names cut."""

_ROLE_LETTERS = {
    str(SpeakerRole.INTERVIEWER): N_("I"),
    str(SpeakerRole.RESPONDENT): N_("R"),
}
"""One letter for the interviewer and for the only respondent."""


_TEXT_LEAST = 24
"""Cells the words have at least; the margin gives way."""

_TEXT_MOST = 96
"""Cells of a row of words at most: the eye loses longer ones."""

_MARGIN_LEAST = 16
_MARGIN_MOST = 44
_BARE_MARGIN = 4
"""Cells of a margin without names, where the window is too narrow for them."""


def view_widths(width: int, left: int) -> tuple[int, int]:
    """Return the cells of the words and of the margin in a view of some width."""
    room = width - left - 1
    margin = min(_MARGIN_MOST, max(_MARGIN_LEAST, width * 27 // 100))
    if room - margin < _TEXT_LEAST:
        margin = _BARE_MARGIN
    words = min(_TEXT_MOST, max(1, room - margin))
    return words, max(margin, min(_MARGIN_MOST, room - words))


def short_labels(speakers: Sequence[SpeakerView]) -> dict[str, str]:
    """Return a short name for each voice: its label if that is short, else its role, else a cut."""
    labels = {}
    for speaker in speakers:
        label = clean_for_terminal(speaker.label)
        alone = sum(other.role == speaker.role for other in speakers) == 1
        if cell_len(label) > _LABEL_WIDTH and alone and speaker.role in _ROLE_LETTERS:
            label = _(_ROLE_LETTERS[speaker.role])
        labels[speaker.id] = shorten_end(label, _LABEL_WIDTH)
    return labels


@dataclass(frozen=True, slots=True)
class Gutter:
    """What stands to the left of a turn's first row: when it was said, and by whom."""

    labels: dict[str, str]
    has_times: bool

    @property
    def width(self) -> int:
        """Cells it takes, with the space before and behind it."""
        label = max((cell_len(text) for text in self.labels.values()), default=0)
        return 1 + (10 if self.has_times else 0) + (label + 2 if label else 0)

    def draw(
        self, turn: TurnView | None, base: Style, time: Style, speaker: Style
    ) -> list[Segment]:
        """Draw it; without a turn it is empty.

        Args:
            turn: the turn that begins on this row.
            base: the style of empty cells.
            time: the style of the time.
            speaker: the style of the short name.
        """
        if turn is None:
            return [Segment(" " * self.width, base)]
        segments = [Segment(" ", base)]
        room = self.width - 1
        if self.has_times:
            shown = clock(turn.start_ms) if turn.start_ms is not None else ""
            segments.append(Segment(f"{shown:<10}", base + time))
            room -= 10
        label = self.labels.get(turn.speaker.id, "") if turn.speaker else ""
        segments.append(Segment(label, base + speaker))
        segments.append(Segment(" " * max(0, room - cell_len(label)), base))
        return segments


def draw_words(
    text: str, span: Span, width: int, *, base: Style, layers: Sequence[Layer], blank: Style
) -> list[Segment]:
    """Draw the words of a row exactly as wide as asked.

    Args:
        text: all of the text; one place behind a row's end may be the cursor's.
        span: the row's own words.
        width: cells.
        base: what words look like without any layer.
        layers: what is drawn over them, in this order.
        blank: what the rest of the row looks like.
    """
    segments: list[Segment] = []
    room = width
    # the cursor and a selection may take the place of the line break
    ends_line = text[span.end : span.end + 1] in ("", "\n")
    for start, end, style in _runs(span, span.end + ends_line, base, layers):
        words = text[start : min(end, span.end)] + " " * (end - max(start, span.end))
        words = words.replace("\n", " ")
        length = cell_len(words)
        if length > room:  # the space a row was cut at hangs over the edge
            words, length = words.rstrip(" "), cell_len(words.rstrip(" "))
        segments.append(Segment(words, style))
        room -= length
    if room > 0:
        segments.append(Segment(" " * room, blank))
    return segments


def _runs(span: Span, reach: int, base: Style, layers: Iterable[Layer]) -> Iterator[Layer]:
    """Cut a row where any layer begins or ends; none of them reaches further than asked."""
    inside = [
        (max(start, span.start), min(end, reach), style)
        for start, end, style in layers
        if start < reach and end > span.start
    ]
    end = max([span.end, *(layer[1] for layer in inside)])
    cuts = sorted({span.start, end, *(cut for layer in inside for cut in layer[:2])})
    for first, last in pairwise(cuts):
        style = base
        for start, stop, over in inside:
            if start <= first and last <= stop:
                style += over
        yield first, last, style
