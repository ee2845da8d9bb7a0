"""Voices of recordings: who is whom, the same interviewer again, and counting anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from recognisers import Recogniser, recogniser, write_wav
from two_voices import ANNA, BORIS, TALK, VERA, said

from workbench.errors import InputError
from workbench.models.drafts import CodeDraft, CodingDraft, PersonDraft, SourceDraft, SpeakerDraft
from workbench.services.orders import Order
from workbench.services.project import Project

__all__ = ["recogniser"]


@pytest.fixture
def transcribed(project: Project, recogniser: Recogniser, tmp_path: Path):
    """Add a recording, let it be recognised as a talk, and return its source."""

    def add(title: str, talk, *, voices: bool = True, count: int | None = None, **known):
        path = write_wav(tmp_path / f"{title}.wav", tone=len(project.sources.cards()) + 1)
        project.sources.add(path, SourceDraft(title=title, **known))
        recogniser.windows, recogniser.say = len(talk), said(talk, voices=voices)
        project.transcription.run(title, Order(speakers=count))
        return project.sources.source(title)

    return add


def lines(view) -> list[tuple[str, str, str]]:
    return [
        (turn.speaker.label, turn.speaker.role, view.text[turn.start : turn.end].split()[0])
        for turn in view.turns
    ]


def roles(view) -> dict[str, str]:
    return {voice.label: voice.role for voice in view.speakers}


def test_who_asks_is_the_interviewer(transcribed) -> None:
    view = transcribed("one", TALK)
    assert lines(view) == [
        ("S1", "interviewer", "Hello"),
        ("S2", "respondent", "I"),
        ("S1", "interviewer", "And"),
        ("S2", "respondent", "It"),
    ]


def test_who_asks_is_the_interviewer_also_when_the_other_one_speaks_first(transcribed) -> None:
    view = transcribed(
        "one", [(BORIS, "May I sit here, please, by the window where it is warm."), *TALK]
    )
    assert roles(view) == {"S1": "respondent", "S2": "interviewer"}


def test_when_nobody_asks_the_first_one_is_the_interviewer(transcribed) -> None:
    quiet = [(person, text.replace("?", ".")) for person, text in TALK]
    assert roles(transcribed("one", quiet)) == {"S1": "interviewer", "S2": "respondent"}


def test_named_speakers_keep_their_names_and_roles(transcribed) -> None:
    named = [
        SpeakerDraft(label="Client", role="respondent"),
        SpeakerDraft(label="Olga", role="interviewer"),
    ]
    view = transcribed("one", TALK, speakers=named)
    assert [label for label, _role, _word in lines(view)] == ["Olga", "Client"] * 2


def test_names_without_roles_go_by_who_speaks_first(transcribed) -> None:
    named = [SpeakerDraft(label="Client"), SpeakerDraft(label="Olga")]
    view = transcribed("one", TALK, speakers=named)
    assert [label for label, _role, _word in lines(view)] == ["Client", "Olga"] * 2


def test_the_interviewer_is_known_again_by_name_and_person(project: Project, transcribed) -> None:
    project.plan.add_person(PersonDraft(pseudonym="P1"))
    project.plan.add_person(PersonDraft(pseudonym="P2"))
    transcribed("one", TALK, person="P1")
    project.sources.name_speaker("one", "S1", SpeakerDraft(label="Anna", role="interviewer"))
    # she does not ask and does not speak first, and another person answers
    talk = [
        (VERA, "I have been a client here since the spring of last year."),
        (ANNA, TALK[0][1].replace("?", ".")),
    ]
    view = transcribed("two", [*talk, *talk], person="P2")
    assert roles(view) == {"S1": "respondent", "Anna": "interviewer"}
    people = {voice.label: voice.person for voice in view.speakers}
    assert people == {"S1": "P2", "Anna": None}


def test_an_unnamed_interviewer_is_known_again_by_role(transcribed) -> None:
    transcribed("one", TALK)
    talk = [
        (VERA, "What a day. I have been a client here since the spring of last year."),
        (ANNA, "Tell me about it in your own words, please, we have time."),
    ]
    view = transcribed("two", [*talk, *talk])
    assert lines(view)[0][1] == "respondent"
    assert roles(view) == {"S1": "respondent", "S2": "interviewer"}


def test_a_stranger_is_not_taken_for_the_interviewer(project: Project, transcribed) -> None:
    transcribed("one", TALK)
    project.sources.name_speaker("one", "S1", SpeakerDraft(label="Anna", role="interviewer"))
    view = transcribed("two", [(VERA if p == ANNA else p, text) for p, text in TALK])
    assert set(roles(view)) == {"S1", "S2"}


def test_a_second_run_gives_each_voice_its_name(project: Project, transcribed, recogniser) -> None:
    transcribed("one", TALK)
    project.sources.name_speaker("one", "S2", SpeakerDraft(label="Boris", role="respondent"))
    recogniser.say = said([*TALK[1:], TALK[0]])  # what is recognised now begins with the answer
    project.transcription.run("1", Order(model="small"))
    view = project.sources.source("1")
    assert [label for label, _role, _word in lines(view)] == ["Boris", "S1", "Boris", "S1"]


def test_voices_are_shown_with_their_share_and_first_words(project: Project, transcribed) -> None:
    transcribed("one", TALK)
    first, second = project.speakers.heard("one")
    assert (
        first.first_words == "Hello and welcome. Which shop were you in and why did you go there?"
    )
    assert (first.first_ms, second.first_ms) == (500, 10_500)
    assert first.share + second.share == pytest.approx(1)
    assert 0.3 < first.share < second.share


# -- counting anew ---------------------------------------------------------------------------


def words_of(view) -> str:
    return view.text.replace("\n", " ")


def test_three_voices_become_two_and_two_three(project: Project, transcribed) -> None:
    three = [*TALK, (VERA, "And I am her sister, I came along because of the cake they have.")]
    before = transcribed("one", three, count=2)
    assert len(before.speakers) == 2
    views = project.speakers.recount("one", 3)
    after = project.sources.source("one")
    assert [view.label for view in views] == ["S1", "S2", "S3"]
    assert [label for label, _role, _word in lines(after)] == ["S1", "S2", "S1", "S2", "S3"]
    assert words_of(after) == words_of(before)
    project.speakers.recount("one", 2)
    assert len(project.sources.source("one").speakers) == 2
    project.history.undo()
    assert project.sources.source("one") == after
    project.history.undo()
    assert project.sources.source("one") == before


def test_quotes_stay_on_their_words_when_turns_are_cut_anew(project: Project, transcribed) -> None:
    view = transcribed("one", TALK, count=1)
    assert len({turn.speaker.label for turn in view.turns}) == 1
    project.codebook.add(CodeDraft(name="A"))
    start = view.text.index("go there?")
    end = view.text.index("by the station")
    project.coding.apply(CodingDraft(source="1", start=start, end=end, code="A"))
    project.speakers.recount("one", 2)
    after = project.sources.source("one")
    (quote,) = project.coding.quotes(source="1")
    assert after.text[quote.start : quote.end] == quote.text
    assert quote.text.replace("\n", " ") == view.text[start:end].replace("\n", " ").strip()
    for turn in after.turns:
        assert after.text[turn.start : turn.end].strip() == after.text[turn.start : turn.end]
    assert "\n".join(after.text[t.start : t.end] for t in after.turns) == after.text


def test_an_edited_transcript_keeps_its_words_and_turns(project: Project, transcribed) -> None:
    before = transcribed("one", TALK, count=2)
    project.transcript.replace_all("one", "spoon", "fork")
    project.transcript.assign_speaker("one", [0, 1, 2, 3], "S1")
    edited = project.sources.source("one")
    project.speakers.recount("one", 2)
    after = project.sources.source("one")
    assert after.text == edited.text
    assert [turn.start for turn in after.turns] == [turn.start for turn in edited.turns]
    assert lines(after) == lines(before)


def test_named_voices_outlive_a_recount(project: Project, transcribed) -> None:
    transcribed("one", TALK)
    project.sources.name_speaker("one", "S2", SpeakerDraft(label="Boris", role="respondent"))
    project.speakers.recount("one", 1)
    project.speakers.recount("one", 2)
    after = project.sources.source("one")
    assert [label for label, _role, _word in lines(after)] == ["S2", "Boris"] * 2


def test_what_cannot_be_counted_is_said(project: Project, transcribed, interview) -> None:
    with pytest.raises(InputError) as caught:
        project.speakers.recount(interview, 2)
    assert caught.value.code == "not-recognised"
    assert not project.speakers.countable(interview)
    transcribed("one", TALK, voices=False)
    assert project.speakers.countable("one")
    with pytest.raises(InputError) as caught:
        project.speakers.recount("one", 2)
    assert caught.value.code == "voices-unknown"
    with pytest.raises(InputError) as caught:
        project.speakers.recount("one", 99)
    assert caught.value.code == "speakers-invalid"
    assert project.speakers.recount("one", 1)[0].label == "S1"
