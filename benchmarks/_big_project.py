"""A large project, the same at every run: sources, people, waves, a tree of codes, three coders' codings, the journal.

Made once, in some seconds, and kept in the cache folder; each benchmark works on a copy.
"""

from __future__ import annotations

import hashlib
import random
import re
import shutil
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlmodel import SQLModel

from benchmarks import _dialogue_words as talk
from workbench import locations
from workbench.models import tables
from workbench.models.drafts import ProjectDraft
from workbench.services.workspace import Workspace
from workbench.store import migrations

FOLDER = "big"
CODERS = ("A", "B", "C")
LONG = "Long"
"""The title of the one long document."""


@dataclass(frozen=True)
class Size:
    """How much there is of what."""

    sources: int
    words: int
    codings: int
    codes: int
    long_bytes: int
    """Bytes of the text of the long document in UTF-8."""
    long_codings: int

    def __str__(self) -> str:
        return (
            f"{self.sources} sources, {self.words:,} words, {self.codings:,} codings, "
            f"{self.codes} codes, 3 coders; long document {self.long_bytes / 1e6:.2g} MB, "
            f"{self.long_codings:,} codings"
        )


FULL = Size(200, 1_000_000, 50_000, 300, 1_100_000, 5_000)
QUICK = Size(40, 120_000, 6_000, 300, 300_000, 1_000)


def copy_of(size: Size, into: Path) -> Path:
    """Copy the project into a workspace and return its folder."""
    made = _made(size)
    shutil.copytree(made, into / FOLDER)
    return into / FOLDER


def _made(size: Size) -> Path:
    """Return the project in the cache, after making it if its making has changed since."""
    sources = [*Path(__file__).parent.glob("_big_project.py"), Path(talk.__file__)]
    sources += sorted(Path(migrations.__file__).parent.rglob("*.py"))
    digest = hashlib.sha256(repr(asdict(size)).encode())
    for source in sources:
        digest.update(source.read_bytes())
    workspace = locations.cache_folder() / "benchmarks" / f"big-{digest.hexdigest()[:12]}"
    if not (workspace / FOLDER).is_dir():
        unfinished = workspace.with_suffix(".part")
        shutil.rmtree(unfinished, ignore_errors=True)
        project = Workspace(unfinished, coder=CODERS[0]).create(
            ProjectDraft(title="Большой проект", language="ru"), folder_name=FOLDER
        )
        try:
            _Filling(project.plan.project_id, size).write(project)
        finally:
            project.close()
        workspace.parent.mkdir(parents=True, exist_ok=True)
        unfinished.rename(workspace)
    return workspace / FOLDER


def _row(table: type[SQLModel], **values: Any) -> dict[str, Any]:
    """Return a row with what its columns have by default; such rows are inserted by the thousand."""
    fields = table.model_fields
    row = {
        name: field.default_factory() if field.default_factory else field.default
        for name, field in fields.items()
        if name not in values
    }
    return row | values


_KINDS = (
    ("interview",) * 12 + ("focus_group",) + ("review",) * 4 + ("survey",) * 2 + ("field_note",)
)
_CODE_KINDS = ("theme", "barrier", "strength", "need")
_ATTRIBUTES = {
    "Сегмент": ("новый", "давний", "ушедший", "премиум"),
    "Возраст": ("18–24", "25–34", "35–44", "45–54", "55+"),
    "Город": ("Москва", "Казань", "Пермь", "Тула", "Омск", "Самара"),
}
_TIMED = 20
"""Interviews whose every word has a time, as after a transcription."""


