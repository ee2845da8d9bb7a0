from __future__ import annotations

import json

import numpy as np
import pytest
from sounds import write_audio
from wer import word_errors

from workbench.transcription.audio import RATE, decode, probe
from workbench.transcription.job import BatchDone, Request, Started, run
from workbench.transcription.turns import turns_from_segments

pytestmark = [pytest.mark.model, pytest.mark.usefixtures("weights")]
ENGINES = ["faster-whisper", "openai-whisper"]
# The references spell numbers, Whisper writes digits; both are right.
NUMBERS = {"шестьдесят тысяч": "60 тысяч", "две тысячи тринадцать": "2013", "пятнадцатый": "15"}
JFK = "And so my fellow Americans ask not what your country can do for you, ask what you can do for your country."


def transcribe(path, **options):
    events = []
    run(Request(path, **options), on_event=events.append)
    windows = [w for event in events if isinstance(event, BatchDone) for w in event.windows]
    segments = [s for window in windows for s in window.segments]
    voices = [voice for window in windows for voice in window.voices]
    return turns_from_segments(segments, voices=voices), next(
        e for e in events if isinstance(e, Started)
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_a_president(shared_audio, engine):
    path = shared_audio / "en" / "jfk.flac"
    turns, started = transcribe(path, engine=engine)
    found = " ".join(turn.text for turn in turns)
    rate = word_errors(JFK, found)
    print(f"\n{engine} jfk.flac WER {rate:.3f}: {found}")
    assert started.language == "en"
    assert rate < 0.25
    words = [word for turn in turns for word in turn.words]
    assert len(words) == 22
    lengths = [word.end_ms - word.start_ms for word in words]
    assert min(lengths) >= 0
    assert max(lengths) < 2500
    assert words[-1].end_ms <= probe(path).duration_ms + 500
    assert np.mean([word.probability for word in words]) > 0.7


@pytest.mark.parametrize("engine", ENGINES)
def test_eight_russian_speakers(shared_audio, engine, tmp_path):
    """Short commands by many voices; joined by silence, so that the engine is loaded once."""
    clips = json.loads((shared_audio / "ru_golos" / "manifest.json").read_text("utf-8"))
    clips = [clip for clip in clips if (shared_audio / "ru_golos" / clip["filename"]).is_file()]
    sounds = []
    for clip in clips:
        path = shared_audio / "ru_golos" / clip["filename"]
        sounds += [decode(path, 0, probe(path).duration_ms), np.zeros(6 * RATE, np.float32)]
    joined = write_audio(tmp_path / "golos.flac", np.concatenate(sounds))
    turns, _started = transcribe(joined, engine=engine, language="ru")
    said = " ".join(clip["reference"] for clip in clips)
    for spelled, digits in NUMBERS.items():
        said = said.replace(spelled, digits)
    rate = word_errors(said, " ".join(turn.text for turn in turns))
    print(f"\n{engine} golos, {len(clips)} clips, WER {rate:.3f}")
    assert rate < 0.45


def test_one_voice_a_channel_gives_exact_speakers(recordings, tmp_path):
    """The interviewer's question on the left channel, the answer on the right one."""
    source = next(p for p in recordings if "_en" in str(p))
    question, answer = decode(source, 500, 10_500), decode(source, 11_600, 26_500)
    left = np.concatenate([question, np.zeros_like(answer)])
    right = np.concatenate([np.zeros_like(question), answer])
    turns, _started = transcribe(write_audio(tmp_path / "call.flac", np.stack([left, right])))
    assert [turn.speaker for turn in turns] == [0, 1]
    assert turns[0].end_ms <= 10_500
    assert turns[1].start_ms >= 9_900


@pytest.mark.parametrize("engine", ENGINES)
def test_vocabulary_reaches_the_engine(shared_audio, engine):
    path = shared_audio / "en" / "fw_hotwords.mp3"
    turns, _started = transcribe(path, engine=engine, language="en", vocabulary="ComfyUI")
    text = " ".join(turn.text for turn in turns)
    print(f"\n{engine}: {text}")
    assert "ComfyUI" in text
