"""The official models and which of them suits a machine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.transcription.catalogue import (
    MODELS,
    OFFICIAL,
    memory_needed_mb,
    official,
    recommended,
)
from workbench.transcription.machine import Machine, memory_bytes, this_machine

GB = 1_000_000_000


def test_every_name_leads_to_one_model():
    assert official("large") is official("large-v3")
    assert official("turbo") is official("large-v3-turbo")
    assert official("mine") is None
    assert len(OFFICIAL) == len(set(OFFICIAL)) == 14


def test_the_hashes_are_those_openai_publishes():
    whisper = pytest.importorskip("whisper")
    for name, url in whisper._MODELS.items():
        assert official(name).sha256 == url.split("/")[-2], name


def test_faster_whisper_knows_the_same_names():
    known = pytest.importorskip("faster_whisper.utils")._MODELS
    assert set(OFFICIAL) <= set(known)


def test_base_is_called_a_demonstration():
    for name in ("tiny", "base"):
        model = official(name)
        assert model.demonstration
        assert "demonstration" in model.good_for
    assert "demonstration" in official("base").hint
    assert not official("turbo").demonstration


def test_sizes_follow_from_the_numbers_of_parameters():
    for model in MODELS:
        assert abs(model.size_mb - 2 * model.parameters_m) <= 0.03 * model.size_mb, model.name
        estimate = memory_needed_mb(model.parameters_m * 1_000_000, "faster-whisper")
        assert abs(model.memory_mb - estimate) <= 0.3 * model.memory_mb, model.name


@pytest.mark.parametrize(
    ("language", "memory", "cores", "graphics", "model"),
    [
        ("ru", 16 * GB, 8, None, "turbo"),
        ("ru", 16 * GB, 2, None, "turbo"),
        ("ru", 16 * GB, 1, None, "turbo"),
        ("en", 16 * GB, 8, None, "turbo"),
        ("en", 16 * GB, 1, None, "small.en"),
        ("ru", 2 * GB, 4, None, "small"),
        ("en", 2 * GB, 4, None, "small.en"),
        ("ru", 1 * GB, 2, None, "base"),
        ("en", 1 * GB, 2, None, "base.en"),
        ("ru", 16 * GB, 8, 12 * GB, "large-v3"),
        ("ru", 16 * GB, 8, 8 * GB, "turbo"),
        ("en", 16 * GB, 8, 12 * GB, "turbo"),
        ("ru", 2 * GB, 4, 2 * GB, "small"),
        ("de", None, 4, None, "turbo"),
        ("en-GB", 16 * GB, 1, None, "small.en"),
    ],
)
def test_the_recommendation(language, memory, cores, graphics, model):
    found = recommended(
        language=language, memory_bytes=memory, cores=cores, graphics_bytes=graphics
    )
    assert found.model == model
    assert found.reason
    on_card = graphics is not None and graphics >= 6 * GB
    assert found.device == ("cuda" if on_card else "cpu")


@given(
    st.sampled_from(["ru", "en", "de", "kk"]),
    st.one_of(st.none(), st.integers(0, 2**40)),
    st.integers(1, 256),
    st.one_of(st.none(), st.integers(0, 2**38)),
)
def test_a_recommended_model_understands_the_language(language, memory, cores, graphics):
    found = recommended(
        language=language, memory_bytes=memory, cores=cores, graphics_bytes=graphics
    )
    model = official(found.model)
    assert model is not None
    assert language == "en" or not model.english_only
    if memory is not None and found.device == "cpu" and not model.name.startswith("base"):
        assert model.memory_mb * 1_000_000 < memory


def test_this_machine_is_known():
    found = this_machine()
    assert isinstance(found, Machine)
    assert found.cores >= 1
    total, available = memory_bytes()
    assert total is None or total > 100_000_000
    assert available is None or available > 0
