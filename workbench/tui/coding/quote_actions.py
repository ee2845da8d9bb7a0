"""The verbs that change what is said of a quote: its codes, stance, emotion, favourite, memo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workbench.i18n import N_, _
from workbench.models.drafts import CodeDraft
from workbench.models.kinds import Stance
from workbench.models.views import CodingView
from workbench.tui.coding.clearing_actions import ClearingActions
from workbench.tui.reading.screen import Acting
from workbench.tui.theme import code_colour
from workbench.tui.widgets.code_tree import CodeTree

_EMOTION = 2

_SHOWN = 60
"""Letters of a quote in a question about it."""

_KINDS = {
    "quote": N_("quote"),
    "code": N_("code"),
    "source": N_("source"),
    "project": N_("project"),
}
"""What a memo may be on."""


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a memo is on."""

    kind: str
    id: str
    label: str
    mark: str = ""
    colour: str = ""


class QuoteActions(ClearingActions):
    """What is done to quotes that are there already."""

    # -- codes of a quote ----------------------------------------------------------------------

    def action_remove(self) -> None:
        """Take a code off; where several meet, ask which."""
        self._with_coding(_("Take off which code?"), lambda coding: self._remove(coding.id))

    def _remove(self, coding_id: str) -> None:
        source = self.open_source()
        with Acting(self):
            coding = source.remove(coding_id)
        self.show_coded([coding])

    def action_recode(self) -> None:
        """Put another code in the place of the one the quote has; where several meet, ask which."""
        self._with_coding(_("Replace which code?"), self._recode)

    def _recode(self, coding: CodingView) -> None:
        from workbench.tui.dialogs.pick_code import PickCode, Picked

        source = self.open_source()

        def recode(answer: Picked) -> None:
            new = answer if isinstance(answer, CodeDraft) else None
            code = answer if isinstance(answer, str) else answer.name
            with Acting(self):
                now = self.project.coding.recode([coding.id], code, new_code=new)
            if new is not None:
                source.read_codes()
            source.take_in([coding.id], now, counted=new is not None)
            source.use(now[0].code_id)
            self.chosen = now[0].id
            self.show_coded([coding, *now])

        def picked(answer: Picked | None) -> None:
            if answer is not None:
                self.attempt(lambda: recode(answer))

        others = [code for code in source.codes.values() if code.id != coding.code_id]
        title = _("Which code instead of “{name}”?").format(name=coding.code)
        words = source.text[coding.start : coding.end]
        self.app.push_screen(
            PickCode(others, words=words, recent=source.recent, title=title), picked
        )

    def _with_coding(self, title: str, act: Callable[[CodingView], None]) -> None:
        """Do something with the coding at the cursor; where several meet, ask which."""
        from workbench.coding.codebook import MARKS
        from workbench.tui.dialogs.pick import Choice, NewName, PickDialog

        coding, here = self.coding_here(), self.view.codings_here
        if len(here) == 1:
            self._with_leave(coding, lambda: act(coding))
            return
        known = {each.id: each for each in here}
        choices = [
            Choice(
                value=c.id,
                label=c.code,
                note=c.text,
                key=c.coder if c.coder != self.project.coder else "",
                mark=MARKS.get(c.kind, "●"),
                colour=self._ink(c.colour),
            )
            for c in sorted(here, key=lambda c: c.id != coding.id)
        ]

        def picked(answer: str | NewName | None) -> None:
            if isinstance(answer, str):
                self.attempt(lambda: act(known[answer]))

        self.app.push_screen(PickDialog[str](choices, title=title), picked)

    def _with_leave(self, coding: CodingView, act: Callable[[], None]) -> None:
        """Change a coding; somebody else's only after a question, as it is their judgement."""
        from workbench.tui.dialogs.confirm import Confirm

        if coding.coder == self.project.coder:
            act()
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.attempt(act)

        question = _("Change what {coder} coded?").format(coder=coding.coder)
        details = f"{coding.code}: {coding.text[:_SHOWN]}\n{_('u takes it back.')}"
        dialog = Confirm(question, details=details, yes=N_("Change it"), no=N_("Keep"))
        self.app.push_screen(dialog, answered)

    def _ink(self, colour: int) -> str:
        app = self.workbench
        return code_colour(colour, dark=app.dark, ansi=app.theme == "ansi")

    def action_choose(self) -> None:
        """Choose the next of the codes that meet here."""
        coding, here = self.coding_here(), self.view.codings_here
        place = [c.id for c in here].index(coding.id)
        self.chosen = here[(place + 1) % len(here)].id
        self.view.codings_changed([])

    # -- stance, emotion, favourite ------------------------------------------------------------

    def action_against(self) -> None:
        """Say that the quote contradicts the code, or supports it."""
        coding = self.coding_here()
        supports = coding.stance == Stance.SUPPORTS
        self._edit(coding, stance=Stance.CONTRADICTS if supports else Stance.SUPPORTS)

    def action_warmer(self) -> None:
        """Raise the emotion."""
        self._feel(1)

    def action_colder(self) -> None:
        """Lower the emotion."""
        self._feel(-1)

    def _feel(self, step: int) -> None:
        coding = self.coding_here()
        emotion = max(-_EMOTION, min(_EMOTION, (coding.emotion or 0) + step))
        if emotion != coding.emotion:
            self._edit(coding, emotion=emotion)

    def action_no_emotion(self) -> None:
        """Say nothing of an emotion any more."""
        coding = self.coding_here()
        if coding.emotion is not None:
            self._edit(coding, no_emotion=True)

    def _edit(
        self,
        coding: CodingView,
        *,
        stance: str | None = None,
        emotion: int | None = None,
        no_emotion: bool = False,
    ) -> None:
        source = self.open_source()

        def edit() -> None:
            with Acting(self):
                source.edit(coding.id, stance=stance, emotion=emotion, no_emotion=no_emotion)
            self.view.codings_changed(source.index.lines_of(coding))

        self._with_leave(coding, edit)

    def action_favourite(self) -> None:
        """Mark the quote for the report, or take the mark away."""
        source, coding = self.open_source(), self.coding_here()
        with Acting(self):
            source.favourite(coding, favourite=not coding.favourite)
        self.view.codings_changed(source.index.lines_of(coding))

    # -- memos ---------------------------------------------------------------------------------

    def action_memo(self) -> None:
        """Write a memo on the quote."""
        coding = self.coding_here()
        self._write_memo(_Subject("quote", coding.quote_id, coding.text))

    def action_memo_on(self) -> None:
        """Write a memo on the quote or its code, on the source or the project: ask which."""
        from workbench.tui.dialogs.pick import Choice, NewName, PickDialog

        choices = [
            Choice(
                value=subject,
                label=subject.label,
                note=self.project.coding.noted(subject.kind, subject.id),
                key=_(_KINDS[subject.kind]),
                mark=subject.mark,
                colour=subject.colour,
            )
            for subject in self._memo_subjects()
        ]

        def picked(answer: _Subject | NewName | None) -> None:
            if isinstance(answer, _Subject):
                self._write_memo(answer)

        self.app.push_screen(PickDialog[_Subject](choices, title=_("A memo on what?")), picked)

    def _memo_subjects(self) -> list[_Subject]:
        from workbench.coding.codebook import MARKS

        source, here = self.open_source(), self.view.codings_here
        found = [_Subject("quote", here[0].quote_id, here[0].text)] if here else []
        codes = [source.codes[c.code_id] for c in here if c.code_id in source.codes]
        if isinstance(self.focused, CodeTree) and self.focused.code is not None:
            codes.insert(0, self.focused.code)
        for code in dict.fromkeys(codes):
            mark = MARKS.get(code.kind, "●")
            found.append(_Subject("code", code.id, code.name, mark, self._ink(code.colour)))
        found.append(_Subject("source", source.id, source.card.title))
        project = self.project.plan.project_id
        found.append(_Subject("project", project, self.workbench.project_title))
        return found

    def _write_memo(self, subject: _Subject) -> None:
        from workbench.tui.dialogs.memo import MemoDialog

        before = self.project.coding.memo(subject.kind, subject.id)

        def keep(text: str) -> None:
            with Acting(self):
                self.project.coding.write_memo(subject.kind, subject.id, text)
            self.memo_changed()

        def written(text: str | None) -> None:
            if text is not None and text.strip() != before:
                self.attempt(lambda: keep(text))

        others = self.project.coding.noted_by_others(subject.kind, subject.id)
        self.app.push_screen(MemoDialog(subject.label, before, others=others), written)
