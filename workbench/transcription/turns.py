"""From recognised segments to turns a person reads: cut where speakers or thoughts change, words kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from workbench.transcription.diarization import Voices, mean_prints, voices_of_words
from workbench.transcription.engine import DOUBTFUL, Segment, Word
from workbench.transcription.voices import Piece, by_channel, by_pitch

_PAUSE_MS = 1_000  # a pause that ends a turn in any case
_SENTENCE_PAUSE_MS = 600  # a pause that ends a turn behind a finished sentence
_BREATH_MS = 300  # a pause at which a speaker may change
_LONGEST = 2_000  # codepoints: no line of a source's text is longer
_LONG, _LONG_MS = (
    1_000,
    90_000,
)  # a longer turn ends at the next sentence behind which there is a breath
_PITCH_TELLS = (0, 2)  # numbers of voices among which pitch can find two
_SENTENCE_ENDS = (".", "!", "?", "…", '."', '?"', '!"', ".»", "?»", "!»", "…»")


@dataclass(frozen=True)
class TurnWord:
    """A word of a turn: the span ``[start, end)`` of its text, and when it was said."""

    start: int
    end: int
    start_ms: int
    end_ms: int
    probability: float

    @property
    def doubtful(self) -> bool:
        """Whether a person should listen to this word."""
        return self.probability < DOUBTFUL

    def row(self) -> list[float]:
        """Return the word as a source keeps it."""
        return [self.start, self.end, self.start_ms, self.end_ms, self.probability]


@dataclass(frozen=True)
class RecognisedTurn:
    """One stretch of speech by one voice; ``speaker`` is a number, or None when it cannot be told."""

    start_ms: int
    end_ms: int
    text: str
    words: tuple[TurnWord, ...]
    speaker: int | None = None
    suspected: bool = False


def turns_from_segments(
    segments: Iterable[Segment], *, voices: Voices = (), speakers: int = 2
) -> list[RecognisedTurn]:
    """Build turns from the segments of a whole recording.

    Speakers are told apart by the channel each word is in when the recording holds one voice a
    channel, else by the prints of their voices, else by pitch when there are two clearly different
    voices, else not at all. Then turns end at pauses only.

    Args:
        segments: what was recognised, in any order.
        voices: ``(start_ms, end_ms, print)`` of stretches whose voice was measured.
        speakers: how many voices there are; 0 when nobody knows.
    """
    said = [
        (word, segment.suspected)
        for segment in sorted(segments, key=lambda segment: (segment.start_ms, segment.end_ms))
        for word in _words(segment)
    ]
    turns: list[RecognisedTurn] = []
    held: list[Piece] = []
    before: int | None = None
    for piece, speaker in _spoken(said, voices, speakers):
        if held and _turn_ends(held, piece, before, speaker):
            turns.append(_turn(held, before))
            held = []
        held.append(piece)
        before = speaker
    if held:
        turns.append(_turn(held, before))
    return turns


def speaker_prints(turns: Sequence[RecognisedTurn], voices: Voices) -> dict[int, str]:
    """Return the mean print of each voice number, from what is said wholly within its turns."""
    spoken = [
        (turn.start_ms, turn.end_ms, turn.speaker) for turn in turns if turn.speaker is not None
    ]
    return mean_prints(spoken, voices)


def recognised_text(turns: Sequence[RecognisedTurn]) -> str:
    """Return all that was recognised with single spaces, however it is cut into turns."""
    return " ".join(turn.text for turn in turns)


def _spoken(
    said: Sequence[tuple[Word, bool]], voices: Voices, speakers: int
) -> list[tuple[Piece, int | None]]:
    """Cut the words into pieces and say whose voice each of them is."""
    pieces = _pieces(said)
    numbers: Sequence[int | None] | None
    numbers = [0] * len(pieces) if speakers == 1 else by_channel(pieces)
    if numbers is None:
        path = voices_of_words([word for word, _suspected in said], voices, speakers)
        if path is not None:
            pieces = _pieces(said, path)
            ends = accumulate(len(piece.words) for piece in pieces)
            numbers = [path[end - 1] for end in ends]
    if numbers is None:
        numbers = by_pitch(pieces) if speakers in _PITCH_TELLS else [None] * len(pieces)
    return list(zip(pieces, numbers, strict=True))


def _pieces(said: Sequence[tuple[Word, bool]], path: Sequence[int] = ()) -> list[Piece]:
    """Cut the words into the smallest stretches that one voice says: sentences, and what pauses part.

    Args:
        said: words, and whether they were perhaps invented.
        path: the voice of each word, when it is known: a piece ends with it, wherever that is.
    """
    pieces: list[Piece] = []
    first = 0
    for number in range(1, len(said) + 1):
        (before, suspected), after = said[number - 1], said[number : number + 1]
        if (
            not after
            or after[0][1] != suspected
            or _may_change(before, after[0][0])
            or (path and path[number] != path[number - 1])
        ):
            words = tuple(word for word, _suspected in said[first:number])
            pieces.append(Piece(words, suspected))
            first = number
    return pieces


def _words(segment: Segment) -> list[Word]:
    """Return a segment's words with clean text; a segment without word times is one long word."""
    words = segment.words or (Word(segment.start_ms, segment.end_ms, segment.text, 1.0),)
    clean: list[Word] = []
    for word in words:
        text = clean_text(word.text)
        if not text:
            continue
        # A word that starts without a space belongs to the one before ("-то", "%").
        glued = bool(clean) and not word.text[:1].isspace()
        if glued:
            before = clean[-1]
            clean[-1] = Word(
                before.start_ms,
                max(before.end_ms, word.end_ms),
                before.text + text,
                min(before.probability, word.probability),
                before.channel,
                before.pitch_hz or word.pitch_hz,
            )
        else:
            clean.append(
                Word(
                    word.start_ms, word.end_ms, text, word.probability, word.channel, word.pitch_hz
                )
            )
    return clean


