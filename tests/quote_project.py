"""A project with many sources, people, codes and coders, written straight into its database."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from workbench.models import tables
from workbench.models.drafts import ProjectDraft
from workbench.models.kinds import CodeKind, SourceKind
from workbench.services.project import Project
from workbench.services.workspace import Workspace

WORDS = [
    "очередь",
    "банк",
    "ждали",
    "Ёлка",
    "ещё",
    "queue",
    "waiting",
    "branch",
    "straße",
    "rate",
    "мост",
    "[laughs]",
    "=2+2",
    "документы",
    "терминал",
    "звонок",
    "никто",
]
CITIES = ("Kazan", "Омск", "Perm")


def make_quotes(
    folder: Path, *, sources: int = 14, quotes: int = 150, title: str = "Bank", seed: int = 7
) -> Project:
    """Make the project; the same seed makes the same."""
    chance = random.Random(seed)  # noqa: S311 - it must be the same each time
    project = Workspace(folder, coder="Anna").create(ProjectDraft(title=title))
    mine = project._context.project_id
    with project.file.transaction() as session:

        def add(row):
            session.add(row)
            session.flush()
            return row

        coders = [add(tables.Coder(project_id=mine, name=n)) for n in ("Anna", "Борис", "Vera")]
        waves = [add(tables.Wave(project_id=mine, ordinal=n, title=f"w{n}")) for n in (1, 2)]
        stages = [
            add(tables.Stage(project_id=mine, key=key, name=key.upper(), ordinal=n))
            for n, key in enumerate(("choice", "visit"))
        ]
        people = []
        for number in range(5):
            person = add(tables.Person(project_id=mine, pseudonym=f"R{number:02d}"))
            people.append(person)
            facts = {"age": str(30 + number), "city": CITIES[number % 3]}
            for ordinal, (name, value) in enumerate(facts.items()):
                add(
                    tables.PersonAttribute(
                        person_id=person.id, name=name, value=value, ordinal=ordinal
                    )
                )
        codes = []
        for number in range(9):
            parent = codes[chance.randrange(len(codes))].id if number > 2 else None
            code = tables.Code(
                project_id=mine,
                parent_id=parent,
                name=f"Code {number}",
                kind=chance.choice(list(CodeKind)),
                ordinal=chance.randrange(4),
                colour=number,
            )
            codes.append(add(code))
        rows = []
        for number in range(sources):
            text = " ".join(chance.choice(WORDS) for _ in range(400))
            row = tables.Source(
                project_id=mine,
                title=f"Source {number % (sources - 1)}",  # two of them are called alike
                kind=chance.choice(list(SourceKind)),
                state="ready",
                text=text,
                words=400,
                ordinal=sources - number,  # the newest one comes first
                person_id=chance.choice([None, *(p.id for p in people)]) if number else None,
                wave_id=chance.choice([None, *(w.id for w in waves)]),
                stage_id=chance.choice([None, *(s.id for s in stages)]),
                collected_on=chance.choice([None, date(2026, 5, 1) + timedelta(days=number)]),
            )
            rows.append(add(row))
        _add_quotes(add, chance, quotes, rows, [(c, who) for c in codes for who in coders])
    return project


def _add_quotes(add, chance, count, rows, judgements) -> None:
    taken = set()
    for _ in range(count):
        source = chance.choice(rows)
        start = chance.randrange(len(source.text) - 60)
        end = start + chance.randrange(5, 60)
        if (source.id, start, end) in taken:
            continue
        taken.add((source.id, start, end))
        quote = add(
            tables.Quote(
                source_id=source.id,
                start=start,
                end=end,
                text=source.text[start:end],
                start_ms=chance.choice([None, start * 60]),
                favourite=chance.random() < 0.2,
            )
        )
        pairs = chance.sample(judgements, chance.randrange(4))
        if not pairs:
            quote.favourite = True  # a quote without a code is there because somebody chose it
            add(quote)
        for code, coder in pairs:
            add(
                tables.Coding(
                    quote_id=quote.id,
                    code_id=code.id,
                    coder_id=coder.id,
                    stance=chance.choice(["supports", "contradicts"]),
                    emotion=chance.choice([None, -2, -1, 0, 1, 2]),
                )
            )
        if chance.random() < 0.1:
            add(
                tables.Memo(
                    project_id=source.project_id,
                    subject="quote",
                    subject_id=quote.id,
                    text="look here",
                )
            )
