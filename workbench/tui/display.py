"""How values look on a terminal: safe text, short names, times, bars."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime

from rich.cells import cell_len, get_character_cell_size, set_cell_size
from textual.content import Content

from workbench.i18n import N_, _, ngettext

_MONTHS = (
    N_("{day} January"),
    N_("{day} February"),
    N_("{day} March"),
    N_("{day} April"),
    N_("{day} May"),
    N_("{day} June"),
    N_("{day} July"),
    N_("{day} August"),
    N_("{day} September"),
    N_("{day} October"),
    N_("{day} November"),
    N_("{day} December"),
)

_UNSAFE: dict[int, str] = {code: chr(0x2400 + code) for code in range(0x20)}
_UNSAFE |= dict.fromkeys(range(0x80, 0xA0), "\N{REPLACEMENT CHARACTER}")  # C1
_UNSAFE |= dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")  # lone surrogates
_UNSAFE |= dict.fromkeys(
    [
        0xAD,  # soft hyphen
        *(0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),  # bidi
        *(0x180E, 0x200B, 0x200C, 0x200D, *range(0x2060, 0x2066), 0xFEFF),  # zero width
        *range(0x206A, 0x2070),  # deprecated format characters
        *range(0xFFF9, 0xFFFC),  # interlinear annotation
        *range(0xE0000, 0xE0080),  # invisible tags
    ],
    "·",
)
_UNSAFE |= {
    0x7F: "\N{SYMBOL FOR DELETE}",
    ord("\t"): " ",
    0x2028: "\N{SYMBOL FOR NEWLINE}",
    0x2029: "\N{SYMBOL FOR NEWLINE}",
}
# terminals disagree about the width of letters that are put together: each part is shown by itself
_UNSAFE |= {0x1F1E6 + number: chr(ord("A") + number) for number in range(26)}  # flags
_UNSAFE |= dict.fromkeys(range(0x1F3FB, 0x1F400), "·")  # colours of skin
_UNSAFE[0xFE0F] = "\N{COMBINING GRAPHEME JOINER}"  # would widen some letters; this one does nothing
_PUT_TOGETHER = re.compile("[\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]")
_UNSAFE_LINE = _UNSAFE | {ord("\n"): "\N{RETURN SYMBOL}"}
_UNSAFE_LINES = {code: shown for code, shown in _UNSAFE.items() if code != ord("\n")}


def clean_for_terminal(text: str, *, lines: bool = False) -> str:
    """Show what must not reach a terminal as symbols: controls, direction marks, invisible characters.

    Each character becomes exactly one, so positions in the text stay true.

    Args:
        text: somebody's words, a file name, anything not written by us.
        lines: keep line ends; otherwise they are shown as a symbol too.
    """
    # nearly every text is safe, and asking takes a hundredth of the time of replacing
    printable = (text.replace("\n", "") if lines else text).isprintable()
    if printable and (text.isascii() or not _may_be_put_together(text)):
        return text
    return text.translate(_UNSAFE_LINES if lines else _UNSAFE_LINE)


def _may_be_put_together(text: str) -> bool:
    """Tell whether printable text may hold what letters are put together with; in most, that is told without looking for it."""
    above_ffff = len(text.encode("utf-16-le")) > 2 * len(text)
    return "\ufe0f" in text or (above_ffff and _PUT_TOGETHER.search(text) is not None)


def content(text: object, style: str = "", *, lines: bool = False) -> Content:
    """Return text as Textual content in which nothing is markup and nothing controls the terminal."""
    return Content.styled(clean_for_terminal(str(text), lines=lines), style)


def shorten_end(text: str, width: int) -> str:
    """Cut a text at the end so that it fits, with an ellipsis."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 1 else "…"[:width]


def _last_cells(text: str, width: int) -> str:
    """Return the end of a text that fits, each letter measured by itself."""
    start = len(text)
    while start and (width := width - get_character_cell_size(text[start - 1])) >= 0:
        start -= 1
    return text[start:]


def shorten_middle(text: str, width: int) -> str:
    """Cut a long name in the middle: its beginning and its end are what tells it from others."""
    if cell_len(text) <= width:
        return text
    if width < 4:  # noqa: PLR2004 - too narrow to keep both ends
        return shorten_end(text, width)
    tail_width = (width - 1) // 2
    # a whole transcript may be asked for, and it is cut letter by letter
    tail = _last_cells(text[-4 * tail_width :], tail_width)
    while cell_len(tail) > tail_width:
        tail = tail[1:]
    while tail and unicodedata.combining(tail[0]):
        tail = tail[1:]
    head = set_cell_size(text, width - 1 - cell_len(tail)).rstrip()
    return f"{head}…{tail.lstrip()}"


def relative_time(moment: datetime, now: datetime | None = None) -> str:
    """Say when something happened the way people do: 2 h ago, yesterday, 3 May.

    Args:
        moment: when it happened, aware; shown in the system's time zone.
        now: what to count from, for tests.
    """
    now = (now or datetime.now(UTC)).astimezone()
    moment = moment.astimezone()
    seconds = (now - moment).total_seconds()
    if -60 < seconds < 60:  # noqa: PLR2004 - a minute; clocks of two machines differ a little
        return _("just now")
    if 0 <= seconds < 3600:  # noqa: PLR2004 - an hour
        minutes = int(seconds // 60)
        return ngettext("{n} min ago", "{n} min ago", minutes).format(n=minutes)
    days = (now.date() - moment.date()).days
    if seconds >= 0 and days == 0:
        hours = int(seconds // 3600)
        return ngettext("{n} h ago", "{n} h ago", hours).format(n=hours)
    if days == 1:
        return _("yesterday")
    shown = _(_MONTHS[moment.month - 1]).format(day=moment.day)
    return shown if moment.year == now.year else f"{shown} {moment.year}"


def duration(seconds: float) -> str:
    """Say how long something takes, as roughly as people do: 40 s, 6 min, 2 h 5 min."""
    whole = max(0, round(seconds))
    if whole < 60:  # noqa: PLR2004 - a minute
        return _("{n} s").format(n=whole)
    minutes = round(whole / 60)
    if minutes < 60:  # noqa: PLR2004 - an hour
        return _("{n} min").format(n=minutes)
    hours, minutes = divmod(minutes, 60)
    if not minutes:
        return _("{n} h").format(n=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)


def clock(milliseconds: int) -> str:
    """Show a place in a recording: 00:12:08."""
    seconds = max(0, milliseconds) // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def bar(done: float, total: float, width: int) -> str:
    """Draw how far something is, readable without colour: ``━━━╸────``."""
    if width <= 0:
        return ""
    share = min(1.0, max(0.0, done / total)) if total > 0 else 0.0
    halves = int(share * width * 2)
    full, half = divmod(halves, 2)
    drawn = "━" * full + ("╸" if half else "")
    return drawn + "─" * (width - len(drawn))
