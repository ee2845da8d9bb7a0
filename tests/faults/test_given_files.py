"""Files that are not what they should be: what is wrong, in which file, and what to do."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

import pytest

from tests.transcription.sounds import tone, write_audio
from workbench import i18n
from workbench.errors import InputError, TranscriptionError, WorkbenchError
from workbench.interchange.checklist_file import read_checklist
from workbench.services.project import Project

ROOT = Path(__file__).parents[2]
RECORDING = ROOT / "sample_projects" / "mortgage_bank_ru" / "recordings" / "interview_01.ogg"
CHECKLIST = ROOT / "sample_projects" / "coffee_chain_en" / "shopping" / "checklist.yaml"


def _refused(project: Project, path: Path) -> WorkbenchError:
    before = len(project.sources.cards())
    with pytest.raises(WorkbenchError) as caught:
        project.sources.add(path)
    assert len(project.sources.cards()) == before
    return caught.value


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_is_no_file_is_refused_by_its_name(
    project: Project, tmp_path: Path, language: str
) -> None:
    i18n.set_language(language)
    (tmp_path / "folder.mp3").mkdir()
    (tmp_path / "empty.wav").touch()
    given = {
        "missing.mp3": "file-missing",
        "folder.mp3": "file-unreadable",
        "empty.wav": "file-empty",
        "x" * 300 + ".mp3": "file-unreadable",
    }
    if os.name != "nt":
        os.mkfifo(tmp_path / "pipe.wav")
        given["pipe.wav"] = "file-unreadable"
    for name, code in given.items():
        trouble = _refused(project, tmp_path / name)
        assert trouble.code == code
        assert name in trouble.problem
        assert trouble.remedy
        if language == "ru":
            assert not {"is", "cannot", "too", "it"} & set(str(trouble).split())


@pytest.mark.skipif(os.name == "nt", reason="rights are other rights on Windows")
def test_a_file_that_may_not_be_read_says_so_in_russian(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("R: hello")
    real = Path.open

    def barred(self: Path, *args: object, **options: object) -> object:
        if self == path:  # a superuser, who often runs tests, may read everything
            raise PermissionError(13, "Permission denied", str(self))
        return real(self, *args, **options)

    monkeypatch.setattr(Path, "open", barred)
    i18n.set_language("ru")
    said = str(_refused(project, path))
    assert "secret.txt не читается: нет доступа" in said


def test_a_cut_mp3_is_refused_and_a_cut_ogg_is_noted(project: Project, tmp_path: Path) -> None:
    whole = write_audio(tmp_path / "whole.mp3", tone(20))
    cut = tmp_path / "cut.mp3"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    trouble = _refused(project, cut)
    assert isinstance(trouble, TranscriptionError)
    assert trouble.code == "recording-truncated"
    assert project.sources.add(whole)

    data = RECORDING.read_bytes()
    broken_off = tmp_path / "broken_off.ogg"
    broken_off.write_bytes(data[: len(data) // 2])
    card = project.sources.add(broken_off)[0]
    assert "broken_off.ogg" in project.sources.source(card.id).import_notes
    card = project.sources.add(RECORDING)[0]
    assert project.sources.source(card.id).import_notes == ""


def test_pictures_without_sound_are_named(project: Project, tmp_path: Path) -> None:
    import av
    import numpy as np

    path = tmp_path / "mute.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 64
        for _ in range(10):
            frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            for packet in stream.encode(frame):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    assert _refused(project, path).code == "recording-silent"


def test_notes_of_an_import_are_sentences(project: Project, tmp_path: Path) -> None:
    i18n.set_language("ru")
    path = tmp_path / "old.txt"
    path.write_bytes("Респондент: Долго ждал ответа, никто не звонил.\n".encode("cp1251"))
    card = project.sources.add(path)[0]
    assert project.sources.source(card.id).import_notes == (
        "Файл old.txt прочитан в кодировке cp1251; проверьте, верны ли буквы."
    )


def test_rows_and_dates_that_are_none_are_noted(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    path.write_text("text,date\nGood coffee,31.02.2026\n,2026-02-01\nBad queue,2026-02-03\n")
    cards = project.sources.add(path)
    notes = project.sources.source(cards[0].id).import_notes.splitlines()
    assert len(cards) == len(notes) == 2
    assert "31.02.2026" in notes[0]
    assert "Row 2 of reviews.csv" in notes[1]


def test_a_quotation_mark_that_never_closes_is_found_by_its_line(
    project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "open.csv"
    path.write_text('text,date\nfine,2026-01-01\n"never closed,2026-01-02\nlost,2026-01-03\n')
    trouble = _refused(project, path)
    assert (trouble.code, trouble.params["line"]) == ("table-broken", 3)
    path.write_text("text,text\na,b\n")
    trouble = _refused(project, path)
    assert (trouble.code, trouble.params["column"]) == ("column-twice", "text")


def test_a_word_file_with_a_document_type_is_refused(project: Project, tmp_path: Path) -> None:
    from docx import Document

    plain = tmp_path / "plain.docx"
    document = Document()
    document.add_paragraph("R: start of it")
    document.save(str(plain))
    target = tmp_path / "entity.docx"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                head, rest = data.split(b"?>", 1)
                kind = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
                data = head + b"?>" + kind + rest.replace(b"start of", b"start &a; of")
            new.writestr(name, data)
    assert _refused(project, target).code == "file-damaged"
    assert project.sources.add(plain)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes names that are not letters")
def test_a_name_of_bytes_that_are_not_letters_does_no_harm(
    project: Project, tmp_path: Path
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xcf\xf0.txt"))
    path.write_text("R: hello there")
    card = project.sources.add(path)[0]
    assert project.sources.source(card.id).original_name.endswith(".txt")


def test_a_field_given_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "twice.yaml"
    text = CHECKLIST.read_text(encoding="utf-8")
    path.write_text(f"{text}\ntotal_mode: points\n", encoding="utf-8")
    assert "total_mode" in text
    with pytest.raises(InputError) as caught:
        read_checklist(path)
    assert caught.value.code == "field-twice"
    assert caught.value.params["line"] == text.count("\n") + 2


def test_evidence_without_content_is_refused(project: Project, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").touch()
    visit = project.shopping.visits()[0].code
    with pytest.raises(InputError) as caught:
        project.shopping.add_evidence(visit, "whatever", tmp_path / "photo.jpg")
    assert caught.value.code == "file-empty"


def test_a_language_nobody_knows_is_refused_before_anything_is_loaded(project: Project) -> None:
    from workbench.services.transcription import Order

    with pytest.raises(InputError) as caught:
        project.transcription.run("1", Order(language="xx"))
    assert caught.value.code == "language-unknown"


def test_a_film_is_a_recording_and_a_bought_book_is_called_protected(
    project: Project, tmp_path: Path
) -> None:
    import av

    sound = tone(3, rate=44_100)[None]
    film = tmp_path / "film.AVI"
    with av.open(str(film), "w", format="avi") as container:
        stream = container.add_stream("mp3", rate=44_100, layout="mono")
        frame = av.AudioFrame.from_ndarray(sound, format="fltp", layout="mono")
        frame.sample_rate, frame.pts = 44_100, 0
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    card = project.sources.add(film)[0]
    assert abs(card.duration_ms - 3000) < 200

    bought = tmp_path / "book.m4p"
    whole = write_audio(tmp_path / "whole.m4a", tone(3)).read_bytes()
    bought.write_bytes(whole.replace(b"mp4a", b"drms", 1))
    trouble = _refused(project, bought)
    assert trouble.code == "recording-protected"
    assert "protected" in str(trouble)
