"""Everything that changes quotes, in any order, on a real database: undone to the beginning and redone to the end.

After every step each quote says what its source says at its span.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlmodel import select
from transcript_project import content

from workbench.errors import WorkbenchError
from workbench.models import tables
from workbench.models.drafts import CodeDraft, CodingDraft, ProjectDraft
from workbench.services.coding import Coding
from workbench.services.workspace import Workspace

TEXT = """Интервьюер: Как прошло?
R01: Долго ждали, потом ушли в другой банк. И больше не вернёмся.
Интервьюер: Почему?
R01: Обещали перезвонить 😀 и не перезвонили… Ещё и ставка другая.
"""
WORDS = ("банк", "ждали три часа", "", "ещё раз", "не")

places = st.integers(0, 130)
lengths = st.integers(1, 45)


class Codings(RuleBasedStateMachine):
    """Two coders work on one text; edits of its words come in between."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.project = Workspace(self.folder, coder="A").create(ProjectDraft(title="M"))
        path = self.folder / "talk.txt"
        path.write_text(TEXT, encoding="utf-8")
        self.source = self.project.sources.add(path)[0].id
        for name in ("одно", "два", "три"):
            self.project.codebook.add(CodeDraft(name=name))
        context = self.project.coding._context
        other = Coding(replace(context, coder="B"))
        self.coders = (self.project.coding, other)
        for coder in self.coders:  # a coder's row stays when the first action is undone
            coder.apply(CodingDraft(source=self.source, start=0, end=3, code="одно"))
        self.base = self.done()
        self.start = content(self.project)

    # -- helpers -------------------------------------------------------------------------------

    def done(self) -> int:
        return sum(entry.state == "done" for entry in self.project.history.entries(10_000))

    def text(self) -> str:
        return self.project.sources.source(self.source).text

    def quotes(self) -> list[str]:
        return [quote.id for quote in self.project.coding.quotes()]

    def codings(self) -> list[str]:
        return [coding.id for coding in self.project.coding.codings(self.source)]

    def codes(self) -> list[str]:
        return [code.id for code in self.project.codebook.codes()]

    def some(self, data: st.DataObject, items: list[str]) -> str:
        return data.draw(st.sampled_from(sorted(items)))

    def attempt(self, action, *allowed: str) -> None:
        """Do something; what is refused must have changed nothing."""
        before = content(self.project)
        try:
            action()
        except WorkbenchError as error:
            assert error.code in allowed, error.code
            assert content(self.project) == before

    def draft(self, start: int, length: int, code: str) -> CodingDraft:
        end = min(start + length, len(self.text()))
        return CodingDraft(source=self.source, start=min(start, end - 1), end=end, code=code)

    # -- coding --------------------------------------------------------------------------------

    @precondition(lambda self: self.codes())
    @rule(data=st.data(), who=st.integers(0, 1), start=places, length=lengths)
    def apply(self, data: st.DataObject, who: int, start: int, length: int) -> None:
        draft = self.draft(start, length, self.some(data, self.codes()))
        self.attempt(lambda: self.coders[who].apply(draft), "span-empty")

    @precondition(lambda self: self.codes())
    @rule(
        data=st.data(),
        who=st.integers(0, 1),
        spans=st.lists(st.tuples(places, lengths), min_size=1, max_size=3),
    )
    def apply_many(self, data: st.DataObject, who: int, spans: list[tuple[int, int]]) -> None:
        codes = [self.some(data, self.codes()), "new"]
        drafts = [self.draft(start, length, code) for start, length in spans for code in codes]
        name = data.draw(st.sampled_from(["одно", "четыре", "пять"]))
        new = {"new": CodeDraft(name=name)}
        self.attempt(
            lambda: self.coders[who].apply_many(drafts, new_codes=new),
            *("span-empty", "code-name-taken"),
        )

    @precondition(lambda self: self.codings())
    @rule(
        data=st.data(),
        stance=st.sampled_from(["supports", "contradicts"]),
        emotion=st.sampled_from([None, -2, 1]),
    )
    def edit(self, data: st.DataObject, stance: str, emotion: int | None) -> None:
        coding = self.some(data, self.codings())
        self.project.coding.edit(coding, stance=stance, emotion=emotion, no_emotion=emotion is None)

    @precondition(lambda self: self.codings())
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        self.project.coding.remove(self.some(data, self.codings()))

    @precondition(lambda self: self.codings() and self.codes())
    @rule(data=st.data())
    def recode(self, data: st.DataObject) -> None:
        some = [self.some(data, self.codings()) for _coding in range(2)]
        self.project.coding.recode(list(dict.fromkeys(some)), self.some(data, self.codes()))

    @rule(who=st.sampled_from(["A", "B"]), whole=st.booleans(), data=st.data())
    def clear(self, who: str, whole: bool, data: st.DataObject) -> None:
        if self.codes() and not data.draw(st.integers(0, 3)):
            code = None if whole else self.some(data, self.codes())
            self.project.coding.clear(who, code=code)

    # -- quotes --------------------------------------------------------------------------------

    @precondition(lambda self: self.quotes())
    @rule(data=st.data(), who=st.integers(0, 1), start=places, length=lengths)
    def set_borders(self, data: st.DataObject, who: int, start: int, length: int) -> None:
        quote, draft = self.some(data, self.quotes()), self.draft(start, length, "-")
        self.attempt(
            lambda: self.coders[who].set_borders(quote, draft.start, draft.end),
            *("span-empty", "quote-of-others"),
        )

    @precondition(lambda self: self.quotes())
    @rule(data=st.data(), who=st.integers(0, 1), share=st.floats(0, 1))
    def split(self, data: st.DataObject, who: int, share: float) -> None:
        quote = self.some(data, self.quotes())
        view = next(view for view in self.project.coding.quotes() if view.id == quote)
        place = view.start + round(share * (view.end - view.start))
        self.attempt(
            lambda: self.coders[who].split(quote, place), *("split-at-edge", "quote-of-others")
        )

    @precondition(lambda self: len(self.quotes()) > 1)
    @rule(data=st.data(), who=st.integers(0, 1), most=st.integers(2, 4))
    def merge(self, data: st.DataObject, who: int, most: int) -> None:
        quotes = data.draw(st.permutations(sorted(self.quotes())))[:most]
        self.attempt(lambda: self.coders[who].merge(quotes), *("quotes-apart", "merge-too-few"))

    @precondition(lambda self: self.quotes())
    @rule(
        data=st.data(),
        who=st.integers(0, 1),
        text=st.sampled_from(["", "один", "два"]),
        mark=st.booleans(),
    )
    def note(self, data: st.DataObject, who: int, text: str, mark: bool) -> None:
        quote = self.some(data, self.quotes())
        others = self.coders[1 - who].memo("quote", quote)
        self.coders[who].write_memo("quote", quote, text)
        assert self.coders[who].memo("quote", quote) == text
        assert self.coders[1 - who].memo("quote", quote) == others
        self.project.coding.favourite(quote, favourite=mark)

    # -- codebook and text ---------------------------------------------------------------------

    @precondition(lambda self: len(self.codes()) > 1)
    @rule(data=st.data(), what=st.sampled_from(["merge", "move"]))
    def rearrange(self, data: st.DataObject, what: str) -> None:
        one, other = data.draw(st.permutations(sorted(self.codes())))[:2]
        act = getattr(self.project.codebook, what)
        self.attempt(
            lambda: act(one, other), *("code-cycle", "code-merge-cycle", "code-name-taken")
        )

    @rule(data=st.data(), put=st.sampled_from(WORDS), force=st.booleans())
    def edit_turn(self, data: st.DataObject, put: str, force: bool) -> None:
        view = self.project.sources.source(self.source)
        turn = data.draw(st.sampled_from(view.turns))
        said = view.text[turn.start : turn.end].split(" ")
        place = data.draw(st.integers(0, len(said) - 1))
        said[place : place + 1] = [put] if put else []
        self.attempt(
            lambda: self.project.transcript.edit_turn(
                self.source, turn.ordinal, " ".join(said), force=force
            ),
            *("quotes-lost", "text-emptied"),
        )

    @rule(place=places)
    def split_turn(self, place: int) -> None:
        offset = min(place, len(self.text()))
        self.attempt(
            lambda: self.project.transcript.split_turn(self.source, offset), "split-at-edge"
        )

    @rule(data=st.data())
    def merge_turns(self, data: st.DataObject) -> None:
        turns = len(self.project.sources.source(self.source).turns)
        number = data.draw(st.integers(0, turns - 1))
        self.attempt(lambda: self.project.transcript.merge_turns(self.source, number), "merge-last")

    @rule(back=st.booleans(), times=st.integers(1, 3))
    def step(self, back: bool, times: int) -> None:
        for _time in range(times):
            if back and self.done() <= self.base:
                return
            try:
                self.project.history.undo() if back else self.project.history.redo()
            except WorkbenchError as error:
                assert error.code == "nothing-to-redo"

    # -- what is always true -------------------------------------------------------------------

    @invariant()
    def every_quote_says_what_its_source_says(self) -> None:
        with self.project.file.session() as session:
            text = session.get_one(tables.Source, self.source).text
            quotes = session.exec(select(tables.Quote)).all()
            coded = set(session.exec(select(tables.Coding.quote_id)))
            memos = session.exec(select(tables.Memo.subject_id, tables.Memo.coder_id)).all()
        for quote in quotes:
            assert text[quote.start : quote.end] == quote.text
            assert quote.text == quote.text.strip() != ""
            assert quote.id in coded or quote.favourite, "no quote is left over"
        assert {on for on, _by in memos} <= {quote.id for quote in quotes}, "no memo is left over"
        assert len(set(memos)) == len(memos), "a coder has one memo on a quote"

    def teardown(self) -> None:
        end = content(self.project)
        steps = self.done() - self.base
        for _step in range(steps):
            self.project.history.undo()
            self.every_quote_says_what_its_source_says()
        assert content(self.project) == self.start
        for _step in range(steps):
            self.project.history.redo()
        assert content(self.project) == end
        self.project.close()
        shutil.rmtree(self.folder, ignore_errors=True)


TestCodings = Codings.TestCase
TestCodings.settings = settings(max_examples=10, stateful_step_count=30, deadline=None)
