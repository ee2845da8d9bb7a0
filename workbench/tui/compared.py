"""Choosing who is compared and where, and renaming a coder: what the screens about several coders share."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

from workbench.i18n import N_, _, ngettext
from workbench.tui.dialogs.pick import Choice, NewName, PickDialog
from workbench.tui.project_screen import OpenProjectScreen
from workbench.tui.widgets.fields import Field

_PLACE = "agreement"
"""Under what the choices are remembered."""
_TWO = 2


def kept_coders(screen: OpenProjectScreen[Any], *, two: bool) -> tuple[str, ...]:
    """Return the coders that were chosen last and are still there; none where that is not enough."""
    state = screen.workbench.state
    kept = state.recall(_PLACE, screen.project.slug, "coders", default=[])
    known = set(screen.project.coders.names())
    names = tuple(name for name in kept if name in known)
    return names if len(names) == _TWO or (len(names) > _TWO and not two) else ()


def choose_coders(screen: OpenProjectScreen[Any], chosen: Callable[[list[str]], None]) -> None:
    """Ask which two coders are compared, or all of them."""
    coders = [view for view in screen.project.coders.coders() if view.codings]
    names = [view.name for view in coders]
    choices: list[Choice[tuple[str, ...]]] = []
    if len(names) > _TWO:
        every = _("All {n} coders").format(n=len(names))
        choices.append(Choice(tuple(names), every, note=", ".join(names)))
    for first, second in combinations(names, _TWO):
        choices.append(Choice((first, second), f"{first} · {second}"))

    def picked(answer: tuple[str, ...] | NewName | None) -> None:
        if isinstance(answer, tuple):
            chosen(list(answer))

    dialog = PickDialog[tuple[str, ...]](choices, title=_("Compare which coders?"))
    screen.app.push_screen(dialog, picked)


def choose_source(screen: OpenProjectScreen[Any], chosen: Callable[[str], None]) -> None:
    """Ask in which source coders are compared; an empty answer means all."""
    choices = [Choice("", _("All sources"))]
    choices += [
        Choice(card.id, f"{card.ordinal}  {card.title}", note=card.person or "")
        for card in screen.project.sources.cards()
        if card.words
    ]

    def picked(answer: str | NewName | None) -> None:
        if isinstance(answer, str):
            chosen(answer)

    screen.app.push_screen(PickDialog[str](choices, title=_("Compare where?")), picked)


def rename_coder(screen: OpenProjectScreen[Any]) -> None:
    """Ask which coder gets which name."""
    choices = [
        Choice(
            view.name,
            view.name,
            key=ngettext("{n} coding", "{n} codings", view.codings).format(n=view.codings),
        )
        for view in screen.project.coders.coders()
    ]

    def picked(answer: str | NewName | None) -> None:
        if isinstance(answer, str):
            _ask_name(screen, answer)

    screen.app.push_screen(PickDialog[str](choices, title=_("Rename which coder?")), picked)


def _ask_name(screen: OpenProjectScreen[Any], name: str) -> None:
    def save(values: dict[str, Any]) -> None:
        screen.project.coders.rename(name, values["name"] or "", join=values["join"])

    fields = [
        Field("name", N_("Name"), value=name, required=True),
        Field(
            "join",
            N_("Join"),
            "bool",
            False,
            help=N_("Yes, if another coder has that name and both are one person."),
        ),
    ]
    screen.ask(_("Coder: {name}").format(name=name), fields, save)
