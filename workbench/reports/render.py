"""A template and plain values become a Word file; the only place that knows docxtpl."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Undefined
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError, UndefinedError
from lxml import etree
from markupsafe import escape

from workbench.errors import ReportError
from workbench.i18n import N_
from workbench.reports import word_file
from workbench.reports.cleaning import clean, squeeze
from workbench.reports.sandbox import TemplateSandbox, collect
from workbench.reports.wording import Words

_TAG = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARKUP = re.compile(r"<[^>]+>")
_TEMPLATE_FRAME = "<template>"
_PLACE_LENGTH = 160


@dataclass(frozen=True, kw_only=True)
class Properties:
    """What the Word file says about itself."""

    title: str
    subject: str = ""
    author: str = ""
    language: str = ""
    date: dt.date


class _Tracked(str):
    """Words of a customer that note themselves when they are printed."""

    __slots__ = ("_log", "_whole")
    _whole: str
    _log: dict[str, None]

    def __html__(self) -> str:
        """Return the words escaped; Jinja asks for this whenever it prints a value."""
        self._log[self._whole] = None
        return escape(str(self))


def plain(value: Any, log: dict[str, None]) -> Any:
    """Return the value made of nothing but clean plain types, with customers' words tracked."""
    if isinstance(value, Words):
        tracked = _Tracked(clean(value))
        tracked._whole, tracked._log = value.whole, log  # noqa: SLF001 - its own maker
        return tracked
    if isinstance(value, str):
        return clean(str(value))
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, Mapping):
        return {clean(str(key)): plain(item, log) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item, log) for item in value]
    raise TypeError(f"a template gets plain values only, not {type(value).__name__}")


def straighten(tag: str) -> str:
    """Return a tag with the typographic quotes that Word puts there made straight again.

    Word's Russian autocorrection turns ``"`` into ``«`` or ``»``, which no template language
    reads. Such quotes inside a straight-quoted text are part of the text and stay.
    """
    result: list[str] = []
    opened = ""
    for sign in tag.replace("\u00a0", " "):
        if not opened and sign in "«»„‟“”\"'":
            opened = sign if sign in "\"'" else "«"
            result.append(sign if sign in "\"'" else '"')
        elif opened and (sign == opened or (opened == "«" and sign in '«»“”"')):
            result.append('"' if opened == "«" else sign)
            opened = ""
        else:
            result.append(sign)
    return "".join(result)


