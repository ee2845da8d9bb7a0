"""The screens there are: their names, letters for “go to”, and where to import each from."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from workbench.i18n import N_, _

if TYPE_CHECKING:
    from workbench.tui.screen import WorkbenchScreen


@dataclass(frozen=True, slots=True)
class ScreenEntry:
    """A screen that “go to” and the palette offer."""

    name: str
    """``coding`` stands for ``CodingScreen`` in ``workbench.tui.screens.coding``."""

    letter: str
    """Latin letter after ``g``; without one only the palette and other screens lead there."""

    label: str
    """Its title, marked with ``N_``."""

    help: str
    """One sentence about it, marked with ``N_``."""

    needs_project: bool = True
    """Whether it makes sense only with a project open."""

    def load(self) -> type[WorkbenchScreen[Any]]:
        """Import the screen; each is imported when it is first opened, to keep the start quick."""
        module = import_module(f"workbench.tui.screens.{self.name}")
        words = "".join(word.capitalize() for word in self.name.split("_"))
        screen: type[WorkbenchScreen[Any]] = getattr(module, f"{words}Screen")
        return screen

    def shown_label(self) -> str:
        """Its title in the language in force."""
        return _(self.label)


SCREENS: dict[str, ScreenEntry] = {
    entry.name: entry
    for entry in (
        ScreenEntry("home", "p", N_("Projects"), N_("All projects of the workspace."), False),
        ScreenEntry(
            "project",
            "o",
            N_("Overview"),
            N_("The five steps of the cycle with counts and health checks."),
        ),
        ScreenEntry(
            "interviews", "i", N_("Interviews"), N_("Sources and the transcription queue.")
        ),
        ScreenEntry(
            "review", "t", N_("Transcript"), N_("Listen to a recording and correct its words.")
        ),
        ScreenEntry("coding", "c", N_("Coding"), N_("Read a transcript and code its quotes.")),
        ScreenEntry(
            "codebook",
            "n",
            N_("Codebook"),
            N_("All codes: what they mean, how often they are used."),
        ),
        ScreenEntry(
            "search", "f", N_("Find"), N_("Words in all sources, similar passages, frequent words.")
        ),
        ScreenEntry(
            "quotes", "q", N_("Quotes"), N_("All quotes: filter, sort, recode, copy, export.")
        ),
        ScreenEntry(
            "progress", "x", N_("Progress"), N_("How much is coded, what is left, at your pace.")
        ),
        ScreenEntry(
            "agreement",
            "a",
            N_("Agreement"),
            N_("How far coders agree, and where they differ."),
        ),
        ScreenEntry(
            "comparison", "", N_("Two coders"), N_("The places where two coders differ, to settle.")
        ),
        ScreenEntry("shopping", "s", N_("Mystery shopping"), N_("Checklists, visits, scores.")),
        ScreenEntry("visit", "v", N_("Visit"), N_("Fill in the checklist of one visit.")),
        ScreenEntry("report", "r", N_("Report"), N_("Build a Word report from a template.")),
        ScreenEntry(
            "goals", "g", N_("Goals"), N_("What the company wants, with numbers and dates.")
        ),
        ScreenEntry("waves", "w", N_("Waves"), N_("Periods of collecting, to be compared.")),
        ScreenEntry("people", "u", N_("People"), N_("Respondents under pseudonyms.")),
        ScreenEntry("journey", "j", N_("Customer journey"), N_("Stages and touchpoints.")),
        ScreenEntry(
            "metrics", "m", N_("Measured values"), N_("Readings of NPS, CSAT and the like.")
        ),
        ScreenEntry("barriers", "b", N_("Barriers"), N_("What stands in the customers' way.")),
        ScreenEntry(
            "recommendations", "d", N_("Recommendations"), N_("What to do about the barriers.")
        ),
        ScreenEntry("locations", "l", N_("Locations"), N_("Regions and branches to visit.")),
        ScreenEntry(
            "models",
            "k",
            N_("Models"),
            N_("The Whisper models: which suit this machine, downloading and adding them."),
            False,
        ),
        ScreenEntry(
            "settings",
            "e",
            N_("Settings"),
            N_("Language, colours, transcription, your name."),
            False,
        ),
    )
}
"""Every screen by name, in the order “go to” lists them."""
