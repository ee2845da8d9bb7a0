"""The client report in both languages: what it says, that Word opens it, that it is reproducible."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest
import report_fixtures as fixtures
from docx import Document
from report_helpers import part

from workbench.errors import ReportError
from workbench.models.kinds import SourceKind
from workbench.reports import report, sample, word_file
from workbench.reports.chapters import method
from workbench.reports.chapters.barriers import dots
from workbench.reports.chapters.evidence import pieces
from workbench.reports.chapters.visits import bar
from workbench.reports.data import Source
from workbench.reports.wording import NBSP, Wording

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "ru")
HOSTILE = "цена <100 руб & «ёлочки» {{ 7*7 }} {% raw %} 😀 \ud800 \x00\x1b[31m\x07 END"


@pytest.fixture(scope="module", params=LANGUAGES)
def built(request, tmp_path_factory):
    """The rich report in one language: language, data, path."""
    data = fixtures.rich(request.param)
    target = tmp_path_factory.mktemp("report") / "client.docx"
    done = report.build(data, target)
    assert done.path == target
    return request.param, data, target


def _findings(path: Path) -> list[str]:
    """What the Open XML rules of the present Word have against a file."""
    from openxml_audit import OpenXmlValidator

    return [str(error) for error in OpenXmlValidator().validate(str(path)).errors]


def _said(path: Path) -> str:
    return word_file.texts(path.read_bytes()).replace(NBSP, " ")


def test_word_opens_it_without_a_finding(built):
    assert _findings(built[2]) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", [sample.empty(), sample.full()], ids=["empty", "full"])
def test_templates_and_poor_reports_are_valid_too(tmp_path, language, data):
    report.build(data, tmp_path / "x.docx", language=language)
    for path in (tmp_path / "x.docx", ROOT / "templates" / language / "client_report.docx"):
        assert _findings(path) == []


def test_every_quote_is_there_word_for_word(built):
    _language, data, path = built
    quotes = [quote.text for quote in data.evidence]
    quotes += [quote.text for barrier in data.barriers for quote in barrier.quotes]
    quotes += [comment.text for comment in data.visits.comments]
    assert len(quotes) > 12
    assert word_file.missing_quotes(path.read_bytes(), quotes) == []
    assert word_file.missing_quotes(path.read_bytes(), ["nobody ever said this"]) == [
        "nobody ever said this"
    ]


def test_what_the_report_says(built):
    language, data, path = built
    said = _said(path)
    expected = {
        "en": ["Barrier 1 · 7 of 12 people · high priority", "R02, 31, York · Interview 2 · 00:13:09", "interviews 7 of 12 · reviews 8 of 22 · visits 3 of 8", "5 of 12 visits", "Three questions, three answers", "Page 1 of 1", "+6.3", "−3.1", "91.3"],
        "ru": ["R02, 31, Самара · ", "Три вопроса — три ответа", "Страница 1 из 1", "Тестовые закупки", "+6,3", "−3,1", "91,3", "1 апреля – 20 мая 2026"],
    }[language]  # fmt: skip
    for sentence in expected:
        assert sentence in said
    for barrier in data.barriers:
        assert f"{barrier.number}. {barrier.statement}" in said
    for item in data.recommendations:
        assert item.title in said
    assert "●●●●●" in said
    assert "{{" not in said
    assert "{%" not in said
    assert "None" not in said


def test_russian_report_is_russian():
    """Every sentence that the report's own code prints is translated in the program's catalogue."""
    russian = Wording("ru")
    context = report.available_reports()["client_report"].context(fixtures.rich("ru"), russian)
    assert context["answers"][0]["question"] == "Почему наши клиенты недовольны?"
    assert context["barriers"][0]["people"].replace(NBSP, " ") == "7 из 12 человек"
    assert (
        context["barriers"][0]["quotes"][0]["attribution"].replace(NBSP, " ")
        == "R02, 31, Самара · Интервью 2 · 00:13:09"
    )
    assert (
        context["barriers"][0]["kinds_text"].replace(NBSP, " ")
        == "3 независимых вида подтверждений"
    )
    assert context["recommendations"][1]["effort"] == "малое"

    def english(value: object) -> list[str]:
        if isinstance(value, dict):
            return [found for item in value.values() for found in english(item)]
        if isinstance(value, list):
            return [found for item in value for found in english(item)]
        return [value] if isinstance(value, str) and re.search(r"\b[a-z]{3,}\b", value) else []

    assert {text.split(" · ")[0] for text in english(context)} <= {
        "faster-whisper",
        context["method"]["transcription"][0],
    }


def test_small_samples_never_become_percentages(built):
    _language, _data, path = built
    for line in _said(path).split("\n"):
        if "%" in line:  # only the CSAT metric with n = 1,204 and shares of coded text
            assert re.fullmatch(r"71[.,]5 %|\d\d ?%", line), line


def test_few_visits_are_said_in_words(built):
    language, _data, path = built
    assert {"en": "fewer than 3 visits", "ru": "менее 3 визитов"}[language] in _said(path)
    assert 'w:val="BarMuted"' in part(path)


def test_real_styles_tables_and_language(built):
    language, data, path = built
    document = Document(str(path))
    used = {paragraph.style.name for paragraph in document.paragraphs}
    assert {
        "Heading 1",
        "Heading 2",
        "Quote",
        "Quote Attribution",
        "Fact",
        "Lead",
        "Caption",
    } <= used
    assert "Template Tag" not in used
    assert "Template Tag" not in {
        p.style.name for t in document.tables for r in t.rows for c in r.cells for p in c.paragraphs
    }
    assert {"en": "en-GB", "ru": "ru-RU"}[language] in part(path, "word/styles.xml")
    xml = part(path)
    assert "<w:tblHeader/>" in xml
    assert "<w:tblHeader w:val" not in xml
    assert xml.count("<w:tr>") - xml.count("<w:cantSplit/>") == 0
    assert 'w:orient="landscape"' in xml
    for paragraph in document.paragraphs:
        assert not [
            run for run in paragraph.runs if run.bold is not None or run.font.size is not None
        ], "direct formatting"
    properties = document.core_properties
    assert (properties.title, properties.subject) == (data.report.title, data.project.client)
    assert properties.author == ", ".join(data.report.authors)


def test_columns_of_sections_share_the_width(built):
    _language, data, path = built
    tables = [
        table
        for table in Document(str(path)).tables
        if table.rows[0].cells[-1].text == data.visits.sections[-1].section
    ]
    assert len(tables) == 1
    widths = [int(cell.width.twips) for cell in tables[0].rows[0].cells]
    assert len(widths) == 1 + len(data.visits.sections)
    assert sum(widths) == 9072
    assert len(set(widths[1:])) == 1
    assert widths[0] > widths[1]


def test_no_empty_tables_and_no_landscape_without_need(tmp_path):
    for language, none in (
        ("en", "No barriers have been described yet."),
        ("ru", "Барьеры пока не описаны."),
    ):
        path = tmp_path / f"{language}.docx"
        report.build(sample.empty(), path, language=language)
        assert none in _said(path)
        assert len(Document(str(path)).tables) == 1  # the band of the title page
        assert "landscape" not in part(path)


def test_two_builds_are_equal_byte_for_byte(tmp_path):
    data = fixtures.rich("ru")
    first, second = tmp_path / "1.docx", tmp_path / "2.docx"
    report.build(data, first)
    time.sleep(2.1)  # a zip keeps times in steps of two seconds
    report.build(data, second)
    assert part(first) == part(second)
    assert first.read_bytes() == second.read_bytes()


def test_hostile_words_everywhere(tmp_path):
    """Each text of the data becomes hostile; the report is built, valid, and says all of it."""

    def spoil(value):
        if dataclasses.is_dataclass(value):
            fields = {f.name: spoil(getattr(value, f.name)) for f in dataclasses.fields(value)}
            fields.pop("emphasis", None)
            return dataclasses.replace(value, **fields)
        if isinstance(value, tuple):
            return tuple(spoil(item) for item in value)
        if isinstance(value, dict):
            return {key: spoil(item) for key, item in value.items()}
        return f"{value} {HOSTILE}" if type(value) is str else value

    data = spoil(fixtures.rich("ru"))
    path = tmp_path / "x.docx"
    report.build(data, path, language="ru")
    said = _said(path)
    shown = "цена <100 руб & «ёлочки» {{ 7*7 }} {% raw %} 😀 � ␀␛[31m␇ END"
    assert said.count(shown) > 100
    for wanted in (
        data.report.title,
        data.barriers[0].cause,
        data.codebook[2].name,
        data.method.limits[0],
        data.checklist.sections[1].title,
    ):
        assert wanted.split(" цена")[0] + " " + shown in said
    assert _findings(path) == []


def test_a_very_long_quote(tmp_path):
    data = fixtures.rich("en")
    long = "Nobody called back, and I waited. " * 150
    assert len(long) > 5000
    quote = dataclasses.replace(data.evidence[0], text=long)
    barrier = dataclasses.replace(data.barriers[0], quotes=(quote,))
    data = dataclasses.replace(data, evidence=(quote,), barriers=(barrier,))
    path = tmp_path / "x.docx"
    assert report.build(data, path).quotes > 0
    assert _said(path).count(long.strip()) == 2  # on the card and in the index, not on page one
    xml = part(path)
    assert xml.count("<w:tr>") - xml.count("<w:cantSplit/>") == 1  # its row alone may be broken


def test_two_thousand_quotes_in_seconds(tmp_path):
    data = fixtures.rich("en")
    many = tuple(
        dataclasses.replace(data.evidence[0], text=f"Quote {n} <&> «{n * n}»", emphasis=())
        for n in range(2000)
    )
    started = time.monotonic()
    done = report.build(dataclasses.replace(data, evidence=many), tmp_path / "x.docx")
    assert done.quotes > 2000
    assert time.monotonic() - started < 30


def test_pieces_of_emphasis():
    quote = fixtures.quote("en", 4, emphasis=((5, 8), (-3, 2), (30, 999), (9, 9)))
    found = pieces(quote)
    assert "".join(piece["words"] for piece in found) == quote.text
    assert [piece["words"] for piece in found if piece["coded"]] == [
        quote.text[:2],
        "ask",
        quote.text[30:],
    ]
    assert {piece["words"].whole for piece in found} == {quote.text}
    assert [piece["coded"] for piece in pieces(fixtures.quote("en", 4, emphasis=((0, 999),)))] == [
        False
    ]
    assert pieces(fixtures.quote("en", 4, text="")) == []


def test_dots_and_bars():
    assert (dots(4), dots(None), dots(9)) == ("●●●●○", "", "●●●●●")
    assert [len(piece) for piece in bar(Decimal("72.5"))] == [23, 9]
    assert [len(piece) for piece in bar(Decimal(140))] == [32, 0]
    assert bar(None) == ("", "")


def test_a_report_s_language_does_not_follow_the_interface(tmp_path):
    from workbench import i18n

    data = fixtures.rich("en")
    report.build(data, tmp_path / "1.docx")
    i18n.set_language("ru")
    report.build(data, tmp_path / "2.docx")
    assert (tmp_path / "1.docx").read_bytes() == (tmp_path / "2.docx").read_bytes()


def test_discovery_contract(tmp_path):
    found = report.available_reports()
    assert set(found) == {
        path.stem for path in (ROOT / "workbench" / "reports" / "builtin").glob("[!_]*.py")
    }
    for name, kind in found.items():
        assert kind.name == name
        assert report.titles()[name]
        for language in LANGUAGES:
            assert (ROOT / "templates" / language / f"{name}.docx").is_file()
            for data in (sample.empty(), sample.full(), fixtures.rich(language)):
                report.build(data, tmp_path / "x.docx", report=name, language=language)
    with pytest.raises(ReportError) as trouble:
        report.find_report("no_such")
    assert trouble.value.code == "report-unknown"


def test_templates_are_what_their_description_makes(tmp_path):
    subprocess.run(
        [sys.executable, ROOT / "scripts" / "make_templates.py", tmp_path],
        check=True,
        capture_output=True,
    )
    for language in LANGUAGES:
        made = tmp_path / language / "client_report.docx"
        assert (
            made.read_bytes() == (ROOT / "templates" / language / "client_report.docx").read_bytes()
        )


def test_the_guide_to_templates_names_every_name():
    guide = set(
        re.findall(r"`(\w+)(?:\[\])?`", (ROOT / "docs" / "templates.md").read_text("utf-8"))
    )

    def names(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*(names(item) for item in value.values()))
        if isinstance(value, list):
            return set().union(*(names(item) for item in value))
        return set()

    context = report.available_reports()["client_report"].context(sample.full(), Wording("en"))
    assert names(context) - guide == set()


def test_listing_reports_loads_no_word():
    code = "import sys; from workbench.reports import report, templates, data; report.titles(); templates.available_templates(); print(sorted({'docx', 'docxtpl', 'jinja2', 'babel', 'lxml'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.office
def test_libreoffice_shows_it_whole(built, tmp_path):
    language, _data, path = built
    office, to_text = shutil.which("soffice"), shutil.which("pdftotext")
    if not office or not to_text:
        pytest.skip("LibreOffice (soffice) and pdftotext are needed to look at the pages")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path],
        check=True,
        capture_output=True,
        timeout=180,
    )
    text = subprocess.run(
        [to_text, "-layout", tmp_path / "client.pdf", "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    pages = text.split("\f")[:-1]
    assert 8 <= len(pages) <= 20
    last = {
        "en": f"Page {len(pages)} of {len(pages)}",
        "ru": f"Страница {len(pages)} из {len(pages)}",
    }[language]
    assert last in pages[-1].replace(NBSP, " ")
    for page in pages[1:]:
        head_and_foot = 2
        assert len([line for line in page.splitlines() if line.strip()]) > head_and_foot


def test_a_recording_without_a_transcript_is_not_said_to_be_transcribed():
    wording = Wording("en")
    silent = Source(
        number=1, title="Interview", kind=SourceKind.INTERVIEW, duration_ms=60_000, engine="engine"
    )
    typed = dataclasses.replace(silent, number=2, engine=None, words=120)
    assert method._recording(silent, wording)["how"] == "not transcribed yet"
    assert method._recording(typed, wording)["how"] == "transcribed by a person"
    assert method._transcription((silent, typed), wording) == [
        "All transcripts were made by people.",
        "1 recording has no transcript yet: what is said in it is not part of this report.",
    ]
    assert len(method._transcription((silent,), wording)) == 1
