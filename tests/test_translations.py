"""The Russian of the program: complete, counted as Russian counts, short enough for the screen."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message
from rich.cells import cell_len

from workbench import i18n
from workbench.i18n import _, ngettext

ROOT = Path(__file__).parents[1]
TERMINAL = 80


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """``scripts/translations.py``, which is not in a package."""
    spec = importlib.util.spec_from_file_location(
        "translations_script", ROOT / "scripts" / "translations.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def russian(script: ModuleType) -> Catalog:
    return script.read_catalogue()


@pytest.fixture
def in_russian() -> Iterator[None]:
    i18n.set_language("ru")
    yield
    i18n.set_language("en")


def strings(message: Message) -> list[str]:
    """The Russian of a sentence in all its forms."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_every_sentence_of_the_program_has_its_russian(script: ModuleType) -> None:
    assert script.problems() == []


def test_update_changes_nothing_when_there_is_nothing_new(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "workbench.po"
    copy.write_bytes(script.CATALOGUE.read_bytes())
    monkeypatch.setattr(script, "CATALOGUE", copy)
    script.update()
    assert copy.read_text(encoding="utf-8") == (
        ROOT / "workbench/translations/ru/LC_MESSAGES/workbench.po"
    ).read_text(encoding="utf-8")


def test_only_literal_sentences_are_taken_from_the_sources(script: ModuleType) -> None:
    source = """
_("a " "b"); N_("c"); wording.gettext("d")
_(labels["e"]); _(name); ngettext("{n} f", "{n} fs", n); _(""); other("g")
"""
    assert set(script.sentences_of(source)) == {"a b", "c", "d", ("{n} f", "{n} fs")}


def test_a_sentence_that_is_filled_before_it_is_translated_is_found(script: ModuleType) -> None:
    assert list(script.filled_too_early('_("a {n}")\n_(f"a {n}")\nngettext("b", f"{n} b", n)')) == [
        2,
        3,
    ]


@pytest.mark.parametrize(
    ("russian_words", "change", "complaint"),
    [
        ("", None, "no Russian"),
        ("Нет файла {name}.", None, "placeholders differ"),
        (("{n} файл", "{n} файла", ""), ("{n} file", "{n} files"), "plural forms are missing"),
    ],
)
def test_the_check_finds_what_is_wrong(
    script: ModuleType, russian_words: str, change: tuple[str, str] | None, complaint: str
) -> None:
    said = Message(change or "There is no file {file}.", locations=[("a.py", 1)])
    known = Message(said.id, russian_words)
    assert [complaint in found for found in script._problems_of(said, known)] == [True]


@pytest.mark.parametrize(
    ("singular", "plural", "expected"),
    [
        (
            "{n} quote",
            "{n} quotes",
            ["1 цитата", "2 цитаты", "5 цитат", "11 цитат", "21 цитата"],
        ),
        (
            "{n} source is not transcribed yet.",
            "{n} sources are not transcribed yet.",
            [
                "1 источник ещё не расшифрован.",
                "2 источника ещё не расшифрованы.",
                "5 источников ещё не расшифрованы.",
                "11 источников ещё не расшифрованы.",
                "21 источник ещё не расшифрован.",
            ],
        ),
        (
            "{n} person",
            "{n} people",
            ["1 человек", "2 человека", "5 человек", "11 человек", "21 человек"],
        ),
        (
            "{n} min ago",
            "{n} min ago",
            [
                "1 минуту назад",
                "2 минуты назад",
                "5 минут назад",
                "11 минут назад",
                "21 минуту назад",
            ],
        ),
        (
            "{n} word selected",
            "{n} words selected",
            [
                "выделено 1 слово",
                "выделено 2 слова",
                "выделено 5 слов",
                "выделено 11 слов",
                "выделено 21 слово",
            ],
        ),
    ],
)
@pytest.mark.usefixtures("in_russian")
def test_counts_take_the_form_that_fits_them(
    singular: str, plural: str, expected: list[str]
) -> None:
    numbers = (1, 2, 5, 11, 21)
    assert [ngettext(singular, plural, n).format(n=n) for n in numbers] == expected


@pytest.mark.parametrize(
    ("total", "expected"), [(1, "1 из 1 отзыва"), (12, "1 из 12 отзывов"), (21, "1 из 21 отзыва")]
)
@pytest.mark.usefixtures("in_russian")
def test_a_part_of_a_whole_agrees_with_the_whole(total: int, expected: str) -> None:
    sentence = ngettext("{n} of {total} review", "{n} of {total} reviews", total)
    assert sentence.format(n=1, total=total) == expected


def test_quotation_marks_and_dashes_are_russian(russian: Catalog) -> None:
    wrong = [
        string
        for message in russian
        if message.id
        for string in strings(message)
        if re.search(r"[“”„]", string)
        or " - " in string
        or string.count("«") != string.count("»")
        or re.search(r'"(?=[А-Яа-яё])', string)
    ]
    assert wrong == []


def test_russian_begins_and_ends_as_the_sentence_does(russian: Catalog) -> None:
    """Sentences stand beside others: spaces at their ends and the full stop matter."""
    wrong = []
    for message in russian:
        original = message.id if isinstance(message.id, str) else message.id[0]
        for string in strings(message) if original else []:
            spaced = original.replace(original.strip(), "|") == string.replace(string.strip(), "|")
            # a command to be typed may stand last in Russian, and then no full stop follows it
            stopped = not original.endswith(".") or re.search(r"[.a-z'\"»№]$", string)
            if not spaced or not stopped:
                wrong.append((original, string))
    assert wrong == []


def columns_of(source: str) -> Iterator[tuple[str, int]]:
    """Yield heading and width of every table column that has both."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "Column":
            continue
        heading = node.args[0] if node.args else None
        width = next((key.value for key in node.keywords if key.arg == "width"), None)
        if (
            isinstance(heading, ast.Call)
            and isinstance(heading.args[0], ast.Constant)
            and isinstance(width, ast.Constant)
        ):
            yield str(heading.args[0].value), int(str(width.value))


@pytest.mark.usefixtures("in_russian")
def test_headings_fit_their_columns() -> None:
    found = [
        (path.name, heading, width)
        for path in sorted((ROOT / "workbench" / "tui").rglob("*.py"))
        for heading, width in columns_of(path.read_text(encoding="utf-8"))
    ]
    assert len(found) > 20, "the way columns are written has changed: look here"
    for shown in (_, str):
        assert [(name, shown(h), w) for name, h, w in found if cell_len(shown(h)) > w] == []


@pytest.mark.usefixtures("in_russian")
def test_russian_footers_show_what_matters_on_a_narrow_terminal() -> None:
    """At 80 columns: help, and the first four commands of a screen, or all if it has fewer."""
    from workbench.tui.app import import_all_screens
    from workbench.tui.commands import GLOBAL_COMMANDS, REGISTRY, fitting, footer_width

    import_all_screens()
    screens: dict[str, list] = {}
    for command in REGISTRY:
        # other tests enter a screen of their own, called demo
        if command.scope not in {"app", "demo"} and command.show and command.key:
            screens.setdefault(command.scope, []).append(command)
    assert len(screens) > 10
    missing = {}
    for scope, commands in screens.items():
        shown = fitting([*commands, *GLOBAL_COMMANDS], TERMINAL - 2)
        assert sum(map(footer_width, shown)) <= TERMINAL - 2 + 3
        assert shown[-1].id == "app.help"
        lost = [command.shown_label() for command in commands[:4] if command not in shown]
        if lost:
            missing[scope] = lost
    assert missing == {}


@pytest.mark.usefixtures("in_russian")
def test_numbers_have_a_decimal_comma_in_russian() -> None:
    assert i18n.decimal_text(39.4) == "39,4"
    i18n.set_language("en")
    assert i18n.decimal_text(39.4) == "39.4"
