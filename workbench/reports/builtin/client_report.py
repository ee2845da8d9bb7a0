"""The client report: three answers, barriers with their evidence, visits, what to do, method."""

from __future__ import annotations

from typing import Any

from workbench.i18n import N_
from workbench.reports.chapters import barriers, evidence, method, visits
from workbench.reports.data import ReportData
from workbench.reports.wording import Wording


class ClientReport:
    """What a consultant hands to the client at the end of a wave."""

    name = "client_report"
    title = N_("Client report")

    def context(self, data: ReportData, wording: Wording) -> dict[str, Any]:
        """Return what the template of the client report is filled with."""
        return {
            "report": _head(data, wording),
            "answers": barriers.answers(data, wording),
            "barriers": barriers.barrier_cards(data, wording),
            "strengths": evidence.findings(data.strengths, wording),
            "themes": evidence.findings(data.themes, wording),
            "visits": visits.visits(data.visits, data.checklist, wording),
            "recommendations": barriers.recommendations(data, wording),
            "quick_wins": [
                row for row in barriers.recommendations(data, wording) if row["quick_win"]
            ],
            "goals": method.goals(data.goals, wording),
            "metrics": method.metrics(data.metrics, wording),
            "method": method.method(data, wording),
            "codebook": method.codebook(data.codebook, wording),
            "evidence": evidence.evidence_index(data.evidence, wording),
        }


def _head(data: ReportData, wording: Wording) -> dict[str, Any]:
    """Return what the title page, the header and the footer print."""
    wave = ""
    if data.wave:
        wave = wording.fill(N_("Wave {number}"), number=data.wave.number)
        title = data.wave.title
        if title.casefold().startswith(wave.casefold()):  # "Wave 2: after the launch"
            wave = title
        elif title:
            wave = f"{wave}: {title}"
    start = data.report.period_start or (data.wave.start if data.wave else None)
    end = data.report.period_end or (data.wave.end if data.wave else None)
    return {
        "title": data.report.title or data.project.title,
        "project": data.project.title,
        "client": data.project.client,
        # the title page has room for the gist; the whole task stands in the chapter on method
        "brief": next(iter(method.paragraphs(data.project.brief)), ""),
        "wave": wave,
        "period": wording.period(start, end),
        "authors": ", ".join(data.report.authors),
        "date": wording.date(data.report.date),
    }


REPORT = ClientReport()
