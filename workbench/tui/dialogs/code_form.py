"""The form of a code: its name and kind, what it means, when to use it, its colour."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.coding.palette import CODE_COLOURS
from workbench.i18n import N_
from workbench.models.views import CodeView
from workbench.tui.dialogs.form import DraftForm
from workbench.tui.dialogs.pick_code import KIND_NAMES
from workbench.tui.widgets.fields import Field


class CodeForm(DraftForm):
    """Asks for a code."""


def code_fields(code: CodeView | None) -> list[Field]:
    """Return what a code is asked for, beside its place.

    Args:
        code: the code as it is, or None for a new one.
    """
    numbers = list(range(len(CODE_COLOURS)))
    if code is not None and code.colour not in numbers:
        numbers.append(code.colour)
    colours: list[tuple[int | None, str]] = [(number, str(number)) for number in numbers]
    if code is None:
        colours.insert(0, (None, N_("the next in turn")))
    return [
        Field("name", N_("Name"), value=code.name if code else "", required=True),
        Field(
            "kind",
            N_("Kind"),
            "choice",
            code.kind if code else "theme",
            choices=tuple(KIND_NAMES.items()),
        ),
        Field(
            "definition",
            N_("Definition"),
            "multiline",
            code.definition if code else "",
            help=N_("What the code means, so that two people put it on the same words."),
        ),
        Field("when_to_use", N_("When to use"), "multiline", code.when_to_use if code else ""),
        Field("when_not", N_("When not to use"), "multiline", code.when_not if code else ""),
        Field("example", N_("Example"), "multiline", code.example if code else ""),
        Field(
            "colour", N_("Colour"), "colour", code.colour if code else None, choices=tuple(colours)
        ),
    ]


def parent_field(codes: Iterable[CodeView], parent: str | None) -> Field:
    """Return the question where a new code goes.

    Args:
        codes: the codebook in its order.
        parent: the identifier of the code it goes under at first; None means at the top.
    """
    places = ((None, N_("at the top")), *((code.id, code.path) for code in codes))
    return Field("parent", N_("Under"), "choice", parent, choices=places)
