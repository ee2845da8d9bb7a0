"""Opens the coding screen of one source as a person would come to it: ``python -m benchmarks._coding_app FOLDER SOURCE FILE``."""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from workbench.settings import Settings
from workbench.tui.app import WorkbenchApp


class CodingApp(WorkbenchApp):
    """Goes from the project's overview to a source; writes down when its words were drawn."""

    def __init__(self, folder: Path, source: str, said: Path) -> None:
        settings = Settings(language="ru", coder="A")
        super().__init__(settings, workspace=folder.parent, project=folder.name)
        self.state.remember("screen", value="home")  # not where an earlier start was left
        self._source = source
        self._said = said
        self._waits = True
        self._begun: tuple[float, float] | None = None

    def _open(self) -> None:
        self._begun = (perf_counter(), process_time())
        self.open_screen("coding", source=self._source)

    def post_display_hook(self) -> None:
        """Open the source once the overview is there; say how long it took until its words were drawn."""
        # told by name: loading the modules of the screens belongs to the opening
        screen: Any = self.screen
        name = getattr(screen, "NAME", "")
        if self._waits and name == "project" and screen._overview is not None:
            self._waits = False
            self.set_timer(1.0, self._open)  # a person looks at it first
        elif self._begun and name == "coding" and screen.view._strips:
            begun, spent = self._begun
            said = f"{perf_counter() - begun} {process_time() - spent}"
            self._said.write_text(said, encoding="utf-8")
            self._begun = None


if __name__ == "__main__":
    CodingApp(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])).run()
