"""Sentences spoken by a synthetic voice: festival where it is installed, else espeak-ng."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from benchmarks._recordings import read
from benchmarks._sounds import Sound

_FESTIVAL = {"ru": "voice_msu_ru_nsh_clunits", "en": "voice_kal_diphone"}
_FESTIVAL_FOLDERS = {
    "ru": Path("/usr/share/festival/voices/russian/msu_ru_nsh_clunits"),
    "en": Path("/usr/share/festival/voices/english/kal_diphone"),
}


def voice(language: str) -> str:
    """Return which synthesiser speaks a language here; empty when none does."""
    if shutil.which("festival") and _FESTIVAL_FOLDERS[language].is_dir():
        return "festival"
    return "espeak-ng" if shutil.which("espeak-ng") else ""


def speak(sentence: str, language: str) -> Sound:
    """Return a spoken sentence."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "spoken.wav"
        if voice(language) == "festival":
            scheme = Path(folder) / "spoken.scm"
            scheme.write_text(
                f'({_FESTIVAL[language]})\n(set! utt (SynthText "{sentence}"))\n'
                f'(utt.save.wave utt "{target}" \'riff)\n',
                encoding="utf-8",
            )
            subprocess.run(["festival", "--batch", str(scheme)], check=True, capture_output=True)
        else:
            command = ["espeak-ng", "-v", language, "-s", "150", "-w", str(target), sentence]
            subprocess.run(command, check=True, capture_output=True)
        return read(target)
