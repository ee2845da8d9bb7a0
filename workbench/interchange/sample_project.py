"""Reading a sample project: a folder of plain files that a person can read and change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.interchange import sample_parts as parts
from workbench.interchange.checklist_file import read_checklist
from workbench.interchange.fields import Record, read_toml, read_yaml
from workbench.interchange.sample_links import check_links
from workbench.interchange.sample_shopping import read_visit
from workbench.interchange.tables import read_csv
from workbench.models import kinds

_T = TypeVar("_T")
_QUESTIONS = ("unhappy", "lose", "love")


def read_sample_project(folder: Path) -> parts.SampleProject:
    """Return everything in a sample project's folder; only ``project.toml`` must be there."""
    if not (folder / "project.toml").is_file():
        raise InputError(
            "sample-project-missing",
            N_("{folder} is not a sample project: it has no project.toml."),
            N_("Name the folder that holds project.toml."),
            folder=str(folder),
        )
    files = _Folder(folder)
    head = read_toml(folder / "project.toml")
    report, answers = head.record("report"), head.record("answers")
    project = parts.SampleProject(
        folder=folder,
        title=head.text("title"),
        client=head.text("client", ""),
        language=head.choice("language", ("en", "ru")),
        brief=head.text("brief", ""),
        staff_identity_policy=head.choice("staff_identity_policy", list(kinds.StaffPolicy), "none"),
        recording_policy=head.text("recording_policy", ""),
        retention_date=head.optional_day("retention_date"),
        purpose=head.text("purpose", "research"),
        authors=report.text("authors", ""),
        period=report.text("period", ""),
        answers=tuple(_answer(answers, key) for key in _QUESTIONS if answers.has(key)),
        goals=files.table("goals.csv", _goal),
        waves=files.table("waves.csv", _wave),
        stages=files.list("journey.yaml", "stages", _stage),
        people=files.table("people.csv", _person),
        codes=files.list("codebook.yaml", "codes", _code, named="name"),
        sources=files.list("sources.yaml", "sources", _source(folder), named="file"),
        reviews=files.table("reviews.csv", _review),
        codings=files.list("codings.yaml", "codings", _coding, named="source"),
        checklist=files.checklist(),
        locations=tuple(files.locations()),
        shoppers=files.table("shopping/shoppers.csv", _shopper),
        scenarios=files.list("shopping/scenarios.yaml", "scenarios", _scenario),
        visits=files.list(
            "shopping/visits.yaml", "visits", read_visit(files.checklist()), named="id"
        ),
        recommendations=files.list(
            "recommendations.yaml", "recommendations", _recommendation, named="title"
        ),
        metrics=files.table("metrics.csv", _metric),
    )
    check_links(project)
    return project


@dataclass(frozen=True, slots=True)
class _Folder:
    """The files of one project; one that is not there holds nothing."""

    folder: Path

    def table(self, name: str, read: Callable[[Record], _T]) -> tuple[_T, ...]:
        """Return what each row of a CSV file says; ``#`` is its number."""
        path = self.folder / name
        if not path.exists():
            return ()
        rows, _encoding = read_csv(path)
        return tuple(
            read(Record({"#": number, **row}, name, f"[{number + 1}]"))
            for number, row in enumerate(rows, start=1)
        )

    def list(
        self, name: str, root: str, read: Callable[[Record], _T], *, named: str = "key"
    ) -> tuple[_T, ...]:
        """Return what each entry of a YAML list says."""
        path = self.folder / name
        if not path.exists():
            return ()
        record = read_yaml(path, file=name, root=root)
        if root not in record.data:
            raise record.absent(root)
        return tuple(read(entry) for entry in record.records(root, named=named))

    def checklist(self) -> Any:
        """Return the checklist, from YAML or else from XLSX."""
        for name in ("checklist.yaml", "checklist.xlsx"):
            path = self.folder / "shopping" / name
            if path.exists():
                return read_checklist(path)
        return None

    def locations(self) -> Iterator[parts.SampleLocation]:
        """Yield regions and branches, whether nested or in one list."""
        path = self.folder / "shopping" / "locations.yaml"
        if not path.exists():
            return
        record = read_yaml(path, file="shopping/locations.yaml", root="locations")
        for root in ("regions", "locations"):
            for entry in record.records(root):
                yield from _location(entry, parent=None)


def _location(record: Record, *, parent: str | None) -> Iterator[parts.SampleLocation]:
    key = record.text("key")
    yield parts.SampleLocation(
        key=key,
        name=record.text("name"),
        kind=record.choice("kind", list(kinds.LocationKind), "branch" if parent else "region"),
        parent=record.optional("parent") or parent,
        owner=record.choice("owner", list(kinds.LocationOwner), "own"),
        address=record.text("address", ""),
        opening_hours=record.text("opening_hours", ""),
    )
    for child in record.records("branches"):
        yield from _location(child, parent=key)


def _answer(answers: Record, key: str) -> parts.SampleAnswer:
    answer = answers.record(key)
    return parts.SampleAnswer(key, answer.text("text"), answer.optional("code"))


def _goal(row: Record) -> parts.SampleGoal:
    return parts.SampleGoal(
        name=row.text("name"),
        metric=row.text("metric"),
        unit=row.text("unit", ""),
        category=row.choice("category", list(kinds.GoalCategory)),
        baseline=row.optional_decimal("baseline"),
        target=row.decimal("target"),
        due=row.day("due"),
    )


