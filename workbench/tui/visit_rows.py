"""Lines of the list of visits and of the rating of locations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.i18n import _, decimal_text, ngettext
from workbench.tui.labels import LOCATION_OWNERS, VISIT_STATUSES, label
from workbench.tui.widgets.row_table import Row

if TYPE_CHECKING:
    from decimal import Decimal

    from workbench.models.views import LeagueRow, VisitCard


def percent_text(percent: Decimal | None) -> str:
    """Show a score with one digit after the point; a dash where it cannot be scored."""
    return _("{n} %").format(n=decimal_text(percent)) if percent is not None else "–"


def visit_row(card: VisitCard) -> Row:
    """Return the line of a visit; failed critical questions are marked at its score."""
    day = card.finished_at.date() if card.finished_at else card.planned_on
    failed = len(card.score.failed_criticals)
    critical = ngettext("! {n} critical failed", "! {n} critical failed", failed).format(n=failed)
    counted = card.status not in ("planned", "assigned")
    return Row(
        card.code,
        (
            card.code,
            card.location,
            str(card.wave or ""),
            card.shopper,
            day.isoformat() if day else "",
            label(VISIT_STATUSES, card.status),
            f"{card.answered}/{card.questions}",
            ("! " if failed else "") + percent_text(card.score.percent) if counted else "",
            critical if failed else "",
        ),
        quiet=card.status in ("cancelled", "excluded", "rejected"),
    )


def league_row(row: LeagueRow) -> Row:
    """Return the line of a location, with its change since the wave before in points."""
    change = ""
    if row.delta is not None:
        points = decimal_text(f"{row.delta:+}").replace("-", "−")
        change = _("{n} pts").format(n=points)
    failed = row.failed_criticals
    return Row(
        row.location,
        (
            str(row.rank or ""),
            row.location,
            row.region,
            label(LOCATION_OWNERS, row.owner),
            str(row.visits),
            percent_text(row.percent),
            change,
            ngettext("! {n} failed", "! {n} failed", failed).format(n=failed) if failed else "",
            row.worst_section,
        ),
    )
