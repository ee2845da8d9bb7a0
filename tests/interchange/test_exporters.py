"""Transcripts written and read back: the same turns, voices and times, as exactly as the format can say them."""

from __future__ import annotations

import io
import itertools
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.interchange.cues import LINE, LONGEST, LONGEST_MS, cues_of, wrapped
from workbench.interchange.exporter import (
    ExportedSpeaker,
    ExportedTranscript,
    ExportedTurn,
    ExportedWord,
    ExportOptions,
    all_exporters,
    check_options,
    find_exporter,
    prepared,
)
from workbench.interchange.importer import all_importers, import_file
from workbench.text.normalize import normalise
from workbench.text.turns import words as words_of

EXPORTERS = {exporter.name: exporter for exporter in all_exporters()}
WAYS = [
    (exporter.name, convention)
    for exporter in all_exporters()
    for convention in exporter.conventions or ("",)
]


def turn(text, speaker=None, start=None, end=None, *, suspected=False, sure=0.9):
    """A turn whose words are spread evenly over its time."""
    spans = words_of(text)
    words = ()
    if start is not None and end is not None and spans:
        step = (end - start) / len(spans)
        words = tuple(
            ExportedWord(
                s.start, s.end, int(start + i * step), int(start + (i + 1) * step), sure, sure < 0.4
            )
            for i, s in enumerate(spans)
        )
    return ExportedTurn(text, speaker, start, end, words, suspected)


TALK = ExportedTranscript(
    "Разговор с P3",
    (
        turn("Здравствуйте! Расскажите, э-э, как всё началось?", "Анна", 500, 4_200),
        turn("Ну, я я записалась на десять — а приняли в 10:40! <смеётся> & ушла", "P3 Ольга", 4_400, 11_900),
        turn("Субтитры сделал DimaTorzok", None, 12_000, 14_000, suspected=True),
        turn("Понятно. И что потом?", "Анна", 14_300, 16_000, sure=0.2),
        turn("Ушла в другой банк.\nИ не вернулась.", "P3 Ольга", 16_100, 3_725_400),
    ),
    (ExportedSpeaker("Анна", "interviewer"), ExportedSpeaker("P3 Ольга", "respondent", "P3")),
    language="ru",
    date=date(2026, 5, 14),
    person="P3",
    duration_ms=3_726_000,
    transcribed_by="faster-whisper base",
    attributes={"город": "Казань"},
)  # fmt: skip


def rendered(transcript, name, **options):
    exporter = EXPORTERS[name]
    chosen = check_options(exporter, ExportOptions(**options))
    return exporter.render(prepared(transcript, chosen), chosen)


def back(folder, transcript, name, **options):
    path = folder / f"talk{EXPORTERS[name].suffix}"
    path.write_bytes(rendered(transcript, name, **options))
    (text,) = import_file(path).texts
    return text


def said(turns):
    return [(t.speaker, " ".join(t.text.split())) for t in turns]


# -- what every exporter promises -------------------------------------------------------------------


def test_the_formats():
    assert set(EXPORTERS) == {"docx", "txt", "vtt", "srt", "json"}
    suffixes = {suffix for importer in all_importers() for suffix in importer.suffixes}
    for exporter in all_exporters():
        assert exporter.description
        assert exporter.suffix in suffixes  # what is written can be read
        assert find_exporter(exporter.suffix.upper()) is exporter


@pytest.mark.parametrize(("name", "convention"), WAYS)
def test_turns_and_names_come_back(tmp_path, name, convention):
    text = back(tmp_path, TALK, name, convention=convention)
    assert said(text.turns) == said(t for t in TALK.turns if not t.suspected)


@pytest.mark.parametrize(("name", "convention"), WAYS)
def test_times_come_back_as_exactly_as_the_format_says_them(tmp_path, name, convention):
    within = {"txt": 1_000 if convention in {"plain", "noscribe"} else 100, "docx": 1_000}
    kept = [t for t in TALK.turns if not t.suspected]
    text = back(tmp_path, TALK, name, convention=convention)
    for read, written in zip(text.turns, kept, strict=True):
        if convention != "f4":  # which says when a turn ends
            assert 0 <= written.start_ms - read.start_ms < within.get(name, 1)
        if convention in {"f4", "nvivo"} or name in {"vtt", "srt", "json"}:
            assert 0 <= written.end_ms - read.end_ms < within.get(name, 1)


