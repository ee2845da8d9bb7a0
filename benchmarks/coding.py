"""The coding screen on a long transcript: opening, keys, applying a code."""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from benchmarks.figures import Figure, p95

if TYPE_CHECKING:
    from workbench.services.project import Project

_WORDS = [
    "что",
    "банк",
    "очередь",
    "ипотека",
    "подождали",
    "менеджер",
    "сказал",
    "потом",
    "другой",
    "решение",
    "ставка",
    "никто",
    "сайт",
    "отделение",
    "перезвонил",
    "документы",
    "вторник",
    "обещали",
    "честно",
    "раздражение",
    "понятно",
    "быстро",
    "условия",
]
_SIZE = (120, 36)


def run(quick: bool) -> list[Figure]:
    """Measure on a generated project."""
    words, codings, codes = (20_000, 1_000, 100) if quick else (100_000, 5_000, 300)
    keys = 60 if quick else 200
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WORKBENCH_CONFIG"] = str(Path(folder) / "config")
        project, source = make_project(Path(folder), words=words, codings=codings, codes=codes)
        try:
            data = f"{words:,} words, {codings:,} codings, {codes} codes"
            figures = [_service(project, source, data)]
            figures += asyncio.run(_screen(project, source, data, keys=keys))
        finally:
            project.close()
    return figures


def make_project(
    folder: Path, *, words: int, codings: int, codes: int, seed: int = 7
) -> tuple[Project, str]:
    """Make a project with one long transcript; quotes of 20 to 300 letters at random places."""
    from sqlmodel import select

    from workbench.models import tables
    from workbench.models.drafts import CodeDraft, CodingDraft, ProjectDraft, SourceDraft
    from workbench.services.workspace import Workspace

    chance = random.Random(seed)
    lines, said, ms = [], 0, 0
    while said < words:
        count = chance.randint(8, 80)
        sentence = [chance.choice(_WORDS) for _ in range(count)]
        text = " ".join(sentence).capitalize() + "."
        who = "И" if len(lines) % 2 == 0 else "Р"
        lines.append(f"[{ms // 3600:02}:{ms // 60 % 60:02}:{ms % 60:02}] {who}: {text}")
        said, ms = said + count, ms + count // 2
    path = folder / "long.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    project = Workspace(folder / "workspace", coder="A").create(ProjectDraft(title="Long"))
    source = project.sources.add(path, SourceDraft(title="Long"))[0].id
    ids = [
        project.codebook.add(CodeDraft(name=f"Код {n} {chance.choice(_WORDS)}")).id
        for n in range(min(codes, 3))
    ]
    length = len(project.sources.source(source).text)
    project.coding.apply(CodingDraft(source=source, start=0, end=5, code=ids[0]))
    # the rest is written in one transaction: thousands of journal entries are not what is measured
    with project.file.transaction() as session:
        coder = session.exec(select(tables.Coder)).one().id
        project_id = session.exec(select(tables.Project.id)).one()
        text = session.get_one(tables.Source, source).text
        for n in range(len(ids), codes):
            name = f"Код {n} {chance.choice(_WORDS)}"
            code = tables.Code(
                project_id=project_id, name=name, kind="theme", ordinal=n, colour=n % 10
            )
            session.add(code)
            ids.append(code.id)
        session.flush()
        taken = {(0, 5)}
        while len(taken) < codings:
            start = chance.randrange(length - 300)
            end = start + chance.randint(20, 300)
            if (start, end) in taken or not text[start:end].strip():
                continue
            taken.add((start, end))
            quote = tables.Quote(source_id=source, start=start, end=end, text=text[start:end])
            session.add(quote)
            session.flush()
            session.add(
                tables.Coding(quote_id=quote.id, code_id=chance.choice(ids), coder_id=coder)
            )
    return project, source


def _service(project: Project, source: str, data: str) -> Figure:
    """Measure applying a code without any screen."""
    from workbench.models.drafts import CodingDraft

    code = project.codebook.codes()[0].id
    times = []
    for number in range(60):
        draft = CodingDraft(source=source, start=number * 40, end=number * 40 + 31, code=code)
        begun = perf_counter()
        project.coding.apply(draft)
        times.append(perf_counter() - begun)
    how = f"{data}; p95 of 60 calls, committed to disk"
    return Figure("apply a code: service call", p95(times) * 1000, "ms", 40, how)


async def _screen(project: Project, source: str, data: str, *, keys: int) -> list[Figure]:
    from workbench.settings import Settings
    from workbench.tui.app import WorkbenchApp
    from workbench.tui.screens.coding import CodingScreen

    app = WorkbenchApp(Settings(language="ru", coder="A"), workspace=project.folder.parent)
    async with app.run_test(size=_SIZE) as pilot:
        await pilot.pause()
        app.project = project
        begun = perf_counter()
        screen = CodingScreen(source)
        await app.push_screen(screen)
        await _drawn(app)
        opened = perf_counter() - begun
        cpu = process_time()
        idle = await _idle(pilot, keys)
        idle_cpu = (process_time() - cpu) * 1000 / keys
        figures = [
            Figure("open the transcript on screen", opened, "s", 0.5, f"{data}; to the drawn frame")
        ]
        for name, pressed in (
            ("key: down", ["down"]),
            ("key: right with selection", ["shift+right"]),
            ("key: page down", ["pagedown"]),
            ("key: next quote", ["j"]),
        ):
            screen.view.go(len(screen.view.source.text) // 3)
            cpu = process_time()
            times = await _keys(pilot, pressed, keys)
            cpu = (process_time() - cpu) * 1000 / keys - idle_cpu
            how = f"{data}; p95 of {keys} keys less {idle:.0f} ms of the pilot itself"
            figures.append(Figure(name, max(0.0, p95(times) - idle), "ms", 50, how))
            how = "mean processor time of the same keys, which other programs do not disturb"
            figures.append(Figure(f"{name}, processor", cpu, "ms", None, how))
        figures.append(await _applying(pilot, screen, data))
    return figures


async def _drawn(app: Any) -> None:
    """Wait until what was asked for is on the screen."""
    done = asyncio.Event()
    app.screen.call_after_refresh(done.set)
    await done.wait()


async def _idle(pilot: Any, keys: int) -> float:
    """Return the median milliseconds the pilot takes for a key that nothing answers."""
    times = sorted(await _keys(pilot, ["f20"], keys))
    return times[len(times) // 2]


async def _keys(pilot: Any, pressed: list[str], count: int) -> list[float]:
    times = []
    for number in range(count):
        begun = perf_counter()
        await pilot.press(pressed[number % len(pressed)])
        times.append((perf_counter() - begun) * 1000)
    return times


async def _applying(pilot: Any, screen: Any, data: str) -> Figure:
    """Measure from the call that a digit makes to the frame with the new stripe."""
    times = []
    length = len(screen.source.text)
    for number in range(40):
        screen.view.go(length // 2 + number * 400)
        screen.view.grow("sentence")
        await pilot.pause()
        begun = perf_counter()
        screen.action_apply_recent(1)
        await _drawn(pilot.app)
        times.append((perf_counter() - begun) * 1000)
    how = f"{data}; p95 of 40 codes put on by a digit, committed and drawn"
    return Figure("apply a code: to the drawn frame", p95(times), "ms", 60, how)
