"""The parts of a .docx besides its text: styles, numbering, settings, theme, package."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

ACCENT, INK, GREY, RULE, TINT, WASH = "0F5C6E", "22303A", "5F6B73", "C9D2D6", "E4EEF0", "F3F7F8"
"""The accent and its relatives; all of them are also references to the theme, so that a client's
own theme recolours the report in one place."""

_ACCENT = f'<w:color w:val="{ACCENT}" w:themeColor="accent1"/>'
_INK = f'<w:color w:val="{INK}" w:themeColor="text2"/>'
_GREY = f'<w:color w:val="{GREY}" w:themeColor="accent2"/>'
_WHITE = '<w:color w:val="FFFFFF" w:themeColor="background1"/>'
_BAR = f'<w:left w:val="single" w:sz="18" w:space="10" w:color="{ACCENT}" w:themeColor="accent1"/>'


def fill(color: str, *, tint: str = "") -> str:
    """Return a shading that follows the theme's accent."""
    themed = f' w:themeFillTint="{tint}"' if tint else ""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{color}" w:themeFill="accent1"{themed}/>'


FILL_ACCENT, FILL_TINT, FILL_WASH = fill(ACCENT), fill(TINT, tint="1C"), fill(WASH, tint="0D")
_FILL_REST = '<w:shd w:val="clear" w:color="auto" w:fill="DFE5E8" w:themeFill="background2"/>'
_FILL_MUTED = '<w:shd w:val="clear" w:color="auto" w:fill="A9B4BA"/>'


def _size(points: float) -> str:
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def _space(before: int, after: int, line: int | None = None) -> str:
    height = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


def _paragraph_style(
    name: str, ppr: str, rpr: str, *, base: str = "Normal", follow: str = ""
) -> str:
    """Return a paragraph style; its id is its name without spaces."""
    key = name.replace(" ", "")
    title = name.lower() if name.startswith(("Heading", "Header", "Footer", "Caption")) else name
    parent = f'<w:basedOn w:val="{base}"/>' if base else ""
    after = f'<w:next w:val="{follow}"/>' if follow else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{title}"/>{parent}{after}'
        f"<w:qFormat/><w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"
    )


def _character_style(name: str, rpr: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>'
        f"<w:qFormat/><w:rPr>{rpr}</w:rPr></w:style>"
    )


def _heading(level: int, ppr: str, rpr: str) -> str:
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    return _paragraph_style(
        f"Heading {level}", f"<w:keepNext/><w:keepLines/>{ppr}{outline}", rpr, follow="BodyText"
    )


