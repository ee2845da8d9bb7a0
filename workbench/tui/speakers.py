"""Saying who the voices of a source are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.i18n import N_, _
from workbench.tui.dialogs.pick import Choice, NewName, PickDialog
from workbench.tui.labels import SPEAKER_ROLES, choices, label
from workbench.tui.widgets.fields import Field

if TYPE_CHECKING:
    from workbench.models.views import SpeakerView
    from workbench.tui.project_screen import OpenProjectScreen


def choose_speaker(screen: OpenProjectScreen[Any], source: str) -> None:
    """Offer the voices of a source; the chosen one is named in a form.

    Args:
        screen: where this is asked; it is filled anew afterwards.
        source: identifier of the source.
    """
    voices = {voice.id: voice for voice in screen.project.sources.source(source).speakers}
    if not voices:
        screen.workbench.tell(_("The text names no speakers."))
        return

    def chosen(voice: str | NewName | None) -> None:
        if isinstance(voice, str):
            _name(screen, source, voices[voice])

    offered = [
        Choice(value=voice.id, label=voice.label, note=label(SPEAKER_ROLES, voice.role))
        for voice in voices.values()
    ]
    screen.app.push_screen(PickDialog[str](offered, title=_("Whose voice?")), chosen)


def _name(screen: OpenProjectScreen[Any], source: str, voice: SpeakerView) -> None:
    from workbench.models.drafts import SpeakerDraft

    people = [person.pseudonym for person in screen.project.plan.people()]

    def save(values: dict[str, Any]) -> None:
        draft = SpeakerDraft.model_validate(values)
        screen.project.sources.name_speaker(source, voice.id, draft)

    fields = [
        Field("label", N_("Name"), value=voice.label, required=True),
        Field("role", N_("Role"), "choice", voice.role, choices=choices(SPEAKER_ROLES)),
        Field(
            "person",
            N_("Person"),
            "choice",
            voice.person,
            choices=((None, N_("nobody in the list")), *((name, name) for name in people)),
        ),
    ]
    screen.ask(_("Speaker {name}").format(name=voice.label), fields, save)
