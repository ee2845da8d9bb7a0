"""Make the recordings of the three spoken interviews out of their scripts.

The voices are synthetic. Debian's festival with the voice ``voice_msu_ru_nsh_clunits`` (package
``festvox-ru``) speaks every turn; sox moves the pitch so that interviewer and respondent are two
clearly different voices; ffmpeg packs the result as mono Opus in an Ogg container.

Needed only to change the scripts: ``apt install festival festvox-ru sox ffmpeg``, then
``python sample_projects/mortgage_bank_ru/scripts/make_audio.py [interview_01 …]``.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from pathlib import Path

RECORDINGS = Path(__file__).resolve().parents[1] / "recordings"
VOICE = "voice_msu_ru_nsh_clunits"
RATE = 16_000  # the voice's own sampling rate
BITRATE = "24k"  # speech at 16 kHz stays clear, and three interviews stay below 1.5 MB
PAUSE_SECONDS = (0.45, 0.8)  # between turns: people think before they answer
LEAD_SECONDS = 0.5
TAIL_SECONDS = 0.2  # a longer silence at the end tempts a recogniser to invent words

# Pitch in cents. The interviewer is moved up; respondents differ from him and from each other.
INTERVIEWER = ["pitch", "180"]
RESPONDENTS = {
    "interview_01": ["pitch", "-120"],
    "interview_02": ["pitch", "-230"],
    "interview_03": ["pitch", "-150"],
}


def read_turns(script: Path) -> list[tuple[str, str]]:
    """Return the turns of a script as (who, words)."""
    turns = []
    for line in script.read_text(encoding="utf-8").splitlines():
        who, _, words = line.partition(": ")
        if who not in {"I", "R"} or not words:
            message = f"{script.name}: a turn must look like 'I: …' or 'R: …', not {line!r}"
            raise SystemExit(message)
        turns.append((who, words))
    return turns


def speak(words: str, target: Path) -> None:
    """Let festival say the words into a wave file."""
    quoted = words.replace("\\", "\\\\").replace('"', '\\"')
    scheme = target.with_suffix(".scm")
    scheme.write_text(
        f'({VOICE})\n(set! utt (SynthText "{quoted}"))\n(utt.save.wave utt "{target}" \'riff)\n',
        encoding="utf-8",
    )
    subprocess.run(["festival", "--batch", str(scheme)], check=True)


def shape(source: Path, target: Path, *, effects: list[str], pause: float) -> None:
    """Give a spoken turn its speaker's pitch and the pause that follows it."""
    subprocess.run(
        [
            *("sox", "-R", str(source), "-r", str(RATE), "-c", "1", str(target)),
            *(*effects, "gain", "-n", "-4", "pad", "0", f"{pause:.2f}"),
        ],
        check=True,
    )


def make_recording(script: Path) -> Path:
    """Speak one script and return the path of its recording."""
    pauses = random.Random(script.stem)  # the same pauses every time the script is run
    recording = script.with_suffix(".ogg")
    with tempfile.TemporaryDirectory() as folder:
        shaped: list[str] = []
        turns = read_turns(script)
        for number, (who, words) in enumerate(turns):
            raw = Path(folder) / f"raw_{number:03}.wav"
            turn = Path(folder) / f"turn_{number:03}.wav"
            speak(words, raw)
            effects = INTERVIEWER if who == "I" else RESPONDENTS[script.stem]
            last = number == len(turns) - 1
            pause = TAIL_SECONDS if last else pauses.uniform(*PAUSE_SECONDS)
            shape(raw, turn, effects=effects, pause=pause)
            shaped.append(str(turn))
        whole = Path(folder) / "whole.wav"
        subprocess.run(["sox", *shaped, str(whole), "pad", str(LEAD_SECONDS), "0"], check=True)
        subprocess.run(
            [
                *("ffmpeg", "-loglevel", "error", "-y", "-i", str(whole), "-ac", "1"),
                *("-c:a", "libopus", "-b:a", BITRATE, "-application", "voip"),
                *("-map_metadata", "-1", "-fflags", "+bitexact", str(recording)),
            ],
            check=True,
        )
    return recording


def main(names: list[str]) -> None:
    """Make the named recordings, or all of them."""
    for script in sorted(RECORDINGS.glob("interview_*.txt")):
        if not names or script.stem in names:
            recording = make_recording(script)
            print(f"{recording.name}: {recording.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
