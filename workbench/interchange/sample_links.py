"""Whether the files of a sample project agree: every name that one uses, another one explains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.interchange.sample_parts import SampleProject
from workbench.text.fold import fold


def check_links(project: SampleProject) -> None:
    """Refuse a project in which a name is used twice, or used without being explained."""
    for file, names in _defined(project):
        for name, count in Counter(map(fold, names)).items():
            if count > 1:
                raise InputError(
                    "name-twice",
                    N_("{file}: “{name}” is there twice."),
                    N_("Give each a name of its own."),
                    file=file,
                    name=name,
                )
    for file, field, used, known, where in _used(project):
        if used is not None and used not in known:
            raise InputError(
                "reference-unknown",
                N_("{file}: {field} names “{name}”, which is not in {where}."),
                N_("Correct the name, or add it to {where}."),
                file=file,
                field=field,
                name=used,
                where=where,
            )
    for source in project.sources:
        if not source.path.is_file():
            raise InputError(
                "file-missing",
                N_("There is no file {file}."),
                N_("Check the name and the folder."),
                file=source.file,
            )


def _defined(project: SampleProject) -> Iterator[tuple[str, list[str]]]:
    yield "waves.csv", [str(wave.ordinal) for wave in project.waves]
    yield "people.csv", [person.pseudonym for person in project.people]
    yield "journey.yaml", [stage.key for stage in project.stages]
    yield "journey.yaml", [t.key for stage in project.stages for t in stage.touchpoints]
    yield "codebook.yaml", [code.name for code in project.all_codes()]
    yield "sources.yaml", [source.file for source in project.sources]
    yield "shopping/locations.yaml", [location.key for location in project.locations]
    yield "shopping/shoppers.csv", [shopper.code for shopper in project.shoppers]
    yield "shopping/scenarios.yaml", [scenario.key for scenario in project.scenarios]
    yield "shopping/visits.yaml", [visit.id for visit in project.visits]


_Use = tuple[str, str, str | None, set[str], str]


def _used(project: SampleProject) -> Iterator[_Use]:
    """Yield file, field, the name used there, the names that are known, and where they are explained."""
    codes = {code.name for code in project.all_codes()}
    waves = {str(wave.ordinal) for wave in project.waves}
    for answer in project.answers:
        yield "project.toml", f"answers.{answer.question}.code", answer.code, codes, "codebook.yaml"
    yield from _used_by_barriers(project)
    yield from _used_by_sources(project, waves)
    yield from _used_by_codings(project, codes)
    yield from _used_by_visits(project, waves)
    barriers = {code.name for code in project.all_codes() if code.barrier}
    for item in project.recommendations:
        file, place = "recommendations.yaml", f"[{item.title}]"
        for name in item.barriers:
            yield file, f"{place}.barriers", name, barriers, "codebook.yaml"
        yield file, f"{place}.remeasure_wave", _name(item.remeasure_wave), waves, "waves.csv"
    for metric in project.metrics:
        yield "metrics.csv", f"[{metric.metric}].wave", _name(metric.wave), waves, "waves.csv"


def _used_by_barriers(project: SampleProject) -> Iterator[_Use]:
    stages = {stage.key for stage in project.stages}
    touchpoints = {t.key for stage in project.stages for t in stage.touchpoints}
    for code in project.all_codes():
        if code.barrier:
            place = f"[{code.name}].barrier"
            file = "codebook.yaml"
            yield file, f"{place}.stage", code.barrier.stage, stages, "journey.yaml"
            yield file, f"{place}.touchpoint", code.barrier.touchpoint, touchpoints, "journey.yaml"


def _used_by_sources(project: SampleProject, waves: set[str]) -> Iterator[_Use]:
    stages = {stage.key for stage in project.stages}
    people = {person.pseudonym for person in project.people}
    for source in project.sources:
        file, place = "sources.yaml", f"[{source.file}]"
        yield file, f"{place}.person", source.person, people, "people.csv"
        yield file, f"{place}.wave", _name(source.wave), waves, "waves.csv"
        yield file, f"{place}.stage", source.stage, stages, "journey.yaml"
        for speaker in source.speakers:
            yield file, f"{place}.speakers.person", speaker.person, people, "people.csv"


def _used_by_codings(project: SampleProject, codes: set[str]) -> Iterator[_Use]:
    sources = {source.file for source in project.sources}
    sources |= {f"reviews.csv#{review.number}" for review in project.reviews}
    sources |= {f"visit:{visit.id}" for visit in project.visits}
    for number, coding in enumerate(project.codings, start=1):
        place = f"[{number}]"
        explained = "sources.yaml, reviews.csv, shopping/visits.yaml"
        yield "codings.yaml", f"{place}.source", coding.source, sources, explained
        for name in coding.codes:
            yield "codings.yaml", f"{place}.codes", name, codes, "codebook.yaml"


def _used_by_visits(project: SampleProject, waves: set[str]) -> Iterator[_Use]:
    locations = {location.key for location in project.locations}
    for location in project.locations:
        file, place = "shopping/locations.yaml", f"[{location.key}].parent"
        yield file, place, location.parent, locations, "shopping/locations.yaml"
    shoppers = {shopper.code for shopper in project.shoppers}
    scenarios = {scenario.key for scenario in project.scenarios}
    for visit in project.visits:
        file, place = "shopping/visits.yaml", f"[{visit.id}]"
        yield file, f"{place}.location", visit.location, locations, "shopping/locations.yaml"
        yield file, f"{place}.wave", _name(visit.wave), waves, "waves.csv"
        yield file, f"{place}.shopper", visit.shopper, shoppers, "shopping/shoppers.csv"
        yield file, f"{place}.scenario", visit.scenario, scenarios, "shopping/scenarios.yaml"


def _name(number: int | None) -> str | None:
    return None if number is None else str(number)
