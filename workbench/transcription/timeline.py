"""Where decoded sound belongs in time, by the time stamps of a recording that may have pauses and errors."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

_GAP_S = 0.5  # time stamps may be this far off before silence is put in or a jump is closed
_LONGEST_GAP_S = 3_600  # where the file does not say how long it is


class Timeline:
    """The one time line of a recording: pauses in its time stamps stay, jumps back and absurd ones are closed."""

    def __init__(self, *, start_s: float, length_s: float) -> None:
        """Begin where the file begins, which is not always where its sound does.

        Args:
            start_s: the time stamp the file begins with.
            length_s: how long the file says it is; 0 when it does not.
        """
        self.position = self.begun = 0.0
        self._end = length_s + _GAP_S if length_s else None
        self._shift = -start_s

    def start_at(self, pts: int | None, base: Fraction | None) -> None:
        """Begin in the middle, where seeking led."""
        self.begun = self.position = (self._seconds(pts, base) or 0.0) + self._shift

    def place(self, pts: int | None, base: Fraction | None) -> float:
        """Go to what has this time stamp; return the seconds of silence before it."""
        seconds = self._seconds(pts, base)
        if seconds is None:
            return 0.0
        ahead = seconds + self._shift - self.position
        if abs(ahead) <= _GAP_S:
            return 0.0
        known = ahead <= _LONGEST_GAP_S if self._end is None else self.position + ahead <= self._end
        if ahead < 0 or not known:
            self._shift -= ahead
            return 0.0
        self.position += ahead
        return ahead

    def follow(self, pts: int | None, base: Fraction | None) -> None:
        """Go to exactly this time stamp, where lengths are rounded and would add up to a wrong sum."""
        self.place(pts, base)
        seconds = self._seconds(pts, base)
        if seconds is not None:
            self.position = seconds + self._shift

    def pass_over(self, seconds: float) -> None:
        """Go on behind a piece."""
        self.position += seconds

    def end_of(self, packet: Any) -> float:
        """Return where something else than the sound ends."""
        seconds = self._seconds(packet.pts, packet.time_base)
        length = float((packet.duration or 0) * (packet.time_base or 0))
        return 0.0 if seconds is None else seconds + self._shift + length

    @staticmethod
    def _seconds(pts: int | None, base: Fraction | None) -> float | None:
        return None if pts is None or base is None else float(pts * base)
