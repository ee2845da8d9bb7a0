"""Writes docs/cli.md and docs/cli.ru.md from the help of the commands themselves."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import typer.core
from typer._click import formatting
from typer._click.core import Command

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from workbench import i18n  # noqa: E402
from workbench.cli import tree, wording  # noqa: E402
from workbench.cli.nouns import NOUNS  # noqa: E402

PAGES = {"en": ROOT / "docs" / "cli.md", "ru": ROOT / "docs" / "cli.ru.md"}
_TITLES = {"en": "Command line", "ru": "Командная строка"}
_LEADS = {
    "en": (
        "Made from the commands' own help by `scripts/cli_reference.py`. Data go to stdout, narration to stderr. "
        "Exit codes: 0 done, 1 failed, 2 the command line was wrong, 3 project, 4 transcription, 5 report. "
        "`--workspace`, `--project` and `--lang` may stand anywhere. Keys and values of data are never translated."
    ),
    "ru": (
        "Составлено из справки самих команд программой `scripts/cli_reference.py`. Данные идут в stdout, пояснения — в stderr. "
        "Коды завершения: 0 — сделано, 1 — не получилось, 2 — ошибка в командной строке, 3 — проект, 4 — расшифровка, 5 — отчёт. "
        "`--workspace`, `--project` и `--lang` можно писать в любом месте. Ключи и значения данных не переводятся."
    ),
}
_WIDTH = 100


def page(code: str) -> str:
    """Return the reference in one language."""
    before = i18n.language()
    width = formatting.FORCED_WIDTH
    i18n.set_language(code)
    formatting.FORCED_WIDTH = _WIDTH
    wording.install()
    tree.load.cache_clear()
    try:
        parts = [f"# {_TITLES[code]}\n\n{_LEADS[code]}\n"]
        parts += [_entry(path, shown) for path, shown in _helps()]
    finally:
        tree.load.cache_clear()
        formatting.FORCED_WIDTH = width
        i18n.set_language(before)
    return "\n".join(parts)


def _entry(path: tuple[str, ...], shown: str) -> str:
    name = " ".join((tree.PROGRAM, *path))
    lines = "\n".join(line.rstrip() for line in shown.splitlines())
    return f"{'#' * min(len(path) + 2, 4)} {name}\n\n```text\n{lines}\n```\n"


def _helps() -> Iterator[tuple[tuple[str, ...], str]]:
    """Walk the tree: each command's path and what its help says."""
    root = tree.root()
    context = wording.Context(root, info_name=tree.PROGRAM)
    yield (), root.get_help(context)
    for name in NOUNS:
        yield from _below(tree.load(name, i18n.language()), context, (name,))


def _below(
    command: Command, parent: wording.Context, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str]]:
    context = wording.Context(command, info_name=path[-1], parent=parent)
    yield path, command.get_help(context)
    if isinstance(command, typer.core.TyperGroup):
        for name, below in command.commands.items():
            yield from _below(below, context, (*path, name))


def main() -> None:
    """Write both pages."""
    for code, path in PAGES.items():
        path.write_text(page(code), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
