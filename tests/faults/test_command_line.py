"""The program as others start it: closed streams, full devices, odd values; and what its log never holds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbench import error_log, locations
from workbench.services.workspace import Workspace

pytestmark = pytest.mark.skipif(os.name == "nt", reason="uses a POSIX shell")


def _shell(line: str, workspace: Workspace, *, given: bytes | None = None) -> tuple[int, str, str]:
    """Run a shell line in which ``$W`` is the program, in Russian."""
    done = subprocess.run(
        ["sh", "-c", line.replace("$W", f'"{sys.executable}" -m workbench --lang ru')],
        input=given,
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"WORKBENCH_WORKSPACE": str(workspace.folder)},
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize(
    "line",
    ["$W quote list >&-", "$W quote list <&- >/dev/null", "$W person add Z1 2>&- >/dev/null"],
)
def test_streams_that_are_closed_are_borne(workspace: Workspace, line: str) -> None:
    assert _shell(line, workspace) == (0, "", "")


def test_the_interface_without_streams_says_what_it_needs(workspace: Workspace) -> None:
    code, _out, said = _shell("$W <&-", workspace)
    assert code == 2
    assert "терминал" in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_device_without_room_is_said_in_words(workspace: Workspace) -> None:
    code, _out, said = _shell("$W quote list >/dev/full", workspace)
    assert code == 1
    assert "на диске нет места" in said
    assert "непредвиденн" not in said


@pytest.mark.parametrize(
    "line",
    [
        "$W source show 99999999999999999999999",
        "$W wave add W --number 99999999999999999999",
        "$W memo write - --source 4",
        "$W goal add A --metric NPS --target nan --due 2027-01-01",
        "$W goal add A --metric NPS --target 1e400 --due 2027-01-01",
        "$W -p " + "x" * 400 + " project info",
    ],
)
def test_values_that_cannot_be_kept_are_refused_in_words(workspace: Workspace, line: str) -> None:
    code, out, said = _shell(line, workspace, given=b"\xff\xfe bad")
    assert code in {1, 3}
    assert out == ""
    assert said.startswith("Ошибка: ")
    assert "Traceback" not in said


def test_the_log_of_errors_never_holds_what_was_said_or_who_said_it() -> None:
    secrets = ["Nobody told me the fee", "Маргарита Петрова", "/home/client/secret.ogg"]
    error = KeyError(secrets[1])
    error.__cause__ = ValueError(secrets[0])
    error.add_note(secrets[2])
    log = error_log.write_error_log(error)
    assert log == locations.state_folder() / "errors.log"
    text = log.read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "KeyError" in text
    assert not [secret for secret in secrets if secret in text]


def test_causes_that_go_round_end() -> None:
    first, second = ValueError("a"), KeyError("b")
    first.__cause__, second.__cause__ = second, first
    assert error_log.write_error_log(first) is not None
