"""The recordings that are measured on, joined from samples whose words are known."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
import re
import wave
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks._sounds import RATE, Sound, silence

ROOT = Path(__file__).parents[1]
SAMPLES = {
    "ru": ROOT / "sample_projects" / "mortgage_bank_ru" / "recordings",
    "en": ROOT / "sample_projects" / "coffee_chain_en" / "recordings",
}
REAL_SPEECH = ROOT.parent / "shared" / "data" / "audio"
"""Short recordings of real people; not part of the program."""
PROMPTS = Path("/usr/share/asterisk/sounds/ru_RU_f_IvrvoiceRU")
PROMPT_TEXTS = Path("/usr/share/doc/asterisk-core-sounds-ru/core-sounds-ru.txt.gz")
"""Debian's asterisk-core-sounds-ru-wav and asterisk-core-sounds-ru: a telephone voice with its texts."""

_PAUSE_S = 1.5
_SHORTEST_PROMPT_S = 4


@dataclass(frozen=True)
class Recording:
    """A recording and what is said in it."""

    name: str
    path: Path
    language: str
    said: str
    seconds: float
    what: str

    @property
    def digest(self) -> str:
        """A name for exactly this sound."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def read(path: Path) -> Sound:
    """Return the samples of a file: mono, 16 kHz."""
    from faster_whisper.audio import decode_audio

    samples: Sound = decode_audio(str(path), sampling_rate=RATE)
    return samples


def write(path: Path, sounds: Iterable[Sound]) -> float:
    """Write sounds one after another as a WAV file; return the seconds."""
    count = 0
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        for sound in sounds:
            file.writeframes((np.clip(sound, -1, 1) * 32_767).astype("<i2").tobytes())
            count += sound.size
    return count / RATE


def interview(language: str, number: int = 3) -> tuple[Sound, str]:
    """Return the sound and the words of one sample interview."""
    path = SAMPLES[language] / f"interview_{number:02}.ogg"
    script = path.with_suffix(".txt").read_text(encoding="utf-8")
    return read(path), re.sub(r"^[IR]:\s*", "", script, flags=re.MULTILINE)


def interviews(
    folder: Path, name: str, language: str, *, numbers: tuple[int, ...] = (1, 2, 3), times: int = 1
) -> Recording:
    """Join sample interviews, several times over, with pauses between them."""
    parts = [interview(language, number) for number in numbers]
    sounds = [sound for part, _said in parts for sound in (part, silence(_PAUSE_S))]
    path = folder / f"{name}.wav"
    seconds = write(path, sounds * times)
    said = " ".join(words for _part, words in parts)
    what = f"{len(numbers)} sample interviews ({language}) joined"
    if times > 1:
        what += f", {times} times over"
    return Recording(name, path, language, " ".join([said] * times), seconds, what)


def lasting(folder: Path, name: str, language: str, seconds: float) -> Recording:
    """Join sample interviews over and over until a recording is as long as wanted; its words do not matter."""
    spoken = [interview(language, number)[0] for number in (1, 2, 3)]
    left = round(seconds * RATE)
    sounds: list[Sound] = []
    for sound in itertools.cycle([part for one in spoken for part in (one, silence(_PAUSE_S))]):
        sounds.append(sound[:left])
        left -= sounds[-1].size
        if not left:
            break
    path = folder / f"{name}.wav"
    return Recording(
        name, path, language, "", write(path, sounds), "sample interviews over and over"
    )


def golos(folder: Path) -> Recording | None:
    """Join the eight short recordings of real Russian speakers, when they are there."""
    manifest = REAL_SPEECH / "ru_golos" / "manifest.json"
    if not manifest.is_file():
        return None
    lines = json.loads(manifest.read_text(encoding="utf-8"))
    there = [line for line in lines if (manifest.parent / line["filename"]).is_file()]
    pairs = [(manifest.parent / line["filename"], line["reference"]) for line in there]
    return _joined(folder, "golos", pairs, f"{len(pairs)} real Russian speakers (Golos), joined")


def telephone(folder: Path, most: int = 1_000) -> Recording | None:
    """Join the Russian telephone prompts of at least four seconds, when they are installed."""
    if not PROMPT_TEXTS.is_file() or not PROMPTS.is_dir():
        return None
    pairs = [
        (path, said)
        for path, said in prompt_texts().items()
        if _seconds(path) >= _SHORTEST_PROMPT_S
    ]
    pairs = pairs[:most]
    what = f"{len(pairs)} Russian telephone prompts of at least {_SHORTEST_PROMPT_S} s (8 kHz, a real voice), joined"
    return _joined(folder, "telephone", pairs, what)


def prompt_texts() -> dict[Path, str]:
    """Return the words of each installed Russian prompt that has words."""
    found: dict[Path, str] = {}
    for line in gzip.decompress(PROMPT_TEXTS.read_bytes()).decode("utf-8").splitlines():
        name, colon, said = line.partition(":")
        said = said.strip().removeprefix(f"{name}:").strip()
        path = PROMPTS / f"{name.strip()}.wav"
        if (
            colon
            and said
            and not said.startswith("[")
            and not name.startswith(";")
            and path.is_file()
        ):
            found[path] = said
    return found


def _joined(folder: Path, name: str, pairs: list[tuple[Path, str]], what: str) -> Recording | None:
    """Join files with pauses."""
    if not pairs:
        return None
    target = folder / f"{name}.wav"
    sounds = [sound for path, _said in pairs for sound in (read(path), silence(_PAUSE_S))]
    said = " ".join(said for _path, said in pairs)
    return Recording(name, target, "ru", said, write(target, sounds), what)


def _seconds(path: Path) -> float:
    """Return the length of a WAV file."""
    with wave.open(str(path), "rb") as file:
        return file.getnframes() / file.getframerate()
