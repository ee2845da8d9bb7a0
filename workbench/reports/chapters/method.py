"""How the study was done: sources, people, transcription, limits, goals, codebook."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from workbench.i18n import N_
from workbench.models.kinds import SourceKind
from workbench.reports import phrases
from workbench.reports.chapters.evidence import DOT
from workbench.reports.data import CodebookRow, Goal, Person, Reading, ReportData, Source
from workbench.reports.wording import NBSP, Wording

_ITEM = re.compile(r"(?:\d+[.)]|[-–—•*])\s")
_MINUTE = 60_000
_FEW_PEOPLE = 30  # below this the figures describe the people asked, not all customers
_MOST_VALUES = 6


def method(data: ReportData, wording: Wording) -> dict[str, Any]:
    """Return the chapter on method and sample."""
    sources = data.method.sources
    return {
        "recruiting": data.method.recruiting,
        "sources": [*_by_kind(sources, wording), *_visits(data, wording)],
        "recordings": [_recording(source, wording) for source in sources if source.duration_ms],
        "sample": _sample(data.people, wording),
        "people": [_person(person) for person in data.people],
        "people_total": wording.ngettext("{n} person", "{n} people", len(data.people)).format(
            n=len(data.people)
        ),
        "coders": ", ".join(data.method.coders),
        "agreement": _agreement(data, wording),
        "transcription": _transcription(sources, wording),
        "limits": _limits(data, wording),
        "recording_policy": data.project.recording_policy,
        "staff_policy": _worded(phrases.STAFF_POLICIES, data.project.staff_policy, wording),
        "purpose": _worded(phrases.PURPOSES, data.project.purpose, wording),
        "task": paragraphs(data.project.brief),
    }


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text: blank lines part them, a list keeps its lines."""
    found = []
    for block in text.split("\n\n"):
        lines = [line.strip() for line in block.strip().split("\n")]
        if any(_ITEM.match(line) for line in lines):
            found += lines
        else:
            found.append(" ".join(lines))
    return [paragraph for paragraph in found if paragraph]


def _worded(known: dict[str, str], value: str, wording: Wording) -> str:
    """Return a stored value in the report's language; the researcher's own words stay as they are."""
    return wording.gettext(known[value]) if value in known else value


def _by_kind(sources: tuple[Source, ...], wording: Wording) -> list[dict[str, Any]]:
    """Return one row per kind of source: how many, how long, how many words, when."""
    rows = []
    for kind, label in phrases.SOURCES.items():
        own = [source for source in sources if source.kind is kind]
        if not own:
            continue
        dates = sorted(source.date for source in own if source.date)
        spoken = sum(source.duration_ms or 0 for source in own)
        rows.append(
            {
                "kind": wording.gettext(label),
                "count": len(own),
                "minutes": wording.number(round(spoken / _MINUTE), 0) if spoken else "—",
                "words": wording.number(sum(source.words for source in own), 0),
                "period": wording.period(dates[0], dates[-1]) if dates else "—",
            }
        )
    return rows


def _visits(data: ReportData, wording: Wording) -> list[dict[str, Any]]:
    """Return the row of mystery-shopping visits beside the sources; none where there were none."""
    if not data.method.visits:
        return []
    kind = wording.gettext(N_("Mystery-shopping visits"))
    return [
        {"kind": kind, "count": data.method.visits, "minutes": "—", "words": "—", "period": "—"}
    ]


def _recording(source: Source, wording: Wording) -> dict[str, Any]:
    """Return one recording: who transcribed it and how much of it is coded."""
    checked = {
        True: wording.gettext(N_("checked by a person")),
        False: wording.gettext(N_("not checked by a person")),
        None: "",
    }[source.checked]
    automatic = DOT.join(piece for piece in (source.engine, source.model) if piece)
    how = automatic or wording.gettext(N_("transcribed by a person"))
    if not source.words:
        how, automatic = wording.gettext(N_("not transcribed yet")), ""
    return {
        "label": wording.fill(
            phrases.SOURCE.get(source.kind, phrases.SOURCE[SourceKind.DOCUMENT]),
            number=source.number,
        ),
        "title": source.title,
        "person": source.person or "—",
        "date": wording.day(source.date) or "—",
        "length": wording.clock(source.duration_ms),
        "how": DOT.join(piece for piece in (how, checked if automatic else "") if piece),
        "coded": wording.share(source.coded_share),
    }


def _sample(people: tuple[Person, ...], wording: Wording) -> list[dict[str, str]]:
    """Return each attribute with how many people have which value, most frequent first."""
    names = list(dict.fromkeys(name for person in people for name in person.attributes))
    rows = []
    for name in names:
        counts = Counter(person.attributes.get(name, "") for person in people)
        unknown = counts.pop("", 0)
        parts = [f"{value}{NBSP}— {n}" for value, n in counts.most_common(_MOST_VALUES)]
        rest = sum(n for _value, n in counts.most_common()[_MOST_VALUES:])
        if rest:
            parts.append(wording.fill(N_("other — {n}"), n=rest))
        if unknown:
            parts.append(wording.fill(N_("not known — {n}"), n=unknown))
        rows.append({"name": name, "text": "; ".join(parts)})
    return rows


def _person(person: Person) -> dict[str, Any]:
    """Return a row of the table of people; real names are not in the data at all."""
    return {
        "pseudonym": person.pseudonym,
        "attributes": DOT.join(value for value in person.attributes.values() if value) or "—",
        "sources": person.sources,
    }


