"""What every exporter of quotes gives and promises, how the right one is found, and their table."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Protocol

from workbench.coding.codebook import MARKS
from workbench.errors import InputError
from workbench.i18n import N_, _
from workbench.interchange import quote_exports
from workbench.models.kinds import CodeKind, Stance
from workbench.models.quote_lists import CodedQuote, QuoteHeading

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""

Cell = str | int

_KINDS: Final = {
    CodeKind.THEME: N_("theme"),
    CodeKind.BARRIER: N_("barrier"),
    CodeKind.STRENGTH: N_("strength"),
    CodeKind.NEED: N_("need"),
}
_STANCES: Final = {Stance.SUPPORTS: N_("supports"), Stance.CONTRADICTS: N_("contradicts")}


@dataclass(frozen=True, slots=True)
class QuoteSheet:
    """Quotes on their way out, in their order."""

    title: str
    """The project's."""
    lines: Sequence[CodedQuote]
    headings: Sequence[QuoteHeading] = ()
    """The groups; none for one long list."""

    def groups(self) -> Iterator[tuple[QuoteHeading | None, Sequence[CodedQuote]]]:
        """Yield each group with its lines; a list without groups is one group without a heading."""
        if not self.headings:
            yield None, self.lines
        for heading in self.headings:
            yield heading, self.lines[heading.first : heading.first + heading.count]


class QuoteExporter(Protocol):
    """A format quotes can be written in; our own words in it are in the language in force.

    Every line must be in the file with its words, its reference and its code: nothing is lost.

    Attributes:
        name: what a person calls the format.
        suffix: how the names of its files end.
        description: what it is for, marked with ``N_``.
    """

    name: str
    suffix: str
    description: str

    def render(self, sheet: QuoteSheet) -> bytes:
        """Return the file."""
        ...


@cache
def all_exporters() -> tuple[QuoteExporter, ...]:
    """Return one exporter for every module of the ``quote_exports`` folder, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(quote_exports.__path__))
    found = (importlib.import_module(f"{quote_exports.__name__}.{name}").EXPORTER for name in names)
    return tuple(sorted(found, key=lambda exporter: exporter.name))


def find_exporter(name: str) -> QuoteExporter:
    """Return the exporter of a format, by its name or its suffix.

    Raises:
        InputError: ``export-format-unknown``.
    """
    wanted = name.casefold()
    for exporter in all_exporters():
        if wanted in (exporter.name, exporter.suffix):
            return exporter
    raise InputError(
        "export-format-unknown",
        N_("Quotes cannot be exported as “{name}”."),
        N_("Choose one of: {formats}."),
        name=name,
        formats=", ".join(exporter.name for exporter in all_exporters()),
    )


def table(sheet: QuoteSheet) -> tuple[list[str], list[list[Cell]]]:
    """Return the headings and the rows of a table, with a column for each attribute of people."""
    names = list(dict.fromkeys(name for line in sheet.lines for name in line.attributes))
    head = [_("No."), _("Source"), _("Person"), *names]
    head += [_("Code"), _("Kind"), _("Stance"), _("Emotion"), _("Time"), _("Coder"), _("Memo")]
    head += [_("Favourite"), _("Quote")]
    return head, [_row(line, names) for line in sheet.lines]


def _row(line: CodedQuote, names: Sequence[str]) -> list[Cell]:
    return [
        line.source_number,
        line.source,
        line.person or "",
        *(line.attributes.get(name, "") for name in names),
        line.code,
        kind_word(line.kind),
        stance_word(line.stance),
        "" if line.emotion is None else line.emotion,
        line.time,
        line.coder,
        line.memo,
        _("yes") if line.favourite else "",
        line.text,
    ]


def kind_word(kind: str) -> str:
    """Return the word for a kind of code; empty for no code."""
    return _(_KINDS[CodeKind(kind)]) if kind else ""


def stance_word(stance: str) -> str:
    """Return the word for a stance; empty for no coding."""
    return _(_STANCES[Stance(stance)]) if stance else ""


def heading_text(heading: QuoteHeading) -> str:
    """Return a group's name, with the shape of its kind where it is a code."""
    mark = f"{MARKS[heading.kind]} " if heading.kind in MARKS else ""
    return f"{mark}{heading.label or '—'}"


def remarks(line: CodedQuote, *, with_code: bool) -> str:
    """Return what is known of a quote besides its words and its reference, on one line."""
    felt = "" if line.emotion is None else f"{line.emotion:+d}".replace("-", "−")
    parts = (
        line.code if with_code else "",
        "↓ " + stance_word(line.stance) if line.stance == Stance.CONTRADICTS else "",
        felt if line.emotion else "",
        line.coder,
        "★" if line.favourite else "",
    )
    return " · ".join(part for part in parts if part)
