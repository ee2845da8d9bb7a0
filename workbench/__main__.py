"""The program's door: a command line, or the terminal interface when no command is given."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.cli.entry import Interface


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    from workbench.cli.entry import run

    outcome = run(sys.argv[1:] if argv is None else argv)
    if outcome.interface is None:
        return outcome.exit_code
    from workbench.cli.troubles import guarded

    interface = outcome.interface
    return guarded(lambda: _open(interface)) or outcome.exit_code


def _open(interface: Interface) -> int:
    """Open the terminal interface; a language named for this start is not written to the settings file."""
    from workbench.settings import Settings
    from workbench.tui.app import WorkbenchApp

    settings = Settings.load()
    if interface.language or os.environ.get("WORKBENCH_LANG"):
        from workbench.i18n import language

        settings = settings.model_copy(update={"language": language()})
    app = WorkbenchApp(settings, interface.workspace, interface.project)
    app.run()
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main())
