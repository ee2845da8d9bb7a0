from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from import_samples import FILES, LINES

from workbench.errors import InputError
from workbench.interchange.files import decode
from workbench.interchange.importer import all_importers, choose_importer, import_file
from workbench.interchange.turn_lines import read_turns

SAMPLES = Path(__file__).parents[2] / "sample_projects"


@pytest.fixture
def put(tmp_path):
    def write(name, data=None):
        path = tmp_path / name
        path.write_bytes(FILES[name] if data is None else data)
        return path

    return write


def words_in(batch):
    """Every word that came through: text, speakers, attributes, dates, notes."""
    parts = []
    for text in batch.texts:
        parts += [text.title, *text.attributes.values(), str(text.date), text.transcribed_by]
        parts += [voice.label for voice in text.speakers]
        parts += [part for turn in text.turns for part in (turn.speaker, turn.text) if part]
    parts += [note.show() for note in batch.notes]
    return Counter(re.findall(r"\w+", " ".join(parts)))


def raw_words(name, data):
    if name.endswith(".docx"):
        from docx import Document

        document = Document(io.BytesIO(data))
        xml = re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", document.element.xml)
        raw = "\n".join(xml).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    elif name.endswith(".xlsx"):
        from openpyxl import load_workbook

        rows = list(load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2, values_only=True))
        raw = " ".join(
            str(c.date() if hasattr(c, "date") else c) for row in rows for c in row if c is not None
        )
    elif name.endswith(".json"):
        found = []
        _strings(json.loads(data), found)
        raw = " ".join(found)
    elif name.endswith(".rtf"):
        raw = "\n".join(LINES).replace("😀", ":)") + " Слово 😀"
    elif name.endswith(".odt"):
        xml = zipfile.ZipFile(io.BytesIO(data)).read("content.xml").decode()
        xml = re.sub(
            r"<text:tracked-changes>.*?</text:tracked-changes>|<text:note-citation>1", " ", xml
        )
        raw = re.sub(r"<[^>]*>", " ", xml)
    elif name.endswith(".html"):
        raw = decode(data)[0].split("<body", 1)[1]
        raw = unescape(re.sub(r"<[^>]*>", " ", "<" + raw))
    else:
        raw = decode(data)[0].lstrip("\ufeff")
        if name.endswith((".vtt", ".srt")):
            raw = re.sub(
                r"STYLE\n.*\n|[\d:.,]+ --> .*|</?[vi]\b|^\d+$|WEBVTT|NOTE",
                " ",
                raw,
                flags=re.MULTILINE,
            )
            raw = raw.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
        if name.endswith(".csv"):
            raw = raw.split("\n", 1)[1].replace("14.05.2026", "2026-05-14")
    raw = re.sub(r"\[\d\d:\d\d:\d\d\]", " ", raw)
    return Counter(re.findall(r"\w+", raw))


