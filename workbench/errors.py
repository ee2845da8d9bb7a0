"""Troubles a user can act on: each says what happened, to which file or field, and what to do."""

from __future__ import annotations

import errno
from typing import Any, ClassVar, Final

from workbench.i18n import N_, _


class Phrase(str):
    """A part of a sentence, marked with ``N_``, that is translated together with its sentence."""

    __slots__ = ()


_REASONS: Final = {
    errno.EACCES: N_("access is denied"),
    errno.EPERM: N_("access is denied"),
    errno.EROFS: N_("the disk is read-only"),
    errno.EIO: N_("the disk reports an error"),
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.EINVAL: N_("it is not an ordinary file"),
    errno.ENOTDIR: N_("a part of its path is not a folder"),
    errno.ENAMETOOLONG: N_("its name is too long"),
    errno.ENOSPC: N_("there is no room left on the disk"),
    errno.EMFILE: N_("too many files are open"),
    errno.ENFILE: N_("too many files are open"),
}


def revived(text: str) -> str:
    """Return a text that came from another process; a reason of the system's becomes a phrase again."""
    return Phrase(text) if text in _REASONS.values() else text


def system_reason(error: BaseException) -> str:
    """Return why the operating system refused, in words that are translated where the system's are not."""
    known = _REASONS.get(error.errno or 0) if isinstance(error, OSError) else None
    if known is not None:
        return Phrase(known)
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


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
        return _(self._problem).format(**self._shown())

    @property
    def remedy(self) -> str:
        """What the user can do about it; may be empty."""
        return _(self._remedy).format(**self._shown()) if self._remedy else ""

    def _shown(self) -> dict[str, Any]:
        """Return what fills the sentences, its phrases translated."""
        return {
            name: _(value) if isinstance(value, Phrase) else value
            for name, value in self.params.items()
        }

    def __str__(self) -> str:
        """The problem and its remedy on one line."""
        return f"{self.problem} {self.remedy}".strip()


def refused(error: OSError) -> WorkbenchError:
    """Turn a refusal of the operating system that nobody looked for into a sentence with a remedy."""
    if error.filename is None:
        return WorkbenchError(
            "system-refused",
            N_("The system refused: {reason}."),
            N_("Check the disk and your rights, and do it again."),
            reason=system_reason(error),
        )
    return WorkbenchError(
        "system-refused",
        N_("{file} cannot be used: {reason}."),
        N_("Check that it is there, that you may use it, and that its disk is connected."),
        file=error.filename,
        reason=system_reason(error),
    )


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
