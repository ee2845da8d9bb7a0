"""Codebooks written and read back, and what other programs and people write."""

from __future__ import annotations

import string
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench import i18n
from workbench.coding.code_records import TEXT_FIELDS, CodeRecord, joined
from workbench.errors import InputError
from workbench.interchange.code_description import taken_apart, written
from workbench.interchange.codebook_format import all_formats, find_format, read_codebook
from workbench.interchange.codebook_rows import COLUMNS
from workbench.models.kinds import CodeKind
from workbench.text.normalize import normalise

SHARED = Path(__file__).parents[3] / "shared" / "data" / "refi"
WRITTEN = [each.name for each in all_formats() if each.writes]
REFI = "urn:QDA-XML:codebook:1.0"

BOOK = (
    CodeRecord(("Ожидание",), "theme", 0, definition="Всё, что связано со временем."),
    CodeRecord(
        ("Ожидание", "Очередь <по записи> & «без»"),
        "barrier",
        1,
        "Люди ждут,\nхотя записались.\n\nKind: не вид",
        "= когда ждут",
        "- не звонок",
        "«Сорок минут [вздох] **стояла**» # да",
    ),
    CodeRecord(("Ожидание", "Очередь <по записи> & «без»", "A / B"), "need", 9),
    CodeRecord(("Advice",), "strength", 3, example="+7 999"),
    CodeRecord(
        ("Advice", "A / B"), "theme", 4, "\\Example: none", when_not="*x*\n## not a heading"
    ),
)

_SIGNS = "\\`*_{}[]()#+-.!|<>=~:;'\"&@/ \n" + "Example: Kind barrier Вид: When to use"
TEXTS = st.one_of(
    st.text(st.sampled_from(_SIGNS), max_size=30),
    st.text(st.characters(codec="utf-8"), max_size=30),
    st.sampled_from(
        [
            "Kind: barrier",
            "Когда ставить: x",
            "\\Kind: y\nВид: z",
            "**Example:** a",
            "<!-- colour: 3 -->",
        ]
    ),
).map(lambda text: normalise(text).strip())
NAMES = st.one_of(
    st.text(st.sampled_from(_SIGNS + string.ascii_letters), min_size=1, max_size=20),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=20),
    st.sampled_from(["● A", "C#", "=1+1", "'=x", "1", "A / B", "▲", "- b", "## x ##"]),
).map(lambda name: " ".join(normalise(name).split()) or "x")
CODES = st.builds(
    CodeRecord,
    st.lists(NAMES, min_size=1, max_size=4).map(tuple),
    kind=st.sampled_from([kind.value for kind in CodeKind]),
    colour=st.integers(0, 9),
    definition=TEXTS,
    when_to_use=TEXTS,
    when_not=TEXTS,
    example=TEXTS,
)


def write(path: Path, codes, title: str = "Ипотека") -> Path:
    path.write_bytes(find_format(path.suffix).render(codes, title))
    return path


def said(codes):
    """What a format must keep: that a code is a theme may go without saying, as may what was never said."""
    return [
        (c.path, c.kind or "theme", c.colour, *(getattr(c, field) for field in TEXT_FIELDS))
        for c in codes
    ]


@pytest.mark.parametrize("name", WRITTEN)
def test_a_codebook_comes_back_as_it_went(tmp_path, name):
    found = read_codebook(write(tmp_path / f"book.{name}", BOOK))
    assert said(found.codes) == said(BOOK)
    assert found.notes == ()


@pytest.mark.parametrize("name", WRITTEN)
@given(codes=st.lists(CODES, min_size=1, max_size=6).map(lambda codes: joined(codes)[0]))
@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_any_codebook_comes_back_as_it_went(tmp_path, name, codes):
    found = read_codebook(write(tmp_path / f"book.{name}", codes))
    assert [row[:2] for row in said(found.codes)] == [row[:2] for row in said(codes)]
    assert [row[3:] for row in said(found.codes)] == [row[3:] for row in said(codes)]
    assert [c.colour for c in found.codes] == [c.colour for c in codes]


