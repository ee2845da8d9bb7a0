"""A form made from a list of fields; what is wrong is said at the field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pydantic import ValidationError
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input

from workbench.errors import InputError
from workbench.i18n import N_, _
from workbench.tui.dialogs.confirm import leave_if_nothing_is_lost
from workbench.tui.dialogs.dialog import Dialog, Words
from workbench.tui.widgets.field_list import FieldList
from workbench.tui.widgets.fields import Field, FieldRow
from workbench.tui.widgets.press import Press

_REASONS = {
    "missing": N_("This is needed."),
    "string_too_short": N_("This is needed."),
    "string_too_long": N_("This is too long: at most {max_length} characters."),
    "int_parsing": N_("A whole number is needed here."),
    "float_parsing": N_("A number is needed here."),
    "date_parsing": N_("A date like 2026-05-31 or 31.05.2026 is needed here."),
    "date_from_datetime_parsing": N_("A date like 2026-05-31 or 31.05.2026 is needed here."),
    "greater_than": N_("This must be more than {gt}."),
    "greater_than_equal": N_("This must be at least {ge}."),
    "less_than": N_("This must be less than {lt}."),
    "less_than_equal": N_("This must be at most {le}."),
}


class DraftForm(Dialog[dict[str, Any] | None]):
    """Asks for several values at once; answers them by name, or None."""

    BINDINGS = [
        Binding("ctrl+s", "save", priority=True, show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]
    DEFAULT_CSS = """
    DraftForm {
        #window { width: 76; }
        FieldList { height: auto; max-height: 100%; }
        FieldRow { margin-bottom: 1; }
        &.-tight FieldRow { margin-bottom: 0; }
        #intro { margin-bottom: 1; }
        #trouble { display: none; }
        #buttons { height: 1; dock: bottom; align-horizontal: right; }
    }
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        validate: Callable[[dict[str, Any]], object] | None = None,
        intro: str = "",
        save_label: str = N_("Save"),
    ) -> None:
        """Ask for values.

        Args:
            title: what is asked, translated.
            fields: what to ask for, in order.
            validate: checks the values together; raises InputError or a pydantic ValidationError,
                whose field is shown its message. It may also do the whole work: the form stays
                open until it succeeds.
            intro: a sentence before the fields, translated.
            save_label: what the button that ends the form says, marked with ``N_``.
        """
        super().__init__()
        self._title = title
        self._fields = list(fields)
        self._validate_values = validate
        self._intro = intro
        self._save_label = save_label

    def title_text(self) -> str:
        """What is asked."""
        return self._title

    def hint_text(self) -> str:
        """What the keys do."""
        return _("Tab next · ^s {save} · Esc back").format(save=_(self._save_label).lower())

    def body(self) -> ComposeResult:
        """The fields, scrolled together, and a button for the mouse."""
        with FieldList():
            if self._intro:
                yield Words(self._intro, id="intro", classes="quiet")
            for field in self._fields:
                yield FieldRow(field)
            yield Words(id="trouble", classes="trouble")
        yield Press(_(self._save_label), id="save")

    def on_mount(self) -> None:
        """Leave the spaces out where the window is low; begin at the first field."""
        # a field of several lines has four of them
        lines = sum(4 if field.kind == "multiline" else 1 for field in self._fields)
        roomy = lines + len(self._fields) + 8 <= self.app.size.height
        self.set_class(not roomy, "-tight")
        rows = list(self.query(FieldRow))
        if rows:
            rows[0].editor.focus()

    @on(FieldRow.Changed)
    def _forget_trouble(self) -> None:
        self.query_one("#trouble").display = False

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        row = next((r for r in self.query(FieldRow) if event.input in r.query(Input)), None)
        if row is not None and row.field.kind == "path" and not event.value.strip():
            row.choose_path()
        elif row is not None and row is list(self.query(FieldRow))[-1]:
            self.action_save()
        else:
            self.focus_next()

    @on(Press.Pressed)
    def _press(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Check everything and answer, or show what is wrong where it is."""
        values: dict[str, Any] = {}
        troubles: list[tuple[str, str]] = []
        for row in self.query(FieldRow):
            row.say_trouble("")
            try:
                values[row.field.name] = row.read()
            except InputError as error:
                troubles.append((row.field.name, str(error)))
        if not troubles and self._validate_values is not None:
            try:
                self._validate_values(values)
            except InputError as error:
                troubles.append((str(error.params.get("field", "")), str(error)))
            except ValidationError as error:
                troubles.extend(field_messages(error))
        if troubles:
            self._show_troubles(troubles)
        else:
            self.dismiss(values)

    def _show_troubles(self, troubles: list[tuple[str, str]]) -> None:
        rows = {row.field.name: row for row in self.query(FieldRow)}
        general = self.query_one("#trouble", Words)
        general.display = False
        for name, text in reversed(troubles):
            row = rows.get(name)
            if row is None:
                general.say(f"! {text}")
                general.display = True
                general.scroll_visible(animate=False)
            else:
                row.say_trouble(text)
                row.editor.focus()

    def action_cancel(self) -> None:
        """Leave; what was typed is thrown away only if that is said."""
        changed = any(row.touched for row in self.query(FieldRow))
        leave_if_nothing_is_lost(self, changed=changed)


def field_messages(error: ValidationError) -> list[tuple[str, str]]:
    """Return each field a validation refused with a sentence about it."""
    found = []
    for item in error.errors():
        name = str(item["loc"][0]) if item["loc"] else ""
        known = _REASONS.get(item["type"])
        text = _(known).format(**item.get("ctx", {})) if known else item["msg"]
        found.append((name, text))
    return found
