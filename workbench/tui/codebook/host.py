"""What a screen with a codebook gives to the actions on codes."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace

from workbench.coding.codebook import code_frozen, codebook_frozen
from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models.drafts import CodeDraft
from workbench.models.views import CodeView
from workbench.tui.coding.codebook_commands import CODE_COMMANDS, TREE_KEYS
from workbench.tui.commands import Command
from workbench.tui.project_screen import OpenProjectScreen
from workbench.tui.widgets.code_tree import CodeTree

_CODES = frozenset(command.id for command in CODE_COMMANDS)


class CodebookHost(OpenProjectScreen[None]):
    """A screen that shows the codebook as a tree."""

    @property
    @abstractmethod
    def code_tree(self) -> CodeTree:
        """The codebook."""

    @abstractmethod
    def codes(self) -> Mapping[str, CodeView]:
        """Return the codebook as it is shown, in its order."""

    @abstractmethod
    def with_code(self, title: str, act: Callable[[CodeView], None]) -> None:
        """Do something with the code that is meant; where that is not clear, ask which.

        Args:
            title: what is asked, translated.
            act: gets the code.
        """

    def codes_here(self) -> Collection[str]:
        """Return the codes that are used in the source at hand, if there is one."""
        return ()

    @abstractmethod
    def show_changed(self, code_id: str | None = None) -> None:
        """Show the codebook and what depends on it anew, with the codebook's cursor on a code."""

    @abstractmethod
    def changing(self) -> AbstractContextManager[object]:
        """Return what a change that comes from here is made in."""

    # -- commands ------------------------------------------------------------------------------

    def offered(self) -> list[Command]:
        """In the codebook, what can be done with a code comes first and stands in the footer, with its keys there."""
        commands = super().offered()
        if not isinstance(self.focused, CodeTree):
            return commands
        own = [
            replace(command, show=True, keys=TREE_KEYS.get(command.id, command.keys))
            for command in commands
            if command.id in _CODES
        ]
        return own + [command for command in commands if command.id not in _CODES]

    # -- asking --------------------------------------------------------------------------------

    def pick_code(
        self, codes: Iterable[CodeView], title: str, act: Callable[[CodeView], None]
    ) -> None:
        """Ask which code is meant.

        Args:
            codes: those that can be chosen.
            title: what is asked, translated.
            act: gets the code.

        Raises:
            InputError: there is none.
        """
        from workbench.tui.dialogs.pick_code import PickCode

        known = {code.id: code for code in codes}
        if not known:
            raise InputError(
                "no-codes", N_("There is no code to choose."), N_("Add one to the codebook first.")
            )

        def picked(answer: str | CodeDraft | None) -> None:
            if isinstance(answer, str):
                self.attempt(lambda: act(known[answer]))

        self.app.push_screen(PickCode(known.values(), title=title, can_create=False), picked)

    # -- who may change ------------------------------------------------------------------------

    def refuse_frozen(self, *codes: CodeView) -> None:
        """Refuse before anything is asked, not after it.

        Args:
            codes: those that would be changed; none where a new one is to be made.

        Raises:
            InputError: ``codebook-frozen`` or ``code-frozen``.
        """
        if self.project.codebook.is_frozen:
            raise codebook_frozen()
        for code in codes:
            if code.frozen:
                raise code_frozen(code.name)
