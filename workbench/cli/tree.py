"""The tree of commands: nouns are imported when they are spoken of, so that help starts quickly."""

from __future__ import annotations

import sys
from collections.abc import Callable
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from typing import Annotated

import typer
import typer.core
from typer._click import exceptions as click
from typer._click.core import Command
from typer._click.core import Context as ClickContext
from typer._click.formatting import HelpFormatter

from workbench.cli import session, wording
from workbench.cli.arguments import Anywhere
from workbench.cli.entry import Interface
from workbench.cli.nouns import NOUNS
from workbench.cli.plain import harmless
from workbench.cli.troubles import INTERRUPTED
from workbench.i18n import N_, _, language

PROGRAM = "workbench"


class Root(typer.core.TyperGroup):
    """The program itself: its nouns come from a table and are imported one by one."""

    def list_commands(self, ctx: ClickContext) -> list[str]:  # noqa: ARG002 - Typer's own signature
        """Return the names of all nouns."""
        return list(NOUNS)

    def get_command(self, ctx: ClickContext, cmd_name: str) -> Command | None:  # noqa: ARG002
        """Import a noun and return its commands, in the language in force."""
        return load(cmd_name, language()) if cmd_name in NOUNS else None

    def format_commands(self, ctx: ClickContext, formatter: HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of nouns from the table."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(noun.name, _(noun.help)) for noun in NOUNS.values()])

    def resolve_command(
        self, ctx: ClickContext, args: list[str]
    ) -> tuple[str | None, Command | None, list[str]]:
        """Find a noun; a slip of the key gets a hint."""
        _check_name(ctx, args, list(NOUNS))
        return super().resolve_command(ctx, args)


class Group(typer.core.TyperGroup):
    """A noun with its verbs."""

    def resolve_command(
        self, ctx: ClickContext, args: list[str]
    ) -> tuple[str | None, Command | None, list[str]]:
        """Find a verb; a slip of the key gets a hint."""
        _check_name(ctx, args, list(self.commands))
        return super().resolve_command(ctx, args)


def _check_name(ctx: ClickContext, args: list[str], names: list[str]) -> None:
    """Refuse a command that does not exist, saying which one may have been meant."""
    if not args or args[0] in names or args[0].startswith("-") or ctx.resilient_parsing:
        return
    said = _("No such command {name!r}.").format(name=args[0])
    near = get_close_matches(args[0], names)
    if near:
        said += " " + _("Did you mean: {names}?").format(names=", ".join(near))
    ctx.fail(said)


def noun(help: str) -> typer.Typer:  # noqa: A002 - what Typer calls it
    """Return a group for a noun's verbs, also when it has a single one."""
    app = typer.Typer(
        cls=Group, help=help, no_args_is_help=True, rich_markup_mode=None, add_completion=False
    )
    app.callback()(_nothing)
    return app


def _nothing() -> None:
    """Make Typer keep a group with a single verb a group."""


def single() -> typer.Typer:
    """Return the holder of a command that has no verbs below it."""
    return typer.Typer(rich_markup_mode=None, add_completion=False)


@cache
def load(name: str, code: str) -> Command:  # noqa: ARG001 - a tree for each language
    """Import a noun's module and build its commands, translated."""
    app = import_module(NOUNS[name].module).app
    command: Command = wording.translate(typer.main.get_command(app))
    command.name = name
    return command


def root() -> Command:
    """Return the whole program as a command."""
    wording.install()
    app = typer.Typer(
        cls=Root,
        help=N_("A qualitative research workbench for interviews and mystery shopping."),
        epilog="workbench demo\nworkbench source add interview.mp3 --project bank",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_shared)
    return wording.translate(typer.main.get_command(app))


def _shared(
    workspace: Annotated[
        str | None,
        typer.Option(
            "--workspace",
            "-w",
            metavar=N_("FOLDER"),
            help=N_("Folder of projects; may stand anywhere, like the next two."),
        ),
    ] = None,
    project: Annotated[
        str | None,
        typer.Option(
            "--project",
            "-p",
            metavar=N_("NAME"),
            help=N_("Project to work in: its folder name, title or path."),
        ),
    ] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="en|ru", help=N_("Language of the messages."))
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", help=N_("Print the version and exit."))
    ] = False,
) -> None:
    """Declare the options that stand anywhere; they were taken out of the command line before."""


def run_command(
    shared: Anywhere, arguments: list[str], open_interface: Callable[[Interface], None]
) -> int:
    """Run one command line and return its exit code."""
    session.begin(shared, open_interface)
    try:
        result = root().main(args=arguments, prog_name=PROGRAM, standalone_mode=False)
    except click.NoArgsIsHelpError as error:
        print(error.format_message(), file=sys.stderr)  # noqa: T201 - narration
        return error.exit_code
    except click.ClickException as error:
        _say_usage(error)
        return error.exit_code
    except typer.Abort as error:
        raise KeyboardInterrupt from error
    if result == INTERRUPTED:  # Typer's own answer to Ctrl+C, which says nothing
        raise KeyboardInterrupt
    return result if isinstance(result, int) else 0


def _say_usage(error: click.ClickException) -> None:
    """Say what was wrong with the command line, how it goes, and where help is."""
    lines = []
    context = getattr(error, "ctx", None)
    if context is not None:
        hint = _("Try “{command} --help” for help.").format(command=context.command_path)
        lines = [context.get_usage(), hint, ""]
    lines.append(_("Error: {problem}").format(problem=wording.sentence(error)))
    print(harmless("\n".join(lines)), file=sys.stderr)  # noqa: T201 - narration
