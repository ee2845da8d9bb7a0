"""How far a long piece of work is: bar, share, elapsed, left, speed."""

from __future__ import annotations

from time import monotonic

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from workbench.i18n import _
from workbench.tui.display import bar, clean_for_terminal, duration, shorten_middle

_SURE_AFTER = 3.0
"""Seconds before a time left is said: a guess from less is wrong by half."""
_SHORTEST_BAR = 6


class Progress(Widget):
    """One line: what is done, ``━━━╸────  43 %   2 min · 6 min left · 9 × real time``."""

    DEFAULT_CSS = """
    Progress { height: 1; width: 1fr; padding: 0 1; }
    """

    what: reactive[str] = reactive("")
    """What is being done, translated."""
    done: reactive[float] = reactive(0.0)
    total: reactive[float] = reactive(0.0)
    """How much there is; 0 when nobody knows yet."""
    left: reactive[float | None] = reactive(None)
    """Seconds left, where the work itself knows; otherwise they are worked out from the time so far."""
    speed: reactive[str] = reactive("")
    """How fast, translated, such as “9 × real time”."""

    def __init__(self, what: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Begin to count the time."""
        super().__init__(id=id)
        self.set_reactive(Progress.what, what)
        self._begun = monotonic()

    def on_mount(self) -> None:
        """Let the time run on also while nothing is reported."""
        self.set_interval(1.0, self.refresh)

    def follow(self, elapsed: float) -> None:
        """Count from an earlier moment: the work was begun before this line was shown.

        Args:
            elapsed: seconds since the work began.
        """
        self._begun = monotonic() - elapsed

    def update(
        self,
        done: float,
        total: float,
        *,
        what: str = "",
        speed: str = "",
        left: float | None = None,
    ) -> None:
        """Show how far it is.

        Args:
            done: how much is done.
            total: of how much; 0 when nobody knows.
            what: what is being done now, translated; empty leaves it.
            speed: how fast, translated.
            left: seconds left, where the work itself knows better than the time so far tells.
        """
        self.done, self.total, self.speed, self.left = done, total, speed, left
        if what:
            self.what = what

    def render(self) -> Content:
        """Draw the line in the width there is."""
        elapsed = monotonic() - self._begun
        width = self.content_size.width
        what = shorten_middle(clean_for_terminal(self.what), max(8, width // 3))
        room = 0
        for speed in dict.fromkeys([self.speed, ""]):  # where it is narrow, the bar tells more
            figures = progress_text(
                self.done, self.total, elapsed=elapsed, speed=speed, left=self.left
            )
            room = max(0, min(30, width - len(figures) - len(what) - 4))
            if room >= _SHORTEST_BAR:
                break
        drawn = bar(self.done, self.total, room)
        return Content.assemble(
            (f"{what}  " if what else "", ""),
            (drawn + "  " if drawn else "", "$primary"),
            (figures, "$foreground-muted"),
        ).truncate(width, ellipsis=True)


def progress_text(
    done: float, total: float, *, elapsed: float, speed: str = "", left: float | None = None
) -> str:
    """Return share, elapsed, left and speed as one line; what is not known is left out."""
    parts = [_("{time} so far").format(time=duration(elapsed))]
    if total > 0:
        share = min(1.0, max(0.0, done / total))
        percent = _("{n} %").format(n=int(share * 100))
        if left is None and share > 0 and elapsed >= _SURE_AFTER and share < 1:
            left = elapsed / share * (1 - share)
        if left is not None:
            parts.append(_("{time} left").format(time=duration(left)))
        if speed:
            parts.append(speed)
        return f"{percent}  " + " · ".join(parts)
    return " · ".join([*parts, speed] if speed else parts)
