"""The fields of a project's particulars, for a new project and for changing one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.i18n import N_
from workbench.tui.labels import STAFF_POLICIES, choices, language_choices
from workbench.tui.widgets.fields import Field

if TYPE_CHECKING:
    from workbench.models.views import ProjectView


def project_fields(view: ProjectView | None, *, language: str) -> list[Field]:
    """Return what a project is asked for; a new one only what is needed to begin.

    Args:
        view: the project as it is, or None for a new one.
        language: the language a new project begins with.
    """
    title = Field("title", N_("Title"), value=view.title if view else "", required=True)
    client = Field(
        "client",
        N_("Client"),
        value=view.client if view else "",
        help=N_("The company the study is for; it stands on the report's title page."),
    )
    spoken = Field(
        "language",
        N_("Language"),
        "choice",
        view.language if view else language,
        choices=language_choices(),
        help=N_("The language people speak in the recordings."),
    )
    if view is None:
        return [title, client, spoken]
    return [
        title,
        client,
        spoken,
        Field("authors", N_("Authors"), value=view.authors),
        Field("period", N_("Period"), value=view.period, help=N_("Such as: March–May 2026.")),
        Field("brief", N_("Brief"), "multiline", view.brief),
        Field(
            "staff_policy",
            N_("Staff in visits"),
            "choice",
            view.staff_policy,
            choices=choices(STAFF_POLICIES),
            help=N_("How staff may be named in what shoppers write."),
        ),
        Field("recording_policy", N_("Recording rules"), "multiline", view.recording_policy),
        Field(
            "retention_date",
            N_("Keep until"),
            "date",
            view.retention_date,
            help=N_("The day by which recordings and transcripts must be destroyed."),
        ),
    ]