class _Filling:
    """Thinks of rows, table by table, and writes them in one transaction."""

    def __init__(self, project_id: str, size: Size) -> None:
        self.project_id = project_id
        self.size = size
        self.chance = random.Random(42)
        self.rows: dict[type[SQLModel], list[dict[str, Any]]] = {}
        self.moment = datetime(2025, 3, 3, 9, tzinfo=UTC)

    def add(self, table: type[SQLModel], **values: Any) -> dict[str, Any]:
        """Think of a row."""
        row = _row(table, **values)
        self.rows.setdefault(table, []).append(row)
        return row

    def write(self, project: Any) -> None:
        """Fill the project."""
        self.waves = [
            self.add(tables.Wave, project_id=self.project_id, ordinal=n, title=f"Волна {n}")
            for n in (1, 2, 3)
        ]
        self.coders = [
            self.add(tables.Coder, project_id=self.project_id, name=name) for name in CODERS
        ]
        self._think_of_codes()
        self._think_of_sources()
        with project.file.transaction() as session:
            connection = session.connection()
            order = {name: place for place, name in enumerate(_parents_first())}
            for table in sorted(self.rows, key=lambda table: order[str(table.__tablename__)]):
                connection.execute(insert(table), self.rows[table])

    # -- the codebook --------------------------------------------------------------------------

    def _think_of_codes(self) -> None:
        """A tree of three levels; a few codes are used often, most of them seldom."""
        top = [self._code(None, n, self.chance.choice(_CODE_KINDS)) for n in range(12)]
        groups = [self._code(parent, n, parent["kind"]) for parent in top for n in range(5)]
        codes = top + groups
        while len(codes) < self.size.codes:
            parent = groups[len(codes) % len(groups)]
            codes.append(self._code(parent, len(codes), parent["kind"]))
        self.codes = codes[: self.size.codes]
        self.chance.shuffle(self.codes)
        self.code_weights = list(accumulate(1 / (place + 5) for place in range(len(self.codes))))

    def _code(self, parent: dict[str, Any] | None, ordinal: int, kind: str) -> dict[str, Any]:
        words, _count = talk.sentence(self.chance, "ru")
        number = len(self.rows.get(tables.Code, ())) + 1
        code = self.add(
            tables.Code,
            project_id=self.project_id,
            parent_id=parent["id"] if parent else None,
            name=f"{number:03} {' '.join(words.rstrip('.?!').split()[:4])}",
            kind=kind,
            ordinal=ordinal,
            colour=number % 10,
            definition=words,
            when_to_use=talk.sentence(self.chance, "ru")[0],
        )
        if kind == "barrier" and self.chance.random() < 0.3:
            self.add(
                tables.Barrier,
                code_id=code["id"],
                statement=words,
                hinders_choosing=True,
                severity=self.chance.randint(1, 5),
            )
        return code

    # -- sources -------------------------------------------------------------------------------

    def _think_of_sources(self) -> None:
        """The long document first, then sources until all words are said."""
        self._source(1, LONG, "document", talk.LANGUAGES, self.size.long_codings)
        left = self.size.sources - 1
        kinds = [_KINDS[n % len(_KINDS)] for n in range(left)]
        shares = [2.0 if kind == "interview" else 1.0 for kind in kinds]
        codings = self.size.codings - self.size.long_codings
        words = self.size.words - self.rows[tables.Source][0]["words"]
        for n, kind in enumerate(kinds):
            share = shares[n] / sum(shares[n:])
            language = "en" if n % 4 == 3 else "ru"
            mine = round(codings * share)
            row = self._source(
                n + 2, f"{kind} {n + 1:03}", kind, (language,), mine, words=round(words * share)
            )
            words -= row["words"]
            codings -= mine

    def _source(
        self,
        ordinal: int,
        title: str,
        kind: str,
        languages: tuple[str, ...],
        codings: int,
        *,
        words: int | None = None,
    ) -> dict[str, Any]:
        """Think of a source with its turns, voices and codings; without a number of words it is the long one."""
        talks = kind in {"interview", "focus_group", "document"}
        person = self._person(ordinal) if kind in {"interview", "survey"} else None
        source = self.add(
            tables.Source,
            project_id=self.project_id,
            title=title,
            kind=kind,
            state="ready",
            language=languages[0],
            ordinal=ordinal,
            collected_on=date(2025, 3, 1) + timedelta(days=ordinal),
            wave_id=self.waves[ordinal % 3]["id"],
            person_id=person,
            original_name=f"{title}.txt",
            original_hash=f"{ordinal:064x}",
        )
        voices = self._voices(source, person, 5 if kind == "focus_group" else 2) if talks else []
        timed = kind == "interview" and ordinal <= _TIMED * len(_KINDS) // 12
        place = said = size = 0
        texts, spans = [], []
        for number, turn in enumerate(talk.dialogue(self.chance, languages, len(voices) or 2)):
            if (said >= words) if words is not None else (size >= self.size.long_bytes):
                break
            span = (place, place + len(turn.text))
            self.add(
                tables.Turn,
                source_id=source["id"],
                ordinal=number,
                start=span[0],
                end=span[1],
                start_ms=turn.start_ms if talks else None,
                end_ms=turn.end_ms if talks else None,
                speaker_id=voices[turn.speaker] if talks else None,
                word_times=_word_times(self.chance, turn) if timed else [],
            )
            texts.append(turn.text)
            spans.append(span)
            place, said = span[1] + 1, said + turn.words
            size += len(turn.text.encode()) + 1
        source["text"], source["words"] = "\n".join(texts), said
        self._think_of_codings(source, spans, codings)
        return source

    def _person(self, ordinal: int) -> str:
        person = self.add(tables.Person, project_id=self.project_id, pseudonym=f"R{ordinal:03}")
        for place, (name, values) in enumerate(_ATTRIBUTES.items()):
            self.add(
                tables.PersonAttribute,
                person_id=person["id"],
                name=name,
                value=self.chance.choice(values),
                ordinal=place,
            )
        return str(person["id"])

    def _voices(self, source: dict[str, Any], person: str | None, count: int) -> list[str]:
        return [
            self.add(
                tables.Speaker,
                source_id=source["id"],
                ordinal=n,
                label="И" if n == 0 else f"Р{n}",
                role="interviewer" if n == 0 else "respondent",
                person_id=person if n == 1 else None,
            )["id"]
            for n in range(count)
        ]

    # -- codings -------------------------------------------------------------------------------

    def _think_of_codings(
        self, source: dict[str, Any], turns: list[tuple[int, int]], codings: int
    ) -> None:
        """Put codes on quotes of a few words to several sentences; one in four quotes has several."""
        words = [found.span() for found in re.finditer(r"\S+", source["text"])]
        starts = [start for start, _end in turns]
        taken: set[tuple[int, int]] = set()
        while codings > 0:
            first = self.chance.randrange(len(words))
            last = min(first + self.chance.randint(4, 55), len(words) - 1)
            start, end = words[first][0], words[last][1]
            if self.chance.random() < 0.95:  # the others reach into the next turn
                end = min(end, turns[bisect_right(starts, start) - 1][1])
            if (start, end) in taken:
                continue
            taken.add((start, end))
            many = self.chance.choices((1, 2, 3, 4), cum_weights=(75, 93, 98, 100))[0]
            self._quote(source, start, end, min(many, codings))
            codings -= min(many, codings)

    def _quote(self, source: dict[str, Any], start: int, end: int, many: int) -> None:
        self.moment += timedelta(seconds=self.chance.randint(5, 40))
        quote = self.add(
            tables.Quote,
            source_id=source["id"],
            start=start,
            end=end,
            text=source["text"][start:end],
            favourite=self.chance.random() < 0.03,
            created_at=self.moment,
        )
        if self.chance.random() < 0.02:
            self.add(
                tables.Memo,
                project_id=self.project_id,
                subject="quote",
                subject_id=quote["id"],
                text=talk.sentence(self.chance, "ru")[0],
            )
        coder = self.chance.choices((0, 1, 2), cum_weights=(60, 85, 100))[0]
        given: set[tuple[str, int]] = set()
        while len(given) < many:
            code = self.chance.choices(self.codes, cum_weights=self.code_weights)[0]
            who = coder if self.chance.random() < 0.8 else self.chance.randrange(3)
            if (code["id"], who) in given:
                continue
            coding = self.add(
                tables.Coding,
                quote_id=quote["id"],
                code_id=code["id"],
                coder_id=self.coders[who]["id"],
                stance="contradicts" if self.chance.random() < 0.08 else "supports",
                emotion=self.chance.randint(-2, 2) if self.chance.random() < 0.3 else None,
                created_at=self.moment,
            )
            made = [("coding", coding)] if given else [("quote", quote), ("coding", coding)]
            self._note(CODERS[who], f"{code['name']}: {quote['text'][:60]}", made)
            given.add((code["id"], who))

    def _note(self, actor: str, subject: str, made: Iterable[tuple[str, dict[str, Any]]]) -> None:
        """Write in the journal what a coding was: each of them was an action of its own."""
        self.add(
            tables.JournalEntry,
            project_id=self.project_id,
            number=len(self.rows.get(tables.JournalEntry, ())) + 1,
            verb="coding.apply",
            actor=actor,
            subject=subject,
            created_at=self.moment,
            changes=[
                {
                    "table": table,
                    "id": row["id"],
                    "before": None,
                    "after": row | {"created_at": row["created_at"].isoformat()},
                }
                for table, row in made
            ],
        )


def _word_times(chance: random.Random, turn: talk.Said) -> list[list[float]]:
    """Spread a turn's words over its time; one in thirty is doubtful."""
    found = [match.span() for match in re.finditer(r"\S+", turn.text)]
    step = (turn.end_ms - turn.start_ms) / max(1, len(found))
    return [
        [
            start,
            end,
            round(turn.start_ms + n * step),
            round(turn.start_ms + (n + 0.8) * step),
            0.3 if chance.random() < 0.03 else round(chance.uniform(0.6, 1), 3),
        ]
        for n, (start, end) in enumerate(found)
    ]


def _parents_first() -> list[str]:
    return [table.name for table in tables.metadata.sorted_tables]
