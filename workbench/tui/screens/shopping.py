"""Mystery shopping: the visits with their scores, and the rating of locations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult

from workbench.i18n import N_, _
from workbench.tui.commands import Command
from workbench.tui.dialogs.dialog import Words
from workbench.tui.dialogs.open_file import OpenFile
from workbench.tui.dialogs.pick import Choice, NewName, PickDialog
from workbench.tui.labels import VISIT_ACTIONS, VISIT_STATUSES, label
from workbench.tui.project_screen import OpenProjectScreen
from workbench.tui.visit_rows import league_row, visit_row
from workbench.tui.widgets.fields import Field
from workbench.tui.widgets.row_table import Column, ListSource, RowTable

if TYPE_CHECKING:
    from workbench.models.views import LeagueRow, VisitCard
    from workbench.services.shopping import AddedChecklist


class ShoppingScreen(OpenProjectScreen[None]):
    """One line a visit; the rating of locations is one key away."""

    NAME = "shopping"
    HELP = N_(
        "Visits by mystery shoppers. Enter fills a visit in question by question; l shows the "
        "rating of locations in the newest wave."
    )
    COMMANDS = (
        Command("shopping.open", "enter", N_("Open"), N_("Fill the visit in, or read it.")),
        Command("shopping.plan", "a", N_("Plan visit"), N_("Plan a visit."), verb="visit.plan"),
        Command(
            "shopping.league", "l", N_("Rating"), N_("Show visits or the rating of locations.")
        ),
        Command(
            "shopping.status",
            "s",
            N_("Status"),
            N_("Assign, review, approve, return or cancel the visit."),
            verb="visit.status",
        ),
        Command(
            "shopping.locations", "o", N_("Locations"), N_("See and add regions and branches.")
        ),
        Command(
            "shopping.checklist",
            "k",
            N_("Add checklist"),
            N_("Add a checklist from a YAML or Excel file; a known one gets a new version."),
            verb="checklist.add",
        ),
    )
    DEFAULT_CSS = """
    ShoppingScreen {
        #about { height: 1; padding: 0 1; color: $foreground-muted; }
        RowTable { margin-top: 1; }
        #league { display: none; }
        &.-league #league { display: block; }
        &.-league #visits { display: none; }
    }
    """

    def body(self) -> ComposeResult:
        """What there is, the visits, the rating."""
        yield Words(id="about")
        yield RowTable(
            (
                Column(N_("Visit"), width=7),
                Column(N_("Location"), cut="middle"),
                Column(N_("Wave"), width=5, align="right", least=76),
                Column(N_("Shopper"), width=10, least=100),
                Column(N_("Date"), width=10, least=90),
                Column(N_("Status"), width=14),
                Column(N_("Answers"), width=9, align="right"),
                Column(N_("Score"), width=9, align="right"),
                Column(width=22, least=136),
            ),
            empty=N_(
                "Here visits will stand. Add a checklist (k) and locations (o), then plan a visit (a)."
            ),
            id="visits",
        )
        yield RowTable(
            (
                Column("№", width=3, align="right"),
                Column(N_("Location"), cut="middle"),
                Column(N_("Region"), width=16, least=90),
                Column(N_("Whose"), width=11, least=136),
                Column(N_("Visits"), width=7, align="right"),
                Column(N_("Score"), width=8, align="right"),
                Column(N_("Change"), width=10, align="right"),
                Column(N_("Critical"), width=11, align="right", least=70),
                Column(N_("Weakest section"), width=26, least=124),
            ),
            empty=N_("The rating begins with the first submitted visit."),
            id="league",
        )

    def fill(self) -> None:
        """Read the visits and score them beside the interface."""
        if self.focused is None:
            self.table.focus()
        shopping = self.project
        self.run_in_thread(
            lambda: (
                shopping.shopping.visits(),
                shopping.shopping.league(),
                shopping.shopping.checklists(),
            ),
            lambda found: self._show(*found),
            group="list",
            exclusive=True,
        )

    def _show(
        self,
        visits: list[VisitCard],
        league: list[LeagueRow],
        checklists: list[tuple[str, str, int]],
    ) -> None:
        self._cards = {card.code: card for card in visits}
        titles = [
            _("{title}, version {n}").format(title=title, n=n) for _key, title, n in checklists
        ]
        about = self.query_one("#about", Words)
        about.display = bool(titles)
        about.say(_("Checklist: {titles}").format(titles="; ".join(titles)))
        self.query_one("#visits", RowTable).show(ListSource([visit_row(card) for card in visits]))
        self.query_one("#league", RowTable).show(ListSource([league_row(row) for row in league]))
        self.refresh_shell()

    _cards: dict[str, VisitCard] = {}

    @property
    def table(self) -> RowTable:
        """The table that is shown."""
        return self.query_one("#league" if self.has_class("-league") else "#visits", RowTable)

    @property
    def card(self) -> VisitCard | None:
        """The visit under the cursor."""
        row = self.table.current
        if row is None or self.has_class("-league"):
            return None
        return self._cards.get(str(row.key))

    def available(self, command_id: str) -> bool:
        """What is done to a visit needs one; planning needs a checklist, said when it is tried."""
        if command_id in ("shopping.open", "shopping.status") and self.card is None:
            return False
        return super().available(command_id)

    @on(RowTable.Moved)
    def _moved(self) -> None:
        self.refresh_shell()

    @on(RowTable.Opened, "#visits")
    def _opened(self) -> None:
        self.action_open()

    # -- commands ------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Fill the visit in, or read it."""
        card = self.card
        if card is not None:
            self.workbench.open_screen("visit", visit=card.code)

    async def action_back(self) -> None:
        """From the rating to the visits, from the visits one step back."""
        if self.has_class("-league"):
            self.action_league()
            self.refresh_shell()
        else:
            await super().action_back()

    def action_league(self) -> None:
        """Show visits or the rating."""
        self.toggle_class("-league")
        self.table.focus()

    def action_locations(self) -> None:
        """Go to regions and branches."""
        self.workbench.open_screen("locations")

    def action_checklist(self) -> None:
        """Choose a checklist file."""

        def added(found: AddedChecklist) -> None:
            said = _("The checklist “{key}” is there in version {n}.")
            self.workbench.tell(said.format(key=found.key, n=found.version))
            for note in found.notes:
                self.workbench.tell(note.show(), severe=True)
            self.fill()

        def chosen(path: Path | None) -> None:
            if path is not None:
                self.run_in_thread(lambda: self.project.shopping.add_checklist(path), added)

        dialog = OpenFile(
            title=_("Add a checklist"), suffixes=(".yaml", ".yml", ".xlsx"), purpose="checklists"
        )
        self.app.push_screen(dialog, chosen)

    def action_plan(self) -> None:
        """Ask for a visit; without a location or a checklist say what to add first."""
        from workbench.models.drafts import VisitDraft

        checklists = self.project.shopping.checklists()
        branches = [v for v in self.project.shopping.locations() if v.kind == "branch"]
        if not checklists or not branches:
            first = (
                _("Add a checklist first (k).") if not checklists else _("Add a branch first (o).")
            )
            self.workbench.tell(first, severe=True)
            return
        waves = self.project.plan.waves()

        def save(values: dict[str, Any]) -> None:
            values["shopper"] = values["shopper"] or None
            self.project.shopping.plan(VisitDraft.model_validate(values))

        fields = [
            Field(
                "location",
                N_("Location"),
                "choice",
                branches[0].key,
                choices=tuple((view.key, view.name) for view in branches),
            ),
            Field(
                "checklist",
                N_("Checklist"),
                "choice",
                checklists[-1][0],
                choices=tuple((key, title) for key, title, _n in checklists),
            ),
            Field(
                "wave",
                N_("Wave"),
                "choice",
                waves[-1].ordinal if waves else None,
                choices=((None, N_("the newest")), *((w.ordinal, w.title) for w in waves)),
            ),
            Field("shopper", N_("Shopper"), help=N_("The shopper's code; a new one is added.")),
            Field("planned_on", N_("Date"), "date"),
        ]
        self.ask(_("New visit"), fields, save)

    def action_status(self) -> None:
        """Choose what happens to the visit next."""
        from workbench.shopping import workflow

        card = self.card
        if card is None:
            return

        def chosen(action: str | NewName | None) -> None:
            if isinstance(action, str):
                self.project.shopping.change_status(card.code, action)
                self.fill()

        offered = [
            Choice(value=action, label=label(VISIT_ACTIONS, action))
            for action in workflow.actions(card.status)
            # an unfinished visit is submitted where its questions are, which says what is missing
            if action != "submit"
        ]
        title = _("{visit} is {status}").format(
            visit=card.code, status=label(VISIT_STATUSES, card.status)
        )
        self.app.push_screen(PickDialog[str](offered, title=title), chosen)
