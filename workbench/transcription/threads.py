"""How many threads recognition may use: one for each processor core this process may run on."""

from __future__ import annotations

import os
import platform
from pathlib import Path

_TOPOLOGY = Path("/sys/devices/system/cpu")
_HYPERTHREADED = 4  # with fewer logical processors halving would leave one thread


def core_count() -> int:
    """Return the number of physical cores; a second thread on one core makes matrix work slower."""
    if hasattr(os, "sched_getaffinity"):
        allowed = sorted(os.sched_getaffinity(0))
        cores = {_siblings(number) for number in allowed}
        return len(cores) if "" not in cores else len(allowed)
    logical = os.cpu_count() or 1
    return logical if logical < _HYPERTHREADED or platform.machine() == "arm64" else logical // 2


def _siblings(number: int) -> str:
    """Return the list of logical processors that share a core with this one."""
    try:
        return (
            (_TOPOLOGY / f"cpu{number}" / "topology" / "thread_siblings_list")
            .read_text("ascii")
            .strip()
        )
    except OSError:
        return ""
