"""Pieces of a transcript that were cut by length become turns as a person reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from workbench.interchange.importer import ImportedTurn
from workbench.text.turns import LONGEST_LINE

_SENTENCE_OVER = re.compile(r"[.!?…][\"'»”’)\]]*\Z")
_PAUSE_MS = 1_000  # a pause that ends a turn in any case
_SENTENCE_PAUSE_MS = 600  # a pause that ends a turn behind a finished sentence


def join(last: ImportedTurn, turn: ImportedTurn) -> ImportedTurn:
    """Return two pieces as one turn; word times keep their words."""
    shift = len(last.text) + 1
    moved = tuple((row[0] + shift, row[1] + shift, *row[2:]) for row in turn.word_times)
    return replace(
        last,
        text=f"{last.text} {turn.text}",
        end_ms=last.end_ms if turn.end_ms is None else turn.end_ms,
        word_times=(*last.word_times, *moved),
    )


def unfinished(turn: ImportedTurn) -> bool:
    """Tell whether a turn breaks off inside a sentence."""
    return not _SENTENCE_OVER.search(turn.text)


def join_unfinished(turns: Iterable[ImportedTurn]) -> Iterator[ImportedTurn]:
    """Join pieces in the middle of a sentence: subtitles are cut by length, not by sense."""
    last: ImportedTurn | None = None
    for turn in turns:
        if last and last.speaker == turn.speaker and unfinished(last):
            last = join(last, turn)
            continue
        if last:
            yield last
        last = turn
    if last:
        yield last


def join_speech(turns: Iterable[ImportedTurn]) -> Iterator[ImportedTurn]:
    """Join what one voice says; where nobody knows the voice, up to a pause."""
    last: ImportedTurn | None = None
    for turn in turns:
        if last and _goes_on(last, turn):
            last = join(last, turn)
            continue
        if last:
            yield last
        last = turn
    if last:
        yield last


def _goes_on(last: ImportedTurn, turn: ImportedTurn) -> bool:
    if last.speaker != turn.speaker or last.suspected != turn.suspected:
        return False
    if len(last.text) + len(turn.text) >= LONGEST_LINE:
        return False
    if last.speaker is not None:
        return True
    if last.end_ms is None or turn.start_ms is None:
        return unfinished(last)
    pause = turn.start_ms - last.end_ms
    return pause < (_PAUSE_MS if unfinished(last) else _SENTENCE_PAUSE_MS)
