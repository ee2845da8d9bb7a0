"""``workbench settings``: the user's preferences."""

from __future__ import annotations

from typing import Annotated

import typer
from pydantic import ValidationError

from workbench import locations
from workbench.cli.narration import say
from workbench.cli.options import command
from workbench.cli.output import Format, Output, show
from workbench.cli.tree import noun
from workbench.errors import InputError
from workbench.i18n import N_, _
from workbench.settings import Settings, meaning

app = noun(N_("Your preferences."))


@command(
    app,
    "show",
    help=N_("Show your preferences and what each means."),
    example="workbench settings show",
)
def show_(form: Format = "table", output: Output = None) -> None:
    """Show preferences."""
    settings = Settings.load()
    say(_("Kept in {file}").format(file=locations.settings_file()))
    rows = [
        {"name": name, "value": getattr(settings, name), "meaning": meaning(name)}
        for name in Settings.model_fields
    ]
    show(rows, form=form, output=output)


@command(
    app,
    "set",
    help=N_("Change one preference; an empty value means the default."),
    example="workbench settings set language ru",
)
def set_(
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("A name from the list."))],
    value: Annotated[str, typer.Argument(metavar=N_("VALUE"), help=N_("Its new value."))],
) -> None:
    """Change a preference."""
    settings = Settings.load()
    if name not in Settings.model_fields:
        raise InputError(
            "setting-unknown",
            N_("There is no preference “{name}”."),
            N_("Choose one of: {names}."),
            name=name,
            names=", ".join(Settings.model_fields),
        )
    field = Settings.model_fields[name]
    try:
        setattr(settings, name, value or field.get_default(call_default_factory=True))
    except ValidationError:
        raise InputError(
            "setting-invalid",
            N_("The preference “{name}” cannot be “{value}”."),
            N_("It is: {meaning}"),
            name=name,
            value=value,
            meaning=meaning(name),
        ) from None
    settings.save()
    say(_("“{name}” is now “{value}”.").format(name=name, value=getattr(settings, name)))