@pytest.mark.parametrize(("name", "convention"), WAYS)
def test_what_is_not_wanted_is_not_there(name, convention):
    def words(**options):
        content = rendered(TALK, name, convention=convention, **options)
        return _text_of(name, content)

    assert "DimaTorzok" not in words()
    assert "DimaTorzok" in words(with_suspected=True)
    assert "э-э" in words()
    clean = words(clean=True)
    assert "э-э" not in clean
    assert "Ну, я записалась" in clean
    without = words(speakers=False)
    assert "Анна" not in without
    assert "Понятно. И что потом?" in without
    if not EXPORTERS[name].needs_times:
        untimed = rendered(TALK, name, convention=convention, timestamps=False)
        assert not re.search(r"\d\d:\d\d:\d\d|\d:\d\d:\d\d", _body_of(name, untimed))


def _text_of(name, content):
    if name == "docx":
        from docx import Document

        return "\n".join(p.text for p in Document(io.BytesIO(content)).paragraphs)
    text = content.decode("utf-8-sig")
    return text if name == "json" else " ".join(text.split())


def _body_of(name, content):
    """The words without the particulars, which tell how long the recording is."""
    text = _text_of(name, content)
    return text.split("faster-whisper", 1)[1] if name == "docx" else text


@pytest.mark.parametrize(("name", "convention"), WAYS)
def test_suspected_turns_are_marked_where_they_are_kept(tmp_path, name, convention):
    text = back(tmp_path, TALK, name, convention=convention, with_suspected=True)
    (suspected,) = [t for t in text.turns if "DimaTorzok" in t.text]
    if name in {"vtt", "json"}:
        assert suspected.suspected
        assert suspected.text == "Субтитры сделал DimaTorzok"
        assert not any(t.suspected for t in text.turns if t is not suspected)
    elif name != "srt" and convention not in {"noscribe", "f4"}:
        assert suspected.text.startswith("Субтитры сделал DimaTorzok [")


turns_of_talk = st.lists(
    st.tuples(
        st.lists(
            st.text(alphabet="абвгдеё&<>«»„“—😀\u0301", min_size=1, max_size=9), min_size=1, max_size=30
        ).map(lambda words: "Ю" + " ".join(words) + "."),
        st.integers(0, 40_000),
        st.integers(50, 30_000),
    ),
    min_size=4,
    max_size=9,
)  # fmt: skip


@settings(deadline=None, max_examples=60)  # a Word file takes its time
@given(turns_of_talk, st.sampled_from(WAYS))
def test_any_talk_comes_back(tmp_path_factory, parts, way):
    name, convention = way
    at, turns = 0, []
    for number, (text, pause, length) in enumerate(parts):
        start = at + pause
        at = start + length
        turns.append(
            turn(normalise(" ".join(text.split())), ["Анна", "R01"][number % 2], start, at)
        )
    talk = ExportedTranscript("T", tuple(turns), language="ru")
    text = back(tmp_path_factory.mktemp("talk"), talk, name, convention=convention)
    assert said(text.turns) == said(turns)
    if name in {"vtt", "srt", "json"}:
        assert [(t.start_ms, t.end_ms) for t in text.turns] == [
            (t.start_ms, t.end_ms) for t in turns
        ]


# -- each format ------------------------------------------------------------------------------------

GOLDEN = {
    "plain": "[00:00:14] Анна: Понятно. И что потом?",
    "f4": "Анна: Понятно. И что потом? #00:00:16-0#",
    "maxqda": "#00:00:14-3# Анна: Понятно. И что потом?",
    "nvivo": "0:00:14.3 - 0:00:16.0\tАнна\tПонятно. И что потом?",
    "atlasti": "#00:00:14.3# Анна: Понятно. И что потом?",
    "noscribe": "Анна: [00:00:14] Понятно. И что потом?",
}


