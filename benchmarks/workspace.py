"""The coding workspace on a large project: opening, keys, applying and undoing, finding, lists, counts, memory."""

from __future__ import annotations

import gc
import os
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import _big_project as big
from benchmarks import _workspace_screen as screen
from benchmarks._timing import Times, timed, timed_over
from benchmarks.figures import Figure

if TYPE_CHECKING:
    from workbench.services.project import Project

_PAGE = 100
"""Lines of a page."""

PARTS = ("service", "history", "lists", "screen")


def run(quick: bool, *, only: set[str], keep: Path | None) -> Iterator[Figure]:  # noqa: ARG001 - nothing to keep
    """Measure on a copy of the large project; ``quick`` takes a smaller one."""
    size = big.QUICK if quick else big.FULL
    chosen = only or set(PARTS)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WORKBENCH_CONFIG"] = str(Path(folder) / "config")
        workspace = Path(folder) / "workspace"
        workspace.mkdir()
        big.copy_of(size, workspace)
        if chosen - {"screen"}:
            first = Times()
            with first.one():
                project = _opened(workspace)
            try:
                if "lists" in chosen:
                    how = "the first time in half an hour, when a backup is made and checked"
                    yield Figure("open with its backup", first.wall[0] / 1000, "s", 1.0, how)
                if "service" in chosen:
                    yield from _service(project, size, 60 if quick else 200)
                if "history" in chosen:
                    yield from _history(project, 200)
                if "lists" in chosen:
                    yield from _lists(project, workspace, 5 if quick else 15)
            finally:
                project.close()
        if "screen" in chosen:
            yield from screen.figures(workspace, str(size), keys=30 if quick else 100)


def _opened(workspace: Path) -> Project:
    from workbench.services.workspace import Workspace

    project = Workspace(workspace, coder=big.CODERS[0]).open(big.FOLDER)
    gc.collect()
    gc.freeze()
    return project


def _figure(name: str, times: Times, target: float | None, what: str = "") -> Figure:
    return Figure(name, times.p95, "ms", target, "; ".join(filter(None, [what, str(times)])))


# -- one coding after another ----------------------------------------------------------------------


