"""A real workspace with real projects, and the program over it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import av
import numpy as np

from workbench.models.drafts import LocationDraft, ProjectDraft, SourceDraft, VisitDraft, WaveDraft
from workbench.services.project import Project
from workbench.services.workspace import Workspace
from workbench.settings import Settings
from workbench.tui.app import WorkbenchApp

CHECKLIST = """
key: shop
title: {en: A visit, ru: Визит}
pass_mark: 60
sections:
  - key: outside
    title: {en: Outside, ru: Снаружи}
    questions:
      - {key: open, text: {en: Was it open?, ru: Открыто?}, type: yes_no, critical: true, comment_required_when: "no"}
      - {key: why, text: {en: Why not?, ru: Почему?}, type: text, scored: false, shown_when: {question: open, equals: "no"}}
      - key: queue
        text: {en: How long was the queue?, ru: Очередь?}
        type: single
        options:
          - {key: none, text: {en: Nobody, ru: Никого}, points: 2}
          - {key: many, text: {en: Many people, ru: Много}, points: 0}
      - key: clean
        text: {en: What was clean?, ru: Что чисто?}
        type: multi
        options:
          - {key: floor, text: {en: Floor, ru: Пол}, points: 1}
          - {key: table, text: {en: Tables, ru: Столы}, points: 1}
  - key: inside
    title: {en: Inside, ru: Внутри}
    questions:
      - {key: warmth, text: {en: How warm was it?, ru: Тепло?}, type: scale, scale: {min: 1, max: 5, points: 2}}
      - {key: price, text: {en: What did it cost?, ru: Цена?}, type: number, scored: false}
      - {key: wait, text: {en: How long did you wait?, ru: Ждали?}, type: time, scored: false}
      - {key: day, text: {en: Best before?, ru: Годен до?}, type: date, scored: false, na_allowed: true}
      - {key: said, text: {en: What was said?, ru: Что сказали?}, type: text, scored: false}
"""

TALK = "Interviewer: How was it?\nAnna: We waited for an hour, in spite of an appointment.\n"


def workspace(folder: Path) -> Workspace:
    return Workspace(folder, coder="Anna")


def make_project(folder: Path, title: str = "Bank") -> Project:
    return workspace(folder).create(ProjectDraft(title=title, language="en"))


def add_text(project: Project, folder: Path, name: str = "talk") -> str:
    path = folder / f"{name}.txt"
    path.write_text(TALK + name, encoding="utf-8")
    return project.sources.add(path, SourceDraft(title=name))[0].id


def add_visit(project: Project, folder: Path) -> str:
    file = folder / "checklist.yaml"
    file.write_text(CHECKLIST, encoding="utf-8")
    project.plan.add_wave(WaveDraft(title="spring"))
    project.shopping.add_location(LocationDraft(key="north", name="North", kind="region"))
    project.shopping.add_location(LocationDraft(key="lenina", name="Lenina 5", parent="north"))
    project.shopping.add_checklist(file)
    return project.shopping.plan(VisitDraft(location="lenina", shopper="S1")).code


def write_wav(path: Path, seconds: float = 1.0, *, rate: int = 16_000) -> Path:
    times = np.arange(round(seconds * rate)) / rate
    wave = (0.2 * np.sin(2 * np.pi * 220 * times)).astype(np.float32)[None, :]
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=rate, layout="mono")
        frame = av.AudioFrame.from_ndarray(wave, format="fltp", layout="mono")
        frame.sample_rate = rate
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return path


def program(folder: Path, project: str | None = None) -> WorkbenchApp:
    return WorkbenchApp(Settings(coder="Anna", language="en"), workspace=folder, project=project)


async def until(pilot, true: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait for work in a thread to arrive on the screen."""
    end = monotonic() + seconds
    while not true():
        assert monotonic() < end, f"it did not happen within {seconds} s"
        await asyncio.sleep(0.02)
        await pilot.pause()
    await pilot.pause()


async def on_screen(pilot, name: str) -> None:
    await until(pilot, lambda: getattr(pilot.app.screen, "NAME", "") == name)


def shown(pilot) -> str:
    """Everything on the screen as plain text."""
    return "\n".join(
        "".join(segment.text for segment in strip)
        for strip in pilot.app.screen._compositor.render_strips()
    )


def told(pilot) -> str:
    """All that was said in passing."""
    return "\n".join(note.message for note in pilot.app._notifications)
