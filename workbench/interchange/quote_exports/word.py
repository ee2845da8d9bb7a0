"""Word: quotes under the headings of their codes, each with an accent bar and where it comes from."""

from __future__ import annotations

import io
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from workbench.i18n import N_, _, language, ngettext
from workbench.interchange.quote_exporter import QuoteSheet, heading_text, remarks
from workbench.interchange.word_pages import (
    ACCENT,
    GREY,
    fit,
    number_pages,
    set_font,
    set_language,
    set_page,
)
from workbench.models.quote_lists import CodedQuote

_KEPT_TOGETHER: Final = 900  # characters; a longer quote may go over to the next page


class Word:
    """Writes .docx."""

    name = "docx"
    suffix = ".docx"
    description = N_("pages to read (Word)")

    def render(self, sheet: QuoteSheet) -> bytes:
        """Return the document: the title, then each group with its quotes."""
        from docx import Document

        document = Document()
        styles = _Styles.made_in(document)
        document.add_paragraph(fit(sheet.title), styles.title)
        n = len({line.quote_id for line in sheet.lines})
        count = ngettext("{n} quote", "{n} quotes", n).format(n=n)
        document.add_paragraph().add_run(count, styles.small)
        quotes_of = _Quotes(document, styles)
        for heading, quotes in sheet.groups():
            if heading is not None:
                text = f"{heading_text(heading)} · {heading.count}"
                document.add_paragraph(fit(text), styles.heading)
            for quote in quotes:
                known = heading is not None and heading.label == quote.code
                quotes_of.add(quote, with_code=not known)
        number_pages(document, styles.small)
        core = document.core_properties
        core.title = fit(sheet.title)[:255]
        core.author = core.last_modified_by = core.comments = ""
        core.language = language()
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class _Styles:
    """The styles of the document, so that none is looked up by name for each quote."""

    title: Any
    heading: Any
    quote: Any
    source: Any
    small: Any

    @classmethod
    def made_in(cls, document: Any) -> _Styles:
        """Make the styles; a client changes the colour in one place each."""
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Cm, Pt, RGBColor

        set_page(document)
        styles = document.styles
        normal = styles["Normal"]
        set_font(normal, 11)
        normal.paragraph_format.space_after = Pt(0)
        set_language(normal, language())
        accent, grey = RGBColor.from_string(ACCENT), RGBColor.from_string(GREY)
        title, heading = styles["Title"], styles["Heading 1"]
        for style, size, before in ((title, 18, 0), (heading, 13, 18)):
            set_font(style, size)
            style.font.bold = True
            style.font.color.rgb = accent
            style.paragraph_format.space_before = Pt(before)
            style.paragraph_format.space_after = Pt(6)
            style.paragraph_format.keep_with_next = True
            _take_borders(style)
        quote = styles["Quote"]
        quote.base_style = normal
        set_font(quote, 11)
        quote.font.italic = False
        quote.font.color.rgb = None
        source = styles.add_style("Quote Source", WD_STYLE_TYPE.PARAGRAPH)
        source.base_style = normal
        set_font(source, 9)
        source.font.color.rgb = grey
        for style in (quote, source):
            style.paragraph_format.left_indent = Cm(0.6)
            style.paragraph_format.right_indent = Cm(0.6)
            style.paragraph_format.line_spacing = 1.15
        for style in (quote, source):
            _bar(style)
        quote.paragraph_format.space_before = Pt(8)
        quote.paragraph_format.keep_with_next = True
        small = styles.add_style("Quote Page", WD_STYLE_TYPE.CHARACTER)
        set_font(small, 9)
        small.font.color.rgb = grey
        return cls(title, heading, quote, source, small)


class _Quotes:
    """Adds quotes to a document: each a copy of a paragraph, because looking styles up again takes long."""

    def __init__(self, document: Any, styles: _Styles) -> None:
        self._document = document
        self._quote, self._long, self._source = (
            self._prototype(style) for style in (styles.quote, styles.quote, styles.source)
        )
        for paragraph in (self._quote, self._long):
            paragraph.paragraph_format.keep_together = paragraph is self._quote

    def _prototype(self, style: Any) -> Any:
        """Return a paragraph to copy, which is not in the document itself."""
        paragraph = self._document.add_paragraph(" ", style)
        self._document.element.body.remove(paragraph._p)  # noqa: SLF001 - python-docx has no removing
        return paragraph

    def add(self, quote: CodedQuote, *, with_code: bool) -> None:
        """Add the words, who said them and where, and the memo."""
        self._append(self._quote if len(quote.text) <= _KEPT_TOGETHER else self._long, quote.text)
        more = remarks(quote, with_code=with_code)
        self._append(self._source, " · ".join(part for part in (quote.reference(), more) if part))
        if quote.memo:
            self._append(self._source, _("memo: {text}").format(text=quote.memo))

    def _append(self, prototype: Any, text: str) -> None:
        from docx.text.paragraph import Paragraph

        copied = Paragraph(deepcopy(prototype._p), self._document)  # noqa: SLF001
        copied.runs[0].text = fit(text)
        self._document.element.body.sectPr.addprevious(copied._p)  # noqa: SLF001


def _bar(style: Any) -> None:
    """Draw the accent bar on the left of a style's paragraphs."""
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    borders = properties.makeelement(qn("w:pBdr"), {})
    look = {"val": "single", "sz": "18", "space": "8", "color": ACCENT}
    borders.append(borders.makeelement(qn("w:left"), {qn(f"w:{k}"): v for k, v in look.items()}))
    _put(properties, borders)


def _take_borders(style: Any) -> None:
    """Take the rule away that Word's own styles draw."""
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for found in properties.findall(qn("w:pBdr")):
        properties.remove(found)


def _put(properties: Any, borders: Any) -> None:
    """Put borders where the schema wants them: behind keeping together, before all that follows."""
    from docx.oxml.ns import qn

    before = {
        qn(f"w:{name}")
        for name in (
            *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr"),
            *("widowControl", "numPr", "suppressLineNumbers"),
        )
    }
    for found in properties.findall(qn("w:pBdr")):
        properties.remove(found)
    place = sum(1 for child in properties if child.tag in before)
    properties.insert(place, borders)


EXPORTER = Word()
