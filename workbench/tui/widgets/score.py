"""The score of a visit: the whole, its sections as bars, and what failed, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from workbench.i18n import N_, _, decimal_text
from workbench.tui.display import bar, clean_for_terminal, shorten_end

if TYPE_CHECKING:
    from workbench.models.views import ScoreView, VisitView

_GRADES = {"green": N_("green"), "amber": N_("amber"), "red": N_("red")}
_NAME_AT_MOST = 34
_BAR = 20


class Score(Static):
    """What a finished visit came to."""

    DEFAULT_CSS = """
    Score { height: auto; padding: 0 2; margin-bottom: 1; }
    """

    def show(self, view: VisitView) -> None:
        """Show a visit's score."""
        self.update(Content("\n").join(score_lines(view)))


def score_lines(view: VisitView) -> Iterator[Content]:
    """Yield the lines of a visit's score."""
    score = view.card.score
    whole = _percent(score)
    grade = _(_GRADES[score.grade]) if score.grade in _GRADES else score.grade
    passed = {True: _("passed"), False: _("not passed"), None: ""}[score.passed]
    facts = " · ".join(part for part in (grade, passed) if part)
    yield Content.assemble(
        (_("Score {percent}").format(percent=whole), "bold $primary"), f"   {facts}"
    )
    names = [clean_for_terminal(name) for name, _score in view.section_scores]
    width = min(_NAME_AT_MOST, max((cell_len(name) for name in names), default=0))
    for name, (_title, section) in zip(names, view.section_scores, strict=True):
        short = shorten_end(name, width)
        share = float(section.percent or 0)
        yield Content.assemble(
            short + " " * (width - cell_len(short)) + "  ",
            (bar(share, 100, _BAR), "$primary"),
            f"  {_percent(section):>8}",
            (_("  not passed") if section.passed is False else "", "$warning"),
        )
    if score.failed_criticals:
        yield Content.styled(_("! Critical questions failed:"), "bold $error")
        for text in score.failed_criticals:
            yield Content(f"   · {clean_for_terminal(text)}")


def _percent(score: ScoreView) -> str:
    return _("{n} %").format(n=decimal_text(score.percent)) if score.percent is not None else "–"
