"""Vocabulary: how many brand names come out right with the list and without it, and what the list costs other words.

Word errors are judged over all recordings together: in a recording of half a minute one word is more than a point.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import _recordings as recordings
from benchmarks._programs import WORKBENCH, recognise
from benchmarks._recordings import PROMPTS, REAL_SPEECH, Recording
from benchmarks._scores import Errors, letters, plain, word_errors
from benchmarks._sounds import silence
from benchmarks._voices import speak, voice
from benchmarks.figures import Figure

PARTS = ("ru", "en", "real", "harm")
_PAUSE_S = 1.0
_POINTS_WORSE = 1

_NAMES = {
    "ru": [
        "Мурмулет", "Тиндорис", "Лукобанк", "Зеленика", "Домостайл", "Кантария",
        "Вербасофт", "Юпикон", "Ростелюкс", "Фреймика", "Абраксис", "Пельмонти",
    ],
    "en": [
        "Zorbex", "Quillmart", "Brewzy", "Nimblio", "Veltrix", "Orapay",
        "Lumofone", "Tindoro", "Castorine", "Fablewise",
    ],
}  # fmt: skip
_SENTENCES = {
    "ru": [
        "Я давно пользуюсь приложением {}, и оно мне нравится.",
        "Сначала я позвонила в компанию {} и спросила про доставку.",
        "Мой муж советовал взять кредит в банке под названием {}.",
        "Если честно, магазин {} удивил меня вежливыми продавцами.",
        "Потом мне предложили карту {}, но я отказалась.",
        "Рядом с нашим домом открылось кафе {}.",
    ],
    "en": [
        "I have used the app called {} for about two years now.",
        "First I phoned the company {} and asked about the delivery.",
        "My brother told me to try the coffee from {}.",
        "To be honest, the shop {} surprised me with its polite staff.",
        "Then they offered me a card from {}, but I said no.",
    ],
}


def run(quick: bool, *, only: set[str] = frozenset(), keep: Path | None = None) -> Iterator[Figure]:
    """Speak sentences with names, take real recordings with names, and look whether the list harms others."""
    default = ["ru"] if quick else list(PARTS)
    with tempfile.TemporaryDirectory() as folder:
        measurement = _Measurement(Path(folder), keep)
        for part in [part for part in PARTS if part in only] or default:
            if part == "real":
                yield from measurement.real()
            elif part == "harm":
                yield from measurement.harm()
            else:
                yield from measurement.spoken(part)
        yield from measurement.together()


class _Measurement:
    """Recordings with names, and the word errors of all of them together."""

    def __init__(self, folder: Path, keep: Path | None) -> None:
        self._folder = folder
        self._keep = keep
        self._without = self._with = Errors(0, 0, 0, 0)

    def spoken(self, language: str) -> Iterator[Figure]:
        """Sentences with invented names."""
        who = voice(language)
        if not who:
            how = "neither festival nor espeak-ng is installed"
            yield Figure(f"{language}: skipped", 0, "", None, how)
            return
        patterns, names = _SENTENCES[language], _NAMES[language]
        sentences = [patterns[n % len(patterns)].format(name) for n, name in enumerate(names)]
        sounds = [part for said in sentences for part in (speak(said, language), silence(_PAUSE_S))]
        path = self._folder / f"names-{language}.wav"
        seconds = recordings.write(path, sounds)
        what = f"{len(sentences)} sentences spoken by {who}, {seconds:.0f} s"
        recording = Recording(path.stem, path, language, " ".join(sentences), seconds, what)
        yield from self._compare(language, recording, names)

    def real(self) -> Iterator[Figure]:
        """Two short real recordings: a product's name in English, a company's in Russian on the telephone."""
        prompt = PROMPTS / "basic-pbx-ivr-main.wav"
        english = REAL_SPEECH / "en" / "fw_hotwords.mp3"
        found = [
            (prompt, "ru", ["Рога и Копыта"], "a Russian telephone prompt"),
            (english, "en", ["ComfyUI"], "an English product"),
        ]
        for source, language, names, what in found:
            if not source.is_file():
                how = f"{source.name} is not on this machine"
                yield Figure(f"real {language}: skipped", 0, "", None, how)
                continue
            path = self._folder / f"real-{language}.wav"
            seconds = recordings.write(path, [recordings.read(source)])
            said = recordings.prompt_texts().get(prompt, "") if language == "ru" else ""
            recording = Recording(
                path.stem, path, language, said, seconds, f"{what}, {seconds:.0f} s"
            )
            yield from self._compare(f"real {language}", recording, names)

    def harm(self) -> Iterator[Figure]:
        """A list of names that nobody says must not appear in the transcript."""
        for language, names in _NAMES.items():
            recording = recordings.interviews(
                self._folder, f"harm-{language}", language, numbers=(3,)
            )
            without, primed = self._both(recording, names)
            yield self._cost(f"harm {language}", recording, without, primed)
            heard = plain(primed, language).split()
            leaked = [name for name in names if plain(name, language) in heard]
            how = f"names of the list in an interview that has none of them: {', '.join(leaked) or 'none'}"
            yield Figure(f"harm {language}: names nobody said", len(leaked), "", 0, how)

    def together(self) -> Iterator[Figure]:
        """The word errors of all recordings so far."""
        before, after = self._without, self._with
        how = f"{after.percent:.2f} % with the list, {before.percent:.2f} % without, of {after.said} words"
        yield Figure(
            "all: word errors more with the list",
            after.percent - before.percent,
            "points",
            _POINTS_WORSE,
            how,
        )

    def _both(self, recording: Recording, names: list[str]) -> tuple[str, str]:
        """Recognise without and with the list, one name a line as a project keeps it."""
        without = recognise(WORKBENCH, recording, keep=self._keep)
        primed = recognise(WORKBENCH, recording, keep=self._keep, vocabulary="\n".join(names))
        return without.text, primed.text

    def _compare(self, title: str, recording: Recording, names: list[str]) -> Iterator[Figure]:
        """Count the names that are right."""
        without, primed = self._both(recording, names)
        before = _right(without, names, recording.language)
        after = _right(primed, names, recording.language)
        new = ", ".join(name for name in after if name not in before)
        still = ", ".join(name for name in names if name not in after)
        yield Figure(
            f"{title}: names right with the list",
            len(after) / len(names) * 100,
            "%",
            len(before) / len(names) * 100,
            f"the target is what comes out right without the list: {len(before)} of {len(names)}; {recording.what}"
            + (f"; won: {new}" if new else "")
            + (f"; still wrong: {still}" if still else ""),
            at_most=False,
        )
        if recording.said:
            yield self._cost(title, recording, without, primed)

    def _cost(self, title: str, recording: Recording, without: str, primed: str) -> Figure:
        """Compare word errors, and add them up."""
        before = word_errors(recording.said, without, recording.language)
        after = word_errors(recording.said, primed, recording.language)
        self._without += before
        self._with += after
        how = f"{after.percent:.2f} % with the list, {before.percent:.2f} % without, of {after.said} words"
        points = after.percent - before.percent
        return Figure(f"{title}: word errors more with the list", points, "points", None, how)


def _right(text: str, names: list[str], language: str) -> list[str]:
    """Return the names that are written right, whatever their case, spaces and hyphens."""
    heard = letters(text, language)
    return [name for name in names if letters(name, language) in heard]
