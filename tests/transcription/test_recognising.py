"""The check behind the fast pass, with a recogniser that says what a test tells it to."""

from __future__ import annotations

import numpy as np
import pytest
from sounds import write_audio

from workbench.transcription import recognising
from workbench.transcription.audio import RATE, decode
from workbench.transcription.engine import Segment, Word
from workbench.transcription.job import BatchDone, Request, Started, run
from workbench.transcription.windows import Window

WINDOW = Window(10_000, 20_000, None, ((10_200, 13_000), (15_000, 19_800)))
SOUND = np.zeros(10 * RATE, np.float32)


def segment(*words, probability=0.9, **signs):
    """A segment as an engine returns it: times count from the window's start."""
    said = tuple(Word(start, end, f" {text}", probability) for text, start, end in words)
    return Segment(said[0].start_ms, said[-1].end_ms, "".join(w.text for w in said), said, **signs)


FIRST = segment(("мы", 200, 1500), ("ждали", 1600, 3000))
SECOND = segment(("целый", 5000, 7000), ("час", 7100, 9800))


class Scripted:
    """Returns prepared attempts and keeps what it was asked."""

    name, rank, batch, at_once = "scripted", 0, 4, 1

    def __init__(self, *attempts, alone=()):
        self.attempts, self.alone, self.asked = attempts, list(alone), []

    def recognise_again(self, samples, *, language, vocabulary="", attempt=0):
        self.asked.append((samples.size * 1000 // RATE, vocabulary, attempt))
        if samples.size < SOUND.size:
            return self.alone.pop(0) if self.alone else []
        return self.attempts[attempt] if attempt < len(self.attempts) else None


def checked(engine, first, vocabulary=""):
    request = Request("a.wav", language="ru", vocabulary=vocabulary)
    task = recognising._Task(request, engine, "ru")
    placed = recognising._placed(first, WINDOW)
    segments, redone = recognising._checked(task, placed, SOUND, WINDOW)
    return [s.text.strip() for s in segments], redone, segments


def test_a_good_window_is_recognised_once():
    engine = Scripted()
    texts, redone, segments = checked(engine, [FIRST, SECOND])
    assert (texts, redone, engine.asked) == (["мы ждали", "целый час"], (), [])
    assert [s.start_ms for s in segments] == [10_200, 15_000]


def test_speech_without_words_is_heard_again_and_the_better_attempt_kept():
    engine = Scripted([FIRST, SECOND])
    texts, redone, _segments = checked(engine, [FIRST])
    assert texts == ["мы ждали", "целый час"]
    assert redone == ("silent",)
    assert [attempt for _ms, _words, attempt in engine.asked] == [0]


def test_repetitions_are_forbidden_only_where_there_are_some():
    loop = segment(*((word, n * 450, n * 450 + 400) for n, word in enumerate(["мы", "ждали"] * 11)))
    silent, looping = Scripted([FIRST], [FIRST]), Scripted([loop], [FIRST, SECOND])
    checked(silent, [FIRST])
    checked(looping, [loop])
    assert max(attempt for _ms, _words, attempt in silent.asked) == 0
    assert max(attempt for _ms, _words, attempt in looping.asked) == 1


def test_what_stays_silent_is_listened_to_alone():
    found = segment(("целый", 250, 2000), ("час", 2100, 4800))
    engine = Scripted([FIRST], alone=[[found]])
    texts, redone, segments = checked(engine, [FIRST])
    assert texts == ["мы ждали", "целый час"]
    assert redone == ("silent",)
    assert segments[1].start_ms == 15_000, "its times count from the recording's start"
    assert engine.asked[-1][0] == 5_250, "the stretch with a little around it, at most to the end"


def test_words_found_alone_that_are_unsure_are_suspected():
    found = segment(("мм", 250, 4800), probability=0.2)
    engine = Scripted([FIRST], alone=[[found]])
    _texts, _redone, segments = checked(engine, [FIRST])
    marked = recognising.mark_suspects(segments, WINDOW.speech)
    assert [s.suspected for s in marked] == [False, True]


def test_a_loop_gives_way_to_an_attempt_without_one():
    loop = segment(*((word, n * 450, n * 450 + 400) for n, word in enumerate(["мы", "ждали"] * 11)))
    texts, redone, _segments = checked(Scripted([loop], [FIRST, SECOND]), [loop])
    assert texts == ["мы ждали", "целый час"]
    assert redone == ("loop",)


def test_another_language_gives_way():
    english = segment(("we", 200, 1500), ("waited", 1600, 3000), ("for an hour", 5000, 9800))
    texts, redone, _segments = checked(Scripted([FIRST, SECOND]), [english])
    assert texts == ["мы ждали", "целый час"]
    assert redone == ("flip",)


def test_leaked_vocabulary_is_left_out_the_second_time():
    brands = "Ашан, Метро, Лента, Дикси"
    leaked = segment(("Ашан, Метро,", 200, 3000), ("Лента, Дикси", 5000, 9800))
    engine = Scripted([FIRST, SECOND])
    texts, redone, _segments = checked(engine, [leaked], vocabulary=brands)
    assert texts == ["мы ждали", "целый час"]
    assert redone == ("leak",)
    assert engine.asked[0][1] == ""


def test_one_stretch_is_cut_into_windows_whisper_can_hear():
    windows = recognising._windows_of((5_000, 80_000))
    assert [(w.start_ms, w.end_ms) for w in windows] == [
        (5_000, 30_000),
        (30_000, 55_000),
        (55_000, 80_000),
    ]
    assert len(recognising._windows_of((0, 30_000))) == 1


@pytest.fixture
def russian(recordings, tmp_path):
    source = next(p for p in recordings if "_ru" in str(p))
    return write_audio(tmp_path / "ru.flac", decode(source, 0, 14_000))


@pytest.mark.model
@pytest.mark.usefixtures("weights")
def test_a_wrong_language_is_noticed(russian):
    events = []
    run(Request(russian, language="en"), on_event=events.append)
    started = next(e for e in events if isinstance(e, Started))
    assert (started.language, started.heard) == ("en", "ru")


@pytest.mark.model
@pytest.mark.usefixtures("weights")
@pytest.mark.parametrize("engine", ["faster-whisper", "openai-whisper"])
def test_one_stretch_is_recognised_alone(russian, engine):
    events = []
    request = Request(russian, engine=engine, language="ru", only=(4_000, 11_000))
    run(request, on_event=events.append)
    (batch,) = [e for e in events if isinstance(e, BatchDone)]
    (window,) = batch.windows
    words = [w for s in window.segments for w in s.words]
    assert len(words) > 5
    assert all(4_000 <= w.start_ms <= w.end_ms <= 11_000 for w in words)
