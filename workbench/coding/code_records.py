"""Codebooks on their way in or out of a project, and what bringing one in would do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from workbench.coding.codebook import SEPARATOR
from workbench.text.fold import fold

TEXT_FIELDS: Final = ("definition", "when_to_use", "when_not", "example")
FIELDS: Final = ("kind", "colour", *TEXT_FIELDS)
"""What a code is besides its name and its place."""


@dataclass(frozen=True, slots=True)
class CodeRecord:
    """A code as a file or another project has it; what is empty or None was not said."""

    path: tuple[str, ...]
    """Names from the root down; the last one is the code's own."""
    kind: str = ""
    colour: int | None = None
    """A number of the palette."""
    definition: str = ""
    when_to_use: str = ""
    when_not: str = ""
    example: str = ""
    id: str = ""
    """The identifier it has where it comes from, as 32 hex digits."""

    @property
    def name(self) -> str:
        """The code's own name."""
        return self.path[-1]

    @property
    def shown_path(self) -> str:
        """The path as a person reads it."""
        return SEPARATOR.join(self.path)

    @property
    def key(self) -> tuple[str, ...]:
        """The path whatever its case: two records with the same key are the same code."""
        return tuple(fold(name) for name in self.path)


def joined(records: Iterable[CodeRecord]) -> tuple[tuple[CodeRecord, ...], tuple[str, ...]]:
    """Return records with each code once, every parent before those below it, and the paths that came twice.

    A parent that has no record of its own gets an empty one. Of a code that comes twice, the second record fills in
    what the first left empty.
    """
    found: dict[tuple[str, ...], CodeRecord] = {}
    given: set[tuple[str, ...]] = set()
    twice: list[str] = []
    for record in records:
        path = record.path
        for depth in range(1, len(path)):
            above = CodeRecord(path[:depth])
            found.setdefault(above.key, above)
        if record.key in given:
            twice.append(record.shown_path)
        known = found.get(record.key)
        found[record.key] = record if known is None else _filled(known, record)
        given.add(record.key)
    return tuple(_in_tree_order(found)), tuple(twice)


def _filled(known: CodeRecord, other: CodeRecord) -> CodeRecord:
    """Return a record with what another one says where it says nothing."""
    empty = {name: getattr(other, name) for name in FIELDS if getattr(known, name) in ("", None)}
    return replace(known, **empty, id=known.id or other.id)


def _in_tree_order(found: Mapping[tuple[str, ...], CodeRecord]) -> Iterable[CodeRecord]:
    below: dict[tuple[str, ...], list[CodeRecord]] = {}
    for key, record in found.items():
        below.setdefault(key[:-1], []).append(record)
    waiting = list(reversed(below.get((), [])))
    while waiting:
        record = waiting.pop()
        yield record
        waiting.extend(reversed(below.get(record.key, [])))


class Fate(StrEnum):
    """What bringing in a code does."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FROZEN = "frozen"
    """It would be changed, but is frozen and stays as it is."""


@dataclass(frozen=True, slots=True)
class Known:
    """A code the project has."""

    id: str
    record: CodeRecord
    frozen: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """A code that comes in, what becomes of it, and the fields that are given other values."""

    record: CodeRecord
    fate: Fate
    id: str | None = None
    """The code it meets."""
    changes: Mapping[str, object] = field(default_factory=dict)


def plan_merge(known: Iterable[Known], records: Sequence[CodeRecord]) -> tuple[Incoming, ...]:
    """Return what each record would do: a code with its path is the same code; what a record leaves empty stays.

    Args:
        known: the codes of the project.
        records: every parent before those below it.
    """
    present = {code.record.key: code for code in known}
    plan = []
    for record in records:
        code = present.get(record.key)
        if code is None:
            plan.append(Incoming(record, Fate.NEW))
            continue
        changes = {
            name: getattr(record, name)
            for name in FIELDS
            if getattr(record, name) not in ("", None)
            and getattr(record, name) != getattr(code.record, name)
        }
        fate = Fate.SAME if not changes else Fate.FROZEN if code.frozen else Fate.CHANGED
        plan.append(Incoming(record, fate, code.id, changes))
    return tuple(plan)
