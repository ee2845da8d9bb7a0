"""Lines of the list of sources: what each is, and how far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.i18n import _
from workbench.tui.display import clock
from workbench.tui.labels import SOURCE_KINDS, label
from workbench.tui.widgets.row_table import Row

if TYPE_CHECKING:
    from workbench.models.views import SourceCard
    from workbench.tui.jobs import Job

_RECORDING = "♪"
_TEXT = "≡"


def source_row(card: SourceCard, job: Job | None) -> Row:
    """Return the line of a source; its job, if it has one, says how far it is."""
    length = ""
    if card.duration_ms:
        length = clock(card.duration_ms)
    elif card.words:
        length = _("{n} w.").format(n=card.words)
    return Row(
        card.id,
        (
            _RECORDING if card.is_recording else _TEXT,
            card.title,
            label(SOURCE_KINDS, card.kind),
            card.person or "",
            card.collected_on.isoformat() if card.collected_on else "",
            length,
            state_text(card, job),
        ),
    )


def state_text(card: SourceCard, job: Job | None) -> str:
    """Say how far a source is: recorded, waiting, in work, failed, ready, coded."""
    if job is not None:
        return job.state_text()
    if card.state == "ready":
        if not card.quotes:
            return _("ready")
        return _("coded {percent} %").format(percent=max(1, round(card.coded_share * 100)))
    if card.state == "failed":
        return _("! failed")
    if card.job is not None and card.job.done_ms and card.job.total_ms:
        percent = int(100 * card.job.done_ms / card.job.total_ms)
        return _("stopped at {percent} %").format(percent=percent)
    return _("recorded")
