"""What the interface remembers between starts: the last project, source, scroll position, folds."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from workbench import locations
from workbench.settings import write_atomically


class UiState:
    """A small tree of remembered values, addressed by a path of names.

    Nothing in it is precious: a damaged file is the same as none, and a failed write is no trouble
    of the user's. Values are what JSON can hold.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Read what was remembered, if anything can be read."""
        self._path = path or locations.state_folder() / "interface.json"
        self._values: dict[str, Any] = {}
        self._changed = False
        with suppress(OSError, ValueError, RecursionError):
            values = json.loads(self._path.read_text(encoding="utf-8"))
            if isinstance(values, dict):
                self._values = values

    def recall(self, *names: str, default: Any = None) -> Any:
        """Return what was remembered under a path of names.

        A value of another type than the default's is damage, so the default is returned.
        """
        value: Any = self._values
        for name in names:
            if not isinstance(value, dict) or name not in value:
                return default
            value = value[name]
        if default is not None and not isinstance(value, type(default)):
            return default
        return value

    def remember(self, *names: str, value: Any) -> None:
        """Remember a value under a path of names, such as ``"projects", project, "source"``."""
        branch = self._values
        for name in names[:-1]:
            deeper = branch.get(name)
            if not isinstance(deeper, dict):
                deeper = branch[name] = {}
            branch = deeper
        if branch.get(names[-1]) != value:
            branch[names[-1]] = value
            self._changed = True

    def save(self) -> None:
        """Write what changed; the interface must not fail because it cannot remember."""
        if self._changed:
            with suppress(OSError, ValueError, TypeError):
                text = json.dumps(self._values, ensure_ascii=False, indent=1)
                write_atomically(self._path, text)
                self._changed = False
