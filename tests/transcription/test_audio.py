from __future__ import annotations

import wave

import numpy as np
import pytest
from sounds import tone, write_audio

from workbench.errors import TranscriptionError
from workbench.transcription.audio import RATE, decode, probe, stream, stretches

FORMATS = [".wav", ".flac", ".mp3", ".ogg", ".m4a", ".webm", ".mkv", ".aiff", ".aac", ".wma"]


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_is_measured_and_decoded(tmp_path, suffix):
    path = write_audio(tmp_path / f"talk{suffix}", tone(4.0, rate=44_100), rate=44_100)
    info = probe(path)
    assert info.channels == 1
    assert abs(info.duration_ms - 4000) < 150
    samples = decode(path, 0, info.duration_ms)
    assert samples.dtype == np.float32
    assert abs(samples.size - 4 * RATE) < 0.15 * RATE
    assert 0.05 < float(np.sqrt((samples[RATE : 2 * RATE] ** 2).mean())) < 0.5


@pytest.mark.parametrize(
    ("rate", "codec"), [(8_000, "pcm_s16le"), (48_000, "pcm_s24le"), (22_050, "pcm_f32le")]
)
def test_any_rate_and_depth_becomes_16_khz(tmp_path, rate, codec):
    path = write_audio(tmp_path / "talk.wav", tone(2.0, rate=rate), rate=rate, codec=codec)
    assert probe(path).sample_rate == rate
    assert abs(decode(path, 0, 2000).size - 2 * RATE) <= 64


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_stretch_is_the_same_however_it_is_reached(tmp_path, suffix):
    """Seeking, reading on and reading all give the same sound at the same time."""
    clicks = np.zeros(12 * RATE, np.float32)
    for second in range(12):
        clicks[second * RATE + 400 : second * RATE + 1200] = tone(0.05, hz=300 + 50 * second)
    path = write_audio(tmp_path / f"talk{suffix}", clicks)
    whole = np.concatenate([block[0] for block in stream(path)])
    for start, end in [(0, 1500), (4100, 6200), (9000, 11_000)]:
        expected = whole[start * 16 : end * 16]
        read_on = next(iter(stretches(path, [(start, end)])))[0]
        sought = decode(path, start, end)
        assert np.array_equal(read_on, expected)
        assert sought.size == expected.size
        assert np.abs(sought - expected).max() < 0.02


def test_stretches_may_touch_overlap_and_end_behind_the_end(tmp_path):
    path = write_audio(tmp_path / "talk.wav", tone(5.0))
    spans = [(0, 1000), (1000, 3000), (2500, 4000), (4500, 9000)]
    lengths = [piece.shape[1] for piece in stretches(path, spans)]
    assert lengths == [16_000, 32_000, 24_000, 8_000]


def test_stereo_is_kept_apart_when_asked(tmp_path):
    left, right = tone(3.0, hz=150), np.zeros(3 * RATE, np.float32)
    path = write_audio(tmp_path / "talk.wav", np.stack([left, right]))
    assert probe(path).channels == 2
    both = np.concatenate(list(stream(path, channels=2)), axis=1)
    assert both.shape[0] == 2
    assert np.abs(both[0]).max() > 0.2
    assert np.abs(both[1]).max() < 0.001


def _bad_files(folder):
    playlist = (
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://example.org/a.ts\n#EXT-X-ENDLIST\n"
    )
    concat = "ffconcat version 1.0\nfile '/etc/hostname'\n"
    whole = write_audio(folder / "whole.flac", tone(10.0))
    wav = write_audio(folder / "whole.wav", tone(10.0))
    mp4 = write_audio(folder / "whole.m4a", tone(10.0))
    return {
        "recording-missing": [("nothing.mp3", None)],
        "recording-empty": [("empty.wav", b"")],
        "recording-not-audio": [
            ("text.mp3", "Это не запись, а письмо.\n".encode() * 2000),
            ("zeros.mp3", bytes(50_000)),
            ("playlist.mp3", playlist.encode()),
            ("playlist.m3u8", playlist.encode()),
            ("concat.wav", concat.encode()),
            ("header.wav", wav.read_bytes()[:30]),
        ],
        "recording-unfinished": [("no_index.m4a", mp4.read_bytes()[:2000])],
        "recording-truncated": [
            ("half.flac", whole.read_bytes()[: whole.stat().st_size // 2]),
            ("half.wav", wav.read_bytes()[: wav.stat().st_size // 2]),
        ],
    }


def test_bad_recordings_are_named_with_a_remedy(tmp_path):
    for code, files in _bad_files(tmp_path).items():
        for name, content in files:
            path = tmp_path / name
            if content is not None:
                path.write_bytes(content)
            with pytest.raises(TranscriptionError) as caught:
                probe(path)
            assert caught.value.code == code, (name, caught.value.code)
            assert name in caught.value.problem
            assert caught.value.remedy
            assert caught.value.exit_code == 4


def test_a_folder_is_not_a_recording(tmp_path):
    with pytest.raises(TranscriptionError) as caught:
        probe(tmp_path)
    assert caught.value.code == "recording-is-folder"


def test_a_picture_is_not_a_recording(tmp_path):
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    with pytest.raises(TranscriptionError, match=r"picture\.png"):
        probe(path)


def test_a_streamed_wav_without_a_length_is_read_to_its_end(tmp_path):
    """Recorders that stream write a length of 0xFFFFFFFF; that is no truncation."""
    path = tmp_path / "streamed.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes((tone(3.0) * 20_000).astype("<i2").tobytes())
    content = bytearray(path.read_bytes())
    content[4:8] = content[40:44] = b"\xff\xff\xff\xff"
    path.write_bytes(content)
    assert abs(probe(path).duration_ms - 3000) < 50


def test_damage_in_the_middle_keeps_times_right(tmp_path):
    """What cannot be decoded becomes silence, so the words after it keep their place."""
    path = write_audio(tmp_path / "talk.ogg", tone(20.0, rate=48_000), rate=48_000)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 600] = bytes(600)
    path.write_bytes(content)
    total = sum(block.shape[1] for block in stream(path))
    assert total > 15 * RATE
