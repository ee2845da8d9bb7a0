"""What every test gets: folders of its own instead of the user's, English, compiled translations."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from workbench import i18n

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # scripts and benchmarks are not installed


def pytest_configure(config: pytest.Config) -> None:
    """Compile the translations before the tests are dealt out, if a .po is newer than its .mo."""
    if hasattr(config, "workerinput"):
        return
    from hatch_build import compile_translations

    sources = list((ROOT / "workbench" / "translations").glob("*/LC_MESSAGES/*.po"))
    targets = [source.with_suffix(".mo") for source in sources]
    stale = [
        source
        for source, target in zip(sources, targets, strict=True)
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime
    ]
    if stale:
        compile_translations(ROOT)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Call bytes by the name of their argument: an archive holds when it was made, and each worker makes its own."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(autouse=True)
def folders_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keep tests away from the user's settings and projects, and the user's language from tests.

    WORKBENCH_CACHE stays as it is: model weights are joined once and used by every run.
    """
    home = tmp_path_factory.mktemp("user")
    monkeypatch.setenv("WORKBENCH_CONFIG", str(home / "config"))
    monkeypatch.setenv("WORKBENCH_WORKSPACE", str(home / "Workbench"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("WORKBENCH_LANG", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True)
def english() -> object:
    """Begin and end every test in English."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")
