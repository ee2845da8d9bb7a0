"""Writes docs/keys.md and docs/keys.ru.md from the commands of the interface themselves."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from workbench import i18n  # noqa: E402
from workbench.tui.key_card import CardGroup, CardLine, coding_card, keys_shown  # noqa: E402
from workbench.tui.registry import SCREENS  # noqa: E402

PAGES = {"en": ROOT / "docs" / "keys.md", "ru": ROOT / "docs" / "keys.ru.md"}
_TITLES = {"en": "Key card", "ru": "Шпаргалка по клавишам"}
_LEADS = {
    "en": (
        "Made from the program's own commands by `scripts/key_card.py`. On the coding screen F1 or `?` shows this card; "
        "F1 once more explains each command. Ctrl+P finds any command by its name, in either language. Letters are those "
        "of a Latin keyboard; with a Russian layout active the same keys work. `^` stands for Ctrl."
    ),
    "ru": (
        "Составлено из команд самой программы скриптом `scripts/key_card.py`. На экране кодирования эту карточку показывает "
        "F1 или `?`; ещё раз F1 — с пояснениями. Ctrl+P находит любую команду по названию на любом из языков. Буквы — "
        "латинской раскладки; при русской раскладке работают те же клавиши. `^` означает Ctrl."
    ),
}
_CODING = {"en": "Coding screen", "ru": "Экран кодирования"}
_GO_TO = {"en": "Go to: `g`, then a letter", "ru": "Перейти: `g`, затем буква"}
_OTHERS = ("quotes", "progress")


def page(code: str) -> str:
    """Return the card in one language."""
    before = i18n.language()
    i18n.set_language(code)
    try:
        parts = [f"# {_TITLES[code]}\n\n{_LEADS[code]}\n", f"## {_CODING[code]}\n"]
        parts += [_table(group, level=3) for group in coding_card()]
        parts += [_table(_screen(name), level=2) for name in _OTHERS]
        letters = [
            CardLine(f"g {entry.letter}", entry.shown_label(), i18n._(entry.help))
            for entry in SCREENS.values()
            if entry.letter
        ]
        parts.append(_table(CardGroup(_GO_TO[code], tuple(letters)), level=2))
    finally:
        i18n.set_language(before)
    return "\n".join(parts)


def _screen(name: str) -> CardGroup:
    """Return the keys of another screen."""
    entry = SCREENS[name]
    lines = [
        CardLine(keys_shown(command), command.shown_label(), command.shown_help())
        for command in entry.load().COMMANDS
        if command.keys
    ]
    return CardGroup(entry.shown_label(), tuple(lines))


def _table(group: CardGroup, *, level: int) -> str:
    return f"{'#' * level} {group.title}\n\n| | | |\n|---|---|---|\n" + "".join(_rows(group.lines))


def _rows(lines: Iterable[CardLine]) -> Iterable[str]:
    for line in lines:
        keys = " ".join(f"`{key}`" for key in line.keys.split(" ")).replace("|", "\\|")
        yield f"| {keys} | {line.label} | {line.help} |\n"


def main() -> None:
    """Write both pages."""
    for code, path in PAGES.items():
        path.write_text(page(code), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
