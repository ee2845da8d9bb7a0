"""What our Word files have in common: an A4 page, one sans family, one accent colour, page numbers."""

from __future__ import annotations

import re
from typing import Any, Final

from workbench.i18n import language

ACCENT: Final = "0F5C6E"
GREY: Final = "5F6B73"
_FONT: Final = "Calibri"
_WORD_LANGUAGES: Final = {"en": "en-GB", "ru": "ru-RU"}
_UNFIT = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def set_page(document: Any) -> None:
    """Give a document an A4 page and one set of styles."""
    from docx.shared import Cm

    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            document.part.drop_rel(
                key
            )  # a second set of styles for Word 2010, which would lack ours
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin = page.bottom_margin = Cm(2.2)


def set_font(style: Any, points: float) -> None:
    """Set the font for Latin and Cyrillic letters alike; LibreOffice puts Carlito in Calibri's place."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name = _FONT
    style.font.size = Pt(points)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for place in ("w:cs", "w:eastAsia"):
        fonts.set(qn(place), _FONT)


def set_language(style: Any, code: str) -> None:
    """Tell Word in which language to check the spelling."""
    from docx.oxml.ns import qn

    spoken = _WORD_LANGUAGES.get(code or language())
    if spoken is None:
        return
    properties = style.element.get_or_add_rPr()
    element = properties.makeelement(qn("w:lang"), {qn("w:val"): spoken})
    properties.append(element)


def number_pages(document: Any, style: Any) -> None:
    """Put the page number at the foot of each page, in a style of letters."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn

    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    field = paragraph._p.makeelement(qn("w:fldSimple"), {qn("w:instr"): "PAGE"})  # noqa: SLF001 - python-docx has no fields
    run = paragraph.add_run("1", style=style)
    field.append(run._r)  # noqa: SLF001
    paragraph._p.append(field)  # noqa: SLF001


def fit(text: str) -> str:
    """Return the text with what a Word file cannot hold visibly replaced."""
    return _UNFIT.sub("\ufffd", text)
