"""From a recording to recognised windows: listen, recognise in batches, check, and recognise again what came out wrong."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, as_completed, wait
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.transcription import acoustics, checking, voiceprints
from workbench.transcription.audio import RATE, Samples, decode, stretches
from workbench.transcription.engine import Engine, Segment, choose_engine
from workbench.transcription.listening import Listened, listen
from workbench.transcription.models import model_to_load
from workbench.transcription.protocol import (
    BatchDone,
    Event,
    Finished,
    Listening,
    Progress,
    Request,
    Started,
    WindowDone,
)
from workbench.transcription.suspects import mark_suspects
from workbench.transcription.threads import core_count
from workbench.transcription.voiceprints import Voiceprinter
from workbench.transcription.windows import LONGEST_MS, Window, batches

Send = Callable[[Event], None]
Voices = tuple[tuple[int, int, str], ...]
Measure = Callable[[Samples, Window], Future[Voices]]
Batch = list[tuple[int, Window]]

_LANGUAGE_WINDOWS = 3  # a greeting in another language must not decide alone
_SURELY = 0.8  # so likely must another language be before the one that was asked for is doubted
_BOTH = 2
_STRETCH_PAD_MS = 250  # a stretch without words is heard once more with a little around it
_UNSURE_STRETCH = (
    0.4  # words found only at the last attempt are believed when they are surer than this
)


@dataclass(frozen=True)
class _Task:
    """What every window of a run is recognised with."""

    request: Request
    engine: Engine
    language: str


def transcribe(request: Request, send: Send) -> None:
    """Do what a request asks for, and send what comes of it, window by window."""
    began = time.monotonic()
    heard, engine, printer = _prepared(request, send)
    language, other = _language(request, heard.windows, engine)
    send(Started(engine.name, request.model, heard.duration_ms, heard.windows, language, other))
    task = _Task(request, engine, language or "en")
    if request.only is None:
        measure = _voice_measure(printer) if printer and heard.channels != _BOTH else None
        _recognise_all(task, heard, measure, send)
    else:
        send(BatchDone(tuple(_carefully(task, n, w) for n, w in enumerate(heard.windows))))
    send(Finished(language, round(time.monotonic() - began, 2)))


def _prepared(request: Request, send: Send) -> tuple[Listened, Engine, Future[Voiceprinter] | None]:
    """Listen through the recording while the models are loaded: each keeps one processor core busy."""
    pool = ThreadPoolExecutor(1, thread_name_prefix="loading")
    loading = pool.submit(_loaded_engine, request)
    printer = None
    if request.only is None and request.speakers != 1 and voiceprints.available() is None:
        # beside the recogniser, which on two cores keeps 1.6 of them busy, half of the cores are enough
        threads = max(1, (request.threads or core_count()) // 2)
        printer = pool.submit(Voiceprinter, threads=threads)
    pool.shutdown(wait=False)
    if request.only is None:
        heard = listen(request.path, told=lambda done, total: send(Listening(done, total)))
    else:
        start, end = request.only
        heard = Listened(_windows_of(request.only), end - start, 1)
    return heard, loading.result(), printer


def _loaded_engine(request: Request) -> Engine:
    """Return the engine with its model."""
    engine = choose_engine(request.engine, model=request.model)
    model = model_to_load(
        request.model, engine.name, language=request.language, device=request.device
    )
    if isinstance(model, Path):
        os.environ["HF_HUB_OFFLINE"] = "1"
    threads = request.threads or core_count()
    engine.load(model, device=request.device, threads=threads, alone=request.only is not None)
    return engine


def _windows_of(only: tuple[int, int]) -> tuple[Window, ...]:
    """Cut one stretch into windows of equal length that Whisper can hear."""
    start, end = only
    count = -(-(end - start) // LONGEST_MS)
    step = (end - start) / max(count, 1)
    return tuple(
        Window(round(start + n * step), round(start + (n + 1) * step)) for n in range(count)
    )


def _language(
    request: Request, windows: Sequence[Window], engine: Engine
) -> tuple[str | None, str | None]:
    """Return the language to recognise, and another one that is surely spoken instead.

    Without speech there is no language.
    """
    if not windows:
        return None, None
    first = windows[:_LANGUAGE_WINDOWS]
    if request.language is None:
        return _heard_language(request.path, first, engine)[0], None
    # one window tells a right order; only a wrong one costs three
    longest = max(first, key=lambda window: window.end_ms - window.start_ms)
    heard, share = _heard_language(request.path, [longest], engine)
    if heard != request.language and share > _SURELY:
        heard, share = _heard_language(request.path, first, engine)
        if heard != request.language and share > _SURELY:
            return request.language, heard
    return request.language, None


def _heard_language(path: Path, windows: Sequence[Window], engine: Engine) -> tuple[str, float]:
    """Return the likeliest language of some windows and how likely it is."""
    sums: dict[str, float] = {}
    spans = [(window.start_ms, window.end_ms) for window in windows]
    for samples in stretches(path, spans):
        for code, probability in engine.detect_language(samples[0]).items():
            sums[code] = sums.get(code, 0.0) + probability / len(windows)
    best = max(sorted(sums), key=lambda code: sums[code])
    return best, sums[best]


def _recognise_all(task: _Task, heard: Listened, measure: Measure | None, send: Send) -> None:
    """Recognise the windows that are not done yet, and send each batch as soon as it is done."""
    todo = [
        [(n, window) for n, window in batch if n not in task.request.skip_windows]
        for batch in batches(heard.windows, task.engine.batch)
    ]
    todo = [batch for batch in todo if batch]
    left_ms = sum(_length(window) for batch in todo for _n, window in batch)
    began, done_ms, place = time.monotonic(), 0, 0
    for done in _at_once(task, _sounds(task.request.path, todo, heard.channels), measure):
        send(BatchDone(done))
        spent_ms = sum(_length(window) for window in done)
        done_ms, left_ms = done_ms + spent_ms, left_ms - spent_ms
        speed = done_ms / 1000 / max(time.monotonic() - began, 1e-3)
        place = max(place, *(window.end_ms for window in done)) if left_ms else heard.duration_ms
        send(Progress(place, heard.duration_ms, round(speed, 2), round(left_ms / 1000 / speed, 1)))


def _length(window: Window | WindowDone) -> int:
    return window.end_ms - window.start_ms


def _at_once(
    task: _Task, sounds: Iterator[tuple[Batch, list[Samples]]], measure: Measure | None
) -> Iterator[tuple[WindowDone, ...]]:
    """Yield the batches in the order they are done; as many are worked on as the engine can, one more waits."""
    under_way: set[Future[tuple[WindowDone, ...]]] = set()
    pool = ThreadPoolExecutor(task.engine.at_once, thread_name_prefix="recognising")
    try:
        for batch, heard in sounds:
            under_way.add(pool.submit(_recognised, task, batch, heard, measure))
            if len(under_way) > task.engine.at_once:
                done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        yield from (future.result() for future in as_completed(under_way))
    finally:  # a trouble is told at once: the parent ends this process, whatever is still under way
        pool.shutdown(wait=False, cancel_futures=True)


def _sounds(path: Path, todo: list[Batch], channels: int) -> Iterator[tuple[Batch, list[Samples]]]:
    """Yield each batch with the mono sound of its windows, in one pass over the recording."""
    spans = [(window.start_ms, window.end_ms) for batch in todo for _n, window in batch]
    sounds = stretches(path, spans, channels=channels)
    for batch in todo:
        yield (
            batch,
            [
                sound[window.channel or 0]
                for (_n, window), sound in zip(batch, sounds, strict=False)
            ],
        )


def _voice_measure(printer: Future[Voiceprinter]) -> Measure:
    """Return what measures the voices of a window while others are recognised."""
    pool = ThreadPoolExecutor(1, thread_name_prefix="voices")

    def measured(sound: Samples, window: Window) -> Voices:
        speech = [(start - window.start_ms, end - window.start_ms) for start, end in window.speech]
        return tuple(
            (window.start_ms + start, window.start_ms + end, voice)
            for start, end, voice in printer.result().measure(sound, speech)
        )

    return lambda sound, window: pool.submit(measured, sound, window)


def _recognised(
    task: _Task, batch: Batch, sounds: list[Samples], measure: Measure | None
) -> tuple[WindowDone, ...]:
    """Return the windows of a batch, each checked."""
    request, engine = task.request, task.engine
    windows = []
    voices = [
        measure(sound, window) if measure else None
        for (_n, window), sound in zip(batch, sounds, strict=True)
    ]
    found = engine.recognise(sounds, language=task.language, vocabulary=request.vocabulary)
    for (ordinal, window), sound, raw, heard in zip(batch, sounds, found, voices, strict=True):
        first = _placed(raw, window)
        segments, redone = _checked(task, first, sound, window)
        if heard is None and request.speakers != 1 and window.channel is None:
            segments = _with_pitch(segments, sound, window)
        segments = mark_suspects(segments, window.speech)
        prints = heard.result() if heard is not None else ()
        spans = (window.start_ms, window.end_ms)
        windows.append(WindowDone(ordinal, *spans, tuple(segments), redone, prints, window.speech))
    return tuple(windows)


def _checked(
    task: _Task, first: list[Segment], sound: Samples, window: Window
) -> tuple[list[Segment], tuple[str, ...]]:
    """Recognise a window again while something is wrong with it; return the best attempt and what was wrong."""
    words = task.request.vocabulary
    judged = {"language": task.language, "vocabulary": words}
    redone = checking.troubles(first, window.speech, **judged)
    # a vocabulary that came back as text is left out, the next time
    primed = "" if checking.LEAK in redone else words
    best, attempt = first, 0
    while wrong := checking.troubles(best, window.speech, **judged):
        if attempt and checking.LOOP not in wrong:
            break  # the further attempts forbid repetitions, which costs words that were right
        raw = task.engine.recognise_again(
            sound, language=task.language, vocabulary=primed, attempt=attempt
        )
        if raw is None:
            break
        again, attempt = _placed(raw, window), attempt + 1
        if checking.is_better(again, best, window.speech, **judged):
            best = again
    if checking.SILENT in redone:
        best = _filled(task, best, sound, window)
    return best, redone


def _filled(task: _Task, segments: list[Segment], sound: Samples, window: Window) -> list[Segment]:
    """Listen to each stretch of speech that still has no words by itself."""
    added: list[Segment] = []
    for start, end in checking.without_words(window.speech, segments):
        part = Window(
            max(window.start_ms, start - _STRETCH_PAD_MS),
            min(window.end_ms, end + _STRETCH_PAD_MS),
        )
        cut = sound[_at(part.start_ms - window.start_ms) : _at(part.end_ms - window.start_ms)]
        raw = task.engine.recognise_again(cut, language=task.language, attempt=0) or []
        added += [_believed(s) for s in _placed(raw, part, window.channel) if s.text.strip()]
    return sorted([*segments, *added], key=lambda segment: segment.start_ms) if added else segments


def _believed(segment: Segment) -> Segment:
    """Make what was found only at the last attempt a silent one's when it is not sure of itself."""
    if checking.sureness([segment]) >= _UNSURE_STRETCH:
        return segment
    return replace(segment, no_speech_prob=1.0, avg_logprob=-2.0)