def styles(language: str) -> str:
    """Return styles.xml: every look of the report has a name, and the names are the same everywhere."""
    quote_indent = '<w:ind w:left="340" w:right="340"/>'
    fact_tabs = '<w:tabs><w:tab w:val="left" w:pos="1985"/></w:tabs>'
    fact_indent = '<w:ind w:left="1985" w:hanging="1985"/>'
    fact_rule = f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="3" w:color="{RULE}"/><w:between w:val="single" w:sz="4" w:space="3" w:color="{RULE}"/></w:pBdr>'
    cover_tabs = '<w:tabs><w:tab w:val="left" w:pos="2268"/></w:tabs><w:spacing w:before="0" w:after="100"/><w:ind w:left="2268" w:hanging="2268"/>'
    items = [
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
        _paragraph_style("Body Text", "", ""),
        _paragraph_style(
            "Title", _space(0, 160, 216), f"<w:b/>{_WHITE}{_size(34)}", follow="Subtitle"
        ),
        _paragraph_style("Subtitle", _space(0, 60, 240), f"{_WHITE}{_size(15)}", follow="BodyText"),
        _paragraph_style(
            "Cover Client",
            _space(700, 0, 240),
            f'<w:b/><w:caps/>{_WHITE}<w:spacing w:val="30"/>{_size(11)}',
        ),
        _paragraph_style("Cover Line", cover_tabs, _size(11)),
        _heading(1, _space(420, 160, 240), f"<w:b/>{_ACCENT}{_size(20)}"),
        _heading(2, _space(320, 80, 252), f"<w:b/>{_INK}{_size(14)}"),
        _heading(3, _space(240, 60), f"<w:b/>{_ACCENT}{_size(11)}"),
        _paragraph_style("Lead", f"<w:keepLines/>{_space(0, 60)}", _size(12)),
        _paragraph_style("Evidence Line", f"<w:keepNext/>{_space(0, 100)}", f"{_GREY}{_size(9.5)}"),
        _paragraph_style(
            "Quote",
            f"<w:keepNext/><w:pBdr>{_BAR}</w:pBdr>{_space(0, 0)}{quote_indent}",
            f"<w:noProof/>{_INK}",
        ),
        _paragraph_style(
            "Quote Attribution",
            f"<w:pBdr>{_BAR}</w:pBdr>{_space(0, 160)}{quote_indent}",
            f"<w:noProof/>{_GREY}{_size(8.5)}",
            follow="BodyText",
        ),
        _paragraph_style("Tags", f"<w:keepNext/>{_space(0, 120)}", ""),
        _paragraph_style(
            "Fact",
            f"<w:keepNext/><w:keepLines/>{fact_rule}{fact_tabs}{_space(50, 0, 252)}{fact_indent}",
            _size(10),
        ),
        _paragraph_style("Gap", f"<w:keepNext/>{_space(0, 120, 120)}", _size(4)),
        _paragraph_style(
            "Recommendation", f"<w:keepNext/><w:keepLines/>{FILL_WASH}{_space(80, 0)}", ""
        ),
        _paragraph_style(
            "Recommendation Details",
            f"<w:keepLines/>{FILL_WASH}{_space(0, 120)}",
            f"{_GREY}{_size(9)}",
        ),
        _paragraph_style(
            "Caption", f"<w:keepNext/>{_space(240, 80)}", f"<w:b/>{_GREY}{_size(9.5)}"
        ),
        _paragraph_style("Note", _space(80, 120), f"{_GREY}{_size(9.5)}"),
        _paragraph_style(
            "List Bullet",
            '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' + _space(0, 60),
            "",
        ),
        _paragraph_style("Table Text", _space(40, 40, 240), _size(9)),
        _paragraph_style("Table Small", _space(0, 40, 240), f"{_GREY}{_size(8)}", base="TableText"),
        _paragraph_style(
            "Table Number",
            f'{_space(40, 40, 240)}<w:jc w:val="right"/>',
            _size(9),
            base="TableText",
        ),
        _paragraph_style(
            "Table Head",
            f"<w:keepNext/>{_space(40, 40, 228)}",
            f"<w:b/>{_GREY}{_size(8.5)}",
            base="TableText",
        ),
        _paragraph_style("Table Head Number", '<w:jc w:val="right"/>', "", base="TableHead"),
        _paragraph_style(
            "Table Section",
            f"<w:keepNext/>{_space(100, 40, 240)}",
            f"<w:b/>{_ACCENT}{_size(9)}",
            base="TableText",
        ),
        _paragraph_style(
            "Header",
            f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{RULE}"/></w:pBdr>{_space(0, 0, 240)}',
            f"{_GREY}{_size(8.5)}",
        ),
        _paragraph_style("Footer", _space(0, 0, 240), f"{_GREY}{_size(8.5)}"),
        _paragraph_style("Template Tag", _space(0, 0, 200), f"<w:noProof/>{_GREY}{_size(7)}"),
        _paragraph_style(
            "Section End",
            '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
            _size(1),
        ),
        _character_style("Strong", "<w:b/>"),
        _character_style("Muted", _GREY),
        _character_style("Small", f"{_GREY}{_size(8)}"),
        _character_style("Fact Label", f"{_GREY}{_size(9)}"),
        _character_style("Key Figure", f"<w:b/>{_ACCENT}"),
        _character_style("Dots", f'{_ACCENT}<w:spacing w:val="10"/>'),
        _character_style("Tag", f"{_ACCENT}{_size(9)}{FILL_TINT}"),
        _character_style("Tag Strong", f"<w:b/>{_WHITE}{_size(9)}{FILL_ACCENT}"),
        _character_style("Bar Full", f"<w:noProof/>{_size(8)}{FILL_ACCENT}"),
        _character_style("Bar Rest", f"<w:noProof/>{_size(8)}{_FILL_REST}"),
        _character_style("Bar Muted", f"<w:noProof/>{_size(8)}{_FILL_MUTED}"),
        _table_style(),
    ]
    return (
        f'{_HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/>'
        f'{_size(10.5)}<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        f"</w:docDefaults>{''.join(items)}</w:styles>"
    )


