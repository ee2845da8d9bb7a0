"""Every command explains itself, in the language in force, with an example that is true."""

from __future__ import annotations

import gettext
import inspect
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.core

from workbench import i18n
from workbench.cli import tree, wording
from workbench.cli.nouns import NOUNS

ROOT = Path(__file__).parents[2]


def commands(command=None, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Walk the whole tree of commands."""
    if command is None:
        wording.install()
        for name in NOUNS:
            yield from commands(tree.load(name, i18n.language()), (name,))
        return
    yield path, command
    if isinstance(command, typer.core.TyperGroup):
        for name, below in command.commands.items():
            yield from commands(below, (*path, name))


LEAVES = [path for path, command in commands() if not hasattr(command, "commands")]


class Marking(gettext.NullTranslations):
    """A catalogue that marks what went through it."""

    def gettext(self, message: str) -> str:
        return f"‹{message}›"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"‹{msgid1 if n == 1 else msgid2}›"


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak a language in which every translated sentence can be told from one that is not."""
    monkeypatch.setattr(i18n, "catalogue", lambda _code: Marking())
    tree.load.cache_clear()
    yield
    tree.load.cache_clear()


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_each_command_has_help_and_an_example(path: tuple[str, ...]) -> None:
    command = dict(commands())[path]
    assert command.help.endswith((".", "…"))
    assert "\n" not in command.help
    examples = [line.strip() for line in command.epilog.splitlines()[3:]]
    assert examples
    for line in examples:
        assert shlex.split(line)[: len(path) + 1] == [tree.PROGRAM, *path]
    for parameter in command.params:
        assert parameter.help, parameter.name


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_examples_can_be_parsed(path: tuple[str, ...]) -> None:
    """What an example writes is what the command takes; nothing is run."""
    from workbench.cli.arguments import take_out

    command = dict(commands())[path]
    for line in command.epilog.splitlines()[3:]:
        _shared, rest = take_out(shlex.split(line)[1:])
        command.make_context(path[-1], rest[len(path) :])


def test_every_word_of_help_is_translated(marked, cli) -> None:
    """Only names of commands and options, values and examples stay as they are."""
    for path in [(), *(path for path, _command in commands())]:
        shown = cli(*path, "--help").out
        outside = re.sub(r"‹[^›]*›", "", shown)
        outside = outside.partition("‹Example:›")[0] if "‹Example:›" in outside else outside
        body = [line for line in outside.splitlines() if not line.startswith(" " * 4)]
        words = re.findall(r"(?<![-\w|=])[A-Z][a-z]+(?:\s+[a-z]+)+", "\n".join(body))
        assert not words, (path, words)
        assert shown.startswith("‹Usage: ›workbench")


def test_help_is_russian(cli) -> None:
    for path in [(), *(path for path, _command in commands())]:
        shown = cli("--lang", "ru", *path, "--help").out
        assert shown.startswith("Использование: workbench"), path
        assert re.search("[а-яё]{4}", shown.split("\n\n")[1]), path
        assert "Показать эту справку и выйти." in shown, path


def test_typers_own_words_are_known() -> None:
    looked_up = set(re.findall(r'(?<!\w)_\("((?:[^"\\]|\\.)*)"\)', inspect.getsource(typer.core)))
    assert looked_up
    assert looked_up <= set(wording.GETTEXT_WORDS)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("source", "list", "extra"), "‹Got unexpected extra argument(s) (extra)›"),
        (("source", "list", "--nothing"), "‹No such option: --nothing›"),
        (("source", "show"), "‹Missing ‹argument› '‹SOURCE›'.›"),
        (("quote", "add", "1", "--emotion", "sad"), "‹Input should be a valid integer"),
        (("search", "x", "--limit"), "‹Option '--limit' requires an argument.›"),
        (("nothing",), "‹No such command 'nothing'.›"),
    ],
)
def test_usage_errors_are_translated(marked, cli, arguments, said) -> None:
    result = cli(*arguments)
    assert result.code == 2
    assert said in result.err
    assert result.out == ""


def test_a_slip_of_the_key_gets_a_hint(cli) -> None:
    assert "Did you mean: source?" in cli("sorce", "list").err
    assert "Did you mean: list?" in cli("source", "lst").err


def test_a_noun_alone_shows_its_help(cli) -> None:
    result = cli("shop", "visit")
    assert result.code == 2
    assert "submit" in result.err


def test_the_shell_can_complete_nouns_and_verbs() -> None:
    """Completion asks for the tree as help does, without the terminal interface opening."""
    environment = os.environ | {
        "_WORKBENCH_COMPLETE": "complete_bash",
        "COMP_WORDS": "workbench source s",
        "COMP_CWORD": "2",
    }
    done = subprocess.run(
        [sys.executable, "-m", "workbench"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert set(done.stdout.split()) == {"show", "speaker"}, done.stderr


def test_reference_pages_are_current() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    import cli_reference

    for code, path in cli_reference.PAGES.items():
        assert path.read_text(encoding="utf-8") == cli_reference.page(code), (
            "run: python scripts/cli_reference.py"
        )
