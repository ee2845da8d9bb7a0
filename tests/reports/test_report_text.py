"""What people said reaches Word exactly, or is visibly replaced; never lost, never executed."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_helpers import PROPERTIES, fill, make_template, words

from workbench.errors import ReportError
from workbench.reports import word_file
from workbench.reports.cleaning import clean, squeeze
from workbench.reports.render import WordTemplate, plain
from workbench.reports.render import fill as filled
from workbench.reports.wording import NBSP, Wording, Words, tie

EXACT = [
    "цена <100 руб & больше, END",
    "«Ёлочки» и „лапки“ — and “these”, it's",
    "emoji 😀 👩‍👩‍👧 𝒳",
    "{{ 7*7 }} and {% raw %} {%p if x %} {# no #}",
    "{_{ stays }_} {_% and %_}",
    "</w:t></w:r><w:r><w:t>injected",
    "&lt;b&gt; &amp;amp; &#65;",
    "a\tb",
    "first line\nsecond line",
    "word " * 1000,
    "ends with a space ",
    "]]> <![CDATA[x]]>",
]
REPLACED = {
    "nul\x00nul": "nul␀nul",
    "esc\x1b[31m": "esc␛[31m",
    "bell\x07bell": "bell␇bell",
    "page\x0cpage": "page␌page",
    "lone \ud800 surrogate": "lone � surrogate",
    "not a character \ufffe": "not a character �",
    "del\x7f c1\x9b31m": "del␡ c1�31m",
    "win\r\nmac\rend": "win\nmac\nend",
}


@pytest.mark.parametrize("text", EXACT)
def test_text_survives_exactly(tmp_path, text):
    target = fill(tmp_path, {"q": Words(text)}, "before {{ q }} after", "END")
    paragraph, end = words(target)
    assert paragraph == f"before {text} after"
    assert end == "END"


@pytest.mark.parametrize(("text", "shown"), REPLACED.items())
def test_what_xml_cannot_hold_is_replaced_visibly(tmp_path, text, shown):
    target = fill(tmp_path, {"q": Words(text)}, "before {{ q }} after", "END")
    assert words(target) == [f"before {shown} after", "END"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(st.characters(max_codepoint=0xFFFF), max_size=80))
def test_any_text_is_found_word_for_word(tmp_path_factory, first, second):
    template = make_template(tmp_path_factory.mktemp("t"), "{{ a }}", "x {{ b }} y", "END")
    log: dict[str, None] = {}
    content = filled(
        WordTemplate(template), plain({"a": Words(first), "b": Words(second)}, log), PROPERTIES
    )
    assert word_file.missing_quotes(content, log) == []
    assert word_file.texts(content).endswith("END")
    assert set(log) == {first, second}


@given(st.text())
def test_cleaning_never_shortens_and_is_stable(text):
    once = clean(text)
    assert clean(once) == once
    assert len(once) == len(text.replace("\r\n", "\n"))
    once.encode("utf-8")


def test_a_quote_that_a_template_spoils_stops_the_report(tmp_path):
    template = make_template(tmp_path, "{{r q }}")  # puts the words where Word does not show them
    from workbench.reports.render import render

    with pytest.raises(ReportError) as trouble:
        render(template, tmp_path / "out.docx", {"q": Words("lost words")}, properties=PROPERTIES)
    assert trouble.value.code == "quote-lost"
    assert "lost words" in str(trouble.value)
    assert not (tmp_path / "out.docx").exists()


def test_pieces_of_a_quote_are_checked_as_a_whole(tmp_path):
    whole = "first second third"
    context = {"a": Words("first ", whole), "b": Words("third", whole)}
    with pytest.raises(ReportError) as trouble:
        fill(tmp_path, context, "{{ a }}{{ b }}")
    assert trouble.value.code == "quote-lost"


def test_properties_are_ours_and_never_rendered(tmp_path):
    template = make_template(tmp_path, "x")
    from docx import Document

    document = Document(str(template))
    document.core_properties.title = "{{ 7*7 }}"
    document.core_properties.author = "Former Consultant"
    document.core_properties.last_modified_by = "Former Consultant"
    document.core_properties.comments = "{{ cycler.__init__.__globals__.os.getcwd() }}"
    document.save(str(template))
    from workbench.reports.render import render

    render(template, tmp_path / "out.docx", {}, properties=PROPERTIES)
    done = Document(str(tmp_path / "out.docx")).core_properties
    assert (done.title, done.author, done.subject) == ("Title & <more>", "Anna", "Client")
    assert (done.last_modified_by, done.comments, done.language) == ("Anna", "", "en-GB")
    assert done.created == dt.datetime(2026, 6, 2, tzinfo=dt.UTC)
    with zipfile.ZipFile(tmp_path / "out.docx") as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Former Consultant" not in everything
    assert b"Manager" not in everything


def test_headers_and_footnotes_go_through_the_same_door(tmp_path):
    from docx import Document

    template = make_template(tmp_path, "body {{ q }}")
    document = Document(str(template))
    document.sections[0].header.paragraphs[0].text = "head {{ q }}"
    document.sections[0].footer.paragraphs[0].text = "foot {{ q }}"
    document.save(str(template))
    from workbench.reports.render import render

    render(template, tmp_path / "out.docx", {"q": Words("<a> & {{ 7*7 }}")}, properties=PROPERTIES)
    shown = word_file.texts((tmp_path / "out.docx").read_bytes())
    assert sorted(shown.split("\n")) == [
        "body <a> & {{ 7*7 }}",
        "foot <a> & {{ 7*7 }}",
        "head <a> & {{ 7*7 }}",
    ]


def test_templates_get_plain_values_only():
    with pytest.raises(TypeError):
        plain({"x": object()}, {})
    with pytest.raises(TypeError):
        plain({"x": io.BytesIO()}, {})


def test_wording():
    russian, english = Wording("ru"), Wording("en")
    day = dt.date(2026, 5, 14)
    assert russian.date(day) == f"14{NBSP}мая{NBSP}2026"
    assert english.period(day, dt.date(2026, 5, 20)) == f"14–20{NBSP}May{NBSP}2026"
    assert english.period(day, dt.date(2026, 6, 2)) == f"14{NBSP}May{NBSP}– 2{NBSP}June{NBSP}2026"
    assert english.period(day, None) == english.date(day)
    assert (russian.number(Decimal("87.25")), english.number(Decimal("87.25"))) == ("87,3", "87.3")
    assert english.number(Decimal("0.05")) == "0.1"  # half up, not to even
    assert [english.change(Decimal(x)) for x in ("6.25", "-3", "0", "0.04")] == [
        "+6.3",
        "−3.0",
        "0.0",
        "0.0",
    ]
    assert (english.plain(Decimal("7.50")), english.plain(Decimal(1200))) == ("7.5", "1,200")
    assert english.clock(728_999) == "00:12:08"
    assert english.clock(None) == ""
    assert tie("12 мая — срок № 5") == f"12{NBSP}мая{NBSP}— срок №{NBSP}5"
    assert squeeze(" a\u00a0\n b ") == "a b"
