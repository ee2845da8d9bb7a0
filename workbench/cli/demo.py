"""``workbench demo``: a sample project end to end, each step timed and told."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli import session
from workbench.cli.arguments import workspace_of
from workbench.cli.narration import say
from workbench.cli.options import command
from workbench.cli.output import Format, show_one, write
from workbench.cli.plain import harmless
from workbench.cli.transcribe import transcribe_one
from workbench.cli.tree import single
from workbench.cli.troubles import say_trouble
from workbench.errors import TranscriptionError, WorkbenchError
from workbench.i18n import N_, _, decimal_text, language, ngettext

if TYPE_CHECKING:
    from workbench.services.project import Project

app = single()

_HOPELESS = frozenset({"weights-missing", "weights-wrong-hash", "engine-missing", "model-unknown"})
"""Troubles that the next recording would meet as well."""
_MODEL = "base"


@dataclass
class Run:
    """What the demonstration has done so far."""

    steps: dict[str, float] = field(default_factory=dict)
    """Seconds by step."""
    transcribed: list[dict[str, Any]] = field(default_factory=list)
    trouble: WorkbenchError | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str, sentence: str) -> Iterator[None]:
        """Tell what begins and note how long it took."""
        say(sentence)
        begun = time.monotonic()
        try:
            yield
        finally:
            self.steps[name] = round(time.monotonic() - begun, 1)


@command(
    app,
    "demo",
    help=N_("Make a sample project, transcribe, code, score and report it, then open it."),
    example="workbench demo\nworkbench demo ~/Workbench --lang ru --no-tui",
)
def demo(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar=N_("FOLDER"), help=N_("Workspace; a fresh temporary folder without it.")
        ),
    ] = None,
    no_tui: Annotated[
        bool, typer.Option("--no-tui", help=N_("Do not open the interface afterwards."))
    ] = False,
    form: Format = "table",
) -> None:
    """Run the demonstration; what is done already is not done again."""
    from workbench.services.sample import create_sample, sample_for

    chosen = folder or workspace_of(session.shared())
    place = session.workspace(chosen or Path(tempfile.mkdtemp(prefix="workbench-demo-")))
    run = Run()
    with run.step("create", _("Making the sample project in {folder}").format(folder=place.folder)):
        project = create_sample(place, sample_for(language()))
    with project:
        _work(project, run)
        slug = project.slug
    if form == "table":
        write(_summary(run))
    else:
        show_one(run.facts, form=form)
    if run.trouble is not None:
        raise typer.Exit(run.trouble.exit_code)
    if not no_tui and sys.stdin.isatty() and sys.stdout.isatty():
        session.ask_for_interface(place.folder, slug)


def _work(project: Project, run: Run) -> None:
    """Transcribe, code, score and report."""
    waiting = project.transcription.waiting()
    if waiting:
        count = ngettext(
            "Transcribing {count} recording with Whisper {model}",
            "Transcribing {count} recordings with Whisper {model}",
            len(waiting),
        )
        with run.step("transcribe", count.format(count=len(waiting), model=_MODEL)):
            _transcribe(project, waiting, run)
    with run.step("code", _("Applying the prepared codings")):
        coded = _code(project)
    with run.step("score", _("Scoring the visits")):
        league = project.shopping.league()
    fresh = bool(run.transcribed or coded.applied)
    with run.step("report", _("Building the Word report")):
        built = project.reports.built()
        report = project.reports.build().path if fresh or not built else built[0]
    run.facts |= _facts(project, report)
    run.facts |= {
        "transcribed": len(run.transcribed),
        "transcribed_by": _engine(project),
        "codings": coded.applied + coded.present,
        "codings_not_found": len(coded.missing),
        "codings_waiting": coded.waiting,
        "best_location": league[0].location if league else "",
        "best_percent": league[0].percent if league else None,
        "seconds": dict(run.steps),
        "seconds_total": round(sum(run.steps.values()), 1),
        "peak_memory_mb": _peak_memory(),
    }


def _transcribe(project: Project, waiting: list[str], run: Run) -> None:
    """Transcribe one recording after another; a trouble is said, and the rest of the demonstration goes on."""
    from workbench.services.transcription import Order

    for source in waiting:
        try:
            run.transcribed.append(transcribe_one(project, source, Order(model=_MODEL)))
        except TranscriptionError as error:
            run.trouble = error
            say_trouble(error)
            if error.code in _HOPELESS:
                return


def _code(project: Project) -> Any:
    """Apply the prepared codings and list the words that Whisper heard differently."""
    from workbench.services.sample import code_sample

    coded = code_sample(project)
    for coding in coded.missing:
        say(_("Not found in {source}: “{words}”").format(source=coding.source, words=coding.quote))
    return coded


def _facts(project: Project, report: Path) -> dict[str, Any]:
    """Count what the project holds."""
    overview = project.insight.overview()
    counts = {name: number for step in overview.steps for name, number in step.counts.items()}
    return {
        "project": project.slug,
        "title": overview.project.title,
        "folder": project.folder,
        "report": report,
        **counts,
    }


def _engine(project: Project) -> str:
    """Return which engines and models wrote the transcripts."""
    names = {
        project.sources.source(card.id).transcribed_by
        for card in project.sources.cards()
        if card.is_recording
    }
    return ", ".join(sorted(name for name in names if name))


def _peak_memory() -> dict[str, int]:
    """Return the peak memory of this process and of its largest child, in MB; nothing where unknown."""
    try:
        import resource
    except ImportError:  # Windows
        return {}
    unit = 1e6 if sys.platform == "darwin" else 1e3  # macOS counts bytes, Linux kilobytes
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {"program": round(own / unit), "recogniser": round(child / unit)}


def _summary(run: Run) -> str:
    """Return what was made, where, and how long each step took, for a person."""
    facts = run.facts
    names = {
        "create": _("project made"),
        "transcribe": _("recordings transcribed"),
        "code": _("quotes coded"),
        "score": _("visits scored"),
        "report": _("report built"),
    }
    lines = [
        str(facts["title"]),
        _("Project: {folder}").format(folder=facts["folder"]),
        _("Report: {file}").format(file=facts["report"]),
        "",
        _(
            "Sources: {sources} · quotes: {quotes} · barriers: {barriers} · visits: {visits} · recommendations: {recommendations}"
        ).format(**facts),
        _("Codings in place: {codings} · not found in the transcripts: {codings_not_found}").format(
            **facts
        ),
    ]
    if facts["sources_waiting"]:
        lines.append(_("Recordings without a transcript: {sources_waiting}").format(**facts))
    if facts["transcribed_by"]:
        lines.append(_("Transcribed by: {transcribed_by}").format(**facts))
    if facts["best_location"]:
        lines.append(
            _("Best location: {best_location}, {best_percent} %").format(
                best_location=facts["best_location"],
                best_percent=decimal_text(facts["best_percent"]),
            )
        )
    lines.append("")
    lines += [f"{_seconds(seconds)}  {names[step]}" for step, seconds in run.steps.items()]
    lines.append(f"{_seconds(facts['seconds_total'])}  {_('in all')}")
    if memory := facts["peak_memory_mb"]:
        lines += [
            "",
            _("Peak memory: {program} MB here, {recogniser} MB in the recogniser").format(**memory),
        ]
    lines += [
        "",
        _("Open it again with: workbench --workspace {workspace}").format(
            workspace=Path(facts["folder"]).parent
        ),
    ]
    return harmless("\n".join(lines)) + "\n"


def _seconds(seconds: float) -> str:
    """Return a time of one width, to stand below another."""
    return _("{n} s").format(n=decimal_text(f"{seconds:7.1f}"))
