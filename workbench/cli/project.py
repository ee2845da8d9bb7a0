"""``workbench project``: projects of the workspace and their particulars."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.narration import confirm, say
from workbench.cli.options import Yes, command, given, read_text
from workbench.cli.output import Format, Output, Row, show, show_one
from workbench.cli.tree import noun
from workbench.i18n import N_, _, language, ngettext
from workbench.models.drafts import ProjectDraft
from workbench.models.kinds import StaffPolicy
from workbench.models.views import ProjectView

app = noun(N_("Projects: make, list, back up, restore, delete."))

Client = Annotated[str | None, typer.Option(help=N_("The company that is studied."))]
Language = Annotated[
    str | None,
    typer.Option(
        "--language", metavar="en|ru", help=N_("Language of the interviews and the report.")
    ),
]
Brief = Annotated[
    str | None, typer.Option(metavar=N_("TEXT"), help=N_("What is asked; - reads it from stdin."))
]
Authors = Annotated[str | None, typer.Option(help=N_("Who signs the report."))]
Period = Annotated[str | None, typer.Option(help=N_("When the data are collected, in words."))]
Staff = Annotated[
    str | None,
    typer.Option(
        "--staff-policy",
        metavar="|".join(StaffPolicy),
        help=N_("How staff may be named in visits."),
    ),
]
Policy = Annotated[
    str | None, typer.Option("--recording-policy", help=N_("What was agreed about recordings."))
]
Keep = Annotated[
    str | None,
    typer.Option("--keep-until", metavar=N_("DATE"), help=N_("When the data must be destroyed.")),
]
Name = Annotated[
    str | None,
    typer.Argument(metavar=N_("PROJECT"), help=N_("Its folder name, title or path.")),
]


@command(
    app,
    "new",
    help=N_("Make a project; its folder is named after its title."),
    example='workbench project new "Mortgage clients" --client "North Bank" --language en',
)
@implements("project.create")
def new(
    title: Annotated[str, typer.Argument(metavar=N_("TITLE"), help=N_("The project's title."))],
    client: Client = None,
    language_: Language = None,
    brief: Brief = None,
    authors: Authors = None,
    period: Period = None,
    staff_policy: Staff = None,
    recording_policy: Policy = None,
    keep_until: Keep = None,
    form: Format = "table",
) -> None:
    """Make a project."""
    draft = ProjectDraft.read(
        given(
            title=title,
            client=client,
            language=language_ or language(),
            brief=read_text(brief) if brief else None,
            authors=authors,
            period=period,
            staff_policy=staff_policy,
            recording_policy=recording_policy,
            retention_date=keep_until,
        )
    )
    with session.workspace().create(draft) as project:
        say(_("The project “{title}” is made.").format(title=draft.title))
        show_one(_particulars(project.plan.project(), project.folder), form=form)


@command(
    app,
    "list",
    help=N_("List the projects of the workspace, the one changed last first."),
    example="workbench project list --format json",
)
def list_(form: Format = "table", output: Output = None) -> None:
    """List projects."""
    place = session.workspace()
    rows = [
        {
            "project": card.slug,
            "title": card.title,
            "language": card.language,
            "wave": card.wave,
            "sources": card.sources,
            "quotes": card.quotes,
            "barriers": card.barriers,
            "changed_at": card.changed_at,
            "problem": card.problem,
        }
        for card in place.projects()
    ]
    if not rows:
        say(_("The workspace {folder} has no projects yet.").format(folder=place.folder))
    show(rows, form=form, output=output)


@command(
    app,
    "info",
    help=N_("Show a project's particulars and what it holds."),
    example="workbench project info --project bank --format json",
)
def info(form: Format = "table", output: Output = None) -> None:
    """Show a project."""
    with session.reading() as project:
        session.say_blind(project)
        overview = project.insight.overview()
        row = _particulars(overview.project, project.folder)
        for step in overview.steps:
            row |= step.counts
    show_one(row, form=form, output=output)


@command(
    app,
    "edit",
    help=N_("Change a project's particulars."),
    example='workbench project edit --client "North Bank" --keep-until 2027-06-30',
)
@implements("project.edit")
def edit(
    title: Annotated[str | None, typer.Option(help=N_("The project's title."))] = None,
    client: Client = None,
    language_: Language = None,
    brief: Brief = None,
    authors: Authors = None,
    period: Period = None,
    staff_policy: Staff = None,
    recording_policy: Policy = None,
    keep_until: Keep = None,
    form: Format = "table",
) -> None:
    """Change particulars."""
    with session.writing() as project:
        view = project.plan.edit(
            **given(
                title=title,
                client=client,
                language=language_,
                brief=read_text(brief) if brief is not None else None,
                authors=authors,
                period=period,
                staff_policy=staff_policy,
                recording_policy=recording_policy,
                retention_date=keep_until,
            )
        )
        show_one(_particulars(view, project.folder), form=form)


@command(
    app,
    "vocabulary",
    help=N_(
        "List or change the names of brands and products that recordings are listened to with."
    ),
    example='workbench project vocabulary --add "North Bank, MoveFlow"\nworkbench project vocabulary --file names.txt',
)
@implements("project.vocabulary")
def vocabulary(
    add: Annotated[
        str | None,
        typer.Option("--add", metavar=N_("NAMES"), help=N_("Names to add, commas between them.")),
    ] = None,
    remove: Annotated[
        str | None,
        typer.Option("--remove", metavar=N_("NAMES"), help=N_("Names to take off the list.")),
    ] = None,
    instead: Annotated[
        str | None,
        typer.Option(
            "--set", metavar=N_("NAMES"), help=N_("The whole list; - reads it from stdin.")
        ),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar=N_("FILE"), help=N_("A text with one name a line to add.")),
    ] = None,
    form: Format = "table",
) -> None:
    """Show the list, or change it first."""
    from workbench.interchange.files import read_text as read_file
    from workbench.text.vocabulary import fit, names

    if all(option is None for option in (add, remove, instead, file)):
        with session.reading() as project:
            listed = project.plan.vocabulary()
    else:
        with session.writing() as project:
            listed = names(read_text(instead)) if instead is not None else project.plan.vocabulary()
            gone = {name.casefold() for name in names(remove or "")}
            listed = [name for name in listed if name.casefold() not in gone]
            if file is not None:
                listed += names(read_file(file)[0])
            listed = project.plan.set_vocabulary([*listed, *names(add or "")])
    found = fit(listed)
    show([{"name": name, "used": name in found.heard} for name in listed], form=form)
    if found.left_out:
        n = len(found.left_out)
        said = ngettext(
            "The list is too long by {n} name: the recogniser hears it up to “{last}”.",
            "The list is too long by {n} names: the recogniser hears it up to “{last}”.",
            n,
        )
        say(said.format(n=n, last=found.heard[-1] if found.heard else ""))


@command(
    app,
    "merge",
    help=N_("Bring in what a colleague coded in a copy of the project; the copy is not changed."),
    example="workbench project merge ~/from-boris/bank --dry-run\nworkbench project merge ~/from-boris/bank",
)
@implements("project.merge")
def merge(
    path: Annotated[
        Path,
        typer.Argument(
            metavar=N_("COPY"), help=N_("Folder of the copy, or a backup file from it.")
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Only list what would be done."))
    ] = False,
    form: Format = "table",
    output: Output = None,
) -> None:
    """Merge a copy; undo takes it back."""
    from workbench.services.merging import merge_sentence

    with session.writing() as project:
        report = project.merging.preview(path) if dry_run else project.merging.merge(path)
    say(merge_sentence(report, done=not dry_run))
    rows = [
        {
            "outcome": item.outcome,
            "what": _(item.what),
            "name": item.name,
            "note": _(item.note) if item.note else "",
        }
        for item in report.items
    ]
    show(rows, form=form, output=output)


@command(
    app,
    "backup",
    help=N_("Write a verified backup into the project's folder."),
    example="workbench project backup --project bank",
)
@implements("project.backup")
def backup(form: Format = "table") -> None:
    """Back up."""
    with session.writing() as project:
        show_one({"file": project.back_up()}, form=form)


@command(
    app,
    "backups",
    help=N_("List a project's backups, newest first."),
    example="workbench project backups",
)
def backups(form: Format = "table", output: Output = None) -> None:
    """List backups."""
    place = session.workspace()
    rows = [
        {
            "file": path,
            "changed_at": datetime.fromtimestamp(path.stat().st_mtime, UTC),
            "size_mb": round(path.stat().st_size / 1e6, 1),
        }
        for path in place.backups(session.project_name(place))
    ]
    show(rows, form=form, output=output)


@command(
    app,
    "restore",
    help=N_("Put a backup, the newest by default, in the place of the project's database."),
    example="workbench project restore --project bank --yes",
)
@implements("project.restore")
def restore(
    backup_file: Annotated[
        Path | None,
        typer.Argument(metavar=N_("BACKUP"), help=N_("A file from the list of backups.")),
    ] = None,
    yes: Yes = False,
    form: Format = "table",
) -> None:
    """Restore a backup."""
    place = session.workspace()
    name = session.project_name(place)
    place.find(name)
    confirm(_("Replace the database of “{project}” by a backup?").format(project=name), yes=yes)
    kept = place.restore(name, backup_file)
    say(_("The project is as it was in the backup; the database before is kept."))
    show_one({"file": kept}, form=form)


@command(
    app,
    "delete",
    help=N_("Destroy a project with its recordings, reports and backups."),
    example="workbench project delete bank --yes",
)
@implements("project.delete")
def delete(name: Name = None, yes: Yes = False) -> None:
    """Destroy a project."""
    place = session.workspace()
    chosen = name or session.project_name(place)
    folder = place.find(chosen)
    confirm(_("Destroy {folder} with everything in it?").format(folder=folder), yes=yes)
    place.delete(chosen)
    say(_("{folder} is destroyed.").format(folder=folder))


def _particulars(view: ProjectView, folder: Path) -> dict[str, object]:
    row: Row = {
        "project": folder.name,
        "title": view.title,
        "client": view.client,
        "language": view.language,
        "authors": view.authors,
        "period": view.period,
        "purpose": view.purpose,
        "staff_policy": view.staff_policy,
        "recording_policy": view.recording_policy,
        "retention_date": view.retention_date,
        "brief": view.brief.strip(),
        "folder": folder,
    }
    return dict(row)
