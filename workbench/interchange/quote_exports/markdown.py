"""Markdown: quotes under the headings of their codes, to read anywhere."""

from __future__ import annotations

import re

from workbench.i18n import N_, _
from workbench.interchange.quote_exporter import QuoteSheet, heading_text, remarks

_SIGNS = re.compile(r"([\\`*_\[\]<>#|~])")
_BEGINNING = re.compile(r"^(\s*\d*)([-+=.)])", re.MULTILINE)


class Markdown:
    """Writes .md."""

    name = "md"
    suffix = ".md"
    description = N_("text with headings (Markdown)")

    def render(self, sheet: QuoteSheet) -> bytes:
        """Return the page; nothing that somebody said becomes formatting."""
        lines = [f"# {_line(sheet.title)}", ""]
        for heading, quotes in sheet.groups():
            if heading is not None:
                lines += [f"## {_line(heading_text(heading))} ({heading.count})", ""]
            for quote in quotes:
                lines += [f"> {part}" for part in _plain(quote.text).split("\n")]
                lines += [">", f"> — {_line(quote.reference())}"]
                more = remarks(quote, with_code=heading is None or heading.label != quote.code)
                lines += [f"> {_line(more)}"] if more else []
                if quote.memo:
                    memo = _("memo: {text}").format(text=quote.memo)
                    lines += [">", f"> {_line(memo)}"]
                lines.append("")
        return "\n".join(lines).encode(errors="replace")


def _line(text: str) -> str:
    return _plain(" ".join(text.split()))


def _plain(text: str) -> str:
    """Escape what Markdown would read as its own signs."""
    escaped = _SIGNS.sub(r"\\\1", text.replace("\r", ""))
    return _BEGINNING.sub(r"\1\\\2", escaped)


EXPORTER = Markdown()
