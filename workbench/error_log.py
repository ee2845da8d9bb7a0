"""The log of errors that nobody expected: where each happened, never what anybody said or wrote."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime
from pathlib import Path

from workbench import __version__, locations

_LIMIT = 256 * 1024
"""Bytes after which the log begins anew: about a hundred errors."""


def write_error_log(error: BaseException) -> Path | None:
    """Write where an error happened, but no message and no values: those may hold content.

    Returns:
        the log, or None where it cannot be written.
    """
    package = Path(__file__).parent
    lines = [f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}Z  workbench {__version__}"]
    cause: BaseException | None = error
    seen: set[int] = set()
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))  # causes can go round in a circle
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        for frame in traceback.extract_tb(cause.__traceback__):
            place = Path(frame.filename)
            name = place.relative_to(package) if place.is_relative_to(package) else place.name
            lines.append(f"  {name}:{frame.lineno} {frame.name}")
        cause = cause.__cause__ or cause.__context__
    log = locations.state_folder() / "errors.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        fresh = not log.exists() or log.stat().st_size > _LIMIT
        with log.open("w" if fresh else "a", encoding="utf-8") as stream:
            stream.write("\n".join(lines) + "\n\n")
    except OSError:
        return None
    return log
