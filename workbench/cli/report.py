"""``workbench report``: Word reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.narration import say
from workbench.cli.options import command
from workbench.cli.output import Format, Output, show, show_one
from workbench.cli.tree import noun
from workbench.errors import ReportError
from workbench.i18n import LANGUAGES, N_, _

app = noun(N_("Word reports: templates, checks, building."))

Language = Annotated[
    str | None,
    typer.Option(metavar="en|ru", help=N_("Language of the report; the project's by default.")),
]
_CHOICES = ", ".join(LANGUAGES)


@command(
    app,
    "list",
    help=N_("List the templates that come with the program, or the reports built so far."),
    example="workbench report list --built",
)
def list_(
    language: Language = None,
    built: Annotated[bool, typer.Option("--built", help=N_("Reports of this project."))] = False,
    form: Format = "table",
    output: Output = None,
) -> None:
    """List templates or reports."""
    if built:
        with session.reading() as project:
            rows: list[dict[str, object]] = [{"file": path} for path in project.reports.built()]
    else:
        from workbench.reports.templates import available_templates

        rows = [
            {"template": item.name, "language": item.language, "file": item.path}
            for item in available_templates()
            if language in (None, item.language)
        ]
    show(rows, form=form, output=output)


@command(
    app,
    "check",
    help=N_("Check a template before a report depends on it: every mistake with its place."),
    example="workbench report check our_template.docx --language en",
)
def check(
    template: Annotated[
        str,
        typer.Argument(metavar=N_("TEMPLATE"), help=N_("A .docx file, or a name from the list.")),
    ],
    language: Language = None,
    form: Format = "table",
    output: Output = None,
) -> None:
    """Check a template; the exit code is 5 when no report can be made with it."""
    spoken = _checked(language)
    if spoken is None:
        with session.reading() as project:
            problems = project.reports.check(template)
    else:  # then no project is needed
        from workbench.reports import report

        problems = report.check(template, language=spoken)
    if not problems:
        say(_("The template is in order."))
    rows = [
        {"serious": item.serious, "problem": item.trouble.problem, "remedy": item.trouble.remedy}
        for item in problems
    ]
    show(rows, form=form, output=output)
    if any(item.serious for item in problems):
        raise typer.Exit(ReportError.exit_code)


@command(
    app,
    "build",
    help=N_("Build a Word report, from the client's own template if one is given."),
    example="workbench report build our_template.docx --language en -o report.docx",
)
@implements("report.build")
def build(
    template: Annotated[
        str | None,
        typer.Argument(metavar=N_("TEMPLATE"), help=N_("A .docx file, or a name from the list.")),
    ] = None,
    language: Language = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar=N_("FILE"), help=N_("The .docx file to make or replace.")
        ),
    ] = None,
    form: Format = "table",
) -> None:
    """Build a report and print where it is."""
    with session.reading() as project:
        made = project.reports.build(template=template, language=_checked(language), target=output)
    say(_("The report is built."))
    show_one({"file": made.path, "template": made.template, "quotes": made.quotes}, form=form)


def _checked(language: str | None) -> str | None:
    """Refuse a language that reports are not written in."""
    if language is not None and language not in LANGUAGES:
        raise ReportError(
            "language-unknown",
            N_("There is no language “{language}”."),
            N_("Choose one of: {languages}."),
            language=language,
            languages=_CHOICES,
        )
    return language