def _service(project: Project, size: big.Size, repetitions: int) -> Iterator[Figure]:
    """Apply and take back in the long document, beside what the disk alone takes."""
    floor = _bare_commits(project.folder, repetitions)
    yield _figure(
        "a commit of two bare rows", floor, None, "SQLite alone, same settings, same disk"
    )
    long = project.sources.source(big.LONG)
    apply = _applying(project, long.card.id, long.text, repetitions + 5)
    times = timed_over(apply, first=5)
    how = f"service call with commit; {size}"
    yield _figure("apply a code in the long document", times, 5, how)
    small = min((c for c in project.sources.cards() if c.quotes), key=lambda card: card.quotes)
    text = project.sources.source(small.id).text
    again = timed_over(_applying(project, small.id, text, repetitions // 2 + 5), first=5)
    yield Figure(
        "the same against a source with few codings",
        times.median / again.median,
        "×",
        2,
        f"medians; {small.quotes} quotes there, {again}",
    )
    undo = timed(project.history.undo, repetitions // 2, first=1)
    yield _figure("undo a coding", undo, 5, "service call with commit")
    redo = timed(project.history.redo, repetitions // 4, first=1)
    yield _figure("redo a coding", redo, 5, "service call with commit")


def _applying(
    project: Project, source: str, text: str, calls: int
) -> Iterator[Callable[[], object]]:
    """Yield calls that put codes on new quotes all over a source."""
    from workbench.models.drafts import CodingDraft

    chance = random.Random(len(text))
    codes = [code.id for code in project.codebook.codes()]
    for _call in range(calls):
        start = chance.randrange(max(1, len(text) - 400))
        draft = CodingDraft(
            source=source,
            start=start,
            end=min(start + chance.randint(40, 400), len(text)),
            code=chance.choice(codes),
        )
        yield lambda draft=draft: project.coding.apply(draft)


def _bare_commits(folder: Path, repetitions: int) -> Times:
    """Time what no program can do without: two short rows on the disk, for good."""
    path = folder / "floor.db"
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, words TEXT)")

    def commit() -> None:
        connection.execute("BEGIN IMMEDIATE")
        for _row in range(2):
            connection.execute("INSERT INTO row (words) VALUES (?)", ("words " * 60,))
        connection.execute("COMMIT")

    times = timed(commit, repetitions, first=5)
    connection.close()
    path.unlink()
    return times


def _history(project: Project, depth: int) -> Iterator[Figure]:
    """Undo far back and redo again, over a restart in between."""
    from workbench.services.workspace import Workspace
    from workbench.store import backup

    long = project.sources.source(big.LONG)
    for call in _applying(project, long.card.id, long.text[::-1], depth):
        call()
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / big.FOLDER
        copied.mkdir()
        backup.make_backup(project.folder).rename(copied / "project.db")
        undo, redo = Times(), Times()
        for times, step in ((undo, "undo"), (redo, "redo")):
            with Workspace(Path(folder), coder=big.CODERS[0]).open(big.FOLDER) as again:
                for _step in range(depth):
                    with times.one():
                        getattr(again.history, step)()
    yield _figure(f"undo {depth} codings after a restart", undo, 5, "each of them")
    yield _figure(f"redo {depth} codings after another one", redo, 5, "each of them")


# -- lists -----------------------------------------------------------------------------------------


def _lists(project: Project, workspace: Path, repetitions: int) -> Iterator[Figure]:
    """Open the project, count, find, list."""
    from workbench.services.workspace import Workspace

    opening = Workspace(workspace, coder=big.CODERS[0])
    project.close()
    again = timed(lambda: opening.open(big.FOLDER).close(), repetitions)
    yield Figure("open the project", again.p95 / 1000, "s", 1.0, f"service call; {again}")
    with opening.open(big.FOLDER) as opened:
        yield from _counts_and_texts(opened, repetitions)
        yield from _found(opened, repetitions)


def _counts_and_texts(project: Project, repetitions: int) -> Iterator[Figure]:
    counted = timed(project.codebook.codes, repetitions)
    yield _figure("counts for the whole codebook", counted, 200, "own and with all codes below")
    long = project.sources.source(big.LONG).card.id
    text = timed(lambda: project.sources.source(long), repetitions)
    yield _figure("read the long document", text, None)
    codings = timed(lambda: project.coding.codings(long), repetitions)
    yield _figure("read its codings", codings, None)
    yield _figure("list of sources", timed(project.sources.cards, repetitions), None)


def _found(project: Project, repetitions: int) -> Iterator[Figure]:
    """Search for words, then list the quotes of the code that has most below it."""
    from workbench.models.filters import QuoteFilter, SourceQuery

    first = Times()
    searches = [
        SourceQuery(text=words) for words in ("очередь", '"долго ждали"', "менедж*", "queue")
    ]
    with first.one():
        project.search.hits(searches[0], limit=_PAGE)
    how = "the first one after opening, when texts are made ready"
    yield Figure("first search", first.wall[0], "ms", None, how)
    times = timed_over(
        (
            lambda query=query: project.search.hits(query, limit=_PAGE)
            for _again in range(repetitions)
            for query in searches
        ),
        first=len(searches),
    )
    how = f"a word in all its forms, a phrase, a beginning, an English word; first {_PAGE} places"
    yield _figure("search all sources", times, 100, how)
    most = max(project.codebook.codes(), key=lambda code: code.all_quotes)
    wanted = QuoteFilter(codes=(most.id,))
    times = timed(lambda: project.quotes.find(wanted).rows(0, _PAGE), repetitions)
    how = f"first {_PAGE} of {most.all_quotes:,}"
    yield _figure("quotes of a code with those below it", times, 100, how)
