"""Settings are kept whole, and what is wrong in their file is named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench import locations
from workbench.errors import InputError
from workbench.settings import Settings, write_atomically


def test_without_a_file_there_are_defaults():
    found = Settings.load()
    assert (found.language, found.theme, found.engine, found.model) == (
        "auto",
        "dark",
        "auto",
        "base",
    )
    assert found.coder
    assert not locations.settings_file().exists(), "reading writes nothing"


def test_what_is_saved_comes_back(tmp_path):
    kept = Settings(
        language="ru",
        theme="light",
        workspace=tmp_path / "п р",
        coder='A "K" \\ Ё',
        device="cpu",
        threads=3,
    )
    kept.save()
    assert Settings.load() == kept
    text = locations.settings_file().read_text(encoding="utf-8")
    assert "\nthreads = 3\n" in text
    assert "# Language of the interface: auto (the system's), en or ru." in text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(coder=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_name_survives_the_file(coder, tmp_path):
    path = tmp_path / "settings.toml"
    Settings(coder=coder).save(path)
    assert Settings.load(path).coder == coder


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        ("language = \n", "settings-not-toml", ""),
        ('language = "fr"\n', "settings-bad-value", "language"),
        ("theme = 3\n", "settings-bad-value", "theme"),
        ('coder = ""\n', "settings-bad-value", "coder"),
        ("threads = -1\n", "settings-bad-value", "threads"),
        ('threads = "many"\n', "settings-bad-value", "threads"),
        ('device = "gpu"\n', "settings-bad-value", "device"),
        ('colour = "red"\n', "settings-unknown-field", "colour"),
    ],
)
def test_a_wrong_file_names_itself_and_the_field(text, code, field):
    path = locations.settings_file()
    write_atomically(path, text)
    with pytest.raises(InputError) as raised:
        Settings.load()
    assert raised.value.code == code
    assert str(path) in str(raised.value)
    assert field in str(raised.value)
    assert raised.value.remedy


def test_bytes_that_are_not_text_are_a_trouble_too():
    path = locations.settings_file()
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError) as raised:
        Settings.load()
    assert raised.value.code == "settings-unreadable"


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "settings.toml"
    Settings(coder="before").save(path)

    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(InputError) as raised:
        Settings(coder="after").save(path)
    assert raised.value.code == "settings-not-written"
    monkeypatch.undo()
    assert Settings.load(path).coder == "before"
    assert [item.name for item in tmp_path.iterdir()] == ["settings.toml"]


def test_the_environment_names_the_workspace(monkeypatch, tmp_path):
    chosen = Settings(workspace=tmp_path / "chosen")
    monkeypatch.setenv("WORKBENCH_WORKSPACE", str(tmp_path / "named"))
    assert chosen.workspace_folder() == tmp_path / "named"
    monkeypatch.delenv("WORKBENCH_WORKSPACE")
    assert chosen.workspace_folder() == tmp_path / "chosen"


def test_settings_do_not_bring_the_interface_with_them():
    code = "import sys, workbench.settings; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
