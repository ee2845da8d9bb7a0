"""One line of a form: a label, an editor for its kind of value, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, TextArea

from workbench.errors import InputError
from workbench.i18n import N_, _
from workbench.tui.dialogs.dialog import Words
from workbench.tui.display import clean_for_terminal, shorten_end

Kind = Literal["text", "multiline", "int", "date", "choice", "colour", "bool", "path"]

_LABEL_WIDTH = 22


@dataclass(frozen=True, slots=True)
class Field:
    """A value a form asks for."""

    name: str
    """Its key in the answer; troubles name it."""
    label: str
    """What it is called, marked with ``N_``."""
    kind: Kind = "text"
    value: Any = None
    """What stands in it at the beginning."""
    choices: Sequence[tuple[Any, str]] = ()
    """For a choice: values and their labels, marked with ``N_`` or somebody's own words."""
    required: bool = False
    help: str = ""
    """One sentence shown while the field has the focus, marked with ``N_``."""
    pick: Literal["file", "folder", "save"] = "file"
    """For a path: what the file dialog is asked for."""
    suffixes: tuple[str, ...] = ()
    """For a path: the kinds of file offered, such as ``.docx``; empty means all."""


class ChoiceEditor(Widget, can_focus=True):
    """One of a few values; left and right change it, Enter lists them all."""

    HELP = N_("One of several values. ← and → change it, Enter lists them all.")
    DEFAULT_CSS = """
    ChoiceEditor { height: 1; width: 1fr; padding: 0 1; background: $panel; }
    ChoiceEditor:focus { background: $block-cursor-background; color: $block-cursor-foreground; }
    ChoiceEditor:ansi:nocolor:focus { text-style: bold reverse; }
    """
    BINDINGS = [
        Binding("left", "step(-1)", show=False),
        Binding("right,space", "step(1)", show=False),
        Binding("enter", "list", show=False),
    ]

    index: reactive[int] = reactive(0, init=False)

    @dataclass
    class Changed(Message):
        """Another value was chosen."""

        editor: ChoiceEditor
        value: Any

    def __init__(self, choices: Sequence[tuple[Any, str]], value: Any) -> None:
        """Take the values with their labels, and the one chosen now."""
        super().__init__()
        self.choices = tuple(choices)
        values = [known for known, _label in self.choices]
        self.set_reactive(ChoiceEditor.index, values.index(value) if value in values else 0)

    @property
    def value(self) -> Any:
        """The value chosen."""
        return self.choices[self.index][0] if self.choices else None

    def render(self) -> Content:
        """Show the value between marks that say there are more."""
        label = _(self.choices[self.index][1]) if self.choices else ""
        room = max(1, self.content_size.width - 4)
        return Content(f"‹ {shorten_end(clean_for_terminal(label), room)} ›")

    def watch_index(self) -> None:
        """Tell whoever listens."""
        self.post_message(self.Changed(self, self.value))

    def action_step(self, step: int) -> None:
        """Take the next value; after the last comes the first."""
        if self.choices:
            self.index = (self.index + step) % len(self.choices)

    def action_list(self) -> None:
        """Show all values to pick from."""
        from workbench.tui.dialogs.pick import Choice, NewName, PickDialog

        def take(number: int | NewName | None) -> None:
            if isinstance(number, int):
                self.index = number

        choices = [Choice(value=n, label=_(label)) for n, (_v, label) in enumerate(self.choices)]
        rows = [node for node in self.ancestors if isinstance(node, FieldRow)]
        title = rows[0].title_text() if rows else _("Choose")
        self.app.push_screen(PickDialog[int](choices, title=title), take)

    def on_click(self, event: events.Click) -> None:
        """Step back at the left end, list elsewhere."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.x < 2:  # noqa: PLR2004 - the mark ‹ and its space
            self.action_step(-1)
        else:
            self.action_list()


class FieldRow(Vertical):
    """A label, an editor, and under them the help while focused or what is wrong."""

    DEFAULT_CSS = """
    FieldRow {
        height: auto;
        .line { height: auto; }
        Input { width: 1fr; }
        .label { width: 22; height: 1; padding-right: 1; color: $foreground-muted; text-wrap: nowrap; text-overflow: ellipsis; }
        .note { padding-left: 22; display: none; }
        &.-focused .label { color: $foreground; text-style: bold; }
        &.-focused .note.help { display: block; }
        .note.trouble { display: block; }
        TextArea, TextArea:focus { border: none; height: 4; padding: 0 1; background: $panel; }
        &:ansi TextArea, &:ansi ChoiceEditor { text-style: underline; }
    }
    """

    @dataclass
    class Changed(Message):
        """What stands in the field changed; it may not be valid."""

        row: FieldRow

    def __init__(self, field: Field) -> None:
        """Show a field."""
        super().__init__(id=f"field-{field.name}")
        self.field = field

    def on_mount(self) -> None:
        """Remember what stood here at first: an editor reports its first value as a change, too."""
        self._first = self._standing()

    def _standing(self) -> Any:
        editor = self.editor
        if isinstance(editor, TextArea):
            return editor.text
        return editor.value  # type: ignore[attr-defined]

    @property
    def touched(self) -> bool:
        """Whether something else stands here than at first."""
        return bool(self._standing() != self._first)

    def title_text(self) -> str:
        """What the field is called."""
        return _(self.field.label)

    def compose(self) -> ComposeResult:
        """Label and editor on one line."""
        mark = " *" if self.field.required else ""
        label = shorten_end(clean_for_terminal(_(self.field.label)), _LABEL_WIDTH - 1 - len(mark))
        with Horizontal(classes="line"):
            yield Words(label + mark, classes="label")
            yield self._editor()
        help_text = _(self.field.help) if self.field.help else ""
        yield Words(help_text, classes="note quiet help" if help_text else "note")

    def _editor(self) -> Widget:
        field = self.field
        if field.kind == "choice":
            return ChoiceEditor(field.choices, field.value)
        if field.kind == "colour":
            from workbench.tui.widgets.colour_editor import ColourEditor

            return ColourEditor(field.choices, field.value)
        if field.kind == "bool":
            return ChoiceEditor(((True, N_("yes")), (False, N_("no"))), bool(field.value))
        text = "" if field.value is None else str(field.value)
        if field.kind == "multiline":
            return TextArea(text, tab_behavior="focus", soft_wrap=True)
        placeholder = {"date": "2026-05-31", "path": _("Enter chooses")}.get(field.kind, "")
        return Input(text, placeholder=placeholder, select_on_focus=False)

    @property
    def editor(self) -> Widget:
        """The widget the value is edited in."""
        found: Widget = self.query_one("Input, TextArea, ChoiceEditor", Widget)
        return found

    def read(self) -> Any:
        """Return the value as its kind: text, int, date, Path, the chosen value, or None when empty.

        Raises:
            InputError: it is needed and empty, or not of its kind.
        """
        editor = self.editor
        if isinstance(editor, ChoiceEditor):
            return editor.value
        text = self._standing()
        if self.field.kind != "multiline":
            text = text.strip()
        if self.field.required and not text.strip():
            raise self._trouble("field-empty", N_("This is needed."))
        if self.field.kind in ("text", "multiline"):
            return text
        return self._parsed(text) if text else None

    def _parsed(self, text: str) -> Any:
        if self.field.kind == "path":
            return Path(text).expanduser()
        if self.field.kind == "int":
            with suppress(ValueError):
                return int(text.replace("\N{NO-BREAK SPACE}", "").replace(" ", ""))
            raise self._trouble("field-not-a-number", N_("A whole number is needed here."))
        with suppress(ValueError):
            return date.fromisoformat(text)
        with suppress(ValueError):
            return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no zone
        raise self._trouble(
            "field-not-a-date", N_("A date like 2026-05-31 or 31.05.2026 is needed here.")
        )

    def _trouble(self, code: str, problem: str) -> InputError:
        return InputError(code, problem, field=self.field.name)

    def set_value(self, value: Any) -> None:
        """Put a value into the editor."""
        editor = self.editor
        text = "" if value is None else str(value)
        if isinstance(editor, ChoiceEditor):
            values = [known for known, _label in editor.choices]
            editor.index = values.index(value)
        elif isinstance(editor, TextArea):
            editor.text = text
        elif isinstance(editor, Input):
            editor.value = text

    def say_trouble(self, text: str) -> None:
        """Show what is wrong under the field; an empty text takes it back."""
        note = self.query_one(".note", Words)
        note.set_class(bool(text), "trouble")
        note.set_class(not text, "quiet")
        help_text = _(self.field.help) if self.field.help else ""
        note.say(f"! {text}" if text else help_text)

    def on_descendant_focus(self) -> None:
        """Show the help of the field that is edited."""
        # not :focus-within: Textual 8.2.8 does not restyle its children when the focus leaves
        self.add_class("-focused")
        editor = self.editor
        if isinstance(editor, Input) and editor.cursor_at_end:
            self.call_after_refresh(_show_end, editor)

    def on_descendant_blur(self) -> None:
        """Take the help back."""
        self.remove_class("-focused")

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(ChoiceEditor.Changed)
    def _changed(self, event: Message) -> None:
        event.stop()
        self.say_trouble("")
        self.post_message(self.Changed(self))

    def choose_path(self) -> None:
        """Open the file dialog for a path."""
        from workbench.tui.dialogs.open_file import OpenFile

        def take(path: Path | None) -> None:
            if path is not None:
                self.set_value(path)

        field, title = self.field, self.title_text()
        dialog = OpenFile(title=title, pick=field.pick, suffixes=field.suffixes, purpose=field.name)
        self.app.push_screen(dialog, take)


def _show_end(line: Input) -> None:
    """Scroll a long text to its cursor: Textual 8.2.8 forgets to where the line had no width yet."""
    if line.cursor_at_end:
        line.cursor_position = 0
        line.cursor_position = len(line.value)