def _wave(row: Record) -> parts.SampleWave:
    return parts.SampleWave(
        row.whole("ordinal"), row.text("title"), row.optional_day("start"), row.optional_day("end")
    )


def _stage(record: Record) -> parts.SampleStage:
    touchpoints = tuple(
        parts.SampleTouchpoint(t.text("key"), t.text("name"), t.text("channel", ""))
        for t in record.records("touchpoints")
    )
    return parts.SampleStage(record.text("key"), record.text("name"), touchpoints)


def _person(row: Record) -> parts.SamplePerson:
    attributes = {
        key: row.text(key) for key in row.data if key not in {"#", "pseudonym"} and row.has(key)
    }
    return parts.SamplePerson(row.text("pseudonym"), attributes)


def _code(record: Record) -> parts.SampleCode:
    kind = record.choice("kind", list(kinds.CodeKind), "theme")
    barrier = _barrier(record.record("barrier")) if record.has("barrier") else None
    if (kind == "barrier") != (barrier is not None):
        raise record.absent("barrier") if barrier is None else record.wrong("kind", "barrier")
    return parts.SampleCode(
        name=record.text("name"),
        kind=kind,
        definition=record.text("definition", ""),
        when_to_use=record.text("when_to_use", ""),
        when_not=record.text("when_not", ""),
        example=record.text("example", ""),
        barrier=barrier,
        children=tuple(_code(child) for child in record.records("children", named="name")),
    )


def _barrier(record: Record) -> parts.SampleBarrier:
    effects = record.strings("effects")
    if not effects or not set(effects) <= {"choose", "love", "recommend"}:
        raise record.wrong("effects", "choose, love, recommend")
    severity = record.optional_whole("severity")
    if severity is not None and severity not in range(1, 6):
        raise record.wrong("severity", "1–5")
    return parts.SampleBarrier(
        statement=record.text("statement"),
        kind=record.choice("kind", list(kinds.BarrierKind), "barrier"),
        effects=effects,
        stage=record.optional("stage"),
        touchpoint=record.optional("touchpoint"),
        cause=record.text("cause", ""),
        severity=severity,
        severity_reason=record.text("severity_reason", ""),
        known_inside=record.choice("known_inside", list(kinds.KnownInside))
        if record.has("known_inside")
        else None,
        status=record.choice("status", list(kinds.BarrierStatus), "found"),
    )


def _source(folder: Path) -> Callable[[Record], parts.SampleSource]:
    def read(record: Record) -> parts.SampleSource:
        file = record.text("file")
        path = (folder / file).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise record.wrong("file", str(folder))
        return parts.SampleSource(
            file=file,
            path=path,
            kind=record.choice("kind", list(kinds.SourceKind), "interview"),
            title=record.text("title", Path(file).stem),
            language=record.choice("language", ("en", "ru")),
            date=record.optional_day("date"),
            person=record.optional("person"),
            wave=record.optional_whole("wave"),
            stage=record.optional("stage"),
            speakers=tuple(_speaker(s) for s in record.records("speakers", named="label")),
        )

    return read


def _speaker(record: Record) -> parts.SampleSpeaker:
    role = record.choice("role", list(kinds.SpeakerRole), "other")
    return parts.SampleSpeaker(record.text("label"), role, record.optional("person"))


def _review(row: Record) -> parts.SampleReview:
    return parts.SampleReview(
        number=row.whole("#"),
        date=row.optional_day("date"),
        author=row.text("author", ""),
        rating=row.text("rating", ""),
        site=row.text("site", ""),
        text=row.text("text"),
    )


def _coding(record: Record) -> parts.SampleCoding:
    emotion = record.whole("emotion", 0)
    if emotion not in range(-2, 3):
        raise record.wrong("emotion", "-2, -1, 0, 1, 2")
    codes = record.strings("codes") if isinstance(record.data.get("codes"), list) else ()
    if not codes:
        raise record.absent("codes")
    return parts.SampleCoding(
        source=record.text("source"),
        quote=record.text("quote"),
        codes=codes,
        stance=record.choice("stance", list(kinds.Stance), "supports"),
        emotion=emotion,
        memo=record.text("memo", ""),
        favourite=record.flag("favourite"),
    )


def _shopper(row: Record) -> parts.SampleShopper:
    return parts.SampleShopper(row.text("code"), row.text("name_alias", ""), row.text("city", ""))


def _scenario(record: Record) -> parts.SampleScenario:
    return parts.SampleScenario(record.text("key"), record.texts("title"), record.texts("text", {}))


def _recommendation(record: Record) -> parts.SampleRecommendation:
    return parts.SampleRecommendation(
        title=record.text("title"),
        text=record.text("text", ""),
        kind=record.choice("kind", list(kinds.RecommendationKind)),
        barriers=record.strings("barriers"),
        owner_role=record.text("owner_role", ""),
        effort=record.choice("effort", list(kinds.Effort), "M"),
        impact=record.optional_whole("impact"),
        due=record.optional_day("due"),
        status=record.choice("status", list(kinds.RecommendationStatus), "proposed"),
        remeasure_wave=record.optional_whole("remeasure_wave"),
    )


def _metric(row: Record) -> parts.SampleMetric:
    return parts.SampleMetric(
        metric=row.text("metric"),
        value=row.decimal("value"),
        unit=row.text("unit", ""),
        n=row.optional_whole("n"),
        date=row.optional_day("date"),
        segment=row.text("segment", ""),
        wave=row.optional_whole("wave"),
        formula=row.text("formula", ""),
    )
