"""Signs that a recogniser invented text: subtitle credits, stock farewells, loops. Marked, never deleted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from workbench.text.fold import fold
from workbench.transcription.checking import (
    LOOPING,
    Stretch,
    compression,
    repeated,
    sureness,
    words_of,
)
from workbench.transcription.engine import Segment, Word

# Nobody says these in an interview; Whisper learned them from subtitles and glues them to real sentences.
_CREDITS = re.compile(
    r"""
      dimatorzok | amara\.org
    | субтитр\w*\s+(?:сделал|создавал|создал|делал|подогнал|предоставил|добавил)\w*
    | редактор\s+субтитров | корректор\s+а\.\s*\w+
    | субтитры\s+и\s+перевод | перевод\s+и\s+субтитры
    | subtitles?\s+(?:by|made|created|provided) | (?:captions?|transcription)\s+by\s+\w+
    | transcribed\s+by\s+https? | www\.\w+\.(?:com|org|ru)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Whisper ends recordings with these; in an interview they are no sentence of their own.
_FAREWELLS = {
    "продолжение следует", "спасибо за просмотр", "подписывайтесь на канал", "подписывайтесь на мой канал",
    "ставьте лайки", "с вами был игорь негода", "подписывайтесь на наш канал", "смотрите в следующей серии",
    "thanks for watching", "thank you for watching", "please subscribe", "subscribe to my channel",
    "like and subscribe", "see you in the next video", "to be continued", "dont forget to subscribe",
}  # fmt: skip
# People do say these, so a second sign is wanted: little certainty, or no speech where they stand.
_COMMON = {
    "до новых встреч", "всем пока", "спасибо за внимание", "музыка", "аплодисменты", "спокойная музыка",
    "see you next time", "music", "applause", "thank you", "thank you very much", "bye", "you",
    "спасибо", "пока", "субтитры", "тихо",
}  # fmt: skip
_SILENT = 0.6
_UNSURE = -1.0
_UNSURE_WORDS = 0.45
_NEAR_MS = 400  # word times are about that exact
_HEARD = 0.2  # share of a sentence that must lie on speech
_BREAK_MS = 700  # a pause that parts two sentences, whatever stands between them
_ENDS = re.compile(r"[.!?…][\"'»”)\]]*$")


def mark_suspects(
    segments: Sequence[Segment], speech: Sequence[Stretch] | None = None
) -> list[Segment]:
    """Return the segments cut into sentences, with those marked that were probably never said.

    Args:
        segments: what was recognised.
        speech: where speech was heard, in the same time; without it only the words tell.
    """
    marked: list[Segment] = []
    for segment in segments:
        parts = sentences_of(segment)
        loops = _looping(segment, parts)
        marked += [
            replace(part, suspected=loop or is_suspected(part, speech))
            for part, loop in zip(parts, loops, strict=True)
        ]
    return marked


def _looping(segment: Segment, parts: Sequence[Segment]) -> list[bool]:
    """Tell which sentences of a segment are part of a loop: all of one that only compresses too well."""
    counts = [len(fold(part.text).split()) for part in parts]
    ranges = repeated(fold(segment.text).split())
    if not ranges:
        return [compression(segment.text) > LOOPING] * len(parts)
    loops, first = [], 0
    for count in counts:
        inside = sum(max(0, min(end, first + count) - max(start, first)) for start, end in ranges)
        loops.append(inside * 2 > count)
        first += count
    return loops


def sentences_of(segment: Segment) -> list[Segment]:
    """Cut a segment behind its sentences and at long pauses; its signs of trouble stay on every part."""
    parts: list[list[Word]] = []
    for word in segment.words:
        last = parts[-1][-1] if parts else None
        if last is None or (
            word.text[:1].isspace()
            and (_ENDS.search(last.text) or word.start_ms - last.end_ms >= _BREAK_MS)
        ):
            parts.append([word])
        else:
            parts[-1].append(word)
    if len(parts) < 2:  # noqa: PLR2004 - nothing to cut
        return [segment]
    return [
        replace(
            segment,
            start_ms=part[0].start_ms,
            end_ms=max(word.end_ms for word in part),
            text="".join(word.text for word in part),
            words=tuple(part),
        )
        for part in parts
    ]


def is_suspected(segment: Segment, speech: Sequence[Stretch] | None = None) -> bool:
    """Whether a segment was probably invented."""
    if segment.no_speech_prob > _SILENT and segment.avg_logprob < _UNSURE:
        return True
    if suspicious_text(segment.text):
        return True
    unheard = speech is not None and not _is_heard(segment, speech)
    return unheard or (_bare(segment.text) in _COMMON and _is_unsure(segment))


def suspicious_text(text: str) -> bool:
    """Whether a text holds a credit line, or nothing but a farewell of television."""
    return bool(_CREDITS.search(text)) or _bare(text) in _FAREWELLS


def _bare(text: str) -> str:
    """Return the words of a text without case and punctuation."""
    return " ".join(
        re.sub(r"[^\w\s]", " ", text.casefold().replace("'", "").replace("’", "")).split()
    )


def _is_unsure(segment: Segment) -> bool:
    words = words_of(segment)
    return bool(words) and sureness([segment]) < _UNSURE_WORDS


def _is_heard(segment: Segment, speech: Sequence[Stretch]) -> bool:
    """Whether enough of a segment lies where speech was heard."""
    words = words_of(segment)
    if not words:
        return True
    start, end = words[0].start_ms, max(word.end_ms for word in words)
    heard = sum(
        max(0, min(end, to_ms + _NEAR_MS) - max(start, from_ms - _NEAR_MS))
        for from_ms, to_ms in speech
    )
    return heard >= _HEARD * max(1, end - start)