@pytest.mark.parametrize("convention", GOLDEN)
def test_conventions_of_text(convention):
    lines = rendered(TALK, "txt", convention=convention).decode("utf-8-sig").split("\n")
    assert GOLDEN[convention] in lines
    assert lines[-1] == ""
    if convention == "nvivo":
        assert lines[0] == "Timespan\tSpeaker\tContent"
        assert len(lines) == 1 + 4 + 1
        bare = rendered(TALK, "txt", convention="nvivo", timestamps=False, speakers=False)
        assert bare.decode("utf-8-sig").split("\n")[0] == "Content"
    else:
        assert lines[1] == lines[3] == ""  # an empty line parts the paragraphs
        assert len(lines) == 2 * 4


def test_web_vtt():
    content = rendered(TALK, "vtt", with_suspected=True).decode()
    assert content.startswith("WEBVTT\n\n1-1\n00:00:00.500 --> 00:00:04.200\n<v Анна>Здравствуйте!")
    assert "<v P3 Ольга>" in content
    assert "&lt;смеётся&gt; &amp; ушла" in content
    assert "<c.suspected>Субтитры сделал DimaTorzok</c>" in content


def test_sub_rip():
    blocks = rendered(TALK, "srt").decode().strip().split("\n\n")
    assert [block.split("\n")[0] for block in blocks] == [str(i + 1) for i in range(len(blocks))]
    assert blocks[0] == "1\n00:00:00,500 --> 00:00:04,200\nАнна: Здравствуйте! Расскажите,\nэ-э, как всё началось?"  # fmt: skip
    labelled = [block for block in blocks if re.search(r"^(Анна|P3 Ольга): ", block.split("\n")[2])]
    assert len(labelled) == 4


def test_json_loses_nothing(tmp_path):
    content = rendered(TALK, "json", with_suspected=True)
    data = json.loads(content)
    assert data["turns"][3]["words"][0] == {
        "text": "Понятно", "start": 0, "end": 7, "start_ms": 14_300, "end_ms": 14_725, "probability": 0.2, "doubtful": True,
    }  # fmt: skip
    text = back(tmp_path, TALK, "json", with_suspected=True)
    assert (text.title, text.kind, text.language, text.date) == (
        TALK.title, "interview", "ru", TALK.date,
    )  # fmt: skip
    assert (text.person, text.transcribed_by, text.attributes) == (
        "P3", "faster-whisper base", {"город": "Казань"},
    )  # fmt: skip
    assert [(s.label, s.role, s.person) for s in text.speakers] == [
        ("Анна", "interviewer", None),
        ("P3 Ольга", "respondent", "P3"),
    ]
    for read, written in zip(text.turns, TALK.turns, strict=True):
        assert (read.text, read.speaker, read.start_ms, read.end_ms, read.suspected) == (
            written.text, written.speaker, written.start_ms, written.end_ms, written.suspected,
        )  # fmt: skip
        assert list(read.word_times) == [
            (w.start, w.end, w.start_ms, w.end_ms, w.probability) for w in written.words
        ]


def test_json_says_what_was_left_out(tmp_path):
    path = tmp_path / "talk.json"
    path.write_bytes(rendered(TALK, "json"))
    batch = import_file(path)
    assert [note.code for note in batch.notes] == ["suspected-left-out"]
    assert "1" in batch.notes[0].show()


@pytest.mark.parametrize("language", ["ru", "en", "de"])
@pytest.mark.parametrize("timestamps", [True, False])
def test_word_opens_it_without_a_finding(tmp_path, language, timestamps):
    from openxml_audit import OpenXmlValidator

    talk = replace(TALK, language=language, title=f"{TALK.title} \x1b\ufffe")
    path = tmp_path / "talk.docx"
    path.write_bytes(rendered(talk, "docx", timestamps=timestamps, with_suspected=True, clean=True))
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


def test_word_reads_like_a_transcript(tmp_path):
    from docx import Document

    document = Document(io.BytesIO(rendered(TALK, "docx")))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[0] == TALK.title
    assert any("14 мая 2026" in line for line in lines[:7])
    assert any("01:02:06" in line for line in lines[:7])
    assert "00:00:14\tАнна: Понятно. И что потом?" in lines
    (paragraph,) = [p for p in document.paragraphs if "Понятно" in p.text]
    runs = {run.text: run.style.font for run in paragraph.runs}
    assert runs["Анна:"].bold
    assert str(runs["00:00:14\t"].color.rgb) == "5F6B73"
    assert paragraph.paragraph_format.keep_together
    assert document.styles["Normal"].font.name == "Calibri"
    text = back(tmp_path, TALK, "docx")
    assert text.title == TALK.title
    assert len(text.attributes) == 6  # the particulars, by their names


