"""Adding, editing, merging and removing codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from workbench.coding.codebook import Codebook as Tree
from workbench.coding.codebook import Node
from workbench.i18n import N_, _, ngettext
from workbench.models.drafts import CodeDraft
from workbench.models.views import CodeView
from workbench.tui.codebook.host import CodebookHost
from workbench.tui.widgets.code_tree import CodeTree


class CodeEditing(CodebookHost):
    """What a code is, and whether it is there at all."""

    def action_code_add(self) -> None:
        """Add a code without putting it on words."""
        from workbench.tui.dialogs.code_form import CodeForm, code_fields, parent_field

        self.refuse_frozen()
        codes = self.codes()
        beside = self.focused.code if isinstance(self.focused, CodeTree) else None
        made: list[CodeView] = []

        def save(values: dict[str, Any]) -> None:
            draft = CodeDraft.model_validate(values)
            with self.changing():
                made.append(self.project.codebook.add(draft))

        def done(values: dict[str, Any] | None) -> None:
            if values is not None:
                self.show_changed(made[-1].id)

        name, *rest = code_fields(None)
        fields = [name, parent_field(codes.values(), beside.parent_id if beside else None), *rest]
        form = CodeForm(_("New code"), fields, validate=save, save_label=N_("Add"))
        self.app.push_screen(form, done)

    def action_code_edit(self) -> None:
        """Change what a code says."""
        self.with_code(_("Change which code?"), self.edit_code)

    def edit_code(self, code: CodeView) -> None:
        """Show the form of a code."""
        from workbench.tui.dialogs.code_form import CodeForm, code_fields

        self.refuse_frozen(code)

        def save(values: dict[str, Any]) -> None:
            CodeDraft.model_validate(values)
            changes = {field: v for field, v in values.items() if v != getattr(code, field)}
            if changes:
                with self.changing():
                    self.project.codebook.edit(code.id, **changes)

        def done(values: dict[str, Any] | None) -> None:
            if values is not None:
                self.show_changed(code.id)

        form = CodeForm(_("Code: {name}").format(name=code.name), code_fields(code), validate=save)
        self.app.push_screen(form, done)

    # -- merging and removing ------------------------------------------------------------------

    def action_code_merge(self) -> None:
        """Give the quotes of a code to another one and remove the first."""
        self.with_code(_("Merge which code into another?"), self._merge_code)

    def _merge_code(self, code: CodeView) -> None:
        self.refuse_frozen(code)
        codes = self.codes()
        others = [other for other in codes.values() if other.id != code.id]
        title = _("Merge “{name}” into which code?").format(name=code.name)
        self.pick_code(others, title, lambda into: self._merge_into(code, into))

    def _merge_into(self, code: CodeView, into: CodeView) -> None:
        self.refuse_frozen(into)
        nodes = (Node(c.id, c.parent_id, c.name) for c in self.codes().values())
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
            with self.changing():
                self.project.codebook.merge(code.id, into.id)
            self.show_changed(into.id)

        question = _("Merge “{name}” into “{into}”?").format(name=code.name, into=into.name)
        if code.barrier is not None and into.barrier is None and into.kind == code.kind:
            code = replace(code, barrier=None)  # it is the other one's then
        self._confirm_change(code, question, details, N_("Merge"), merge)

    def action_code_remove(self) -> None:
        """Remove a code from the codebook and from all quotes."""
        self.with_code(_("Remove which code?"), self._remove_code)

    def _remove_code(self, code: CodeView) -> None:
        self.refuse_frozen(code)
        # read anew: one with codes below it is refused at once instead of after a question
        if any(other.parent_id == code.id for other in self.project.codebook.codes()):
            self.project.codebook.remove(code.id)
            return

        def remove() -> None:
            with self.changing():
                self.project.codebook.remove(code.id)
            self.show_changed()

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
