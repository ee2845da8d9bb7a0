"""Taking off what one coder has coded: in the open text, one code, or everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.i18n import N_, _, ngettext
from workbench.tui.coding.border_actions import BorderActions
from workbench.tui.reading.screen import Acting


@dataclass(frozen=True, slots=True)
class _Clearing:
    """Which codings go."""

    coder: str
    source: str | None
    code: str | None
    count: int
    label: str


class ClearingActions(BorderActions):
    """Asks whose codings, which, and whether they really go."""

    def action_remove_coder(self) -> None:
        """Take off all that one coder has coded: in this source, one code, or everywhere."""
        from workbench.tui.dialogs.pick import Choice, NewName, PickDialog

        self.open_source()
        blind = self.workbench.settings.blind
        names = [self.project.coder] if blind else self.project.coding.coder_names()
        if len(names) <= 1:
            self._clear_where(names[0] if names else self.project.coder)
            return
        own = self.project.coder
        choices = [
            Choice(value=name, label=name) for name in sorted(names, key=lambda name: name != own)
        ]

        def picked(answer: str | NewName | None) -> None:
            if isinstance(answer, str):
                self.attempt(lambda: self._clear_where(answer))

        self.app.push_screen(PickDialog[str](choices, title=_("Take off whose codings?")), picked)

    def _clear_where(self, coder: str) -> None:
        from workbench.tui.dialogs.pick import Choice, NewName, PickDialog

        offered = self._clearings(coder)
        if not offered:
            self.workbench.tell(_("{coder} has coded nothing yet.").format(coder=coder))
            return
        choices = [
            Choice(value=clearing, label=clearing.label, key=_codings(clearing.count))
            for clearing in offered
        ]

        def picked(answer: _Clearing | NewName | None) -> None:
            if isinstance(answer, _Clearing):
                self._confirm_clearing(answer)

        title = _("Which codings of {coder}?").format(coder=coder)
        self.app.push_screen(PickDialog[_Clearing](choices, title=title), picked)

    def _clearings(self, coder: str) -> list[_Clearing]:
        """Return where there is something to take off, the least first."""
        service, source = self.project.coding, self.open_source()
        if coder not in service.coder_names():
            return []
        places: list[tuple[str | None, str | None, str]] = []
        here = {c.code_id: c.code for c in self.view.codings_here if c.coder == coder}
        for code_id, code in here.items():
            places += (
                (source.id, code_id, _("“{code}” in this text").format(code=code)),
                (None, code_id, _("“{code}” everywhere").format(code=code)),
            )
        places += (
            (source.id, None, _("All codes in this text")),
            (None, None, _("All codes everywhere")),
        )
        counted = [
            _Clearing(coder, place, code, service.coded_by(coder, source=place, code=code), label)
            for place, code, label in places
        ]
        return [clearing for clearing in counted if clearing.count]

    def _confirm_clearing(self, clearing: _Clearing) -> None:
        from workbench.tui.dialogs.confirm import Confirm

        def clear() -> None:
            with Acting(self):
                self.project.coding.clear(
                    clearing.coder, source=clearing.source, code=clearing.code
                )
            self.reload(text=False)

        def answered(answer: bool | None) -> None:
            if answer:
                self.attempt(clear)

        details = "\n".join(
            [
                f"{clearing.label}: {_codings(clearing.count)}",
                _("Quotes that no other code is on go, too, unless they are favourites."),
                _("u takes it back."),
            ]
        )
        question = _("Take off the codings of {coder}?").format(coder=clearing.coder)
        dialog = Confirm(question, details=details, yes=N_("Take them off"), no=N_("Keep"))
        self.app.push_screen(dialog, answered)


def _codings(count: int) -> str:
    return ngettext("{n} coding", "{n} codings", count).format(n=count)
