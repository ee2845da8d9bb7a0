"""Troubles a user can act on: each says what happened, to which file or field, and what to do."""

from __future__ import annotations

from typing import Any, ClassVar

from workbench.i18n import _


class WorkbenchError(Exception):
    """A trouble with a message in the user's language and a remedy; never shown as a traceback.

    Attributes:
        code: a stable name of the trouble, such as ``project-locked``; tests and scripts rely on it.
        params: what the sentences are filled with: file names, fields, values.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, code: str, problem: str, remedy: str = "", **params: Any) -> None:
        """Keep the untranslated sentences (marked with ``N_`` where raised) and what fills them."""
        super().__init__(code)
        self.code = code
        self.params = params
        self._problem = problem
        self._remedy = remedy

    @property
    def problem(self) -> str:
        """What happened, and to which file or field."""
        return _(self._problem).format(**self.params)

    @property
    def remedy(self) -> str:
        """What the user can do about it; may be empty."""
        return _(self._remedy).format(**self.params) if self._remedy else ""

    def __str__(self) -> str:
        """The problem and its remedy on one line."""
        return f"{self.problem} {self.remedy}".strip()


class UsageError(WorkbenchError):
    """The command line was called in a way it does not understand."""

    exit_code = 2


class InputError(WorkbenchError):
    """A value or a file that was given cannot be used."""


class ProjectError(WorkbenchError):
    """The project or the workspace cannot be opened, read or written."""

    exit_code = 3


class TranscriptionError(WorkbenchError):
    """A recording cannot be turned into a transcript."""

    exit_code = 4


class ReportError(WorkbenchError):
    """A report cannot be built from its template."""

    exit_code = 5
