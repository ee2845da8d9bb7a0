"""The filter of quotes: a compact form, and the filter in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on
from textual.widgets import Input

from workbench.i18n import N_, _
from workbench.models.filters import QuoteFilter
from workbench.tui.dialogs.code_picker import KIND_NAMES
from workbench.tui.dialogs.form import DraftForm
from workbench.tui.labels import SOURCE_KINDS, label
from workbench.tui.widgets.fields import Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workbench.models.views import CodeView
    from workbench.services.quotes import FilterChoices

STANCES: Mapping[str, str] = {"supports": N_("supports"), "contradicts": N_("contradicts")}
_ANY = N_("any")


class FilterForm(DraftForm):
    """Asks which quotes to show; Enter in any line shows them."""

    DEFAULT_CSS = """
    FilterForm { FieldRow { margin-bottom: 0; } }
    """

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        event.prevent_default()  # the other forms go to the next line
        self.action_save()


def filter_fields(now: QuoteFilter, codes: Iterable[CodeView], found: FilterChoices) -> list[Field]:
    """Return what is asked; what nobody could choose from is left out.

    Args:
        now: the filter in force.
        codes: the codebook.
        found: coders, people and the like.
    """
    facts = [(name, value) for name, values in found.attributes.items() for value in values]
    fact = next(iter(now.attributes.items()), None)
    offered = (
        ("code", N_("Code"), _one(now.codes), [(code.id, code.path) for code in codes]),
        ("kind", N_("Kind"), _one(now.code_kinds), list(KIND_NAMES.items())),
        ("coder", N_("Coder"), _one(now.coders), _named(found.coders)),
        ("stance", N_("Stance"), now.stance, list(STANCES.items())),
        ("source", N_("Source"), _one(now.sources), list(found.sources)),
        ("source_kind", N_("Kind of source"), _one(now.source_kinds), list(SOURCE_KINDS.items())),
        ("person", N_("Person"), _one(now.persons), _named(found.persons)),
        ("attribute", N_("Attribute"), fact, [(pair, ": ".join(pair)) for pair in facts]),
        ("wave", N_("Wave"), _one(now.waves), list(found.waves)),
        ("stage", N_("Stage"), _one(now.stages), list(found.stages)),
    )
    chosen = [
        Field(name, title, "choice", value, choices=[(None, _ANY), *choices])
        for name, title, value, choices in offered
        if choices
    ]
    return [
        Field("words", N_("Words"), value=now.words, help=N_("Words the quote must hold.")),
        *(field for field in chosen if field.name == "code"),
        Field("with_children", N_("With codes below"), "bool", now.with_children),
        *(field for field in chosen if field.name != "code"),
        Field("favourites", N_("Only favourites"), "bool", now.favourites),
        Field("since", N_("From day"), "date", now.since),
        Field("until", N_("To day"), "date", now.until),
    ]


def filter_of(values: Mapping[str, Any]) -> QuoteFilter:
    """Return the filter that the values of the form mean."""

    def some(name: str) -> tuple[Any, ...]:
        value = values.get(name)
        return () if value is None else (value,)

    return QuoteFilter(
        words=values["words"],
        codes=some("code"),
        with_children=values["with_children"],
        code_kinds=some("kind"),
        coders=some("coder"),
        stance=values.get("stance"),
        favourites=values["favourites"],
        sources=some("source"),
        source_kinds=some("source_kind"),
        persons=some("person"),
        attributes=dict(some("attribute")),
        waves=some("wave"),
        stages=some("stage"),
        since=values["since"],
        until=values["until"],
    )


def filter_text(
    wanted: QuoteFilter,
    codes: Mapping[str, str],
    sources: Mapping[str, str],
    stages: Mapping[str, str],
) -> str:
    """Say which quotes are meant; empty for all.

    Args:
        wanted: the filter.
        codes: paths by identifier.
        sources: titles by identifier.
        stages: names by key.
    """
    parts = [_("“{words}”").format(words=wanted.words)] if wanted.words else []
    named = [codes.get(code, code) for code in wanted.codes]
    below = _("{code} and below") if wanted.with_children else "{code}"
    parts += [below.format(code=name) for name in named]
    parts += [label(KIND_NAMES, kind) for kind in wanted.code_kinds]
    parts += [_("coder {name}").format(name=name) for name in wanted.coders]
    parts += [label(STANCES, wanted.stance)] if wanted.stance else []
    parts += ["★"] if wanted.favourites else []
    parts += [sources.get(source, source) for source in wanted.sources]
    parts += [label(SOURCE_KINDS, kind) for kind in wanted.source_kinds]
    parts += wanted.persons
    parts += [f"{name}: {value}" for name, value in wanted.attributes.items()]
    parts += [_("wave {n}").format(n=wave) for wave in wanted.waves]
    parts += [stages.get(stage, stage) for stage in wanted.stages]
    parts += [_("from {day}").format(day=wanted.since)] if wanted.since else []
    parts += [_("to {day}").format(day=wanted.until)] if wanted.until else []
    return " · ".join(parts)


def _one(values: tuple[Any, ...]) -> Any:
    return values[0] if values else None


def _named(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, name) for name in names]
