"""Cutting a recording at pauses into windows of at most 30 seconds, the same ones in every run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.transcription.audio import Samples
from workbench.transcription.vad import FRAME_MS

LONGEST_MS = 30_000
"""Whisper hears 30 seconds at a time; a longer window would be cut blindly."""

_SPEECH = 0.5  # Silero's own threshold for the start of speech …
_SILENCE = 0.35  # … and for its end
_PAUSE_MS = 160  # shorter gaps lie inside words
_BLIP_MS = 96  # shorter speech is a click
_PAD_MS = 300  # soft first and last sounds lie outside what the model calls speech
_GAP_MS = 5_000  # a longer silence ends a window: Whisper invents text in long silences
_FULL_MS = 26_000  # from here on the longest pause is looked for: windows nearly full cost less (a tenth of an hour's work beside 22 s)


@dataclass(frozen=True)
class Window:
    """A stretch of a recording that is recognised at one go.

    Attributes:
        channel: the channel that is listened to, when each holds one voice; None for the mixed sound.
        speech: ``(start_ms, end_ms)`` of each stretch of speech in it, counted from the recording's start.
    """

    start_ms: int
    end_ms: int
    channel: int | None = None
    speech: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Span:
    """Speech without a pause."""

    start_ms: int
    end_ms: int


def cut_windows(
    probabilities: Samples, *, duration_ms: int, channel: int | None = None
) -> list[Window]:
    """Cut a recording into windows, given how likely each 32 ms of it is speech."""
    spans: list[Span] = []
    for span in speech_spans(probabilities):
        spans.extend(_shortened(span, probabilities))
    windows: list[Window] = []
    first = 0
    while first < len(spans):
        after = _next_cut(spans, first)
        start = _padded_start(spans, first)
        end = min(_padded_end(spans, after - 1), duration_ms)
        if end > start:
            speech = tuple((s.start_ms, min(s.end_ms, duration_ms)) for s in spans[first:after])
            windows.append(Window(start, end, channel, speech))
        first = after
    return windows


def batches(windows: Sequence[Window], size: int) -> list[list[tuple[int, Window]]]:
    """Group windows, with their numbers, into those recognised together: the same ones in every run."""
    numbered = list(enumerate(windows))
    return [numbered[first : first + size] for first in range(0, len(numbered), size)]


def speech_spans(probabilities: Samples) -> list[Span]:
    """Return the stretches of speech between pauses."""
    spans: list[Span] = []
    start: int | None = None
    quiet: int | None = None
    pause = _PAUSE_MS // FRAME_MS
    for frame, probability in enumerate(probabilities.tolist()):
        if start is None:
            start = frame if probability >= _SPEECH else None
        elif probability >= _SPEECH:
            quiet = None
        elif probability < _SILENCE or quiet is not None:
            quiet = frame if quiet is None else quiet
            if frame - quiet + 1 >= pause:
                spans.append(Span(start * FRAME_MS, quiet * FRAME_MS))
                start = quiet = None
    if start is not None:
        end = quiet if quiet is not None else len(probabilities)
        spans.append(Span(start * FRAME_MS, end * FRAME_MS))
    return [span for span in spans if span.end_ms - span.start_ms >= _BLIP_MS]


def _shortened(span: Span, probabilities: Samples) -> list[Span]:
    """Cut speech without a pause that is longer than a window where it is least like speech."""
    longest = LONGEST_MS - 2 * _PAD_MS
    parts: list[Span] = []
    start = span.start_ms
    while span.end_ms - start > longest:
        low, high = (start + _FULL_MS) // FRAME_MS, (start + longest) // FRAME_MS
        cut = (low + int(probabilities[low:high].argmin())) * FRAME_MS
        parts.append(Span(start, cut))
        start = cut
    return [*parts, Span(start, span.end_ms)]


def _next_cut(spans: list[Span], first: int) -> int:
    """Return the number of the span that starts the next window."""
    start = _padded_start(spans, first)
    after = first + 1
    while after < len(spans):
        if spans[after].start_ms - spans[after - 1].end_ms > _GAP_MS:
            return after
        if _padded_end(spans, after) - start > LONGEST_MS:
            break
        after += 1
    if after == len(spans):
        return after
    candidates = [n for n in range(first + 1, after + 1) if spans[n - 1].end_ms - start >= _FULL_MS]
    if not candidates:
        return after
    return max(candidates, key=lambda n: (spans[n].start_ms - spans[n - 1].end_ms, n))


def _padded_start(spans: list[Span], number: int) -> int:
    """Return where a window that begins with this span starts: at most half the pause before it."""
    before = spans[number - 1].end_ms if number else 0
    gap = spans[number].start_ms - before
    return spans[number].start_ms - min(_PAD_MS, gap // 2 if number else gap)


def _padded_end(spans: list[Span], number: int) -> int:
    """Return where a window that ends with this span ends."""
    if number + 1 == len(spans):
        return spans[number].end_ms + _PAD_MS
    gap = spans[number + 1].start_ms - spans[number].end_ms
    return spans[number].end_ms + min(_PAD_MS, gap // 2)
