"""Passages to code in one go: what somebody said, what was answered to a question, what was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal

from workbench.models.kinds import SpeakerRole
from workbench.models.views import TurnView
from workbench.text.spans import Span, SpanIndex
from workbench.text.turns import sentence_at, word_at

Unit = Literal["words", "sentence", "turn"]
"""How much is coded around words that were found."""

UNITS: Final[tuple[Unit, ...]] = ("words", "sentence", "turn")


def said_by(turns: Iterable[TurnView], speaker: str) -> list[Span]:
    """Return the turns of a speaker, by label or identifier; none that the recogniser may have invented."""
    return [
        Span(turn.start, turn.end)
        for turn in _real(turns)
        if turn.speaker is not None and speaker in (turn.speaker.label, turn.speaker.id)
    ]


def question_of(turns: Sequence[TurnView], ordinal: int) -> Span | None:
    """Return the question that a turn asks or answers: the interviewer's turns in a row before the answers."""
    asked = _asked(turns, ordinal)
    return Span(asked[0].start, asked[-1].end) if asked else None


def answers_to(turns: Sequence[TurnView], ordinal: int) -> list[Span]:
    """Return what was answered to the question that a turn asks or belongs to.

    These are the turns from the interviewer's question to the interviewer's next turn. A question that the
    interviewer puts in several turns in a row is one question.
    """
    asked = _asked(turns, ordinal)
    if not asked:
        return []
    answers: list[Span] = []
    for turn in _real(turns):
        if turn.ordinal > asked[-1].ordinal:
            if _asks(turn):
                break
            answers.append(Span(turn.start, turn.end))
    return answers


def _asked(turns: Sequence[TurnView], ordinal: int) -> list[TurnView]:
    real = _real(turns)
    before = [number for number, turn in enumerate(real) if turn.ordinal <= ordinal and _asks(turn)]
    if not before:
        return []
    first = last = before[-1]
    while first and _asks(real[first - 1]):
        first -= 1
    while last + 1 < len(real) and _asks(real[last + 1]):
        last += 1
    return real[first : last + 1]


def _real(turns: Iterable[TurnView]) -> list[TurnView]:
    return [turn for turn in turns if turn.start < turn.end and not turn.suspected]


def _asks(turn: TurnView) -> bool:
    return turn.speaker is not None and turn.speaker.role == SpeakerRole.INTERVIEWER


def widened(text: str, turns: Sequence[TurnView], hits: Iterable[Span], unit: Unit) -> list[Span]:
    """Return what is to be coded around places that were found, each passage once and in order.

    Args:
        text: where they were found.
        turns: its turns; without any, a line counts as a turn.
        hits: the places.
        unit: whole words, the sentence or the turn.
    """
    index = SpanIndex([Span(turn.start, turn.end) for turn in turns])
    found = (_widened(text, turns, index, hit, unit) for hit in hits)
    return sorted(dict.fromkeys(found))


def _widened(text: str, turns: Sequence[TurnView], index: SpanIndex, hit: Span, unit: Unit) -> Span:
    if unit == "turn":
        touched = [turns[number] for number in index.overlapping(hit.start, hit.end)]
        around = [Span(turn.start, turn.end) for turn in touched] or [_line(text, hit)]
    elif unit == "sentence":
        ends = (sentence_at(text, hit.start), sentence_at(text, max(hit.start, hit.end - 1)))
        around = [sentence for sentence in ends if sentence is not None]
    else:
        ends = (word_at(text, hit.start), word_at(text, hit.end))
        edges = ((hit.start, ends[0]), (hit.end, ends[1]))
        around = [word for edge, word in edges if word is not None and word.start < edge < word.end]
    whole = hit
    for part in around:
        whole = whole.hull(part)
    return whole


def _line(text: str, hit: Span) -> Span:
    end = text.find("\n", hit.end)
    return Span(text.rfind("\n", 0, hit.start) + 1, end if end >= 0 else len(text))