@pytest.mark.parametrize("name", ["qdc", "md"])
def test_what_was_written_in_russian_is_read_in_english(tmp_path, name):
    i18n.set_language("ru")
    try:
        path = write(tmp_path / f"book.{name}", BOOK)
    finally:
        i18n.set_language("en")
    assert "Когда ставить" in path.read_text("utf-8")
    assert said(read_codebook(path).codes) == said(BOOK)


@given(TEXTS, TEXTS, TEXTS, TEXTS, st.sampled_from(["theme", "barrier"]))
def test_a_description_can_be_taken_apart_again(definition, use, not_, example, kind):
    code = CodeRecord(("x",), kind, None, definition, use, not_, example)
    parts = taken_apart(written(code))
    assert [parts.get(field, "") for field in TEXT_FIELDS] == [definition, use, not_, example]
    assert parts.get("kind", "theme") == kind


def test_a_description_of_another_program_is_the_definition():
    assert taken_apart("Kind: soft and\nnothing else") == {
        "definition": "Kind: soft and\nnothing else"
    }


# -- REFI-QDA --------------------------------------------------------------------------------


@pytest.fixture
def schema():
    etree = pytest.importorskip("lxml.etree")
    path = SHARED / "Codebook.xsd"
    if not path.is_file():
        pytest.skip("the official Codebook.xsd is not beside the project")
    return etree.XMLSchema(etree.parse(path))


def test_a_written_codebook_is_valid_by_the_official_schema(tmp_path, schema):
    from lxml import etree

    path = write(tmp_path / "book.qdc", BOOK)
    schema.assertValid(etree.parse(path))
    guids = [code.get("guid") for code in etree.parse(path).iter(f"{{{REFI}}}Code")]
    assert len(set(guids)) == len(BOOK)
    assert write(tmp_path / "again.qdc", BOOK).read_bytes() == path.read_bytes(), (
        "the same identifiers"
    )


@given(codes=st.lists(CODES, min_size=1, max_size=6).map(lambda codes: joined(codes)[0]))
@settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_any_written_codebook_is_valid_by_the_official_schema(tmp_path, schema, codes):
    from lxml import etree

    schema.assertValid(etree.parse(write(tmp_path / "book.qdc", codes)))


QDC = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="{namespace}" origin="x"><Codes>
  <!-- groups -->
  <Code guid="0F8A1907-7E42-4739-8610-A676B4D1B69F" name="Feelings" isCodable="false" color="#F0A">
    <NoteRef targetGUID="0F8A1907-7E42-4739-8610-A676B4D1B69F"/>
    <Code guid="{{85D17F60-7BB0-481E-B742-B4861DD669DF}}" name=" happy\u0301 " isCodable="true">
      <Description>good</Description></Code>
  </Code></Codes>{sets}</CodeBook>
