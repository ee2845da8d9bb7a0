"""Random edits in a real database: no quote is lost or shifted, undo-all restores the beginning, redo-all the end."""

from __future__ import annotations

import random
import re
import tempfile
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from transcript_project import add_quotes, check, content, make, quote_rows, turn_rows

from workbench.errors import InputError
from workbench.models.drafts import ProjectDraft
from workbench.services.project import Project
from workbench.services.workspace import Workspace
from workbench.text.editing import occurrences
from workbench.text.spans import Span

DOCUMENTS = 12
EDITS = 40
NAMES = [
    "да",
    "нет",
    "да",
    "я",
    "и",
    "банк",
    "Банк",
    "ещё",
    "еще",
    "bank",
    "да-да",
    "о\u0301н",
    "й",
    "3,5",
]
SIGNS = [" ", " ", " ", ", ", ". ", " — ", " 😀 ", "… ", " «", "» ", "\n"]
LONG = "слово " * 380
ALLOWED = {
    "quotes-lost",
    "text-emptied",
    "split-at-edge",
    "merge-last",
    "time-invalid",
    "span-crosses-turns",
}


def said(rng: random.Random) -> str:
    if rng.random() < 0.03:
        return LONG
    words = "".join(rng.choice(NAMES) + rng.choice(SIGNS) for _word in range(rng.randint(1, 14)))
    return words.strip(" «\n—") or "да"


def bare(text: str) -> str:
    """A text without white space: cutting and joining turns changes nothing else."""
    return "".join(text.split())


class Writer:
    """Does one random thing after another to a transcript, and knows which quotes it must leave alone."""

    def __init__(self, project: Project, rng: random.Random) -> None:
        self.project, self.rng = project, rng
        turns = [(said(rng), rng.choice(["I", "R", None])) for _turn in range(rng.randint(2, 9))]
        self.made = make(project, turns, timed=rng.random() < 0.7)
        text = self.text()
        words = [Span(*found.span()) for found in re.finditer(r"\w[\w\u0301,-]*\w|\w\u0301?", text)]
        spans = set()
        for _quote in range(rng.randint(1, 10)):
            first = rng.randrange(len(words))
            last = min(len(words) - 1, first + rng.choice([0, 0, 1, 3, 12]))
            spans.add((words[first].start, words[last].end))
        with project.file.transaction() as session:
            add_quotes(project, session, self.made, text, sorted(spans))

    def text(self) -> str:
        return self.project.sources.source(self.made.id).text

    def edit(self) -> None:
        kinds = [
            self.words,
            self.words,
            self.place,
            self.place,
            self.everywhere,
            self.split,
            self.merge,
        ]
        self.rng.choice([*kinds, self.retime, self.assign])()

    def untouched(self, span: Span) -> dict[str, str]:
        """Return the quotes outside a span, and what they say."""
        return {
            key: row.text
            for key, row in quote_rows(self.project, self.made).items()
            if row.end <= span.start or row.start >= span.end
        }

    def hold(self, before: dict[str, str], *, spaces: bool = False) -> None:
        after = quote_rows(self.project, self.made)
        for key, words in before.items():
            if key in after:  # one that was joined with a quote on the same words is not there
                now = after[key].text
                assert (bare(now) == bare(words)) if spaces else (now == words), (words, now)
            else:
                assert words in {row.text for row in after.values()}

    def turn(self):
        return self.rng.choice(turn_rows(self.project, self.made))

    def words(self) -> None:
        """Type a turn anew with one place changed."""
        row = self.turn()
        text = self.text()[row.start : row.end]
        edges = sorted({0, len(text), *(m.start() for m in re.finditer(r"\S+", text))})
        start = self.rng.choice(edges)
        end = self.rng.choice([e for e in edges if e >= start][:4])
        put = self.rng.choice(["", "", f"{said(self.rng)} ", "новое "])
        if start == len(text):
            put = f" {put}"  # else it would make the last word longer
        before = self.untouched(Span(row.start + start, row.start + end))
        self.project.transcript.edit_turn(
            self.made.id,
            row.ordinal,
            text[:start] + put + text[end:],
            force=self.rng.random() < 0.1,
        )
        self.hold(before, spaces=True)

    def place(self) -> None:
        text = self.text()
        start = self.rng.randint(0, len(text))
        end = min(len(text), start + self.rng.choice([0, 1, 3, 8]))
        put = self.rng.choice(["", "x", "новое слово", "\u0301", "😀"])
        left, right = start, end
        while left and not text[left - 1].isspace():
            left -= 1
        while right < len(text) and not text[right].isspace():
            right += 1
        before = self.untouched(Span(left, right))
        self.project.transcript.replace(self.made.id, start, end, put)
        self.hold(before, spaces=True)

    def everywhere(self) -> None:
        find, put = self.rng.choice(NAMES), self.rng.choice([*NAMES, "", "новое слово"])
        text = self.text()
        found = list(occurrences(text, find))
        before = {
            key: row.text
            for key, row in quote_rows(self.project, self.made).items()
            if not any(s.start < row.end and s.end > row.start for s in found)
        }
        self.project.transcript.replace_all(self.made.id, find, put)
        self.hold(before, spaces=True)

    def split(self) -> None:
        before = {key: row.text for key, row in quote_rows(self.project, self.made).items()}
        speaker = self.rng.choice([None, "R", "новый"])
        offset = self.rng.randint(0, len(self.text()))
        self.project.transcript.split_turn(self.made.id, offset, speaker=speaker)
        self.hold(before, spaces=True)

    def merge(self) -> None:
        before = {key: row.text for key, row in quote_rows(self.project, self.made).items()}
        self.project.transcript.merge_turns(self.made.id, self.turn().ordinal)
        self.hold(before, spaces=True)

    def retime(self) -> None:
        row = self.turn()
        start = (row.start_ms or 0) + self.rng.choice([0, 300, -200])
        end = (row.end_ms or start + 1_000) + self.rng.choice([0, 300, -200])
        self.project.transcript.retime(self.made.id, row.ordinal, start, end)

    def assign(self) -> None:
        turns = [self.turn().ordinal for _turn in range(2)]
        if self.rng.random() < 0.5:
            self.project.transcript.assign_speaker(
                self.made.id, turns, self.rng.choice(["I", "X", ""])
            )
        else:
            self.project.transcript.alternate(self.made.id, turns[0], ["I", "R"])


@settings(
    max_examples=DOCUMENTS, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
@given(st.integers(0, 2**32))
def test_random_edits_lose_and_shift_no_quote(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    with (
        tempfile.TemporaryDirectory() as folder,
        Workspace(Path(folder), coder="A").create(ProjectDraft(title="M")) as project,
    ):
        writer = Writer(project, rng)
        begin = content(project)
        check(project, writer.made)
        for _edit in range(EDITS):
            before = content(project)
            try:
                writer.edit()
            except InputError as error:
                assert error.code in ALLOWED
                assert content(project) == before, "a refused edit changes nothing"
            check(project, writer.made)
        end = content(project)
        done = len(project.history.entries(10_000))
        for _step in range(done):
            project.history.undo()
            check(project, writer.made)
        assert content(project) == begin
        for _step in range(done):
            project.history.redo()
        assert content(project) == end
