"""A small coded project and an app that opens it on the coding screen."""

from __future__ import annotations

from pathlib import Path

from textual import events

from workbench.models.drafts import CodeDraft, CodingDraft, ProjectDraft, SourceDraft
from workbench.services.project import Project
from workbench.services.workspace import Workspace
from workbench.settings import Settings
from workbench.tui.app import WorkbenchApp
from workbench.tui.screens.coding import CodingScreen

TALK = """[00:12:02] I: What did you feel at that moment?
[00:12:08] R07: Frankly, annoyed. I thought they were deceiving me. After that we went to another bank.
[00:12:31] I: And there?
[00:12:36] R07: The girl [laughs] told me at once [/x] which papers\u200b were needed. Nobody called \
three times. Всё было понятно, ещё бы.
[00:13:05] I: How long did you wait?
[00:13:09] R07: Forty minutes in the queue, although I had an appointment at eleven.
"""
SECOND = "A: We waited an hour.\nB: They never called back.\n"
CODES = (
    ("Waiting", "theme", None),
    ("Queue in spite of an appointment", "barrier", "Waiting"),
    ("Different answers", "barrier", None),
    ("Очередь [b]на[/x] входе", "barrier", None),
    ("Clear terms", "strength", None),
)


def make_project(folder: Path) -> Path:
    """Make the project and return its folder."""
    talk, second = folder / "talk.txt", folder / "second.txt"
    talk.write_text(TALK, encoding="utf-8")
    second.write_text(SECOND, encoding="utf-8")
    workspace = Workspace(folder / "workspace", coder="Anna")
    with workspace.create(ProjectDraft(title="Mortgage bank")) as project:
        source = project.sources.add(talk, SourceDraft(title="Interview 03"))[0].id
        project.sources.add(second, SourceDraft(title="Interview 04"))
        for name, kind, parent in CODES:
            project.codebook.add(CodeDraft(name=name, kind=kind, parent=parent))
        text = project.sources.source(source).text
        for words, code in (
            ("Frankly, annoyed. I thought they were deceiving me", "Different answers"),
            ("deceiving me. After that", "Waiting"),
        ):
            start = text.index(words)
            project.coding.apply(
                CodingDraft(source=source, start=start, end=start + len(words), code=code)
            )
        return project.folder


class CodingApp(WorkbenchApp):
    """Opens the coding screen of a project at once."""

    def __init__(self, project: Project | None, *, language: str = "en", **details) -> None:
        super().__init__(Settings(language=language, coder="Anna"))
        self.project = project
        self._details = details

    async def on_mount(self, event: events.Mount) -> None:
        event.prevent_default()  # no Home below
        await self.push_screen(CodingScreen(**self._details))

    @property
    def coding(self) -> CodingScreen:
        found = next(s for s in self.screen_stack if isinstance(s, CodingScreen))
        assert isinstance(found, CodingScreen)
        return found

    def codings(self) -> list[tuple[str, str, str, int | None]]:
        """What the database holds, in the order of the text."""
        found = self.project.coding.codings("Interview 03")
        return [(c.text, c.code, c.stance, c.emotion) for c in found]

    def notes(self) -> list[str]:
        return [note.message for note in self._notifications]

    def rows(self) -> list[str]:
        """The transcript as it is drawn."""
        view = self.coding.view
        return ["".join(s.text for s in view.render_line(y)) for y in range(view.size.height)]

    def selected(self) -> str:
        view = self.coding.view
        found = view.selection
        return view.source.text[found.start : found.end] if found else ""
