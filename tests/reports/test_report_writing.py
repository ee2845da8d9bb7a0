"""A report is written whole or not at all, and an older one is never harmed."""

from __future__ import annotations

import errno
import os
import zipfile
from pathlib import Path

import pytest
from report_helpers import PROPERTIES, make_template

from workbench import i18n
from workbench.errors import ReportError
from workbench.reports import report, templates, word_file
from workbench.reports.render import render


@pytest.fixture
def old(tmp_path):
    target = tmp_path / "report.docx"
    target.write_bytes(b"the old report")
    return target


def _render(folder: Path, target: Path, *paragraphs: str, context: dict | None = None) -> None:
    render(make_template(folder, *paragraphs), target, context or {}, properties=PROPERTIES)


def _refused(folder: Path, target: Path, code: str, *paragraphs: str) -> ReportError:
    with pytest.raises(ReportError) as trouble:
        _render(folder, target, *(paragraphs or ("text",)))
    assert trouble.value.code == code
    assert trouble.value.exit_code == 5
    assert trouble.value.remedy
    assert not list(target.parent.glob("*.part"))
    assert not list(target.parent.glob(".*.part"))
    return trouble.value


def test_a_report_takes_the_place_of_the_old_one(tmp_path, old):
    _render(tmp_path, old, "text")
    assert zipfile.is_zipfile(old)
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_failing_disk_leaves_the_old_report(tmp_path, old, monkeypatch, number):
    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(word_file.os, "fsync", fail)
    code = {
        errno.ENOSPC: "disk-full",
        errno.EIO: "target-not-written",
        errno.EACCES: "target-locked",
    }[number]
    trouble = _refused(tmp_path, old, code)
    assert str(old) in str(trouble)
    assert old.read_bytes() == b"the old report"


def test_a_really_full_disk(tmp_path):
    device = Path("/dev/full")
    if not device.exists():
        pytest.skip("there is no /dev/full on this system")
    with pytest.raises(ReportError) as trouble:
        word_file.write_whole(
            tmp_path / "x.docx", b"x", check=lambda _content: device.write_bytes(b"x" * 10_000)
        )
    assert trouble.value.code == "disk-full"
    assert list(tmp_path.iterdir()) == []


def test_a_file_open_in_word_is_said_so(tmp_path, old, monkeypatch):
    def locked(_self: Path, _target: Path) -> None:
        raise PermissionError(errno.EACCES, "used by another process")

    monkeypatch.setattr(Path, "replace", locked)
    _refused(tmp_path, old, "target-locked")
    assert old.read_bytes() == b"the old report"


def test_bytes_that_change_on_the_disk_are_noticed(tmp_path, old, monkeypatch):
    real = Path.read_bytes
    monkeypatch.setattr(
        Path,
        "read_bytes",
        lambda self: real(self)[:-1] + b"?" if self.suffix == ".part" else real(self),
    )
    _refused(tmp_path, old, "quote-lost")
    assert old.read_bytes() == b"the old report"


def test_places_that_cannot_be(tmp_path):
    with pytest.raises(ReportError) as trouble:
        _render(tmp_path, tmp_path / "nowhere" / "report.docx", "text")
    assert trouble.value.code == "target-folder-missing"
    _refused(tmp_path, tmp_path, "target-is-folder")
    template = make_template(tmp_path, "text")
    with pytest.raises(ReportError) as trouble:
        render(template, template, {}, properties=PROPERTIES)
    assert trouble.value.code == "target-is-template"


@pytest.mark.parametrize(
    ("tag", "code", "told"),
    [
        ("Dear {{ client }", "template-syntax", "Dear {{ client }"),
        ("{% if x %} no end", "template-syntax", "endif"),
        ("Total: {{ report.titel }}", "template-variable", "Total: {{ report.titel }}"),
        ("{{ nobody }}", "template-variable", "nobody"),
        ("{{ 1 / 0 }}", "template-failed", "division"),
        ("{{ 'a' + 1 }}", "template-failed", "{{ 'a' + 1 }}"),
        ("{{ report|shout }}", "template-syntax", "shout"),
    ],
)
def test_mistakes_in_templates_are_named_with_their_place(tmp_path, old, tag, code, told):
    with pytest.raises(ReportError) as trouble:
        _render(tmp_path, old, "first", tag, "last", context={"report": {"title": "x"}, "x": 1})
    assert trouble.value.code == code
    assert "template.docx" in str(trouble.value)
    assert told in str(trouble.value)
    assert old.read_bytes() == b"the old report"


