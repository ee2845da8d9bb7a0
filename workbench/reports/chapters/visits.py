"""Results of mystery shopping: branches, sections, regions, missed standards, comments."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from workbench.i18n import N_
from workbench.models.kinds import LocationOwner
from workbench.reports import phrases
from workbench.reports.chapters.evidence import DOT
from workbench.reports.data import (
    BranchScore,
    Checklist,
    MissedStandard,
    Rollup,
    VisitComment,
    Visits,
    WaveScore,
)
from workbench.reports.wording import NBSP, Wording, Words

FEW = 3
"""Below this number of visits a score says little: it is printed in grey and marked in words."""

_BAR = 32  # characters of a full bar: fits its column in Calibri and in the wider Arial
_MOST_SECTIONS = 8  # columns that fit between the margins
_NO_SCORE = "—"


def visits(results: Visits, checklist: Checklist, wording: Wording) -> dict[str, Any]:
    """Return the chapter on mystery shopping; ``any`` is false where there were no visits."""
    branches = [_branch(branch, wording) for branch in results.branches]
    sections = [section.section for section in results.sections]
    return {
        "any": bool(branches),
        "summary": _summary(results, wording),
        "branches": branches,
        "few": any(branch["few"] for branch in branches),
        "sections": sections if len(sections) <= _MOST_SECTIONS else [],
        "matrix": _matrix(results, wording) if len(sections) <= _MOST_SECTIONS else [],
        "rollups": [
            _rollup(item, wording)
            for item in (*results.regions, *([results.network] if results.network else []))
        ],
        "missed": [_missed(item, wording) for item in results.missed],
        "comments": [_comment(comment, wording) for comment in results.comments],
        "checklist": _checklist(checklist, wording),
    }


def _summary(results: Visits, wording: Wording) -> str:
    """Return "Visits in this wave: 8; branches visited: 4." and the mean of all visits."""
    last = [branch.waves[-1].n for branch in results.branches if branch.waves]
    parts = [
        wording.fill(
            N_("Visits in this wave: {visits}; branches visited: {branches}."),
            visits=sum(last),
            branches=sum(1 for n in last if n),
        )
    ]
    network = results.network.waves[-1] if results.network and results.network.waves else None
    if network is not None and network.score is not None:
        parts.append(
            wording.fill(
                N_("The mean of all visits is {score} points of 100."),
                score=wording.number(network.score),
            )
        )
    return " ".join(parts)


def _score(waves: tuple[WaveScore, ...], wording: Wording) -> tuple[str, int, Decimal | None]:
    """Return the last wave's score as printed, its number of visits, and its value."""
    if not waves:
        return _NO_SCORE, 0, None
    last = waves[-1]
    return (_NO_SCORE if last.score is None else wording.number(last.score)), last.n, last.score


def bar(score: Decimal | None) -> tuple[str, str]:
    """Return the full and the empty part of a bar as runs of spaces, which the template shades.

    Shaded spaces print the same in every font; block characters do not.
    """
    if score is None:
        return "", ""
    full = int((min(max(score, Decimal(0)), Decimal(100)) * _BAR / 100).to_integral_value())
    return NBSP * full, NBSP * (_BAR - full)


def _branch(branch: BranchScore, wording: Wording) -> dict[str, Any]:
    """Return a row of the league table."""
    text, n, value = _score(branch.waves, wording)
    full, empty = bar(value)
    owner = (
        "" if branch.owner is LocationOwner.OWN else wording.gettext(phrases.OWNER[branch.owner])
    )
    return {
        "name": branch.name,
        "where": DOT.join(piece for piece in (branch.region, owner) if piece),
        "n": n,
        "few": n < FEW,
        "score": text,
        "bar_full": full,
        "bar_empty": empty,
        "change": wording.change(branch.delta) or _NO_SCORE,
        "failed": "; ".join(branch.failed_criticals),
        "worst": branch.worst_section,
        "earlier": DOT.join(
            wording.fill(
                N_("wave {number}: {score}"), number=wave.wave, score=wording.number(wave.score)
            )
            for wave in branch.waves[:-1]
            if wave.score is not None
        ),
    }


def _matrix(results: Visits, wording: Wording) -> list[dict[str, Any]]:
    """Return branches × sections, in the order of both tables."""
    rows = []
    for branch in results.branches:
        scores = [section.scores.get(branch.name) for section in results.sections]
        rows.append({"name": branch.name, "cells": [_cell(score, wording) for score in scores]})
    if any(section.total is not None for section in results.sections):
        totals = [_cell(section.total, wording) for section in results.sections]
        rows.append({"name": wording.gettext(N_("All branches")), "cells": totals})
    return rows


def _cell(score: Decimal | None, wording: Wording) -> str:
    """Return a section's score without decimals: a few visits do not carry more."""
    return _NO_SCORE if score is None else wording.number(score, 0)


def _rollup(item: Rollup, wording: Wording) -> dict[str, Any]:
    """Return a region or the whole network."""
    text, n, _value = _score(item.waves, wording)
    return {
        "name": item.name or wording.gettext(N_("All branches")),
        "total": not item.name,
        "n": n,
        "few": n < FEW,
        "score": text,
        "change": wording.change(item.delta) or _NO_SCORE,
    }


def _missed(item: MissedStandard, wording: Wording) -> dict[str, Any]:
    """Return a standard that was missed, with "5 of 8 visits"."""
    count = wording.ngettext("{n} of {total} visit", "{n} of {total} visits", item.failed.of)
    return {
        "question": item.question,
        "section": item.section,
        "failed": count.format(n=item.failed.n, total=item.failed.of),
        "critical": item.critical,
    }


def _comment(comment: VisitComment, wording: Wording) -> dict[str, Any]:
    """Return what a shopper wrote, with branch, date and section."""
    parts = (comment.branch, wording.date(comment.date), comment.section)
    return {
        "text": Words(comment.text),
        "attribution": DOT.join(piece for piece in parts if piece),
    }


def _checklist(checklist: Checklist, wording: Wording) -> dict[str, Any]:
    """Return the checklist for the appendix."""
    return {
        "title": checklist.title,
        "version": checklist.version or "",
        "sections": [
            {
                "title": section.title,
                "weight": wording.plain(section.weight) if section.weight is not None else "",
                "questions": [
                    {
                        "number": question.number,
                        "text": question.text,
                        "kind": wording.gettext(phrases.QUESTION_KIND[question.kind])
                        if question.kind in phrases.QUESTION_KIND
                        else question.kind,
                        "weight": wording.plain(question.weight)
                        if question.weight is not None and question.scored
                        else _NO_SCORE,
                        "flags": ", ".join(
                            wording.gettext(label)
                            for label, holds in (
                                (N_("critical"), question.critical),
                                (N_("bonus"), question.bonus),
                                (N_("not scored"), not question.scored),
                            )
                            if holds
                        ),
                    }
                    for question in section.questions
                ],
            }
            for section in checklist.sections
        ],
    }
