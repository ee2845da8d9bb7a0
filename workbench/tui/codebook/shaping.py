"""Where codes stand and which quotes are theirs: moving, sorting, splitting, freezing; and what is shown of them."""

from __future__ import annotations

from typing import ClassVar

from textual import on

from workbench.coding.codebook import MARKS, SEPARATOR, Direction
from workbench.errors import InputError
from workbench.i18n import N_, _, ngettext
from workbench.models.views import CodeView
from workbench.tui.codebook.editing import CodeEditing
from workbench.tui.dialogs.dialog import Words
from workbench.tui.theme import code_colour
from workbench.tui.widgets.code_filter import PART_NAMES, Part
from workbench.tui.widgets.code_tree import FROZEN_MARK, CodeTree
from workbench.tui.widgets.row_dragging import DraggableRows

_SORTS = (
    ("name", False, N_("These by name")),
    ("use", False, N_("These by use, most quotes first")),
    ("kind", False, N_("These by kind")),
    ("name", True, N_("The whole codebook by name")),
    ("use", True, N_("The whole codebook by use, most quotes first")),
    ("kind", True, N_("The whole codebook by kind")),
)


class CodeShaping(CodeEditing):
    """The shape of the codebook."""

    PARTS: ClassVar[tuple[Part, ...]] = tuple(Part)
    """The parts of the codebook that can be shown alone, in turn."""

    # -- moving --------------------------------------------------------------------------------

    def action_code_move(self) -> None:
        """Put a code with those below it elsewhere in the codebook."""
        self.with_code(_("Move which code?"), self._move_code)

    def _move_code(self, code: CodeView) -> None:
        from workbench.tui.dialogs.pick import Choice, NewName, PickDialog

        self.refuse_frozen(code)
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
            for other in self.codes().values()
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

        def picked(answer: str | NewName | None) -> None:
            if isinstance(answer, str):
                self.attempt(lambda: self._move_under(code.id, answer or None))

        title = _("Under which code does “{name}” go?").format(name=code.name)
        self.app.push_screen(PickDialog[str](choices, title=title), picked)

    def _move_under(self, code: str, parent: str | None) -> None:
        with self.changing():
            moved = self.project.codebook.move(code, parent)
        self.show_changed(code)
        self.workbench.tell(_("Moved: {path}").format(path=moved.path))

    def action_code_up(self) -> None:
        """Move the code above the one before it."""
        self._step("up")

    def action_code_down(self) -> None:
        """Move the code below the one after it."""
        self._step("down")

    def action_code_out(self) -> None:
        """Take the code out from under the one it belongs to."""
        self._step("out")

    def action_code_under(self) -> None:
        """Put the code under the one above it."""
        self._step("under")

    def _step(self, direction: Direction) -> None:
        def step(code: CodeView) -> None:
            self.refuse_frozen(code)
            with self.changing():
                moved = self.project.codebook.step(code.id, direction)
            if moved is not None:
                self.show_changed(code.id)

        self.with_code(_("Move which code?"), step)

    @on(DraggableRows.Dragged)
    def _dragged(self, event: DraggableRows.Dragged) -> None:
        code, onto = self.codes().get(event.key), self.codes().get(event.onto)
        if code is None or code is onto:
            self.say_part()
        elif onto is None:
            self.say_heading(_("“{name}” to the top").format(name=code.name))
        else:
            self.say_heading(_("“{name}” under “{onto}”").format(name=code.name, onto=onto.name))

    @on(DraggableRows.Dropped)
    def _dropped(self, event: DraggableRows.Dropped) -> None:
        self.say_part()
        code = self.codes().get(event.key)
        if code is None or event.onto in (code.id, code.parent_id):
            if code is not None:
                self.code_tree.reveal(code.id)
            return
        self.attempt(lambda: self._move_under(code.id, event.onto))

    # -- sorting -------------------------------------------------------------------------------

    def action_code_sort(self) -> None:
        """Sort the codes beside the one under the cursor, or all of them."""
        from workbench.tui.dialogs.pick import Choice, NewName, PickDialog

        self.refuse_frozen()
        code = self.code_tree.code

        def sort(by: str, *, deep: bool) -> None:
            under = None if deep or code is None else code.parent_id
            with self.changing():
                self.project.codebook.sort(under, by=by, deep=deep)
            self.show_changed(code.id if code is not None else None)

        def picked(answer: int | NewName | None) -> None:
            if isinstance(answer, int):
                by, deep, _label = _SORTS[answer]
                self.attempt(lambda: sort(by, deep=deep))

        choices = [
            Choice(value=number, label=_(label))
            for number, (_by, _deep, label) in enumerate(_SORTS)
        ]
        self.app.push_screen(PickDialog[int](choices, title=_("Sort codes")), picked)

    # -- splitting -----------------------------------------------------------------------------

    def action_code_split(self) -> None:
        """Give some quotes of a code to a new one."""
        self.with_code(_("Split which code?"), self._split_code)

    def _split_code(self, code: CodeView) -> None:
        from workbench.tui.dialogs.split_code import Division, SplitCode

        self.refuse_frozen(code)
        quotes = self.project.coding.quotes(code=code.id, coder=self.project.shown_coder)
        if not quotes:
            raise InputError(
                "split-no-quotes",
                N_("The code “{name}” has no quotes to divide."),
                N_("Put it on words first, or add a new code."),
                name=code.name,
            )
        made: list[CodeView] = []

        def save(division: Division) -> None:
            with self.changing():
                made.append(self.project.codebook.split(code.id, division.quotes, division.draft))

        def done(division: Division | None) -> None:
            if division is not None:
                new = made[-1]
                self.show_changed(new.id)
                said = ngettext(
                    "{n} quote went from “{old}” to “{new}”.",
                    "{n} quotes went from “{old}” to “{new}”.",
                    len(division.quotes),
                )
                said = said.format(n=len(division.quotes), old=code.name, new=new.name)
                self.workbench.tell(said)

        self.app.push_screen(SplitCode(code, quotes, save), done)

    # -- freezing ------------------------------------------------------------------------------

    def action_code_freeze(self) -> None:
        """Freeze a code or unfreeze it."""
        self.with_code(_("Freeze which code?"), self._freeze_code)

    def _freeze_code(self, code: CodeView) -> None:
        with self.changing():
            self.project.codebook.freeze(code.id, frozen=not code.frozen)
        self.show_changed(code.id)
        said = (
            _("“{name}” can be changed again.")
            if code.frozen
            else _("“{name}” is frozen: it can be put on words, but not changed.")
        )
        self.workbench.tell(said.format(name=code.name))

    def action_code_freeze_all(self) -> None:
        """Freeze the whole codebook or unfreeze it."""
        frozen = self.project.codebook.is_frozen
        with self.changing():
            self.project.codebook.freeze(frozen=not frozen)
        code = self.code_tree.code
        self.show_changed(code.id if code is not None else None)
        self.say_part()
        self.workbench.tell(
            _("The codebook can be changed again.")
            if frozen
            else _("The codebook is frozen: codes can be put on words, but not changed.")
        )

    # -- looking -------------------------------------------------------------------------------

    def action_code_part(self) -> None:
        """Show the next part of the codebook: all, used here, never used, named alike."""
        parts = self.PARTS
        self.code_tree.here = self.codes_here
        self.code_tree.show_part(parts[(parts.index(self.code_tree.part) + 1) % len(parts)])
        self.say_part()

    @on(CodeTree.Shown)
    def _codes_shown(self) -> None:
        if self.workbench.project is not None:
            self.say_part()

    def say_part(self) -> None:
        """Say over the tree which part of the codebook it shows."""
        part = self.code_tree.part
        heading = _(PART_NAMES[part])
        if self.project.codebook.is_frozen:
            whole = _("{heading} · frozen").format(heading=heading)
            # the names of the other parts leave no room for more than the mark
            heading = whole if part == Part.ALL else f"{FROZEN_MARK} {heading}"
        self.say_heading(heading)

    def say_heading(self, text: str) -> None:
        """Write something over the tree."""
        for heading in self.query("#codebook .heading").results(Words):
            heading.say(text)

    def action_code_history(self) -> None:
        """See what happened to a code."""
        self.with_code(_("History of which code?"), self._show_history)

    def _show_history(self, code: CodeView) -> None:
        from workbench.tui.dialogs.code_history import CodeHistory

        events = self.project.codebook.history(code.id, coder=self.project.shown_coder)
        self.app.push_screen(CodeHistory(code.path, events))
