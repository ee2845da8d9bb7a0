"""Changing the codebook from the coding screen: add, edit, move, merge and remove a code."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from textual import events

from workbench.coding.codebook import MARKS, SEPARATOR, Node
from workbench.coding.codebook import Codebook as Tree
from workbench.errors import InputError
from workbench.i18n import N_, _, ngettext
from workbench.models.drafts import CodeDraft
from workbench.models.views import CodeView
from workbench.tui.coding.moves import CodingMoves
from workbench.tui.commands import Command
from workbench.tui.reading.screen import Acting
from workbench.tui.theme import code_colour
from workbench.tui.widgets.code_tree import CodeTree

_PREFIX = "coding.code-"
"""How the ids of the codebook's commands begin."""


class CodingCodebook(CodingMoves):
    """The code under the codebook's cursor is meant, else the code of the quote at the cursor."""

    def offered(self) -> list[Command]:
        """In the codebook, what can be done with a code comes first and stands in the footer."""
        commands = super().offered()
        if not isinstance(self.focused, CodeTree):
            return commands
        own = [replace(c, show=True) for c in commands if c.id.startswith(_PREFIX)]
        return own + [c for c in commands if not c.id.startswith(_PREFIX)]

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Show the keys of what has the focus now."""
        self.refresh_shell()

    # -- which code ----------------------------------------------------------------------------

    def _with_code(self, title: str, act: Callable[[CodeView], None]) -> None:
        """Do something with the code that is meant; where that is not clear, ask which.

        Args:
            title: what is asked, translated.
            act: gets the code.

        Raises:
            InputError: there is no source or no code.
        """
        codes = self.open_source().codes
        if isinstance(self.focused, CodeTree) and self.focused.code is not None:
            act(self.focused.code)
            return
        here = list(dict.fromkeys(coding.code_id for coding in self.view.codings_here))
        if len(here) == 1:
            act(codes[here[0]])
        else:
            self._pick_code([codes[code] for code in here] or codes.values(), title, act)

    def _pick_code(
        self, codes: Iterable[CodeView], title: str, act: Callable[[CodeView], None]
    ) -> None:
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

    def _show_changed(self, code_id: str) -> None:
        """Show the codebook and the margin anew, with the codebook's cursor on a code."""
        self.reload(text=False)
        self.code_tree.reveal(code_id)

    # -- adding and editing --------------------------------------------------------------------

    def action_code_add(self) -> None:
        """Add a code without putting it on words."""
        from workbench.tui.dialogs.code_form import CodeForm, code_fields, parent_field

        codes = self.open_source().codes
        beside = self.focused.code if isinstance(self.focused, CodeTree) else None
        made: list[CodeView] = []

        def save(values: dict[str, Any]) -> None:
            draft = CodeDraft.model_validate(values)
            with Acting(self):
                made.append(self.project.codebook.add(draft))

        def done(values: dict[str, Any] | None) -> None:
            if values is not None:
                self._show_changed(made[-1].id)

        name, *rest = code_fields(None)
        fields = [name, parent_field(codes.values(), beside.parent_id if beside else None), *rest]
        form = CodeForm(_("New code"), fields, validate=save, save_label=N_("Add"))
        self.app.push_screen(form, done)

    def action_code_edit(self) -> None:
        """Change what a code says."""
        self._with_code(_("Change which code?"), self._edit_code)

    def _edit_code(self, code: CodeView) -> None:
        from workbench.tui.dialogs.code_form import CodeForm, code_fields

        def save(values: dict[str, Any]) -> None:
            CodeDraft.model_validate(values)
            changes = {field: v for field, v in values.items() if v != getattr(code, field)}
            if changes:
                with Acting(self):
                    self.project.codebook.edit(code.id, **changes)

        def done(values: dict[str, Any] | None) -> None:
            if values is not None:
                self._show_changed(code.id)

        form = CodeForm(_("Code: {name}").format(name=code.name), code_fields(code), validate=save)
        self.app.push_screen(form, done)

    # -- moving --------------------------------------------------------------------------------

    def action_code_move(self) -> None:
        """Put a code with those below it elsewhere in the codebook."""
        self._with_code(_("Move which code?"), self._move_code)

    def _move_code(self, code: CodeView) -> None:
        from workbench.tui.dialogs.pick import Choice, NewName, PickDialog

        app = self.workbench
        choices = [
            Choice(
                value=other.id,
                label=other.name,
                note=other.path[: -len(other.name)].removesuffix(SEPARATOR),
                search=other.path,
                mark=MARKS.get(other.kind, "●"),
                colour=code_colour(other.colour, dark=app.dark, ansi=app.theme == "ansi"),
            )
            for other in self.open_source().codes.values()
            if other.id not in (code.id, code.parent_id)
        ]
        if code.parent_id is not None:
            choices.insert(0, Choice(value="", label=_("To the top of the codebook"), mark="↑"))
        if not choices:
            raise InputError(
                "no-other-code",
                N_("There is no other place for “{name}”."),
                N_("Add another code first."),
                name=code.name,
            )

        def move(parent: str | None) -> None:
            with Acting(self):
                moved = self.project.codebook.move(code.id, parent)
            self._show_changed(code.id)
            app.tell(_("Moved: {path}").format(path=moved.path))

        def picked(answer: str | NewName | None) -> None:
            if isinstance(answer, str):
                self.attempt(lambda: move(answer or None))

        title = _("Under which code does “{name}” go?").format(name=code.name)
        self.app.push_screen(PickDialog[str](choices, title=title), picked)

    # -- merging and removing ------------------------------------------------------------------

    def action_code_merge(self) -> None:
        """Give the quotes of a code to another one and remove the first."""
        self._with_code(_("Merge which code into another?"), self._merge_code)

    def _merge_code(self, code: CodeView) -> None:
        codes = self.open_source().codes
        others = [other for other in codes.values() if other.id != code.id]
        title = _("Merge “{name}” into which code?").format(name=code.name)
        self._pick_code(others, title, lambda into: self._merge_into(code, into))

    def _merge_into(self, code: CodeView, into: CodeView) -> None:
        nodes = (Node(c.id, c.parent_id, c.name) for c in self.open_source().codes.values())
        tree = Tree(nodes)
        tree.merge_plan(code.id, into_id=into.id)  # what cannot be merged is said before asking
        below = len(tree.subtree(code.id)) - 1
        details = [
            _quotes(code),
            _quotes(into),
            _("“{name}” is then gone; its quotes belong to “{into}”.").format(
                name=code.name, into=into.name
            ),
        ]
        if below:
            details.append(
                ngettext(
                    "{n} code below it moves along.", "{n} codes below it move along.", below
                ).format(n=below)
            )

        def merge() -> None:
            with Acting(self):
                self.project.codebook.merge(code.id, into.id)
            self._show_changed(into.id)

        question = _("Merge “{name}” into “{into}”?").format(name=code.name, into=into.name)
        self._confirm_change(code, question, details, N_("Merge"), merge)

    def action_code_remove(self) -> None:
        """Remove a code from the codebook and from all quotes."""
        self._with_code(_("Remove which code?"), self._remove_code)

    def _remove_code(self, code: CodeView) -> None:
        # read anew: one with codes below it is refused at once instead of after a question
        if any(other.parent_id == code.id for other in self.project.codebook.codes()):
            self.project.codebook.remove(code.id)
            return

        def remove() -> None:
            with Acting(self):
                self.project.codebook.remove(code.id)
            self.reload(text=False)

        details = [_quotes(code)]
        if code.quotes:
            details.append(
                _("Quotes that no other code is on go, too, unless they are favourites.")
            )
        question = _("Remove the code “{name}”?").format(name=code.name)
        self._confirm_change(code, question, details, N_("Remove"), remove)

    def _confirm_change(
        self,
        code: CodeView,
        question: str,
        details: list[str],
        yes: str,
        act: Callable[[], None],
    ) -> None:
        """Ask before a code goes; what is asked can be taken back, and that is said."""
        from workbench.tui.dialogs.confirm import Confirm

        if code.barrier is not None:
            details = [*details, _("What was said of it as a barrier goes with it.")]
        details = [*details, _("u takes it back.")]

        def answered(answer: bool | None) -> None:
            if answer:
                self.attempt(act)
                self.refresh_shell()

        dialog = Confirm(question, details="\n".join(details), yes=yes, no=N_("Keep"))
        self.app.push_screen(dialog, answered)


def _quotes(code: CodeView) -> str:
    """Say how many quotes a code has, of how many people."""
    quotes = ngettext("“{name}”: {n} quote", "“{name}”: {n} quotes", code.quotes)
    said = quotes.format(name=code.name, n=code.quotes)
    if not code.persons:
        return said
    people = ngettext("{n} person", "{n} people", code.persons).format(n=code.persons)
    return f"{said} · {people}"
