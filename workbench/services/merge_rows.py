"""Putting the rows of a colleague's copy into the project: each is added, taken over, or left as it is here."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from workbench.coding.merging import Decision, decide
from workbench.i18n import N_
from workbench.models import tables
from workbench.models.agreement_views import MergeItem, MergeReport
from workbench.models.base import new_id
from workbench.models.kinds import MergeOutcome
from workbench.services.merge_kinds import (
    ATTRIBUTES,
    BARRIERS,
    CODERS,
    CODES,
    CODINGS,
    MEMOS,
    NOT_MERGED,
    PERSONS,
    QUERIES,
    QUOTES,
    RowKind,
    Values,
)
from workbench.store.copies import changes_apart, rows_of

_OTHER_TEXT = N_("Its text differs: nothing coded in it is merged. Bring both to the same text.")
_NOT_HERE = N_("It is not in this project: add its file here first.")
_REMOVED_HERE = N_("It was removed here.")
_REMOVED_THERE = N_("It was removed there.")
_HOLDER_GONE = N_("What it belongs to is not here.")
_FROZEN = N_("It is frozen here.")
_CODEBOOK_FROZEN = N_("The codebook here is frozen.")
_TAKEN = N_("There is another one in its place here.")
_OTHER_PLACE = N_("It is decided on in one place, so it is not merged.")


class RowMerge:
    """One merge: goes through the kinds of rows in the order in which they lean on each other."""

    def __init__(self, here: Session, there: Session, project_id: str, coder: str) -> None:
        """Take both sides; nothing is changed yet."""
        self._here = here
        self._there = there
        self._project_id = project_id
        self._coder = coder
        self._changed_here, self._changed_there = changes_apart(here, there, project_id)
        self._ids: defaultdict[str, dict[str, str]] = defaultdict(dict)
        """Which row here is theirs, by table and their identifier."""
        self._names: dict[str, str] = {}
        self._refused: set[str] = set()
        """Identifiers of their sources and quotes of which nothing is merged."""
        self._waiting: dict[str, Values] = {}
        """Quotes of theirs that come when something that stands on them comes."""
        self._later: list[tables.Coding] = []
        """Codings to be added when their quotes are there."""
        self._left: set[str] = set()
        """Quotes that a coding was taken from; those that nothing is left on go."""
        self._items: list[MergeItem] = []
        self._same = 0
        project = here.get(tables.Project, project_id)
        self._frozen = project is not None and project.codebook_frozen

    def run(self, other: Path) -> MergeReport:
        """Merge and return what was done."""
        self._sources()
        self._merge(CODERS)
        self._merge(PERSONS)
        self._merge(ATTRIBUTES)
        self._merge(CODES)
        self._merge(BARRIERS)
        self._merge(QUOTES)
        self._merge(CODINGS)
        self._favourites()
        self._merge(MEMOS)
        self._merge(QUERIES)
        self._not_merged()
        return MergeReport(other, tuple(self._items), self._same)

    def _tell(self, outcome: MergeOutcome, what: str, name: str, note: str = "") -> None:
        self._items.append(MergeItem(outcome, what, name, note))

    # -- sources -------------------------------------------------------------------------------

    def _sources(self) -> None:
        """Find the sources that have the same text on both sides; only what is coded in them is merged."""
        ours = rows_of(self._here, tables.Source)
        for identifier, theirs in rows_of(self._there, tables.Source).items():
            known = ours.get(identifier)
            if known is not None and known["text"] == theirs["text"]:
                self._ids["source"][identifier] = identifier
                continue
            self._refused.add(identifier)
            note = _NOT_HERE if known is None else _OTHER_TEXT
            self._tell(MergeOutcome.LEFT_OUT, N_("source"), theirs["title"], note)

    # -- one kind of rows ----------------------------------------------------------------------

    def _merge(self, kind: RowKind) -> None:
        ours, theirs = rows_of(self._here, kind.model), rows_of(self._there, kind.model)
        keys = {kind.key(row): identifier for identifier, row in ours.items()}
        gone = {identifier: row for identifier, row in ours.items() if identifier not in theirs}
        if kind in (CODERS, CODES, QUOTES):
            self._names |= {identifier: kind.name(row) for identifier, row in ours.items()}
        for row in _parents_first(theirs.values()):
            self._one(kind, row, ours, keys)
        met = set(self._ids[kind.table].values())
        for identifier, row in gone.items():
            if identifier not in met:  # else it was made again there
                self._removed_there(kind, identifier, row)
        self._here.flush()
        self._here.add_all(self._later)
        self._later.clear()
        self._here.flush()
        for quote_id in sorted(self._left):
            self._drop_bare(quote_id)
        self._left.clear()

    def _one(
        self,
        kind: RowKind,
        row: Values,
        ours: dict[str, Values],
        keys: dict[tuple[Any, ...], str],
    ) -> None:
        identifier = row["id"]
        known = ours.get(identifier)
        mapped = self._mapped(kind, row, known)
        if mapped is None:
            return
        known = self._same_author(kind, known, mapped)
        identifier = mapped["id"]
        twin = keys.get(kind.key(mapped))
        if known is None and twin is not None:
            self._ids[kind.table][identifier] = twin
            self._twin(kind, ours[twin], mapped)
            return
        decision = decide(
            _part(kind, known),
            _part(kind, mapped),
            changed_here=(kind.table, identifier) in self._changed_here,
            changed_there=(kind.table, identifier) in self._changed_there,
        )
        if known is not None:
            self._ids[kind.table][identifier] = identifier
        name = self._name(kind, mapped)
        if kind is QUOTES and known is None:
            self._waiting[identifier] = mapped
        elif decision == Decision.ADD:
            self._add(kind, mapped, name)
        elif decision == Decision.TAKE and known is not None:
            hindrance = self._hindrance(kind, known, mapped, ours, twin)
            if hindrance:
                self._tell(MergeOutcome.CONFLICT, kind.what, name, hindrance)
                return
            keys.pop(kind.key(known), None)
            self._take(kind, known, mapped)
            ours[identifier] = mapped
            keys[kind.key(mapped)] = identifier
            self._tell(MergeOutcome.CHANGED, kind.what, name, _difference(kind, known, mapped))
        elif decision == Decision.CONFLICT:
            note = _REMOVED_HERE if known is None else _difference(kind, known, mapped)
            self._tell(MergeOutcome.CONFLICT, kind.what, name, note)
        elif decision == Decision.KEEP_REMOVED:
            self._tell(MergeOutcome.KEPT, kind.what, name, _REMOVED_HERE)
        else:
            self._same += 1

    def _mapped(self, kind: RowKind, row: Values, known: Values | None) -> Values | None:
        """Return a row of theirs as it would stand here; None, and told of, where it leans on what is not here."""
        mapped = dict(row)
        refers = dict(kind.refers)
        if kind is MEMOS and row["subject"] != "project":
            refers["subject_id"] = row["subject"]
        if kind is BARRIERS:
            for column, model in (
                ("stage_id", tables.Stage),
                ("touchpoint_id", tables.Touchpoint),
            ):
                if row[column] and self._here.get(model, row[column]) is None:
                    mapped[column] = None
        for column, table in refers.items():
            value = row[column]
            if value is None:
                continue
            found = self._ids[table].get(value)
            if found is None and table == "quote" and kind is CODINGS and value in self._waiting:
                found = value
            if found is None:
                self._leaning(kind, row, known, value)
                return None
            mapped[column] = found
        return mapped

    def _same_author(self, kind: RowKind, known: Values | None, mapped: Values) -> Values | None:
        """Return the row here that a row of theirs may change: of a memo that two coders went on with, none.

        It was nobody's before; each keeps what they wrote, and theirs comes as a memo of its own.
        """
        if kind is MEMOS and _of_two_coders(known, mapped):
            mapped["id"] = new_id()
            return None
        return known

    def _leaning(self, kind: RowKind, row: Values, known: Values | None, on: str) -> None:
        if on in self._refused:
            self._refused.add(row["id"])
        elif known is None:
            self._tell(MergeOutcome.LEFT_OUT, kind.what, self._name(kind, row), _HOLDER_GONE)

    def _hindrance(
        self,
        kind: RowKind,
        known: Values,
        mapped: Values,
        ours: dict[str, Values],
        twin: str | None,
    ) -> str:
        """Return why a change of theirs cannot be taken over; empty if it can."""
        if twin is not None and twin != known["id"]:
            return _TAKEN
        if kind is not CODES:
            return ""
        if known["frozen"] or self._frozen:
            return _FROZEN if known["frozen"] else _CODEBOOK_FROZEN
        parent = mapped["parent_id"]
        while parent is not None:
            if parent == known["id"]:
                return _TAKEN
            parent = ours[parent]["parent_id"] if parent in ours else None
        return ""

    # -- changing ------------------------------------------------------------------------------

    def _add(self, kind: RowKind, mapped: Values, name: str) -> None:
        if kind is CODES and self._frozen:
            self._tell(MergeOutcome.LEFT_OUT, kind.what, name, _CODEBOOK_FROZEN)
            return
        self._ids[kind.table][mapped["id"]] = mapped["id"]
        if kind is CODINGS:
            self._need_quote(mapped["quote_id"])
            self._later.append(tables.Coding(**mapped))
        else:
            self._here.add(kind.model(**mapped))
        self._tell(MergeOutcome.ADDED, kind.what, name)

    def _need_quote(self, identifier: str) -> None:
        waiting = self._waiting.pop(identifier, None)
        if waiting is not None:
            self._ids["quote"][identifier] = identifier
            self._here.add(tables.Quote(**waiting))

    def _favourites(self) -> None:
        """Bring the quotes that were chosen for reports though nothing is coded on them."""
        for identifier, row in list(self._waiting.items()):
            if row["favourite"] and ("quote", identifier) not in self._changed_here:
                self._need_quote(identifier)
                self._tell(MergeOutcome.ADDED, QUOTES.what, QUOTES.name(row))

    def _take(self, kind: RowKind, known: Values, mapped: Values) -> None:
        if kind is CODINGS:
            self._need_quote(mapped["quote_id"])
            self._here.flush()
        row = self._here.get(kind.model, mapped["id"])
        for column in kind.compared + kind.taken:
            setattr(row, column, mapped[column])
        self._here.add(row)
        if kind is CODINGS and mapped["quote_id"] != known["quote_id"]:
            self._left.add(known["quote_id"])

    def _twin(self, kind: RowKind, known: Values, mapped: Values) -> None:
        """Compare a row with the one here that is the same thing under another identifier."""
        ours = dict(_part(kind, known) or {})
        theirs = dict(_part(kind, mapped) or {})
        name = self._name(kind, mapped)
        if kind is QUOTES and theirs["favourite"] and not ours["favourite"]:
            row = self._here.get(tables.Quote, known["id"])
            if row is not None:
                row.favourite = True
                self._here.add(row)
                self._tell(MergeOutcome.CHANGED, kind.what, name, "★")
        elif ours == theirs or (kind is QUOTES and ours["favourite"]):
            self._same += 1
        else:
            self._tell(MergeOutcome.CONFLICT, kind.what, name, _difference(kind, known, mapped))

    def _removed_there(self, kind: RowKind, identifier: str, row: Values) -> None:
        """Take away a coding that its coder's side removed; of anything else only tell that it was removed there."""
        touched = (kind.table, identifier)
        decision = decide(
            row,
            None,
            changed_here=touched in self._changed_here,
            changed_there=touched in self._changed_there,
        )
        if decision == Decision.NOTHING:
            return
        name = self._name(kind, row)
        coding = self._here.get(tables.Coding, identifier) if kind is CODINGS else None
        if decision == Decision.CONFLICT or coding is None or not self._may_remove(coding):
            if kind is not QUOTES:
                self._tell(MergeOutcome.KEPT, kind.what, name, _REMOVED_THERE)
            return
        self._here.delete(coding)
        self._left.add(coding.quote_id)
        self._tell(MergeOutcome.REMOVED, kind.what, name)

    def _may_remove(self, coding: tables.Coding) -> bool:
        """Tell whether a coding is not one's own and stands in a source that is merged."""
        coder = self._here.get(tables.Coder, coding.coder_id)
        quote = self._here.get(tables.Quote, coding.quote_id)
        return (
            coder is not None
            and coder.name != self._coder
            and quote is not None
            and quote.source_id in self._ids["source"]
        )

    def _drop_bare(self, quote_id: str) -> None:
        """Remove a quote on which nothing is left, neither a coding nor a memo nor the mark for reports."""
        quote = self._here.get(tables.Quote, quote_id)
        coded = self._here.exec(
            select(tables.Coding.id).where(tables.Coding.quote_id == quote_id)
        ).first()
        noted = self._here.exec(
            select(tables.Memo.id).where(tables.Memo.subject_id == quote_id)
        ).first()
        if quote is not None and not (coded or noted or quote.favourite):
            self._here.delete(quote)
            self._here.flush()

    # -- telling -------------------------------------------------------------------------------

    def _name(self, kind: RowKind, row: Values) -> str:
        """Return what a person calls a row."""
        name = kind.name(row)
        if kind in (CODES, QUOTES, CODERS):
            self._names[row["id"]] = name
        if kind is CODINGS:
            parts = [
                self._names.get(row[column], "") for column in ("code_id", "quote_id", "coder_id")
            ]
            name = " · ".join(part for part in parts if part)
        return name

    def _not_merged(self) -> None:
        for model, what in NOT_MERGED:
            ours = rows_of(self._here, model)
            for identifier, row in rows_of(self._there, model).items():
                if identifier not in ours:
                    names = ("name", "title", "text", "metric", "key", "code")
                    name = next((str(row[key]) for key in names if row.get(key)), "")
                    self._tell(MergeOutcome.LEFT_OUT, what, name[:80], _OTHER_PLACE)


def _part(kind: RowKind, row: Values | None) -> Values | None:
    return None if row is None else {column: row[column] for column in kind.compared}


def _difference(kind: RowKind, ours: Values, theirs: Values) -> str:
    """Return the first thing in which two rows differ, as it is here and there."""
    for column in kind.compared:
        if ours[column] != theirs[column]:
            return f"{str(ours[column])[:60]} ≠ {str(theirs[column])[:60]}"
    return ""


def _of_two_coders(ours: Values | None, theirs: Values) -> bool:
    """Tell whether a memo on a quote is one coder's here and another's there."""
    known = (ours or {}).get("coder_id"), theirs["coder_id"]
    return theirs["subject"] == "quote" and None not in known and known[0] != known[1]


def _parents_first(rows: Any) -> list[Values]:
    """Return rows so that what another row lies under comes before it."""
    waiting = list(rows)
    if not waiting or "parent_id" not in waiting[0]:
        return waiting
    by_id = {row["id"]: row for row in waiting}

    def depth(row: Values) -> int:
        above, parent = 0, row["parent_id"]
        while parent in by_id and above <= len(by_id):
            above, parent = above + 1, by_id[parent]["parent_id"]
        return above

    return sorted(waiting, key=depth)
