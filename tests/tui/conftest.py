"""The demo app, Russian words for its screen, and a project to code in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from coding_project import make_project
from demo_screen import DemoApp

from workbench import i18n
from workbench.services.project import Project
from workbench.services.workspace import Workspace

RUSSIAN = {
    "Add a thing": "Добавить вещь",
    "Adds one thing to the list.": "Добавляет одну вещь в список.",
    "Transcribe everything": "Расшифровать всё",
    "Turn recordings into words.": "Превратить записи в слова.",
    "Compare waves": "Сравнение волн",
    "Recommendations": "Рекомендации",
    "Break": "Сломать",
    "Things": "Вещи",
    "Help": "Справка",
    "Go to": "Перейти",
    "Back": "Назад",
    "Settings": "Настройки",
    "Language": "Язык",
    "This is needed.": "Это нужно заполнить.",
    "Enter": "Enter",
}


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Path:
    """A project with codes and codings, to be copied."""
    return make_project(tmp_path_factory.mktemp("template"))


@pytest.fixture
def project(template, tmp_path) -> Iterator[Project]:
    """A copy of it, open; Anna codes."""
    folder = shutil.copytree(template, tmp_path / "workspace" / template.name)
    with Workspace(folder.parent, coder="Anna").open(folder.name) as opened:
        yield opened


@pytest.fixture
def app() -> DemoApp:
    return DemoApp()


@pytest.fixture(autouse=True)
def russian_words(tmp_path_factory, monkeypatch) -> None:
    """The project's Russian catalogue with the demo screen's words added to it."""
    catalog = Catalog(locale="ru", charset="utf-8")
    source = i18n._FOLDER / "ru" / "LC_MESSAGES" / "workbench.po"
    if source.exists():
        with source.open("rb") as stream:
            catalog = read_po(stream, locale="ru")
    for english, russian in RUSSIAN.items():
        if english not in catalog:
            catalog.add(english, russian)
    folder = tmp_path_factory.mktemp("translations")
    target: Path = folder / "ru" / "LC_MESSAGES" / "workbench.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as stream:
        write_mo(stream, catalog)
    monkeypatch.setattr(i18n, "_FOLDER", folder)
