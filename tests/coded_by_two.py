"""A project that two people coded."""

from __future__ import annotations

from pathlib import Path

from workbench.models.drafts import CodeDraft, CodingDraft, ProjectDraft, SourceDraft
from workbench.services.project import Project
from workbench.services.workspace import Workspace

TALK = """Interviewer: What did you feel?
R01: I was annoyed. Nobody called me back. We left for another bank.
Interviewer: And there?
R01: They answered at once. Everything was clear.
"""
OTHER = "A: We waited an hour.\nB: They never called back.\n"
CODES = ("Waiting", "No news", "Clear terms")


def make(folder: Path, coder: str = "Anna") -> Project:
    """A project with two sources and three codes, open for the first coder."""
    workspace = Workspace(folder / "workspace", coder=coder)
    project = workspace.create(ProjectDraft(title="Bank"))
    for name, text in (("talk", TALK), ("other", OTHER)):
        file = folder / f"{name}.txt"
        file.write_text(text, encoding="utf-8")
        project.sources.add(file, SourceDraft(title=name))
    for code in CODES:
        project.codebook.add(CodeDraft(name=code))
    return project


def as_coder(project: Project, coder: str, folder: Path | None = None) -> Project:
    """Close a project and open it, or a copy of it, as somebody else."""
    place = folder or project.folder
    project.close()
    return Workspace(place.parent, coder=coder).open(place.name)


def code(project: Project, words: str, name: str, source: str = "talk", **more: object):
    """Put a code on words and return the coding."""
    text = project.sources.source(source).text
    start = text.index(words)
    values = {"source": source, "start": start, "end": start + len(words), "code": name, **more}
    return project.coding.apply(CodingDraft.read(values)).coding


def codings(project: Project) -> set[tuple[object, ...]]:
    """All codings as a person would tell them apart."""
    return {
        (card.title, c.start, c.end, c.code, c.coder, c.stance, c.emotion)
        for card in project.sources.cards()
        for c in project.coding.codings(card.id)
    }
