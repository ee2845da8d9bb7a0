"""What the codebook says about a code, in full."""

from __future__ import annotations

from textual.content import Content

from workbench.coding.codebook import MARKS, SEPARATOR
from workbench.i18n import N_, _, ngettext
from workbench.models.views import CodeView
from workbench.tui.dialogs.pick_code import KIND_NAMES
from workbench.tui.display import clean_for_terminal

_PARTS = (
    ("definition", N_("Definition")),
    ("when_to_use", N_("When to use")),
    ("when_not", N_("When not to use")),
    ("example", N_("Example")),
)


def about(code: CodeView, colour: str, *, roomy: bool = True) -> Content:
    """Return a code's name, kind, counts and description.

    Args:
        code: which code.
        colour: the colour its mark is drawn in.
        roomy: put each part under its label, with an empty line between.
    """
    parts: list[str | tuple[str, str]] = [
        (MARKS.get(code.kind, "●"), colour),
        (f" {clean_for_terminal(code.name)}\n", "bold"),
    ]
    above = code.path[: -len(code.name)].removesuffix(SEPARATOR) if code.parent_id else ""
    if above:
        parts.append((f"{clean_for_terminal(above)}\n", "$foreground-muted"))
    kind = _(KIND_NAMES[code.kind]) if code.kind in KIND_NAMES else code.kind
    state = " · ".join(filter(None, (kind, _("frozen") if code.frozen else "", counts(code))))
    parts.append((f"{state}\n", "$foreground-muted"))
    for field, label in _PARTS:
        text = getattr(code, field)
        if text:
            parts += _part(_(label), text, roomy=roomy)
    if code.barrier is not None:
        parts += _part(_("Barrier"), code.barrier.statement, roomy=roomy)
    if not any(getattr(code, field) for field, _label in _PARTS):
        hint = _("No definition yet: e writes down what the code means and when to use it.")
        parts.append((f"\n{hint}\n", "$foreground-muted"))
    return Content.assemble(*parts)


def _part(label: str, text: str, *, roomy: bool) -> list[str | tuple[str, str]]:
    head = f"\n{label}\n" if roomy else f"{label}: "
    return [(head, "$foreground-muted"), f"{clean_for_terminal(text, lines=True)}\n"]


def counts(code: CodeView) -> str:
    """Say how many quotes and persons a code has, and how many with the codes below it."""
    said = _used(code.quotes, code.persons)
    if (code.all_quotes, code.all_persons) == (code.quotes, code.persons):
        return said
    below = _("{counts} with the codes below").format(
        counts=_used(code.all_quotes, code.all_persons)
    )
    return f"{said}\n{below}"


def _used(quotes: int, persons: int) -> str:
    said = ngettext("{n} quote", "{n} quotes", quotes).format(n=quotes)
    people = ngettext("{n} person", "{n} people", persons).format(n=persons)
    return f"{said} · {people}" if quotes else said
