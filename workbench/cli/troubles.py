"""Troubles on the command line: one calm sentence on stderr and a declared exit code, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from workbench.cli.plain import harmless
from workbench.errors import WorkbenchError, refused
from workbench.i18n import _

FAILED = 1
INTERRUPTED = 130
"""What shells expect after Ctrl+C: 128 and the number of the signal."""
BROKEN_PIPE = 141
"""What shells expect of a program whose reader has gone: 128 and the number of SIGPIPE."""


class ReaderGoneError(Exception):
    """Whoever read our output has gone, as ``| head`` does; Typer would end a broken pipe with its own code."""


def guarded(action: Callable[[], int]) -> int:
    """Run an action and return its exit code, or that of the trouble it met."""
    try:
        code = action()
        sys.stdout.flush()
    except WorkbenchError as error:
        say_trouble(error)
        return error.exit_code
    except KeyboardInterrupt:
        _say(_("Stopped."))
        return INTERRUPTED
    except (ReaderGoneError, BrokenPipeError):
        # the reader has gone (| head); what Python flushes at its end must not complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except OSError as error:
        say_trouble(refused(error))
        return FAILED
    except Exception as error:  # noqa: BLE001 - the outermost boundary: said, logged, no traceback
        _say_unexpected(error)
        return FAILED
    return code


def say_trouble(error: WorkbenchError) -> None:
    """Say what happened and what to do."""
    _say(_("Error: {problem}").format(problem=error))


def _say_unexpected(error: Exception) -> None:
    """Say that something of ours failed and where its place is written down, without any content."""
    from workbench.error_log import write_error_log

    log = write_error_log(error)
    sentence = _("The workbench met an error it did not expect; your data are safe.")
    if log is not None:
        place = _("Where it happened is written, without any content, to {file}.")
        sentence = f"{sentence} {place.format(file=log)}"
    _say(sentence)


def _say(sentence: str) -> None:
    print(harmless(sentence), file=sys.stderr)  # noqa: T201 - stderr is where narration goes
