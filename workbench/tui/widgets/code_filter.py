"""Parts of the codebook: the codes used here, those never used, those with nearly the same name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum

from workbench.coding.alike import groups, near_duplicates
from workbench.i18n import N_
from workbench.models.views import CodeView


class Part(StrEnum):
    """Which codes are shown."""

    ALL = "all"
    HERE = "here"
    UNUSED = "unused"
    ALIKE = "alike"


PART_NAMES = {
    Part.ALL: N_("Codebook"),
    Part.HERE: N_("Codebook: used here"),
    Part.UNUSED: N_("Codebook: never used"),
    Part.ALIKE: N_("Codebook: names alike"),
}
"""Headings over each part."""

EMPTY = {
    Part.ALL: N_("No codes yet: c makes the first one."),
    Part.HERE: N_("No code is used in this source yet: f shows all of them."),
    Part.UNUSED: N_("Every code is used: f shows all of them."),
    Part.ALIKE: N_("No two codes have nearly the same name: f shows all of them."),
}
"""What stands in the place of a part without codes."""


EMPTY_BOOK = N_("No codes yet: C makes the first one, i brings in a codebook.")
"""What stands in the place of a codebook without codes on its own screen."""


def codes_of_part(
    part: Part, codes: Mapping[str, CodeView], here: Callable[[], Collection[str]]
) -> tuple[list[CodeView], set[str]]:
    """Return the codes of a part with what they lie under, and which of them only show the way.

    Args:
        part: which codes.
        codes: the codebook in the order of the tree.
        here: tells which codes are used in the source at hand.
    """
    if part == Part.ALIKE:
        pairs = near_duplicates((code.id, code.name) for code in codes.values())
        return [codes[code] for group in groups(pairs) for code in group], set()
    used_here = here() if part == Part.HERE else ()
    wanted = {
        code.id
        for code in codes.values()
        if part == Part.ALL
        or (part == Part.HERE and code.id in used_here)
        or (part == Part.UNUSED and not code.all_quotes)
    }
    shown = set(wanted)
    for code_id in wanted:
        above = codes[code_id].parent_id
        while above is not None and above in codes and above not in shown:
            shown.add(above)
            above = codes[above].parent_id
    return [code for code in codes.values() if code.id in shown], shown - wanted
