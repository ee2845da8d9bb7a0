"""Sample projects: plain files become a project; prepared quotes are found by their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, select

from workbench.coding.finding import Haystack
from workbench.errors import InputError
from workbench.i18n import N_
from workbench.interchange.sample_parts import SampleCoding, SampleProject
from workbench.interchange.sample_project import read_sample_project
from workbench.locations import sample_projects_folder
from workbench.models import tables
from workbench.models.kinds import SourceState
from workbench.services.base import verb
from workbench.services.codebook import find_code
from workbench.services.project import Project
from workbench.services.quote_rows import ensure_quote
from workbench.services.sample_loading import fill, project_draft
from workbench.services.workspace import Workspace
from workbench.store import journal, lookup


@dataclass(frozen=True, slots=True)
class Coded:
    """What became of the prepared codings: how many are in place, which words were not found."""

    applied: int
    present: int
    missing: tuple[SampleCoding, ...]
    waiting: int
    """Codings whose recording has no transcript yet."""


def sample_names() -> list[str]:
    """Return the names of the sample projects that come with the program."""
    folder = sample_projects_folder()
    return sorted(path.parent.name for path in folder.glob("*/project.toml"))


def sample_for(language: str) -> str:
    """Return the name of the sample project in a language."""
    return next(
        (name for name in sample_names() if name.endswith(f"_{language}")), sample_names()[0]
    )


def sample_folder(name: str) -> Path:
    """Return the folder of a sample project.

    Raises:
        InputError: ``sample-unknown``.
    """
    folder = sample_projects_folder() / name
    if not (folder / "project.toml").is_file():
        raise InputError(
            "sample-unknown",
            N_("There is no sample project “{name}”."),
            N_("Choose one of: {names}."),
            name=name,
            names=", ".join(sample_names()),
        )
    return folder


@verb("sample.create")
def create_sample(workspace: Workspace, name: str) -> Project:
    """Make a sample project and return it open; a project made from it before is opened as it is.

    Recordings wait for transcription; everything else is read from the sample's files.

    Raises:
        InputError: there is no such sample, or a file of it is wrong.
    """
    sample = read_sample_project(sample_folder(name))
    if (workspace.folder / name / "project.db").is_file():
        return workspace.open(name)

    def load(project: Project) -> None:
        fill(project, sample)
        with project.file.transaction() as session:  # nobody did this by hand: undo begins after it
            journal.settle(session, project.plan.project_id)

    return workspace.create(project_draft(sample), folder_name=name, fill=load)


@verb("sample.code")
def code_sample(project: Project) -> Coded:
    """Apply the sample's prepared codings to every source that has a text; what is there already stays.

    Raises:
        InputError: the project was not made from a sample.
    """
    sample = read_sample_project(sample_folder(project.slug))
    applied = present = waiting = 0
    missing = []
    with project.coding.acting("sample.code", sample.title, undoable=False) as act:
        session = act.session
        coder_id = project.coding.coder_id(session)
        for source_key, codings in _by_source(sample):
            source = _find(session, project, source_key)
            if source.state != SourceState.READY:
                waiting += len(codings)
                continue
            haystack = Haystack(source.text)
            for coding in codings:
                found = haystack.find(coding.quote)
                if found is None:
                    missing.append(coding)
                    continue
                quote = ensure_quote(session, source, found.span)
                new = _apply(session, project, (quote, coding), coder_id)
                applied += new
                present += not new
    return Coded(applied, present, tuple(missing), waiting)


def _by_source(sample: SampleProject) -> Iterator[tuple[str, list[SampleCoding]]]:
    keys = dict.fromkeys(coding.source for coding in sample.codings)
    for key in keys:
        yield key, [coding for coding in sample.codings if coding.source == key]


def _find(session: Session, project: Project, key: str) -> tables.Source:
    """Return the source a prepared coding speaks of: a file, ``reviews.csv#N`` or ``visit:ID``."""
    statement = select(tables.Source)
    if key.startswith("visit:"):
        visit = lookup.find_visit(session, project.plan.project_id, key.removeprefix("visit:"))
        statement = statement.where(tables.Source.visit_id == (visit.id if visit else ""))
    else:
        statement = statement.where(tables.Source.original_name == key.rpartition("/")[2])
    found = session.exec(statement).first()
    if found is None:
        raise InputError(
            "sample-source-missing",
            N_("The project has no source “{source}” that the sample's codings speak of."),
            N_("Create the sample project anew."),
            source=key,
        )
    return found


def _apply(
    session: Session, project: Project, prepared: tuple[tables.Quote, SampleCoding], coder_id: str
) -> bool:
    """Put the codes of one prepared coding on its quote; return whether anything was new."""
    quote, coding = prepared
    new = False
    for name in coding.codes:
        code = find_code(session, project.plan.project_id, name)
        there = session.exec(
            select(tables.Coding.id).where(
                tables.Coding.quote_id == quote.id,
                tables.Coding.code_id == code.id,
                tables.Coding.coder_id == coder_id,
            )
        ).first()
        if there is None:
            new = True
            session.add(
                tables.Coding(
                    quote_id=quote.id,
                    code_id=code.id,
                    coder_id=coder_id,
                    stance=coding.stance,
                    emotion=coding.emotion,
                )
            )
    if new and coding.favourite:
        quote.favourite = True
        session.add(quote)
    if new and coding.memo:
        session.add(
            tables.Memo(
                project_id=project.plan.project_id,
                subject="quote",
                subject_id=quote.id,
                text=coding.memo,
                coder_id=coder_id,
            )
        )
    return new