class WordTemplate(DocxTemplate):  # type: ignore[misc]  # docxtpl ships no types
    """docxtpl with our sandbox in every part, exact text and errors that name their place."""

    def __init__(self, path: Path, undefined: type[Undefined] | None = None) -> None:
        """Read the template into memory; the file itself is not touched again."""
        super().__init__(io.BytesIO(word_file.read_template(path)))
        self.path = path
        self.sandbox = TemplateSandbox(undefined) if undefined else TemplateSandbox()
        try:
            self.init_docx()
        except ReportError:
            raise
        except Exception as trouble:  # python-docx raises whatever it stumbles over
            raise word_file.not_word(path) from trouble

    def sources(self) -> list[str]:
        """Return the text of every part with tags in it, as Jinja reads it, a paragraph a line."""
        found = [self.get_xml()]
        for uri in (self.HEADER_URI, self.FOOTER_URI):
            found += [self.get_part_xml(part) for _key, part in self.get_headers_footers(uri)]
        found += [
            part.blob.decode("utf-8")
            for part in self.docx.part.package.iter_parts()
            if part.content_type.endswith("wordprocessingml.footnotes+xml")
        ]
        return [lines(self.patch_xml(text)) for text in found]

    def patch_xml(self, src_xml: str) -> str:
        """Merge tags that Word split, then mend the quotes inside them."""
        patched = super().patch_xml(src_xml)
        return _TAG.sub(lambda match: straighten(match[0]), patched)

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:  # noqa: ARG002
        """Render one part of the file in the sandbox, and refuse a result that is not whole XML."""
        source = lines(src_xml)
        for written, meant in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
            # docxtpl's escapes for literal braces; done before rendering, so that a customer's
            # words with the same signs stay as they are
            source = source.replace(written, f"{{{{ '{meant}' }}}}")
        try:
            rendered = collect(self.sandbox.from_string(source).generate(context))
        except Exception as trouble:  # a template may do anything wrong: it is not our code
            raise template_trouble(self.path, source, trouble) from trouble
        rendered = self.resolve_listing(re.sub(r"\n<w:p([ >])", r"<w:p\1", rendered))
        try:
            etree.fromstring(rendered.encode("utf-8"), etree.XMLParser(huge_tree=True))
        except etree.XMLSyntaxError as trouble:
            raise ReportError(
                "template-structure",
                N_(
                    "In the template {template} a loop or condition begins and ends in different places of the layout."
                ),
                N_(
                    "Put {tags} each into a paragraph of its own (or {rows} into rows of their own)."
                ),
                template=str(self.path),
                tags="{%p for … %}, {%p endfor %}",
                rows="{%tr for … %}, {%tr endfor %}",
            ) from trouble
        return str(rendered)

    def fix_tables(self, xml: str) -> Any:
        """Let columns made by a loop share the width that the first column leaves them."""
        before = [
            len(table.findall(f"{_W}tblGrid/{_W}gridCol"))
            for table in _tables(etree.fromstring(xml.encode()))
        ]
        tree = super().fix_tables(xml)
        for table, columns in zip(_tables(tree), before, strict=True):
            grid = table.findall(f"{_W}tblGrid/{_W}gridCol")
            total = table.find(f"{_W}tblPr/{_W}tblW")
            if len(grid) != columns and total is not None and total.get(f"{_W}type") == "dxa":
                _share_width(table, grid, int(float(total.get(f"{_W}w"))))
        return tree

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Leave the properties alone: they are set by us, never rendered."""


def lines(xml: str) -> str:
    """Return XML with every paragraph on a line of its own, so that a line names a paragraph."""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)


def _tables(root: Any) -> list[Any]:
    """Return all tables of a part, in order."""
    return list(root.iter(f"{_W}tbl"))


def _share_width(table: Any, grid: list[Any], total: int) -> None:
    """Give the first column the width it has in the first row, the others equal parts of the rest."""
    rows = [row.findall(f"{_W}tc") for row in table.findall(f"{_W}tr")]
    key = f"{_W}tcPr/{_W}tcW"
    first = next((cells[0].find(key) for cells in rows if len(cells) == len(grid)), None)
    if first is None or len(grid) < 2:  # noqa: PLR2004 - one column has nothing to share
        return
    head = int(float(first.get(f"{_W}w")))
    part = (total - head) // (len(grid) - 1)
    widths = [total - part * (len(grid) - 1), *[part] * (len(grid) - 1)]
    for column, width in zip(grid, widths, strict=True):
        column.set(f"{_W}w", str(width))
    for cells in rows:
        if len(cells) == len(grid):
            for cell, width in zip(cells, widths, strict=True):
                wide = cell.find(key)
                if wide is not None:
                    wide.set(f"{_W}w", str(width))


def template_trouble(path: Path, source: str, trouble: Exception) -> ReportError:
    """Return what to say about an exception raised by a template, with the place as Word shows it."""
    where = {
        "template": str(path),
        "place": _place(source, _line(trouble)),
        "reason": _reason(trouble),
    }
    if isinstance(trouble, TemplateSyntaxError):
        return ReportError(
            "template-syntax",
            N_("The template {template} has a mistake in a tag: {reason} (near “{place}”)."),
            N_("Correct the tag in Word; “workbench report check” lists all mistakes."),
            **where,
        )
    if isinstance(trouble, UndefinedError):
        return ReportError(
            "template-variable",
            N_(
                "The template {template} uses a name that the report does not have: {reason} (near “{place}”)."
            ),
            N_("Correct the name in Word; “workbench report check” lists all of them."),
            **where,
        )
    if isinstance(trouble, SecurityError):
        return ReportError(
            "template-forbidden",
            N_(
                "The template {template} tries something that templates may not do: {reason} (near “{place}”)."
            ),
            N_("Take this tag out; do not use templates from people you do not trust."),
            **where,
        )
    return ReportError(
        "template-failed",
        N_("The template {template} fails while it is filled: {reason} (near “{place}”)."),
        N_("Correct the tag in Word; “workbench report check” lists all mistakes."),
        **where,
    )


_NAMES = (
    re.compile(r"'([^']+)' is undefined"),
    re.compile(r"has no attribute '([^']+)'"),
    re.compile(r"access to attribute '([^']+)'"),
    re.compile(r"No (?:filter|test) named '([^']+)'"),
    re.compile(r"unknown tag '([^']+)'"),
)
"""Where Jinja's English sentences name what is wrong."""
_UNCLOSED = re.compile(r"that needs to be closed is '(\w+)'")


