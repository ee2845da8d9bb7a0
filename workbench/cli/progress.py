"""``workbench progress``: how far coding is, and where to go on."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli import session
from workbench.cli.narration import clock, say
from workbench.cli.options import command
from workbench.cli.output import Format, Output, show, show_one
from workbench.cli.tree import single
from workbench.errors import WorkbenchError
from workbench.i18n import N_, _
from workbench.models.progress_views import CodingProgress, SourceProgress

app = single()


@command(
    app,
    "progress",
    help=N_("How much of each source is coded, what is left, how long that takes at your pace."),
    example="workbench progress --mine\nworkbench progress --next",
)
def progress(
    mine: Annotated[
        bool, typer.Option("--mine", help=N_("Count only your own codings, not everybody's."))
    ] = False,
    following: Annotated[
        bool, typer.Option("--next", help=N_("Only the next source with words left."))
    ] = False,
    form: Format = "table",
    output: Output = None,
) -> None:
    """Show progress."""
    with session.reading() as project:
        if not mine:
            session.say_blind(project)
        found = project.progress.sources(coder=project.coder if mine else None)
    if following:
        source = found.next_source()
        if source is None:
            raise WorkbenchError("all-coded", N_("Everything is coded."))
        show_one(_row(source), form=form, output=output)
        return
    _say_pace(found)
    show([_row(source) for source in found.sources], form=form, output=output)


def _say_pace(found: CodingProgress) -> None:
    if found.pace is None or found.seconds_left is None:
        say(_("Your pace is not known yet: it is told from your codings of the last days."))
        return
    said = _("Your pace: about {n} words a minute. About {words} words left, {time}.")
    time = clock(found.seconds_left)
    say(said.format(n=round(found.pace), words=found.words_left, time=time))


def _row(source: SourceProgress) -> dict[str, object]:
    left = source.seconds_left
    return {
        "number": source.number,
        "source": source.title,
        "person": source.person,
        "share": round(source.coded_share, 3),
        "quotes": source.quotes,
        "words": source.words,
        "words_left": source.words_left,
        "seconds_left": None if left is None else round(left),
        "next": source.next_start,
    }
