"""Recordings that are not what they seem: a clear error or the right sound, never a half that looks whole."""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
import sys
import wave
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from sounds import tone, write_audio

from workbench.errors import TranscriptionError
from workbench.transcription.audio import RATE, decode, probe, stream

ROOT = Path(__file__).parents[2]


def sound(path: Path) -> np.ndarray:
    """All of a recording, as the recogniser hears it."""
    return np.concatenate([block[0] for block in stream(path)])


def pitch(samples: np.ndarray) -> float:
    """The loudest frequency, in Hz."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(samples.size)))
    return float(np.argmax(spectrum[20:]) + 20) * RATE / samples.size


def heard(path: Path, *, ms: int, hz: float, near: int = 120) -> np.ndarray:
    """Probe and decode, and hold the length and the tone against what was recorded."""
    info = probe(path)
    samples = sound(path)
    assert abs(info.duration_ms - ms) <= near, info
    assert abs(samples.size * 1000 / RATE - ms) <= near
    middle = samples.size // 2
    assert abs(pitch(samples[middle - RATE // 2 : middle + RATE // 2]) - hz) <= 3
    assert 0.02 < float(np.sqrt((samples**2).mean())) < 0.5
    return samples


def refused(path: Path) -> str:
    """What a recording is refused with; the sentence names the file and the remedy is not empty."""
    with pytest.raises(TranscriptionError) as caught:
        probe(path)
    assert path.name in caught.value.problem
    assert caught.value.remedy
    return caught.value.code


def encoded(
    path: Path, codec: str, samples: np.ndarray, *, rate: int, layout: str = "mono", **container
) -> Path:
    samples = np.atleast_2d(samples).astype(np.float32)
    with av.open(str(path), "w", **container) as file:
        out = file.add_stream(codec, rate=rate, layout=layout)
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(samples), format="fltp", layout=layout
        )
        frame.sample_rate, frame.pts = rate, 0
        for packet in (*out.encode(frame), *out.encode(None)):
            file.mux(packet)
    return path


def film(path: Path, picture: str, codec: str, *, seconds: int = 4, sound_s: float = 4.0) -> Path:
    """Pictures with or without a tone of 300 Hz."""
    rate = 48_000 if codec == "libopus" else 44_100
    with av.open(str(path), "w") as file:
        video = file.add_stream(picture, rate=10)
        video.width = video.height = 64
        video.pix_fmt = "yuv420p"
        audio = file.add_stream(codec, rate=rate, layout="mono") if codec else None
        if audio is not None:
            frame = av.AudioFrame.from_ndarray(
                tone(sound_s, hz=300, rate=rate)[None], format="fltp", layout="mono"
            )
            frame.sample_rate, frame.pts = rate, 0
            for packet in (*audio.encode(frame), *audio.encode(None)):
                file.mux(packet)
        for number in range(10 * seconds):
            grey = np.full((64, 64, 3), number * 3 % 255, np.uint8)
            image = av.VideoFrame.from_ndarray(grey, format="rgb24")
            image.pts = number
            for packet in video.encode(image):
                file.mux(packet)
        for packet in video.encode(None):
            file.mux(packet)
    return path


# -- what is no recording -------------------------------------------------------------------------

PLAYLISTS = {
    "hls.mp3": "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
    "hls.wav": "#EXTM3U\n#EXTINF:10,\n/etc/hostname\n",
    "list.mp3": "[playlist]\nFile1=http://127.0.0.1:9/a.mp3\nNumberOfEntries=1\n",
    "script.wav": "ffconcat version 1.0\nfile '/etc/hostname'\n",
    "dash.mp4": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>',
    "list.wma": '<asx version="3.0"><entry><ref href="http://127.0.0.1:9/y.wma"/></entry></asx>',
    "call.mp3": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nm=audio 5004 RTP/AVP 0\n",
    "letter.mp3": "This is a letter and no recording.\n" * 3000,
    "letter.m4a": "Это письмо, а не запись.\n" * 3000,
}


@pytest.mark.parametrize("name", PLAYLISTS)
def test_a_playlist_or_a_text_dressed_as_sound_is_refused(tmp_path, name):
    (tmp_path / name).write_text(PLAYLISTS[name], "utf-8")
    assert refused(tmp_path / name) == "recording-not-audio"


def test_nothing_and_folders(tmp_path):
    (tmp_path / "folder.wav").mkdir()
    assert refused(tmp_path / "folder.wav") == "recording-is-folder"
    (tmp_path / "empty.mp3").write_bytes(b"")
    assert refused(tmp_path / "empty.mp3") == "recording-empty"
    for name, frames in (("header.wav", b""), ("moment.wav", b"\1\0")):
        with wave.open(str(tmp_path / name), "wb") as file:
            file.setparams((1, 2, 16_000, 0, "NONE", ""))
            file.writeframes(frames)
        assert refused(tmp_path / name) == "recording-without-sound"


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_a_recording_without_the_right_to_read_it(tmp_path):
    path = write_audio(tmp_path / "secret.wav", tone(1.0))
    path.chmod(0)
    assert refused(path) == "recording-unreadable"


def test_a_refusal_to_read_is_a_sentence_whoever_runs_this(tmp_path, monkeypatch):
    path = write_audio(tmp_path / "secret.wav", tone(1.0))

    def barred(*_given, **_options):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", barred)
    assert refused(path) == "recording-unreadable"


# -- protection -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [b"drms", b"enca", b"aavd"])
def test_a_protected_mp4_is_called_protected(tmp_path, kind):
    """Some open all the same and would be decoded to noise."""
    whole = write_audio(tmp_path / "whole.m4a", tone(4.0)).read_bytes()
    assert whole.count(b"mp4a") == 1
    path = tmp_path / "bought.m4a"
    path.write_bytes(whole.replace(b"mp4a", kind))
    assert refused(path) == "recording-protected"
    with pytest.raises(TranscriptionError, match="protected"):
        list(stream(path))


def test_an_audible_book_and_a_protected_wma_are_called_protected(tmp_path):
    whole = write_audio(tmp_path / "whole.m4a", tone(4.0)).read_bytes()
    book = tmp_path / "book.aax"
    book.write_bytes(whole[:8] + b"aax " + whole[12:])
    assert refused(book) == "recording-protected"
    wma = write_audio(tmp_path / "whole.wma", tone(4.0, rate=44_100), rate=44_100).read_bytes()
    mark = bytes.fromhex("fbb3112223bdd211b4b700a0c955fc6e")
    size, count = struct.unpack_from("<QI", wma, 16)
    extra = mark + struct.pack("<Q", 24 + 8) + bytes(8)
    bought = tmp_path / "bought.wma"
    bought.write_bytes(
        wma[:16] + struct.pack("<QI", size + len(extra), count + 1) + wma[28:30] + extra + wma[30:]
    )
    assert refused(bought) == "recording-protected"


def test_a_word_in_the_sound_is_no_protection(tmp_path):
    """Only the description of a track counts, not bytes that happen to be the same."""
    samples = np.frombuffer(b"enca" * 8000, "<i2").astype(np.float32) / 32768
    path = encoded(tmp_path / "talk.mov", "pcm_s16le", samples, rate=16_000)
    assert path.read_bytes().count(b"enca") > 1000
    assert abs(probe(path).duration_ms - 1000) < 20


# -- films ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "picture", "codec"),
    [
        ("film.mp4", "libx264", "aac"),
        ("film.mkv", "libx264", "aac"),
        ("film.webm", "libvpx", "libopus"),
        ("film.mov", "mpeg4", "aac"),
        ("film.avi", "mpeg4", "libmp3lame"),
        ("film.ts", "mpeg2video", "aac"),
        ("film.flv", "flv", "aac"),
        ("film.mpg", "mpeg2video", "mp2"),
    ],
)
def test_of_a_film_the_sound_is_taken(tmp_path, name, picture, codec):
    try:
        path = film(tmp_path / name, picture, codec)
    except (av.FFmpegError, ValueError) as error:
        pytest.skip(f"this build cannot write {name}: {error}")
    heard(path, ms=4000, hz=300)


def test_pictures_may_go_on_after_the_sound(tmp_path):
    """Matroska declares the length of the longest track; that is no lost tail of the sound."""
    path = film(tmp_path / "film.mkv", "libx264", "aac", seconds=10, sound_s=4.0)
    heard(path, ms=4000, hz=300)
    assert not probe(path).cut_short


def test_a_film_without_sound_says_so(tmp_path):
    assert refused(film(tmp_path / "mute.mp4", "libx264", "")) == "recording-silent"


# -- telephones, studios, odd rates ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [
        ("alaw.wav", "pcm_alaw", 8_000),
        ("mulaw.wav", "pcm_mulaw", 8_000),
        ("adpcm.wav", "adpcm_ima_wav", 8_000),
        ("adpcm_ms.wav", "adpcm_ms", 8_000),
        ("g722.wav", "g722", 16_000),
        ("g726.wav", "g726", 8_000),
        ("gsm.wav", "gsm_ms", 8_000),
        ("mobile.amr", "libopencore_amrnb", 8_000),
        ("mobile.3gp", "libopencore_amrnb", 8_000),
        ("speex.ogg", "libspeex", 8_000),
        ("u8.wav", "pcm_u8", 11_025),
        ("s24.wav", "pcm_s24le", 48_000),
        ("f32.wav", "pcm_f32le", 44_100),
        ("f64.wav", "pcm_f64le", 44_100),
        ("studio.wav", "pcm_s24le", 96_000),
        ("studio.flac", "flac", 192_000),
        ("apple.m4a", "alac", 44_100),
        ("sony.w64", "pcm_s16le", 44_100),
        ("apple.caf", "pcm_s16le", 44_100),
        ("sun.au", "pcm_s16be", 8_000),
    ],
)
def test_every_kind_of_sample(tmp_path, name, codec, rate):
    try:
        path = encoded(tmp_path / name, codec, tone(4.0, hz=300, rate=rate), rate=rate)
    except (av.FFmpegError, ValueError) as error:
        pytest.skip(f"this build cannot write {codec}: {error}")
    assert probe(path).sample_rate == rate
    heard(path, ms=4000, hz=300)


def test_a_wav_larger_than_its_header_can_say(tmp_path):
    path = encoded(
        tmp_path / "long.wav",
        "pcm_s16le",
        tone(4.0, hz=300),
        rate=16_000,
        options={"rf64": "always"},
    )
    assert path.read_bytes()[:4] == b"RF64"
    heard(path, ms=4000, hz=300)


def test_an_mp3_of_variable_rate_without_a_header_has_its_true_length(tmp_path):
    """Its beginning is silence in small frames: a guess from the first frames is wrong by far."""
    samples = np.concatenate([np.zeros(20 * 44_100, np.float32), tone(20.0, hz=300, rate=44_100)])
    path = tmp_path / "talk.mp3"
    with av.open(str(path), "w", options={"write_xing": "0", "id3v2_version": "0"}) as file:
        out = file.add_stream("libmp3lame", rate=44_100, layout="mono")
        out.codec_context.global_quality = 7 * 118  # FF_QP2LAMBDA: quality 7
        out.codec_context.flags |= 2  # by quality, not by bit rate
        frame = av.AudioFrame.from_ndarray(samples[None], format="fltp", layout="mono")
        frame.sample_rate, frame.pts = 44_100, 0
        for packet in (*out.encode(frame), *out.encode(None)):
            file.mux(packet)
    assert b"Xing" not in path.read_bytes()[:2000]
    whole = sound(path)
    assert abs(probe(path).duration_ms - 40_000) < 120
    assert np.abs(whole[: 19 * RATE]).max() < 0.01
    assert abs(pitch(whole[30 * RATE : 31 * RATE]) - 300) <= 3


# -- channels -------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", range(6))
@pytest.mark.parametrize(("name", "codec"), [("six.wav", "pcm_s16le"), ("six.flac", "flac")])
def test_one_voice_in_any_of_six_channels_is_heard(tmp_path, name, codec, place):
    """A mixer desk's fourth microphone is not a cinema's bass."""
    samples = np.zeros((6, 4 * 48_000), np.float32)
    samples[place] = tone(4.0, hz=300, rate=48_000)
    path = encoded(tmp_path / name, codec, samples, rate=48_000, layout="5.1")
    assert probe(path).channels == 6
    heard(path, ms=4000, hz=300)


def test_channels_without_a_meaning(tmp_path):
    path = tmp_path / "desk.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((5, 2, 16_000, 0, "NONE", ""))
        voices = np.zeros((4 * 16_000, 5), "<i2")
        voices[:, 4] = (tone(4.0, hz=300) * 20_000).astype("<i2")
        file.writeframes(voices.tobytes())
    heard(path, ms=4000, hz=300)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_joined_mp3_may_change_its_rate_and_channels(tmp_path, order):
    parts = [
        write_audio(tmp_path / "a.mp3", tone(4.0, hz=300, rate=44_100), rate=44_100),
        write_audio(
            tmp_path / "b.mp3", np.stack([tone(4.0, hz=500, rate=22_050)] * 2), rate=22_050
        ),
    ]
    joined = tmp_path / "joined.mp3"
    joined.write_bytes(b"".join(parts[number].read_bytes() for number in order))
    assert abs(probe(joined).duration_ms - 8000) < 250
    samples = sound(joined)
    assert abs(samples.size - 8 * RATE) < 0.25 * RATE
    first, second = (300, 500) if order == (0, 1) else (500, 300)
    assert abs(pitch(samples[RATE : 2 * RATE]) - first) <= 3
    assert abs(pitch(samples[6 * RATE : 7 * RATE]) - second) <= 3


def test_a_joined_ogg_is_whole_or_refused(tmp_path):
    one = write_audio(tmp_path / "one.ogg", tone(4.0, hz=300, rate=48_000), rate=48_000)
    two = write_audio(tmp_path / "two.ogg", tone(4.0, hz=500, rate=48_000), rate=48_000)
    stereo = write_audio(
        tmp_path / "three.ogg", np.stack([tone(4.0, hz=500, rate=48_000)] * 2), rate=48_000
    )
    same = tmp_path / "same.ogg"
    same.write_bytes(one.read_bytes() + two.read_bytes())
    samples = sound(same)
    assert abs(samples.size - 8 * RATE) < 0.2 * RATE
    assert abs(probe(same).duration_ms - 8000) < 200
    assert abs(pitch(samples[6 * RATE : 7 * RATE]) - 500) <= 3
    changed = tmp_path / "changed.ogg"
    changed.write_bytes(one.read_bytes() + stereo.read_bytes())
    assert refused(changed) == "recording-changes"
    with pytest.raises(TranscriptionError):
        sound(changed)


# -- time stamps ----------------------------------------------------------------------------------


def stamped(path: Path, codec: str, *, starts: float, pause: float) -> Path:
    """Three seconds of 300 Hz and three of 500 Hz with a pause in the time stamps, not in the sound."""
    rate = 48_000
    with av.open(str(path), "w") as file:
        out = file.add_stream(codec, rate=rate, layout="mono")
        size = 960 if codec == "libopus" else 1024
        for hz, begins in ((300, starts), (500, starts + 3 + pause)):
            voice = tone(3.0, hz=hz, rate=rate)
            for place in range(0, voice.size - size + 1, size):
                frame = av.AudioFrame.from_ndarray(
                    voice[None, place : place + size], format="fltp", layout="mono"
                )
                frame.sample_rate, frame.time_base = rate, Fraction(1, rate)
                frame.pts = round(begins * rate) + place
                for packet in out.encode(frame):
                    file.mux(packet)
        for packet in out.encode(None):
            file.mux(packet)
    return path


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("a.webm", "libopus"),
        ("a.mkv", "aac"),
        ("a.mp4", "aac"),
        ("a.m4a", "aac"),
        ("a.ogg", "libopus"),
    ],
)
def test_a_pause_in_the_time_stamps_is_a_pause(tmp_path, name, codec):
    """The recorder was paused or the line was lost: what comes after keeps its time."""
    path = stamped(tmp_path / name, codec, starts=0, pause=5)
    samples = heard_with_pause(path)
    for start in (1000, 9000):
        part = decode(path, start, start + 1000)
        assert np.abs(part - samples[start * 16 : start * 16 + 16_000]).max() < 0.02


def heard_with_pause(path: Path) -> np.ndarray:
    samples = sound(path)
    assert abs(samples.size - 11 * RATE) < 0.1 * RATE
    assert abs(probe(path).duration_ms - 11_000) < 100
    assert abs(pitch(samples[RATE : 2 * RATE]) - 300) <= 3
    assert np.abs(samples[4 * RATE : 7 * RATE]).max() < 0.001
    assert abs(pitch(samples[9 * RATE : 10 * RATE]) - 500) <= 3
    return samples


@pytest.mark.parametrize(
    ("name", "codec"), [("a.webm", "libopus"), ("a.mkv", "aac"), ("a.mp4", "aac")]
)
def test_a_recording_may_begin_late(tmp_path, name, codec):
    """Its time stamps begin at two seconds; that is no lost tail."""
    path = stamped(tmp_path / name, codec, starts=2, pause=0)
    samples = sound(path)
    assert abs(probe(path).duration_ms - 6000) < 100
    assert abs(samples.size - 6 * RATE) < 0.1 * RATE
    assert abs(pitch(samples[RATE : 2 * RATE]) - 300) <= 3


def test_an_absurd_time_stamp_makes_no_endless_silence(tmp_path):
    from workbench.transcription.timeline import Timeline

    second = Fraction(1, 1)
    for length in (0.0, 60.0):
        clock = Timeline(start_s=0, length_s=length)
        clock.pass_over(10)
        assert clock.place(10**9, second) == 0, "thirty years later"
        clock.pass_over(10)
        assert clock.place(10**9 + 20, second) == 10, "what follows counts on from there"
        assert clock.place(5, second) == 0, "back to the beginning"
        assert clock.position == 30


# -- broken ends ----------------------------------------------------------------------------------

ENDLESS = {".ogg", ".aac", ".wma"}  # say at most roughly how long they are: noted, not refused


@pytest.mark.parametrize(
    "suffix", [".mp3", ".m4a", ".ogg", ".wav", ".flac", ".webm", ".mkv", ".aac", ".wma", ".aiff"]
)
def test_a_lost_tail_is_never_silent(tmp_path, suffix):
    path = write_audio(tmp_path / f"talk{suffix}", tone(60.0, hz=300, rate=44_100), rate=44_100)
    whole = path.read_bytes()
    assert not probe(path).cut_short
    for share in (0.503, 0.707, 0.951):
        path.write_bytes(whole[: int(share * len(whole))])
        if suffix in ENDLESS:
            info = probe(path)
            assert info.cut_short, share
            assert abs(info.duration_ms - share * 60_000) < 1500
        else:
            assert refused(path) in {"recording-truncated", "recording-unfinished"}
    path.write_bytes(whole[: len(whole) // 200])
    try:
        assert probe(path).cut_short
    except TranscriptionError as error:
        assert error.remedy


def test_a_few_lost_seconds_of_a_long_recording_are_noted(tmp_path):
    path = write_audio(tmp_path / "talk.wav", tone(300.0, rate=8000), rate=8000)
    whole = path.read_bytes()
    path.write_bytes(whole[: -4 * 8000 * 2])
    info = probe(path)
    assert info.cut_short
    assert abs(info.duration_ms - 296_000) < 50


def test_an_mp4_that_is_found_cut_only_by_its_index(tmp_path):
    path = write_audio(
        tmp_path / "talk.m4a", tone(20.0, rate=44_100), rate=44_100, movflags="faststart"
    )
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert refused(path) == "recording-truncated"


def test_an_mp3_without_a_count_that_ends_inside_a_frame_is_noted(tmp_path):
    path = write_audio(tmp_path / "talk.mp3", tone(20.0, rate=44_100), rate=44_100, write_xing="0")
    whole = path.read_bytes()
    assert not probe(path).cut_short
    path.write_bytes(whole[: len(whole) // 2])
    assert probe(path).cut_short


def test_too_much_damage_is_an_error_and_not_silence(tmp_path):
    path = write_audio(tmp_path / "talk.flac", np.random.default_rng(1).normal(0, 0.1, 20 * RATE))
    whole = path.read_bytes()
    content = bytearray(whole)
    for place in range(len(whole) // 10, len(whole) * 9 // 10, 300):
        content[place : place + 120] = bytes(120)
    path.write_bytes(content)
    with pytest.raises(TranscriptionError) as caught:
        sound(path)
    assert caught.value.code in {"recording-damaged", "recording-truncated", "recording-not-audio"}


# -- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "смех 😀🎤 ёж.wav", "line\nbreak.wav", "x" * 250 + ".wav", "-dash.wav", "concat:a|b.wav",
        "http:__x.wav", "pipe:0.wav", "%d.wav", "no suffix", "bad\udcff\udcfename.wav",
    ],
)  # fmt: skip
def test_any_name_the_system_allows(tmp_path, name):
    path = tmp_path / name
    try:
        shutil.copyfile(write_audio(tmp_path / "plain.wav", tone(4.0, hz=300)), path)
    except (OSError, UnicodeEncodeError) as error:
        pytest.skip(f"this system has no such names: {error}")
    heard(path, ms=4000, hz=300)


# -- ten hours ------------------------------------------------------------------------------------

_MEASURE = """
import json, sys, resource
from pathlib import Path
from workbench.transcription.audio import probe, stream, stretches
path = Path(sys.argv[1])
info = probe(path)
total, loud = 0, 0.0
for block in stream(path):
    total += block.shape[1]
