"""The models as the interface shows them, one a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.i18n import N_, _, decimal_text
from workbench.tui.widgets.row_layout import Row

if TYPE_CHECKING:
    from workbench.services.models import Models, ModelView, Verified
    from workbench.transcription.catalogue import Recommendation
    from workbench.transcription.machine import Machine

LANGUAGES = ("ru", "en")
"""The languages a model is recommended for."""

_SOURCES = {
    "package": N_("✓ installed"),
    "cache": N_("✓ here"),
    "added": N_("✓ added"),
    "linked": N_("✓ linked"),
}
_GIGABYTE_MB = 1000


@dataclass(frozen=True, slots=True)
class FoundModels:
    """What there is on this machine: models by name, and the one that suits each language."""

    machine: Machine
    views: dict[str, ModelView]
    suits: dict[str, Recommendation]


def look_at_models(models: Models) -> FoundModels:
    """Find out what there is; takes half a second, because hashes are computed."""
    machine = models.machine()
    suits = {code: models.recommended(code, machine) for code in LANGUAGES}
    return FoundModels(machine, {view.name: view for view in models.views()}, suits)


def model_row(view: ModelView, *, used: bool, suits: bool) -> Row:
    """Return the line of a model: marks, name, where, size, memory, speed, what it is good for."""
    marks = ("▸" if used else " ") + ("★" if suits else " ")
    return Row(
        view.name,
        (
            marks,
            view.name,
            _(_SOURCES[view.source]) if view.source else "",
            size_text(view.size_mb),
            size_text(view.memory_mb),
            speed_text(view.speed),
            _(view.good_for),
        ),
        quiet=not view.here,
    )


def size_text(megabytes: int) -> str:
    """Say a size as people do: 145 MB, 1.6 GB."""
    if megabytes < _GIGABYTE_MB:
        return _("{n} MB").format(n=megabytes)
    return _("{n} GB").format(n=decimal_text(f"{megabytes / _GIGABYTE_MB:.1f}"))


def speed_text(speed: float | None) -> str:
    """Say a speed beside that of base: 1.8, 1, 1/8; empty where nobody measured."""
    if speed is None:
        return ""
    if speed < 1:
        return f"1/{round(1 / speed)}"
    return decimal_text(f"{speed:g}")


def verified_text(found: list[Verified]) -> str:
    """Say what came of checking a model's hash; one that is wrong is a trouble and never comes here."""
    if all(one.right for one in found):
        said = _("✓ {model} is whole: its SHA-256 is the right one.")
    else:
        said = _("{model} can be read, but nobody here knows what its SHA-256 should be.")
    return said.format(model=found[0].name)


def found_text(found: FoundModels) -> str:
    """Say what this machine has for recognition, and which models suit it."""
    memory = found.machine.memory_bytes
    machine = _("This machine: cores {cores}, memory {memory}, graphics card: {card}").format(
        cores=found.machine.cores,
        memory=size_text(memory // 1_000_000) if memory else "?",
        card=", ".join(found.machine.graphics) or _("none that can be used"),
    )
    recommended = _("★ recommended for Russian: {ru}, for English: {en}").format(
        **{code: found.suits[code].model for code in LANGUAGES}
    )
    return f"{machine}\n{recommended}"
