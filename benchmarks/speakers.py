"""Speakers: who says each word of the sample interviews, and the diarization error rate where the truth is exact.

The error rate is that of ``_speaker_error``: overlap counts. The answer is the speech that voice activity heard, each
moment given to the speaker of the nearest word; so it holds the errors of voice activity, of word times and of voices.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks._dialogues import ASKS, dialogue, interjections, phrases, speakers_of_words
from benchmarks._recordings import REAL_SPEECH, SAMPLES, read
from benchmarks._sounds import RATE
from benchmarks._speaker_error import Speech, speaker_error
from benchmarks.figures import Figure
from workbench.transcription import voiceprints
from workbench.transcription.acoustics import with_pitch
from workbench.transcription.diarization import Voices
from workbench.transcription.engine import Segment
from workbench.transcription.job import BatchDone, Request
from workbench.transcription.job import run as transcribe
from workbench.transcription.turns import RecognisedTurn, speaker_prints, turns_from_segments

TELEPHONE = REAL_SPEECH / "two_speakers" / "pyannote_sample.wav"

_SYNTHETIC, _TELEPHONE, _RIGHT = 10.0, 25.0, 98.0
_COLLAR_S = 0.25
_STEP_MS = 20
_SPEED = 0.04  # of real time


@dataclass(frozen=True)
class _Heard:
    """What the workbench makes of a recording."""

    path: Path
    segments: list[Segment]
    voices: Voices
    speech: list[tuple[int, int]]

    def turns(self) -> list[RecognisedTurn]:
        """Tell the voices apart as the workbench does."""
        return turns_from_segments(self.segments, voices=self.voices)

    def turns_by_pitch(self) -> list[RecognisedTurn]:
        """Tell the voices apart as without the extra."""
        return turns_from_segments(with_pitch(self.segments, read(self.path)))


def run(quick: bool) -> Iterator[Figure]:
    """Recognise sample interviews, dialogues made of them, and a telephone call (one language when ``quick``)."""
    reason = voiceprints.available()
    if reason is not None:
        yield Figure("skipped", 0, "", None, f"{reason}: pip install 'qual-workbench[speakers]'")
        return
    prints: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for language in ("en",) if quick else ("ru", "en"):
            for path in sorted(SAMPLES[language].glob("*.ogg"))[: 1 if quick else None]:
                heard = _listen(path, language)
                yield from _right(path, language, heard, prints)
                if path.stem == "interview_01":
                    yield from _dialogues(Path(folder), path, language, heard)
    if len(prints) > 1:
        yield from _alike(prints)
    yield from _telephone()
    yield from _speed()


def _right(
    path: Path, language: str, heard: _Heard, prints: dict[str, dict[str, str]]
) -> Iterator[Figure]:
    """Compare the speaker of each word with the script."""
    for how, turns in (("prints", heard.turns()), ("pitch", heard.turns_by_pitch())):
        words = [
            (turn.text[word.start : word.end], turn.speaker)
            for turn in turns
            for word in turn.words
        ]
        who = speakers_of_words(path.with_suffix(".txt"), [text for text, _n in words], language)
        right = sum((words[n][1] == 0) == (said == ASKS) for n, said in who.items())
        yield Figure(
            f"{language} {path.stem}: speakers by {how}",
            100 * right / max(1, len(who)),
            "% of words",
            _RIGHT if how == "prints" else None,
            f"{len(who)} words that are found in the script, {len(turns)} turns",
            at_most=False,
        )
    voices = speaker_prints(heard.turns(), heard.voices)
    if set(voices) == {0, 1}:
        prints[f"{language} {path.stem}"] = {"asks": voices[0], "answers": voices[1]}


def _dialogues(folder: Path, path: Path, language: str, heard: _Heard) -> Iterator[Figure]:
    """Dialogues cut out of an interview: the truth is exact."""
    parts = phrases(path, heard.segments, language)
    between = interjections(path, heard.segments, language)
    kinds = [("dialogue", False)]
    if language == "en":
        # in the Russian sample one voice speaks both parts at two pitches: evened out, nothing is left
        kinds.append(("dialogue, one pitch", True))
    for name, even in kinds:
        target = folder / f"{language}-{even}.wav"
        truth, seconds = dialogue(target, parts, between, even=even)
        answer = _listen(target, language)
        what = f"{len(truth)} phrases, {seconds:.0f} s, gaps of 0.1 to 1 s, words put in"
        yield from _errors(f"{language} {name}", truth, answer, _SYNTHETIC, what)


def _telephone() -> Iterator[Figure]:
    """A real call of two people."""
    truth_path = TELEPHONE.with_suffix(".rttm")
    if not truth_path.is_file():
        yield Figure("telephone: skipped", 0, "", None, f"{TELEPHONE} is not there")
        return
    rows = [line.split() for line in truth_path.read_text(encoding="utf-8").splitlines()]
    truth = [(float(row[3]), float(row[3]) + float(row[4]), row[7]) for row in rows]
    heard = _listen(TELEPHONE, "en")
    yield from _errors("telephone", truth, heard, _TELEPHONE, "30 s, two people, with overlap")


def _errors(name: str, truth: Speech, heard: _Heard, target: float, what: str) -> Iterator[Figure]:
    """Print the error rate with and without collar, and without prints."""
    by_print = _answer(heard.speech, heard.turns())
    error = speaker_error(truth, by_print)
    parts = f"missed {error.missed:.1f} s, invented {error.invented:.1f} s, confused {error.confused:.1f} s"
    yield Figure(
        f"{name}: error",
        100 * error.rate,
        "%",
        target,
        f"{what}; no collar; {parts} of {error.speech:.0f} s",
    )
    rate = speaker_error(truth, by_print, collar=_COLLAR_S).rate
    yield Figure(f"{name}: error, collar 0.25 s", 100 * rate, "%", None, "the same")
    rate = speaker_error(truth, _answer(heard.speech, heard.turns_by_pitch())).rate
    yield Figure(
        f"{name}: error by pitch", 100 * rate, "%", None, "the same without the extra; no collar"
    )


def _alike(prints: dict[str, dict[str, str]]) -> Iterator[Figure]:
    """Say how alike one interviewer is in several recordings, and how alike he is to those who answer."""
    for language in ("ru", "en"):
        mine = {name: both for name, both in prints.items() if name.startswith(language)}
        same = [
            voiceprints.likeness(a["asks"], b["asks"])
            for x, a in mine.items()
            for y, b in mine.items()
            if x < y
        ]
        other = [
            voiceprints.likeness(a["asks"], b["answers"])
            for a in mine.values()
            for b in mine.values()
        ]
        if same:
            how = "mean prints of whole recordings; he is recognised from 0.6 on"
            yield Figure(
                f"{language}: one interviewer, least likeness",
                min(same),
                "",
                0.6,
                how,
                at_most=False,
            )
            yield Figure(f"{language}: he and others, most likeness", max(other), "", 0.6, how)


def _speed() -> Iterator[Figure]:
    """Measure voices all along half a minute of speech."""
    sound = read(SAMPLES["en"] / "interview_01.ogg")[: 30 * RATE]
    how = "30 s of speech without a pause, best of three"
    for threads in (1, 2):
        printer = voiceprints.Voiceprinter(threads=threads)
        printer.measure(sound, [(0, 30_000)])
        wall, processor = [], []
        for _round in range(3):
            began, busy = time.perf_counter(), time.process_time()
            printer.measure(sound, [(0, 30_000)])
            wall.append((time.perf_counter() - began) / 30)
            processor.append((time.process_time() - busy) / 30)
        name = f"prints, {threads} thread{'s' * (threads > 1)}"
        yield Figure(f"{name}: processor time", min(processor), "of real time", _SPEED, how)
        yield Figure(f"{name}: time", min(wall), "of real time", None, how)


def _listen(path: Path, language: str) -> _Heard:
    """Let the workbench recognise a recording."""
    windows = []

    def keep(event: object) -> None:
        if isinstance(event, BatchDone):
            windows.extend(event.windows)

    transcribe(Request(path=path, model="base", language=language), on_event=keep)
    windows.sort(key=lambda window: window.ordinal)
    return _Heard(
        path,
        [segment for window in windows for segment in window.segments],
        [voice for window in windows for voice in window.voices],
        [stretch for window in windows for stretch in window.speech],
    )


def _answer(speech: Sequence[tuple[int, int]], turns: Sequence[RecognisedTurn]) -> Speech:
    """Give each moment of speech to the speaker of the nearest word."""
    words = [(word.start_ms, word.end_ms, turn.speaker) for turn in turns for word in turn.words]
    starts = np.array([start for start, _end, _who in words])
    ends = np.array([end for _start, end, _who in words])
    found: list[tuple[float, float, str]] = []
    for start, end in speech:
        for at in range(start, end, _STEP_MS):
            until = min(at + _STEP_MS, end)
            middle = (at + until) / 2
            nearest = int(np.maximum(np.maximum(starts - middle, middle - ends), 0).argmin())
            who = str(words[nearest][2])
            if found and found[-1][1:] == (at / 1000, who):
                found[-1] = (found[-1][0], until / 1000, who)
            else:
                found.append((at / 1000, until / 1000, who))
    return found
