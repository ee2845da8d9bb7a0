"""Keeps the Russian catalogue complete: ``update`` it from the sources, ``check`` it, ``compile`` it.

``check`` fails on a sentence of the program that has no Russian, on one the program no longer has, on a fuzzy one, on
a missing plural form and on placeholders that differ.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from hatch_build import compile_translations  # noqa: E402

PACKAGE = ROOT / "workbench"
CATALOGUE = PACKAGE / "translations" / "ru" / "LC_MESSAGES" / "workbench.po"
MARKERS = {"_": 1, "N_": 1, "gettext": 1, "ngettext": 2}
"""Functions whose first literal arguments are sentences for a person, and how many of them."""

PLACEHOLDER = re.compile(r"\{[a-z_0-9]*[^{}]*\}")
RUSSIAN_FORMS = 3
HEADER = "# Russian sentences of qual-workbench, kept complete by scripts/translations.py."
CHANGING_HEADERS = (
    '"Project-Id-Version',
    '"Report-Msgid-Bugs-To',
    '"POT-Creation-Date',
    '"PO-Revision-Date',
    '"Last-Translator',
    '"Language-Team',
    '"Generated-By',
)
"""Header lines that say nothing here or would change without a sentence having changed."""

Sentence = str | tuple[str, str]


def sentences_of(source: str) -> Iterator[Sentence]:
    """Yield the sentences that a module marks, counted ones as pairs.

    The syntax tree is read rather than the tokens: ``_(labels["key"])`` marks nothing.
    """
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or _name(node) not in MARKERS:
            continue
        count = MARKERS[_name(node)]
        texts = [
            argument.value
            for argument in node.args[:count]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if texts and texts[0] and len(texts) == count:
            yield texts[0] if len(texts) == 1 else (texts[0], texts[1])


def filled_too_early(source: str) -> Iterator[int]:
    """Yield the lines where a marker is given an f-string: its text is never in the catalogue."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node) in MARKERS:
            for argument in node.args[: MARKERS[_name(node)]]:
                if isinstance(argument, ast.JoinedStr):
                    yield node.lineno


def _name(call: ast.Call) -> str:
    """Return the name of the function or method that is called."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def extracted() -> Catalog:
    """Return all sentences of the program."""
    catalogue = Catalog(project="qual-workbench", charset="utf-8")
    for path in sorted(PACKAGE.rglob("*.py")):
        for sentence in sentences_of(path.read_text(encoding="utf-8")):
            catalogue.add(sentence, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return catalogue


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
    write_catalogue(catalogue)


def write_catalogue(catalogue: Catalog) -> None:
    """Write the catalogue sorted, without places and dates, so that a diff shows sentences only."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    for message in catalogue:
        message.flags.discard("python-brace-format")
        message.flags.discard("python-format")
    catalogue.header_comment = HEADER
    stream = io.BytesIO()
    write_po(stream, catalogue, width=100, no_location=True, sort_output=True)
    lines = stream.getvalue().decode().splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(CHANGING_HEADERS)]
    CATALOGUE.write_text("".join(kept), encoding="utf-8", newline="\n")


def problems() -> list[str]:
    """Return everything that keeps the Russian catalogue from being complete."""
    catalogue, wanted = read_catalogue(), extracted()
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{line}: an f-string cannot be translated"
        for path in sorted(PACKAGE.rglob("*.py"))
        for line in filled_too_early(path.read_text(encoding="utf-8"))
    ]
    for message in wanted:
        if message.id:
            found += _problems_of(message, catalogue.get(_singular(message)))
    found += [
        f"workbench.po: the program no longer says {_singular(message)!r}"
        for message in catalogue
        if message.id and wanted.get(_singular(message)) is None
    ]
    return found


def _singular(message: Message) -> str:
    """Return what a sentence is looked up by."""
    return str(message.id if isinstance(message.id, str) else message.id[0])


def _problems_of(message: Message, known: Message | None) -> list[str]:
    """Compare a sentence of the program with what the catalogue says of it."""
    original = _singular(message)
    place = message.locations[0][0] if message.locations else ""
    if known is None or not known.string or known.fuzzy:
        return [f"{place}: no Russian for {original!r}"]
    strings = [known.string] if isinstance(known.string, str) else list(known.string)
    if not isinstance(message.id, str) and (len(strings) != RUSSIAN_FORMS or not all(strings)):
        return [f"{place}: plural forms are missing for {original!r}"]
    if not all(strings):
        return [f"{place}: no Russian for {original!r}"]
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
