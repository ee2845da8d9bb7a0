"""Transcripts leave a project and come back into another, with words, voices and times."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from sqlmodel import select

from workbench.errors import InputError, ProjectError
from workbench.interchange.exporter import ExportOptions
from workbench.models import tables
from workbench.models.drafts import PersonDraft, ProjectDraft, SourceDraft, SpeakerDraft

WHISPER = {
    "language": "ru",
    "segments": [
        {
            "start": 0.5,
            "end": 3.0,
            "text": "  Э-э, расскажите,\u2028как cafe\u0301  началось?",
            "speaker": "S1",
            "words": [
                {"word": " Э-э,", "start": 0.5, "end": 0.7, "probability": 0.3},
                {"word": " расскажите,", "start": 0.8, "end": 1.2, "probability": 0.9},
                {"word": " как", "start": 1.3, "end": 1.5, "probability": 0.9},
                {"word": " cafe\u0301", "start": 1.6, "end": 2.0, "probability": 0.9},
                {"word": " началось?", "start": 2.1, "end": 3.0, "probability": 0.9},
            ],
        },
        {"start": 3.2, "end": 5.0, "text": " Мы ждали. " + "Очень долго. " * 200, "speaker": "S2"},
    ],
}


@pytest.fixture
def talk(project, tmp_path):
    """The identifier of an interview whose words have times."""
    project.plan.add_person(PersonDraft(pseudonym="P3"))
    path = tmp_path / "Разговор: с P3?.json"
    path.write_text(json.dumps(WHISPER, ensure_ascii=False), encoding="utf-8")
    card = project.sources.add(path, SourceDraft(person="P3"))[0]
    project.sources.name_speaker(card.id, "S1", SpeakerDraft(label="Анна", role="interviewer"))
    project.sources.name_speaker(
        card.id, "S2", SpeakerDraft(label="Ольга", role="respondent", person="P3")
    )
    return card.id


def rows(project, source):
    with project.file.session() as session:
        return list(
            session.exec(
                select(tables.Turn)
                .where(tables.Turn.source_id == source)
                .order_by(tables.Turn.ordinal)
            )
        )


def test_word_times_stand_at_their_words_in_the_stored_text(project, talk):
    text = project.sources.source(talk).text
    turn = rows(project, talk)[0]
    said = [text[turn.start + int(r[0]) : turn.start + int(r[1])] for r in turn.word_times]
    assert said == ["Э-э,", "расскажите,", "как", "café", "началось?"]
    assert turn.word_times[3][2:] == [1600, 2000, 0.9]
    view = project.sources.source(talk)
    assert [text[a:b] for a, b in view.turns[0].doubtful] == ["Э-э,"]


def test_json_brings_a_transcript_into_another_project_whole(project, workspace, talk):
    with project.file.transaction() as session:
        turn = session.exec(
            select(tables.Turn).where(tables.Turn.source_id == talk, tables.Turn.ordinal == 1)
        ).one()
        turn.suspected = True
        session.add(turn)
    done = project.exchange.export("json", [talk], options=ExportOptions(with_suspected=True))
    (written,) = done.files
    assert written.path.parent == project.folder / "exports"
    assert written.path.name == "01 Разговор с P3.json"
    with workspace.create(ProjectDraft(title="Другой", language="ru")) as other:
        other.plan.add_person(PersonDraft(pseudonym="P3"))
        (card,) = other.sources.add(written.path)
        one, two = project.sources.source(talk), other.sources.source(card.id)
        assert two.text == one.text
        assert [(s.label, s.role, s.person) for s in two.speakers] == [
            ("Анна", "interviewer", None),
            ("Ольга", "respondent", "P3"),
        ]
        assert two.card.person == "P3"
        assert two.card.language == "ru"
        for a, b in zip(rows(project, talk), rows(other, card.id), strict=True):
            assert (a.start, a.end, a.start_ms, a.end_ms, a.word_times, a.suspected) == (
                b.start, b.end, b.start_ms, b.end_ms, b.word_times, b.suspected,
            )  # fmt: skip
        other.history.undo()
        assert other.sources.cards() == []
    with workspace.create(ProjectDraft(title="Третий", language="ru")) as third:
        (card,) = third.sources.add(written.path)
        view = third.sources.source(card.id)
        assert view.card.person is None
        assert "P3" in view.import_notes


def test_an_export_changes_nothing_and_is_refused_where_a_file_is(project, talk, tmp_path):
    before = len(project.history.entries())
    target = tmp_path / "out.docx"
    project.exchange.export("docx", [talk], target=target)
    assert len(project.history.entries()) == before
    content = target.read_bytes()
    with pytest.raises(InputError) as trouble:
        project.exchange.export("docx", [talk], target=target, options=ExportOptions(clean=True))
    assert trouble.value.code == "export-exists"
    assert "out.docx" in trouble.value.problem
    assert target.read_bytes() == content
    project.exchange.export(
        "docx", [talk], target=target, options=ExportOptions(clean=True), force=True
    )
    assert target.read_bytes() != content
    assert not list(tmp_path.glob(".*"))


def test_all_interviews_into_a_folder(project, talk, interview, tmp_path):
    project.sources.add(_file(tmp_path, "Отзыв. Всё плохо."), SourceDraft(kind="review"))
    done = project.exchange.export("srt", target=tmp_path / "new")
    assert [written.path.name for written in done.files] == ["01 Разговор с P3.srt"]
    assert [(title, trouble.code) for title, trouble in done.skipped] == [("interview", "no-times")]
    done = project.exchange.export("txt", target=tmp_path / "new")
    assert sorted(path.name for path in (tmp_path / "new").glob("*.txt")) == [
        "01 Разговор с P3.txt",
        "02 interview.txt",
    ]
    assert done.skipped == ()
    (tmp_path / "new" / "01 Разговор с P3.txt").unlink()
    with pytest.raises(InputError):  # one file is there, so none is written
        project.exchange.export("txt", [talk, interview], target=tmp_path / "new")
    assert len(list((tmp_path / "new").glob("*.txt"))) == 1


def _file(folder, words):
    path = folder / "review.txt"
    path.write_text(words, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("target", "code"),
    [("no/such/out.txt", "output-not-writable"), ("file.txt", "export-target-no-folder")],
)
def test_places_that_cannot_be_used(project, talk, interview, tmp_path, target, code):
    (tmp_path / "file.txt").write_text("mine", encoding="utf-8")
    sources = [talk, interview] if code.startswith("export") else [talk]
    with pytest.raises(InputError) as trouble:
        project.exchange.export("txt", sources, target=tmp_path / target)
    assert trouble.value.code == code
    assert (tmp_path / "file.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything may be written here")
def test_a_folder_that_may_not_be_written(project, talk, tmp_path):
    folder = tmp_path / "barred"
    folder.mkdir(mode=0o500)
    with pytest.raises(ProjectError):
        project.exchange.export("txt", [talk], target=folder / "x.txt")


def test_a_source_without_a_text_is_named(project, tmp_path):
    import wave

    with wave.open(str(tmp_path / "quiet.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes(b"\x01\x00" * 16_000)
    (card,) = project.sources.add(tmp_path / "quiet.wav")
    with pytest.raises(InputError) as trouble:
        project.exchange.export("docx", [card.id])
    assert trouble.value.code == "no-transcript"
    assert "quiet" in trouble.value.problem
    assert not list(Path(project.folder / "exports").glob("*"))
    assert project.exchange.export("docx").files == ()


def test_what_is_said_of_a_table_counts_more_than_what_tables_are_in_general(project, tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text("text,question\nQuick and kind,What do you like?\n", encoding="utf-8")
    (card,) = project.sources.add(path, SourceDraft(kind="survey"))
    assert card.kind == "survey"
    path.write_text("text\nQuick, and kind\n", encoding="utf-8")
    (card,) = project.sources.add(path, SourceDraft(title="Found out"))
    assert card.kind == "review"
