from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from workbench.errors import InputError
from workbench.models import tables
from workbench.models.base import now
from workbench.models.drafts import CodeDraft, CodingDraft


@pytest.fixture
def long_talk(project, tmp_path) -> str:
    """A source of 40 turns with about 12 words each."""
    lines = [
        f"{'Q' if n % 2 else 'R01'}: Реплика номер {n} о том как мы долго ждали в очереди и ушли."
        for n in range(40)
    ]
    path = tmp_path / "long.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return project.sources.add(path)[0].id


def code_turns(project, source: str, numbers, *, seconds: float = 40) -> None:
    """Put a code on turns as if somebody had needed so many seconds for each."""
    project.codebook.add(CodeDraft(name=f"Code {len(project.codebook.codes())}"))
    code = project.codebook.codes()[-1].id
    turns = project.sources.source(source).turns
    made = []
    for number in numbers:
        turn = turns[number]
        draft = CodingDraft(source=source, start=turn.start, end=turn.end, code=code)
        made.append(project.coding.apply(draft).coding.id)
    begun = now() - timedelta(hours=2)
    with project.file.transaction() as session:
        for place, coding_id in enumerate(made):
            row = session.get(tables.Coding, coding_id)
            row.created_at = begun + timedelta(seconds=place * seconds)
            session.add(row)


def one(project, source: str, **options):
    return next(s for s in project.progress.sources(**options).sources if s.source_id == source)


def test_a_source_nobody_coded_has_all_its_words_left(project, long_talk, interview) -> None:
    found = project.progress.sources()
    assert [source.source_id for source in found.sources] == [long_talk, interview]
    first = found.sources[0]
    assert (first.quotes, first.coded_share, first.next_start) == (0, 0, 0)
    assert first.words_left == first.words > 300
    assert (found.pace, first.seconds_left, found.seconds_left) == (None, None, None)


def test_the_pace_is_told_from_ones_own_codings(project, long_talk) -> None:
    code_turns(project, long_talk, range(14))
    found = project.progress.sources()
    source = found.sources[0]
    words = source.words / 40
    assert found.pace == pytest.approx(words * 60 / 40, rel=0.1)
    assert 0.3 < source.coded_share < 0.4
    assert source.words_left == pytest.approx(words * 26, rel=0.05)
    assert source.seconds_left == pytest.approx(26 * 40, rel=0.15)


def test_few_codings_tell_no_pace(project, long_talk) -> None:
    code_turns(project, long_talk, range(5))
    assert project.progress.sources().pace is None


def test_a_short_stretch_between_quotes_is_read(project, long_talk) -> None:
    code_turns(project, long_talk, range(0, 40, 4))
    source = one(project, long_talk)
    assert source.words_left == 0
    assert source.coded_share < 0.5
    assert project.progress.sources().next_source() is None


def test_another_coders_work_can_be_left_out(project, long_talk) -> None:
    code_turns(project, long_talk, range(14))
    assert one(project, long_talk, coder=project.coder).quotes == 14
    assert one(project, long_talk, coder="Somebody").quotes == 0


def test_the_next_source_comes_round_again(project, long_talk, interview) -> None:
    found = project.progress.sources()
    assert found.next_source().source_id == long_talk
    assert found.next_source(long_talk).source_id == interview
    assert found.next_source(interview).source_id == long_talk


def test_the_next_uncoded_words_begin_with_a_word(project, long_talk) -> None:
    code_turns(project, long_talk, range(3))
    place = project.progress.next_uncoded(long_talk)
    text = project.sources.source(long_talk).text
    turns = project.sources.source(long_talk).turns
    assert place == turns[3].start
    assert text[place].isalnum()
    with pytest.raises(InputError):
        project.progress.next_uncoded("nothing")


def test_everything_coded_has_no_next_words(project, interview) -> None:
    turns = project.sources.source(interview).turns
    code_turns(project, interview, range(len(turns)))
    assert project.progress.next_uncoded(interview) is None
    assert one(project, interview).words_left == 0


def test_a_session_counts_quotes_from_its_beginning(project, interview) -> None:
    code_turns(project, interview, [0])
    assert project.progress.session().quotes == 0
    project.codebook.add(CodeDraft(name="One"))
    project.codebook.add(CodeDraft(name="Two"))
    turn = project.sources.source(interview).turns[1]
    for code in ("One", "Two"):  # two codes on the same words are one quote
        project.coding.apply(
            CodingDraft(source=interview, start=turn.start, end=turn.end, code=code)
        )
    assert project.progress.session().quotes == 1
    assert 0 <= project.progress.session().seconds < 60
    with project.file.session() as session:
        assert len(session.exec(select(tables.Coding)).all()) == 3
    project.history.undo()
    project.history.undo()
    assert project.progress.session().quotes == 0
