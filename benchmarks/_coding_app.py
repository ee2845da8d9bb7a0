"""Opens the coding screen of one source of one project: ``python -m benchmarks._coding_app FOLDER SOURCE``."""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter, process_time

from textual import events

from workbench.services.workspace import Workspace
from workbench.settings import Settings
from workbench.tui.app import WorkbenchApp
from workbench.tui.screens.coding import CodingScreen


class CodingApp(WorkbenchApp):
    """No Home below; says when the transcript was drawn."""

    def __init__(self, folder: Path, source: str) -> None:
        super().__init__(Settings(language="ru", coder="A"), workspace=folder.parent)
        self.project = Workspace(folder.parent, coder="A").open(folder.name)
        self._source = source
        self._begun: tuple[float, float] | None = None

    async def on_mount(self, event: events.Mount) -> None:
        event.prevent_default()
        self.set_timer(0.3, self._open)  # the program itself is up: only the screen is measured

    async def _open(self) -> None:
        self._begun = (perf_counter(), process_time())
        await self.push_screen(CodingScreen(self._source))

    def post_display_hook(self) -> None:
        """Say how long it took until the words were drawn: once, after the first frame that has them."""
        if self._begun and isinstance(self.screen, CodingScreen) and self.screen.view._strips:
            begun, spent = self._begun
            said = f"{perf_counter() - begun} {process_time() - spent}"
            Path(sys.argv[3]).write_text(said, encoding="utf-8")
            self._begun = None


if __name__ == "__main__":
    CodingApp(Path(sys.argv[1]), sys.argv[2]).run()
