"""Vocabulary: how many invented brand names come out right with the list and without it, and what the list costs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import _recordings as recordings
from benchmarks._programs import WORKBENCH, recognise
from benchmarks._recordings import PROMPTS, REAL_SPEECH, Recording
from benchmarks._scores import letters, plain, word_errors
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
        for part in [part for part in PARTS if part in only] or default:
            if part == "real":
                yield from _real(Path(folder), keep)
            elif part == "harm":
                yield from _harm(Path(folder), keep)
            else:
                yield from _spoken(Path(folder), part, keep)


def _spoken(folder: Path, language: str, keep: Path | None) -> Iterator[Figure]:
    """Sentences with invented names."""
    who = voice(language)
    if not who:
        yield Figure(
            f"{language}: skipped", 0, "", None, "neither festival nor espeak-ng is installed"
        )
        return
    patterns = _SENTENCES[language]
    sentences = [
        patterns[n % len(patterns)].format(name) for n, name in enumerate(_NAMES[language])
    ]
    sounds = [part for said in sentences for part in (speak(said, language), silence(_PAUSE_S))]
    path = folder / f"names-{language}.wav"
    seconds = recordings.write(path, sounds)
    what = f"{len(sentences)} sentences spoken by {who}, {seconds:.0f} s"
    recording = Recording(path.stem, path, language, " ".join(sentences), seconds, what)
    yield from _compare(language, recording, _NAMES[language], keep)


def _real(folder: Path, keep: Path | None) -> Iterator[Figure]:
    """Two short real recordings: a product's name in English, a company's in Russian on the telephone."""
    prompt = PROMPTS / "basic-pbx-ivr-main.wav"
    english = REAL_SPEECH / "en" / "fw_hotwords.mp3"
    found = [
        (prompt, "ru", ["Рога и Копыта"], "a Russian telephone prompt"),
        (english, "en", ["ComfyUI"], "an English product"),
    ]
    for source, language, names, what in found:
        if not source.is_file():
            yield Figure(
                f"real {language}: skipped", 0, "", None, f"{source.name} is not on this machine"
            )
            continue
        path = folder / f"real-{language}.wav"
        seconds = recordings.write(path, [recordings.read(source)])
        said = recordings.prompt_texts().get(prompt, "") if language == "ru" else ""
        recording = Recording(path.stem, path, language, said, seconds, f"{what}, {seconds:.0f} s")
        yield from _compare(f"real {language}", recording, names, keep)


def _compare(
    title: str, recording: Recording, names: list[str], keep: Path | None
) -> Iterator[Figure]:
    """Recognise with and without the list."""
    without = recognise(WORKBENCH, recording, keep=keep)
    with_list = recognise(WORKBENCH, recording, keep=keep, vocabulary=_as_list(names))
    before = _right(without.text, names, recording.language)
    after = _right(with_list.text, names, recording.language)
    new = ", ".join(name for name in names if name in after and name not in before)
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
        yield _cost(title, recording, without.text, with_list.text, _POINTS_WORSE)


def _harm(folder: Path, keep: Path | None) -> Iterator[Figure]:
    """A list of names that nobody says must not appear in the transcript."""
    for language in ("ru", "en"):
        recording = recordings.interviews(folder, f"harm-{language}", language, numbers=(3,))
        names = _NAMES[language]
        without = recognise(WORKBENCH, recording, keep=keep)
        with_list = recognise(WORKBENCH, recording, keep=keep, vocabulary=_as_list(names))
        yield _cost(f"harm {language}", recording, without.text, with_list.text, _POINTS_WORSE)
        heard = plain(with_list.text, language).split()
        leaked = [name for name in names if plain(name, language) in heard]
        how = f"names of the list in an interview that has none of them: {', '.join(leaked) or 'none'}"
        yield Figure(f"harm {language}: names nobody said", len(leaked), "", 0, how)


def _cost(title: str, recording: Recording, without: str, with_list: str, target: float) -> Figure:
    """Compare word errors."""
    before = word_errors(recording.said, without, recording.language).percent
    after = word_errors(recording.said, with_list, recording.language).percent
    how = f"{after:.2f} % with the list, {before:.2f} % without"
    return Figure(f"{title}: word errors more with the list", after - before, "points", target, how)


def _right(text: str, names: list[str], language: str) -> list[str]:
    """Return the names that are written right, whatever their case, spaces and hyphens."""
    heard = letters(text, language)
    return [name for name in names if letters(name, language) in heard]


def _as_list(names: list[str]) -> str:
    """Return the list as a project keeps it: one name a line."""
    return "\n".join(names)
