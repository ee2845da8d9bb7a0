"""The child process that downloads a model: reads one request from stdin, writes where it grows and how it ended."""

from __future__ import annotations

import errno
import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

_ORPHANED = 3
_NO_NETWORK = {
    "ConnectError", "ConnectTimeout", "ConnectionError", "LocalEntryNotFoundError", "MaxRetryError",
    "NameResolutionError", "OfflineModeIsEnabled", "ProxyError", "ReadTimeout", "SSLError",
    "TimeoutError", "TimeoutException", "URLError", "gaierror",
}  # fmt: skip


def main() -> int:
    """Do what the parent asked for, and leave when the parent is gone."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)  # whatever a library prints goes to stderr
    request = json.loads(sys.stdin.readline())
    threading.Thread(target=_die_with_parent, daemon=True).start()

    def say(**what: str) -> None:
        out.write(json.dumps(what) + "\n")
        out.flush()

    from workbench.transcription.engines._downloads import download

    try:
        path = download(
            request["engine"],
            request["name"],
            Path(request["folder"]),
            lambda place: say(grows=str(place)),
        )
    except Exception as error:  # noqa: BLE001 - whatever fails in here, the parent must hear of it
        say(failed=kind_of(error), detail=f"{type(error).__name__}: {error}")
        return 1
    say(done=str(path))
    return 0


def kind_of(error: BaseException) -> str:
    """Say what a download failed of: ``disk``, ``hash``, ``network``, ``refused`` or ``other``."""
    chain = list(_causes(error))
    names = {cls.__name__ for one in chain for cls in type(one).__mro__}
    if any(getattr(one, "errno", None) in (errno.ENOSPC, errno.EDQUOT) for one in chain):
        return "disk"
    if "WrongHashError" in names:
        return "hash"
    if any(_status(one) for one in chain):
        return "refused"
    if names & _NO_NETWORK:
        return "network"
    return "other"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and what caused it."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        reason = getattr(error, "reason", None)
        error = error.__cause__ or error.__context__
        if error is None and isinstance(reason, BaseException):
            error = reason


def _status(error: BaseException) -> int:
    """Return the status a server answered with; 0 when none did."""
    answer = getattr(error, "response", None)
    status = getattr(answer, "status_code", None) or getattr(error, "code", None)
    return status if isinstance(status, int) else 0


def _die_with_parent() -> None:
    """Leave at once when stdin closes: that happens when the parent has died, however it died."""
    sys.stdin.read()
    os._exit(_ORPHANED)


if __name__ == "__main__":
    raise SystemExit(main())
