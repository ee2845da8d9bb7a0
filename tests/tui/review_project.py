"""A small project with a recording, timed words, doubtful ones and a turn perhaps never said."""

from __future__ import annotations

import sys
from pathlib import Path

from sqlmodel import select
from textual import events

from workbench.models import tables
from workbench.models.drafts import CodeDraft, CodingDraft, ProjectDraft, SourceDraft
from workbench.services.project import Project
from workbench.services.workspace import Workspace
from workbench.settings import Settings
from workbench.text.turns import compose, words
from workbench.tui.app import WorkbenchApp
from workbench.tui.screens.review import ReviewScreen

sys.path.append(str(Path(__file__).parent.parent / "transcription"))
from sounds import tone, write_audio

SAID = (
    ("What did you think of mooflow then?", "I", False),
    ("Well, uh, mooflow was slow. We waited for mooflow an hour.", "R", False),
    ("Subtitles by DimaTorzok", None, True),
    ("Thanks for watching", None, True),
    ("And the the branch?", "I", False),
    ("Nobody called back.", "R", False),
)
"""Words, label, whether they are suspected."""

DOUBTFUL = {"mooflow": 0.21, "branch": 0.33}
WORD_MS = 300
PAUSE_MS = 2_400
"""Silence before “slow”, and between the third and the fifth turn a longer one."""


def make_project(folder: Path) -> Path:
    """Make the project and return its folder; every word takes 0.3 s, a second lies between turns."""
    sound = write_audio(folder / "talk.wav", tone(30.0))
    workspace = Workspace(folder / "workspace", coder="Anna")
    with workspace.create(ProjectDraft(title="Bank", language="en")) as project:
        card = project.sources.add(sound, SourceDraft(title="Interview 1", language="en"))[0]
        text, spans = compose(said for said, _label, _suspected in SAID)
        with project.file.transaction() as session:
            source = session.exec(select(tables.Source).where(tables.Source.id == card.id)).one()
            source.text, source.state, source.words = text, "ready", len(words(text))
            source.transcribed_by = "faster-whisper base"
            session.add(source)
            voices = {}
            for ordinal, (label, role) in enumerate((("I", "interviewer"), ("R", "respondent"))):
                voice = tables.Speaker(source_id=source.id, ordinal=ordinal, label=label, role=role)
                session.add(voice)
                session.flush()
                voices[label] = voice.id
            clock = 1_000
            for ordinal, ((_said, label, suspected), span) in enumerate(
                zip(SAID, spans, strict=True)
            ):
                rows, begun = [], clock
                for word in words(span.of(text)):
                    if word.of(span.of(text)) == "slow":
                        clock += PAUSE_MS
                    sure = DOUBTFUL.get(word.of(span.of(text)), 0.9)
                    rows.append([word.start, word.end, clock, clock + WORD_MS, sure])
                    clock += WORD_MS
                session.add(
                    tables.Turn(
                        source_id=source.id, ordinal=ordinal, start=span.start, end=span.end,
                        start_ms=begun, end_ms=clock, speaker_id=voices.get(label or ""),
                        suspected=suspected, word_times=rows,
                    )
                )  # fmt: skip
                clock += 700
        project.codebook.add(CodeDraft(name="Waiting"))
        start = text.index("We waited")
        project.coding.apply(
            CodingDraft(source=card.id, start=start, end=start + 9, code="Waiting")
        )
        return project.folder


class ReviewApp(WorkbenchApp):
    """Opens the review screen of a project at once; sound goes to a device that plays to nobody."""

    def __init__(self, project: Project, *, language: str = "en", **details) -> None:
        super().__init__(Settings(language=language, coder="Anna"))
        self.project = project
        self.project_title = "Bank"
        self._details = details

    async def on_mount(self, event: events.Mount) -> None:
        event.prevent_default()  # no Home below
        await self.push_screen(ReviewScreen(**self._details))

    @property
    def review(self) -> ReviewScreen:
        found = next(s for s in self.screen_stack if isinstance(s, ReviewScreen))
        assert isinstance(found, ReviewScreen)
        return found

    def text(self) -> str:
        """What the database holds."""
        return self.project.sources.source("1").text

    def turns(self) -> list[tuple[str, str]]:
        """Label and words of each turn as the database holds them."""
        view = self.project.sources.source("1")
        return [
            (turn.speaker.label if turn.speaker else "", view.text[turn.start : turn.end])
            for turn in view.turns
        ]

    def quotes(self) -> list[str]:
        return [quote.text for quote in self.project.coding.codings("1")]

    def notes(self) -> list[str]:
        return [note.message for note in self._notifications]

    def rows(self) -> list[str]:
        """The transcript as it is drawn."""
        view = self.review.view
        return [
            "".join(s.text for s in view.render_line(y)).rstrip() for y in range(view.size.height)
        ]

    def go(self, words: str, *, behind: int = 0) -> None:
        """Put the cursor on words."""
        view = self.review.view
        view.go(view.source.text.index(words) + behind)
