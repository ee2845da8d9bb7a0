"""The user's preferences: each takes effect at once and is kept."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input

from workbench import locations
from workbench.i18n import LANGUAGES, N_, _
from workbench.settings import Settings, system_user
from workbench.tui.commands import Command
from workbench.tui.dialogs.dialog import Words
from workbench.tui.dialogs.form import field_messages
from workbench.tui.screen import WorkbenchScreen
from workbench.tui.widgets.field_list import FieldList
from workbench.tui.widgets.fields import ChoiceEditor, Field, FieldRow


class SettingsScreen(WorkbenchScreen[None]):
    """One line a preference."""

    NAME = "settings"
    HELP = N_(
        "Your preferences. A choice takes effect at once; a text when you press Enter or leave "
        "its line. They are kept in one text file that you may also edit by hand."
    )
    COMMANDS = (
        Command("settings.next", "down", N_("Next"), N_("Go to the next preference.")),
        Command(
            "settings.previous", "up", N_("Previous"), N_("Go to the preference above."), show=False
        ),
        Command(
            "settings.defaults",
            "ctrl+r",
            N_("Defaults"),
            N_("Take all preferences back to what they were at first; your name stays."),
        ),
    )
    DEFAULT_CSS = """
    SettingsScreen {
        FieldList { padding: 1 1 0 1; }
        FieldRow { margin-bottom: 1; max-width: 100; }
        #file { margin: 1 1 0 1; height: auto; }
        &.-low FieldRow { margin-bottom: 0; }
    }
    """

    def fields(self) -> list[Field]:
        """The preferences as they are now."""
        now = self.workbench.settings
        default = locations.default_workspace()
        return [
            Field(
                "language",
                N_("Language"),
                "choice",
                now.language,
                choices=(("auto", N_("as the system")), *LANGUAGES.items()),
                help=N_("The interface's; a report's language is chosen with the report."),
            ),
            Field(
                "theme",
                N_("Colours"),
                "choice",
                now.theme,
                choices=(
                    ("dark", N_("dark")),
                    ("light", N_("light")),
                    ("ansi", N_("the terminal's own")),
                ),
            ),
            Field(
                "coder",
                N_("Your name"),
                value=now.coder,
                required=True,
                help=N_("Written beside every coding, so that coders can be compared."),
            ),
            Field(
                "blind",
                N_("Blind mode"),
                "bool",
                now.blind,
                help=N_("Hides what other coders coded; I on the coding screen does the same."),
            ),
            Field(
                "workspace",
                N_("Projects folder"),
                "path",
                now.workspace or default,
                help=N_("Where projects are kept; an empty line and Enter chooses a folder."),
                pick="folder",
            ),
            Field(
                "engine",
                N_("Transcription"),
                "choice",
                now.engine,
                choices=(
                    ("auto", N_("the fastest installed")),
                    ("openai-whisper", "openai-whisper"),
                    ("faster-whisper", "faster-whisper"),
                ),
            ),
            Field(
                "model",
                N_("Model"),
                value=now.model,
                required=True,
                help=N_("base is a demonstration; g k lists the models and says which suits."),
            ),
            Field(
                "device",
                N_("Recognise on"),
                "choice",
                now.device,
                choices=(
                    ("auto", N_("the graphics card if there is one")),
                    ("cpu", N_("the processor")),
                    ("cuda", N_("the graphics card")),
                ),
            ),
            Field(
                "threads",
                N_("Processor threads"),
                "int",
                now.threads,
                required=True,
                help=N_("How many recognition may use; 0 takes one for each core."),
            ),
            Field(
                "session_goal",
                N_("Goal of a session"),
                "choice",
                now.session_goal,
                choices=(
                    ("off", N_("none")),
                    ("quotes", N_("a number of quotes")),
                    ("minutes", N_("minutes of coding")),
                ),
                help=N_("Shown quietly on top of the coding screen: 12 of 30."),
            ),
            Field(
                "session_goal_size",
                N_("How many"),
                "int",
                now.session_goal_size,
                required=True,
                help=N_("Quotes or minutes that a session should bring."),
            ),
        ]

    def body(self) -> ComposeResult:
        """The lines and where they are kept."""
        with FieldList():
            for field in self.fields():
                yield FieldRow(field)
            kept = _("Kept in {file}").format(file=locations.settings_file())
            yield Words(kept, id="file", classes="quiet")

    def fill(self) -> None:
        """Begin at the first preference; a low screen has no empty lines."""
        self.set_class(self.app.size.height < 24, "-low")  # noqa: PLR2004 - lines of a small terminal
        if self.focused is None:
            self.query(FieldRow).first().editor.focus()

    def returned(self) -> None:
        """Nothing changes here from outside."""

    async def refresh_language(self) -> None:
        """Rebuild in the other language and stay on the same line."""
        row = self._row_of(self.focused)
        await super().refresh_language()
        if row is not None:
            self.query_one(f"#field-{row.field.name}", FieldRow).editor.focus()

    @on(FieldRow.Changed)
    async def _changed(self, event: FieldRow.Changed) -> None:
        if isinstance(event.row.editor, ChoiceEditor):
            await self._apply(event.row)

    @on(Input.Submitted)
    async def _entered(self, event: Input.Submitted) -> None:
        row = self._row_of(event.input)
        if row is None:
            return
        if row.field.kind == "path" and not event.value.strip():
            row.choose_path()
        elif await self._apply(row):
            self.focus_next()

    async def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Keep a text when its line is left."""
        row = self._row_of(event.widget)
        if row is not None and isinstance(row.editor, Input) and self.is_current:
            await self._apply(row)

    def _row_of(self, widget: Any) -> FieldRow | None:
        return next((row for row in self.query(FieldRow) if row.editor is widget), None)

    async def _apply(self, row: FieldRow) -> bool:
        """Check one preference, keep it and show it; say at the line what is wrong."""
        from workbench.errors import InputError

        name = row.field.name
        try:
            value = row.read()
            if name == "workspace" and value == locations.default_workspace():
                value = None
            before = self.workbench.settings
            if getattr(before, name) == value:
                return True
            settings = Settings.model_validate(before.model_dump() | {name: value})
        except InputError as error:
            row.say_trouble(str(error))
            return False
        except ValidationError as error:
            row.say_trouble(field_messages(error)[0][1])
            return False
        await self.workbench.apply_settings(settings)
        return True

    def action_next(self) -> None:
        """Go to the next preference."""
        self.focus_next()

    def action_previous(self) -> None:
        """Go to the preference above."""
        self.focus_previous()

    async def action_defaults(self) -> None:
        """Take all preferences back, but the name."""
        settings = Settings(coder=self.workbench.settings.coder or system_user())
        await self.workbench.apply_settings(settings)
        for row, field in zip(self.query(FieldRow), self.fields(), strict=True):
            row.set_value(field.value)
