"""Respondents under pseudonyms; who they really are never enters the project."""

from __future__ import annotations

from typing import Any

from workbench.errors import InputError
from workbench.i18n import N_, _
from workbench.tui.commands import Command
from workbench.tui.record_list import RecordListScreen
from workbench.tui.widgets.fields import Field
from workbench.tui.widgets.row_table import Column, Row


class PeopleScreen(RecordListScreen):
    """One line a person with attributes."""

    NAME = "people"
    HELP = N_(
        "Respondents under pseudonyms such as R07, with what matters about them: age band, city, "
        "segment. Keep real names outside the project."
    )
    COMMANDS = (
        Command("people.add", "a", N_("Add"), N_("Add a respondent."), verb="person.add"),
        Command(
            "people.edit",
            "e",
            N_("Edit"),
            N_("Rename the person or change attributes."),
            verb="person.edit",
        ),
    )
    COLUMNS = (Column(N_("Person"), width=14), Column(N_("Attributes")))
    EMPTY = N_("Here the respondents will stand. Press a to add one under a pseudonym.")

    def rows(self) -> list[Row]:
        """Return the people."""
        return [
            Row(
                person.pseudonym,
                (person.pseudonym, ", ".join(f"{k}: {v}" for k, v in person.attributes.items())),
            )
            for person in self.project.plan.people()
        ]

    def open_current(self) -> None:
        """Edit the person."""
        if self.available("people.edit"):
            self.action_edit()

    def action_add(self) -> None:
        """Ask for a person."""
        from workbench.models.drafts import PersonDraft

        def save(values: dict[str, Any]) -> None:
            attributes = read_attributes(values["attributes"])
            draft = PersonDraft.model_validate({**values, "attributes": attributes})
            self.project.plan.add_person(draft)

        self.ask(_("New person"), _fields("", {}), save)

    def action_edit(self) -> None:
        """Change the person under the cursor."""
        from workbench.models.drafts import PersonDraft

        people = {person.pseudonym: person for person in self.project.plan.people()}
        person = people.get(str(self.current))
        if person is None:
            return

        def save(values: dict[str, Any]) -> None:
            attributes = read_attributes(values["attributes"])
            gone = {name: "" for name in person.attributes if name not in attributes}
            draft = PersonDraft.model_validate({**values, "attributes": attributes | gone})
            self.project.plan.edit_person(person.pseudonym, draft)

        self.ask(_("Person"), _fields(person.pseudonym, dict(person.attributes)), save)


def _fields(pseudonym: str, attributes: dict[str, str]) -> list[Field]:
    return [
        Field(
            "pseudonym", N_("Pseudonym"), value=pseudonym, required=True, help=N_("Such as R07.")
        ),
        Field(
            "attributes",
            N_("Attributes"),
            "multiline",
            "\n".join(f"{name}: {value}" for name, value in attributes.items()),
            help=N_("One a line, such as “city: Kazan”."),
        ),
    ]


def read_attributes(text: str) -> dict[str, str]:
    """Read attributes written one a line as ``name: value``.

    Raises:
        InputError: a line has no colon or no name.
    """
    found = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        name, colon, value = line.partition(":")
        if not colon or not name.strip():
            raise InputError(
                "attribute-without-value",
                N_("“{line}” is not an attribute: write a name, a colon and a value."),
                field="attributes",
                line=line,
            )
        found[name.strip()] = value.strip()
    return found
