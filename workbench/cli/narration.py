"""What the program says besides its data: sentences, progress and questions, all on stderr."""

from __future__ import annotations

import sys

from workbench.cli.plain import harmless, one_line, shorten
from workbench.errors import UsageError, WorkbenchError
from workbench.i18n import N_, _

_STEP = 10
"""Percent between two lines of progress where there is no terminal to redraw one."""


def say(sentence: str) -> None:
    """Say a sentence."""
    print(harmless(sentence), file=sys.stderr, flush=True)  # noqa: T201 - narration goes to stderr


def confirm(question: str, *, yes: bool) -> None:
    """Ask before something that cannot be undone; where nobody can answer, ``--yes`` must have been given.

    Raises:
        UsageError: ``needs-yes``.
        WorkbenchError: ``declined``.
    """
    if yes:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(
            "needs-yes",
            N_("This cannot be undone, and there is nobody to ask."),
            N_("Add --yes if it is meant."),
        )
    sys.stderr.write(harmless(question) + _(" [y/N] "))
    sys.stderr.flush()
    if sys.stdin.readline().strip().casefold() not in {"y", "yes", "д", "да"}:
        raise WorkbenchError("declined", N_("Nothing was changed."))


class Progress:
    """How far something is: one line that is redrawn on a terminal, else a line every ten percent."""

    def __init__(self, title: str) -> None:
        """Name what goes on."""
        self._title = one_line(title)
        self._live = sys.stderr.isatty()
        self._said = -1
        self._drawn = False

    def show(self, done: float, eta_s: float | None, *, also: str = "") -> None:
        """Show the part that is done (0–1), how long the rest may take, and what else is to be said."""
        percent = int(min(max(done, 0.0), 1.0) * 100)
        line = f"{self._title}: {percent} %"
        if eta_s is not None and percent < 100:  # noqa: PLR2004 - all of it
            line += " · " + _("{time} left").format(time=clock(eta_s))
        if also:
            line += " · " + also
        if self._live:
            import shutil

            columns = shutil.get_terminal_size().columns
            sys.stderr.write("\r\x1b[K" + shorten(line, columns - 1))
            sys.stderr.flush()
            self._drawn = True
        elif percent // _STEP > self._said:
            self._said = percent // _STEP
            say(line)

    def end(self) -> None:
        """Take the live line away."""
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._drawn = False


def clock(seconds: float) -> str:
    """Return a duration as minutes and seconds, with hours when there are any."""
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