def test_a_condition_across_the_layout_is_explained(tmp_path, old):
    with pytest.raises(ReportError) as caught:
        _render(tmp_path, old, "a {% if 0 %} b", "{%p endif %}", "c")
    assert caught.value.code == "template-structure"
    assert "{%p" in caught.value.remedy


@pytest.mark.parametrize("content", [b"", b"not a word file", b"PK\x03\x04 broken", b"%PDF-1.7"])
def test_files_that_are_not_word(tmp_path, content):
    path = tmp_path / "x.docx"
    path.write_bytes(content)
    with pytest.raises(ReportError) as trouble:
        render(path, tmp_path / "out.docx", {}, properties=PROPERTIES)
    assert trouble.value.code == "template-not-word"
    assert [problem.code for problem in report.check(path)] == ["template-not-word"]


def test_archives_that_are_not_word(tmp_path):
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(ReportError) as trouble:
        word_file.read_template(path)
    assert trouble.value.code == "template-not-word"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<broken")
        archive.writestr("word/document.xml", "<broken")
    with pytest.raises(ReportError) as trouble:
        render(path, tmp_path / "out.docx", {}, properties=PROPERTIES)
    assert trouble.value.code == "template-not-word"


def test_a_bomb_is_not_unpacked(tmp_path):
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("word/document.xml", "x")
        with archive.open("word/media/zeros", "w", force_zip64=True) as stream:
            for _ in range(310):
                stream.write(bytes(1_000_000))
    with pytest.raises(ReportError) as trouble:
        word_file.read_template(path)
    assert trouble.value.code == "template-too-big"


def test_templates_are_found_by_name_and_by_path(tmp_path):
    own = make_template(tmp_path, "x", name="own.docx")
    assert templates.find_template(own, "en") == own
    assert templates.find_template("client_report", "ru").parent.name == "ru"
    assert {(t.name, t.language) for t in templates.available_templates()} >= {
        ("client_report", "en"),
        ("client_report", "ru"),
    }
    for wrong, code in (
        (tmp_path / "no.docx", "template-not-found"),
        ("no_such", "template-unknown"),
    ):
        with pytest.raises(ReportError) as trouble:
            templates.find_template(wrong, "en")
        assert trouble.value.code == code
        assert trouble.value.remedy


def test_our_own_templates_have_no_problems():
    assert report.check("client_report", language="en") == []
    assert report.check("client_report", language="ru") == []


def test_check_names_every_mistake(tmp_path):
    path = make_template(
        tmp_path,
        "{{ report.titel }}",
        "{% for b in barriers %}",
        "{{ b.nummer }} {{ b.statement }}",
        "{% endfor %}",
        "{{ whatever }}",
    )
    problems = report.check(path)
    serious = [problem for problem in problems if problem.serious]
    assert [problem.code for problem in serious] == ["template-variable"] * 3
    assert {problem.trouble.params["place"] for problem in serious} == {
        "{{ report.titel }}",
        "{{ b.nummer }} {{ b.statement }}",
        "{{ whatever }}",
    }
    assert [problem.code for problem in problems if not problem.serious] == [
        "template-empty-paragraph"
    ] * 2


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("{{ open", "template-syntax"),
        ("{{ report.title|shout }}", "template-syntax"),
        ("{{ barriers[0].statement }}", "template-variable"),
        ("{{ report.title.__class__.__mro__ }}", "template-forbidden"),
    ],
)
def test_check_finds_what_would_stop_a_report(tmp_path, tag, code):
    problems = report.check(make_template(tmp_path, tag))
    assert [problem.code for problem in problems] == [code]
    assert problems[0].serious


def test_troubles_speak_the_interface_s_language(tmp_path):
    try:
        for language in ("en", "ru"):
            i18n.set_language(language)
            with pytest.raises(ReportError) as trouble:
                templates.find_template(tmp_path / "no.docx", "en")
            assert "no.docx" in str(trouble.value)
    finally:
        i18n.set_language("en")
