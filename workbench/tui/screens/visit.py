"""Filling in a visit: question by question, every answer saved as it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from workbench.i18n import N_, _, ngettext
from workbench.tui.commands import Command
from workbench.tui.dialogs.dialog import Words
from workbench.tui.display import shorten_end
from workbench.tui.timers import Timers
from workbench.tui.visit_keys import Given, answer_of_key, typed_text
from workbench.tui.visit_state import VisitStateScreen
from workbench.tui.widgets.fields import Field
from workbench.tui.widgets.question import TYPED, LineInput, QuestionItem
from workbench.tui.widgets.score import Score

if TYPE_CHECKING:
    from workbench.models.views import VisitView


class VisitScreen(VisitStateScreen):
    """The shopper's one screen."""

    NAME = "visit"
    HELP = N_(
        "A visit's checklist. Every answer is saved as it is given; F9 finishes the visit and shows "
        "its score. Times can be measured with s."
    )
    COMMANDS = (
        Command("visit.yes", "y", N_("Yes"), N_("Answer yes."), verb="visit.answer"),
        Command("visit.no", "n", N_("No"), N_("Answer no."), verb="visit.answer"),
        Command(
            "visit.na", "a", N_("N/A"), N_("The question does not apply."), verb="visit.answer"
        ),
        Command("visit.comment", "c", N_("Comment"), N_("Write a comment on the question.")),
        Command("visit.timer", "s", N_("Timer"), N_("Start and stop measuring a time.")),
        Command(
            "visit.evidence",
            "e",
            N_("Evidence"),
            N_("Attach a photo, a receipt or a recording."),
            verb="visit.evidence",
        ),
        Command("visit.next", "t", N_("Next required"), N_("Go to the next thing still missing.")),
        Command(
            "visit.finish",
            "f9",
            N_("Finish"),
            N_("Submit the visit; what is missing is named."),
            verb="visit.submit",
            priority=True,
        ),
        Command(
            "visit.whole",
            "o",
            N_("On the whole"),
            N_("Write what the visit was like on the whole."),
            verb="visit.comment",
            show=False,
        ),
        Command(
            "visit.clear",
            "backspace",
            N_("Clear"),
            N_("Take the answer back."),
            verb="visit.answer",
            show=False,
        ),
    )
    DEFAULT_CSS = """
    VisitScreen {
        #section { height: 1; padding: 0 2; color: $primary; text-style: bold; }
        #questions { height: 1fr; padding: 1 0 0 0; }
        #facts { height: 1; padding: 0 2; color: $foreground-muted; }
        #scenario { max-width: 100; padding: 0 2; margin-bottom: 1; }
        Score { display: none; }
    }
    """

    def body(self) -> ComposeResult:
        """The section, the score once there is one, the questions, what is saved."""
        yield Words(id="section")
        with VerticalScroll(id="questions", can_focus=False):
            yield Score()
            yield Words(id="scenario", classes="quiet")
        yield Words(id="facts")

    def on_mount(self) -> None:
        """Begin, and let the running timers run on."""
        super().on_mount()
        self.set_interval(0.5, self.tick)

    def fill(self) -> None:
        """Read the visit."""
        self.code = self.code or self._last_code()
        if not self.code:
            self.query_one("#section", Words).say(
                _("There is no visit yet: plan one in Visits (g s).")
            )
            return
        view = self.project.shopping.visit(self.code)
        self.workbench.state.remember("projects", self.project.slug, "visit", value=view.card.code)
        self.stopwatches = Timers(self.workbench.state, view.card.id)
        self.show_visit(view)
        if isinstance(self.focused, QuestionItem | LineInput):
            return
        if view.editable:
            self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """Go to the question the cursor was on, else to the first that lacks something."""
        items = self.visible_items()
        if items and self.view is not None:
            keys = [item.question.key for item in items]
            wanted = (self.place, *self.view.missing)
            self.set_focus(items[next((keys.index(key) for key in wanted if key in keys), 0)])

    def _last_code(self) -> str:
        code = self.workbench.state.recall("projects", self.project.slug, "visit", default="")
        codes = [card.code for card in self.project.shopping.visits()]
        return code if code in codes else (codes[0] if codes else "")

    def show_visit(self, view: VisitView) -> None:
        """Show the visit as it is now."""
        self.view = view
        items = {item.question.key: item for item in self.query(QuestionItem)}
        if list(items) == [question.key for question in view.questions]:
            for question in view.questions:
                items[question.key].show(question)
        else:
            self.query(QuestionItem).remove()
            new = [QuestionItem(question) for question in view.questions]
            self.query_one("#questions").mount(*new)
        scenario = self.query_one("#scenario", Words)
        scenario.display = bool(view.scenario.strip())
        scenario.say(_("Scenario: {text}").format(text=" ".join(view.scenario.split())))
        score = self.query_one(Score)
        score.display = not view.editable
        if not view.editable:
            score.show(view)
        self.show_facts()
        self.refresh_shell()

    def show_facts(self) -> None:
        """Show the section of the question under the cursor, and what is saved."""
        item, view = self.item, self.view
        if view is None:
            return
        question = item.question if item is not None else None
        place = question.section_number if question is not None else 1
        title = view.sections[place - 1] if view.sections else view.checklist
        count = _("section {n} of {total}").format(n=place, total=len(view.sections))
        self.query_one("#section", Words).say(f"{title}  ·  {count}")
        whole = " ".join(view.comment.split())
        if whole:
            whole = _("on the whole: {text}").format(text=whole)
        facts = " · ".join(fact for fact in (self.saved, whole) if fact)
        line = self.query_one("#facts", Words)
        line.say(shorten_end(facts, max(20, self.app.size.width - 4)))

    def available(self, command_id: str) -> bool:
        """What fits the question under the cursor, while the visit may be changed."""
        if not command_id.startswith("visit."):
            return super().available(command_id)
        if self.view is None or not self.view.editable or self.project.read_only:
            return False
        if command_id in ("visit.finish", "visit.next", "visit.whole"):
            return True
        item = self.item
        if item is None or isinstance(self.focused, LineInput):
            return False
        question = item.question
        fits = {
            "visit.yes": question.type == "yes_no",
            "visit.no": question.type == "yes_no",
            "visit.na": question.na_allowed,
            "visit.timer": question.type == "time",
        }
        return fits.get(command_id, True)

    # -- commands ------------------------------------------------------------------------------

    def action_digit(self, digit: str) -> None:
        """Choose an option or a step of the scale; begin to type a number, a time or a date."""
        item = self.item
        if item is None or not self.available("visit.comment"):
            return
        if item.question.type in TYPED - {"text"}:
            self.call_next(item.edit, "value", digit)
            return
        given = answer_of_key(item.question, digit)
        if given is not None:
            self.save(item, given)

    async def action_type(self, text: str) -> None:
        """Open the line of a question whose answer is typed; of others go to the next."""
        item = self.item
        if item is None:
            return
        if item.question.type in TYPED and self.available("visit.comment"):
            await item.edit("value", text or typed_text(item.question))
        else:
            self.action_step(1)

    async def action_back(self) -> None:
        """A line that is open is finished first; it loses nothing."""
        item = self.item
        if item is not None and isinstance(self.focused, LineInput):
            item.finish_line()
            item.focus()
        else:
            await super().action_back()

    def action_yes(self) -> None:
        """Answer yes."""
        self._give(Given(True, moves_on=True))

    def action_no(self) -> None:
        """Answer no."""
        self._give(Given(False, moves_on=True))

    def action_na(self) -> None:
        """Say that the question does not apply."""
        self._give(Given(na=True, moves_on=True))

    def action_clear(self) -> None:
        """Take the answer back."""
        self._give(Given())

    def _give(self, given: Given) -> None:
        if self.item is not None:
            self.save(self.item, given)

    async def action_comment(self) -> None:
        """Open the comment's line."""
        if self.item is not None:
            await self.item.edit("comment", self.item.question.comment)

    def action_whole(self) -> None:
        """Ask what the visit was like on the whole."""
        said = self.view.comment if self.view is not None else ""

        def save(values: dict[str, Any]) -> None:
            self.project.shopping.comment(self.code, values["text"])
            self.note_saved()

        self.ask(
            _("The visit on the whole"), [Field("text", N_("Comment"), "multiline", said)], save
        )

    def action_finish(self) -> None:
        """Submit the visit; if something is missing, name it and go to the first."""
        if self.view is None:
            return
        if isinstance(self.focused, LineInput) and self.item is not None:
            # what stands in the line is saved first, then this comes again
            self.item.finish_line(again=True)
            self.item.focus()
            self.call_later(self.action_finish)
            return
        missing = [q for q in self.view.questions if q.key in self.view.missing]
        if missing:
            numbers = ", ".join(str(question.number) for question in missing)
            text = ngettext(
                "Still missing: question {numbers}.",
                "Still missing: questions {numbers}.",
                len(missing),
            )
            self.workbench.tell(text.format(numbers=numbers), severe=True)
            self.set_focus(
                next(i for i in self.visible_items() if i.question.key == missing[0].key)
            )
            return
        view = self.project.shopping.submit(self.code)
        self.note_saved()
        self.set_focus(None)
        self.show_visit(view)
        self.query_one("#questions").scroll_home(animate=False)
