"""Asking how a recording is to be transcribed, and for the project's list of names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.i18n import N_, _, ngettext
from workbench.tui.labels import language_choices
from workbench.tui.widgets.fields import Field

if TYPE_CHECKING:
    from workbench.models.views import SourceCard
    from workbench.tui.project_screen import OpenProjectScreen

_SPEAKERS = 8


def ask_order(screen: OpenProjectScreen[Any], card: SourceCard) -> None:
    """Ask for model, language, speakers and names, then put the recording into the queue."""
    from workbench.services.orders import Order

    settings, project = screen.workbench.settings, screen.project
    usual = 0 if card.kind == "focus_group" else 2
    numbers = tuple((n, str(n)) for n in range(1, _SPEAKERS + 1))
    fields = [
        Field("model", N_("Model"), value=settings.model, required=True),
        Field(
            "language",
            N_("Language"),
            "choice",
            card.language or project.plan.project().language,
            choices=language_choices(),
            help=N_("The language that is spoken."),
        ),
        Field(
            "speakers",
            N_("Speakers"),
            "choice",
            card.job.speakers if card.job else usual,
            choices=((0, N_("nobody knows")), *numbers),
            help=N_("How many voices are heard in the recording."),
        ),
        Field(
            "vocabulary",
            N_("Names"),
            "multiline",
            help=N_("Names heard in this recording only, one a line, besides the project's list."),
        ),
    ]

    def save(values: dict[str, Any]) -> None:
        project.queue.add(card.id, Order(engine=settings.engine, **values))
        screen.workbench.jobs.wake(project)

    screen.ask(_("Transcribe"), fields, save, save_label=N_("Transcribe"))


def ask_vocabulary(screen: OpenProjectScreen[Any]) -> None:
    """Ask for the names of brands and products, and warn when they are too many."""
    project = screen.project
    field = Field(
        "names",
        N_("Names"),
        "multiline",
        "\n".join(project.plan.vocabulary()),
        help=N_("One a line, the most important first."),
    )

    def save(values: dict[str, Any]) -> None:
        listed = project.plan.set_vocabulary([values["names"]])
        warning = too_many(listed)
        if warning:
            screen.workbench.tell(warning, severe=True)

    intro = _("Brands, products and places that are spoken of: the recogniser listens for them.")
    screen.ask(_("Vocabulary"), [field], save, intro=intro)


def too_many(listed: list[str]) -> str:
    """Say which names are left out because a recogniser takes only so many; empty when all fit."""
    from workbench.text.vocabulary import fit

    found = fit(listed)
    n = len(found.left_out)
    if not n:
        return ""
    said = ngettext(
        "The list is too long by {n} name: the recogniser hears it up to “{last}”.",
        "The list is too long by {n} names: the recogniser hears it up to “{last}”.",
        n,
    )
    return said.format(n=n, last=found.heard[-1] if found.heard else "")
