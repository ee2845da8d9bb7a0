"""The source on the coding screen: its text, turns and codings, kept in step with the database."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from workbench.models.drafts import CodeDraft, CodingDraft
from workbench.models.kinds import SpeakerRole
from workbench.models.views import CodeView, CodingView, SourceView, SpeakerView, TurnView
from workbench.text.disfluencies import disfluencies
from workbench.text.spans import LineIndex, Span
from workbench.text.spoken_words import Pause, WordTimes, pauses
from workbench.text.turns import Turn, words
from workbench.tui.coding.coding_index import CodingIndex
from workbench.tui.coding.look import hidden_turns
from workbench.tui.coding.text_search import TextSearch
from workbench.tui.coding.text_units import Units
from workbench.tui.display import clean_for_terminal

if TYPE_CHECKING:
    from workbench.services.coding import Applied
    from workbench.services.project import Project

RECENT = 9
"""Codes that have a digit."""


class OpenSource:
    """One source with everything the coding screen shows of it.

    An action changes the database first and then only what it touched here: with 5,000 codings
    reading all of them again would take longer than a key may.
    """

    def __init__(self, project: Project, name: str, view: SourceView | None = None) -> None:
        """Read a source by identifier, number or title.

        Args:
            project: where it is.
            name: which one.
            view: the source as it is now, where that is known already.

        Raises:
            InputError: there is no such source.
        """
        self.project = project
        view = view or project.sources.source(name)
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
        self.index = CodingIndex(self.lines, project.coding.codings(self.id))
        self.codes: dict[str, CodeView] = {}
        self.recent: list[str] = []
        """Codes by digit: a code keeps its digit until nine others have been used after it."""
        self._used: list[str] = []
        self._heard: dict[str, int] = {}
        self.read_codes()
        self._read_recent()

    # -- reading -------------------------------------------------------------------------------

    def read_codes(self) -> None:
        """Read the codebook."""
        self.codes = {code.id: code for code in self.project.codebook.codes()}
        self._used = [code for code in self._used if code in self.codes]
        self.recent = [code for code in self.recent if code in self.codes]

    def take_codes(self, other: OpenSource) -> None:
        """Take over the codebook and the recent codes as another open text has them now."""
        self.codes, self.recent, self._used = other.codes, other.recent, other._used

    def read_codings(self) -> None:
        """Read all codings of the source, and which codes they use."""
        self.index = CodingIndex(self.lines, self.project.coding.codings(self.id))
        self._read_recent()

    def _read_recent(self) -> None:
        """Give codes that came into use elsewhere or by a redo a free digit; the others keep theirs."""
        used = self.project.coding.recent_codes(RECENT)
        self._used += [code for code in used if code not in self._used]
        self.recent += [code for code in used if code not in self.recent]
        del self.recent[RECENT:]

    @property
    def last_code(self) -> str | None:
        """The code used last."""
        return self._used[0] if self._used else None

    @property
    def coded_share(self) -> float:
        """Part of the text under at least one quote, from 0 to 1; hidden turns do not count."""
        hidden = (turn for run in hidden_turns(self) for turn in run)
        length = len(self.text) - sum(turn.end - turn.start for turn in hidden)
        return min(1.0, self.index.covered() / length) if length > 0 else 0.0

    @cached_property
    def units(self) -> Units:
        """Words, sentences and turns of the text."""
        return Units(self.text, self.lines, [Span(turn.start, turn.end) for turn in self.turns])

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
        found = words(self.text[span.start : span.end])
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
        return TextSearch(self.text)

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

    # -- finding -------------------------------------------------------------------------------

    def next_uncoded(self, offset: int, *, step: int = 1) -> int | None:
        """Return where the nearest stretch begins that no quote covers, before or after an offset.

        A stretch is a run of uncoded sentences of one turn. The interviewer's turns and those the
        recogniser may have invented are passed over.
        """
        here = self.turn_number(offset)
        if here < 0:
            return None
        order = range(here, len(self.turns)) if step > 0 else range(here, -1, -1)
        for number in order:
            begins = self._uncoded_in(self.turns[number])
            fitting = [at for at in begins if (at > offset if step > 0 else at < offset)]
            if fitting:
                return fitting[0] if step > 0 else fitting[-1]
        return None

    def _uncoded_in(self, turn: TurnView) -> list[int]:
        if turn.suspected or (self.answerers and self.is_question(turn)):
            return []
        begins: list[int] = []
        coded_before = True
        for sentence in self.units.sentences_of(Span(turn.start, turn.end)):
            coded = bool(self.index.between(sentence.start, sentence.end))
            if coded_before and not coded:
                begins.append(sentence.start)
            coded_before = coded
        return begins

    def next_quote(self, offset: int, *, step: int = 1) -> Span | None:
        """Return the nearest quote that begins before or after an offset."""
        quotes = self.index.quotes
        place = bisect_right(quotes, offset, key=lambda quote: quote.start)
        if step > 0:
            return quotes[place] if place < len(quotes) else None
        before = [quote for quote in quotes[:place] if quote.start < offset]
        return before[-1] if before else None

    # -- changing ------------------------------------------------------------------------------

    def apply(self, span: Span, code: str, *, new_code: CodeDraft | None = None) -> Applied:
        """Put a code, known or new, on a span."""
        draft = CodingDraft(source=self.id, start=span.start, end=span.end, code=code)
        applied = self.project.coding.apply(draft, new_code=new_code)
        coding = applied.coding
        if new_code is not None:
            self.read_codes()
        if not applied.existed and coding.id not in self.index:
            if new_code is None and not self._coded_by_others(coding):
                self._count(coding.code_id, 1)
            self.index.add(coding)
        self._use(coding.code_id)
        return applied

    def remove(self, coding_id: str) -> CodingView:
        """Take a code off a quote."""
        self.project.coding.remove(coding_id)
        coding = self.index.remove(coding_id)
        if not self._coded_by_others(coding):
            self._count(coding.code_id, -1)
        return coding

    def edit(
        self, coding_id: str, *, stance: str | None = None, emotion: int | None = None
    ) -> CodingView:
        """Change the stance or the emotion of a coding."""
        coding = self.project.coding.edit(coding_id, stance=stance, emotion=emotion)
        self.index.replace(coding)
        return coding

    def favourite(self, coding: CodingView, *, favourite: bool) -> None:
        """Mark the quote of a coding for reports, or take the mark away."""
        self.project.coding.favourite(coding.quote_id, favourite=favourite)
        for other in self.index.of_quote(coding.quote_id, coding):
            self.index.replace(replace(other, favourite=favourite))

    def _coded_by_others(self, coding: CodingView) -> bool:
        """Tell whether another coding, some other coder's, has the same code on the same quote."""
        return any(
            other.id != coding.id and other.code_id == coding.code_id
            for other in self.index.of_quote(coding.quote_id, coding)
        )

    def _count(self, code_id: str, step: int) -> None:
        code = self.codes.get(code_id)
        if code is not None:
            self.codes[code_id] = replace(code, quotes=max(0, code.quotes + step))

    def _use(self, code_id: str) -> None:
        """Remember a code as used now; a code without a digit takes the one unused longest."""
        self._used = [code_id, *(code for code in self._used if code != code_id)]
        if code_id in self.recent:
            return
        if len(self.recent) < RECENT:
            self.recent.append(code_id)
        else:
            oldest = max(self.recent, key=self._used.index)
            self.recent[self.recent.index(oldest)] = code_id
