"""Find any command or screen by typing part of its name, in either language."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.i18n import LANGUAGES, _, catalogue
from workbench.tui.commands import Command
from workbench.tui.dialogs.pick import Choice, PickDialog
from workbench.tui.registry import SCREENS


class Palette(PickDialog[str]):
    """All commands that make sense now; answers a command's id or ``go:<screen>``."""

    def __init__(self, commands: Iterable[Command], *, has_project: bool) -> None:
        """Offer commands and the screens one can go to.

        Args:
            commands: what makes sense where the palette was opened.
            has_project: whether a project is open; without one its screens are not offered.
        """
        choices = [
            Choice(
                value=command.id,
                label=command.shown_label(),
                note=command.shown_help(),
                key=command.key_shown if command.key else "",
                search=command.search_text(),
            )
            for command in commands
            if command.id != "app.palette"
        ]
        for entry in SCREENS.values():
            if has_project or not entry.needs_project:
                speakers = [catalogue(code).gettext for code in LANGUAGES]
                choices.append(
                    Choice(
                        value=f"go:{entry.name}",
                        label=_("Go to: {screen}").format(screen=entry.shown_label()),
                        note=_(entry.help),
                        key=f"g {entry.letter}" if entry.letter else "",
                        search=" ".join(speak(entry.label) for speak in speakers),
                    )
                )
        super().__init__(choices, title=_("Commands"), placeholder=_("Type part of a name…"))
