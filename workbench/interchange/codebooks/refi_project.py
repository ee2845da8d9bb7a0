"""The codebook of a whole REFI-QDA project (.qdpx) of another program; only its codes are read."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from workbench.coding.code_records import CodeRecord
from workbench.i18n import N_
from workbench.interchange.codebook_format import ReadCodebook
from workbench.interchange.files import damaged, read_bytes, read_head
from workbench.interchange.refi_codes import LARGEST, parse_codes


class RefiProject:
    """Reads the codes of .qdpx and .qde."""

    name = "qdpx"
    suffixes: tuple[str, ...] = (".qdpx", ".qde")
    description = N_("codes of a REFI-QDA project (qdpx) of another program")
    writes = False

    def read(self, path: Path) -> ReadCodebook:
        """Return the codes of the project; its sources and codings stay where they are."""
        if path.suffix.lower() == ".qde":
            return parse_codes(read_bytes(path, limit=LARGEST), path)
        return parse_codes(_project_file(path), path)

    def render(self, codes: Sequence[CodeRecord], title: str) -> bytes:
        """Projects are not written."""
        raise NotImplementedError


def _project_file(path: Path) -> bytes:
    """Return the one XML file in an archive, whatever the case of its name; nothing else is unpacked."""
    read_head(path)  # a file that is not there is said first
    try:
        with zipfile.ZipFile(path) as archive:
            entry = next(e for e in archive.infolist() if e.filename.lower() == "project.qde")
            with archive.open(entry) as stream:
                data = stream.read(LARGEST + 1)
    except Exception as trouble:  # a damaged archive fails in zipfile and zlib in many ways
        raise damaged(path) from trouble
    if len(data) > LARGEST:
        raise damaged(path)
    return data


FORMAT = RefiProject()