def _carefully(task: _Task, ordinal: int, window: Window) -> WindowDone:
    """Recognise one stretch alone and with care, as a person asked for it."""
    sound = decode(task.request.path, window.start_ms, window.end_ms)
    raw = task.engine.recognise_again(
        sound, language=task.language, vocabulary=task.request.vocabulary, attempt=0
    )
    segments, redone = _checked(task, _placed(raw or [], window), sound, window)
    marked = mark_suspects(segments)
    return WindowDone(ordinal, window.start_ms, window.end_ms, tuple(marked), redone)


def _at(ms: int) -> int:
    return ms * RATE // 1000


def _with_pitch(segments: list[Segment], sound: Samples, window: Window) -> list[Segment]:
    """Give each word its pitch: voices are told apart by it where nothing better is installed."""
    back = [_shifted(segment, -window.start_ms) for segment in segments]
    return [_shifted(s, window.start_ms) for s in acoustics.with_pitch(back, sound)]


def _shifted(segment: Segment, ms: int) -> Segment:
    return replace(
        segment,
        start_ms=segment.start_ms + ms,
        end_ms=segment.end_ms + ms,
        words=tuple(
            replace(word, start_ms=word.start_ms + ms, end_ms=word.end_ms + ms)
            for word in segment.words
        ),
    )


def _placed(
    segments: Sequence[Segment], window: Window, channel: int | None = None
) -> list[Segment]:
    """Count times from the recording's start, keep them inside the window, and name the channel."""
    channel = window.channel if channel is None else channel

    def at(ms: int) -> int:
        return window.start_ms + min(max(0, ms), window.end_ms - window.start_ms)

    return [
        replace(
            segment,
            start_ms=at(segment.start_ms),
            end_ms=at(segment.end_ms),
            words=tuple(
                replace(word, start_ms=at(word.start_ms), end_ms=at(word.end_ms), channel=channel)
                for word in segment.words
            ),
        )
        for segment in segments
        if segment.text.strip()
    ]
