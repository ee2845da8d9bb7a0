"""Models that are added: whole with their hash, or not at all; what is none is refused before it is loaded."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from small_models import write_bomb, write_checkpoint, write_ctranslate2

from workbench import locations
from workbench.errors import TranscriptionError
from workbench.transcription import model_store, models
from workbench.transcription.engine import choose_engine
from workbench.transcription.model_files import look_into
from workbench.transcription.weight_files import sha256_of


def refused(code: str, action) -> TranscriptionError:
    with pytest.raises(TranscriptionError) as caught:
        action()
    assert caught.value.code == code, str(caught.value)
    assert caught.value.problem
    assert caught.value.remedy
    return caught.value


def left_behind() -> list[str]:
    """Everything in the store, to the last hidden file; the lock is no part of it."""
    store = locations.models_folder()
    return (
        sorted(p.name for p in store.iterdir() if p.name != "store.lock") if store.is_dir() else []
    )


@pytest.fixture
def folder(tmp_path):
    return write_ctranslate2(tmp_path / "my fine-tune")


def test_a_folder_is_copied_with_its_hash_and_found_by_its_name(folder):
    wanted = sha256_of(folder / "model.bin")
    steps = []
    added = model_store.add(folder, sha256=wanted.upper(), on_progress=lambda *s: steps.append(s))
    assert added.name == "my-fine-tune"
    assert added.sha256 == wanted
    assert steps[-1][0] == steps[-1][1] == added.size_bytes
    shutil.rmtree(folder)
    found = models.find_model("My-Fine-Tune", "faster-whisper")
    assert sorted(p.name for p in found.iterdir()) == [
        "config.json", "model.bin", "model.json", "tokenizer.json", "vocabulary.txt",
    ]  # fmt: skip
    assert sha256_of(found / "model.bin") == wanted
    refused("model-wrong-kind", lambda: models.find_model("my-fine-tune", "openai-whisper"))
    assert (
        models.engine_that_has("my-fine-tune", ["openai-whisper", "faster-whisper"])
        == "faster-whisper"
    )
    info = next(info for info in models.installed_models() if info.name == "my-fine-tune")
    assert (info.source, info.engine, info.size_bytes) == (
        "added",
        "faster-whisper",
        added.size_bytes,
    )
    model_store.remove(model_store.find_added("my-fine-tune"))
    assert left_behind() == []
    refused("model-unknown", lambda: models.find_model("my-fine-tune", "faster-whisper"))


def test_a_checkpoint_is_added_and_used_by_the_other_engine(tmp_path):
    path = write_checkpoint(tmp_path / "ours.pt")
    added = model_store.add(path, "ours", sha256="sha256:" + sha256_of(path))
    assert (added.engine, added.multilingual, added.parameters) == ("openai-whisper", True, 1920)
    assert models.find_model("ours", "openai-whisper").suffix == ".pt"
    refused("model-wrong-kind", lambda: models.find_model("ours", "faster-whisper"))
    assert choose_engine(model="ours").name == "openai-whisper", "auto takes the one that can"
    assert choose_engine(model=str(path)).name == "openai-whisper"
    assert choose_engine(model="nothing.pt").name == "faster-whisper"


def test_a_linked_model_stays_where_it_lies(folder):
    added = model_store.add(folder / "model.bin", "linked", link=True)
    assert models.find_model("linked", "faster-whisper") == folder.resolve()
    assert added.linked
    model_store.remove(added)
    assert (folder / "model.bin").is_file()
    model_store.add(folder, "linked", link=True)
    shutil.rmtree(folder)
    error = refused("model-gone", lambda: models.find_model("linked", "faster-whisper"))
    assert "workbench models remove linked" in error.remedy


def test_another_hash_leaves_nothing(folder):
    refused("model-wrong-hash", lambda: model_store.add(folder, "mine", sha256="0" * 64))
    refused("hash-invalid", lambda: model_store.add(folder, "mine", sha256="abc"))
    assert left_behind() == []


def test_an_adding_that_is_stopped_leaves_nothing(folder):
    class StopError(Exception):
        pass

    def stop(_done, _total):
        raise StopError

    with pytest.raises(StopError):
        model_store.add(folder, "mine", on_progress=stop)
    assert left_behind() == []


def test_what_a_killed_program_left_is_swept(folder):
    store = locations.models_folder()
    (store / ".adding-dead").mkdir(parents=True)
    (store / ".adding-dead" / "model.bin").write_bytes(b"half")
    model_store.add(folder, "mine")
    assert left_behind() == ["mine"]


def test_a_full_disk_is_said_before_anything_is_copied(folder, monkeypatch):
    usage = shutil.disk_usage(folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1000))
    error = refused("disk-full", lambda: model_store.add(folder, "mine"))
    assert "WORKBENCH_MODELS" in error.remedy
    assert left_behind() == []


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="the system has no disk that is always full"
)
def test_a_disk_that_fills_while_copying_leaves_nothing(folder, monkeypatch):
    real = Path.open

    def full(self, mode="r", *rest, **options):
        return (
            real(Path("/dev/full"), "wb", 0) if mode == "xb" else real(self, mode, *rest, **options)
        )

    monkeypatch.setattr(Path, "open", full)
    refused("disk-full", lambda: model_store.add(folder, "mine"))
    monkeypatch.undo()
    assert left_behind() == []


@pytest.mark.parametrize("name", ["turbo", "LARGE", "base", "tiny.en"])
def test_official_names_are_taken(folder, name):
    refused("model-name-taken", lambda: model_store.add(folder, name))


@pytest.mark.parametrize(
    "name", ["../up", "a/b", ".hidden", "-x", "con", "auto", "a\nb", "x" * 65, "end."]
)
def test_names_that_would_be_trouble_are_refused(folder, name):
    refused("model-name", lambda: model_store.add(folder, name))
    assert left_behind() == []


def test_a_name_is_used_once_whatever_its_case(folder):
    model_store.add(folder, "Подлодка")
    refused("model-name-taken", lambda: model_store.add(folder, "подлодка"))
    assert models.find_model("подлодка", "faster-whisper").name == "Подлодка"


def test_a_folder_without_a_tokenizer_would_ask_the_network(tmp_path, weights):
    """The tokenizer of all models before large-v3 is that of base; another one cannot be made here."""
    old = write_ctranslate2(tmp_path / "old", leave_out=("tokenizer.json",))
    base = models.find_model("base", "faster-whisper")
    added = model_store.add(old, "old")
    assert (added.path / "tokenizer.json").read_bytes() == (base / "tokenizer.json").read_bytes()
    refused("model-incomplete", lambda: model_store.add(old, "linked", link=True))
    new = write_ctranslate2(tmp_path / "new", tokens=51_866, leave_out=("tokenizer.json",))
    error = refused("model-incomplete", lambda: model_store.add(new, "new"))
    assert "tokenizer.json" in error.problem


def test_a_model_with_128_bands_gets_the_description_it_needs(tmp_path):
    folder = write_ctranslate2(tmp_path / "wide", bands=128)
    added = model_store.add(folder, "wide")
    described = json.loads((added.path / "preprocessor_config.json").read_text())
    assert described == {"feature_size": 128}


def test_what_is_missing_is_named(tmp_path):
    for number, name in enumerate(("config.json", "vocabulary.txt")):
        folder = write_ctranslate2(tmp_path / str(number), leave_out=(name,))
        error = refused("model-incomplete", lambda folder=folder: look_into(folder))
        assert name.partition(".")[0] in error.problem
    page = write_ctranslate2(tmp_path / "page")
    (page / "tokenizer.json").write_text("<html>Log in to download</html>")
    assert "tokenizer.json" in refused("model-damaged", lambda: look_into(page)).problem


def test_a_cut_off_copy_is_found_without_loading(tmp_path, folder):
    weights = folder / "model.bin"
    whole = weights.read_bytes()
    for share in (0.999, 0.5, 0.01):
        weights.write_bytes(whole[: int(len(whole) * share)])
        refused("model-damaged", lambda: look_into(folder))
    checkpoint = write_checkpoint(tmp_path / "whole.pt")
    content = checkpoint.read_bytes()
    for share in (0.99, 0.5, 0.0):
        checkpoint.write_bytes(content[: int(len(content) * share)])
        refused("model-damaged", lambda: look_into(checkpoint))


def test_a_checkpoint_that_would_run_a_program_is_not_opened(tmp_path):
    trace = tmp_path / "trace"
    bomb = write_bomb(tmp_path / "bomb.pt", trace)
    for action in (
        lambda: look_into(bomb),
        lambda: model_store.add(bomb, "bomb"),
        lambda: models.find_model(str(bomb), "openai-whisper"),
    ):
        error = refused("model-unsafe", action)
        assert "system" in error.problem
    assert not trace.exists()
    assert left_behind() == []


def test_the_engine_refuses_a_bomb_as_well(tmp_path):
    pytest.importorskip("whisper")
    from workbench.transcription.engines.openai_whisper import OpenaiWhisper

    trace = tmp_path / "trace"
    bomb = write_bomb(tmp_path / "bomb.pt", trace)
    refused("model-unreadable", lambda: OpenaiWhisper().load(bomb, device="cpu"))
    assert not trace.exists()


def test_models_of_other_programs_are_named(tmp_path):
    hugging = tmp_path / "hf"
    hugging.mkdir()
    (hugging / "config.json").write_text("{}")
    (hugging / "model.safetensors").write_bytes(bytes(100))
    error = refused("model-needs-converting", lambda: look_into(hugging))
    assert f"ct2-transformers-converter --model {hugging}" in error.remedy
    refused("model-needs-converting", lambda: look_into(hugging / "model.safetensors"))
    ggml = tmp_path / "ggml-base.bin"
    ggml.write_bytes(b"lmgg" + bytes(100))
    refused("model-whisper-cpp", lambda: look_into(ggml))
    plain = tmp_path / "plain.pt"
    import torch

    torch.save({"weights": torch.zeros(3)}, plain)
    refused("model-not-openai", lambda: look_into(plain))
    archive = tmp_path / "photos.pt"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("photo.jpg", b"x")
    refused("model-not-openai", lambda: look_into(archive))
    text = tmp_path / "notes.txt"
    text.write_text("no model")
    refused("model-unreadable", lambda: look_into(text))
    refused("model-unreadable", lambda: look_into(tmp_path))
    refused("model-missing", lambda: look_into(tmp_path / "nothing"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x06\0\0\0",
        b"\x06\0\0\0\x0c\0OtherSpec\0\0\0",
        bytes(range(255, -1, -1)) * 16,
    ],
    ids=["empty", "short", "other", "bytes"],
)
def test_a_model_bin_that_is_something_else(tmp_path, content):
    (tmp_path / "model.bin").write_bytes(content)
    (tmp_path / "config.json").write_text("{}")
    refused("model-unreadable", lambda: look_into(tmp_path))


def test_a_copy_that_was_damaged_later_is_found(folder):
    added = model_store.add(folder, "mine")
    weights = added.path / "model.bin"
    weights.write_bytes(weights.read_bytes()[:5000])
    refused("model-damaged", lambda: models.find_model("mine", "faster-whisper"))
    (added.path / "tokenizer.json").unlink()
    shutil.copyfile(folder / "model.bin", weights)
    refused("model-damaged", lambda: models.find_model("mine", "faster-whisper"))


def test_a_damaged_note_makes_no_model_and_no_trouble(folder):
    added = model_store.add(folder, "mine")
    (added.folder / "model.json").write_text("{")
    assert model_store.added_models() == {}
    refused("model-name-taken", lambda: model_store.add(folder, "mine"))


def test_a_damaged_download_says_how_to_get_a_good_one(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    snapshot = tmp_path / "models--Systran--faster-whisper-small" / "snapshots" / "abc"
    write_ctranslate2(snapshot)
    (snapshot / "model.bin").write_bytes((snapshot / "model.bin").read_bytes()[:9000])
    error = refused("model-damaged", lambda: models.find_model("small", "faster-whisper"))
    assert "workbench models remove small" in error.remedy


def test_a_model_without_memory_is_refused_with_a_smaller_one(monkeypatch, weights, folder):
    monkeypatch.setattr(models, "memory_bytes", lambda: (4_000_000_000, 900_000_000))
    error = refused("out-of-memory", lambda: models.model_to_load("turbo", "faster-whisper"))
    assert "2100" in error.problem
    assert "base" in error.remedy
    assert models.model_to_load("base", "faster-whisper").is_dir()
    model_store.add(folder, "mine")
    assert models.model_to_load("mine", "faster-whisper").is_dir()
    monkeypatch.setattr(models, "memory_bytes", lambda: (None, None))
    assert models.model_to_load("turbo", "faster-whisper") == "turbo"


def test_an_english_model_is_refused_for_russian():
    error = refused(
        "model-english-only",
        lambda: models.model_to_load("small.en", "faster-whisper", language="ru"),
    )
    assert "small" in error.remedy
    assert models.model_to_load("small.en", "faster-whisper", language="en") == "small.en"
