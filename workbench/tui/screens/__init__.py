"""One module a screen; `workbench.tui.screens.<name>` holds `<Name>Screen`."""

from __future__ import annotations
