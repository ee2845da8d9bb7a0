"""Transcripts as other programs write them: whose words, when, and nothing lost."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from import_samples import FILES, WHISPER, odt_of

from workbench.errors import InputError
from workbench.interchange.importer import import_file
from workbench.interchange.turn_lines import read_turns


@pytest.fixture
def read(tmp_path):
    def run(name, data):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        batch = import_file(path)
        (text,) = batch.texts
        return text, batch.notes

    return run


def said(text):
    return [(t.speaker, t.text, t.start_ms, t.end_ms) for t in text.turns]


def word_rows(turn):
    return [(turn.text[int(r[0]) : int(r[1])], *map(int, r[2:4]), r[4]) for r in turn.word_times]


# -- JSON of the Whisper family ---------------------------------------------------------------------


def test_openai_whisper(read):
    text, _notes = read("talk.json", json.dumps(WHISPER))
    assert text.language == "ru"
    assert said(text) == [
        (None, "Расскажите, как всё началось?", 500, 2500),
        (None, "Ну, я записалась.", 4000, 5200),  # a pause behind a finished sentence
    ]
    assert word_rows(text.turns[0])[2:] == [
        ("всё", 1400, 1600, 0.31),
        ("началось?", 1700, 2500, 0.9),
    ]


def test_whisperx_cuts_a_segment_where_the_speaker_changes(read):
    data = {
        "segments": [
            {
                "start": 0.1,
                "end": 3.0,
                "text": " Did you wait? Yes, 40 minutes.",
                "speaker": "SPEAKER_00",
                "words": [
                    {"word": "Did", "start": 0.1, "end": 0.3, "score": 0.9, "speaker": "SPEAKER_00"},
                    {"word": "you", "start": 0.3, "end": 0.4, "score": 0.9, "speaker": "SPEAKER_00"},
                    {"word": "wait?", "start": 0.5, "end": 0.9, "score": 0.9, "speaker": "SPEAKER_00"},
                    {"word": "Yes,", "start": 1.2, "end": 1.4, "score": 0.2, "speaker": "SPEAKER_01"},
                    {"word": "40"},
                    {"word": "minutes.", "start": 2.0, "end": 3.0, "score": 0.9, "speaker": "SPEAKER_01"},
                ],
            },
            {"start": 3.1, "end": 4.0, "text": " Every day.", "speaker": "SPEAKER_01"},
        ],
        "word_segments": [],
    }  # fmt: skip
    text, _notes = read("x.json", json.dumps(data))
    assert said(text) == [
        ("SPEAKER_00", "Did you wait?", 100, 900),
        ("SPEAKER_01", "Yes, 40 minutes. Every day.", 1200, 4000),
    ]
    assert word_rows(text.turns[1]) == [("Yes,", 1200, 1400, 0.2), ("minutes.", 2000, 3000, 0.9)]


def test_whisper_cpp(read):
    data = {
        "result": {"language": "ru"},
        "transcription": [
            {
                "timestamps": {"from": "00:00:00,000", "to": "00:00:02,000"},
                "offsets": {"from": 0, "to": 2000},
                "text": " Добрый день.",
                "tokens": [
                    {"text": "[_BEG_]", "offsets": {"from": 0, "to": 0}, "id": 50364, "p": 0.9},
                    {"text": " Доб", "offsets": {"from": 100, "to": 300}, "id": 1, "p": 0.8},
                    {"text": "рый", "offsets": {"from": 300, "to": 600}, "id": 2, "p": 0.6},
                    {"text": " день", "offsets": {"from": 700, "to": 1500}, "id": 3, "p": 0.9},
                    {"text": ".", "offsets": {"from": 1500, "to": 1600}, "id": 4, "p": 0.9},
                    {"text": "[_TT_100]", "offsets": {"from": 2000, "to": 2000}, "id": 5, "p": 0.1},
                ],
            }
        ],
    }
    text, _notes = read("cpp.json", json.dumps(data, ensure_ascii=False))
    assert said(text) == [(None, "Добрый день.", 0, 2000)]
    assert word_rows(text.turns[0]) == [("Добрый", 100, 600, 0.6), ("день.", 700, 1600, 0.9)]
    # it cuts letters in two where a token ends; the words of the segment are whole all the same
    cut = (
        json.dumps(data, ensure_ascii=False).encode().replace('" Доб"'.encode(), b'" \xd0\x94\xd0"')
    )
    text, notes = read("cut.json", cut)
    assert text.turns[0].text == "Добрый день."
    assert [row[0] for row in word_rows(text.turns[0])] == ["день."]
    assert notes == ()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ([{"start": 0.0, "end": 1.5, "text": " hi there"}], [(None, "hi there", 0, 1500)]),
        ({"text": "a", "chunks": [{"timestamp": [0.5, None], "text": " yes."}]}, [(None, "yes.", 500, None)]),
        ({"speakers": [{"speaker": "S1", "timestamp": [0, 1], "text": "a"}, {"speaker": "S2", "timestamp": [1, 2], "text": "b"}], "chunks": [{"timestamp": [0, 2], "text": "a b"}]},
         [("S1", "a", 0, 1000), ("S2", "b", 1000, 2000)]),
        ({"text": "Anna: yes\nBoris: no\nAnna: so\nBoris: well"}, [("Anna", "yes", None, None), ("Boris", "no", None, None), ("Anna", "so", None, None), ("Boris", "well", None, None)]),
        ({"segments": [{"start": 2.0, "end": 1.0, "text": "x", "speaker": 3}]}, [("3", "x", 2000, 2000)]),
        ({"segments": [{"start": float("nan"), "end": -1, "text": "x"}, {"text": None}, {"text": " "}]}, [(None, "x", None, None)]),
        ({"segments": [{"words": [{"word": "only"}, {"word": "words"}]}]}, [(None, "only words", None, None)]),
    ],
)  # fmt: skip
def test_other_shapes(read, data, expected):
    text, _notes = read("x.json", json.dumps(data))
    assert said(text) == expected


def test_words_beside_the_segments_find_their_segment(read):
    words = [{"word": w, "start": i, "end": i + 0.5} for i, w in enumerate(["One", "two", "three"])]
    segments = [
        {"start": 0, "end": 2, "text": "One two."},
        {"start": 2, "end": 3, "text": "Three three."},
    ]
    text, _notes = read(
        "x.json", json.dumps({"language": "english", "segments": segments, "words": words})
    )
    assert text.language == "en"
    assert [row[:3] for row in word_rows(text.turns[0])] == [
        ("One", 0, 500),
        ("two", 1000, 1500),
        ("three", 2000, 2500),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"segments": [', "file-damaged"), (b"[" * 100_000, "file-damaged"), (b"not json", "file-damaged"),
        (b'{"rows": 1}', "json-unknown"), (b"[1, 2]", "json-unknown"), (b"3", "json-unknown"),
        (b'{"segments": []}', "file-empty"), (b'{"segments": [{"text": " "}]}', "file-empty"), (b'{"transcription": []}', "file-empty"),
        (b'{"format": "workbench-transcript", "version": 9, "turns": []}', "field-wrong"),
        (b'{"format": "workbench-transcript", "version": 1}', "file-empty"),
        (b'{"format": "workbench-transcript", "version": 1, "turns": [{"speaker": "A"}]}', "field-missing"),
        (b'{"format": "workbench-transcript", "version": 1, "turns": [{"text": 5}]}', "field-wrong"),
        (b'{"format": "workbench-transcript", "version": 1, "turns": [{"text": "a", "start_ms": -4}]}', "field-wrong"),
        (b'{"format": "workbench-transcript", "version": 1, "turns": [{"text": "a", "words": [{"start": 0, "end": 7, "start_ms": 0, "end_ms": 1}]}]}', "field-wrong"),
        (b'{"format": "workbench-transcript", "version": 1, "kind": "song", "turns": [{"text": "a"}]}', "field-wrong"),
    ],
)  # fmt: skip
def test_json_that_cannot_be_used_is_named(tmp_path, data, code):
    path = tmp_path / "bad.json"
    path.write_bytes(data)
    with pytest.raises(InputError) as trouble:
        import_file(path)
    assert trouble.value.code == code
    assert "bad.json" in trouble.value.problem
    assert trouble.value.remedy


KEYS = re.findall(
    r"\S+",
    "segments words word text start end speaker tokens offsets from to p chunks timestamp "
    "transcription result language word_segments speakers probability",
)


@settings(deadline=None)
@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.text(max_size=5)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(
                st.sampled_from(KEYS),
                inner,
                max_size=4,
            ),
        ),
        max_leaves=12,
    )
)
def test_no_json_ends_in_a_traceback(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("json") / "any.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    try:
        (text,) = import_file(path).texts
    except InputError as trouble:
        assert "any.json" in trouble.problem
    else:
        for turn in text.turns:
            assert turn.text.strip()
            for start, end, start_ms, end_ms, probability in turn.word_times:
                assert 0 <= start < end <= len(turn.text)
                assert 0 <= start_ms <= end_ms
                assert 0 <= probability <= 1


# -- rich text, OpenDocument, web pages -------------------------------------------------------------


def test_rich_text(read):
    text, notes = read("talk.rtf", FILES["talk.rtf"])
    assert [t.speaker for t in text.turns] == [
        None,
        "Интервьюер",
        "R07",
        "Интервьюер",
        "R07",
        "R07",
    ]
    assert text.turns[2].text.endswith("<смеётся> [пауза]\nИ ещё: никто не извинился.")
    assert (text.turns[2].start_ms, text.turns[2].end_ms) == (12_000, 62_000)
    assert text.turns[5].text == "Слово 😀"
    assert notes == ()


@pytest.mark.parametrize(
    ("rtf", "expected"),
    [
        (b"{\\rtf1\\ansi\\ansicpg1251 \\'cf\\'f0\\'e8\\'e2\\'e5\\'f2}", "Привет"),
        ("{\\rtf1\\ansi\\ansicpg1251 Привет}".encode("cp1251"), "Привет"),
        ("{\\rtf1\\ansi Привет 😀}".encode(), "Привет 😀"),
        (b"{\\rtf1\\ansi\\uc1\\u1055?\\u1088?\\u1080\\'e8\\u1074?}", "Прив"),
        (b"{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset204 Arial;}{\\f1\\fcharset0 X;}}\\f0\\'cf\\f1 caf\\'e9}", "Пcafé"),
        (b"{\\rtf1 a\\~b \\ldblquote q\\rdblquote  \\{x\\} c:\\\\d}", "a\u00a0b “q” {x} c:\\d"),
        (b"{\\rtf1 words{\\footnote\\pard the note} on}", "words the note on"),
        (b"{\\rtf1 {\\*\\generator Riched20;}{\\info{\\title T}}text}", "text"),
    ],
)  # fmt: skip
def test_letters_of_rich_text(read, rtf, expected):
    text, _notes = read("x.rtf", rtf)
    assert "\n".join(turn.text for turn in text.turns) == expected


def test_rich_text_that_breaks_off_says_so(read):
    text, notes = read("x.rtf", FILES["talk.rtf"][:900])
    assert text.turns
    assert [note.code for note in notes] == ["cut-short"]
    assert "x.rtf" in notes[0].show()


def test_open_document(read):
    text, _notes = read("talk.odt", FILES["talk.odt"])
    assert said(text) == [
        (None, "Интервью 7", None, None),
        ("Интервьюер", "Расскажите,  как всё\nначалось?", 5_000, 12_000),
        ("R07", "Ну, записалась.\nсноска", 12_000, None),
        ("R07", "В списке", None, None),
        ("R07", "В таблице\nВ рамке", None, None),
    ]


EXTERNAL = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def big_odt():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", b"0" * 30_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.odt", odt_of("<text:p>&secret;</text:p>", EXTERNAL), "file-damaged"),
        ("a.odt", odt_of("<text:p>&b;</text:p>", LAUGHS), "file-damaged"),
        ("a.odt", big_odt(), "file-suspicious"),
        ("a.odt", odt_of(""), "file-empty"),
        ("a.odt", FILES["talk.docx"], "file-damaged"),
        ("a.odt", b"no archive", "file-damaged"),
        ("a.rtf", b"no rich text", "file-damaged"),
        ("a.rtf", b"{\\rtf1 }", "file-empty"),
        ("a.html", b"<html><body><script>x()</script></body></html>", "file-empty"),
    ],
)
def test_documents_that_cannot_be_used_are_named(tmp_path, name, data, code):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError) as trouble:
        import_file(path)
    assert trouble.value.code == code
    assert name in trouble.value.problem


def test_noscribe_page_with_a_renamed_speaker(read):
    text, _notes = read("a.html", FILES["noscribe.html"])
    assert said(text) == [
        (None, "(2 seconds pause)", 0, 1214),
        ("S01", "Как дела & что нового? (..) //S02: Угу. //", 12_140, 30_010),
        ("Ольга", "Хорошо, <смеётся> спасибо.", 30_100, 39_650),
        ("S01", "Ещё?", 40_000, 41_000),
    ]
    assert text.attributes["note"] == (
        "Разговор\nTranscribed with noScribe vers. 0.7\n(Language: Russian)"
    )


def test_a_plain_page_is_its_paragraphs(read):
    page = "<p>Anna: <b>yes</b></p><p>Boris: no<br>never</p><p>Anna: so</p><p>Boris: well</p>"
    text, _notes = read("a.htm", page)
    assert said(text)[:2] == [("Anna", "yes", None, None), ("Boris", "no\nnever", None, None)]


# -- subtitles --------------------------------------------------------------------------------------


def test_teams_cues_that_belong_together_are_one_turn(read):
    guid = "8fb2a1c0-1111-4222-8333-944455556666"
    vtt = (
        f"WEBVTT\n\n{guid}/14-0\n00:00:03.045 --> 00:00:05.100\n<v Anna Ivanova>Hello. How are</v>\n\n"
        f"{guid}/14-1\n00:00:05.100 --> 00:00:07.000\n<v Anna Ivanova>you? Fine.</v>\n\n"
        f"{guid}/15-0\n00:00:07.200 --> 00:00:08.000\n<v Anna Ivanova>Let us begin</v>\n\n"
        f"{guid}/16-0\n00:00:08.200 --> 00:00:09.000\n<v O'Neil, Jim (Guest)>Yes</v>\n"
    )
    text, _notes = read("a.vtt", vtt)
    assert said(text) == [
        ("Anna Ivanova", "Hello. How are you? Fine.", 3_045, 7_000),
        ("Anna Ivanova", "Let us begin", 7_200, 8_000),
        ("O'Neil, Jim (Guest)", "Yes", 8_200, 9_000),
    ]
    assert text.attributes == {}


def test_zoom_cues_name_everybody_who_speaks_even_once(read):
    vtt = (
        "WEBVTT\n\n1\n00:00:03.000 --> 00:00:05.000\nAnna Ivanova: Hello.\n\n"
        "2\n00:00:05.000 --> 00:00:07.000\nБорис: Да.\n\n3\n00:00:07.000 --> 00:00:08.000\nAnna Ivanova: Good.\n"
    )
    text, _notes = read("a.vtt", vtt)
    assert [t.speaker for t in text.turns] == ["Anna Ivanova", "Борис", "Anna Ivanova"]


def test_noscribe_cues(read):
    vtt = (
        "WEBVTT Разговор\n\nNOTE\nTranscribed with noScribe vers. 0.7\n\nNOTE media: a.mp3\n\n"
        "1\n00:00:00.000 --> 00:00:12.140\n(12 seconds pause)\n\n"
        "2\n00:00:12.140 --> 00:00:35.790\n<v S01>Как дела? //S02: Угу. // Рассказывайте.\n\n"
        "3\n00:00:36.000 --> 00:00:37.000\n<v //S00>Да.\n"
    )
    text, _notes = read("a.vtt", vtt)
    assert said(text) == [
        (None, "(12 seconds pause)", 0, 12_140),
        ("S01", "Как дела? //S02: Угу. // Рассказывайте.", 12_140, 35_790),
        ("S00", "Да.", 36_000, 37_000),
    ]
    assert "media: a.mp3" in text.attributes["note"]


def test_a_subtitle_without_a_name_goes_on_with_the_speaker_before(read):
    srt = (
        "1\n00:00:01,000 --> 00:00:03,000\n[music]\n\n2\n00:00:03,000 --> 00:00:05,000\nR1: One.\n\n"
        "3\n00:00:05,000 --> 00:00:07,000\nTwo.\n\n4\n00:00:07,000 --> 00:00:09,000\nR2: Three.\n"
    )
    text, _notes = read("a.srt", srt)
    assert said(text) == [
        (None, "[music]", 1_000, 3_000),
        ("R1", "One. Two.", 3_000, 7_000),
        ("R2", "Three.", 7_000, 9_000),
    ]


# -- lines ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # NVivo: a table with the time span, or with the beginning only
        (["Timespan\tSpeaker\tContent", "0:00:05.0 - 0:00:12.3\tАнна\tДа: нет", "0:00:12.3 - 0:00:20.0\t\tтишина"],
         [("Анна", "Да: нет", 5_000, 12_300), (None, "тишина", 12_300, 20_000)]),
        (["Speaker\tContent", "Anna\thello\tthere"], [("Anna", "hello there", None, None)]),
        (["[0:00:05.0 - 0:00:12.3] Anna: yes"], [("Anna", "yes", 5_000, 12_300)]),
        # Zoom and Kontur Talk: time, speaker, words with tabs between
        (["00:01:23\tAnna Ivanova:\thi", "00:01:25\tБорис П.\tда"], [("Anna Ivanova", "hi", 83_000, 85_000), ("Борис П.", "да", 85_000, None)]),
        (["[Anna Ivanova] 00:01:23", "hello", "", "[Борис] 00:01:25", "да", "нет"],
         [("Anna Ivanova", "hello", 83_000, 85_000), ("Борис", "да\nнет", 85_000, None)]),
        # Teams: a name with a time above the words; the older way with arrows
        (["Anna Ivanova   0:03", "hello", "Борис   1:02:03", "да"], [("Anna Ivanova", "hello", 3_000, 3_723_000), ("Борис", "да", 3_723_000, None)]),
        (["0:0:3.450 --> 0:0:5.9", "Anna", "hello", "", "0:0:6.0 --> 0:0:7.0", "Anna", "again.", "0:0:8.0 --> 0:0:9.0", "Борис", "да"],
         [("Anna", "hello again.", 3_450, 7_000), ("Борис", "да", 8_000, 9_000)]),
        # noScribe: the name before the time
        (["S01: [00:00:12] Да.", "", "Ольга: [00:00:36] Нет."], [("S01", "Да.", 12_000, 36_000), ("Ольга", "Нет.", 36_000, None)]),
        # f4, MAXQDA, ATLAS.ti
        (["I: why? #00:00:12-3#", "R: so #00:00:20-0#"], [("I", "why?", 0, 12_300), ("R", "so", 12_300, 20_000)]),
        (["#00:00:12-3# Anna: yes", "#00:00:20.5# Борис: да"], [("Anna", "yes", 12_300, 20_500), ("Борис", "да", 20_500, None)]),
    ],
)  # fmt: skip
def test_conventions(lines, expected):
    assert [(t.speaker, t.text, t.start_ms, t.end_ms) for t in read_turns(lines)] == expected


@given(
    st.lists(
        st.text(alphabet="аbR1: .#[]()0:5-<>\t\n", max_size=25).map(lambda t: t.replace("\n", " ")),
        max_size=8,
    )
)
def test_tables_never_lose_a_letter(lines):
    kept = "".join((t.speaker or "") + t.text for t in read_turns(lines))
    for letter in "аbR":
        assert kept.count(letter) >= sum(line.count(letter) for line in lines)


def test_a_table_of_nvivo_in_word(tmp_path):
    from docx import Document

    document = Document()
    table = document.add_table(rows=3, cols=3)
    rows = [
        ("Timespan", "Speaker", "Content"),
        ("0:00:05.0 - 0:00:12.3", "Анна", "Как дела?"),
        ("0:00:12.3 - 0:00:20.0", "R07", "Да: хорошо"),
    ]
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    document.save(str(tmp_path / "nvivo.docx"))
    (text,) = import_file(tmp_path / "nvivo.docx").texts
    assert said(text) == [
        ("Анна", "Как дела?", 5_000, 12_300),
        ("R07", "Да: хорошо", 12_300, 20_000),
    ]
