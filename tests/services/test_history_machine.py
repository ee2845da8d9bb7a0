"""Undo-all restores the beginning and redo-all the end, whatever was done in between."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sqlalchemy import text

from workbench.errors import WorkbenchError
from workbench.models.drafts import BarrierDraft, CodeDraft, CodingDraft, ProjectDraft
from workbench.models.tables import metadata
from workbench.services.workspace import Workspace

TEXT = (
    "Интервьюер: Как прошло?\nR01: Долго ждали, потом ушли в другой банк, и больше не вернёмся.\n"
    * 3
)


WORDS = ("", "да", "  ", "ещё раз", "нет, никогда", "x")


QUOTE_TROUBLES = {
    "split-at-edge",
    "merge-too-few",
    "quotes-apart",
    "span-outside",
    "span-empty",
    "quote-of-others",
}


class Histories(RuleBasedStateMachine):
    """Random actions over one project, checked by the content of its whole database."""

    @initialize()
    def begin(self) -> None:
        folder = Path(tempfile.mkdtemp())
        self.project = Workspace(folder, coder="A").create(ProjectDraft(title="M"))
        path = folder / "i.txt"
        path.write_text(TEXT, encoding="utf-8")
        self.source = self.project.sources.add(path)[0].id
        self.base = len(self.project.history.entries())
        self.start = self.content()

    def content(self) -> str:
        tables = sorted(set(metadata.tables) - {"journal_entry", "coder"})
        with self.project.file.session() as session:
            rows = {
                table: sorted(
                    json.dumps([str(value) for value in row])
                    for row in session.connection().execute(text(f"SELECT * FROM {table}"))
                )
                for table in tables
            }
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()

    def text(self) -> str:
        return self.project.sources.source(self.source).text

    def codings(self) -> list[str]:
        return [coding.id for coding in self.project.coding.codings(self.source)]

    def codes(self) -> list[str]:
        return [code.id for code in self.project.codebook.codes()]

    @rule(name=st.sampled_from("ABCDEF"), kind=st.sampled_from(["theme", "barrier"]))
    def add_code(self, name: str, kind: str) -> None:
        try:
            self.project.codebook.add(CodeDraft(name=name, kind=kind))
        except WorkbenchError as error:
            assert error.code == "code-name-taken"

    @precondition(lambda self: self.codes())
    @rule(data=st.data(), start=st.integers(0, 200), length=st.integers(1, 60))
    def apply(self, data: st.DataObject, start: int, length: int) -> None:
        code = data.draw(st.sampled_from(self.codes()))
        end = min(start + length, len(self.text()))
        try:
            self.project.coding.apply(
                CodingDraft(source=self.source, start=min(start, end - 1), end=end, code=code)
            )
        except WorkbenchError as error:
            assert error.code == "span-empty"

    @precondition(lambda self: len(self.codes()) > 1)
    @rule(data=st.data(), what=st.sampled_from(["merge", "move"]))
    def rearrange(self, data: st.DataObject, what: str) -> None:
        one, other = data.draw(st.permutations(self.codes()))[:2]
        try:
            getattr(self.project.codebook, what)(one, other)
        except WorkbenchError as error:
            assert error.code in {"code-cycle", "code-merge-cycle", "code-name-taken"}

    @precondition(lambda self: self.codes())
    @rule(data=st.data())
    def describe_or_remove(self, data: st.DataObject) -> None:
        code = data.draw(st.sampled_from(self.codes()))
        try:
            if data.draw(st.booleans()):
                self.project.codebook.describe_barrier(
                    code, BarrierDraft(statement="S", hinders_loving=True)
                )
            else:
                self.project.codebook.remove(code)
        except WorkbenchError as error:
            assert error.code in {"not-a-barrier", "code-has-children"}

    @precondition(lambda self: self.codings())
    @rule(data=st.data(), what=st.sampled_from(["remove", "edit", "favourite", "memo"]))
    def change_coding(self, data: st.DataObject, what: str) -> None:
        found = data.draw(st.sampled_from(self.project.coding.codings(self.source)))
        if what == "remove":
            self.project.coding.remove(found.id)
        elif what == "edit":
            self.project.coding.edit(found.id, stance="contradicts", emotion=-1)
        elif what == "favourite":
            self.project.coding.favourite(found.quote_id, favourite=not found.favourite)
        else:
            self.project.coding.write_memo(
                "quote", found.quote_id, data.draw(st.sampled_from(WORDS))
            )

    @precondition(lambda self: self.codings())
    @rule(
        data=st.data(),
        what=st.sampled_from(["split", "merge", "borders", "recode"]),
        place=st.integers(1, 40),
    )
    def change_quote(self, data: st.DataObject, what: str, place: int) -> None:
        codings = self.project.coding.codings(self.source)
        found, other = data.draw(st.sampled_from(codings)), data.draw(st.sampled_from(codings))
        coding = self.project.coding
        try:
            if what == "split":
                coding.split(found.quote_id, found.start + place)
            elif what == "merge":
                coding.merge([found.quote_id, other.quote_id])
            elif what == "borders":
                coding.set_borders(found.quote_id, max(0, found.start - place), found.end + place)
            else:
                coding.recode([found.id], data.draw(st.sampled_from(self.codes())))
        except WorkbenchError as error:
            assert error.code in QUOTE_TROUBLES
        self.check_quotes()

    @rule(
        turn=st.integers(0, 9),
        place=st.integers(0, 90),
        cut=st.integers(0, 12),
        put=st.sampled_from(WORDS),
    )
    def edit_text(self, turn: int, place: int, cut: int, put: str) -> None:
        view = self.project.sources.source(self.source)
        chosen = view.turns[turn % len(view.turns)]
        words = view.text[chosen.start : chosen.end]
        new = words[:place] + put + words[place + cut :]
        try:
            self.project.transcript.edit_turn(self.source, chosen.ordinal, new)
        except WorkbenchError as error:
            assert error.code in {"quotes-lost", "text-emptied"}
        self.check_quotes()

    @rule(back=st.booleans())
    def step(self, back: bool) -> None:
        done = sum(entry.state == "done" for entry in self.project.history.entries(10_000))
        if back and done <= self.base:
            return
        try:
            self.project.history.undo() if back else self.project.history.redo()
        except WorkbenchError as error:
            assert error.code == "nothing-to-redo"
        self.check_quotes()

    def check_quotes(self) -> None:
        """No quote has lost its words."""
        text = self.text()
        for quote in self.project.coding.quotes():
            assert text[quote.start : quote.end] == quote.text
            assert quote.text.strip()

    def teardown(self) -> None:
        end = self.content()
        done = sum(entry.state == "done" for entry in self.project.history.entries(10_000))
        for _step in range(done - self.base):
            self.project.history.undo()
        assert self.content() == self.start
        for _step in range(done - self.base):
            self.project.history.redo()
        assert self.content() == end
        self.check_quotes()
        self.project.close()


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)
