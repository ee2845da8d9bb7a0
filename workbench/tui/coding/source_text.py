"""The text of an open source: its turns, voices and times, and what is found in it."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from workbench.models.kinds import SpeakerRole
from workbench.models.views import SourceView, SpeakerView, TurnView
from workbench.text.disfluencies import disfluencies
from workbench.text.spans import LineIndex, Span
from workbench.text.spoken_words import Pause, WordTimes, pauses
from workbench.text.turns import Turn, words
from workbench.tui.coding.text_search import TextSearch
from workbench.tui.coding.text_units import Units
from workbench.tui.display import clean_for_terminal

if TYPE_CHECKING:
    from workbench.services.project import Project


class SourceText:
    """What of a source is there before anybody codes it."""

    def __init__(self, project: Project, view: SourceView) -> None:
        """Take a source as it was read."""
        self.project = project
        self.card = view.card
        self.id = view.card.id
        self.turns = view.turns
        self.speakers = view.speakers
        self.attributes = view.attributes
        self.stored = view.text
        """The text as it is; ``text`` is what of it may reach a terminal."""
        # one character for one, so that offsets on the screen are offsets in the database
        self.text = clean_for_terminal(view.text, lines=True)
        self.lines = LineIndex(self.text)
        self._turn_starts = [turn.start for turn in self.turns]
        self.words = WordTimes()
        """When each word was said; empty until they are read."""
        self._heard: dict[str, int] = {}

    @cached_property
    def units(self) -> Units:
        """Words, sentences and turns of the text."""
        return Units(self.stored, self.lines, [Span(turn.start, turn.end) for turn in self.turns])

    # -- turns ---------------------------------------------------------------------------------

    def turn_number(self, offset: int) -> int:
        """Return the position of the turn at an offset; -1 in a text without turns."""
        return max(bisect_right(self._turn_starts, offset) - 1, min(0, len(self.turns) - 1))

    def turn_at(self, offset: int) -> TurnView | None:
        """Return the turn at an offset."""
        number = self.turn_number(offset)
        return self.turns[number] if number >= 0 else None

    def mark(self, offset: int) -> tuple[str, int, int]:
        """Return a place as its turn, the turn's position and the letters behind its start.

        It is found again after other turns have changed.
        """
        number = self.turn_number(offset)
        if number < 0:
            return "", 0, offset
        turn = self.turns[number]
        return turn.id, number, offset - turn.start

    def place(self, mark: tuple[str, int, int]) -> int:
        """Return where a marked place is now, or the nearest one there is."""
        identifier, number, letters = mark
        if not self.turns:
            return min(letters, len(self.text))
        turn = next((turn for turn in self.turns if turn.id == identifier), None)
        turn = turn or self.turns[min(number, len(self.turns) - 1)]
        return min(turn.start + letters, turn.end)

    @cached_property
    def suspected(self) -> tuple[int, ...]:
        """The positions of the turns that were perhaps never said."""
        return tuple(n for n, turn in enumerate(self.turns) if turn.suspected)

    @cached_property
    def has_times(self) -> bool:
        """Whether any turn knows when it was said."""
        return any(turn.start_ms is not None for turn in self.turns)

    def time_at(self, offset: int) -> int | None:
        """Return when the word at an offset was said; where only its turn is timed, about when."""
        exact = self.words.time_at(offset)
        if exact is not None:
            return exact
        turn = self.turn_at(offset)
        if turn is None or turn.start_ms is None:
            return None
        if turn.end_ms is None or turn.end <= turn.start:
            return turn.start_ms
        share = min(1.0, (offset - turn.start) / (turn.end - turn.start))
        return turn.start_ms + round((turn.end_ms - turn.start_ms) * share)

    def read_words(self, times: WordTimes | None = None) -> None:
        """Take in when each word was said; without being given, read it: slow for a long text."""
        self.words = times if times is not None else self.project.sources.word_times(self.id)
        self.__dict__.pop("pauses", None)

    @cached_property
    def pauses(self) -> tuple[Pause, ...]:
        """Silences of more than a second."""
        turns = [Turn(t.ordinal, t.start, t.end, None, t.start_ms, t.end_ms) for t in self.turns]
        return pauses(turns, self.words)

    @cached_property
    def doubts(self) -> tuple[Span, ...]:
        """Places to listen to: doubtful words, those in a row as one; none of turns that are suspected."""
        found: list[Span] = []
        for turn in self.turns:
            for number, (start, end) in enumerate(() if turn.suspected else turn.doubtful):
                between = self.text[found[-1].end : start] if number else "-"
                if between.isspace():
                    found[-1] = Span(found[-1].start, end)
                else:
                    found.append(Span(start, end))
        return tuple(found)

    def bare(self, span: Span) -> Span:
        """Return a span without signs around its words; a recogniser times them together."""
        found = words(self.stored[span.start : span.end])
        if not found:
            return span
        return Span(span.start + found[0].start, span.start + found[-1].end)

    def sureness(self, span: Span) -> int | None:
        """Return how sure the recogniser was of the word it doubted most, in percent."""
        numbers = self.words.between(span.start, span.end)
        return round(100 * min(self.words.probabilities[n] for n in numbers)) if numbers else None

    def times_heard(self, said: str) -> int:
        """Return how often words stand in the text, whatever their case."""
        if said not in self._heard:
            found = self.search.find(said)
            self._heard[said] = sum(not self._cuts_words(hit) for hit in found)
        return self._heard[said]

    def _cuts_words(self, span: Span) -> bool:
        """Tell whether a span begins or ends in the middle of a word."""
        return any(
            0 < edge < len(self.text) and self.text[edge - 1 : edge + 1].isalnum()
            for edge in (span.start, span.end)
        )

    @cached_property
    def search(self) -> TextSearch:
        """Finds words in the text; made ready at the first search."""
        return TextSearch(self.stored, [turn.start for turn in self.turns])

    def doubt_at(self, offset: int) -> Span | None:
        """Return the doubtful place at an offset or directly before it."""
        place = bisect_right(self.doubts, offset, key=lambda span: span.start) - 1
        found = self.doubts[place] if place >= 0 else None
        return found if found is not None and offset <= found.end else None

    @cached_property
    def disfluent(self) -> tuple[Span, ...]:
        """What a clean reading leaves out."""
        language = self.card.language or self.project.plan.project().language
        return disfluencies(self.text, language)

    @cached_property
    def _timed_turns(self) -> tuple[list[TurnView], list[int]]:
        timed = sorted(
            (turn for turn in self.turns if turn.start_ms is not None),
            key=lambda turn: turn.start_ms or 0,
        )
        return timed, [turn.start_ms or 0 for turn in timed]

    def heard_at(self, ms: int) -> Span | None:
        """Return the word that is heard at a place of the recording, or the turn where none is timed."""
        timed, times = self._timed_turns
        place = bisect_right(times, ms) - 1
        number = self.words.said_at(ms)
        if place < 0:
            return self.words.span(number) if number is not None else None
        turn = timed[place]
        if number is not None and self.words.start_ms[number] >= times[place]:
            return self.words.span(number)
        timed_inside = bool(self.words.between(turn.start, turn.end))
        return None if timed_inside else Span(turn.start, turn.end)

    def is_question(self, turn: TurnView) -> bool:
        """Tell whether the interviewer speaks."""
        return turn.speaker is not None and turn.speaker.role == SpeakerRole.INTERVIEWER

    @cached_property
    def answerers(self) -> tuple[SpeakerView, ...]:
        """The voices that are not the interviewer's."""
        return tuple(s for s in self.speakers if s.role != SpeakerRole.INTERVIEWER)