def _strings(value, found):
    """Collect the words of a transcript in JSON: not the keys, not what only names the format."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key in {"format", "language", "kind", "role", "words", "person"}:
                continue
            if key == "text" and "segments" in value:
                continue
            _strings(part, found)
    elif isinstance(value, list):
        for part in value:
            _strings(part, found)
    elif isinstance(value, str):
        found.append(value)


@pytest.mark.parametrize("name", FILES)
def test_no_word_is_lost(name, put):
    path = put(name)
    lost = {
        word for word in raw_words(name, FILES[name]) if word not in words_in(import_file(path))
    }
    if name.endswith(".vtt"):
        assert "intro" in words_in(import_file(path))
    assert lost == set()
    for text in import_file(path).texts:
        assert text.turns
        assert text.language in {"ru", "en"}
        for turn in text.turns:
            assert turn.text.strip()
            assert (turn.end_ms or 10**9) >= (turn.start_ms or 0)


@pytest.mark.parametrize("name", FILES)
def test_every_word_comes_as_often_as_it_stood_there(name, put):
    batch = import_file(put(name))
    have = words_in(batch)
    labels = {turn.speaker for text in batch.texts for turn in text.turns}
    for word, count in raw_words(name, FILES[name]).items():
        if word not in labels:  # cues that are joined need their speaker only once
            assert have[word] >= count, word


def test_every_importer_is_tried_by_a_sample(put):
    tried = {choose_importer(put(name)).name for name in FILES}
    assert tried == {importer.name for importer in all_importers()}
    assert {suffix for i in all_importers() for suffix in i.suffixes} - {
        Path(n).suffix for n in FILES
    } <= {".tsv", ".htm"}
    for importer in all_importers():
        assert importer.description
        assert all(suffix.startswith(".") for suffix in importer.suffixes)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample projects are not beside the tests")
def test_the_sample_projects_files_are_read_with_speakers_and_times():
    found = sorted(SAMPLES.glob("*/transcripts/*"))
    assert len(found) >= 6
    for path in found:
        (text,) = import_file(path).texts
        spoken = [turn for turn in text.turns if turn.speaker]
        assert len({turn.speaker for turn in spoken}) >= 2, path
        assert len(spoken) >= len(text.turns) - 2, path
        assert all(turn.start_ms is not None for turn in spoken), path
        assert [t.start_ms for t in spoken] == sorted(t.start_ms for t in spoken), path
        assert not any(re.match(r"[\[#]?\d\d:\d\d", turn.text) for turn in text.turns), path


@pytest.mark.parametrize("name", [n for n in FILES if n.endswith(".txt")])
def test_transcript_in_any_encoding(name, put):
    batch = import_file(put(name))
    (text,) = batch.texts
    assert [t.speaker for t in text.turns] == [None, "Интервьюер", "R07", "Интервьюер", "R07"]
    assert text.turns[2].text.endswith("<смеётся> [пауза]\nИ ещё: никто не извинился.")
    assert (text.turns[2].start_ms, text.turns[2].end_ms) == (12_000, 62_000)
    assert text.turns[3].text == "А потом? См. https://bank.example/a?b=1&c=2"
    assert [note.code for note in batch.notes] == (
        [] if name in {"utf8.txt", "bom.txt"} else ["encoding-guessed"]
    )


@given(
    st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюя АБВГД,.!\n", min_size=40).filter(
        lambda t: len(t.split()) > 4
    )
)
def test_russian_in_utf8_is_never_taken_for_something_else(text):
    assert decode(text.encode()) == (text, "utf-8")


RUSSIAN = (
    "Мы ждали ответа три недели, потом нам позвонили и сказали, что заявка потерялась. Обидно!"
)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "mac-cyrillic"])
def test_one_byte_russian_is_told_apart(encoding):
    for text in (
        RUSSIAN,
        RUSSIAN.upper()[:30] + RUSSIAN,
        f"R1: {RUSSIAN}\nEnglish words too, a lot of them.",
    ):
        assert decode(text.encode(encoding))[0] == text


def test_western_letters_are_not_russian():
    text = "The café near Zoë’s flat was déjà vu – naïve, but “nice”."
    assert decode(text.encode("cp1252")) == (text, "cp1252")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Anna: yes", "Boris: no", "Anna: well", "Boris: so"], [("Anna", "yes", None, None), ("Boris", "no", None, None)]),
        (["The point: we left", "Another paragraph"], [(None, "The point: we left", None, None)]),
        (["I: why? #00:00:12-3#", "R: so #00:00:20-0#"], [("I", "why?", 0, 12_300)]),
        (["#00:01:23-4# Anna: yes"], [("Anna", "yes", 83_400, None)]),
        (["00:01:23 Anna: yes", "01:42 Anna: no"], [("Anna", "yes", 83_000, 102_000), ("Anna", "no", 102_000, None)]),
        (["(1:02:03.5) R1: yes"], [("R1", "yes", 3_723_500, None)]),
        (["Speaker 1  0:03", "hello there", "Speaker 2 (0:09)", "hi"], [("Speaker 1", "hello there", 3_000, 9_000)]),
        (["00:00:05", "Anna speaks"], [(None, "Anna speaks", 5_000, None)]),
        (["R1:", "the words are below"], [("R1", "the words are below", None, None)]),
        (["Meeting at 10:30 in the hall"], [(None, "Meeting at 10:30 in the hall", None, None)]),
        (["12:30 приехал курьер"], [(None, "приехал курьер", 750_000, None)]),
        (["В: Как дела?", "О: Хорошо"], [("В", "Как дела?", None, None)]),
        (["R1: a", "", "goes on"], [("R1", "a\ngoes on", None, None)]),
    ],
)  # fmt: skip
def test_conventions_of_transcripts(lines, expected):
    turns = [(t.speaker, t.text, t.start_ms, t.end_ms) for t in read_turns(lines)]
    assert turns[: len(expected)] == expected


@given(st.lists(st.text(alphabet="аbR1: .#[]()0:5-<>\n", max_size=25), max_size=8))
def test_lines_never_lose_a_letter(lines):
    lines = [part for line in lines for part in line.split("\n")]
    turns = read_turns(lines)
    kept = "".join((t.speaker or "") + t.text for t in turns)
    for letter in "аbR":
        assert kept.count(letter) >= sum(line.count(letter) for line in lines)


def test_subtitles(put):
    (text,) = import_file(put("talk.vtt")).texts
    assert [(t.speaker, t.text, t.start_ms, t.end_ms) for t in text.turns] == [
        ("Интервьюер", "Как дела с заявкой?", 1_000, 4_500),
        ("R05", "Три недели тишины & ожидания, потом <отказ> без объяснений.", 5_000, 9_000),
        ("Интервьюер", "Понятно.", 7_000, 9_000),
    ]
    assert "имена убраны" in text.attributes["note"]
    (text,) = import_file(put("talk.srt")).texts
    assert [(t.speaker, t.text, t.start_ms) for t in text.turns] == [
        ("R1", "Первая половина и вторая. Строка после пустой.", 1_000),
        ("I", "Вопрос?", 3_606_000),
    ]


def test_word(put):
    (text,) = import_file(put("talk.docx")).texts
    assert [t.speaker for t in text.turns] == [
        None,
        "Интервьюер",
        "R07",
        "R07",
        "Интервьюер",
        "R07",
    ]
    assert text.turns[-1].text == "до вставки внутри вставки после вставки"
    assert text.turns[-2].text == "И вопрос в таблице?\nОдна ячейка"


def test_reviews(put):
    batch = import_file(put("reviews.csv"))
    first, second = batch.texts
    assert first.kind == "review"
    assert first.turns[0].text == 'Ждала "долго"; потом\nушла <молча>'
    assert first.date == second.date == date(2026, 5, 14)
    assert first.attributes == {"author": "Анна", "rating": "2", "site": "Карты", "город": "Казань"}
    assert first.title == "reviews #1"
    assert [note.code for note in batch.notes] == ["encoding-guessed", "row-without-text"]
    assert "Самара" in batch.notes[1].show()
    good, other = import_file(put("reviews.xlsx")).texts
    assert (good.date, good.attributes["rating"], other.attributes["rating"]) == (
        date(2026, 5, 14),
        "4",
        "1.5",
    )
    assert other.turns[0].text == "=never a formula"


def bomb():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 30_000_000)
    return buffer.getvalue()


def crowd():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for i in range(2_001):
            archive.writestr(str(i), b"")
    return buffer.getvalue()


ZIP_HALF = FILES["talk.docx"][: len(FILES["talk.docx"]) // 2]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "file-empty"), ("a.txt", b" \r\n\t", "file-empty"), ("a.txt", b"\xff\xfe", "file-empty"),
        ("a.txt", bytes(range(256)) * 40, "file-damaged"), ("a.txt", b"\x00\x01\x02\x03" * 500, "file-damaged"),
        ("a.docx", b"", "file-empty"), ("a.docx", b"no archive", "file-damaged"), ("a.docx", ZIP_HALF, "file-damaged"),
        ("a.docx", FILES["reviews.xlsx"], "file-damaged"), ("a.docx", bomb(), "file-suspicious"),
        ("a.docx", crowd(), "file-suspicious"), ("a.xlsx", FILES["talk.docx"], "file-damaged"),
        ("a.xlsx", b"PK\x03\x04 nothing", "file-damaged"), ("a.xlsx", bomb(), "file-suspicious"),
        ("a.vtt", b"WEBVTT\n\n", "file-damaged"), ("a.srt", b"words without times", "file-damaged"),
        ("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "file-empty"),
        ("a.csv", b"date,rating\n2026-01-01,5\n", "column-missing"), ("a.csv", b"text,date\n", "file-empty"),
        ("a.csv", b'text,date\n"never closed,2026\nmore,2026\n', "table-broken"), ("a.csv", b"text,text\n1,2\n", "column-twice"),
        ("a.pdf", b"%PDF-1.7", "format-unknown"), ("noname", b"words", "format-unknown"),
    ],
)  # fmt: skip
def test_bad_files_are_named_with_a_remedy(name, data, code, put):
    path = put(name, data)
    with pytest.raises(InputError) as trouble:
        import_file(path)
    assert trouble.value.code == code
    assert name in trouble.value.problem
    assert trouble.value.remedy


def test_what_colours_a_text_in_a_terminal_is_no_part_of_it(put):
    raw = "I: \x1b[1;31mWhy\x1b[0m?\nR: \x1b]0;title\x07Too \x1b]8;;https://a.b\x1b\\long\x1b[38;5;4m.\x1b[m [31m]"
    (text,) = import_file(put("a.txt", raw.encode())).texts
    assert [turn.text for turn in text.turns] == ["Why?", "Too long. [31m]"]


def test_missing_files_and_folders(tmp_path):
    for path, code in ((tmp_path / "no.txt", "file-missing"), (tmp_path, "file-unreadable")):
        with pytest.raises(InputError) as trouble:
            import_file(path)
        assert trouble.value.code == code
        assert path.name in str(trouble.value)


def test_the_unknown_format_lists_what_can_be_read(put):
    with pytest.raises(InputError) as trouble:
        import_file(put("x.pages", b"PK"))
    for importer in all_importers():
        for suffix in importer.suffixes:
            assert suffix in trouble.value.remedy


@given(st.sampled_from(sorted(FILES)), st.integers(0, 5_000), st.binary(max_size=6), st.booleans())
def test_damage_never_ends_in_a_traceback(tmp_path_factory, name, at, junk, cut):
    data = FILES[name]
    place = at % len(data)
    path = tmp_path_factory.mktemp("damage") / name
    path.write_bytes(data[:place] + junk + (b"" if cut else data[place + len(junk) :]))
    try:
        batch = import_file(path)
    except InputError as trouble:
        assert name in trouble.problem
    else:
        assert batch.texts


def test_finding_importers_loads_no_heavy_library():
    code = (
        "import sys; from workbench.interchange.importer import all_importers; all_importers();"
        "print([m for m in ('docx', 'openpyxl', 'yaml', 'sqlalchemy', 'lxml') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=SAMPLES.parent
    )
    assert done.stdout.strip() == "[]"
