"""The fields of what is known about a source, for adding one and for changing it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.i18n import N_, _
from workbench.tui.labels import SOURCE_KINDS, choices, language_choices
from workbench.tui.widgets.fields import Field

if TYPE_CHECKING:
    from workbench.models.views import SourceCard
    from workbench.services.project import Project
    from workbench.tui.project_screen import OpenProjectScreen


def source_fields(
    project: Project, card: SourceCard | None, *, title: str, file_tells: bool = False
) -> list[Field]:
    """Return what a source is asked for.

    Args:
        project: where its people and waves are.
        card: the source as it is, or None for a new one.
        title: what stands in the title's line.
        file_tells: whether the file may say what it is, as a table of reviews does.
    """
    people = [person.pseudonym for person in project.plan.people()]
    waves = project.plan.waves()
    newest = waves[-1].ordinal if waves else None
    return [
        Field("title", N_("Title"), value=title),
        Field(
            "kind",
            N_("Kind"),
            "choice",
            card.kind if card else None if file_tells else "interview",
            choices=(*([(None, N_("find out"))] if file_tells else []), *choices(SOURCE_KINDS)),
        ),
        Field(
            "language",
            N_("Language"),
            "choice",
            card.language if card else project.plan.project().language,
            choices=language_choices(none=N_("find out")),
            help=N_("The language that is spoken or written."),
        ),
        Field(
            "person",
            N_("Person"),
            "choice",
            card.person if card else None,
            choices=((None, N_("not one person")), *((name, name) for name in people)),
        ),
        Field(
            "wave",
            N_("Wave"),
            "choice",
            card.wave if card else newest,
            choices=((None, N_("the newest")), *((wave.ordinal, wave.title) for wave in waves)),
        ),
        Field("collected_on", N_("Date"), "date", card.collected_on if card else None),
    ]


def describe_and_add(
    screen: OpenProjectScreen[Any], path: Path, added: Callable[[list[SourceCard]], None]
) -> None:
    """Ask what is known about a file, then add it beside the interface.

    Args:
        screen: where this is asked.
        path: the file.
        added: gets the new sources.
    """
    from workbench.models.drafts import SourceDraft
    from workbench.services.sources import RECORDING_SUFFIXES
    from workbench.tui.dialogs.form import DraftForm

    project = screen.project

    def done(values: dict[str, Any] | None) -> None:
        if values is not None:
            told = {
                name: value for name, value in values.items() if (name, value) != ("kind", None)
            }
            draft = SourceDraft.model_validate(told)
            screen.run_in_thread(lambda: project.sources.add(path, draft), added)

    is_recording = path.suffix.lower() in RECORDING_SUFFIXES
    form = DraftForm(
        _("Add {file}").format(file=path.name),
        source_fields(
            project, None, title=path.stem if is_recording else "", file_tells=not is_recording
        ),
        intro="" if is_recording else _("What stays empty is taken from the file."),
        save_label=N_("Add"),
    )
    screen.app.push_screen(form, done)
