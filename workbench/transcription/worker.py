"""The child process that transcribes: reads one request from stdin, writes events to stdout."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable

from workbench.errors import WorkbenchError
from workbench.i18n import N_
from workbench.transcription.protocol import Event, Failed, event_to_line, request_from_line
from workbench.transcription.recognising import transcribe

Send = Callable[[Event | Failed], None]

_NICE = 5  # the interface stays quick while both cores are busy
_ORPHANED = 3


def main() -> int:
    """Do what the parent asked for, and leave when the parent is gone."""
    send = _sender()
    line = sys.stdin.readline()
    threading.Thread(target=_die_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_NICE)
    try:
        transcribe(request_from_line(line), send)
    except WorkbenchError as error:
        params = {name: str(value) for name, value in error.params.items()}
        problem, remedy = error._problem, error._remedy  # noqa: SLF001 - the parent translates them
        send(Failed(error.code, problem, remedy, params))
        return 1
    except Exception as error:  # noqa: BLE001 - whatever fails in here, the parent must hear of it
        traceback.print_exc()
        send(_failure(error))
        return 1
    return 0


def _sender() -> Send:
    """Keep stdout for events: whatever a library prints goes to stderr."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)

    def send(event: Event | Failed) -> None:
        out.write(event_to_line(event) + "\n")
        out.flush()

    return send


def _die_with_parent() -> None:
    """Leave at once when stdin closes: that happens when the parent has died, however it died."""
    sys.stdin.read()
    os._exit(_ORPHANED)


def _failure(error: Exception) -> Failed:
    """Say an unforeseen failure; memory is the one a user can do something about."""
    text = f"{type(error).__name__}: {error}"
    memory = isinstance(error, MemoryError) or "alloc" in text or "out of memory" in text.lower()
    if memory:
        return Failed(
            "out-of-memory",
            N_("There is not enough memory to transcribe with this model."),
            N_("Close other programs, or choose a smaller model."),
            {"detail": text},
        )
    return Failed(
        "transcription-failed",
        N_("The recogniser stopped with an error: {detail}."),
        N_("Try again; if it happens again, try the other engine."),
        {"detail": text},
    )


if __name__ == "__main__":
    raise SystemExit(main())
