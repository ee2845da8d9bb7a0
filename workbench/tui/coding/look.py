"""How a transcript is looked at: with times or without, pauses, a clean reading, turns perhaps invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.i18n import _, ngettext
from workbench.text.spans import Span
from workbench.tui.coding.changes import Changes, Folded, Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.models.views import TurnView
    from workbench.tui.coding.open_source import OpenSource


@dataclass(frozen=True, slots=True)
class Look:
    """What the eye gets; the text and its positions stay what they are."""

    times: bool = True
    """Whether each turn shows when it was said."""
    pauses: bool = False
    """Whether silences of more than a second are shown."""
    clean: bool = False
    """Whether hesitations and stutters are left out."""
    suspected: bool = False
    """Whether turns are shown that the recogniser may have invented."""
    names: bool = True
    """Whether the margin has room for the names of codes."""

    def changes(self, source: OpenSource) -> Changes:
        """Return what is shown of a source otherwise than it is."""
        hidden = () if self.suspected else hidden_turns(source)
        folded = [_folded(run) for run in hidden]
        put_in = [_note(turn) for turn in source.turns if turn.suspected]
        if self.pauses:
            put_in += [_pause(p.offset, p.seconds, ends=p.ends_turn) for p in source.pauses]
        put_in.sort(key=lambda piece: piece.start)
        left_out = source.disfluent if self.clean else ()
        return Changes(left_out, put_in, folded)


def may_be_hidden(source: OpenSource, turn: TurnView) -> bool:
    """Tell whether a turn is one to hide from coding: perhaps invented, and nobody coded it."""
    return turn.suspected and not source.index.between(turn.start, turn.end)


def hidden_turns(source: OpenSource) -> list[Sequence[TurnView]]:
    """Return the runs of turns that are hidden from coding."""
    runs: list[list[TurnView]] = []
    last = -2
    for number in source.suspected:  # asked at every key: of thousands of turns these are few
        turn = source.turns[number]
        if may_be_hidden(source, turn):
            if number == last + 1:
                runs[-1].append(turn)
            else:
                runs.append([turn])
            last = number
    return list(runs)


def _folded(run: Sequence[TurnView]) -> Folded:
    said = ngettext(
        "— {n} turn hidden: maybe invented (h)",
        "— {n} turns hidden: maybe invented (h)",
        len(run),
    ).format(n=len(run))
    return Folded(Span(run[0].start, run[-1].end), said)


def _note(turn: TurnView) -> Piece:
    return Piece(turn.end, turn.end, _("! perhaps not said").replace(" ", _TIE), "note")


def _pause(offset: int, seconds: int, *, ends: bool) -> Piece:
    said = _("({n} s)").format(n=seconds).replace(" ", _TIE)
    return Piece(offset, offset, said if ends else f"{said} ", "pause")


_TIE = "\N{NO-BREAK SPACE}"
