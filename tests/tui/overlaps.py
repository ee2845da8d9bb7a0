"""A project with one page on which ten codings overlap, and the app that shows it."""

from __future__ import annotations

from pathlib import Path

from workbench.models.drafts import CodeDraft, CodingDraft, ProjectDraft, SourceDraft
from workbench.services.workspace import Workspace

TALK = """[00:01:00] I: How was the first visit?
[00:01:06] R07: Honestly, I had an appointment at eleven and still stood in the queue for forty \
minutes. The girl at the desk was kind, but she knew nothing about the new rates and sent me to \
another window. There they told me the opposite of what the site says. I asked twice, nobody \
called back, and in the end I signed only because my friend works there. The papers were clear, \
I must say, and the card came the next day.
[00:02:10] I: And would you recommend it?
[00:02:15] R07: To my mother, no. To somebody patient, perhaps.
"""
CODES = (
    (
        "Queue in spite of an appointment",
        "barrier",
        "appointment at eleven",
        "the queue for forty minutes.",
    ),
    ("Waiting", "theme", "Honestly", "sent me to another window."),
    ("Staff is kind", "strength", "The girl at the desk was kind", "kind,"),
    ("Staff does not know the rates", "barrier", "The girl", "another window."),
    ("Sent from window to window", "barrier", "sent me", "what the site says."),
    ("Different answers", "barrier", "There they told", "I asked twice,"),
    ("Site and branch disagree", "barrier", "the opposite", "the site says."),
    ("Nobody calls back", "barrier", "I asked twice", "called back,"),
    ("Trust through friends", "need", "I asked twice", "works there."),
    ("Ясные бумаги", "strength", "Honestly", "the next day."),
)
"""Name, kind, and the words at which the quote begins and ends."""


def make_overlaps(folder: Path) -> Path:
    """Make the project and return its folder."""
    talk = folder / "visit.txt"
    talk.write_text(TALK, encoding="utf-8")
    workspace = Workspace(folder / "workspace", coder="Anna")
    with workspace.create(ProjectDraft(title="Overlaps")) as project:
        source = project.sources.add(talk, SourceDraft(title="Interview 07"))[0].id
        text = project.sources.source(source).text
        for name, kind, first, last in CODES:
            project.codebook.add(CodeDraft(name=name, kind=kind))
            start = text.index(first)
            end = text.index(last, start) + len(last)
            project.coding.apply(CodingDraft(source=source, start=start, end=end, code=name))
        return project.folder
