"""How the words of a transcript's row are drawn, and what stands to the left of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from workbench.i18n import N_, _
from workbench.models.kinds import SpeakerRole
from workbench.models.views import SpeakerView, TurnView
from workbench.text.spans import Span
from workbench.tui.coding.changes import GAP, Piece
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

_TEXT_MOST = 84
"""Cells of a row of words at most: the eye loses longer ones."""

_MARGIN_LEAST = 16
_MARGIN_MOST = 56
_BARE_MARGIN = 4
"""Cells of a margin without names, where the window is too narrow for them."""


def view_widths(width: int, left: int, *, names: bool = True) -> tuple[int, int]:
    """Return the cells of the words and of the margin in a view of some width.

    Args:
        width: cells of the view.
        left: cells of what stands to the left of the words.
        names: whether the margin should have room for names.
    """
    room = width - left - 1
    if not names:
        words = min(_TEXT_MOST, max(1, room - _BARE_MARGIN))
        return words, max(_BARE_MARGIN, min(_MARGIN_MOST, room - words))
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
    """What stands to the left of a turn's first row: when it was said and by whom, else its number."""

    labels: dict[str, str]
    has_times: bool
    records: int = 0
    """How many turns are numbered, where neither times nor voices tell them apart."""

    @property
    def _number_width(self) -> int:
        numbered = self.records > 1 and not self.has_times and not self.labels
        return len(str(self.records)) if numbered else 0

    @property
    def width(self) -> int:
        """Cells it takes, with the space before and behind it."""
        label = max((cell_len(text) for text in self.labels.values()), default=0)
        number = self._number_width
        return (
            1
            + (10 if self.has_times else 0)
            + (label + 2 if label else 0)
            + (number + 2 if number else 0)
        )

    def draw(
        self, turn: TurnView | None, number: int, base: Style, time: Style, speaker: Style
    ) -> list[Segment]:
        """Draw it; without a turn it is empty.

        Args:
            turn: the turn that begins on this row.
            number: the turn's number.
            base: the style of empty cells.
            time: the style of the time and the number.
            speaker: the style of the short name.
        """
        if turn is None:
            return [Segment(" " * self.width, base)]
        if self._number_width:
            return [Segment(f" {number:>{self._number_width}}  ", base + time)]
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


@dataclass(frozen=True, slots=True)
class Inks:
    """What the parts of a row look like."""

    words: Style
    """Words without any layer."""
    blank: Style
    """The rest of the row."""
    put_in: Callable[[str], Style]
    """What is shown beside the words, by the name of its style."""


def draw_words(
    text: str,
    pieces: Sequence[Piece],
    width: int,
    *,
    end: int,
    layers: Sequence[Layer],
    inks: Inks,
) -> list[Segment]:
    """Draw the words of a row exactly as wide as asked.

    Args:
        text: all of the text.
        pieces: what stands on the row.
        width: cells.
        end: where the row's words end; the cursor and a selection may take the place of a line break.
        layers: what is drawn over the words, in this order.
        inks: what the rest looks like.
    """
    row = _Row(text, width, layers, inks)
    has_gap = False
    for piece in pieces:
        if piece.style == GAP:
            has_gap = True
            row.add_words(Span(piece.start, piece.start), piece.start + 1)
            row.fill(row.begun + 1)
        elif piece.shown:
            row.add(piece.shown, inks.put_in(piece.style))
        else:
            row.add_words(Span(piece.start, piece.end), piece.end)
        row.begun = width - row.room
    if not has_gap and text[end : end + 1] in ("", "\n"):
        row.add_words(Span(end, end), end + 1)
    row.fill(width)
    return row.segments


class _Row:
    """The segments of a row, and the cells that are left."""

    def __init__(self, text: str, width: int, layers: Sequence[Layer], inks: Inks) -> None:
        self.segments: list[Segment] = []
        self.room = width
        self.begun = 0
        self._text = text
        self._width = width
        self._layers = layers
        self._inks = inks

    def add(self, words: str, style: Style) -> None:
        """Add something; what does not fit is cut."""
        if cell_len(words) > self.room:  # the space a row was cut at hangs over the edge
            words = words.rstrip(" ")
            words = set_cell_size(words, min(cell_len(words), self.room))
        self.segments.append(Segment(words, style))
        self.room -= cell_len(words)

    def add_words(self, span: Span, reach: int) -> None:
        """Add words of the text; a layer may reach one place behind them."""
        for start, end, style in _runs(span, reach, self._inks.words, self._layers):
            words = self._text[start : min(end, span.end)] + " " * (end - max(start, span.end))
            self.add(words.replace("\n", " "), style)

    def fill(self, cells: int) -> None:
        """Add empty cells up to a width."""
        empty = cells - (self._width - self.room)
        if empty > 0:
            self.segments.append(Segment(" " * empty, self._inks.blank))
            self.room -= empty


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
