"""The official Whisper models: sizes, needs, honest hints, and which one suits a machine and a language.

Where the figures come from: parameters and the memory of graphics cards are OpenAI's (README of openai/whisper). The
memory on a processor and the speed were measured with 8-bit integers, two threads, four windows at once and weights of
each model's shape, 200 MB added for the rest of the program.
Errors are those of the Russian LibriSpeech and the English VoxPopuli (istupakov/onnx-asr, docs/comparison.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from workbench.errors import TranscriptionError
from workbench.i18n import N_

BASE = "base"
_MEGABYTE = 1_000_000
_ROOM_FOR_OTHERS = 1.5  # the system and other programs want a third of the memory
_BESIDE_WEIGHTS_MB = 620  # the program, the voice activity model, the sound of four windows
_BYTES_A_NUMBER = 2.4  # half precision while it is read; then 1, and what four windows need at once
_TORCH_MB = 700
_CORES_FOR_TURBO = 4


@dataclass(frozen=True)
class OfficialModel:
    """A model both engines know by name and download themselves.

    Attributes:
        parameters_m: millions of numbers.
        size_mb: of the download, in half precision.
        memory_mb: on a processor with faster-whisper.
        graphics_mb: memory of a graphics card, in half precision.
        speed: how fast on a processor, *base* being 1.
        good_for: a few words, marked with ``N_``.
        hint: what one should know, marked with ``N_``.
        sha256: of OpenAI's checkpoint.
        aliases: other names of the same model.
    """

    name: str
    parameters_m: int
    size_mb: int
    memory_mb: int
    graphics_mb: int
    speed: float
    good_for: str
    hint: str
    sha256: str
    aliases: tuple[str, ...] = ()

    @property
    def english_only(self) -> bool:
        """Whether it understands nothing but English."""
        return self.name.endswith(".en")

    @property
    def demonstration(self) -> bool:
        """Whether its transcripts are too rough to work with."""
        return self.name in {"tiny", "base"}


_DEMONSTRATION = N_("a demonstration")
_DRAFT = N_("drafts only")
_ENGLISH_DRAFT = N_("English drafts")
_ENGLISH = N_("English")
_BEST = N_("Russian and English")

_OLDER = N_(
    "An older large model: as slow as large-v3 and less exact. For repeating earlier work only."
)
_ENGLISH_ONLY = N_(
    "For English only; a little better there than the model of the same size for all languages."
)

MODELS: tuple[OfficialModel, ...] = (
    OfficialModel(
        "turbo", 809, 1618, 2100, 6000, 0.12, _BEST,
        N_(
            "The model to work with: nearly as exact as large-v3 and twice as fast. In Russian reading about "
            "one word in ten is wrong."
        ),
        "aff26ae408abcba5fbf8813c21e62b0941638c5f6eebfb145be0c9839262a19a",
        ("large-v3-turbo",),
    ),
    OfficialModel(
        "large-v3", 1550, 3087, 4350, 10000, 0.07, _BEST,
        N_("The most exact, and half as fast as turbo on a processor; it is meant for a graphics card."),
        "e5b1a55b89c1367dacf97e3e19bfd829a01529dbfdeefa8caeb59b3f1b81dadb",
        ("large",),
    ),
    OfficialModel(
        "medium", 769, 1528, 2350, 5000, 0.13, _DRAFT,
        N_("As large and as slow as turbo and less exact: take turbo."),
        "345ae4da62f9b3d59415adc60127b97c714f32e89e936602e85993674d08dcb1",
    ),
    OfficialModel(
        "small", 244, 484, 1150, 2000, 0.33, _DRAFT,
        N_("For machines on which turbo has no room. In Russian every transcript must be listened through."),
        "9ecf779972d90ba49c06d968637d720dd632c55bbf19d441fb42bf17a411e794",
    ),
    OfficialModel(
        "base", 74, 145, 800, 1000, 1.0, _DEMONSTRATION,
        N_(
            "A demonstration model: it shows how everything works. In Russian reading about four words in ten "
            "are wrong, in English speeches one in eight; take turbo or large-v3 for work."
        ),
        "ed3a0b6b1c0edf879ad9b11b1af5a0e6ab5db9205f891f668f8b0e6c6326e34e",
    ),
    OfficialModel(
        "tiny", 39, 76, 700, 1000, 1.8, _DEMONSTRATION,
        N_("The smallest, for trying things out only; still rougher than base."),
        "65147644a518d12f04e32d6f3b26facc3f8dd46e5390956a9424a650c0ce22b9",
    ),
    OfficialModel(
        "medium.en", 769, 1528, 2350, 5000, 0.13, _ENGLISH, _ENGLISH_ONLY,
        "d7440d1dc186f76616474e0ff0b3b6b879abc9d1a4926b7adfa41db2d497ab4f",
    ),
    OfficialModel(
        "small.en", 244, 484, 1150, 2000, 0.33, _ENGLISH, _ENGLISH_ONLY,
        "f953ad0fd29cacd07d5a9eda5624af0f6bcf2258be67c92b79389873d91e0872",
    ),
    OfficialModel(
        "base.en", 74, 145, 800, 1000, 1.0, _ENGLISH_DRAFT, _ENGLISH_ONLY,
        "25a8566e1d0c1e2231d1c762132cd20e0f96a85d16145c3a00adf5d1ac670ead",
    ),
    OfficialModel(
        "tiny.en", 39, 76, 700, 1000, 1.8, _ENGLISH_DRAFT, _ENGLISH_ONLY,
        "d3dd57d32accea0b295c96e26691aa14d8822fac7d9d27d5dc00b4ca2826dd03",
    ),
    OfficialModel(
        "large-v2", 1550, 3087, 4350, 10000, 0.07, _BEST, _OLDER,
        "81f7c96c852ee8fc832187b0132e569d6c3065a3252ed18e56effd0b6a73e524",
    ),
    OfficialModel(
        "large-v1", 1550, 3087, 4350, 10000, 0.07, _BEST, _OLDER,
        "e4b87e7e0bf463eb8e6956e646f1e277e901512310def2c24bf0e11bd3c28e9a",
    ),
)  # fmt: skip
"""The best first."""

_BY_NAME = {name: model for model in MODELS for name in (model.name, *model.aliases)}
OFFICIAL = tuple(_BY_NAME)
"""Every name that both engines know, aliases among them."""


def official(name: str) -> OfficialModel | None:
    """Return an official model by its name or alias; None for any other name."""
    return _BY_NAME.get(name)


def memory_needed_mb(parameters: int, engine: str, *, graphics: bool = False) -> int:
    """Return the memory in MB that a model of this many numbers needs while it is loaded and works.

    openai-whisper on a processor keeps 4 bytes a number beside the 2 it reads, and torch comes on top.
    On a graphics card the weights pass through the memory once.
    """
    millions = parameters / 1e6
    if engine == "openai-whisper":
        bytes_each = 2 if graphics else 6
        return round(millions * bytes_each + _TORCH_MB)
    return round(millions * _BYTES_A_NUMBER + _BESIDE_WEIGHTS_MB)


def check_language(model: str, language: str | None) -> None:
    """Refuse a model for English when another language is spoken.

    Raises:
        TranscriptionError: ``model-english-only``.
    """
    if model.endswith(".en") and language and language.split("-")[0] != "en":
        raise TranscriptionError(
            "model-english-only",
            N_("The model {model} understands English only, and the recording is in “{language}”."),
            N_("Choose {other}, or turbo or large-v3."),
            model=model,
            language=language,
            other=model.removesuffix(".en"),
        )


@dataclass(frozen=True)
class Recommendation:
    """The model that suits a machine and a language, and why in one sentence (marked with ``N_``)."""

    model: str
    reason: str
    device: str = "cpu"


def recommended(
    *,
    language: str,
    memory_bytes: int | None,
    cores: int,
    graphics_bytes: int | None = None,
) -> Recommendation:
    """Return the best model this machine can be expected to run for a language.

    Args:
        language: a code such as ``ru``; everything but English counts as hard.
        memory_bytes: of the machine; None when nobody knows, which is taken as enough.
        cores: of the processor.
        graphics_bytes: memory of the graphics card; None without one.
    """
    english = language.split("-", maxsplit=1)[0] == "en"
    if graphics_bytes is not None:
        best = _BY_NAME["turbo" if english else "large-v3"]
        if graphics_bytes >= best.graphics_mb * _MEGABYTE:
            return Recommendation(
                best.name,
                N_("The graphics card has room for it; it is the best for this language."),
                "cuda",
            )
        if graphics_bytes >= _BY_NAME["turbo"].graphics_mb * _MEGABYTE:
            return Recommendation(
                "turbo", N_("The most exact one this graphics card has room for."), "cuda"
            )
    if _fits(_BY_NAME["turbo"], memory_bytes):
        return _on_processor(cores, english=english)
    small = _BY_NAME["small.en" if english else "small"]
    if _fits(small, memory_bytes):
        reason = (
            N_(
                "turbo needs more memory than this machine has; this one is good enough for clear English."
            )
            if english
            else N_(
                "turbo needs more memory than this machine has; listen through every transcript."
            )
        )
        return Recommendation(small.name, reason)
    return Recommendation(
        "base.en" if english else "base",
        N_("A demonstration only: this machine has no memory for a model one can work with."),
    )


def _on_processor(cores: int, *, english: bool) -> Recommendation:
    """Choose between turbo and small.en where both have room."""
    if cores >= _CORES_FOR_TURBO:
        return Recommendation(
            "turbo", N_("Nearly the most exact, and this processor is quick enough for it.")
        )
    if english and cores < 2:  # noqa: PLR2004 - a single core
        return Recommendation(
            "small.en", N_("Good enough for clear English, and one core can do it in time.")
        )
    return Recommendation(
        "turbo",
        N_(
            "Exact enough to work with; on so few cores it takes its time, so let a long list run overnight."
        ),
    )


def _fits(model: OfficialModel, memory_bytes: int | None) -> bool:
    """Whether a machine has room for a model and for what else runs on it."""
    return memory_bytes is None or memory_bytes >= model.memory_mb * _ROOM_FOR_OTHERS * _MEGABYTE
