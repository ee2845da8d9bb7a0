"""Respondents under pseudonyms and the researchers who code; a real identity never enters the project."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from workbench.models.base import ProjectRow, Row


class Person(ProjectRow, table=True):
    """A respondent, known by a pseudonym."""

    __table_args__ = (UniqueConstraint("project_id", "pseudonym"),)

    pseudonym: str


class PersonAttribute(Row, table=True):
    """A fact about a person that answers are compared by: segment, age band, city."""

    __tablename__ = "person_attribute"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    person_id: str = Field(foreign_key="person.id", index=True, max_length=32)
    name: str
    value: str
    kind: str = "text"
    ordinal: int = 0


class Coder(ProjectRow, table=True):
    """A researcher who codes; every coding carries its coder."""

    __table_args__ = (UniqueConstraint("project_id", "name"),)

    name: str
