"""The three answers, the list of barriers and their cards, and what to do about them."""

from __future__ import annotations

from typing import Any

from workbench.i18n import N_
from workbench.models.kinds import Stance
from workbench.reports import phrases
from workbench.reports.chapters.evidence import DOT, people, quote_block, supporting
from workbench.reports.data import Barrier, Effect, QuestionAsked, Recommendation, ReportData
from workbench.reports.wording import Wording

_SCALE = 5
_ON_CARD = 3
_IN_ANSWER = 2
_SHORT = 240  # characters: two such quotes under each of three answers still fit on one page


def dots(value: int | None) -> str:
    """Return a value of 1 to 5 as ●●●●○; nothing where there is no value."""
    if value is None:
        return ""
    full = max(0, min(_SCALE, value))
    return "●" * full + "○" * (_SCALE - full)


def answers(data: ReportData, wording: Wording) -> list[dict[str, Any]]:
    """Return the company's three questions, always all three, with what was found."""
    given = {answer.question: answer for answer in data.answers}
    barriers = {barrier.number: barrier for barrier in data.barriers}
    result = []
    for question in QuestionAsked:
        answer = given.get(question)
        barrier = barriers.get(answer.barrier_number or 0) if answer else None
        result.append(
            {
                "question": wording.gettext(phrases.QUESTION[question]),
                "text": answer.text if answer else "",
                "barrier": _barrier_line(barrier, wording) if barrier else "",
                "quotes": _short_quotes(barrier, wording) if barrier else [],
            }
        )
    return result


def _barrier_line(barrier: Barrier, wording: Wording) -> str:
    """Return "Barrier 1 · 7 of 12 people · high priority"."""
    parts = [wording.fill(N_("Barrier {number}"), number=barrier.number)]
    if barrier.persons.of:
        parts.append(people(barrier.persons, wording))
    if barrier.level:
        parts.append(wording.gettext(phrases.LEVEL[barrier.level]))
    return DOT.join(parts)


def _short_quotes(barrier: Barrier, wording: Wording) -> list[dict[str, Any]]:
    """Return the quotes that fit under an answer on page one; longer ones are on the card."""
    short = [quote for quote in supporting(barrier.quotes) if len(quote.text) <= _SHORT]
    return [quote_block(quote, wording) for quote in short[:_IN_ANSWER]]


def barrier_cards(data: ReportData, wording: Wording) -> list[dict[str, Any]]:
    """Return the barriers in the order given, with all their cards and the table need."""
    return [_card(barrier, data, wording) for barrier in data.barriers]


def _card(barrier: Barrier, data: ReportData, wording: Wording) -> dict[str, Any]:
    """Return one barrier: what its card prints, part by part; an empty part is left out there."""
    effects = [effect for effect in Effect if effect in barrier.effects]
    against = [quote for quote in barrier.quotes if quote.stance is Stance.CONTRADICTS]
    known = wording.gettext(phrases.KNOWN[barrier.known_inside]) if barrier.known_inside else ""
    return {
        "number": barrier.number,
        "name": barrier.name,
        "statement": barrier.statement or barrier.name,
        "kind": wording.gettext(phrases.BARRIER_KIND[barrier.kind]),
        "effects": [wording.gettext(phrases.EFFECT[effect]) for effect in effects],
        "effects_short": ", ".join(wording.gettext(phrases.EFFECT_SHORT[e]) for e in effects),
        "place": DOT.join(piece for piece in (barrier.stage, barrier.touchpoint) if piece),
        "severity": barrier.severity,
        "severity_dots": dots(barrier.severity),
        "severity_reason": barrier.severity_reason,
        "people": people(barrier.persons, wording) if barrier.persons.of else "",
        "people_short": _of(barrier.persons.n, barrier.persons.of, wording),
        "evidence": _evidence(barrier, wording),
        "kinds": barrier.confidence,
        "kinds_text": wording.ngettext(
            "{n} independent kind of evidence",
            "{n} independent kinds of evidence",
            barrier.confidence,
        ).format(n=barrier.confidence)
        if barrier.confidence
        else "",
        "priority": barrier.priority,
        "level": wording.gettext(phrases.LEVEL[barrier.level]) if barrier.level else "",
        "level_short": wording.gettext(phrases.LEVEL_SHORT[barrier.level])
        if barrier.level
        else "—",
        "urgent": barrier.level == "high",
        "cause": barrier.cause,
        "standing": DOT.join(
            piece
            for piece in (wording.gettext(phrases.BARRIER_STATUS[barrier.status]), known)
            if piece
        ),
        "contradicting": barrier.contradicting,
        "contradicting_text": _contradicting(barrier, wording),
        "quotes": [quote_block(q, wording) for q in supporting(barrier.quotes)[:_ON_CARD]],
        "against": [quote_block(quote, wording) for quote in against[:1]],
        "recommendations": [
            {"number": item.number, "title": item.title, "details": _details(item, wording)}
            for item in data.recommendations
            if barrier.number in item.barriers
        ],
    }


def _of(n: int, total: int, wording: Wording) -> str:
    """Return "7 of 12" for a table; a dash where nobody was asked."""
    return wording.fill(N_("{n} of {total}"), n=n, total=total) if total else "—"


def _evidence(barrier: Barrier, wording: Wording) -> str:
    """Return "interviews 7 of 12 · reviews 5 of 20 · visits 3 of 8"."""
    return DOT.join(
        wording.fill(label, n=barrier.evidence[kind].n, total=barrier.evidence[kind].of)
        for kind, label in phrases.EVIDENCE.items()
        if kind in barrier.evidence
    )


def _contradicting(barrier: Barrier, wording: Wording) -> str:
    """Return how many quotes speak against the barrier; nothing where none does."""
    if not barrier.contradicting:
        return ""
    return wording.ngettext(
        "{n} quote speaks against it", "{n} quotes speak against it", barrier.contradicting
    ).format(n=barrier.contradicting)


def _details(item: Recommendation, wording: Wording) -> str:
    """Return "owner: head of branches · effort small · effect 4 of 5 · by 1 September 2026"."""
    parts = []
    if item.owner:
        parts.append(wording.fill(N_("owner: {owner}"), owner=item.owner))
    if item.effort:
        parts.append(
            wording.fill(
                N_("effort: {effort}"), effort=wording.gettext(phrases.EFFORT[item.effort])
            )
        )
    if item.impact:
        parts.append(wording.fill(N_("effect: {n} of {total}"), n=item.impact, total=_SCALE))
    if item.due:
        parts.append(wording.fill(N_("by {date}"), date=wording.date(item.due)))
    return DOT.join(parts)


def recommendations(data: ReportData, wording: Wording) -> list[dict[str, Any]]:
    """Return the recommendations as the rows of their table."""
    return [
        {
            "number": item.number,
            "title": item.title,
            "text": item.text,
            "kind": wording.gettext(phrases.RECOMMENDATION_KIND[item.kind]),
            "barriers": ", ".join(str(number) for number in item.barriers) or "—",
            "owner": item.owner or "—",
            "effort": wording.gettext(phrases.EFFORT[item.effort]) if item.effort else "—",
            "impact": dots(item.impact) or "—",
            "due": wording.day(item.due) or "—",
            "status": wording.gettext(phrases.RECOMMENDATION_STATUS[item.status]),
            "remeasured": wording.fill(N_("wave {number}"), number=item.remeasured_in)
            if item.remeasured_in
            else "—",
            "quick_win": item.quick_win,
            "details": _details(item, wording),
        }
        for item in data.recommendations
    ]
