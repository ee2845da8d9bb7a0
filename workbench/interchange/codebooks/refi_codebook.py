"""A codebook as REFI-QDA has it (.qdc): the format that programs for qualitative analysis share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from workbench import __version__
from workbench.coding.code_records import CodeRecord
from workbench.i18n import N_
from workbench.interchange.codebook_format import ReadCodebook
from workbench.interchange.files import read_bytes
from workbench.interchange.refi_codes import LARGEST, codebook_xml, parse_codes


class RefiCodebook:
    """Reads and writes .qdc."""

    name = "qdc"
    suffixes: tuple[str, ...] = (".qdc",)
    description = N_("REFI-QDA codebook (qdc), for ATLAS.ti, MAXQDA, NVivo, QualCoder and others")
    writes = True

    def read(self, path: Path) -> ReadCodebook:
        """Return the codes of the file."""
        return parse_codes(read_bytes(path, limit=LARGEST), path)

    def render(self, codes: Sequence[CodeRecord], title: str) -> bytes:
        """Return a file of version 1.0."""
        del title
        return codebook_xml(codes, f"Qualitative Workbench {__version__}")


FORMAT = RefiCodebook()
