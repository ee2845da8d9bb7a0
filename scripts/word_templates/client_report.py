"""The template of the client report: its chapters in order, headers and footers."""

from __future__ import annotations

from word_templates.blocks import (
    LAND,
    PAGE,
    Say,
    field,
    par,
    run,
    section,
)
from word_templates.findings import answers, cards, cover, findings, glance
from word_templates.method import appendices, method
from word_templates.parts import R, W
from word_templates.results import actions, shopping


def document(t: Say) -> str:
    """Return document.xml."""
    body = "".join([
        cover(t), answers(t), glance(t), cards(t), findings(t), shopping(t), actions(t), method(t), appendices(t),
        section(last=True),
    ])  # fmt: skip
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'


def margins(t: Say) -> dict[str, str]:
    """Return the headers and footers of upright (1) and turned (2) pages."""
    parts = {}
    for key, width in (("1", PAGE), ("2", LAND)):
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
        pages = (
            run(t("Page ", "Страница "))
            + field("PAGE")
            + run(t(" of ", " из "))
            + field("NUMPAGES")
        )
        for name, mark, text in (
            (
                "header",
                "hdr",
                par("Header", run("{{ report.client }}\t{{ report.title }}"), extra=tab),
            ),
            ("footer", "ftr", par("Footer", run("{{ report.date }}\t"), pages, extra=tab)),
        ):
            parts[name + key] = (
                f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{mark} xmlns:w="{W}" xmlns:r="{R}">{text}</w:{mark}>'
            )
    return parts
