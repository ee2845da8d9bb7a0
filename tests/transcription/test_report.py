"""What a transcription says about itself."""

from __future__ import annotations

import pytest

from workbench.i18n import set_language
from workbench.transcription.engine import Segment, Word
from workbench.transcription.protocol import WindowDone
from workbench.transcription.report import Report, report, with_run


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


def segment(start: int, end: int, *, probability: float = 0.9, suspected: bool = False) -> Segment:
    word = Word(start, end, " word", probability)
    return Segment(start, end, " word", (word,), suspected=suspected)


def window(*segments: Segment, redone: tuple[str, ...] = (), speech=((0, 10_000),)) -> WindowDone:
    return WindowDone(0, 0, 10_000, segments, redone, speech=speech)


def test_a_clean_transcript_has_nothing_to_tell() -> None:
    assert report([window(segment(0, 10_000))]).sentences() == []


def test_everything_worth_telling_is_counted_and_said() -> None:
    found = report(
        [
            window(
                segment(0, 3_000),
                segment(3_000, 4_000, probability=0.1),
                segment(4_000, 5_000, suspected=True),
                redone=("silent", "loop"),
            ),
            window(redone=("silent",), speech=((751_000, 765_000),)),
        ]
    )
    assert (found.windows, found.again, found.reasons) == (2, 2, {"silent": 2, "loop": 1})
    assert (found.suspected, found.doubtful) == (1, 1)
    assert found.wordless == ((5_300, 10_000), (751_000, 765_000))
    assert found.sentences() == [
        "19 s of speech have no words, first at 00:00:05.",
        "1 place is suspected to be invented.",
        "1 word is doubtful.",
        "2 windows were recognised again.",
    ]


def test_another_language_than_asked_is_said_first() -> None:
    found = with_run(report([window(segment(0, 10_000))]), asked="ru", heard="en")
    assert found.sentences()[0] == "The recording sounds like “en”, but “ru” was asked for."


def test_silence_is_said() -> None:
    assert report([]).sentences() == ["No speech was found in the recording."]


def test_a_report_survives_being_stored() -> None:
    found = with_run(report([window(redone=("flip",))]), engine="e", seconds=3.5)
    stored = found.to_dict() | {"written by a later version": 1}
    assert Report.from_dict(stored) == found
