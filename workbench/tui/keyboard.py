"""Cyrillic keyboard layouts: a command's key works whatever layout is active.

Terminals report the letter a key produced, not the key. With a Russian layout the key ``c`` arrives
as ``с`` (U+0441) and no binding fires. So a key that nobody wants as text is translated to the
Latin letter on the same key; the real key always goes first, and Latin keys are never touched.
"""

from __future__ import annotations

import os
import selectors
import sys
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App

if TYPE_CHECKING:
    from textual.driver import Driver

_ROWS = (
    ("йцукенгшщзфывапролдячсмить", "qwertyuiopasdfghjklzxcvbnm"),
    ("іў", "so"),  # Ukrainian and Belarusian letters that stand where ы and щ do
)
_SIGNS = {
    "х": "left_square_bracket",
    "ъ": "right_square_bracket",
    "ї": "right_square_bracket",
    "ж": "semicolon",
    "э": "apostrophe",
    "є": "apostrophe",
    "б": "comma",
    "ю": "full_stop",
    "ё": "grave_accent",
    "ґ": "backslash",
}
_SIGN_CHARACTERS = {
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "semicolon": ";",
    "apostrophe": "'",
    "comma": ",",
    "full_stop": ".",
    "grave_accent": "`",
    "backslash": "\\",
}
_LATIN = dict(_SIGNS)
for _cyrillic, _latin in _ROWS:
    _LATIN.update(zip(_cyrillic, _latin, strict=True))

_LOOKS_S = 0.1
"""How often the keyboard is left to see whether the program ends."""
_ESC = "\x1b"
_ESC_S = 0.01
"""How long the rest of a key is waited for after Esc alone: a terminal sends the bytes of a key at once; tmux waits as long."""
_AT_ONCE = 4096
"""Bytes of keys read at once."""

_COMMANDING = frozenset({"ctrl", "alt", "super", "hyper", "meta"})


def latin_key(event: events.Key, *, typed: bool) -> events.Key:
    """Return the key as a command would see it on a Latin layout, or the event itself.

    Args:
        event: the key as the terminal reported it.
        typed: whether the focused widget takes the key as text; then only Ctrl, Alt and the like
            are translated, so that Cyrillic can be typed.
    """
    *modifiers, base = event.key.split("+")
    letter = base.lower()
    if letter not in _LATIN:
        return event
    shifted = "shift" in modifiers or base != letter
    if not _COMMANDING & set(modifiers):
        if typed:
            return _with_text(event, letter.upper() if shifted else letter)
        return _plain(_LATIN[letter], shifted=shifted)
    latin = _LATIN[letter]
    if base != letter:
        # the legacy encoding of Alt+Shift+letter is "alt+shift+x"; a bare capital means the same
        modifiers = [*modifiers, "shift"] if "shift" not in modifiers else modifiers
    return events.Key("+".join([*sorted(modifiers), latin]), None)


def has_text(event: events.Key) -> str | None:
    """Return the text the key would type, also where the terminal left it out (``shift+Ф``)."""
    if event.character is not None:
        return event.character
    *modifiers, base = event.key.split("+")
    if _COMMANDING & set(modifiers) or base.lower() not in _LATIN:
        return None
    return base.upper() if "shift" in modifiers else base


def _with_text(event: events.Key, text: str) -> events.Key:
    """Give a typed capital its text where the terminal left it out; otherwise nothing changes."""
    return event if event.character is not None else events.Key(text, text)


def _plain(latin: str, *, shifted: bool) -> events.Key:
    """Return the key event of an unmodified Latin key."""
    if len(latin) == 1:
        letter = latin.upper() if shifted else latin
        return events.Key(letter, letter)
    if shifted:  # Shift and a sign is another sign on every layout: not ours to guess
        return events.Key(f"shift+{latin}", None)
    return events.Key(latin, _SIGN_CHARACTERS[latin])


class LayoutMixin(App[Any]):
    """Translates every key before bindings and widgets see it; put it first among an App's bases."""

    async def on_event(self, event: events.Event) -> None:
        """Translate a key that arrives from the terminal, then let Textual go on."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            text = has_text(event)
            focused = self.focused
            typed = focused is not None and focused.check_consume_key(event.key, text)
            event = latin_key(event, typed=typed)
        await super().on_event(event)

    def get_driver_class(self) -> type[Driver]:
        """Return Textual's driver, made to survive a key report it cannot read and to answer Esc at once.

        Some terminals add alternate keys (``CSI 1089::99;5u``) though nobody asked for them, and
        Textual 8.2.8 turns that into a ValueError that ends the program. Switching the kitty
        protocol off (``TEXTUAL_DISABLE_KITTY_KEY=1``) would avoid it too, but costs Ctrl with
        Cyrillic letters in the terminals that do it right; so the key is dropped instead.

        Esc alone may be the beginning of a longer key; Textual waits up to 0.2 s for the rest of it.
        """
        driver = super().get_driver_class()
        if sys.platform == "win32":
            return driver
        from textual._time import get_time
        from textual._xterm_parser import XTermParser
        from textual.drivers.linux_driver import LinuxDriver  # not importable on Windows

        if not issubclass(driver, LinuxDriver):
            return driver

        class PatientDriver(driver):  # type: ignore[misc, valid-type]
            """Starts reading again after a key report that Textual cannot read."""

            def run_input_thread(self) -> None:
                while not self.exit_event.is_set():
                    with suppress(ValueError):
                        self._read_keys()

            def _read_keys(self) -> None:
                """Read until the program ends, as Textual does, but without a pause after Esc."""
                parser = XTermParser(self._debug)
                decode = getincrementaldecoder("utf-8")().decode
                with selectors.SelectSelector() as selector:
                    selector.register(self.fileno, selectors.EVENT_READ)
                    ends = False
                    while not ends:
                        ends = self.exit_event.is_set()
                        waits = parser._timeout_time is not None  # noqa: SLF001
                        found = selector.select(_ESC_S if waits else _LOOKS_S)
                        text = decode(os.read(self.fileno, _AT_ONCE), final=ends) if found else ""
                        for event in parser.feed(text) if text else parser.tick():
                            self.process_message(event)
                        if text == _ESC and parser._timeout_time is not None:  # noqa: SLF001
                            parser._timeout_time = get_time() + _ESC_S  # noqa: SLF001

        return PatientDriver
