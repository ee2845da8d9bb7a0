"""Similar passages and frequent words: the two other lists of the screen that finds."""

from __future__ import annotations

from typing import ClassVar

from workbench.errors import WorkbenchError
from workbench.i18n import N_, _, ngettext
from workbench.models.drafts import CodeDraft
from workbench.models.views import SimilarPassage, WordCount
from workbench.tui.commands import Command
from workbench.tui.finding.rows import WordRows, similar_rows
from workbench.tui.finding.searching import SearchingSources
from workbench.tui.garbage import spare
from workbench.tui.widgets.row_table import ListSource, RowTable

PLACES, SIMILAR, WORDS = "places", "similar", "words"
_MOST_WORDS = 500


class SuggestingScreen(SearchingSources):
    """Has the tables ``#similar`` and ``#words`` beside that of the places; one of the three is shown."""

    COMMANDS: ClassVar[tuple[Command, ...]] = ()

    def __init__(self) -> None:
        """Begin with places; nothing is compared or counted before it is asked for."""
        super().__init__()
        self.tab = PLACES
        self.by_form = False
        self.everyone = False
        self.code = ""
        """The identifier of the code that passages shall resemble."""
        self.passages: list[SimilarPassage] = []
        self.counts: list[WordCount] = []
        self._code_name = ""
        self._doing = {SIMILAR: "", WORDS: ""}
        """What goes on; what is listed, when nothing does."""
        self._turn = {SIMILAR: 0, WORDS: 0}

    @property
    def table(self) -> RowTable:
        """The list that is shown."""
        return self.query_one(f"#{self.tab}", RowTable)

    def show_tab(self, tab: str) -> None:
        """Show one of the lists."""
        self.tab = tab
        for name in (PLACES, SIMILAR, WORDS):
            self.query_one(f"#{name}").display = name == tab
        self.table.focus()
        self.say()
        self.refresh_shell()

    def note(self) -> str:
        """Say what the list that is shown holds."""
        if self.tab == PLACES:
            return super().note()
        return self._doing[self.tab] or (
            self._similar_note() if self.tab == SIMILAR else self._words_note()
        )

    # -- similar passages ----------------------------------------------------------------------

    def action_similar(self) -> None:
        """Show similar passages; ask for a code the first time."""
        self.show_tab(SIMILAR)
        if not self.code:
            self.action_code()

    def action_code(self) -> None:
        """Choose the code that passages shall resemble."""
        from workbench.tui.dialogs.pick_code import PickCode

        def picked(answer: str | CodeDraft | None) -> None:
            if isinstance(answer, str):
                self.code = answer
                self.show_tab(SIMILAR)
                self.compare()

        codes = [code for code in self.project.coders.codes(self.blind_coder) if code.quotes]
        if not codes:
            self.workbench.tell(_("Nothing is coded yet, so nothing can be similar to it."))
            return
        title = _("Passages similar to")
        self.app.push_screen(PickCode(codes, title=title, can_create=False), picked)

    def compare(self) -> None:
        """Find passages like those that have the code."""
        self._turn[SIMILAR] += 1
        turn, project, code, wanted = self._turn[SIMILAR], self.project, self.code, self.wanted
        coder = self.blind_coder

        def told(done: int, total: int) -> None:
            if turn == self._turn[SIMILAR] and done % 10 == 0:
                percent = 100 * done // max(1, total)
                self.call_later(
                    self._tell, SIMILAR, _("reading the sources, {n} %").format(n=percent)
                )

        def work() -> tuple[str, list[SimilarPassage]]:
            found = project.passages.like(code, wanted, coder=coder, on_progress=told)
            return project.codebook.code(code).name, found

        def found(answer: tuple[str, list[SimilarPassage]]) -> None:
            name, some = answer
            if turn != self._turn[SIMILAR]:
                return
            self.passages, self._code_name = some, name
            spare()
            self._tell(SIMILAR, "")
            table = self.query_one("#similar", RowTable)
            table.empty = N_("No passage without this code resembles what has it.")
            table.show(ListSource(similar_rows(some)))

        self._tell(SIMILAR, _("comparing…"))
        self.run_in_thread(
            work,
            found,
            failed=self._not_compared,
            group=SIMILAR,
            exclusive=True,
        )

    def _similar_note(self) -> str:
        if not self._code_name:
            return ""
        count = len(self.passages)
        return ngettext(
            "{n} passage like those of “{code}”; Enter looks, nothing is coded by itself",
            "{n} passages like those of “{code}”; Enter looks, nothing is coded by itself",
            count,
        ).format(n=count, code=self._code_name)

    def _not_compared(self, error: WorkbenchError) -> None:
        self.code = ""
        self._tell(SIMILAR, "")
        self.show_error(error)

    # -- frequent words ------------------------------------------------------------------------

    def action_words(self) -> None:
        """Show which words were said most often; count them the first time."""
        self.show_tab(WORDS)
        if not self.counts:
            self.count()

    def count(self) -> None:
        """Count the words of the sources, or of the quotes, that the filter means."""
        self._turn[WORDS] += 1
        turn, search, wanted = self._turn[WORDS], self.project.search, self.allowed
        by_form, everyone = self.by_form, self.everyone

        def counted(counts: list[WordCount]) -> None:
            if turn == self._turn[WORDS]:
                self.counts = counts
                spare()
                self._tell(WORDS, "")
                self._show_words()

        self._tell(WORDS, _("counting…"))
        self.run_in_thread(
            lambda: search.words(wanted, by_form=by_form, everyone=everyone, limit=_MOST_WORDS),
            counted,
            group=WORDS,
            exclusive=True,
        )

    def _show_words(self) -> None:
        table = self.query_one("#words", RowTable)
        table.show(WordRows(self.counts, lambda: table.scrollable_content_region.width))

    def _words_note(self) -> str:
        forms = _("every form by itself") if self.by_form else _("all forms of a word together")
        who = _("said by anyone") if self.everyone else _("without the interviewers")
        return " · ".join(part for part in (forms, who, self.filter_note()) if part)

    def action_forms(self) -> None:
        """Count forms by themselves, or together."""
        self.by_form = not self.by_form
        self.count()

    def action_everyone(self) -> None:
        """Count everybody's words, or leave out the interviewers'."""
        self.everyone = not self.everyone
        self.count()

    def _tell(self, tab: str, said: str) -> None:
        self._doing[tab] = said
        if self.is_attached and self.tab == tab:
            self.say()

    # -- both ----------------------------------------------------------------------------------

    def show_others(self) -> None:
        """Show both lists again as they are."""
        self.query_one("#similar", RowTable).show(ListSource(similar_rows(self.passages)))
        self._show_words()

    def look_again(self) -> None:
        """Compare and count anew with another filter, as far as that was asked for."""
        if self.code:
            self.compare()
        if self.counts or self.tab == WORDS:
            self.count()
