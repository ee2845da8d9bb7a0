"""What a user can do: each command is declared once and appears as key, footer, palette entry and help."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from textual.binding import Binding

from workbench.i18n import LANGUAGES, N_, _, catalogue


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a user can do on a screen."""

    id: str
    """Stable name ``<screen>.<action>``; the screen's method ``action_<action>`` does it."""

    keys: str
    """Textual key names separated by commas; the first is shown. Latin only; may be empty."""

    label: str
    """One or two words for the footer, marked with ``N_``."""

    help: str = ""
    """One sentence for the palette and the help, marked with ``N_``."""

    verb: str | None = None
    """The service verb it performs, such as ``coding.apply``; None for moving and looking."""

    show: bool = True
    """Whether the footer shows it, as far as the width allows; declared order is footer order."""

    priority: bool = False
    """Whether the key works even while text is typed; only for Ctrl and function keys."""

    otherwise: str = ""
    """What its key says while the command makes no sense, marked with ``N_``; empty says nothing."""

    @property
    def scope(self) -> str:
        """The screen it belongs to, or ``app``."""
        return self.id.partition(".")[0]

    @property
    def action(self) -> str:
        """The method that does it, without ``action_``."""
        return self.id.partition(".")[2].replace("-", "_").replace(".", "_")

    @property
    def key(self) -> str:
        """The first key, as Textual names it; empty when there is none."""
        return self.keys.partition(",")[0].strip()

    @property
    def key_shown(self) -> str:
        """The first key as a person reads it: ``^s``, ``Enter``, ``?``."""
        return key_shown(self.key)

    def shown_label(self) -> str:
        """The label in the language in force."""
        return _(self.label)

    def shown_help(self) -> str:
        """The sentence in the language in force; empty when there is none."""
        return _(self.help) if self.help else ""

    def search_text(self) -> str:
        """Everything the palette finds it by: its words in every language."""
        texts = []
        for code in LANGUAGES:
            speak = catalogue(code).gettext
            texts += [speak(text) for text in (self.label, self.help) if text]
        return " ".join(dict.fromkeys(texts))

    def by_keys(self, works: Callable[[str, str | None], bool]) -> Command:
        """Return the command with only those of its keys that work now.

        Args:
            works: gets a key's name and the sign it types, if it types one.
        """
        keys = [key.strip() for key in self.keys.split(",") if key.strip()]
        kept = [key for key in keys if works(key, _sign(key))]
        return self if kept == keys else replace(self, keys=",".join(kept))

    def binding(self) -> Binding | None:
        """The Textual binding, or None without a key."""
        if not self.keys:
            return None
        return Binding(
            self.keys,
            f"run_command('{self.id}')",
            self.label,
            show=self.show,
            key_display=self.key_shown,
            priority=self.priority,
            tooltip=self.help,
            id=self.id,
        )


_KEY_NAMES = {
    "enter": N_("Enter"),
    "escape": N_("Esc"),
    "space": N_("Space"),
    "tab": N_("Tab"),
    "delete": N_("Del"),
    "insert": N_("Ins"),
    "backspace": "⌫",
    "question_mark": "?",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "underscore": "_",
    "full_stop": ".",
    "comma": ",",
    "semicolon": ";",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
}


def _sign(key: str) -> str | None:
    """Return what a key types; None for one that types nothing."""
    shown = " " if key == "space" else _KEY_NAMES.get(key, key)
    return shown if len(shown) == 1 and shown.isascii() else None


def key_shown(key: str) -> str:
    """Return a key as a person reads it: ``ctrl+s`` is ``^s``, ``alt+up`` is ``Alt+↑``."""
    *modifiers, base = key.split("+")
    shown = _(_KEY_NAMES[base]) if base in _KEY_NAMES else base
    if base[:1] == "f" and base[1:].isdigit():
        shown = base.upper()
    for modifier in reversed(modifiers):
        shown = f"^{shown}" if modifier == "ctrl" else f"{modifier.capitalize()}+{shown}"
    return shown


GLOBAL_COMMANDS: tuple[Command, ...] = (
    Command("app.back", "escape", N_("Back"), N_("Go one step back; nothing is lost.")),
    Command("app.go_to", "g", N_("Go to"), N_("Go to another screen by one letter.")),
    Command(
        "app.palette",
        "ctrl+p",
        N_("Commands"),
        N_("Find any command by its name."),
        show=False,
        priority=True,
    ),
    Command(
        "app.help",
        "question_mark,f1",
        N_("Help"),
        N_("Explain what has the focus and list the keys."),
    ),
    Command(
        "app.language", "f12", N_("Language"), N_("Switch between English and Russian."), show=False
    ),
    Command(
        "app.theme",
        "",
        N_("Theme"),
        N_("Switch between light, dark and the terminal's own colours."),
        show=False,
    ),
    Command(
        "app.quit",
        "ctrl+q",
        N_("Quit"),
        N_("Close the program; everything is already saved."),
        show=False,
        priority=True,
    ),
)
"""Commands that every screen has."""


class Registry:
    """Every command that was declared, by id; two different commands may not share one."""

    def __init__(self) -> None:
        """Begin with the commands that every screen has."""
        self._commands: dict[str, Command] = {}
        self.add(GLOBAL_COMMANDS)

    def add(self, commands: Iterable[Command]) -> None:
        """Take in the commands of a screen.

        Raises:
            ValueError: an id is taken by another command, or has no scope.
        """
        for command in commands:
            known = self._commands.setdefault(command.id, command)
            if known != command or not command.action:
                raise ValueError(command.id)

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def __getitem__(self, command_id: str) -> Command:
        return self._commands[command_id]


REGISTRY = Registry()
"""Filled as screens are imported; ``workbench.tui.app.import_all_screens`` imports them all."""


def bindings(commands: Iterable[Command]) -> list[Binding]:
    """Return the Textual bindings of the commands that have keys."""
    return [binding for command in commands if (binding := command.binding()) is not None]


def fitting(commands: Iterable[Command], width: int, *, most: int = 8) -> list[Command]:
    """Choose the commands a footer of this width can show whole, the help key always among them.

    Args:
        commands: in order of importance, as declared.
        width: cells of the line.
        most: how many at most.
    """
    shown = [command for command in commands if command.show and command.key]
    last = [command for command in shown if command.id == "app.help"]
    room = width - sum(footer_width(command) for command in last)
    chosen: list[Command] = []
    for command in shown:
        if command in last:
            continue
        need = footer_width(command)
        if len(chosen) + len(last) >= most:
            break
        if need > room:
            continue
        chosen.append(command)
        room -= need
    return chosen + last


def footer_width(command: Command) -> int:
    """Cells that a command takes in the footer: key, space, label, and the gap after it."""
    from rich.cells import cell_len

    return cell_len(command.key_shown) + 1 + cell_len(command.shown_label()) + FOOTER_GAP


FOOTER_GAP = 3
"""Cells between two commands of the footer."""
