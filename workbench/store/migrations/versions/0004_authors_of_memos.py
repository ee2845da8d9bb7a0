"""authors of memos.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from workbench.models.base import new_id

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_FOREIGN_KEY = "fk_memo_coder_id_coder"
Entry = dict[str, Any]
Change = dict[str, Any]


def upgrade() -> None:
    with op.batch_alter_table("memo", schema=None) as batch_op:
        batch_op.add_column(sa.Column("coder_id", sa.String(length=32), nullable=True))
        batch_op.create_foreign_key(batch_op.f(_FOREIGN_KEY), "coder", ["coder_id"], ["id"])
    connection = op.get_bind()
    for (project_id,) in connection.execute(sa.text("SELECT id FROM project")).all():
        _Authors(connection, project_id).write()


def downgrade() -> None:
    with op.batch_alter_table("memo", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(_FOREIGN_KEY), type_="foreignkey")
        batch_op.drop_column("coder_id")


class _Authors:
    """What the journal tells of who wrote which memo.

    A memo on a quote has an author if one person alone wrote all of it. A memo on anything else is of whoever wrote on
    it last.
    """

    def __init__(self, connection: sa.Connection, project_id: str) -> None:
        self._connection = connection
        self._project_id = project_id
        self._entries = list(self._read())
        self._made: dict[str, str] = {}
        """Coders who have noted something and coded nothing, by name: they have no row yet."""
        self._early: set[str] = set()
        """Coders who noted something before their row was made."""
        self._writers = self._who_wrote()
        self._of_quotes, self._on_quotes = self._authors_on_quotes()
        self._now: dict[str, str | None] = {}
        """Whose each memo is, while the journal is gone through."""
        self._used: set[str] = set()

    def write(self) -> None:
        """Write authors down: in the memos, and in the journal, so that undo and redo bring them back."""
        for entry in self._entries:
            for change in entry["changes"]:
                if change["table"] == "memo" and entry["state"] != "dropped":
                    self._sign(change, entry)
        for name, coder_id in self._made.items():
            if coder_id in self._used:
                self._run(
                    "INSERT INTO coder (id, created_at, project_id, name) VALUES (:id, :at, :of, :name)",
                    id=coder_id,
                    at=f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}",
                    name=name,
                )
        for memo_id, coder_id in self._now.items():
            self._run(
                "UPDATE memo SET coder_id = :coder WHERE id = :id", coder=coder_id, id=memo_id
            )
        # the row of somebody whose memo is older must stay when what made the row is undone
        staying = self._early & self._used
        for entry in self._entries:
            kept = [change for change in entry["changes"] if not _makes(change, staying)]
            changes = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
            self._run(
                "UPDATE journal_entry SET changes = :changes WHERE id = :id",
                changes=changes,
                id=entry["id"],
            )

    def _run(self, statement: str, **values: object) -> sa.CursorResult[Any]:
        values = {"of": self._project_id, **values} if ":of" in statement else values
        return self._connection.execute(sa.text(statement), values)

    def _read(self) -> Iterator[Entry]:
        """Yield the entries that speak of memos or coders, the oldest first."""
        rows = self._run(
            "SELECT id, verb, actor, subject, state, changes FROM journal_entry WHERE project_id = :of "
            """AND (changes LIKE '%"memo"%' OR changes LIKE '%"coder"%') ORDER BY number"""
        )
        for row in rows.mappings():
            yield {**row, "changes": json.loads(row["changes"])}

    def _who_wrote(self) -> dict[str, str]:
        """Return the coder of each entry that wrote a memo; names are followed from now back to then."""
        rows = self._run("SELECT name, id FROM coder WHERE project_id = :of")
        names: dict[str, str] = {row.name: row.id for row in rows}
        there = set(names.values())
        later: dict[str, str] = {}
        found: dict[str, str] = {}
        for entry in reversed(self._entries):
            if entry["state"] != "done":
                continue
            if entry["verb"] == "memo.write":
                actor = entry["actor"]
                known = names.get(actor) or later.get(actor)
                if known is not None and known not in there:
                    self._early.add(known)
                found[entry["id"]] = known or self._made.setdefault(actor, new_id())
            for change in reversed(entry["changes"]):
                if change["table"] != "coder":
                    continue
                if change["before"] is None:
                    there.discard(change["id"])
                    later[change["after"]["name"]] = change["id"]
                elif change["after"] is None:
                    there.add(change["id"])
                _name_back(names, change, entry["subject"])
        return found

    def _authors_on_quotes(self) -> tuple[dict[str, str], set[str]]:
        """Return who alone wrote which memo on a quote, and which memos are, or were, on quotes."""
        wrote: dict[str, list[str | None]] = defaultdict(list)
        rows = self._run("SELECT id FROM memo WHERE project_id = :of AND subject = 'quote'")
        on_quotes = set(rows.scalars())
        for entry in self._entries:
            if entry["state"] == "dropped":
                continue
            memos = [change for change in entry["changes"] if change["table"] == "memo"]
            on_quotes |= {c["id"] for c in memos for row in _whole(c) if row["subject"] == "quote"}
            if entry["state"] != "done":
                continue
            if entry["verb"] == "memo.write":
                for change in memos:
                    wrote[change["id"]].append(self._writers[entry["id"]])
                continue
            # memos were joined, or one was copied
            gone = [who for c in memos if c["after"] is None for who in wrote[c["id"]]]
            for change in memos:
                if change["before"] is None:
                    wrote[change["id"]].append(None)
                elif change["after"] is not None and "subject_id" not in change["after"]:
                    wrote[change["id"]] += gone
        alone = {memo_id: some[0] for memo_id, some in wrote.items() if len(set(some)) == 1}
        return {m: who for m, who in alone.items() if who is not None}, on_quotes

    def _sign(self, change: Change, entry: Entry) -> None:
        """Say in a change of a memo whose it was before and is after."""
        memo_id, before, after = change["id"], change["before"], change["after"]
        old = new = self._now.get(memo_id)
        if memo_id in self._on_quotes:
            old = new = self._of_quotes.get(memo_id)
        elif after is not None:
            new = self._writers.get(entry["id"], old)
        self._used |= {who for who in (old, new) if who is not None}
        if before is None:
            after["coder_id"] = new
        elif after is None:
            before["coder_id"] = old
        elif old != new:
            before["coder_id"], after["coder_id"] = old, new
        if entry["state"] == "done":
            self._now[memo_id] = new


def _name_back(names: dict[str, str], change: Change, subject: str) -> None:
    """Let coders have the names they had before one was made, renamed or joined to another."""
    before, after = change["before"], change["after"]
    if after is None:  # whom they were joined to has what was theirs
        joined = names.get(subject.partition(" → ")[2])
        names[before["name"]] = joined or change["id"]
    elif names.get(after.get("name")) == change["id"]:
        del names[after["name"]]
        if before is not None:
            names[before["name"]] = change["id"]


def _whole(change: Change) -> list[Entry]:
    """Return the whole rows of a change: a row that was changed is written down in part only."""
    return [row for row in (change["before"], change["after"]) if row and "subject" in row]


def _makes(change: Change, coders: set[str]) -> bool:
    """Tell whether a change makes the row of one of some coders."""
    return change["table"] == "coder" and change["before"] is None and change["id"] in coders
