"""Finding words in all sources, passages like those that have a code, and frequent words."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from workbench.i18n import N_, _
from workbench.models.filters import QuoteFilter
from workbench.models.views import FoundPlace, PlaceOrder
from workbench.tui.commands import Command
from workbench.tui.dialogs.dialog import Words
from workbench.tui.dialogs.pick import Choice, NewName, PickDialog
from workbench.tui.finding.commands import FINDING_COMMANDS, ON_PLACES, ON_WORDS
from workbench.tui.finding.rows import PLACE_COLUMNS, SIMILAR_COLUMNS, WORD_COLUMNS
from workbench.tui.finding.saved import SavedSearches
from workbench.tui.finding.suggesting import PLACES, SIMILAR, WORDS
from workbench.tui.garbage import leave, spare
from workbench.tui.quote_filter import FilterForm, filter_fields, filter_of
from workbench.tui.widgets.fields import Field
from workbench.tui.widgets.press import Press
from workbench.tui.widgets.row_table import RowTable

_TABS = {PLACES: N_("1 Places"), SIMILAR: N_("2 Similar"), WORDS: N_("3 Words")}


class SearchScreen(SavedSearches):
    """A line to type into, what is found below it, Enter opens the place on the coding screen."""

    NAME = "search"
    HELP = N_(
        "Type words and all turns that hold them are listed, in any form of the words. “A phrase” in "
        "quotation marks; deliver* for a beginning; =word for this form only; queue OR line (ИЛИ) for "
        "either; queue /5 bank with five words between them at most; -word for turns without it. Enter "
        "opens a place with all others of its text marked. 2 lists passages like those that have a "
        "code, 3 the words that were said most often."
    )
    AUTO_FOCUS = ""
    COMMANDS: ClassVar[tuple[Command, ...]] = FINDING_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "list", show=False)]
    DEFAULT_CSS = """
    SearchScreen {
        #query, #query:focus { border: none; height: 1; padding: 0 1; margin-top: 1; background: $panel; background-tint: transparent; }
        #note { padding: 0 1; height: auto; min-height: 1; max-height: 2; color: $foreground-muted; }
        #note.trouble { color: $error; }
        #tabs { height: 1; }
        #tabs Press { margin-right: 1; background: $background; color: $foreground-muted; }
        #tabs Press.-shown { color: $primary; text-style: bold; }
    }
    """

    def __init__(self, text: str = "", code: str = "") -> None:
        """Begin with a search.

        Args:
            text: what to look for; empty takes up the last search.
            code: a code to find similar passages for.
        """
        super().__init__()
        self._text: str | None = text
        self.code = code

    def body(self) -> ComposeResult:
        """The line, what was found in numbers, the three lists."""
        yield Input(placeholder=_("Words to find in all sources"), id="query")
        yield Words(id="note")
        with Horizontal(id="tabs"):
            for name, words in _TABS.items():
                yield Press(_(words), id=f"tab-{name}")
        yield RowTable(
            PLACE_COLUMNS,
            id=PLACES,
            empty=N_(
                'Type words above: queue bank · "a long wait" · deliver* · queue OR line · '
                "queue /5 bank · -word. Enter goes to the list, Enter again opens the place."
            ),
        )
        yield RowTable(
            SIMILAR_COLUMNS,
            id=SIMILAR,
            empty=N_(
                "Passages that resemble what has a code already will stand here. Press c to choose "
                "the code; nothing is coded by itself."
            ),
        )
        yield RowTable(
            WORD_COLUMNS,
            id=WORDS,
            empty=N_(
                "The words that were said most often will stand here. Add an interview first."
            ),
        )

    def fill(self) -> None:
        """Take up the last search, or show again what is there."""
        if self._text is not None:
            spare()
            text, self._text = self._text, None
            last = self.recall_last()
            with self.prevent(Input.Changed):
                self.line.value = text or last
            if text:
                self.wanted, self.forms = QuoteFilter(), True
            self.show_tab(SIMILAR if self.code else PLACES)
            if self.line.value:
                self.search(then_go=not self.code)
            if self.code:
                self.compare()
            elif not self.line.value:
                self.line.focus()
            return
        with self.prevent(Input.Changed):
            self.line.value = self.query_run.text if self.query_run is not None else ""
        self.show_places()
        self.show_others()
        self.show_tab(self.tab)

    def returned(self) -> None:
        """Search again: another screen may have changed texts or codings."""
        self.search(again=True)

    def on_unmount(self) -> None:
        """Let a search that still goes on end."""
        self.stop()
        leave()

    # -- the three lists -----------------------------------------------------------------------

    @on(Press.Pressed)
    def _tab_pressed(self, event: Press.Pressed) -> None:
        name = (event.press.id or "").removeprefix("tab-")
        getattr(self, f"action_{name}")()

    def show_tab(self, tab: str) -> None:
        """Show a list and mark its name."""
        super().show_tab(tab)
        for name in _TABS:
            self.query_one(f"#tab-{name}").set_class(name == tab, "-shown")

    def action_places(self) -> None:
        """Show the places."""
        self.show_tab(PLACES)

    def available(self, command_id: str) -> bool:
        """Offer what the list that is shown can do."""
        name = command_id.removeprefix("search.")
        if name in ON_PLACES and (self.tab != PLACES or self.query_run is None):
            return False
        if name in ON_WORDS and self.tab != WORDS:
            return False
        if name == "code" and self.tab != SIMILAR:
            return False
        return super().available(command_id)

    @on(RowTable.Opened)
    def _opened(self, event: RowTable.Opened) -> None:
        if event.table.id == WORDS:
            self._search_word(event.row.key)
        else:
            self._open(event.row.key, marked=event.table.id == PLACES)

    def _open(self, place: FoundPlace, *, marked: bool) -> None:
        """Open a place on the coding screen, with everything found in its text marked."""
        details: dict[str, Any] = {}
        if marked and self.query_run is not None:
            spans = next(group.spans for group in self.found if group.source_id == place.source_id)
            details = {
                "found": tuple((span.start, span.end) for span in spans),
                "found_by": self.query_run.text,
            }
        self.workbench.open_screen(
            "coding", source=place.source_id, start=place.start, end=place.end, **details
        )

    def _search_word(self, word: str) -> None:
        with self.prevent(Input.Changed):
            self.line.value = f"={word}" if self.by_form else word
        self.show_tab(PLACES)
        self.search(then_go=True)

    # -- commands ------------------------------------------------------------------------------

    def action_list(self) -> None:
        """Go from the line to the list below."""
        self.table.focus()

    def action_type(self) -> None:
        """Type words."""
        self.show_tab(PLACES)
        self.line.focus()
        self.line.action_select_all()

    async def action_back(self) -> None:
        """Leave the line first, then the screen."""
        if self.focused is self.line:
            self.action_list()
            return
        await super().action_back()

    def action_filter(self) -> None:
        """Ask which sources, people and quotes are meant, and whether all forms of words count."""
        fields = filter_fields(
            self.wanted, self.project.codebook.codes(), self.project.quotes.choices()
        )
        forms = Field(
            "forms",
            N_("Forms of words"),
            "choice",
            self.forms,
            choices=((True, N_("all")), (False, N_("as they are written"))),
        )

        def done(values: dict[str, Any] | None) -> None:
            if values is not None:
                self.wanted, self.forms = filter_of({**values, "words": ""}), values["forms"]
                self.search()
                self.look_again()

        asked = [forms, *(field for field in fields if field.name != "words")]
        self.app.push_screen(FilterForm(_("Filter"), asked, save_label=N_("Show")), done)

    def action_order(self) -> None:
        """Sort the places another way."""
        orders = list(PlaceOrder)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self.show_places()

    def action_sources(self) -> None:
        """List the sources with how much was found in each, and go to the first place of one."""
        choices = [
            Choice(group.source_id, group.source, key=str(len(group.spans))) for group in self.found
        ]

        def go(chosen: str | NewName | None) -> None:
            if isinstance(chosen, str):
                if self.order != PlaceOrder.SOURCE:
                    self.order = PlaceOrder.SOURCE
                    self.show_places()
                place = next(place for place in self.places if place.source_id == chosen)
                self.place_table.cursor = self.places.index(place)
                self.place_table.focus()

        self.app.push_screen(PickDialog[str](choices, title=_("Places by source")), go)

    def action_export(self) -> None:
        """Write the list that is shown to a table."""
        from workbench.tui.finding.exporting import export_list

        export_list(self)