def _agreement(data: ReportData, wording: Wording) -> str:
    """Return how far coders agreed; nothing where it was not measured."""
    if data.method.agreement is None:
        return ""
    measure = data.method.agreement_measure or "α"
    return f"{measure}{NBSP}={NBSP}{wording.number(data.method.agreement, 2)}"


def _transcription(sources: tuple[Source, ...], wording: Wording) -> list[str]:
    """Return how automatic speech recognition was used, openly and in sentences."""
    recorded = [source for source in sources if source.duration_ms]
    spoken = [source for source in recorded if source.words]
    waiting = len(recorded) - len(spoken)
    untouched = [
        wording.ngettext(
            "{n} recording has no transcript yet: what is said in it is not part of this report.",
            "{n} recordings have no transcript yet: what is said in them is not part of this report.",
            waiting,
        ).format(n=waiting)
    ][:waiting]
    automatic = [source for source in spoken if source.engine]
    if not spoken:
        return untouched
    if not automatic:
        return [wording.gettext(N_("All transcripts were made by people.")), *untouched]
    engines = Counter(
        f"{source.engine}, {source.model}" if source.model else f"{source.engine}"
        for source in automatic
    )
    minutes = max(1, round(sum(source.duration_ms or 0 for source in automatic) / _MINUTE))
    sentences = [
        wording.ngettext(
            "{n} recording ({minutes} min) was turned into text by automatic speech recognition: {engines}.",
            "{n} recordings ({minutes} min) were turned into text by automatic speech recognition: {engines}.",
            len(automatic),
        ).format(n=len(automatic), minutes=minutes, engines="; ".join(engines))
    ]
    checked = sum(1 for source in automatic if source.checked)
    if checked == len(automatic):
        sentences.append(
            wording.gettext(
                N_("A person checked every automatic transcript against its recording.")
            )
        )
    elif checked:
        sentences.append(
            wording.fill(
                N_("A person checked {n} of {total} automatic transcripts against the recording."),
                n=checked,
                total=len(automatic),
            )
        )
    else:
        sentences.append(
            wording.gettext(
                N_(
                    "No person has checked the automatic transcripts against the recordings yet: single words may be wrong."
                )
            )
        )
    sentences.append(
        wording.gettext(
            N_(
                "Quotes are printed as they stand in the transcript. Recognition ran on the researchers' own computer; no recording was sent anywhere."
            )
        )
    )
    return sentences + untouched


def _limits(data: ReportData, wording: Wording) -> list[str]:
    """Return the limits every reader should know, then the researcher's own."""
    limits = []
    asked = len(data.people)
    if 0 < asked < _FEW_PEOPLE:
        limits.append(
            wording.ngettext(
                "{n} person was asked: the counts show how many of them met a barrier, not how common it is among all customers.",
                "{n} people were asked: the counts show how many of them met a barrier, not how common it is among all customers.",
                asked,
            ).format(n=asked)
        )
    if data.visits.branches:
        limits.append(
            wording.gettext(
                N_(
                    "A visit shows one moment of one day; a score from fewer than three visits is printed in grey and should not be compared."
                )
            )
        )
    return [*limits, *data.method.limits]


def goals(items: tuple[Goal, ...], wording: Wording) -> list[dict[str, Any]]:
    """Return the goals with where they stand."""
    return [
        {
            "metric": goal.metric,
            "category": wording.gettext(phrases.GOAL[goal.category]),
            "baseline": _with_unit(goal.baseline, goal.unit, wording),
            "target": _with_unit(goal.target, goal.unit, wording),
            "due": wording.day(goal.due),
            "latest": _with_unit(goal.latest.value, goal.latest.unit or goal.unit, wording)
            if goal.latest
            else "—",
            "latest_note": _note(goal.latest, wording) if goal.latest else "",
        }
        for goal in items
    ]


def metrics(items: tuple[Reading, ...], wording: Wording) -> list[dict[str, Any]]:
    """Return the readings of the metrics, each with its n and date."""
    return [
        {
            "metric": DOT.join(
                piece for piece in (_metric(item.metric, wording), item.variant) if piece
            ),
            "segment": item.segment or "—",
            "value": _with_unit(item.value, item.unit, wording),
            "n": "—" if item.n is None else wording.number(item.n, 0),
            "when": wording.day(item.date)
            or (wording.fill(N_("wave {number}"), number=item.wave) if item.wave else "—"),
        }
        for item in items
    ]


def _metric(name: str, wording: Wording) -> str:
    """Return the name of a metric."""
    return wording.gettext(phrases.METRICS[name]) if name in phrases.METRICS else name


def _with_unit(value: Any, unit: str, wording: Wording) -> str:
    """Return a number with its unit."""
    return f"{wording.plain(value)}{NBSP}{unit}" if unit else wording.plain(value)


def _note(reading: Reading, wording: Wording) -> str:
    """Return "n = 120 · 14.05.2026"."""
    n = "" if reading.n is None else f"n{NBSP}={NBSP}{wording.number(reading.n, 0)}"
    return DOT.join(piece for piece in (n, wording.day(reading.date)) if piece)


def codebook(rows: tuple[CodebookRow, ...], wording: Wording) -> list[dict[str, Any]]:
    """Return the codebook in tree order; the depth shows as an indent before the name."""
    return [
        {
            "indent": NBSP * 4 * row.level,
            "top": row.level == 0,
            "kind": wording.gettext(phrases.CODE[row.kind]),
            "name": row.name,
            "definition": row.definition,
            "quotes": row.quotes,
            "persons": row.persons,
        }
        for row in rows
    ]
