"""Is what was recognised worth trusting? Stretches without words, loops, the wrong language, leaked vocabulary."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Sequence

from workbench.text.fold import fold
from workbench.transcription.engine import Segment, Word

Stretch = tuple[int, int]
"""``(start_ms, end_ms)``."""

SILENT = "silent"
LOOP = "loop"
FLIP = "flip"
LEAK = "leak"

LOOPING = 2.4
"""Text that compresses better than this repeats itself (OpenAI's threshold, see ``compression``)."""

_SLACK_MS = 300  # word times are about that exact; speech this near to a word is that word's
_SILENT_MS = 1_000  # speech without words that is shorter is a breath, a cough, a drawn-out sound
_REPEATS = 4  # a phrase said so often in a row is a loop …
_REPEATED_WORDS = 8  # … when it is this many words in all: «да, да, да, да» is not
_LONGEST_PHRASE = 8
_FLIPPED = 0.5  # share of letters in another script; a brand name is far below it
_FEW_LETTERS = 12
_LESS_SURE = 0.15
_LEAKED = 0.7  # share of a window's words that stand in the vocabulary
_FEW_WORDS = 4
_CYRILLIC = frozenset(["ru", "uk", "be", "bg", "mk", "sr", "kk", "mn", "tg", "tt", "ba"])
_LATIN = frozenset(
    [
        *("en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sk", "sl", "hr", "ro", "hu", "fi", "sv", "no", "da"),
        *("et", "lv", "lt", "tr", "vi", "id", "ms", "ca", "gl", "eu", "is", "af", "sw", "cy", "az", "uz", "bs", "sq"),
    ]
)  # fmt: skip


def troubles(
    segments: Sequence[Segment],
    speech: Sequence[Stretch],
    *,
    language: str,
    vocabulary: str = "",
) -> tuple[str, ...]:
    """Return why a window should be recognised again; empty when it looks right.

    Args:
        segments: what was recognised.
        speech: where speech was heard, in the same time as the segments.
        language: the language that is spoken.
        vocabulary: the words the recogniser was primed with.
    """
    text = " ".join(segment.text for segment in segments)
    found = {
        SILENT: bool(without_words(speech, segments)),
        LOOP: is_looping(segments),
        FLIP: is_flipped(text, language),
        LEAK: is_leaked(text, vocabulary),
    }
    return tuple(reason for reason, present in found.items() if present)


def without_words(speech: Sequence[Stretch], segments: Iterable[Segment]) -> list[Stretch]:
    """Return the stretches of speech, one second or longer, that no word covers."""
    said = sorted(
        (word.start_ms - _SLACK_MS, word.end_ms + _SLACK_MS)
        for segment in segments
        for word in words_of(segment)
    )
    left: list[Stretch] = []
    for start, end in speech:
        place = start
        for from_ms, to_ms in said:
            if to_ms <= place or from_ms >= end:
                continue
            if from_ms > place:
                left.append((place, from_ms))
            place = max(place, to_ms)
        if place < end:
            left.append((place, end))
    return [stretch for stretch in left if stretch[1] - stretch[0] >= _SILENT_MS]


def words_of(segment: Segment) -> tuple[Word, ...]:
    """Return a segment's words; one without word times is a single long word."""
    if segment.words or not segment.text.strip():
        return segment.words
    return (Word(segment.start_ms, segment.end_ms, segment.text, 1.0),)


def compression(text: str) -> float:
    """Return how many times smaller a text becomes, counted with one byte a letter.

    OpenAI counts bytes of UTF-8, in which every Cyrillic letter is two alike: ordinary Russian reaches 2.1
    there, a telephone menu 2.4, and would be taken for a loop. With one byte a letter it is 1.4 to 1.6, as English.
    """
    letters = bytes(ord(character) & 0xFF for character in text)
    return len(letters) / len(zlib.compress(letters)) if letters else 0.0


def is_looping(segments: Sequence[Segment]) -> bool:
    """Whether the text repeats itself: it compresses too well, or a phrase comes again and again."""
    if any(compression(segment.text) > LOOPING for segment in segments):
        return True
    return repeats(" ".join(segment.text for segment in segments))


def repeats(text: str) -> bool:
    """Whether a phrase comes again and again without anything between."""
    return bool(repeated(fold(text).split()))


def repeated(words: Sequence[str]) -> list[tuple[int, int]]:
    """Return the ranges of words ``[first, last)`` in which one phrase comes again and again."""
    found: list[tuple[int, int]] = []
    for length in range(1, _LONGEST_PHRASE + 1):
        run = 0
        for place in range(length, len(words) + 1):
            if place < len(words) and words[place] == words[place - length]:
                run += 1
                continue
            whole = run // length + 1
            if whole >= _REPEATS and whole * length >= _REPEATED_WORDS:
                found.append((place - run - length, place))
            run = 0
    return found


def is_flipped(text: str, language: str) -> bool:
    """Whether most letters are of another script than the language is written in."""
    letters = [_script(character) for character in text if character.isalpha()]
    if len(letters) < _FEW_LETTERS:
        return False
    if language in _CYRILLIC:
        wanted = "CYRILLIC"
    elif language in _LATIN:
        wanted = "LATIN"
    else:
        return False
    return sum(script != wanted for script in letters) > _FLIPPED * len(letters)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def is_leaked(text: str, vocabulary: str) -> bool:
    """Whether a window says little else than the vocabulary it was primed with."""
    primed = set(re.findall(r"\w+", fold(vocabulary)))
    words = re.findall(r"\w+", fold(text))
    if not primed or len(words) < _FEW_WORDS:
        return False
    leaked = [word for word in words if word in primed]
    return len(set(leaked)) >= _FEW_WORDS and len(leaked) > _LEAKED * len(words)


def is_better(
    attempt: Sequence[Segment],
    best: Sequence[Segment],
    speech: Sequence[Stretch],
    *,
    language: str,
    vocabulary: str = "",
) -> bool:
    """Whether another attempt at a window is to be believed rather than the best one so far.

    It must have fewer troubles, or leave less speech without words; and it must not be much less sure
    of itself, unless the best one repeats a phrase: a loop is sure of itself.
    """
    one, other = (
        _badness(found, speech, language=language, vocabulary=vocabulary)
        for found in (attempt, best)
    )
    looped = repeats(" ".join(segment.text for segment in best))
    return one < other and (looped or sureness(attempt) >= sureness(best) - _LESS_SURE)


def sureness(segments: Iterable[Segment]) -> float:
    """Return the mean probability of the words; 0 without any."""
    words = [word for segment in segments for word in words_of(segment)]
    return sum(word.probability for word in words) / len(words) if words else 0.0


def _badness(
    segments: Sequence[Segment], speech: Sequence[Stretch], *, language: str, vocabulary: str
) -> tuple[int, int, int, float]:
    """Return what attempts are compared by; the least is the best."""
    kinds = troubles(segments, speech, language=language, vocabulary=vocabulary)
    missing = sum(end - start for start, end in without_words(speech, segments))
    return int(FLIP in kinds), int(LOOP in kinds) + int(LEAK in kinds), missing, -sureness(segments)
