"""Makes the recorded interviews from their scripts with two synthetic voices.

Needs Debian's festival, festvox-us-slt-hts (respondent), festvox-kallpc16k (interviewer),
sox and ffmpeg. Nobody needs any of them to use the sample project: the recordings are
committed. Run it from anywhere: ``python3 make_audio.py [interview_01 ...]``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

RECORDINGS = Path(__file__).resolve().parents[1] / "recordings"

# The voices are about an octave apart in pitch, so a listener (and a diarizer) can tell them apart.
VOICES = {"I": "voice_kal_diphone", "R": "voice_cmu_us_slt_arctic_hts"}
# A stretch above 1 speaks slower; the diphone voice is hard to follow at its own pace.
STRETCH = {"I": 1.12, "R": 1.0}
# People do not answer after exactly the same pause: seconds before a turn, taken in rotation.
PAUSES = (0.45, 0.7, 0.55, 0.8, 0.5, 0.65)
SHAPE = ("-r", "24000", "-c", "1", "-b", "16")
# 24 kbit/s Opus keeps speech clear; three interviews together stay below 1.5 MB.
BITRATE = "24k"


def read_turns(script: Path) -> list[tuple[str, str]]:
    """Returns (speaker, words) for each line of a script, for example ``("I", "Hello.")``."""
    turns = []
    for line in script.read_text(encoding="utf-8").splitlines():
        if line.strip():
            speaker, _, words = line.partition(": ")
            turns.append((speaker, words.strip()))
    return turns


def speak(speaker: str, words: str, wav: Path) -> None:
    """Writes one turn as a wave file in its speaker's voice, with even loudness."""
    raw = wav.with_suffix(".raw.wav")
    command = ["text2wave", "-o", str(raw)]
    command += ["-eval", f"({VOICES[speaker]})"]
    command += ["-eval", f"(Parameter.set 'Duration_Stretch {STRETCH[speaker]})"]
    subprocess.run(command, input=words.encode("ascii"), check=True)
    subprocess.run(
        # Room is left before the filter, so that it cannot clip.
        ["sox", "-R", str(raw), *SHAPE, str(wav), "gain", "-3", "highpass", "70", "norm", "-3"],
        check=True,
    )


def make_recording(script: Path, folder: Path) -> Path:
    """Speaks a whole script and writes it beside the script as Opus in Ogg."""
    parts: list[str] = []
    for number, (speaker, words) in enumerate(read_turns(script)):
        pause = folder / f"{script.stem}_{number:02d}_pause.wav"
        seconds = str(PAUSES[number % len(PAUSES)])
        subprocess.run(["sox", "-n", *SHAPE, str(pause), "trim", "0", seconds], check=True)
        turn = folder / f"{script.stem}_{number:02d}.wav"
        speak(speaker, words, turn)
        parts += [str(pause), str(turn)]
    whole = folder / f"{script.stem}.wav"
    subprocess.run(["sox", "-R", *parts, str(whole), "pad", "0", "0.6"], check=True)
    target = script.with_suffix(".ogg")
    encode = ["-ac", "1", "-c:a", "libopus", "-b:a", BITRATE, "-application", "voip"]
    plain = ["-map_metadata", "-1", "-fflags", "+bitexact"]
    subprocess.run(
        ["ffmpeg", "-y", "-loglevel", "error", "-i", str(whole), *encode, *plain, str(target)],
        check=True,
    )
    return target


def main(names: list[str]) -> None:
    """Makes the named recordings, or all of them."""
    scripts = sorted(RECORDINGS.glob("interview_*.txt"))
    with tempfile.TemporaryDirectory() as folder:
        for script in scripts:
            if not names or script.stem in names:
                target = make_recording(script, Path(folder))
                print(f"{target.name}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