def _reason(trouble: Exception) -> str:
    """Return the name that is wrong, the tag that is missing, or else Jinja's own short words."""
    message = trouble.message if isinstance(trouble, TemplateError) else None
    if message and (open_tag := _UNCLOSED.search(message)):
        return f"{{% end{open_tag[1]} %}}?"
    if message and isinstance(trouble, UndefinedError | SecurityError | TemplateSyntaxError):
        for pattern in _NAMES:
            if found := pattern.search(message):
                return found[1]
    return squeeze(clean(message or str(trouble) or type(trouble).__name__))[:_PLACE_LENGTH]


def _line(trouble: Exception) -> int | None:
    """Return the line of the template's source where an exception comes from."""
    if isinstance(trouble, TemplateSyntaxError):
        return trouble.lineno
    line, frame = None, trouble.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == _TEMPLATE_FRAME:
            line = frame.tb_lineno
        frame = frame.tb_next
    return line


def _place(source: str, line: int | None) -> str:
    """Return the words of a paragraph of the template, cut to a length that fits a message."""
    lines = source.split("\n")
    if line is None or not 0 < line <= len(lines):
        return "…"
    words = shown(lines[line - 1])
    return short(words)


def short(words: str) -> str:
    """Return words cut to a length that fits a message."""
    return words if len(words) <= _PLACE_LENGTH else f"{words[: _PLACE_LENGTH - 1]}…"


def shown(xml: str) -> str:
    """Return the words of a piece of XML as Word shows them."""
    from html import unescape

    return squeeze(unescape(_MARKUP.sub("", xml)))


def render(
    template: Path, target: Path, context: Mapping[str, Any], *, properties: Properties
) -> int:
    """Fill a template, check the result word for word, and put it in its place.

    Returns:
        How many different quotes are in the report.

    Raises:
        ReportError: something is wrong with the template or the place; an older report is untouched.
    """
    if target.exists() and target.resolve() == template.resolve():
        raise ReportError(
            "target-is-template",
            N_("The report would overwrite its own template {template}."),
            N_("Choose another file name for the report."),
            template=str(template),
        )
    printed: dict[str, None] = {}
    content = word_file.repack(fill(WordTemplate(template), plain(context, printed), properties))

    def check(written: bytes) -> None:
        missing = word_file.missing_quotes(written, printed)
        if missing or written != content:
            raise ReportError(
                "quote-lost",
                N_(
                    "The report {target} was not written: a quote would not appear in it word for word: “{quote}”."
                ),
                N_(
                    "Report this together with the template {template}; an older report is unchanged."
                ),
                target=str(target),
                template=str(template),
                quote=squeeze(clean(missing[0] if missing else ""))[:_PLACE_LENGTH],
            )

    word_file.write_whole(target, content, check=check)
    return len(printed)


def fill(document: WordTemplate, context: dict[str, Any], properties: Properties) -> bytes:
    """Return the bytes of the filled template."""
    try:
        document.render(context, document.sandbox, autoescape=True)
    except (ReportError, MemoryError):
        raise
    except Exception as trouble:  # docxtpl stumbles over layouts it does not know
        raise ReportError(
            "template-failed",
            N_("The template {template} fails while it is filled: {reason} (near “{place}”)."),
            N_("Correct the tag in Word; “workbench report check” lists all mistakes."),
            template=str(document.path),
            reason=_reason(trouble),
            place="…",
        ) from trouble
    _describe(document, properties)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _describe(document: WordTemplate, properties: Properties) -> None:
    """Set what the file says about itself; nothing of the template's author stays."""
    core = document.docx.core_properties
    moment = dt.datetime.combine(properties.date, dt.time(), dt.UTC).replace(tzinfo=None)
    for name, value in (
        ("title", properties.title),
        ("subject", properties.subject),
        ("author", properties.author),
        ("last_modified_by", properties.author),
        ("language", properties.language),
        *(
            (name, "")
            for name in (
                "category",
                "comments",
                "content_status",
                "identifier",
                "keywords",
                "version",
            )
        ),
    ):
        setattr(core, name, clean(value)[:255])  # the longest that Word keeps
    core.created = core.modified = moment
    core.revision = 1
    with contextlib.suppress(AttributeError):  # a file need not have been printed
        core.last_printed = moment
    for part in document.docx.part.package.iter_parts():
        if str(part.partname) == "/docProps/app.xml":
            root = etree.fromstring(part.blob)
            for element in root:
                if etree.QName(element).localname in {"Manager", "TotalTime"}:
                    root.remove(element)
            blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            part._blob = blob  # noqa: SLF001 - python-docx has no public way
