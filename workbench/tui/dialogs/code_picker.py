"""What picking codes has in common: part of a name finds them, a new name becomes a code in place."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.css.styles import RulesMap
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from workbench.coding.codebook import KINDS, MARKS, SEPARATOR
from workbench.coding.fuzzy import rank_codes
from workbench.i18n import N_, _
from workbench.models.drafts import CodeDraft
from workbench.models.kinds import CodeKind
from workbench.models.views import CodeView
from workbench.text.fold import fold
from workbench.tui.coding.code_search import candidates
from workbench.tui.dialogs.dialog import Dialog, Words
from workbench.tui.display import clean_for_terminal, shorten_end, shorten_middle
from workbench.tui.theme import code_colour

T = TypeVar("T")

KIND_NAMES = {
    "theme": N_("theme"),
    "barrier": N_("barrier"),
    "strength": N_("strength"),
    "need": N_("need"),
}

_WIDTH = 76


class _Line(Content):
    """A line of the list, cut to its width: no words need to be wrapped to know how high it is."""

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        """One line."""
        return 1


_NAME_MOST = 300
"""Letters of a code's name, as the codebook has it."""


class CodePicker(Dialog[T], Generic[T]):
    """Codes that fit what is typed, best first, and the new code that was typed."""

    BINDINGS = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("pageup", "move(-8)", show=False),
        Binding("tab", "kind(1)", show=False, priority=True),
        Binding("shift+tab", "kind(-1)", show=False, priority=True),
        Binding("ctrl+o", "parent", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    CodePicker {
        align: center top;
        #window { margin-top: 2; width: 76; padding: 0 1; }
        #words { color: $foreground-muted; height: auto; max-height: 2; padding: 0 1; }
        Input, Input:focus { border: none; height: 1; padding: 0 1; background: $panel; background-tint: transparent; }
        OptionList, OptionList:focus { border: none; height: auto; max-height: 14; padding: 0; background: $surface; scrollbar-gutter: stable; }
        OptionList > .option-list--option-highlighted { background: $block-cursor-background; color: $block-cursor-foreground; }
        #none { padding: 0 1; }
    }
    """

    def __init__(
        self,
        codes: Iterable[CodeView],
        *,
        words: str = "",
        recent: Sequence[str] = (),
        title: str = "",
        can_create: bool = True,
    ) -> None:
        """Offer the codes.

        Args:
            codes: the codebook in its order.
            words: what will be coded.
            recent: codes that come first before anything is typed.
            title: what is asked, translated.
            can_create: whether a new code may be made.
        """
        super().__init__()
        self._codes = {code.id: code for code in codes}
        self._candidates = candidates(self._codes.values())
        self._words = words
        self._recent = list(recent)
        self._title = title
        self._can_create = can_create
        self._kind = CodeKind.THEME
        self._under: str | None = None
        self._shown: list[CodeView] = []
        self._new: CodeDraft | None = None

    @abstractmethod
    def take(self, answer: str | CodeDraft) -> None:
        """Answer a code by its identifier, or a new one."""

    def lead(self, code_id: str) -> str:  # noqa: ARG002
        """Return what stands before a code."""
        return ""

    def title_text(self) -> str:
        """What is asked."""
        return self._title or _("Code")

    def hint_text(self) -> str:
        """What the keys do."""
        if self._can_create:
            return _("Enter picks · Tab new code's kind · ^o its place · Esc back")
        return _("Enter picks · ↑↓ moves · Esc back")

    def body(self) -> ComposeResult:
        """The words, the line to type in, the codes."""
        if self._words:
            shown = shorten_middle(clean_for_terminal(self._words), 2 * (_WIDTH - 8))
            yield Words(_("“{words}”").format(words=shown), id="words")
        new = _("Part of a name, or a new name")
        yield self.line(new if self._can_create else _("Part of a name"))
        listed = OptionList(markup=False, id="choices")
        listed.can_focus = False
        yield listed
        yield Words(id="none", classes="quiet")

    def line(self, placeholder: str) -> Input:
        """Return the line to type in."""
        return Input(placeholder=placeholder, id="filter")

    def on_mount(self) -> None:
        """Show the recent codes first."""
        self.show()

    @on(Input.Changed, "#filter")
    def _typed(self) -> None:
        self.show()

    @on(Input.Submitted, "#filter")
    def _entered(self) -> None:
        answer = self.highlighted
        if answer is not None:
            self.take(answer)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        answer = self._at(event.option_index)
        if answer is not None:
            self.take(answer)

    @property
    def typed(self) -> str:
        """What was typed."""
        return self.query_one("#filter", Input).value

    @property
    def highlighted(self) -> str | CodeDraft | None:
        """The code under the cursor, or the new one."""
        index = self.query_one(OptionList).highlighted
        return None if index is None else self._at(index)

    def _at(self, index: int) -> str | CodeDraft | None:
        return self._shown[index].id if index < len(self._shown) else self._new

    def action_move(self, step: int) -> None:
        """Move the highlight while the line keeps the focus."""
        listed = self.query_one(OptionList)
        if listed.option_count:
            place = (listed.highlighted or 0) + step
            listed.highlighted = max(0, min(listed.option_count - 1, place))

    def action_kind(self, step: int) -> None:
        """Go to the new code; there, take its next kind."""
        if self._new is None:
            return
        if self.query_one(OptionList).highlighted == len(self._shown):
            kinds = list(KINDS)
            place = (kinds.index(self._kind) + step) % len(kinds)
            self._kind = CodeKind(kinds[place])
        self.show(at_new=True)

    def action_parent(self) -> None:
        """Choose the code that the new one goes under."""
        if self._new is None or not self._codes:
            return
        from workbench.tui.dialogs.pick_code import PickCode

        title = _("Under which code does “{name}” go?").format(name=self._new.name)

        def chosen(answer: str | CodeDraft | None) -> None:
            if isinstance(answer, str):
                self._under = answer
                self.show(at_new=True)

        self.app.push_screen(PickCode(self._codes.values(), title=title, can_create=False), chosen)

    def show(self, *, at_new: bool = False) -> None:
        """Show the codes that fit, with the cursor on the first one or on the new one."""
        query = self.typed
        matches = rank_codes(query, self._candidates, recent=self._recent, limit=60)
        self._shown = [self._codes[match.candidate.id] for match in matches]
        self._new = self._draft(query) if self._can_create else None
        listed = self.query_one(OptionList)
        listed.clear_options()
        width = min(_WIDTH, self.app.size.width) - 6
        options = [Option(self._line(code, width)) for code in self._shown]
        if self._new is not None:
            options.append(Option(self._new_line(self._new, width)))
        listed.add_options(options)
        listed.display = bool(options)
        listed.highlighted = (len(options) - 1 if at_new else 0) if options else None
        none = self.query_one("#none", Words)
        none.display = not options
        none.say(_("No codes yet: type a name.") if not query.strip() else _("Nothing fits."))

    def _draft(self, query: str) -> CodeDraft | None:
        """Return the new code that was typed: a name, or a path under a code there is."""
        name = " ".join(query.split())[:_NAME_MOST]
        if not name:
            self._under = None
            return None
        parent, last = self._under, name
        above, separator, below = name.rpartition(SEPARATOR.strip())
        if separator and below.strip():
            wanted = fold(SEPARATOR.join(part.strip() for part in above.split("/")))
            for code in self._codes.values():
                if wanted in (fold(code.name), fold(code.path)):
                    parent, last = code.id, below.strip()
                    break
        path = SEPARATOR.join(filter(None, (self._codes[parent].path if parent else "", last)))
        taken = {fold(code.path) for code in self._codes.values()}
        if (
            self._under is None
        ):  # a name that is known elsewhere is more likely meant than a namesake
            taken |= {fold(code.name) for code in self._codes.values()}
        if fold(path) in taken or fold(name) in taken:
            return None
        return CodeDraft(name=last, kind=self._kind, parent=parent)

    def _line(self, code: CodeView, width: int) -> Content:
        lead = self.lead(code.id)
        count = str(code.quotes or "")
        width -= cell_len(lead)
        name = shorten_middle(clean_for_terminal(code.name), max(8, width - 10))
        above = code.path[: -len(code.name)].removesuffix(SEPARATOR) if code.parent_id else ""
        room = width - cell_len(name) - cell_len(count) - 6
        above = shorten_end(clean_for_terminal(above), max(0, room))
        gap = width - 2 - cell_len(name) - 2 - cell_len(above) - cell_len(count)
        return _Line.assemble(
            (lead, "bold $primary"),
            (f"{MARKS.get(code.kind, '●')} ", self._colour(code.colour)),
            name,
            (f"  {above}", "$foreground-muted"),
            " " * max(1, gap),
            (count, "$foreground-muted"),
        )

    def _new_line(self, draft: CodeDraft, width: int) -> Content:
        kinds = []
        for kind in KINDS:
            chosen = kind == draft.kind
            kinds.append((f"  {MARKS[kind]}", "bold $primary" if chosen else "$foreground-muted"))
            if chosen:
                kinds.append((f" {_(KIND_NAMES[kind])}", "bold $primary"))
        used = sum(cell_len(text) for text, _style in kinds)
        parent = self._codes[draft.parent].name + SEPARATOR if draft.parent else ""
        template = _("Create “{name}” as")
        room = max(8, width - used - cell_len(template.format(name="")))
        name = shorten_middle(clean_for_terminal(parent + draft.name), room)
        return _Line.assemble((template.format(name=name), "$primary"), *kinds)

    def _colour(self, number: int) -> str:
        app = self.app
        return code_colour(number, dark=app.current_theme.dark, ansi=app.theme == "ansi")