def _table_style() -> str:
    """Return the style of all tables: thin rules under the head and between rows, no grid."""
    rule = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE}"'
    head = (
        f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}" w:themeColor="accent1"/>'
    )
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="ReportTable"><w:name w:val="Report Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders><w:bottom {rule}/><w:insideH {rule}/></w:tblBorders>'
        '<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
        '<w:bottom w:w="20" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{head}</w:tcBorders></w:tcPr></w:tblStylePr></w:style>'
    )


def numbering() -> str:
    """Return numbering.xml: one plain bullet."""
    return (
        f'{_HEAD}<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:lvlText w:val="•"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def settings(language: str) -> str:
    """Return settings.xml for the present Word, with nothing left over from anybody's machine."""
    return (
        f'{_HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{language}"/><w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" '
        'w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" '
        'w:accent6="accent6" w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def fonts() -> str:
    """Return fontTable.xml: Calibri, and what takes its place where it is missing."""
    return (
        f'{_HEAD}<w:fonts xmlns:w="{W}"><w:font w:name="Calibri"><w:altName w:val="Carlito"/><w:panose1 w:val="020F0502020204030204"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
        '<w:font w:name="Arial"><w:altName w:val="Liberation Sans"/><w:panose1 w:val="020B0604020202020204"/><w:charset w:val="00"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def theme() -> str:
    """Return theme1.xml: python-docx's own, with our colours and fonts."""
    base = Path(docx.__path__[0]) / "templates" / "default.docx"
    with zipfile.ZipFile(base) as archive:
        text = archive.read("word/theme/theme1.xml").decode("utf-8")
    colours = {
        "dk2": INK, "lt2": "DFE5E8", "accent1": ACCENT, "accent2": GREY, "accent3": "B4653A",
        "accent4": "7A8B3A", "accent5": "7C5A8E", "accent6": "C29A2E",
    }  # fmt: skip
    for name, value in colours.items():
        text = re.sub(rf"(<a:{name}>\s*<a:srgbClr val=\")[0-9A-F]{{6}}", rf"\g<1>{value}", text)
    return re.sub(r"(<a:(?:major|minor)Font>\s*<a:latin typeface=\")[^\"]*", r"\g<1>Calibri", text)


def package(document: str, extras: dict[str, str], language: str) -> bytes:
    """Return the .docx as bytes, equal for equal content.

    Args:
        document: document.xml.
        extras: headers and footers by file name; each has the relationship id of its own name.
        language: such as ``ru-RU``.
    """
    parts = {
        "styles": styles(language), "numbering": numbering(), "settings": settings(language),
        "fontTable": fonts(),
    }  # fmt: skip
    related = [(name, name, f"{name}.xml") for name in parts]
    related += [("theme", "theme", "theme/theme1.xml")]
    related += [(name, name.rstrip("0123456789"), f"{name}.xml") for name in extras]
    kinds = [
        (f"/word/{name}.xml", f"{_WORD_TYPE}.{name.rstrip('0123456789')}+xml")
        for name in (*parts, *extras)
    ]
    kinds += [
        ("/word/document.xml", f"{_WORD_TYPE}.document.main+xml"),
        ("/word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        (
            "/docProps/app.xml",
            "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        ),
    ]
    files = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in kinds)
        + "</Types>",
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{_OFFICE}/relationships/extended-properties" Target="docProps/app.xml"/></Relationships>',
        "docProps/core.xml": f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Report template</dc:title><dc:language>{language}</dc:language></cp:coreProperties>',
        "docProps/app.xml": f'{_HEAD}<Properties xmlns="{_OFFICE}/extended-properties"><Application>Microsoft Office Word</Application></Properties>',
        "word/document.xml": document,
        "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="{key}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
            for key, kind, target in related
        )
        + "</Relationships>",
        "word/theme/theme1.xml": theme(),
        **{f"word/{name}.xml": text for name, text in {**parts, **extras}.items()},
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode("utf-8"))
    return packed.getvalue()
