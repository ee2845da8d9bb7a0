"""What a report says of mystery shopping: scores by branch, region and wave, and the checklist itself."""

from __future__ import annotations

from fractions import Fraction

from workbench.models.kinds import LocationOwner
from workbench.reports import data as words
from workbench.services.visit_results import Results
from workbench.shopping import workflow
from workbench.shopping.checklist import text_in
from workbench.shopping.rollup import (
    VisitResult,
    mean_of,
    missed_standards,
    section_means,
    sections_by_location,
)
from workbench.shopping.scoring import percent


def visits_of(results: Results, language: str) -> words.Visits:
    """Return scores by branch, section, region and wave; the last wave is the one reported."""
    counted = results.counted()
    if not counted:
        return words.Visits()
    waves = sorted({result.wave for result in counted})
    last = [result for result in counted if result.wave == waves[-1]]
    own = {row.name for row in results.locations.values() if row.owner != LocationOwner.COMPETITOR}
    return words.Visits(
        branches=tuple(_branches(results, counted, waves, language=language)),
        sections=tuple(_sections(results, last, language)),
        regions=tuple(
            _rollup(region, [r for r in counted if r.region == region and r.location in own], waves)
            for region in dict.fromkeys(r.region for r in counted if r.location in own)
        ),
        network=_rollup("", [r for r in counted if r.location in own], waves),
        missed=tuple(_missed(results, [r for r in last if r.location in own], language)),
        comments=tuple(_comments(results, waves[-1])),
    )


def _branches(
    results: Results, counted: list[VisitResult], waves: list[int], *, language: str
) -> list[words.BranchScore]:
    owners = {row.name: row.owner for row in results.locations.values()}
    titles = _section_titles(results, language)
    branches = []
    for location in dict.fromkeys(result.location for result in counted):
        mine = [result for result in counted if result.location == location]
        last = [result for result in mine if result.wave == waves[-1]]
        failed = dict.fromkeys(key for result in last for key in result.score.failed_critical)
        worst = {
            key: share for key, (share, _n) in section_means(last).items() if share is not None
        }
        rollup = _rollup(location, mine, waves)
        branches.append(
            words.BranchScore(
                name=location,
                region=mine[0].region,
                owner=LocationOwner(owners[location]),
                waves=rollup.waves,
                delta=rollup.delta,
                failed_criticals=tuple(_question(results, key, language)[0] for key in failed),
                worst_section=titles.get(min(worst, key=lambda key: worst[key]), "")
                if worst
                else "",
            )
        )
    return sorted(branches, key=lambda branch: -(branch.waves[-1].score or -1))


def _rollup(name: str, mine: list[VisitResult], waves: list[int]) -> words.Rollup:
    shares: list[Fraction | None] = []
    scores = []
    for wave in waves:
        mean = mean_of(result for result in mine if result.wave == wave)
        shares.append(mean.share)
        scores.append(words.WaveScore(wave=wave, n=mean.n, score=percent(mean.share)))
    delta = None
    if len(shares) > 1 and shares[-1] is not None and shares[-2] is not None:
        delta = percent(shares[-1] - shares[-2])
    return words.Rollup(name=name, waves=tuple(scores), delta=delta)


def _sections(results: Results, last: list[VisitResult], language: str) -> list[words.SectionScore]:
    by_location = sections_by_location(last)
    totals = section_means(last)
    return [
        words.SectionScore(
            section=title,
            scores={
                location: percent(sections[key][0]) if key in sections else None
                for location, sections in by_location.items()
            },
            total=percent(totals[key][0]),
        )
        for key, title in _section_titles(results, language).items()
        if key in totals and totals[key][0] is not None
    ]


def _missed(results: Results, last: list[VisitResult], language: str) -> list[words.MissedStandard]:
    found = []
    for item in missed_standards(last):
        text, section, critical = _question(results, item.question, language)
        failed = item.missed + item.partly
        found.append(
            words.MissedStandard(
                question=text,
                section=section,
                failed=words.Count(n=failed, of=item.n),
                critical=critical,
            )
        )
    return found


def _comments(results: Results, wave: int) -> list[words.VisitComment]:
    return [
        words.VisitComment(
            branch=results.locations[visit.location_id].name,
            text=visit.comment,
            date=visit.finished_at.date() if visit.finished_at else None,
        )
        for visit in results.visits
        if visit.comment and visit.status in workflow.COUNTED and results.wave(visit) == wave
    ]


def _section_titles(results: Results, language: str) -> dict[str, str]:
    """Return the titles of all sections by key, in the order of the checklist."""
    return {
        section.key: text_in(section.title, language)
        for stored in results.checklists.values()
        for section in stored.checklist.sections
    }


def _question(results: Results, key: str, language: str) -> tuple[str, str, bool]:
    """Return a question's text, its section's title and whether it is critical."""
    for stored in results.checklists.values():
        for section in stored.checklist.sections:
            for question in section.questions:
                if question.key == key:
                    title = text_in(section.title, language)
                    return text_in(question.text, language), title, question.critical
    return key, "", False


def checklist_of(results: Results, language: str) -> words.Checklist:
    """Return the newest checklist that visits were made with, in a language."""
    if not results.checklists:
        return words.Checklist()
    stored = max(results.checklists.values(), key=lambda item: item.version_id)
    sections = []
    number = 0
    for section in stored.checklist.sections:
        questions = []
        for question in section.questions:
            number += 1
            questions.append(
                words.ChecklistQuestion(
                    number=str(number),
                    text=text_in(question.text, language),
                    kind=question.type,
                    weight=question.weight,
                    critical=question.critical,
                    bonus=question.bonus,
                    scored=question.scored,
                )
            )
        sections.append(
            words.ChecklistSection(
                title=text_in(section.title, language),
                weight=section.weight,
                questions=tuple(questions),
            )
        )
    return words.Checklist(
        title=text_in(stored.checklist.title, language),
        version=stored.number,
        sections=tuple(sections),
    )
