"""Downloading models: without a network a sentence, with one (a server on this machine) the model, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from small_models import write_checkpoint, write_ctranslate2

from workbench.errors import TranscriptionError
from workbench.transcription import downloading, models
from workbench.transcription.catalogue import official
from workbench.transcription.download_worker import kind_of
from workbench.transcription.downloaded import downloaded_models, find_downloaded, remove_downloaded
from workbench.transcription.engines._downloads import WrongHashError, fetch_checkpoint

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Hub(ThreadingHTTPServer):
    """As much of the hub as a download asks for, over one folder."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.damage = False
        self.slow = threading.Event()
        """While it is set, large files come slowly."""
        self.status = 200
        super().__init__(("127.0.0.1", 0), _Answer)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Answer(BaseHTTPRequestHandler):
    server: Hub

    def log_message(self, *_given) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        path = self.path.split("?")[0]
        if self.server.status != 200:
            self.send_error(self.server.status)
        elif path.startswith("/api/models/"):
            files = sorted(p.name for p in self.server.folder.iterdir())
            about = {
                "id": "/".join(path.split("/")[3:5]), "sha": COMMIT, "private": False,
                "siblings": [{"rfilename": name} for name in files], "tags": [], "downloads": 1,
            }  # fmt: skip
            tree = [self._entry(name) for name in files]
            self._send(json.dumps(tree if "/tree/" in path else about).encode(), body=body)
        else:
            file = self.server.folder / path.split("/")[-1]
            if not file.is_file():
                self.send_error(404)
                return
            content = file.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            headers = {"ETag": f'"{digest}"', "X-Repo-Commit": COMMIT}
            if file.name == "model.bin":
                headers |= {"X-Linked-Etag": f'"{digest}"', "X-Linked-Size": str(len(content))}
            if self.server.damage:
                content = bytes(len(content))
            self._send(content, headers, body=body, slow=file.name == "model.bin")

    def _entry(self, name: str) -> dict:
        content = (self.server.folder / name).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        return {"type": "file", "path": name, "size": len(content), "oid": digest[:40]}

    def _send(self, content, headers=None, *, body: bool, slow: bool = False) -> None:
        self.send_response(200)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        for place in range(0, len(content) if body else 0, 20_000):
            try:
                self.wfile.write(content[place : place + 20_000])
            except OSError:
                return
            if slow and self.server.slow.is_set():
                time.sleep(0.1)


@pytest.fixture
def caches(tmp_path, monkeypatch):
    """Empty caches for both engines."""
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")
    return tmp_path


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """The hub on this machine, with a model of a megabyte."""
    server = Hub(write_ctranslate2(tmp_path / "served"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("HF_ENDPOINT", server.address)
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def nobody(monkeypatch):
    """Nobody listens where the hub should be, whether this machine has a network or not."""
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    for name in ("https_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")


@pytest.mark.parametrize("engine", ["faster-whisper", "openai-whisper"])
def test_without_a_network_a_sentence_says_what_helps(caches, nobody, engine):
    with pytest.raises(TranscriptionError) as caught:
        downloading.download(official("tiny"), engine)
    assert caught.value.code == "no-network"
    assert "workbench models add" in caught.value.remedy
    assert downloaded_models(engine) == []
    assert not list(caches.rglob("*.part"))


def test_a_model_comes_from_the_hub_and_is_found(caches, hub):
    steps = []
    found = downloading.download(
        official("tiny"), "faster-whisper", on_progress=lambda *step: steps.append(step)
    )
    assert found is not None
    assert found.sha256 == hashlib.sha256((hub.folder / "model.bin").read_bytes()).hexdigest()
    assert models.find_model("tiny", "faster-whisper") == found.path
    assert steps[-1] == (76_000_000, 76_000_000)
    assert models.engine_that_has("tiny", ["openai-whisper", "faster-whisper"]) == "faster-whisper"
    remove_downloaded(found)
    assert find_downloaded(official("tiny"), "faster-whisper") is None
    assert models.find_model("tiny", "faster-whisper") == "tiny"
    assert not list((caches / "hub").rglob("*tiny*"))


def test_a_damaged_download_is_thrown_away(caches, hub):
    hub.damage = True
    with pytest.raises(TranscriptionError) as caught:
        downloading.download(official("tiny"), "faster-whisper")
    assert caught.value.code in {"download-damaged", "download-failed"}
    assert find_downloaded(official("tiny"), "faster-whisper") is None


def test_a_refusing_server_is_told_from_a_missing_network(caches, hub):
    hub.status = 403
    with pytest.raises(TranscriptionError) as caught:
        downloading.download(official("tiny"), "faster-whisper")
    assert caught.value.code == "download-refused"


def test_a_download_is_stopped_and_goes_on(caches, hub):
    hub.slow.set()
    seen: list[int] = []
    begun = time.monotonic()
    found = downloading.download(
        official("tiny"),
        "faster-whisper",
        on_progress=lambda done, _total: seen.append(done),
        cancelled=lambda: len([done for done in seen if done]) > 1 or time.monotonic() - begun > 60,
    )
    assert found is None
    assert any(0 < done < 900_000 for done in seen), seen
    assert find_downloaded(official("tiny"), "faster-whisper") is None
    assert models.find_model("tiny", "faster-whisper") == "tiny", "a half is no model"
    hub.slow.clear()
    assert downloading.download(official("tiny"), "faster-whisper") is not None


def test_no_room_is_said_before_anything_is_asked_for(caches, nobody, monkeypatch):
    usage = downloading.shutil.disk_usage(caches)
    monkeypatch.setattr(
        downloading.shutil, "disk_usage", lambda _path: usage._replace(free=1_000_000)
    )
    with pytest.raises(TranscriptionError) as caught:
        downloading.download(official("turbo"), "faster-whisper")
    assert caught.value.code == "disk-full"


def test_a_checkpoint_is_fetched_whole_or_not_at_all(tmp_path, hub):
    file = write_checkpoint(hub.folder / "own.pt")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    target = tmp_path / "cache"
    grown = []
    fetched = fetch_checkpoint(f"{hub.address}/{digest}/own.pt", target, grown.append)
    assert fetched.read_bytes() == file.read_bytes()
    assert grown == [target / "own.pt.part"]
    fetched.unlink()
    with pytest.raises(WrongHashError) as caught:
        fetch_checkpoint(f"{hub.address}/{'0' * 64}/own.pt", target, grown.append)
    assert kind_of(caught.value) == "hash"
    with pytest.raises(OSError) as missing:
        fetch_checkpoint(f"{hub.address}/{digest}/other.pt", target, grown.append)
    assert kind_of(missing.value) == "refused"
    assert list(target.iterdir()) == []


def test_kinds_of_failures():
    full = OSError(28, "No space left on device")
    wrapped = RuntimeError("download failed")
    wrapped.__cause__ = full
    assert kind_of(wrapped) == "disk"
    assert kind_of(ConnectionRefusedError(111, "refused")) == "network"
    assert kind_of(KeyError("x")) == "other"
