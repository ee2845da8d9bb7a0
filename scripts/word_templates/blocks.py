"""Building blocks of a template's text: paragraphs, runs, tables, tags, fields, sections."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from xml.sax.saxutils import escape

Say = Callable[[str, str], str]
"""Chooses between the English and the Russian label."""

NEW_PAGE = "<w:pageBreakBefore/>"

PAGE, LAND = 9072, 14003
"""Width between the margins in twips: A4 less 25 mm on each side, upright and turned."""

_MARGINS = 'w:top="1417" w:right="1417" w:bottom="1304" w:left="1417" w:header="680" w:footer="567" w:gutter="0"'

_APART = '<w:tcMar><w:left w:w="227" w:type="dxa"/></w:tcMar>'
"""4 mm between numbers set to the right and the text beside them."""


def run(text: str, style: str = "") -> str:
    """Return a run of text in a character style."""
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    pieces = escape(text).split("\t")
    body = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{piece}</w:t>' if piece else "" for piece in pieces
    )
    return f"<w:r>{look}{body}</w:r>"


def par(style: str, *runs: str, extra: str = "") -> str:
    """Return a paragraph; a plain text given as a run becomes one."""
    body = "".join(item if item.startswith("<") else run(item) for item in runs)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{body}</w:p>'


def tag(words: str) -> str:
    """Return a paragraph that holds a tag only and vanishes with it: ``{%p for … %}``."""
    return par("TemplateTag", run(f"{{%p {words} %}}"))


def when(condition: str, *blocks: str, otherwise: Sequence[str] = ()) -> str:
    """Return paragraphs printed only when something holds."""
    middle = [tag("else"), *otherwise] if otherwise else []
    return "".join([tag(f"if {condition}"), *blocks, *middle, tag("endif")])


def each(loop: str, *blocks: str) -> str:
    """Return paragraphs printed once for each item: ``each("b in barriers", …)``."""
    return "".join([tag(f"for {loop}"), *blocks, tag("endfor")])


def runs_when(condition: str, *runs: str, otherwise: Sequence[str] = ()) -> str:
    """Return runs printed only when something holds."""
    middle = [run("{%r else %}"), *otherwise] if otherwise else []
    return "".join([run(f"{{%r if {condition} %}}"), *runs, *middle, run("{%r endif %}")])


def runs_each(loop: str, *runs: str) -> str:
    """Return runs printed once for each item."""
    return "".join([run(f"{{%r for {loop} %}}"), *runs, run("{%r endfor %}")])


def fact(label: str, *runs: str) -> str:
    """Return a line of a card: a grey label, then what it says."""
    return par("Fact", run(f"{label}\t", "FactLabel"), *runs)


def quote(name: str, *, hold: bool = False) -> str:
    """Return a quote with its attribution; the coded words are strong.

    With ``hold`` the last quote of a loop stays on one page with what follows it.
    """
    words = runs_each(
        f"piece in {name}.pieces",
        runs_when(
            "piece.coded", run("{{ piece.words }}", "Strong"), otherwise=[run("{{ piece.words }}")]
        ),
    )
    source = f"{{{{ {name}.attribution }}}}"
    plain = par("QuoteAttribution", source)
    if hold:
        plain = when(
            "loop.last", par("QuoteAttribution", source, extra="<w:keepNext/>"), otherwise=[plain]
        )
    return par("Quote", words) + plain


def cell(width: int, *paragraphs: str, span: int = 1, look: str = "") -> str:
    """Return a table cell."""
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{wide}{look}</w:tcPr>{"".join(paragraphs)}</w:tc>'


def row(*cells: str, head: bool = False, split: bool = False, extra: str = "") -> str:
    """Return a table row; it repeats on every page when it is the head, and never splits."""
    whole = "" if split else "<w:cantSplit/>"
    repeat = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr>{whole}{extra}{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def row_tag(words: str, widths: Sequence[int]) -> str:
    """Return a row that holds a tag only and vanishes with it: ``{%tr for … %}``."""
    return row(cell(sum(widths), par("TemplateTag", run(f"{{%tr {words} %}}")), span=len(widths)))


def table(widths: Sequence[int], *rows: str, style: str = "ReportTable", place: str = "") -> str:
    """Return a table of fixed widths, with a little air after it."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{place}'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def listing(
    columns: Sequence[tuple[str, int, bool]], loop: str, cells: Sequence[str], *, hold: bool = False
) -> str:
    """Return a table with a head and one row for each item.

    Args:
        columns: label, width, and whether the column holds numbers (set to the right).
        loop: such as ``g in goals``.
        cells: the paragraphs of each cell.
        hold: keep the rows on one page; for short tables.
    """
    if hold:
        style = re.compile(r"(<w:pStyle [^>]*/>)")
        cells = [style.sub(r"\1<w:keepNext/>", text) for text in cells]
    widths = [width for _label, width, _number in columns]
    looks = ["", *(_APART if a[2] and not b[2] else "" for a, b in pairwise(columns))]
    head = row(
        *(
            cell(width, par("TableHeadNumber" if number else "TableHead", label), look=look)
            for (label, width, number), look in zip(columns, looks, strict=True)
        ),
        head=True,
    )
    body = row(
        *(
            cell(width, text, look=look)
            for width, text, look in zip(widths, cells, looks, strict=True)
        )
    )
    return table(widths, head, row_tag(f"for {loop}", widths), body, row_tag("endfor", widths))


def field(instruction: str, shown: str = "1") -> str:
    """Return a field that Word and LibreOffice compute themselves, such as PAGE."""
    return f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>{shown}</w:t></w:r></w:fldSimple>'


def section(*, land: bool = False, last: bool = False, cover: bool = False) -> str:
    """Return the properties of a section; inside a paragraph of its own unless it is the last."""
    key = "2" if land else "1"
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if land else 'w:w="11906" w:h="16838"'
    links = f'<w:headerReference w:type="default" r:id="header{key}"/><w:footerReference w:type="default" r:id="footer{key}"/>'
    margins = _MARGINS
    if cover:  # no header, and the coloured band begins at the paper's edge
        links = ""
        margins = 'w:top="0" w:right="1417" w:bottom="1304" w:left="1417" w:header="0" w:footer="567" w:gutter="0"'
    properties = f'<w:sectPr>{links}<w:type w:val="nextPage"/><w:pgSz {size}/><w:pgMar {margins}/></w:sectPr>'
    return properties if last else par("SectionEnd", extra=properties)
