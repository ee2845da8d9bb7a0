"""What a recording's file says about itself: promised length, a missing end or index, protection against copying."""

from __future__ import annotations

import itertools
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_UNKNOWN_SIZE = 0x7FFF_F000  # recorders that stream write such sizes when they cannot know better
_FIRST_FRAME = 1_500  # bytes: the largest frame of an MP3 has 1,441
_LARGEST_PAGE = 65_307  # bytes an Ogg page can have
_LARGEST_HEADER = 1 << 20
_MOST_BOXES = 100_000
_PROTECTED_SOUND = {b"drms", b"enca", b"aavd", b"encs"}
_ASF_HEADER = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_ASF_FILE = bytes.fromhex("a1dcab8c 47a9cf11 8ee400c0 0c205365")
_ASF_PROTECTED = (
    bytes.fromhex("fbb31122 23bdd211 b4b700a0 c955fc6e"),  # content encryption
    bytes.fromhex("14e68a29 2226174c b935dae0 7ee9289c"),  # extended content encryption
)
_BITRATES = {  # thousand bits a second by version (1: MPEG-1) and index
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_LAYER_3 = 1


def promised_by_wav(path: Path) -> int:
    """Return the length a WAV header promises in milliseconds, 0 for other files.

    FFmpeg shortens the promise to what the file holds, so a lost tail would go unseen.
    """
    with path.open("rb") as file:
        riff, _size, kind = struct.unpack("<4sI4s", file.read(12).ljust(12, b"\0"))
        bytes_a_second = 0
        while riff == b"RIFF" and kind == b"WAVE" and len(header := file.read(8)) == 8:  # noqa: PLR2004
            name, size = struct.unpack("<4sI", header)
            if name == b"data":
                known = bytes_a_second and size < _UNKNOWN_SIZE
                return size * 1000 // bytes_a_second if known else 0
            body = file.tell()
            if name == b"fmt ":
                (bytes_a_second,) = struct.unpack("<8xI", file.read(12).ljust(12, b"\0"))
            file.seek(body + size + size % 2)
    return 0


def counts_frames(path: Path) -> bool:
    """Tell whether an MP3 file says in its first frame how many frames it has (Xing, Info or VBRI)."""
    with path.open("rb") as file:
        head = file.read(10).ljust(10, b"\0")
        tag = 0
        if head[:3] == b"ID3":  # its size is written in four times seven bits
            tag = 10 + sum(
                byte << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True)
            )
        file.seek(tag)
        first = file.read(_FIRST_FRAME)
    return any(mark in first for mark in (b"Xing", b"Info", b"VBRI"))


def has_last_page(path: Path) -> bool:
    """Tell whether the last page of an Ogg file is marked as the end of its stream."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _LARGEST_PAGE))
        tail = file.read()
    page = tail.rfind(b"OggS\0")
    return page >= 0 and len(tail) > page + 5 and bool(tail[page + 5] & 4)


def frame_length(head: bytes) -> int:
    """Return how many bytes a frame of MP3 or AAC has that begins so; 0 for anything else."""
    if len(head) < 6 or head[0] != 0xFF:  # noqa: PLR2004 - a frame begins with eleven or twelve ones
        return 0
    if head[1] & 0xF6 == 0xF0:  # noqa: PLR2004 - AAC in ADTS
        return (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, bits = head[2] >> 2 & 3, head[2] >> 4
    if head[1] & 0xE0 != 0xE0 or layer != _LAYER_3 or version not in _RATES:  # noqa: PLR2004
        return 0
    if rate >= len(_RATES[version]) or bits >= len(_BITRATES[1]):
        return 0
    first = version == 3  # noqa: PLR2004 - MPEG-1
    kilobits = _BITRATES[1 if first else 2][bits]
    return (144 if first else 72) * kilobits * 1000 // _RATES[version][rate] + (head[2] >> 1 & 1)


def is_protected(path: Path) -> bool:
    """Tell whether the sound is encrypted, so that only its shop's player can play it."""
    with path.open("rb") as file:
        head = file.read(16)
        if head == _ASF_HEADER:
            header = file.read(_LARGEST_HEADER)
            return any(mark in header for mark in _ASF_PROTECTED)
        if head[4:8] != b"ftyp":
            return False
        if head[8:12] in (b"aax ", b"aaxc"):
            return True
        kinds = [kind for kind, _size in _sound_descriptions(file, path.stat().st_size)]
    return any(kind in _PROTECTED_SOUND for kind in kinds)


def is_shorter_than_stated(path: Path) -> bool:
    """Tell whether a WMA is shorter than its header says; one that was streamed says nothing."""
    with path.open("rb") as file:
        header = file.read(_LARGEST_HEADER)
    place = header.find(_ASF_FILE)
    if place < 0 or len(header) < place + 92:
        return False
    (stated,) = struct.unpack_from("<Q", header, place + 40)
    (flags,) = struct.unpack_from("<I", header, place + 88)
    return not flags & 1 and stated > path.stat().st_size


def lacks_index(path: Path) -> bool:
    """Tell whether an MP4 has no index, as when its recorder was switched off before it had finished."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if file.read(8)[4:] != b"ftyp":
            return False
        file.seek(0)
        return all(kind not in (b"moov", b"moof") for kind, _end in _boxes(file, size))


def _boxes(file: IO[bytes], end: int) -> Iterator[tuple[bytes, int]]:
    """Yield kind and end of each box up to a place; the file stands at the box's content."""
    for _number in range(_MOST_BOXES):
        start = file.tell()
        if start + 8 > end:
            return
        size, kind = struct.unpack(">I4s", file.read(8).ljust(8, b"\0"))
        if size == 1:
            (size,) = struct.unpack(">Q", file.read(8).ljust(8, b"\0"))
        stop = end if size == 0 else start + size
        if stop <= start + 7:
            return
        yield kind, stop
        if stop >= end:
            return
        file.seek(stop)


def _sound_descriptions(file: IO[bytes], end: int) -> Iterator[tuple[bytes, int]]:
    """Yield the kinds of everything the tracks of an MP4 describe."""
    file.seek(0)
    path = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd")
    yield from _inside(file, end, path)


def _inside(file: IO[bytes], end: int, path: tuple[bytes, ...]) -> Iterator[tuple[bytes, int]]:
    for kind, stop in _boxes(file, end):
        if kind != path[0]:
            continue
        if len(path) > 1:
            yield from _inside(file, min(stop, end), path[1:])
            continue
        file.seek(8, os.SEEK_CUR)  # version, flags, count
        yield from itertools.islice(_boxes(file, min(stop, end)), 100)