# -- cues -------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(
    st.lists(st.text(alphabet="абвгд,.!—", min_size=1, max_size=20), min_size=1, max_size=80),
    st.integers(0, 100_000),
    st.integers(1, 200_000),
)
def test_cues_are_short_and_lose_nothing(parts, start, length):
    spoken = turn(" ".join(parts), "Анна", start, start + length)
    cues = cues_of(spoken)
    assert " ".join(cue.text for cue in cues).split() == spoken.text.split()
    assert cues[0].start_ms == start
    assert all(cue.end_ms > cue.start_ms for cue in cues)
    for one, two in itertools.pairwise(cues):
        assert two.start_ms >= one.start_ms
    if spoken.words:
        for cue in cues:
            # one long word cannot be cut, and signs without letters stay with the word before
            alone = sum(bool(words_of(part)) for part in cue.text.split()) <= 1
            assert alone or len(cue.text) <= LONGEST
            assert alone or cue.end_ms - cue.start_ms <= LONGEST_MS + 1


def test_cues_end_where_one_breathes():
    text = "Мы ждали ответа три недели, и никто не звонил. Потом нам позвонили и сказали, что заявка потерялась."
    first, second, *_rest = cues_of(turn(text, "Анна", 0, 10_000))
    assert first.text == "Мы ждали ответа три недели, и никто не звонил."
    assert second.text.startswith("Потом")
    paused = ExportedTurn(
        "Да. Нет.",
        None,
        0,
        9_000,
        (ExportedWord(0, 2, 0, 500), ExportedWord(4, 7, 5_000, 5_400)),
    )
    assert [(c.start_ms, c.end_ms, c.text) for c in cues_of(paused)] == [
        (0, 500, "Да."),
        (5_000, 9_000, "Нет."),
    ]


def test_a_turn_without_word_times_is_one_cue():
    text = "слово " * 60
    (cue,) = cues_of(ExportedTurn(text.strip(), None, 0, 60_000))
    assert all(len(line) <= LINE for line in wrapped(cue.text).split("\n"))


@given(st.lists(st.text(alphabet="абв", min_size=1, max_size=50), min_size=1, max_size=12))
def test_lines_of_a_cue(parts):
    text = " ".join(parts)
    lines = wrapped(text).split("\n")
    assert " ".join(lines) == text
    assert all(len(line) <= LINE or " " not in line for line in lines)


# -- refusals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("pdf", {}, "export-format-unknown"),
        ("txt", {"convention": "elan"}, "convention-unknown"),
        ("vtt", {"convention": "f4"}, "convention-unknown"),
        ("srt", {"timestamps": False}, "times-needed"),
    ],
)
def test_refusals_say_what_to_choose(name, options, code):
    with pytest.raises(InputError) as trouble:
        check_options(find_exporter(name), ExportOptions(**options))
    assert trouble.value.code == code
    assert trouble.value.remedy


def test_subtitles_need_a_time_somewhere():
    talk = ExportedTranscript("Беседа", (ExportedTurn("a"), ExportedTurn("b")))
    for name in ("vtt", "srt"):
        with pytest.raises(InputError) as trouble:
            rendered(talk, name)
        assert trouble.value.code == "no-times"
        assert "Беседа" in trouble.value.problem
    some = replace(
        talk, turns=(ExportedTurn("a"), ExportedTurn("b", None, 2_000), ExportedTurn("c"))
    )
    assert rendered(some, "vtt").count(b"-->") == 3


SHARED = Path(__file__).parents[3] / "shared" / "data"


@pytest.mark.skipif(
    not SHARED.is_dir(), reason="the folder of real files is not beside the project"
)
def test_real_transcripts_import_without_loss():
    found = [
        path
        for suffix in (".vtt", ".srt", ".rtf", ".odt", ".html")
        for path in sorted(SHARED.rglob(f"*{suffix}"))
    ]
    if not found:
        pytest.skip("no transcripts among the real files")
    for path in found:
        assert import_file(path).texts
