"""Where somebody wants to go in a text, as it is typed: a time of the recording or the number of a turn."""

from __future__ import annotations

import re
from typing import Literal

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.tui.coding.open_source import OpenSource
from workbench.tui.display import clock

# 12:31, 1:02:03; a full stop stands on the Russian keyboard where it needs no shift
_CLOCK = re.compile(r"(?:(\d{1,3})[:.])?(\d{1,4})[:.](\d{2})")
# 12 min 31 s, 1 ч 2 мин
_UNITS = re.compile(
    r"(?:(\d{1,3})\s*(?:h|ч)[a-zа-я]*\.?)?\s*(?:(\d{1,4})\s*(?:m|м)[a-zа-я]*\.?)?\s*"
    r"(?:(\d{1,5})\s*(?:s|с)[a-zа-я]*\.?)?"
)
_TURN = re.compile(r"[#№]?\s*(\d{1,9})")
_SIXTY = 60


def read_place(typed: str) -> tuple[Literal["time", "turn"], int]:
    """Return what was typed as milliseconds of the recording or as the number of a turn.

    Raises:
        InputError: it is neither.
    """
    said = typed.strip().casefold()
    turn = _TURN.fullmatch(said)
    if turn:
        return "turn", int(turn[1])
    written = _CLOCK.fullmatch(said) or _UNITS.fullmatch(said)
    if written and any(written.groups()):
        hours, minutes, seconds = (int(part or 0) for part in written.groups())
        has_hours, has_minutes = written[1] is not None, written[2] is not None
        if not (has_hours and minutes >= _SIXTY) and not (has_minutes and seconds >= _SIXTY):
            return "time", 1000 * ((hours * _SIXTY + minutes) * _SIXTY + seconds)
    raise InputError(
        "place-unknown",
        N_("“{typed}” is neither a time nor the number of a turn."),
        N_("Write a time such as 12:31 or 1:02:03, or a turn such as #45."),
        typed=typed.strip(),
    )


def find_place(source: OpenSource, typed: str) -> int:
    """Return the offset of a place that was typed.

    Raises:
        InputError: it is no place, or not one of this text.
    """
    kind, number = read_place(typed)
    return _of_turn(source, number) if kind == "turn" else _at_time(source, number)


def _of_turn(source: OpenSource, number: int) -> int:
    count = len(source.turns)
    if not 1 <= number <= count:
        raise InputError(
            "turn-missing",
            N_("There is no turn {number} in this text."),
            N_("Write a number from 1 to {count}."),
            number=number,
            count=count,
        )
    return source.turns[number - 1].start


def _at_time(source: OpenSource, ms: int) -> int:
    """Return where the word stands that was said at a time; where only turns are timed, about where."""
    timed = [turn for turn in source.turns if turn.start_ms is not None]
    if not timed:
        raise InputError(
            "no-times",
            N_("Nobody knows when the words of this text were said."),
            N_("Write the number of a turn, such as #45."),
        )
    last = max(source.card.duration_ms, *(turn.end_ms or turn.start_ms or 0 for turn in timed))
    if ms > last + 999:  # the clock shows whole seconds
        raise InputError(
            "time-missing",
            N_("The text ends at {time}."),
            N_("Write an earlier time."),
            time=clock(last),
        )
    before = [turn for turn in timed if (turn.start_ms or 0) <= ms]
    turn = max(before, key=lambda turn: (turn.start_ms or 0, turn.start)) if before else timed[0]
    said = source.words.said_at(ms)
    if said is not None and turn.start <= source.words.starts[said] < turn.end:
        return source.words.starts[said]
    begins, ends = turn.start_ms or 0, turn.end_ms or 0
    if ends <= begins or ms <= begins:
        return turn.start
    share = min(1.0, (ms - begins) / (ends - begins))
    word = source.units.at(turn.start + int((turn.end - turn.start) * share), "word")
    return word.start if word is not None and turn.start <= word.start < turn.end else turn.start
