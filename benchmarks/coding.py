"""The coding screen on a long transcript: opening, keys, applying a code."""

from __future__ import annotations

import os
import random
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks._terminal import Terminal
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
_KEYS = {
    "down": b"\x1b[B",
    "right with selection": b"\x1b[1;2C",
    "page down": b"\x1b[6~",
    "next quote": b"j",
    "select the sentence": b"s",
}
"""Keys by what they do, as a terminal sends them."""


def run(quick: bool) -> list[Figure]:
    """Measure on a generated project."""
    words, codings, codes = (20_000, 1_000, 100) if quick else (100_000, 5_000, 300)
    keys = 40 if quick else 100
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WORKBENCH_CONFIG"] = str(Path(folder) / "config")
        project, source = make_project(Path(folder), words=words, codings=codings, codes=codes)
        try:
            data = f"{words:,} words, {codings:,} codings, {codes} codes"
            figures = [_service(project, source, data)]
        finally:
            project.close()
        figures += _screen(project.folder, source, data, keys=keys)
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


def _screen(folder: Path, source: str, data: str, *, keys: int) -> list[Figure]:
    """Measure in a terminal, with the keys a terminal sends; see ``_terminal.Terminal.press``."""
    said = folder.parent / "opened.txt"
    command = [sys.executable, "-m", "benchmarks._coding_app", str(folder), source, str(said)]
    env = {"WORKBENCH_CONFIG": str(folder.parent / "config"), "COLORTERM": "truecolor"}
    figures = []
    with Terminal(command, env=env, size=_SIZE) as terminal:
        terminal.wait_for("00:00:")
        terminal.settle()
        opened, spent = map(float, said.read_text(encoding="utf-8").split())
        how = f"{data}; from the call to the drawn frame; processor time {spent:.2f} s"
        figures.append(Figure("open the transcript on screen", opened, "s", 0.5, how))
        for _page in range(40):  # into the text, where codings are dense
            terminal.press(b"\x1b[6~")
        for name, key in _KEYS.items():
            before = terminal.processor_ms()
            times = [terminal.press(key) for _again in range(keys)]
            spent = (terminal.processor_ms() - before) / keys
            last = p95([answer[1] for answer in times])
            how = f"p95 of {keys} keys, from the key to its frame; to the last byte {last:.0f} ms; mean processor time {spent:.0f} ms"
            first = p95([answer[0] for answer in times])
            figures.append(Figure(f"key: {name}", first, "ms", 50, how))
        times, spent = [], 0.0
        for _again in range(keys // 4):
            terminal.press(b"\x1b[1;5B")  # the next turn
            terminal.press(b"s")
            before = terminal.processor_ms()
            times.append(terminal.press(b"1")[1])
            spent += terminal.processor_ms() - before
        how = (
            f"p95 of {len(times)} codes put on by a digit: committed to disk, then drawn; "
            f"mean processor time {spent / len(times):.0f} ms"
        )
        figures.append(Figure("apply a code: from the key to the frame", p95(times), "ms", 60, how))
    return figures
