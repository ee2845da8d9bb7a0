"""The one place that leans on Typer's inner parts: its own words in the language in force.

Checked with Typer 0.29. Typer takes some words from gettext's default catalogue and writes the others in English.
Look here first when Typer is upgraded; a sentence that is not known here is shown as Typer wrote it.
"""

from __future__ import annotations

import re
from typing import Any

import typer
import typer.core
from typer._click import exceptions as click
from typer._click.core import Command
from typer._click.core import Context as ClickContext
from typer._click.formatting import HelpFormatter

from workbench.i18n import N_, _

GETTEXT_WORDS = (
    N_("Arguments"),
    N_("Options"),
    N_("Commands"),
    N_("required"),
    N_("default: {default}"),
    N_("env var: {var}"),
    N_("(dynamic)"),
    N_("Aborted!"),
    N_("Missing command."),
    N_("No such command {name!r}."),
)
"""Words that Typer looks up in gettext's default catalogue; it is given ours."""

_PARAMETER_KINDS = {"option": N_("option"), "argument": N_("argument")}

_SENTENCES = (
    N_("Got unexpected extra argument(s) ({words})"),
    N_("No such option: {option}"),
    N_("(Possible options: {options})"),
    N_("Option '{option}' requires an argument."),
    N_("Option '{option}' does not take a value."),
    N_("Argument '{argument}' takes {count} values."),
    N_("Input should be a valid integer, unable to parse string as an integer"),
    N_("Input should be a valid number, unable to parse string as a number"),
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
    N_("Show this message and exit."),
)
"""Sentences that Typer and pydantic write in English, with a name where a word of the user's stands."""


class Formatter(HelpFormatter):
    """Help with its first word translated."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, args, prefix if prefix is not None else _("Usage: "))


class Context(ClickContext):
    """A context whose help is translated."""

    formatter_class = Formatter

    @property
    def command_path(self) -> str:
        """The words before the options: the path of commands, without the groups' own arguments."""
        before = f"{self.parent.command_path} " if self.parent is not None else ""
        return f"{before}{self.info_name or ''}".lstrip()


def install() -> None:
    """Give Typer our catalogue in the place of gettext's default one."""
    setattr(typer.core, "_", _)  # noqa: B010 - the module has no such public name


def translate(command: Command) -> Command:
    """Translate a freshly built command, and everything below it, into the language in force."""
    command.context_class = Context
    command.options_metavar = _("[OPTIONS]") if command.options_metavar else None
    command.help = _(command.help) if command.help else None
    command.short_help = command.help  # one sentence; Typer would cut it
    if command.epilog:
        command.epilog = f"{_('Example:')}\n\n\b\n  " + command.epilog.replace("\n", "\n  ")
    help_option = command.get_help_option(Context(command))
    for parameter in [*command.params, *([help_option] if help_option else [])]:
        _translate_parameter(parameter)
    if isinstance(command, typer.core.TyperGroup):
        command.subcommand_metavar = _("COMMAND [ARGS]...")
        for below in command.commands.values():
            translate(below)
    return command


def _translate_parameter(parameter: Any) -> None:
    """Translate an option's or argument's help and the name of its value; types are not shown to people."""
    if parameter.help:
        parameter.help = _(parameter.help)
    if parameter.metavar:
        parameter.metavar = _(parameter.metavar)
    elif isinstance(parameter, typer.core.TyperOption) and not parameter.is_flag:
        parameter.metavar = _("TEXT")
    if isinstance(parameter, typer.core.TyperArgument | typer.core.TyperOption):
        # whether a file may be read is found out, and said in the user's language, by our services
        parameter.type_descriptor.parameter_info.readable = False
    if isinstance(parameter, typer.core.TyperArgument):
        parameter.display_type_rich = _no_type  # type: ignore[method-assign]


def _no_type(ctx: ClickContext) -> str:  # noqa: ARG001 - Typer passes it by this name
    """Stand for the type of an argument, which says nothing to a person."""
    return ""


def sentence(error: click.ClickException) -> str:
    """Return what Typer has to say, in the language in force."""
    if isinstance(error, click.MissingParameter) and error.param is not None:
        kind = _PARAMETER_KINDS.get(error.param.param_type_name, error.param.param_type_name)
        return _("Missing {kind} {name}.").format(kind=_(kind), name=error.param.get_error_hint())
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _("Invalid value for {name}: {problem}").format(
            name=error.param.get_error_hint(), problem=_translated(error.message)
        )
    if isinstance(error, click.NoSuchOption) and error.possibilities:
        near = ", ".join(sorted(error.possibilities))
        hint = _("(Possible options: {options})").format(options=near)
        return f"{_translated(error.message)} {hint}"
    return _translated(error.message)


def _translated(message: str) -> str:
    """Translate an English sentence of Typer's that is known here."""
    for known in _SENTENCES:
        names = re.findall(r"\{(\w+)\}", known)
        pattern = re.escape(known)
        for name in names:
            pattern = pattern.replace(re.escape(f"{{{name}}}"), f"(?P<{name}>.*)")
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return _(known).format(**found.groupdict())
    return message
