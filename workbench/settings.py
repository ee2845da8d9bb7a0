"""What a user prefers: one small TOML file, checked when it is read and written in one stroke."""

from __future__ import annotations

import getpass
import json
import os
import tomllib
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from workbench import locations
from workbench.atomic import replacing
from workbench.errors import InputError, system_reason
from workbench.i18n import N_, _, preferred_language


def write_atomically(path: Path, text: str) -> None:
    """Write a whole text file, with its folder, or leave the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")


def system_user() -> str:
    """Return the name the operating system knows the user by, for the first coder's name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user: a container or a service account
        return "coder"


class Settings(BaseModel):
    """The user's preferences; each field's description is also its comment in the file."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    language: Literal["auto", "en", "ru"] = Field(
        default="auto",
        description=N_("Language of the interface: auto (the system's), en or ru."),
    )
    theme: Literal["light", "dark", "ansi"] = Field(
        default="dark",
        description=N_(
            "Colours of the interface: light, dark, or ansi (the terminal's own sixteen colours)."
        ),
    )
    workspace: Path | None = Field(
        default=None,
        description=N_(
            "Folder that holds the projects; without it, Workbench in the user's documents."
        ),
    )
    engine: Literal["auto", "openai-whisper", "faster-whisper"] = Field(
        default="auto",
        description=N_("Transcription engine; auto takes the fastest that is installed."),
    )
    model: str = Field(
        default="base",
        min_length=1,
        description=N_("Transcription model: an official name, or a name given to an added model."),
    )
    device: Literal["auto", "cpu", "cuda"] = Field(
        default="auto",
        description=N_(
            "Where speech is recognised: auto (the graphics card if there is one), cpu or cuda."
        ),
    )
    threads: int = Field(
        default=0,
        ge=0,
        le=256,
        description=N_("Processor threads for recognition; 0 takes one for each core."),
    )
    coder: str = Field(
        default_factory=system_user,
        min_length=1,
        description=N_("Name written beside every coding."),
    )
    session_goal: Literal["off", "quotes", "minutes"] = Field(
        default="off",
        description=N_(
            "What the coding screen counts towards a goal of the session: off, quotes or minutes."
        ),
    )
    session_goal_size: int = Field(
        default=30,
        ge=1,
        le=999,
        description=N_("How many quotes or minutes the goal of a session is."),
    )
    blind: bool = Field(
        default=False,
        description=N_(
            "Blind mode: true hides what other coders coded, on screens and in lists; false shows it."
        ),
    )

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Read the settings; a missing file means the defaults.

        Args:
            path: another file than the user's own.

        Raises:
            InputError: the file is not TOML, or a value in it cannot be used.
        """
        path = path or locations.settings_file()
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(
                "settings-unreadable",
                N_("The settings file {file} cannot be read."),
                N_("Check that it is a text file you may read, or delete it to start afresh."),
                file=str(path),
            ) from error
        except tomllib.TOMLDecodeError as error:
            raise InputError(
                "settings-not-toml",
                N_("The settings file {file} is not valid TOML: {detail}."),
                N_("Correct that line, or delete the file to start afresh."),
                file=str(path),
                detail=str(error),
            ) from error
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise _trouble(path, error) from error

    def save(self, path: Path | None = None) -> None:
        """Write the settings with a comment above each; the old file stays if that fails."""
        path = path or locations.settings_file()
        lines = []
        for name in type(self).model_fields:
            value = getattr(self, name)
            lines.append(f"# {meaning(name)}")
            lines.append(f"# {name} =" if value is None else f"{name} = {_toml(value)}")
            lines.append("")
        try:
            write_atomically(path, "\n".join(lines))
        except OSError as error:
            raise InputError(
                "settings-not-written",
                N_("The settings file {file} cannot be written: {detail}."),
                N_("Check the folder's permissions and the space on the disk."),
                file=str(path),
                detail=system_reason(error),
            ) from error

    def interface_language(self) -> str:
        """Return the language to speak: the chosen one, else the environment's or the system's."""
        return preferred_language(None if self.language == "auto" else self.language)

    def workspace_folder(self) -> Path:
        """Return the workspace: ``WORKBENCH_WORKSPACE`` first, then the chosen one, then documents."""
        if self.workspace is None or os.environ.get("WORKBENCH_WORKSPACE"):
            return locations.default_workspace()
        return self.workspace.expanduser()


def meaning(name: str) -> str:
    """Say in the language in force what a preference means; empty for one that does not exist."""
    field = Settings.model_fields.get(name)
    return _(field.description) if field is not None and field.description else ""


def _toml(value: object) -> str:
    """Write a value as TOML: for texts JSON's escapes are valid there, only DEL must be added."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _trouble(path: Path, error: ValidationError) -> InputError:
    """Name the first field that cannot be used."""
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return InputError(
            "settings-unknown-field",
            N_("The settings file {file} has a field “{field}” that does not exist."),
            N_("Correct its name or remove the line. Fields: {fields}."),
            file=str(path),
            field=field,
            fields=", ".join(Settings.model_fields),
        )
    return InputError(
        "settings-bad-value",
        N_("The settings file {file} has the value “{value}” in the field “{field}”."),
        N_("Use a value as the comment above the field describes: {hint}"),
        file=str(path),
        field=field,
        value=first["input"],
        hint=meaning(field),
    )
