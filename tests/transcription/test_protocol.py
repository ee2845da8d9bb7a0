from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.transcription import protocol
from workbench.transcription.engine import Segment, Word
from workbench.transcription.protocol import (
    BatchDone,
    Failed,
    Finished,
    Listening,
    Progress,
    Request,
    Started,
    WindowDone,
)
from workbench.transcription.windows import Window

texts = st.text(max_size=20)
times = st.integers(0, 10**8)
numbers = st.floats(-100, 100)
words = st.builds(
    Word, times, times, texts, st.floats(0, 1), st.sampled_from([None, 0, 1]), st.none() | numbers
)
segments = st.builds(
    Segment,
    times,
    times,
    texts,
    st.lists(words, max_size=3).map(tuple),
    numbers,
    numbers,
    numbers,
    st.booleans(),
)
spans = st.lists(st.tuples(times, times), max_size=3).map(tuple)
windows = st.lists(
    st.builds(Window, times, times, st.sampled_from([None, 0, 1]), spans), max_size=3
).map(tuple)
recognised = st.builds(
    WindowDone,
    times,
    times,
    times,
    st.lists(segments, max_size=3).map(tuple),
    st.lists(texts, max_size=2).map(tuple),
    st.lists(st.tuples(times, times, texts), max_size=3).map(tuple),
    spans,
)
events = st.one_of(
    st.builds(Listening, times, times),
    st.builds(Started, texts, texts, times, windows, st.none() | texts, st.none() | texts),
    st.builds(BatchDone, st.lists(recognised, max_size=3).map(tuple)),
    st.builds(Progress, times, times, numbers, st.none() | numbers),
    st.builds(Finished, st.none() | texts, numbers),
    st.builds(Failed, texts, texts, texts, st.dictionaries(texts, texts, max_size=3)),
)
requests = st.builds(
    Request, texts.filter(lambda t: "\0" not in t).map(lambda t: Path("a") / t.replace("/", "")), texts, texts,
    st.sampled_from([None, "ru"]), texts, times, texts, times,
    st.frozensets(times, max_size=5), st.none() | st.tuples(times, times),
)  # fmt: skip


@given(events)
def test_events_survive_the_pipe_on_one_line(event):
    line = protocol.event_to_line(event)
    assert len(line.split("\n")) == 1
    assert protocol.event_from_line(line) == event


@given(requests)
def test_requests_survive_the_pipe_on_one_line(request):
    line = protocol.request_to_line(request)
    assert len(line.split("\n")) == 1
    assert protocol.request_from_line(line) == request


@given(segments)
def test_segments_survive_being_stored(segment):
    assert protocol.segment_from_dict(protocol.segment_to_dict(segment)) == segment


@pytest.mark.parametrize(
    "line", ["", "{", "[]", "3", "null", '{"event": "Nothing"}', '{"event": "Finished"}']
)
def test_a_broken_line_is_no_event(line):
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        protocol.event_from_line(line)
