"""Beside Taguette in one run: import a Word file, put a code on words, list all quotes.

Taguette comes from PyPI into an environment of its own and answers over HTTP on this machine, as it does to its
users' browsers; the workbench is called as its screens call it. What HTTP alone takes is printed, too.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import _dialogue_words as talk
from benchmarks import _taguette_server as taguette
from benchmarks._timing import Times, timed
from benchmarks.figures import Figure

_TIMES_FASTER = 10
_CODES = 60
_LETTERS = 70_000
"""Of the document: an interview of an hour."""

_WINDOW = 25
"""Codings before and behind a number of codings that are measured."""

_QUALCODER_MS = {50: 9, 1_000: 61}
_QUALCODER_REOPEN_S = 17.5
_QUALCODER_REOPENED = 1_946
_EARLIER = "QualCoder 4.0 beta, offscreen, measured on another day on 2 cores"


def run(quick: bool) -> Iterator[Figure]:
    """Measure both on the same document and the same codings; ``quick`` stops at 200 codings."""
    program = taguette.environment()
    if program is None:
        print(f"Taguette {taguette.VERSION} cannot be installed here: nothing to compare with")
        return
    loads = (50, 150) if quick else (50, 1_000)
    most = loads[-1] + _WINDOW if quick else _QUALCODER_REOPENED
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["WORKBENCH_CONFIG"] = str(folder / "config")
        document = _document(folder)
        ours = _ours(folder, document, loads, most)
        theirs = _theirs(program, folder, document, loads, loads[-1] + _WINDOW)
    yield Figure(
        "Taguette: a request for nothing",
        theirs["nothing"].median,
        "ms",
        None,
        str(theirs["nothing"]),
    )
    if "import" in theirs:
        yield _faster("import a Word file", ours["import"], theirs["import"])
    else:
        print(
            "Calibre's ebook-convert is not installed: Taguette cannot import Word files, not compared"
        )
    for load in loads:
        yield _faster(f"apply a code at {load:,} codings", ours[f"at {load}"], theirs[f"at {load}"])
    yield _faster("list all quotes", ours["list"], theirs["list"])
    yield from _beside_qualcoder(ours)


def _faster(name: str, ours: Times, theirs: Times) -> Figure:
    how = f"medians; workbench {ours}; Taguette {theirs}"
    beside = (("workbench", ours.median), (f"Taguette {taguette.VERSION}", theirs.median))
    ratio = theirs.median / ours.median
    return Figure(name, ratio, "×", _TIMES_FASTER, how, at_most=False, beside=beside)


def _beside_qualcoder(ours: dict[str, Times]) -> Iterator[Figure]:
    """Put figures of ours beside what another program took at the same loads."""
    known = {f"at {load}": float(ms) for load, ms in _QUALCODER_MS.items()}
    known["reopen"] = _QUALCODER_REOPEN_S * 1000
    for load, took in known.items():
        if load not in ours:
            continue
        reopened = f"reopen a document with {_QUALCODER_REOPENED:,} codings"
        name = reopened if load == "reopen" else f"apply a code {load} codings"
        mine = ours[load]
        how = f"workbench {mine}; {_EARLIER}: {took:g} ms"
        beside = (("workbench", mine.median), ("QualCoder", took))
        target = None if took < 10 else _TIMES_FASTER  # its first codings were no trouble
        ratio = took / mine.median
        yield Figure(f"{name} (QualCoder)", ratio, "×", target, how, at_most=False, beside=beside)


def _document(folder: Path) -> Path:
    """Write an interview as a Word file, one paragraph a turn."""
    from docx import Document

    document, letters = Document(), 0
    for turn in talk.dialogue(random.Random(7), talk.LANGUAGES):
        document.add_paragraph(f"{'И' if turn.speaker == 0 else 'Р'}: {turn.text}")
        letters += len(turn.text)
        if letters > _LETTERS:
            break
    path = folder / "interview.docx"
    document.save(str(path))
    return path


def _spans(most: int, seed: int = 11) -> Iterator[tuple[float, int, int]]:
    """Yield where quotes begin (a share of the text), how long they are, and which code they get."""
    chance = random.Random(seed)
    for _quote in range(most):
        yield chance.random(), chance.randint(40, 400), chance.randrange(_CODES)


def _measured(number: int, loads: Sequence[int]) -> str | None:
    """Return the load that a coding counts for; most of them only make the load."""
    return next((f"at {load}" for load in loads if abs(number - load) <= _WINDOW), None)


def _ours(folder: Path, document: Path, loads: Sequence[int], most: int) -> dict[str, Times]:
    from workbench.models.drafts import CodeDraft, CodingDraft, ProjectDraft
    from workbench.services.workspace import Workspace
    from workbench.tui.coding.open_source import OpenSource

    found: dict[str, Times] = {"import": Times()}
    workspace = Workspace(folder / "workspace", coder="A")
    for attempt in range(4):  # the first one loads the importer
        project = workspace.create(ProjectDraft(title=f"Import {attempt}"))
        with project, found["import"].one():
            project.sources.add(document)
    del found["import"].wall[0], found["import"].cpu[0]
    with workspace.create(ProjectDraft(title="Measured")) as project:
        source = project.sources.add(document)[0].id
        length = len(project.sources.source(source).text)
        codes = [project.codebook.add(CodeDraft(name=f"Code {n}")).id for n in range(_CODES)]
        for number, (share, letters, code) in enumerate(_spans(most)):
            start = int(share * (length - letters))
            draft = CodingDraft(source=source, start=start, end=start + letters, code=codes[code])
            load = _measured(number, loads)
            with found.setdefault(load or "", Times()).one():
                project.coding.apply(draft)
            if number == loads[-1] + _WINDOW - 1:
                found["list"] = timed(lambda: list(project.quotes.find()), 9)
        if most >= _QUALCODER_REOPENED:
            found["reopen"] = timed(lambda: OpenSource(project, source), 9)
    return found


def _theirs(
    program: Path, folder: Path, document: Path, loads: Sequence[int], most: int
) -> dict[str, Times]:
    found: dict[str, Times] = {}
    with taguette.Server(program, folder) as server:
        project = server.make_project()
        if taguette.can_import_docx():
            found["import"] = Times()
            for attempt in range(3):
                with found["import"].one():
                    number = server.add_document(project, f"{attempt}.docx", document.read_bytes())
        else:
            number = server.add_document(project, "interview.html", _as_html(document))
        words = server.text(project, number)
        size = len(words.encode())
        tags = [server.add_tag(project, f"Code {n}") for n in range(_CODES)]
        found["nothing"] = timed(server.ask_for_nothing, 100)
        for count, (share, letters, tag) in enumerate(_spans(most)):
            start = int(share * (len(words) - letters))
            first = len(words[:start].encode())
            last = min(first + len(words[start : start + letters].encode()), size)
            with found.setdefault(_measured(count, loads) or "", Times()).one():
                server.add_highlight(project, number, first, last, tags[tag])
        found["list"] = timed(lambda: server.all_highlights(project), 9)
    return found


def _as_html(document: Path) -> bytes:
    """Return the paragraphs of a Word file as a page, which Taguette reads without Calibre."""
    from html import escape

    from docx import Document

    paragraphs = (f"<p>{escape(p.text)}</p>" for p in Document(str(document)).paragraphs)
    return f"<html><body>{''.join(paragraphs)}</body></html>".encode()
