"""Keeps the Russian catalogue complete: ``update`` it from the sources, ``check`` it, ``compile`` it.

``check`` fails on a sentence of the program that has no Russian, on a fuzzy one, on a missing plural form and on
placeholders that differ.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from hatch_build import compile_translations  # noqa: E402

PACKAGE = ROOT / "workbench"
CATALOGUE = PACKAGE / "translations" / "ru" / "LC_MESSAGES" / "workbench.po"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "nN_": (1, 2)}
PLACEHOLDER = re.compile(r"\{[a-z_0-9]*[^{}]*\}")
RUSSIAN_FORMS = 3


def extracted() -> Catalog:
    """Return all sentences of the program, and typer's own words that its help shows."""
    catalogue = Catalog(project="qual-workbench", charset="utf-8")
    for name, _line, message, _comments, _context in extract_from_dir(
        PACKAGE, method_map=[("**.py", "python")], keywords=KEYWORDS
    ):
        catalogue.add(message, locations=[(f"workbench/{name}", 0)])
    for word in typer_words():
        catalogue.add(word, locations=[("typer", 0)])
    return catalogue


def typer_words() -> list[str]:
    """Return the words that typer itself prints in help and errors and takes from the default catalogue."""
    return [
        "Arguments",
        "Options",
        "Commands",
        "Usage:",
        "Show this message and exit.",
        "Error",
        "default: {}",
        "required",
    ]


def read_catalogue() -> Catalog:
    """Return the Russian catalogue as it is in the tree."""
    if not CATALOGUE.exists():
        return Catalog(locale="ru", project="qual-workbench", charset="utf-8", fuzzy=False)
    with CATALOGUE.open("rb") as stream:
        return read_po(stream, locale="ru")


def update() -> None:
    """Add new sentences without a translation and drop those the program no longer has."""
    catalogue = read_catalogue()
    catalogue.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as stream:
        write_po(stream, catalogue, width=100, no_location=True, sort_output=True)


def problems() -> list[str]:
    """Return everything that keeps the Russian catalogue from being complete."""
    catalogue = read_catalogue()
    found = []
    for message in extracted():
        if not message.id:
            continue
        known = catalogue.get(message.id if isinstance(message.id, str) else message.id[0])
        found += _problems_of(message, known)
    return found


def _problems_of(message: Message, known: Message | None) -> list[str]:
    """Compare a sentence of the program with what the catalogue says of it."""
    original = message.id if isinstance(message.id, str) else message.id[0]
    place = message.locations[0][0] if message.locations else ""
    if known is None or not known.string or known.fuzzy:
        return [f"{place}: no Russian for {original!r}"]
    strings = [known.string] if isinstance(known.string, str) else list(known.string)
    if not isinstance(message.id, str) and (len(strings) != RUSSIAN_FORMS or not all(strings)):
        return [f"{place}: plural forms are missing for {original!r}"]
    wanted = set(PLACEHOLDER.findall(original if isinstance(message.id, str) else message.id[1]))
    return [
        f"{place}: placeholders differ in {original!r}: {string!r}"
        for string in strings
        if set(PLACEHOLDER.findall(string)) != wanted
    ]


def main() -> int:
    """Run the command named on the command line."""
    command = sys.argv[1] if len(sys.argv) > 1 else "check"
    if command == "update":
        update()
    elif command == "compile":
        compile_translations(ROOT)
    else:
        found = problems()
        print(*found[:60], sep="\n")
        print(f"translations: {len(found)} problems")
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