last = next(iter(stretches(path, [(info.duration_ms - 5000, info.duration_ms - 1000)])))[0]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"ms": total // 16, "probed": info.duration_ms, "peak": peak, "end": float(abs(last).max())}))
"""


def _long(path: Path, minutes: int) -> Path:
    """Silence with five seconds of a tone at the end."""
    with av.open(str(path), "w") as file:
        out = file.add_stream("flac", rate=16_000, layout="mono")
        for number in range(minutes):
            samples = np.zeros(60 * 16_000, np.float32)
            if number == minutes - 1:
                samples[-5 * 16_000 :] = tone(5.0, hz=300)
            frame = av.AudioFrame.from_ndarray(samples[None], format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 16_000, number * samples.size
            for packet in out.encode(frame):
                file.mux(packet)
        for packet in out.encode(None):
            file.mux(packet)
    return path


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the peak of memory is measured as POSIX does")
def test_ten_hours_take_no_more_memory_than_ten_minutes(tmp_path):
    found = {}
    for minutes in (10, 600):
        path = _long(tmp_path / f"{minutes}.flac", minutes)
        answer = subprocess.run(
            [sys.executable, "-c", _MEASURE, str(path)],
            cwd=ROOT, capture_output=True, text=True, check=True, timeout=300,
        )  # fmt: skip
        found[minutes] = json.loads(answer.stdout)
        assert found[minutes]["ms"] == found[minutes]["probed"] == minutes * 60_000
        assert found[minutes]["end"] > 0.1
    assert found[600]["peak"] < 1.2 * found[10]["peak"], found
