"""A visit on a screen: the questions, the one under the cursor, and saving an answer as it is given."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding

from workbench.errors import InputError
from workbench.i18n import _, ngettext
from workbench.tui.commands import Command
from workbench.tui.labels import VISIT_STATUSES, label
from workbench.tui.project_screen import OpenProjectScreen
from workbench.tui.timers import Timers
from workbench.tui.visit_keys import Given, answer_of_key
from workbench.tui.widgets.question import Editing, LineInput, QuestionItem
from workbench.tui.widgets.question_words import QuestionWords, clock_text

if TYPE_CHECKING:
    from workbench.models.views import VisitView


class VisitStateScreen(OpenProjectScreen[None]):
    """What the visit's screen knows and how it saves; the commands are in the screen itself."""

    COMMANDS: ClassVar[tuple[Command, ...]] = ()
    AUTO_FOCUS = ""  # an open visit begins at what is missing, a finished one at its score
    BINDINGS = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]

    def __init__(self, visit: str = "") -> None:
        """Open a visit.

        Args:
            visit: its identifier or code; empty opens the one that was open last.
        """
        super().__init__()
        self.code = visit
        self.view: VisitView | None = None
        self.saved = ""
        """When something was saved last, in words."""
        self.stopwatches: Timers | None = None
        self.place = ""
        """Key of the question the cursor was on last."""

    def show_visit(self, view: VisitView) -> None:
        """Show the visit as it is now."""
        raise NotImplementedError

    def show_facts(self) -> None:
        """Show the section under the cursor and what is saved."""
        raise NotImplementedError

    async def refresh_language(self) -> None:
        """Rebuild the screen in the language in force; an open line keeps what was typed into it."""
        item, line = self.item, self.focused
        await super().refresh_language()
        if item is not None and item.editing is not None and isinstance(line, LineInput):
            # after fill has brought the cursor back to its question
            self.call_after_refresh(
                self._type_on, item.question.key, item.editing, line.value, line.cursor_position
            )

    async def _type_on(self, key: str, what: Editing, text: str, place: int) -> None:
        """Open the line again that a rebuilt screen has lost."""
        for item in self.visible_items():
            if item.question.key == key:
                line = await item.edit(what, text)
                line.cursor_position = place

    # -- where it is ---------------------------------------------------------------------------

    @property
    def item(self) -> QuestionItem | None:
        """The question under the cursor."""
        nodes = self.focused.ancestors_with_self if self.focused is not None else []
        return next((node for node in nodes if isinstance(node, QuestionItem)), None)

    def visible_items(self) -> list[QuestionItem]:
        """Return the questions that are asked, given the answers so far."""
        return [item for item in self.query(QuestionItem) if item.question.visible]

    def breadcrumb(self) -> tuple[str, ...]:
        """The project, the visit, its place and day."""
        if self.view is None:
            return super().breadcrumb()
        card = self.view.card
        day = card.finished_at.date() if card.finished_at else card.planned_on
        visit = _("Visit {code}").format(code=card.code)
        parts = (visit, card.location, day.isoformat() if day else "")
        here = " · ".join(part for part in parts if part)
        roomy = self.app.size.width >= 110  # noqa: PLR2004 - cells; below, the project's title pushes the place out
        return (self.workbench.project_title, here) if roomy else (here,)

    def status(self) -> str:
        """How many of the questions are answered, how many required ones are left."""
        if self.view is None:
            return super().status()
        card = self.view.card
        done = _("{n} of {total}").format(n=card.answered, total=card.questions)
        left = len(self.view.missing)
        still = ngettext("{n} required left", "{n} required left", left).format(n=left)
        state = label(VISIT_STATUSES, card.status)
        return f"{done} · {still if self.view.editable and left else state}"

    # -- moving --------------------------------------------------------------------------------

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show where the cursor came to; a line that was left is finished, so that nothing is lost."""
        if isinstance(event.widget, QuestionItem | LineInput):
            here = self.item
            if here is not None:
                self.place = here.question.key
                # what is above may have grown or gone in the same moment
                self.call_after_refresh(here.scroll_visible, animate=False)
            for item in self.query(QuestionItem):
                if item is not here and item.editing is not None:
                    item.finish_line()
            self.show_facts()
            self.refresh_shell()

    def action_step(self, step: int) -> None:
        """Go to the next or the previous question."""
        items, here = self.visible_items(), self.item
        place = items.index(here) + step if here in items else 0
        if 0 <= place < len(items):
            self.set_focus(items[place])
            if place == 0:
                self.call_after_refresh(self.query_one("#questions").scroll_home, animate=False)

    @on(QuestionWords.Chosen)
    def _clicked(self, event: QuestionWords.Chosen) -> None:
        item = self.item
        given = answer_of_key(item.question, event.answer) if item is not None else None
        if item is not None and given is not None and self.available("visit.comment"):
            self.save(item, given)

    # -- saving --------------------------------------------------------------------------------

    def save(self, item: QuestionItem, given: Given) -> bool:
        """Save an answer; what is wrong is said at the question. Return whether it was saved."""
        was_open = not item.question.answered
        try:
            view = self.project.shopping.answer(
                self.code, item.question.key, given.value, na=given.na, comment=given.comment
            )
        except InputError as error:
            item.say_trouble(str(error))
            return False
        item.say_trouble("")
        self.note_saved()
        self.show_visit(view)
        settled = item.question.answered and not item.question.needs_comment
        if was_open and given.moves_on and settled:
            self.action_step(1)
        return True

    def note_saved(self) -> None:
        """Remember that something was saved just now."""
        self.saved = _("saved {time}").format(time=f"{datetime.now().astimezone():%H:%M}")

    @on(QuestionItem.Typed)
    async def _typed(self, event: QuestionItem.Typed) -> None:
        item, question = event.item, event.item.question
        stays = self.item is item
        if event.what == "comment":
            given = Given(question.value, na=question.na, comment=event.text)
        else:
            given = Given(event.text or None, moves_on=stays)
        if self.save(item, given):
            if self.item is item:
                item.focus()
            await item.close_line()

    # -- measuring ----------------------------------------------------------------------------

    def action_timer(self) -> None:
        """Start measuring, or stop and save the seconds."""
        item, timers = self.item, self.stopwatches
        if item is None or timers is None:
            return
        if timers.seconds(item.question.key) is None:
            timers.start(item.question.key)
        else:
            self.save(item, Given(timers.stop(item.question.key)))
        self.tick()

    def tick(self) -> None:
        """Show how long the running stop-watches run."""
        if self.stopwatches is None or self.view is None or not self.view.editable:
            return
        running = self.stopwatches.running()
        for item in self.query(QuestionItem):
            if item.words.timer_text or item.question.key in running:
                seconds = self.stopwatches.seconds(item.question.key)
                item.tick("" if seconds is None else clock_text(seconds))

    # -- what is missing -----------------------------------------------------------------------

    def action_evidence(self) -> None:
        """Choose a file and attach it to the question."""
        from workbench.tui.dialogs.open_file import OpenFile

        item = self.item
        if item is None:
            return

        def attached(_nothing: None) -> None:
            self.note_saved()
            self.workbench.tell(_("Attached."))
            self.fill()

        def chosen(path: Path | None) -> None:
            if path is not None:
                key = item.question.key
                self.run_in_thread(
                    lambda: self.project.shopping.add_evidence(self.code, key, path), attached
                )

        self.app.push_screen(OpenFile(title=_("Attach evidence"), purpose="evidence"), chosen)

    def action_next(self) -> None:
        """Go to the next question that lacks something, from here on and then from the top."""
        if self.view is None:
            return
        items = self.visible_items()
        here = items.index(self.item) + 1 if self.item in items else 0
        for item in (*items[here:], *items[:here]):
            if item.question.key in self.view.missing:
                self.set_focus(item)
                return
        self.workbench.tell(_("Everything required is there. F9 finishes the visit."))
