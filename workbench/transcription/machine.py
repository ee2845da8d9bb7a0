"""What this machine has for recognition: processor cores, memory, a graphics card."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from workbench.transcription.threads import core_count

_MEBIBYTE = 1 << 20
_PATIENCE_S = 5
_MEMINFO = Path("/proc/meminfo")
_CONTAINER = Path("/sys/fs/cgroup")
_UNLIMITED = 1 << 60


@dataclass(frozen=True)
class Machine:
    """What there is; None where the system does not say.

    Attributes:
        memory_bytes: in all, or as much as a container may use.
        available_bytes: what could be used now, exchange space included.
        graphics: names of the cards CTranslate2 can use.
        graphics_bytes: memory of the largest of them.
    """

    cores: int
    memory_bytes: int | None
    available_bytes: int | None
    graphics: tuple[str, ...] = ()
    graphics_bytes: int | None = None


def this_machine() -> Machine:
    """Look at the machine; takes 0.2 s, because CTranslate2 is asked for graphics cards."""
    memory, available = memory_bytes()
    names, graphics_bytes = _graphics()
    return Machine(core_count(), memory, available, names, graphics_bytes)


def memory_bytes() -> tuple[int | None, int | None]:
    """Return the memory in all and what is available now; None where nobody says."""
    if sys.platform == "win32":
        return _windows_memory()
    try:
        lines = _MEMINFO.read_text("ascii").splitlines()
    except OSError:
        return _sysconf_memory(), None
    found = {}
    for line in lines:
        name, _colon, value = line.partition(":")
        if value.split():
            found[name] = int(value.split()[0]) * 1024
    total = found.get("MemTotal")
    available = found.get("MemAvailable")
    if available is not None:
        available += found.get("SwapFree", 0)
    limit, used = _container_memory()
    if limit is not None and total is not None and limit < total:
        return limit, min(available or limit, max(0, limit - used))
    return total, available


def _sysconf_memory() -> int | None:
    """Return the memory in all where POSIX knows it."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return None


def _container_memory() -> tuple[int | None, int]:
    """Return what a container may use and what it uses without caches; None without a limit."""
    for limit_name, used_name in (
        ("memory.max", "memory.current"),
        ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes"),
    ):
        try:
            limit = int((_CONTAINER / limit_name).read_text("ascii"))
            used = int((_CONTAINER / used_name).read_text("ascii"))
            words = (
                (_CONTAINER / Path(limit_name).parent / "memory.stat").read_text("ascii").split()
            )
        except (OSError, ValueError):  # no such file, or “max”
            continue
        caches = dict(zip(words[::2], words[1::2], strict=False)).get("inactive_file", "0")
        if limit < _UNLIMITED:
            return limit, max(0, used - int(caches))
    return None, 0


def _windows_memory() -> tuple[int | None, int | None]:
    """Ask Windows for its memory."""
    import ctypes

    class Status(ctypes.Structure):
        """MEMORYSTATUSEX."""

        _fields_ = [
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *(
                (name, ctypes.c_ulonglong)
                for name in ("total", "free", "page", "page_free", "own", "own_free", "extended")
            ),
        ]

    status = Status()
    status.length = ctypes.sizeof(status)
    known = getattr(ctypes, "windll", None)
    if known is None or not known.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return None, None
    return int(status.total), int(status.page_free)


def _graphics() -> tuple[tuple[str, ...], int | None]:
    """Return the names of the graphics cards that can be used, and the memory of the largest."""
    from workbench.transcription.engines._graphics import cuda_devices

    count = cuda_devices()
    if not count:
        return (), None
    try:
        answer = subprocess.run(
            ["nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader,nounits"],
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
            check=True,
        ).stdout
        rows = [line.rpartition(",") for line in answer.splitlines() if "," in line][:count]
        names = tuple(name.strip() for name, _comma, _size in rows)
        return names, max(int(size) for _name, _comma, size in rows) * _MEBIBYTE
    except (OSError, subprocess.SubprocessError, ValueError):
        return ("CUDA",) * count, None
