"""The key card of the coding screen: every key once, grouped by what it is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len

from workbench.i18n import N_, _
from workbench.tui.coding.codebook_commands import CODEBOOK_COMMANDS, tree_commands
from workbench.tui.coding.coder_commands import CODER_COMMANDS
from workbench.tui.coding.commands import CODING_COMMANDS
from workbench.tui.commands import GLOBAL_COMMANDS, Command, key_shown

_KEYS_MOST = 10
"""Cells for the keys of one line; further keys of a command are left out."""

_GROUPS: Final[dict[str, tuple[str, ...]]] = {
    N_("Moving"): (
        *("next-quote", "previous-quote", "next-uncoded", "previous-uncoded"),
        *("next-of-code", "previous-of-code", "place", "source", "next-source"),
        *("previous-source", "two-texts", "other-text"),
    ),
    N_("Selecting"): ("word", "word-back", "sentence", "sentence-back", "turn", "turn-back"),
    N_("Coding"): (
        *("code", "recent", "repeat", "in-vivo", "all-found", "passages", "undo", "redo"),
    ),
    N_("Finding"): ("search", "next-hit", "previous-hit", "quotes"),
    N_("The quote here"): (
        *("choose", "against", "warmer", "colder", "no-emotion", "favourite", "memo", "memo-on"),
        *("remove", "remove-coder", "recode", "borders", "keep-borders", "other-end"),
        *("split-quote", "merge-quotes"),
    ),
    N_("Codebook"): (),
    N_("Coders"): (),
    N_("In the codebook"): (),
    N_("Listening"): (
        *("play", "back-5", "forward-5", "slower", "faster", "suspected", "transcript"),
    ),
    N_("Everywhere"): (),
}
"""The groups in their order, each with the actions that stand first in it."""

_BY_LIST: Final = (
    (N_("Codebook"), CODEBOOK_COMMANDS),
    (N_("Coders"), CODER_COMMANDS),
    (N_("Everywhere"), GLOBAL_COMMANDS),
)
"""Whole lists of commands that belong to one group."""

_PLAIN: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    N_("Moving"): (
        ("←→↑↓", N_("Letter, line")),
        ("^←→", N_("Word")),
        ("^↑↓", N_("Turn")),
    ),
    N_("Selecting"): (("Shift+←→", N_("Select while moving")),),
}
"""Keys that a text has by itself."""


@dataclass(frozen=True, slots=True)
class CardLine:
    """One key and what it does."""

    keys: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class CardGroup:
    """Keys for one purpose."""

    title: str
    lines: tuple[CardLine, ...]

    def __len__(self) -> int:
        """Lines it takes, its title among them."""
        return len(self.lines) + 1


def coding_card(*, paired: bool = False) -> list[CardGroup]:
    """Return the card of the coding screen in the language in force.

    Args:
        paired: put a letter and its capital, which goes the other way, into one line.
    """
    lines: dict[str, list[CardLine]] = {
        title: [CardLine(keys, _(label)) for keys, label in _PLAIN.get(title, ())]
        for title in _GROUPS
    }
    for title, commands in grouped((*CODING_COMMANDS, *GLOBAL_COMMANDS)).items():
        lines[title] += _paired(commands) if paired else [_line(command) for command in commands]
    lines[N_("In the codebook")] = [_line(command) for command in tree_commands()]
    return [CardGroup(_(title), tuple(found)) for title, found in lines.items() if found]


def _line(command: Command) -> CardLine:
    return CardLine(keys_shown(command), command.shown_label(), command.shown_help())


def _paired(commands: Iterable[Command]) -> Iterator[CardLine]:
    waiting = list(commands)
    while waiting:
        command = waiting.pop(0)
        back = waiting[0] if waiting else None
        looks = back is not None and not (command.verb or back.verb)
        if back is not None and looks and back.key == command.key.upper() != command.key:
            waiting.pop(0)
            label = _("{label} · back").format(label=command.shown_label())
            yield CardLine(f"{command.key_shown} {back.key_shown}", label)
        else:
            yield _line(command)


def grouped(commands: Iterable[Command]) -> dict[str, list[Command]]:
    """Return the commands that have a key by the untranslated title of their group."""
    found: dict[str, list[Command]] = {title: [] for title in _GROUPS}
    for command in commands:
        if keys_shown(command):
            found[_group_of(command)].append(command)
    for title, first in _GROUPS.items():
        ranks = {name: place for place, name in enumerate(first)}
        found[title].sort(key=lambda command: ranks.get(_name(command), len(ranks)))
    return found


def _group_of(command: Command) -> str:
    """Return the group that names a command, else that of its list, else that of what it changes."""
    for title, names in _GROUPS.items():
        if command.scope == "coding" and _name(command) in names:
            return title
    for title, commands in _BY_LIST:
        if command in commands:
            return title
    return N_("The quote here") if command.verb else N_("Moving")


def _name(command: Command) -> str:
    return command.id.partition(".")[2]


def keys_shown(command: Command) -> str:
    """Return the keys of a command as a person reads them, as many as there is room for."""
    if not command.keys:
        return ""
    shown = command.key_shown  # nine keys may be shown as one
    for key in command.keys.split(",")[1:] if shown == key_shown(command.key) else ():
        more = f"{shown} {key_shown(key.strip())}"
        shown = more if cell_len(more) <= _KEYS_MOST else shown
    return shown


def in_columns(groups: list[CardGroup], count: int) -> list[list[CardGroup]]:
    """Put groups side by side in columns of nearly the same height, in their order, none of them torn apart."""
    least = max(len(group) for group in groups)
    total = sum(len(group) + 1 for group in groups)
    for height in range(max(least, total // count), total + 1):
        columns = list(_filled(groups, height))
        if len(columns) <= count:
            return columns
    return [groups]


def _filled(groups: list[CardGroup], height: int) -> Iterator[list[CardGroup]]:
    column: list[CardGroup] = []
    for group in groups:
        used = sum(len(known) + 1 for known in column)
        if column and used + len(group) > height:
            yield column
            column = []
        column.append(group)
    yield column
