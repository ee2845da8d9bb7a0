"""Which speaker of a source each recognised voice is: known ones by how they sound, the interviewer first."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence

from sqlmodel import Session

from workbench.models import tables
from workbench.models.kinds import SpeakerRole
from workbench.store import speakers as stored
from workbench.text.turns import sentences
from workbench.transcription.diarization import match_voices
from workbench.transcription.turns import RecognisedTurn

_ASKS = 0.25  # share of questions among the sentences of a person who asks …
_ANSWERS = 0.1  # … and of everybody else at most
_FEW_QUESTIONS = 2


def settle_voices(
    session: Session,
    source: tables.Source,
    turns: Sequence[RecognisedTurn],
    prints: Mapping[int, str],
) -> dict[int, str]:
    """Return the speaker row of each voice number, making rows for new voices.

    A voice this source had before keeps its row. The one who asks is the voice of an interviewer the project
    knows from another recording (whose name it takes), else the only voice that asks questions, else the first
    one. The others take the speakers that were named beforehand, in the order they are heard.

    Args:
        session: of the action under way.
        source: the recording.
        turns: what was recognised.
        prints: the mean print of each voice that was measured.
    """
    rows = stored.speakers_of(session, source.id)
    heard = list(dict.fromkeys(turn.speaker for turn in turns if turn.speaker is not None))
    own = match_voices(prints, [(row.id, row.voice) for row in rows if row.voice])
    by_id = {row.id: row for row in rows}
    chosen = {number: by_id[own[number]] for number in heard if number in own}
    known = _known(session, source, {n: p for n, p in prints.items() if n in heard})
    asking = _asking(turns, heard, chosen, known)
    free = [row for row in rows if row.id not in {taken.id for taken in chosen.values()}]
    has_role = any(row.role == SpeakerRole.INTERVIEWER for row in rows)
    rest = [number for number in heard if number not in chosen]
    for number in sorted(rest, key=lambda number: number not in asking) if has_role else rest:
        row = _fitting(free, interviewer=number in asking) if has_role else next(iter(free), None)
        if row is not None:
            free.remove(row)
            chosen[number] = row
    alone = len(heard) - len(asking) == 1
    for number in heard:
        if number not in chosen:
            role = SpeakerRole.INTERVIEWER if number in asking else SpeakerRole.RESPONDENT
            row = _new(source, rows, role, known.get(number), alone=alone)
            rows.append(row)
            chosen[number] = row
        chosen[number].voice = prints.get(number, chosen[number].voice)
        session.add(chosen[number])
    session.flush()
    return {number: chosen[number].id for number in heard}


def _known(
    session: Session, source: tables.Source, prints: Mapping[int, str]
) -> dict[int, tables.Speaker]:
    """Return the voices that ask in other recordings of the project; a person's name goes before ``S1``."""
    rows = stored.known_interviewers(session, source)
    rows.sort(key=lambda row: is_unnamed(row.label))
    newest: dict[tuple[str, str | None], tables.Speaker] = {}
    for row in rows:
        newest.setdefault((row.label, row.person_id), row)
    found: dict[int, tables.Speaker] = {}
    for named in (False, True):
        some = [
            ((row.label, row.person_id), row.voice)
            for row in rows
            if is_unnamed(row.label) == named
        ]
        rest = {number: text for number, text in prints.items() if number not in found}
        found |= {number: newest[key] for number, key in match_voices(rest, some).items()}
    return found


def _asking(
    turns: Sequence[RecognisedTurn],
    heard: Sequence[int],
    chosen: Mapping[int, tables.Speaker],
    known: Collection[int],
) -> set[int]:
    """Return the voices of those who ask."""
    settled = {n for n, row in chosen.items() if row.role == SpeakerRole.INTERVIEWER}
    if settled or known:
        return settled | {number for number in known if number not in chosen}
    if len(heard) < 2:  # noqa: PLR2004 - who speaks alone is not asked by anybody
        return set()
    questions = dict.fromkeys(heard, 0)
    said = dict.fromkeys(heard, 0)
    for turn in turns:
        if turn.speaker is not None and not turn.suspected:
            spans = sentences(turn.text)
            said[turn.speaker] += len(spans)
            questions[turn.speaker] += sum(turn.text[s.start : s.end].endswith("?") for s in spans)
    shares = {number: questions[number] / max(1, said[number]) for number in heard}
    asks = [n for n in heard if shares[n] >= _ASKS and questions[n] >= _FEW_QUESTIONS]
    if len(asks) == 1 and all(shares[n] <= _ANSWERS for n in heard if n not in asks):
        return set(asks)
    return {heard[0]}


def _fitting(rows: Sequence[tables.Speaker], *, interviewer: bool) -> tables.Speaker | None:
    """Return the first row with the right role."""
    return next((r for r in rows if (r.role == SpeakerRole.INTERVIEWER) == interviewer), None)


def _new(
    source: tables.Source,
    rows: Sequence[tables.Speaker],
    role: SpeakerRole,
    known: tables.Speaker | None,
    *,
    alone: bool,
) -> tables.Speaker:
    """Make the row of a new voice; the only respondent is the source's person."""
    labels = {row.label for row in rows}
    place = max((row.ordinal for row in rows), default=-1) + 1
    number = next(n for n in itertools.count(len(rows) + 1) if f"S{n}" not in labels)
    row = tables.Speaker(source_id=source.id, ordinal=place, label=f"S{number}", role=role)
    if known is not None:
        row.person_id = known.person_id
        if known.label not in labels and not is_unnamed(known.label):
            row.label = known.label
    elif role == SpeakerRole.RESPONDENT and alone:
        row.person_id = source.person_id
    return row


def is_unnamed(label: str) -> bool:
    """Whether nobody has given a voice a name yet: it is called S and a number."""
    return label[:1] == "S" and label[1:].isdecimal()
