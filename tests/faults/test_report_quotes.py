"""Every quote in a report stands word for word in a source, as one who reads both would find."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from workbench.services.project import Project


def quotes_in(report: Path) -> list[str]:
    """Return the quotes of a report, in the order of its pages, tables included."""
    paragraphs = Document(str(report)).element.body.iter(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
    )
    from docx.text.paragraph import Paragraph

    document = Document(str(report))
    found = [Paragraph(element, document._body) for element in paragraphs]
    names = {style.style_id: style.name for style in document.styles}
    return [
        plain(paragraph.text)
        for paragraph in found
        if (kind := paragraph._p.style) is not None and names.get(kind) == "Quote"
    ]


def plain(text: str) -> str:
    """Return a text with single ordinary spaces: how lines are broken is not what was said."""
    return " ".join(text.split())


def not_in_sources(quotes: list[str], texts: list[str]) -> list[str]:
    """Return the quotes that no source holds."""
    return [quote for quote in quotes if not any(quote in text for text in texts)]


def test_every_quote_of_a_report_is_word_for_word_in_a_source(project: Project) -> None:
    report = project.reports.build().path
    texts = [plain(project.sources.source(card.id).text) for card in project.sources.cards()]
    quotes = quotes_in(report)
    assert len(quotes) > 40
    assert not_in_sources(quotes, texts) == []
    changed = [quotes[0].replace(" ", " not ", 1)]
    assert not_in_sources(changed, texts) == changed  # the check can fail
