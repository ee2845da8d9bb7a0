"""What all services share: the open database, who acts, and how an action is written down."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models.tables import Coder
from workbench.store import asked_often, journal
from workbench.store.project_file import ProjectFile

F = TypeVar("F", bound=Callable[..., Any])
Row = TypeVar("Row", bound=SQLModel)

VERBS: dict[str, str] = {}
"""Every user action that changes something: its name and the service method that does it."""


def verb(name: str) -> Callable[[F], F]:
    """Enter a method into the list of verbs; the command line and the interface must offer each of them."""

    def register(method: F) -> F:
        VERBS[name] = f"{method.__module__}.{method.__qualname__}"
        return method

    return register


@dataclass
class Act:
    """One action under way: its session, what writes it down, and what the journal will say it was done to."""

    session: Session
    recorder: journal.Recorder
    subject: str = ""
    only_coder: str | None = None
    """Whose codings alone its refusals may name; None for everybody's."""


@dataclass
class Context:
    """What every service of an open project works with."""

    file: ProjectFile
    project_id: str
    coder: str
    blind: bool = False
    """Whether only one's own codings and memos may be known of, and nobody else's."""
    listeners: list[Callable[[str], None]] = field(default_factory=list)
    """Called with the verb's name after each finished action."""
    text_at_hand: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Title and text of the source that is being coded, by its identifier: reading a long one takes longer than all
    the rest of an action. Whatever changes a source forgets it."""

    @property
    def only_coder(self) -> str | None:
        """Whose work alone may be known of; None where everybody's may."""
        return self.coder if self.blind else None

    def note_changes(self, changes: Iterable[journal.Change]) -> None:
        """Forget what an action has made untrue; called before the action's transaction ends."""
        if any(change["table"] == "source" for change in changes):
            self.text_at_hand.clear()

    def tell(self, verb_name: str) -> None:
        """Tell the listeners that something was done."""
        for listener in list(self.listeners):
            listener(verb_name)


class Service:
    """A group of verbs over one open project."""

    def __init__(self, context: Context) -> None:
        """Share the project's context."""
        self._context = context

    @property
    def project_id(self) -> str:
        """The project's identifier."""
        return self._context.project_id

    def seen(self, coder: str | None = None) -> str | None:
        """Return whose codings and memos are read when a coder's, or everybody's, are asked for.

        Every method that reads them asks here, so that in blind mode nothing tells of the others.
        """
        return self._context.only_coder or coder

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that only reads."""
        with self._context.file.session() as session:
            yield session

    @contextlib.contextmanager
    def acting(self, verb_name: str, subject: str = "", *, undoable: bool = True) -> Iterator[Act]:
        """Open the transaction of one action; its journal entry is written when the block ends well.

        An action that changes nothing leaves no entry.
        """
        with self._context.file.transaction() as session:
            recorder = journal.Recorder(session)
            act = Act(session, recorder, subject, self.seen())
            yield act
            session.flush()
            if not recorder.changes:
                return
            journal.write_entry(
                session,
                project_id=self.project_id,
                verb=verb_name,
                actor=self._context.coder,
                subject=act.subject,
                changes=recorder.changes,
                undoable=undoable,
            )
            self._context.note_changes(recorder.changes)
        self._context.tell(verb_name)

    def coder_id(self, session: Session) -> str:
        """Return the acting coder's row, making it at their first action."""
        name = self._context.coder
        found = asked_often.coder_key(session, self.project_id, name)
        if found is not None:
            return found
        made = Coder(project_id=self.project_id, name=name)
        session.add(made)
        session.flush()
        return made.id


def existing(row: Row | None, what: str, name: object) -> Row:
    """Return the row, or say that there is none.

    Raises:
        InputError: ``not-found``; ``what`` is a kind of thing marked with ``N_``.
    """
    if row is None:
        raise NotFoundError(what, name)
    return row


def blind_error() -> InputError:
    """Say that blind mode hides what was asked for."""
    return InputError(
        "blind-mode",
        N_("Blind mode hides what others coded."),
        N_("Switch it off with: workbench settings set blind false."),
    )


class NotFoundError(InputError):
    """Something that was named does not exist in the project."""

    def __init__(self, what: str, name: object) -> None:
        """Keep the kind of thing (an untranslated word) and the name that was looked for."""
        super().__init__(
            "not-found",
            N_("There is no {what} “{name}” in this project."),
            N_("See what there is with the matching list command."),
            what=what,
            name=name,
        )

    @property
    def problem(self) -> str:
        """What was looked for, in the user's language."""
        from workbench.i18n import _

        return _(self._problem).format(what=_(self.params["what"]), name=self.params["name"])
