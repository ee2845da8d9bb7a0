from __future__ import annotations

import re
import time

import pytest
from wer import plain, word_errors

from workbench.transcription.audio import probe
from workbench.transcription.job import BatchDone, Request, Started, run
from workbench.transcription.turns import turns_from_segments

pytestmark = [pytest.mark.model, pytest.mark.slow, pytest.mark.usefixtures("weights")]
LIMIT = 0.25


def script(path):
    """The script of a recording as (voice, words)."""
    lines = path.with_suffix(".txt").read_text("utf-8").splitlines()
    found = [match.groups() for line in lines if (match := re.match(r"([IR]):\s*(.+)", line))]
    assert found, f"no script beside {path}"
    return found


def measure(path, engine):
    began, events = time.monotonic(), []
    run(Request(path, engine=engine), on_event=events.append)
    seconds = time.monotonic() - began
    windows = [w for event in events if isinstance(event, BatchDone) for w in event.windows]
    segments = [s for window in windows for s in window.segments]
    voices = [voice for window in windows for voice in window.voices]
    turns = turns_from_segments(segments, voices=voices)
    rate = word_errors(
        " ".join(text for _voice, text in script(path)), " ".join(t.text for t in turns)
    )
    started = next(event for event in events if isinstance(event, Started))
    length = started.duration_ms / 1000
    print(
        f"{engine:15} {path.parts[-3]:18} {path.name}: {started.language}, WER {rate:.3f}, "
        f"{length:.0f} s in {seconds:.0f} s, real-time factor {seconds / length:.2f}"
    )
    return rate, turns, started.language


def of_project(recordings, name):
    return [path for path in recordings if path.parts[-3] == name]


@pytest.mark.parametrize(
    ("project", "language"), [("mortgage_bank_ru", "ru"), ("coffee_chain_en", "en")]
)
def test_the_fast_engine_on_the_longest_recording(recordings, project, language, capsys):
    """All six recordings are measured by ``python -m benchmarks transcription``; one a language keeps CI short."""
    longest = max(of_project(recordings, project), key=lambda path: probe(path).duration_ms)
    with capsys.disabled():
        print()
        rate, turns, found = measure(longest, "faster-whisper")
    assert rate < LIMIT
    assert found == language
    check_voices(longest, turns)


@pytest.mark.parametrize(
    ("project", "language"), [("mortgage_bank_ru", "ru"), ("coffee_chain_en", "en")]
)
def test_the_reference_engine_on_the_shortest_recording(recordings, project, language, capsys):
    shortest = min(of_project(recordings, project), key=lambda path: probe(path).duration_ms)
    with capsys.disabled():
        print()
        rate, _turns, found = measure(shortest, "openai-whisper")
    assert rate < LIMIT
    assert found == language


def check_voices(path, turns):
    """Interviewer and respondent are told apart: nine words of ten carry the right voice."""
    from difflib import SequenceMatcher

    said = [(word, voice) for voice, text in script(path) for word in plain(text).split()]
    found = [(word, turn.speaker) for turn in turns for word in plain(turn.text).split()]
    matcher = SequenceMatcher(None, [w for w, _ in said], [w for w, _ in found], autojunk=False)
    pairs = [
        (said[a + n][1], found[b + n][1])
        for a, b, size in matcher.get_matching_blocks()
        for n in range(size)
    ]
    right = sum((voice == "I") == (speaker == 0) for voice, speaker in pairs)
    assert {speaker for _word, speaker in found} == {0, 1}
    assert right / len(pairs) > 0.9, (
        f"{path.name}: {right} of {len(pairs)} words have the right voice"
    )