"""


@pytest.mark.parametrize(
    ("namespace", "sets"),
    [
        (REFI, "<Sets/>"),  # Taguette 1.4.1 and 1.5.2 always write it, against the schema
        ("urn:QDA-XML:codebook:0:4", ""),  # ATLAS.ti
        (REFI, '<Sets><Set guid="1" name="s"><MemberCode guid="2"/></Set></Sets>'),
    ],
)
def test_codebooks_of_other_programs(tmp_path, namespace, sets):
    path = tmp_path / "other.qdc"
    path.write_text(QDC.format(namespace=namespace, sets=sets), encoding="utf-8")
    found = read_codebook(path)
    assert [code.path for code in found.codes] == [("Feelings",), ("Feelings", "happý")]
    assert found.codes[1].definition == "good"
    assert found.codes[1].id == "85d17f607bb0481eb742b4861dd669df"
    assert found.codes[0].colour is not None
    codes = ["categories", "sets"] if "MemberCode" in sets else ["categories"]
    assert [note.code for note in found.notes] == codes
    assert all("other.qdc" in note.show() for note in found.notes)


def test_the_codes_of_a_whole_project_are_read():
    if not SHARED.is_dir():
        pytest.skip("the sample project of the REFI-QDA specification is not beside the project")
    found = read_codebook(SHARED / "spec-sample-TestProject.qdpx")
    inside = read_codebook(SHARED / "spec-sample-project.qde")
    assert "Feelings" in [code.name for code in inside.codes]
    assert {code.name for code in found.codes} >= {"happiness", "Coke::diet Coke", '"rushed"'}


def test_any_file_of_another_program_beside_the_project_is_read():
    paths = sorted(SHARED.parent.rglob("*.qdc")) if SHARED.is_dir() else []
    if not paths:
        pytest.skip("there is no codebook of another program beside the project")
    for path in paths:
        assert read_codebook(path).codes


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.qdc", b"<CodeBook>", "file-damaged"),
        ("a.qdc", b'<!DOCTYPE x [<!ENTITY y "z">]><CodeBook><Codes/></CodeBook>', "file-damaged"),
        ("a.qdc", b"<html/>", "codebook-not-refi"),
        ("a.qdc", b"<CodeBook><Codes/></CodeBook>", "codebook-empty"),
        ("a.qdc", b'<CodeBook><Codes><Code guid="1"/></Codes></CodeBook>', "code-name-empty"),
        ("a.qdc", b"<CodeBook><Codes>" + b'<Code name="x">' * 60 + b"</Code>" * 60 + b"</Codes></CodeBook>",
         "codebook-deep"),
        ("a.qdpx", b"nonsense", "file-damaged"),
        ("a.xlsx", b"nonsense", "file-damaged"),
        ("a.csv", b"code\n" + b"x" * 400, "code-name-long"),
        ("a.csv", b"colour\n3", "codebook-no-column"),
        ("a.csv", "code,kind\nA,мнение".encode(), "code-kind-unknown"),
        ("a.csv", b"code,colour\nA,blue", "code-colour-unknown"),
        ("a.csv", b"code,parent\nA,B", "code-parent-unknown"),
        ("a.csv", b"code,parent\nX,\nY,\nA,X\nA,Y\nC,A", "code-parent-ambiguous"),
        ("a.md", b"no heading", "codebook-empty"),
        ("a.docx", b"x", "codebook-suffix-unknown"),
    ],
)  # fmt: skip
def test_bad_files_are_refused_by_name(tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as trouble:
        read_codebook(path)
    assert trouble.value.code == code
    assert name in str(trouble.value)


@pytest.mark.parametrize("name", ["a.csv", "a.qdc", "a.qdpx", "a.xlsx", "a.md", "a.txt"])
def test_a_missing_file_is_said(tmp_path, name):
    with pytest.raises(InputError) as trouble:
        read_codebook(tmp_path / name)
    assert trouble.value.code == "file-missing"


def test_a_circle_of_parents_names_its_codes(tmp_path):
    path = tmp_path / "book.csv"
    path.write_text("code,parent\nTop,\nЖдать,Звонок\nЗвонок,Очередь\nОчередь,Ждать\n", "utf-8")
    with pytest.raises(InputError, match="Ждать → Звонок → Очередь → Ждать") as trouble:
        read_codebook(path)
    assert trouble.value.code == "code-cycle-in-file"
    assert "Top" not in str(trouble.value)


def test_an_archive_is_not_unpacked_without_end(tmp_path):
    path = tmp_path / "bomb.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Project.qde", b"<Project>" + b" " * (40 * 1024 * 1024))
    with pytest.raises(InputError) as trouble:
        read_codebook(path)
    assert trouble.value.code == "file-damaged"


# -- tables ----------------------------------------------------------------------------------


def paths_of(tmp_path, text, name="book.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return [code.path for code in read_codebook(path).codes]


def test_a_table_made_by_hand(tmp_path):
    assert paths_of(tmp_path, "Код;Родитель;Вид\nОчередь;Ожидание;барьер\nОжидание;;\n", encoding="cp1251") == [
        ("Ожидание",), ("Ожидание", "Очередь"),
    ]  # fmt: skip
    assert paths_of(tmp_path, "code,parent\nA,\nB,A\nA,A / B\n") == [
        ("A",),
        ("A", "B"),
        ("A", "B", "A"),
    ]
    assert paths_of(tmp_path, "name\tdescription\nA / B\tx\nA\ty\n", "book.tsv") == [
        ("A",),
        ("A", "B"),
    ]


def test_codes_named_alike_in_two_branches(tmp_path):
    text = "id,parent,code\n1,,Bank\n2,,Shop\n3,1,Queue\n4,2,Queue\n"
    assert paths_of(tmp_path, text) == [("Bank",), ("Bank", "Queue"), ("Shop",), ("Shop", "Queue")]


def test_the_tags_of_taguette(tmp_path):
    text = "tag,description,number of highlights\ninteresting,Further review required,0\na.b,x,3\n"
    assert paths_of(tmp_path, text) == [("interesting",), ("a",), ("a", "b")]


def test_a_code_that_comes_twice_is_one_and_that_is_said(tmp_path):
    path = tmp_path / "book.csv"
    path.write_text("code,definition\nA,\na,later\n", "utf-8")
    found = read_codebook(path)
    assert [(code.path, code.definition) for code in found.codes] == [(("A",), "later")]
    assert [note.code for note in found.notes] == ["codes-twice"]


def test_no_cell_of_a_written_table_is_a_formula(tmp_path):
    text = write(tmp_path / "book.csv", BOOK).read_text("utf-8-sig")
    assert text.splitlines()[0] == ",".join(COLUMNS)
    assert "'= когда ждут" in text
    assert "'+7 999" in text


def test_a_text_that_no_cell_of_excel_can_hold_is_refused_with_its_code():
    with pytest.raises(InputError, match="“Long”") as trouble:
        find_format("xlsx").render([CodeRecord(("Long",), definition="x" * 40_000)], "t")
    assert trouble.value.code == "cell-too-long"


# -- Markdown --------------------------------------------------------------------------------


def test_markdown_made_by_hand(tmp_path):
    text = "# Codebook\n\nwords before\n\n## Waiting\nall about time\n\n#### ▲ Queue\n**When to use:** also\non the phone\n"
    path = tmp_path / "book.md"
    path.write_text(text, "utf-8")
    first, second = read_codebook(path).codes
    assert (first.path, first.definition, first.kind) == (("Waiting",), "all about time", "")
    assert (second.path, second.kind) == (("Waiting", "Queue"), "barrier")
    assert second.when_to_use == "also\non the phone"


def test_several_headings_of_the_highest_level_are_codes(tmp_path):
    assert paths_of(tmp_path, "# A\n## B\n# C\n", "book.md") == [("A",), ("A", "B"), ("C",)]


def test_an_unknown_format_names_those_there_are():
    with pytest.raises(InputError, match="csv, md, qdc, xlsx"):
        find_format("docx")


def nested(path, guid):
    """Three codes in each other; the innermost has this guid."""
    path.write_text(
        '<CodeBook><Codes><Code guid="0F8A1907-7E42-4739-8610-A676B4D1B69F" name="Очередь">'
        f'<Code name="Ждать"><Code guid="{guid}" name="Звонок"/></Code></Code></Codes></CodeBook>',
        encoding="utf-8",
    )
    return path


def test_a_code_inside_itself_is_named(tmp_path):
    path = nested(tmp_path / "book.qdc", "{0f8a1907-7e42-4739-8610-a676b4d1b69f}")
    with pytest.raises(InputError, match=r"book\.qdc.*Очередь → Ждать → Звонок") as trouble:
        read_codebook(path)
    assert trouble.value.code == "code-cycle-in-file"
    assert len(read_codebook(nested(path, "")).codes) == 3, "codes without a guid are not one code"
