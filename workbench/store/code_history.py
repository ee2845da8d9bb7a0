"""The history of a code: what the journal says happened to it, and on which days it was put on quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, or_, select

from workbench.models.codebook_views import CodeChange, CodeEvent
from workbench.models.tables import Barrier, Code, Coder, Coding, JournalEntry
from workbench.store.query import columns

_DESCRIBED = ("definition", "when_to_use", "when_not", "example")
_AT_ONCE = timedelta(minutes=2)
"""How long after a code its journal entry may be written: both come from the same action."""


def code_history(session: Session, code: Code) -> list[CodeEvent]:
    """Return what happened to a code, the oldest first; what was undone did not happen."""
    names = dict(
        session.exec(select(Code.id, Code.name).where(Code.project_id == code.project_id)).all()
    )
    found: list[CodeEvent] = []
    barrier = session.exec(select(Barrier.id).where(Barrier.code_id == code.id)).first()
    for entry in _entries(session, code):
        found += _events(entry, code.id, barrier, names)
    if not any(event.change == CodeChange.MADE for event in found):
        # a sample's loading leaves no changes in the journal
        found.insert(0, CodeEvent(code.created_at, "", CodeChange.MADE, after=code.name))
    # the entry is written after what it tells of, and so after the coding that made the code
    found = [
        replace(event, at=code.created_at) if event.change == CodeChange.MADE else event
        for event in found
    ]
    return sorted([*found, *_used(session, code.id)], key=lambda event: event.at)


def _entries(session: Session, code: Code) -> Iterator[JournalEntry]:
    """Yield the entries that may be about a code; of the many codings only those that may have made it."""
    beside = col(JournalEntry.created_at).between(code.created_at, code.created_at + _AT_ONCE)
    statement = (
        select(JournalEntry)
        .where(
            JournalEntry.project_id == code.project_id,
            JournalEntry.state == "done",
            or_(
                col(JournalEntry.verb).startswith("code."),
                JournalEntry.verb == "barrier.describe",
                beside,
            ),
        )
        .order_by(col(JournalEntry.number))
    )
    yield from session.exec(statement)


def _events(
    entry: JournalEntry, code_id: str, barrier_id: str | None, names: Mapping[str, str]
) -> Iterator[CodeEvent]:
    """Yield what one action did to a code."""

    def event(change: CodeChange, before: object = "", after: object = "", n: int = 0) -> CodeEvent:
        at, actor = entry.created_at, entry.actor
        return CodeEvent(at, actor, change, str(before or ""), str(after or ""), n)

    came = went = 0
    for change in entry.changes:
        before, after = _sides(change)
        match change["table"]:
            case "code" if change["id"] == code_id:
                yield from _of_the_row(change, event, names)
            case "coding":
                came += after.get("code_id") == code_id and before.get("code_id") is not None
                went += before.get("code_id") == code_id and after.get("code_id") is not None
            case "barrier" if change["id"] == barrier_id and entry.verb == "barrier.describe":
                yield event(CodeChange.BARRIER)
    if entry.verb == "code.merge" and (came or entry.subject.endswith(f"→ {names[code_id]}")):
        yield event(CodeChange.MERGED, before=entry.subject.partition(" → ")[0], n=came)
    if entry.verb == "code.split" and went:
        yield event(CodeChange.SPLIT, after=entry.subject.partition(" → ")[2], n=went)


def _sides(change: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    return change.get("before") or {}, change.get("after") or {}


def _of_the_row(
    change: Mapping[str, Any], event: Any, names: Mapping[str, str]
) -> Iterator[CodeEvent]:
    """Yield what a change of the code's own row means."""
    before, after = _sides(change)
    if change.get("before") is None:
        yield event(CodeChange.MADE, after=after.get("name"))
        return
    if change.get("after") is None:
        return
    if "name" in after:
        yield event(CodeChange.RENAMED, before["name"], after["name"])
    if "kind" in after:
        yield event(CodeChange.KIND, before["kind"], after["kind"])
    if "parent_id" in after:
        old, new = before["parent_id"], after["parent_id"]
        yield event(CodeChange.MOVED, names.get(old, ""), names.get(new, ""))
    if set(_DESCRIBED) & ({*after} | {*change.get("texts", {})}):
        yield event(CodeChange.DESCRIBED)
    if "colour" in after:
        yield event(CodeChange.COLOURED)
    if "frozen" in after:
        yield event(CodeChange.FROZEN if after["frozen"] else CodeChange.UNFROZEN)


def _used(session: Session, code_id: str) -> Iterator[CodeEvent]:
    """Yield how often each coder put the code on quotes on each day, by the day of this place."""
    statement = (
        columns(Coding.created_at, Coder.name)
        .join(Coder, col(Coder.id) == col(Coding.coder_id))
        .where(Coding.code_id == code_id)
        .order_by(col(Coding.created_at))
    )
    first: dict[tuple[object, str], datetime] = {}
    counts: Counter[tuple[object, str]] = Counter()
    for at, coder in session.exec(statement):
        key = (at.astimezone().date(), coder)
        first.setdefault(key, at)
        counts[key] += 1
    for key, count in counts.items():
        yield CodeEvent(first[key], key[1], CodeChange.USED, count=count)