def clean_text(text: str) -> str:
    """Return text in NFC with single spaces, without control and replacement characters."""
    kept = "".join(
        " " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c
        for c in text
        if c not in "\ufeff\ufffd"
    )
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _may_change(before: Word, word: Word) -> bool:
    """Whether another voice may start with this word."""
    if word.channel != before.channel and None not in (word.channel, before.channel):
        return True
    return word.start_ms - before.end_ms >= _BREATH_MS or before.text.endswith(_SENTENCE_ENDS)


def _turn_ends(
    held: list[Piece], piece: Piece, speaker_before: int | None, speaker: int | None
) -> bool:
    """Whether a turn ends before this piece."""
    before = held[-1]
    if speaker != speaker_before or piece.suspected != before.suspected:
        return True
    length = sum(len(word.text) + 1 for part in held for word in part.words)
    if length + sum(len(word.text) + 1 for word in piece.words) > _LONGEST:
        return True
    pause = piece.start_ms - before.end_ms
    finished = before.text.endswith(_SENTENCE_ENDS)
    long = length > _LONG or before.end_ms - held[0].start_ms > _LONG_MS
    if long and finished and pause >= _BREATH_MS:
        return True
    if speaker is not None:
        return False  # one voice goes on: a pause for thought does not end what it says
    return pause >= _PAUSE_MS or (pause >= _SENTENCE_PAUSE_MS and finished)


def _turn(pieces: list[Piece], speaker: int | None) -> RecognisedTurn:
    """Join pieces into one turn and find the place of each word in its text."""
    texts: list[str] = []
    words: list[TurnWord] = []
    place = 0
    for word in (word for piece in pieces for word in piece.words):
        end = place + len(word.text)
        words.append(
            TurnWord(place, end, word.start_ms, max(word.start_ms, word.end_ms), word.probability)
        )
        texts.append(word.text)
        place = end + 1
    return RecognisedTurn(
        start_ms=words[0].start_ms,
        end_ms=max(word.end_ms for word in words),
        text=" ".join(texts),
        words=tuple(words),
        speaker=speaker,
        suspected=pieces[0].suspected,
    )
