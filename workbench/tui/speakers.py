"""Saying who the voices of a source are, and counting them anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.i18n import N_, _
from workbench.tui.dialogs.pick import Choice, NewName, PickDialog
from workbench.tui.labels import SPEAKER_ROLES, choices, label
from workbench.tui.widgets.fields import Field

if TYPE_CHECKING:
    from workbench.models.views import SpeakerView
    from workbench.services.speakers import HeardView
    from workbench.tui.project_screen import OpenProjectScreen

_RECOUNT = "recount"
_SPEAKERS = 8


def choose_speaker(screen: OpenProjectScreen[Any], source: str) -> None:
    """Offer the voices of a source; the chosen one is named in a form.

    Beside each voice stands how much of the recording it says and how it begins, so that a person
    knows who it is. The voices of a recording can be counted anew from here.

    Args:
        screen: where this is asked; it is filled anew afterwards.
        source: identifier of the source.
    """
    heard = {voice.speaker.id: voice for voice in screen.project.speakers.heard(source)}
    countable = screen.project.speakers.countable(source)
    if not heard and not countable:
        screen.workbench.tell(_("The text names no speakers."))
        return

    def chosen(voice: str | NewName | None) -> None:
        if voice == _RECOUNT:
            ask_recount(screen, source)
        elif isinstance(voice, str):
            _name(screen, source, heard[voice].speaker)

    offered = [_choice(voice) for voice in heard.values()]
    if countable:
        again = _("Count voices anew")
        offered.append(Choice(value=_RECOUNT, label=f"{again} …", search=again))
    screen.app.push_screen(PickDialog[str](offered, title=_("Whose voice?")), chosen)


def ask_recount(screen: OpenProjectScreen[Any], source: str) -> None:
    """Ask how many voices there are, and tell them apart anew."""
    count = len(screen.project.speakers.heard(source))
    numbers = tuple((n, str(n)) for n in range(1, _SPEAKERS + 1))
    field = Field(
        "speakers",
        N_("Speakers"),
        "choice",
        min(max(count, 1), _SPEAKERS),
        choices=((0, N_("nobody knows")), *numbers),
        help=N_("How many voices are heard in the recording."),
    )
    intro = _("The words stay as they are; only who says them changes. Undo brings it back.")

    def save(values: dict[str, Any]) -> None:
        screen.project.speakers.recount(source, values["speakers"])

    screen.ask(_("Count voices anew"), [field], save, intro=intro, save_label=N_("Count"))


def _choice(voice: HeardView) -> Choice[str]:
    """Show a voice: name, role, first words, and its share of the recording."""
    note = label(SPEAKER_ROLES, voice.speaker.role)
    if voice.first_words:
        said = _("{role}: “{words}”")
        note = said.format(role=note, words=voice.first_words)
    return Choice(
        value=voice.speaker.id,
        label=voice.speaker.label,
        note=note,
        key=_("{percent} %").format(percent=round(100 * voice.share)),
    )


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
