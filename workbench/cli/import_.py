"""``workbench import``: what ``source add`` does, under the name that people look for."""

from __future__ import annotations

from workbench.cli import source
from workbench.cli.options import command
from workbench.cli.tree import single
from workbench.i18n import N_

app = single()

command(
    app,
    "import",
    help=N_(
        "Import transcripts, documents, tables of reviews or recordings; the same as source add."
    ),
    example="workbench import talk.vtt interview.json notes.odt --wave 1",
)(source.add)
