"""Taguette in an environment of its own, started on this machine and spoken to as its own pages do."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import venv
from html import unescape
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

from workbench import locations

VERSION = "1.5.2"
_PACKAGES = (f"taguette=={VERSION}", "setuptools<81")  # it imports pkg_resources
_BOUNDARY = "----a-boundary-that-no-document-holds"


def environment() -> Path | None:
    """Return its program, after making an environment for it in the cache; None where it cannot be had."""
    folder = locations.cache_folder() / "benchmarks" / f"taguette-{VERSION}"
    program = folder / "bin" / "taguette"
    if not program.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        python = folder / "bin" / "python"
        done = subprocess.run(
            [python, "-m", "pip", "install", "--quiet", *_PACKAGES],
            capture_output=True,
            check=False,
        )
        if done.returncode:
            sys.stderr.buffer.write(done.stderr[-2000:])
            shutil.rmtree(folder, ignore_errors=True)
            return None
    return program


def can_import_docx() -> bool:
    """Tell whether Calibre is there, which turns Word files into what Taguette keeps."""
    return shutil.which("ebook-convert") is not None


class Server:
    """Runs until the block ends; every request goes over one connection, as in a browser."""

    def __init__(self, program: Path, folder: Path) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        self._log = folder / "taguette.log"
        self._process = subprocess.Popen(
            [
                program,
                "--no-browser",
                "--port",
                str(self.port),
                "--database",
                str(folder / "taguette.sqlite3"),
            ],
            env=os.environ | {"LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"},
            stdout=self._log.open("wb"),
            stderr=subprocess.STDOUT,
        )
        self._cookies: dict[str, str] = {}
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)

    def __enter__(self) -> Self:
        self.get(f"/?token={self._token()}")
        self.get("/project/new")  # brings the cookie against forged requests
        return self

    def __exit__(self, *_exception: object) -> None:
        self._connection.close()
        self._process.terminate()
        self._process.wait()

    def _token(self) -> str:
        for _attempt in range(300):
            found = re.search(rb"token=([0-9a-f]+)", self._log.read_bytes())
            if found is not None:
                return found[1].decode()
            if self._process.poll() is not None:
                break
            time.sleep(0.1)
        raise SystemExit(f"Taguette did not start:\n{self._log.read_text()[-2000:]}")

    # -- what a browser asks for ---------------------------------------------------------------

    def make_project(self) -> int:
        """Make a project and return its number."""
        form = {"name": "Measured", "description": "", "_xsrf": self._cookies.get("_xsrf", "")}
        where = self._ask("POST", "/project/new", urlencode(form), _FORM)[1]["Location"]
        return int(re.search(r"/project/(\d+)", where)[1])  # type: ignore[index]

    def add_document(self, project: int, name: str, content: bytes) -> int:
        """Hand a file over and return its number."""
        parts = [
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
            for field, value in (
                ("name", name),
                ("description", ""),
                ("text_direction", "LEFT_TO_RIGHT"),
            )
        ]
        head = (
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        body = "".join([*parts, head]).encode() + content + f"\r\n--{_BOUNDARY}--\r\n".encode()
        path = f"/api/project/{project}/document/new"
        kind = f"multipart/form-data; boundary={_BOUNDARY}"
        return int(json.loads(self._ask("POST", path, body, kind)[0])["created"])

    def text(self, project: int, document: int) -> str:
        """Return the words of a document."""
        found = self.get(f"/api/project/{project}/document/{document}/contents")
        html = "".join(part["contents"] for part in json.loads(found)["contents"])
        return unescape(re.sub(r"<[^>]*>", "", html))

    def add_tag(self, project: int, path: str) -> int:
        """Make a code."""
        return int(self.post(f"/api/project/{project}/tag/new", path=path, description="")["id"])

    def add_highlight(self, project: int, document: int, start: int, end: int, tag: int) -> None:
        """Put a code on words; offsets count bytes."""
        where = f"/api/project/{project}/document/{document}/highlight/new"
        self.post(where, start_offset=start, end_offset=end, tags=[tag])

    def all_highlights(self, project: int) -> int:
        """Ask for every page of the list of all quotes and return how many there were."""
        count = page = 0
        pages = 1
        while page < pages:
            page += 1
            found = json.loads(self.get(f"/api/project/{project}/highlights/?page={page}"))
            pages = found.get("pages", 1)
            count += len(found["highlights"])
        return count

    def ask_for_nothing(self) -> None:
        """Ask for a page that there is not: what asking alone takes."""
        self._ask("GET", "/nothing-here")

    # -- HTTP ----------------------------------------------------------------------------------

    def get(self, path: str) -> bytes:
        """Ask for something."""
        return self._ask("GET", path)[0]

    def post(self, where: str, /, **values: Any) -> dict[str, Any]:
        """Send something."""
        answer, _head = self._ask("POST", where, json.dumps(values), "application/json")
        return dict(json.loads(answer))

    def _ask(
        self, method: str, path: str, body: str | bytes | None = None, kind: str = ""
    ) -> tuple[bytes, http.client.HTTPMessage]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers |= {"Content-Type": kind, "X-XSRFToken": self._cookies.get("_xsrf", "")}
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        answer = response.read()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        if response.status >= 400 and path != "/nothing-here":
            raise SystemExit(f"Taguette: {method} {path}: {response.status} {answer[:500]!r}")
        return answer, response.headers


_FORM = "application/x-www-form-urlencoded"
