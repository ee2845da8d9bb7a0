"""The transcript of a source: correct its words, cut and join its turns, say who speaks and when."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, func, select

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models import tables
from workbench.models.views import SourceView
from workbench.services.anchored_quotes import requote_times
from workbench.services.base import verb
from workbench.services.editing import (
    Editing,
    check_span,
    speaker_id,
    subject,
    turn_called,
    turn_of,
)
from workbench.services.recognising import Recognising
from workbench.services.revision import Revision, Rewriting
from workbench.services.transcript_places import TranscriptPlaces
from workbench.store import transcripts
from workbench.store.sources import DOUBTFUL_BELOW
from workbench.text.anchored_times import Row
from workbench.text.anchoring import word_splices
from workbench.text.editing import cut, finely, occurrences, replacement, tidied
from workbench.text.normalize import normalise
from workbench.text.spans import Span


class Transcript(Recognising, TranscriptPlaces, Editing):
    """What can be done to the words and turns of a source; its quotes stay on their words."""

    @verb("transcript.edit")
    def edit_turn(
        self, source: str, turn: int | str, text: str, *, force: bool = False
    ) -> SourceView:
        """Give a turn other words; without words it is taken out.

        Args:
            source: identifier, number or title.
            turn: number or identifier of the turn.
            text: all its words.
            force: take quotes away that would lose all their words.

        Raises:
            InputError: ``quotes-lost``, ``text-emptied``, or the source cannot be edited.
        """
        with self.editing("transcript.edit", source) as (act, row):
            chosen = turn_called(act.session, row, turn)
            new, _steps = tidied(text)
            old = row.text[chosen.start : chosen.end]
            act.subject = subject(row, new or old)
            keep = transcripts.quotes_in_turns(act.session, row.id, [chosen])[0]
            part = Rewriting.of(chosen, old, word_splices(old, new, keep=keep))
            Revision(act, row, force=force).rewrite([part])
            return self.view(act, row)

    @verb("transcript.replace")
    def replace(
        self, source: str, start: int, end: int, text: str, *, force: bool = False
    ) -> SourceView:
        """Replace the words at one place of a turn; an empty span puts words in.

        Raises:
            InputError: ``span-outside``, ``span-crosses-turns``, ``quotes-lost``.
        """
        with self.editing("transcript.replace", source) as (act, row):
            chosen = turn_of(act.session, row, start, end)
            words = normalise(text)
            act.subject = subject(row, f"{row.text[start:end]} → {words}")
            old = row.text[chosen.start : chosen.end]
            keep = transcripts.quotes_in_turns(act.session, row.id, [chosen])[0]
            place = Span(start - chosen.start, end - chosen.start)
            part = Rewriting.of(chosen, old, finely(old, [replacement(old, place, words)], keep))
            Revision(act, row, force=force).rewrite([part])
            return self.view(act, row)

    @verb("transcript.replace-all")
    def replace_all(
        self,
        source: str,
        find: str,
        text: str,
        *,
        whole_words: bool = True,
        match_case: bool = False,
        force: bool = False,
    ) -> int:
        """Replace words everywhere in a source and return at how many places.

        Args:
            source: identifier, number or title.
            find: the words as they stand.
            text: what is to stand there; nothing takes the words out.
            whole_words: leave words alone that only contain these.
            match_case: tell capitals from small letters, and ё from е.
            force: take quotes away that would lose all their words.

        Raises:
            InputError: ``words-missing`` when there is nothing to look for, ``quotes-lost``, ``text-emptied``.
        """
        find, words = normalise(find).strip(), normalise(text)
        if not find:
            raise InputError(
                "words-missing",
                N_("There are no words to look for."),
                N_("Say which words are to be replaced."),
            )
        count = 0
        with self.editing("transcript.replace-all", source) as (act, row):
            act.subject = subject(row, f"{find} → {words}")
            rows = transcripts.turns(act.session, row.id)
            parts = []
            for chosen, keep in zip(
                rows, transcripts.quotes_in_turns(act.session, row.id, rows), strict=True
            ):
                old = row.text[chosen.start : chosen.end]
                places = [
                    place
                    for place in occurrences(
                        old, find, whole_words=whole_words, match_case=match_case
                    )
                    if place.of(old) != words
                ]
                if places:
                    count += len(places)
                    splices = [replacement(old, place, words) for place in places]
                    parts.append(Rewriting.of(chosen, old, finely(old, splices, keep)))
            if parts:
                Revision(act, row, force=force).rewrite(parts)
        return count

    @verb("transcript.split")
    def split_turn(self, source: str, offset: int, *, speaker: str | None = None) -> SourceView:
        """Cut a turn in two; the second one begins with the word at a position of the source's text.

        Args:
            source: identifier, number or title.
            offset: where; within a word it is cut before that word.
            speaker: whose the second turn is, by label or identifier; by default it stays the same.

        Raises:
            InputError: ``split-at-edge`` when one of the two would have no words.
        """
        with self.editing("transcript.split", source) as (act, row):
            chosen = turn_of(act.session, row, offset, offset)
            old = row.text[chosen.start : chosen.end]
            place = cut(old, offset - chosen.start)
            if place is None:
                raise InputError(
                    "split-at-edge",
                    N_("A turn cannot be cut at its beginning or end."),
                    N_("Choose a place between two of its words."),
                )
            act.subject = subject(row, old[place.end :])
            voice = chosen.speaker_id
            if speaker is not None:
                voice = speaker_id(act.session, row, speaker)
            Revision(act, row).split(chosen, place, speaker_id=voice)
            return self.view(act, row)

    @verb("transcript.merge")
    def merge_turns(self, source: str, turn: int | str) -> SourceView:
        """Make one turn of a turn and the one after it; it stays with the first one's speaker.

        Raises:
            InputError: ``merge-last`` when no turn follows.
        """
        with self.editing("transcript.merge", source) as (act, row):
            chosen = turn_called(act.session, row, turn)
            other = transcripts.turn_at(act.session, row.id, chosen.ordinal + 1)
            if other is None:
                raise InputError(
                    "merge-last",
                    N_("No turn follows this one."),
                    N_("Choose the turn before it."),
                )
            act.subject = subject(row, row.text[chosen.start : other.end])
            Revision(act, row).merge(chosen, other)
            return self.view(act, row)

    @verb("transcript.retime")
    def retime(self, source: str, turn: int | str, start_ms: int, end_ms: int) -> SourceView:
        """Say when a turn begins and ends; its words move along where they must.

        Raises:
            InputError: ``time-invalid`` when it ends before it begins, lies outside the recording, or begins
                before the turn above it or after the one below.
        """
        with self.editing("transcript.retime", source) as (act, row):
            chosen = turn_called(act.session, row, turn)
            _check_times(act.session, row, chosen, start_ms, end_ms)
            act.subject = subject(row, row.text[chosen.start : chosen.end])
            words = _retimed(chosen, start_ms, end_ms)
            if words != chosen.word_times:
                chosen.word_times = words
            chosen.start_ms, chosen.end_ms = start_ms, end_ms
            act.session.add(chosen)
            act.session.flush()
            requote_times(act.session, row.id, Span(chosen.start, chosen.end))
            return self.view(act, row)

    @verb("transcript.speaker")
    def assign_speaker(self, source: str, turns: Sequence[int | str], speaker: str) -> SourceView:
        """Say who speaks in some turns.

        Args:
            source: identifier, number or title.
            turns: their numbers or identifiers.
            speaker: label or identifier; an unknown label makes a new speaker, an empty one means nobody known.
        """
        with self.editing("transcript.speaker", source) as (act, row):
            chosen = [turn_called(act.session, row, turn) for turn in turns]
            voice = speaker_id(act.session, row, speaker)
            act.subject = subject(row, speaker)
            for each in chosen:
                each.speaker_id = voice
                act.session.add(each)
            return self.view(act, row)

    @verb("transcript.alternate")
    def alternate(self, source: str, first_turn: int | str, speakers: Sequence[str]) -> SourceView:
        """Give the turns from one on to the end to speakers in turn.

        Raises:
            InputError: ``speakers-few`` for fewer than two speakers.
        """
        if len(set(speakers)) < 2:  # noqa: PLR2004 - one cannot take turns
            raise InputError(
                "speakers-few",
                N_("One speaker cannot alternate."),
                N_("Name at least two speakers."),
            )
        with self.editing("transcript.alternate", source) as (act, row):
            first = turn_called(act.session, row, first_turn).ordinal
            voices = [speaker_id(act.session, row, speaker) for speaker in speakers]
            act.subject = subject(row, ", ".join(speakers))
            for each in transcripts.turns(act.session, row.id, first=first, times=False):
                each.speaker_id = voices[(each.ordinal - first) % len(voices)]
                act.session.add(each)
            return self.view(act, row)

    @verb("transcript.accept")
    def accept(self, source: str, start: int, end: int) -> SourceView:
        """Say that the doubtful words of a span were listened to and are right."""
        with self.editing("transcript.accept", source) as (act, row):
            check_span(row, start, end)
            act.subject = subject(row, row.text[start:end])
            for each in transcripts.turns_within(act.session, row.id, start, end):
                words = [
                    _accepted(word, start - each.start, end - each.start)
                    for word in each.word_times
                ]
                if words != each.word_times:
                    each.word_times = words
                    act.session.add(each)
            return self.view(act, row)

    @verb("transcript.suspect")
    def mark_suspected(self, source: str, turn: int | str, suspected: bool = True) -> SourceView:
        """Mark a turn as perhaps invented by the recogniser, or take the mark away."""
        with self.editing("transcript.suspect", source) as (act, row):
            chosen = turn_called(act.session, row, turn)
            chosen.suspected = suspected
            act.session.add(chosen)
            act.subject = subject(row, row.text[chosen.start : chosen.end])
            return self.view(act, row)


def _check_times(
    session: Session, source: tables.Source, turn: tables.Turn, start_ms: int, end_ms: int
) -> None:
    """Refuse times that end before they begin, leave the recording, or change the order of turns."""
    turns = select(func.max(tables.Turn.start_ms)).where(tables.Turn.source_id == source.id)
    before = session.exec(turns.where(tables.Turn.ordinal < turn.ordinal)).one()
    after = session.exec(
        select(func.min(tables.Turn.start_ms)).where(
            tables.Turn.source_id == source.id, tables.Turn.ordinal > turn.ordinal
        )
    ).one()
    if not 0 <= start_ms < end_ms:
        reason = N_("A turn ends after it begins, and neither before the recording does.")
    elif source.duration_ms and end_ms > source.duration_ms:
        reason = N_("The recording ends before this turn would.")
    elif before is not None and start_ms < before:
        reason = N_("It would begin before the turn above it.")
    elif after is not None and start_ms > after:
        reason = N_("It would begin after the turn below it.")
    else:
        return
    raise InputError(
        "time-invalid", reason, N_("Choose other times."), start_ms=start_ms, end_ms=end_ms
    )


def _retimed(turn: tables.Turn, start_ms: int, end_ms: int) -> list[Row]:
    """Return the times of a turn's words after its own were changed.

    A turn that is as long as before takes its words along. Else words stay where they are if they can, and are
    moved to the nearest edge if not; where that would leave some without any time, all share the new time as they
    shared the old one.
    """
    words: list[Row] = turn.word_times
    if not words:
        return []
    first, last = turn.start_ms, turn.end_ms
    if first is None or last is None or last <= first:
        first, last = int(words[0][2]), max(int(words[-1][3]), int(words[0][2]) + 1)
    if end_ms - start_ms == last - first:
        by = start_ms - first
        return [[w[0], w[1], int(w[2]) + by, int(w[3]) + by, w[4]] for w in words]
    if all(word[2] < end_ms and word[3] > start_ms for word in words):
        return [[w[0], w[1], max(int(w[2]), start_ms), min(int(w[3]), end_ms), w[4]] for w in words]
    share = (end_ms - start_ms) / (last - first)

    def moved(time: float) -> int:
        return min(max(start_ms + round((time - first) * share), start_ms), end_ms)

    return [[w[0], w[1], moved(w[2]), moved(w[3]), w[4]] for w in words]


def _accepted(word: Row, start: int, end: int) -> Row:
    """Return a word as nobody doubts it, when it lies in a span of its turn."""
    inside = word[0] < max(end, start + 1) and word[1] > start
    return [*word[:4], 1.0] if inside and word[4] < DOUBTFUL_BELOW else word
