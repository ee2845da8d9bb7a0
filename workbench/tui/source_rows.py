"""Lines of the list of sources: what each is, and how far; and what is said of the queue below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from workbench.i18n import N_, _, ngettext
from workbench.tui.display import clean_for_terminal, clock, duration
from workbench.tui.jobs import percent_of
from workbench.tui.labels import SOURCE_KINDS, label
from workbench.tui.widgets.row_table import Column, Row

if TYPE_CHECKING:
    from workbench.models.views import JobView, QueueView, SourceCard
    from workbench.tui.jobs import Job

_RECORDING = "♪"
_TEXT = "≡"


COLUMNS = (
    Column(width=1),
    Column(N_("Source"), cut="middle"),
    Column(N_("Kind"), width=20, least=110),
    Column(N_("Person"), width=8, least=70),
    Column(N_("Date"), width=10, least=90),
    Column(N_("Length"), width=8, align="right", least=60),
    Column(N_("State"), width=20),
)


def source_rows(
    cards: Iterable[SourceCard],
    running: Job | None,
    queue: QueueView,
    to_review: Mapping[str, int],
) -> list[Row]:
    """Return the lines of all sources; below one whose transcription failed stands why.

    Args:
        cards: the sources in their order.
        running: the job that runs in this program.
        queue: what waits.
        to_review: how many places of a transcript want a person's ear, by source.
    """
    places = {job.source_id: n for n, job in enumerate(queue.waiting, 1)}
    rows = []
    for card in cards:
        job = running if running is not None and running.source == card.id else None
        place, review = places.get(card.id, 0), to_review.get(card.id, 0)
        rows.append(source_row(card, job, place=place, to_review=review))
        if card.job is not None and card.job.status == "failed" and card.job.problem:
            problem = clean_for_terminal(card.job.problem)
            rows.append(Row(card.id, ("", Content.styled(f"! {problem}", "$error"))))
    return rows


def source_row(card: SourceCard, job: Job | None, *, place: int = 0, to_review: int = 0) -> Row:
    """Return the line of a source.

    Args:
        card: the source.
        job: its transcription, when it is the one that runs in this program.
        place: which it is in the queue, from 1; 0 when it does not wait.
        to_review: how many places of its transcript want a person's ear.
    """
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
            state_text(card, job, place=place, to_review=to_review),
        ),
    )


def state_text(card: SourceCard, job: Job | None, *, place: int = 0, to_review: int = 0) -> str:
    """Say how far a source is: recorded, waiting, in work, failed, to review, ready, coded."""
    if job is not None:
        return job.state_text()
    percent = percent_of(card.job.done_ms, card.job.total_ms) if card.job is not None else 0
    begun = card.job is not None and card.job.done_ms > 0
    if card.state in ("queued", "transcribing") and card.job is not None:
        return _queue_text(card.job, place, percent if begun else 0)
    if card.state == "ready":
        return _ready_text(card, to_review)
    if card.state == "failed":
        return _("! failed")
    if begun:
        return _("stopped at {percent} %").format(percent=percent)
    return _("recorded")


def _queue_text(job: JobView, place: int, percent: int) -> str:
    """Say how a recording stands in the queue."""
    if job.status == "paused":
        return _("paused at {percent} %").format(percent=percent) if percent else _("paused")
    if job.status == "running":  # another program does it
        return _("◐ {percent} %").format(percent=percent) if percent else _("◐ preparing")
    return _("waiting: {n}").format(n=place) if place else _("waiting")


def _ready_text(card: SourceCard, to_review: int) -> str:
    if card.is_recording and not card.words:
        return _("no speech")
    if card.quotes:
        return _("coded {percent} %").format(percent=max(1, round(card.coded_share * 100)))
    return _("to review: {n}").format(n=to_review) if to_review else _("ready")


def queue_line(view: QueueView) -> str:
    """Say how many recordings wait and how long all of it may take; empty when only one runs."""
    parts = []
    if view.waiting:
        n = len(view.waiting)
        parts.append(ngettext("{n} waits", "{n} wait", n).format(n=n))
    if view.paused:
        n = len(view.paused)
        parts.append(ngettext("{n} is paused", "{n} are paused", n).format(n=n))
    if view.waiting and view.left_s is not None:
        parts.append(_("all done in {time}").format(time=duration(view.left_s)))
    return " · ".join(parts)


def detail_text(card: SourceCard) -> str:
    """Say what the transcription of a source found; empty when there is nothing to say."""
    if card.job is None or card.job.status != "done":
        return ""
    from workbench.transcription.report import Report

    return " ".join(Report.from_dict(card.job.report).sentences()) if card.job.report else ""


def can(name: str, card: SourceCard, *, waiting: int = 0) -> bool:
    """Tell whether a command of the screen makes sense for a source.

    Args:
        name: the command without its screen.
        card: the source.
        waiting: how many recordings wait in the queue.
    """
    status = card.job.status if card.job is not None else ""
    in_queue = card.state in ("queued", "transcribing")
    waits = in_queue and status == "queued"
    fits = {
        "transcribe": card.is_recording and card.state != "ready" and not in_queue,
        "options": card.is_recording and not card.quotes and card.state != "transcribing",
        "pause": in_queue and status in ("queued", "running"),
        "resume": in_queue and status == "paused",
        "cancel": in_queue,
        "earlier": waits and waiting > 1,
        "later": waits and waiting > 1,
        "first": waits and waiting > 1,
        "remove": card.state != "transcribing",
        "speakers": card.state == "ready",
        "recount": card.state == "ready" and card.is_recording,
        "review": card.state == "ready",
        "export": card.state == "ready",
    }
    return fits.get(name, True)
