"""``workbench source``: everything that can be coded."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.narration import clock, confirm, say
from workbench.cli.options import (
    Day,
    PersonName,
    SourceName,
    Wave,
    Yes,
    command,
    given,
    values,
)
from workbench.cli.output import Format, Output, show, show_one, write
from workbench.cli.plain import harmless
from workbench.cli.tree import noun
from workbench.errors import InputError
from workbench.i18n import N_, _, ngettext
from workbench.models.drafts import SourceDraft, SpeakerDraft
from workbench.models.kinds import SourceKind, SpeakerRole
from workbench.models.views import SourceCard, SourceView

app = noun(N_("Sources: add files, list, read, correct, remove."))

_NOTES_SAID = 5
"""A table may have a thousand rows without a text; all notes are kept with the source."""

Title = Annotated[str | None, typer.Option(help=N_("Title; the file's name by default."))]
KindOption = Annotated[
    str | None, typer.Option("--kind", metavar=values(SourceKind), help=N_("What the source is."))
]
Language = Annotated[
    str | None, typer.Option(metavar="en|ru", help=N_("Language that is spoken or written in it."))
]
Stage = Annotated[
    str | None, typer.Option(metavar=N_("STAGE"), help=N_("Stage of the journey, by key or name."))
]


@command(
    app,
    "add",
    help=N_("Add recordings, transcripts, documents or tables of reviews."),
    example="workbench source add talk.ogg notes.docx --kind interview --person P3 --speaker Anna=interviewer",
)
@implements("source.add")
def add(
    files: Annotated[
        list[Path],
        typer.Argument(metavar=N_("FILE"), help=N_("Recordings or texts, in any known format.")),
    ],
    title: Title = None,
    kind: KindOption = None,
    language: Language = None,
    date: Day = None,
    person: PersonName = None,
    wave: Wave = None,
    stage: Stage = None,
    speaker: Annotated[
        list[str] | None,
        typer.Option(
            metavar=N_("NAME=ROLE"),
            help=N_("A voice in the order they are heard: interviewer, respondent or other."),
        ),
    ] = None,
    form: Format = "table",
) -> None:
    """Add files one by one; a file that cannot be added does not undo those before it."""
    draft = SourceDraft.read(
        given(
            title=title,
            kind=kind,
            language=language,
            collected_on=date,
            person=person,
            wave=wave,
            stage=stage,
            speakers=[_speaker(item, person) for item in speaker] if speaker else None,
        )
    )
    cards: list[SourceCard] = []
    with session.writing() as project:
        try:
            for path in files:
                added = project.sources.add(path, draft)
                cards += added
                _say_notes(project.sources.source(added[0].id).import_notes)
        finally:
            if cards:
                count = len(cards)
                said = ngettext("{count} source is added.", "{count} sources are added.", count)
                say(said.format(count=count))
                show([_row(card) for card in cards], form=form)


@command(
    app,
    "list",
    help=N_("List the sources of the project."),
    example="workbench source list --format csv -o sources.csv",
)
def list_(form: Format = "table", output: Output = None) -> None:
    """List sources."""
    with session.reading() as project:
        session.say_blind(project)
        rows = [_row(card) for card in project.sources.cards()]
    show(rows, form=form, output=output)


@command(
    app,
    "show",
    help=N_("Print a source: its text by turns with speakers and times, or its turns as data."),
    example="workbench source show 3 --format json",
)
def show_(source: SourceName, form: Format = "table", output: Output = None) -> None:
    """Print a source."""
    with session.reading() as project:
        view = project.sources.source(source)
    if form in ("table", "md"):
        write(_text(view), output)
        return
    turns = [
        {
            "number": turn.ordinal,
            "start_ms": turn.start_ms,
            "speaker": turn.speaker.label if turn.speaker else "",
            "role": turn.speaker.role if turn.speaker else "",
            "start": turn.start,
            "end": turn.end,
            "suspected": turn.suspected,
            "text": view.text[turn.start : turn.end],
        }
        for turn in view.turns
    ]
    if form == "json":
        about = _row(view.card) | {
            "transcribed_by": view.transcribed_by,
            "attributes": dict(view.attributes),
            "file": view.original_name,
            "note": view.import_notes,
        }
        show_one(about | {"turns": turns, "text": view.text}, form=form, output=output)
    else:
        show(turns, form=form, output=output)


@command(
    app,
    "edit",
    help=N_("Correct what is known about a source."),
    example='workbench source edit 3 --title "Interview with P3" --date 2026-03-14 --wave 1',
)
@implements("source.edit")
def edit(
    source: SourceName,
    title: Title = None,
    kind: KindOption = None,
    language: Language = None,
    date: Day = None,
    person: PersonName = None,
    wave: Wave = None,
    stage: Stage = None,
    form: Format = "table",
) -> None:
    """Correct a source."""
    changes = given(
        title=title,
        kind=kind,
        language=language,
        collected_on=date,
        person=person,
        wave=wave,
        stage=stage,
    )
    with session.writing() as project:
        show_one(_row(project.sources.edit(source, **changes)), form=form)


@command(
    app,
    "speaker",
    help=N_("Name a voice of a source; every turn shows the new name."),
    example="workbench source speaker 3 S2 --name Anna --role respondent --person P3",
)
@implements("source.speaker")
def speaker(
    source: SourceName,
    label: Annotated[
        str, typer.Argument(metavar=N_("SPEAKER"), help=N_("The voice as it is called now."))
    ],
    name: Annotated[str | None, typer.Option(help=N_("Its new name."))] = None,
    role: Annotated[
        str | None, typer.Option(metavar=values(SpeakerRole), help=N_("Who it is."))
    ] = None,
    person: PersonName = None,
    form: Format = "table",
) -> None:
    """Name a voice; what is not given stays."""
    with session.writing() as project:
        known = {view.label: view for view in project.sources.source(source).speakers}
        before = known.get(label)
        draft = SpeakerDraft.read(
            given(
                label=name or label,
                role=role or (before.role if before else None),
                person=person or (before.person if before else None),
            )
        )
        views = project.sources.name_speaker(source, label, draft)
    rows = [{"speaker": view.label, "role": view.role, "person": view.person} for view in views]
    show(rows, form=form)


@command(
    app,
    "recount",
    help=N_("Tell the voices of a transcribed recording apart anew; its words stay as they are."),
    example="workbench source recount 3 --speakers 3",
)
@implements("source.recount")
def recount(
    source: SourceName,
    speakers: Annotated[
        int,
        typer.Option(
            metavar=N_("NUMBER"), help=N_("How many voices there are; 0 when nobody knows.")
        ),
    ],
    form: Format = "table",
) -> None:
    """Count voices anew, and show how much each says."""
    with session.writing() as project:
        project.speakers.recount(source, speakers)
        heard = project.speakers.heard(source)
    rows = [
        {
            "speaker": voice.speaker.label,
            "role": voice.speaker.role,
            "person": voice.speaker.person,
            "share": round(voice.share, 3),
            "first_words": voice.first_words,
        }
        for voice in heard
    ]
    show(rows, form=form)


@command(
    app,
    "remove",
    help=N_("Remove a source with its quotes; the recording's file stays."),
    example="workbench source remove 3 --yes",
)
@implements("source.remove")
def remove(source: SourceName, yes: Yes = False) -> None:
    """Remove a source."""
    with session.writing() as project:
        card = project.sources.source(source).card
        question = ngettext(
            "Remove “{title}” with {count} quote?",
            "Remove “{title}” with {count} quotes?",
            card.quotes,
        )
        if project.blind:  # how many quotes others have in it is not told, but theirs go, too
            question = _("Remove “{title}” with whatever is coded in it?")
        confirm(question.format(title=card.title, count=card.quotes), yes=yes)
        project.sources.remove(card.id)
    say(_("“{title}” is removed.").format(title=card.title))


def _say_notes(notes: str) -> None:
    """Say what a person should look at after an import: letters that were guessed, rows that were left out."""
    lines = notes.splitlines()
    for line in lines[:_NOTES_SAID]:
        say(line)
    more = len(lines) - _NOTES_SAID
    if more > 0:
        said = ngettext("and {count} more note.", "and {count} more notes.", more)
        say(said.format(count=more))


def _speaker(item: str, person: str | None) -> dict[str, object]:
    """Read ``NAME=ROLE``; the person of the source is its respondent."""
    label, equals, role = item.partition("=")
    if not label.strip():
        raise InputError(
            "speaker-invalid",
            N_("“{item}” does not name a speaker."),
            N_("Write it as in: Anna=respondent."),
            item=item,
        )
    chosen = role.strip() if equals else SpeakerRole.OTHER
    return given(
        label=label,
        role=chosen,
        person=person if chosen == SpeakerRole.RESPONDENT else None,
    )


def _row(card: SourceCard) -> dict[str, object]:
    return {
        "number": card.ordinal,
        "title": card.title,
        "kind": card.kind,
        "state": card.state,
        "language": card.language,
        "collected_on": card.collected_on,
        "person": card.person,
        "wave": card.wave,
        "duration_ms": card.duration_ms or None,
        "words": card.words,
        "quotes": card.quotes,
        "coded": round(card.coded_share, 3),
        "id": card.id,
    }


def _text(view: SourceView) -> str:
    """Return a source as a person reads it."""
    lines = [view.card.title, ""]
    if not view.turns:
        lines.append(view.text)
    for turn in view.turns:
        time = f"[{clock(turn.start_ms / 1000)}] " if turn.start_ms is not None else ""
        voice = f"{turn.speaker.label}: " if turn.speaker else ""
        mark = " " + _("[perhaps invented by the recogniser]") if turn.suspected else ""
        lines.append(f"{time}{voice}{view.text[turn.start : turn.end]}{mark}")
    return harmless("\n".join(lines)) + "\n"
