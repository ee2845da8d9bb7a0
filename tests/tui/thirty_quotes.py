"""Thirty sentences of an interview and the code that each of them gets."""

from __future__ import annotations

from pathlib import Path

from workbench.models.drafts import CodeDraft, ProjectDraft, SourceDraft
from workbench.services.project import Project
from workbench.services.workspace import Workspace

QUESTIONS = ("Как прошла первая встреча?", "Что было дальше?", "Чем всё закончилось?")
ANSWERS = (
    (
        "Мы ждали сорок минут.|На сайте ставка была другая.|Девушка всё объяснила сразу.|"
        "Потом нас отправили к другому окну.|Там очередь началась заново.|Никто не извинился.|"
        "Анкету пришлось заполнять дважды.|Список бумаг был понятный.|Мне хотелось уйти.|"
        "Но ипотека была нужна."
    ),
    (
        "Через день никто не позвонил.|Я звонил сам три раза.|Оператор назвал третью ставку.|"
        "Мне обещали письмо.|Письмо не пришло.|В приложении всё было видно.|"
        "Чат отвечал за минуту.|Ответ в чате не совпал с ответом в отделении.|"
        "Я распечатал переписку.|С ней стало проще."
    ),
    (
        "Одобрили за один день.|Это приятно удивило.|Менеджер держала нас в курсе.|"
        "На сделке снова ждали час.|Кофе не предложили.|Договор дали прочитать заранее.|"
        "Условия не поменялись.|Ключи получили в тот же день.|Друзьям я бы рассказал про сроки.|"
        "Про очереди тоже."
    ),
)
CODES = ("Ожидание", "Разные ответы", "Понятные условия", "Никто не перезвонил", "Бумаги")
SENTENCES = [sentence for answer in ANSWERS for sentence in answer.split("|")]
PLAN = [(sentence, (7 * number + number // 3) % 5) for number, sentence in enumerate(SENTENCES)]
"""Each sentence with the number of its code; every code is used, in no simple order."""
WANTED = [(sentence, CODES[code]) for sentence, code in PLAN]


def make_project(folder: Path, *, coder: str) -> Project:
    """Make the project with the interview and the five codes."""
    folder.mkdir(parents=True, exist_ok=True)
    talk = folder / "talk.txt"
    lines = []
    for question, answer in zip(QUESTIONS, ANSWERS, strict=True):
        lines += [f"Интервьюер: {question}", f"R01: {answer.replace('|', ' ')}"]
    talk.write_text("\n".join(lines) + "\n", encoding="utf-8")
    project = Workspace(folder / "work", coder=coder).create(
        ProjectDraft(title="Ипотека", language="ru")
    )
    project.sources.add(talk, SourceDraft(title="Интервью 1"))
    for number, name in enumerate(CODES):
        project.codebook.add(CodeDraft(name=name, kind="barrier" if number % 2 else "theme"))
    return project
