"""Finding in a real project: places, filters, counts of words, similar passages, saved queries."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from workbench.errors import InputError
from workbench.models.drafts import CodeDraft, CodingDraft, PersonDraft, SourceDraft
from workbench.models.filters import QuoteFilter, SourceFilter, SourceQuery
from workbench.models.views import PlaceOrder
from workbench.services.project import Project
from workbench.text.query import split_words

TALKS = {
    "Первый": (
        "Интервьюер: Расскажите, как вы стояли в очереди?\n"
        "R01: Очередь была огромная, сорок минут на ногах. Кофе дали хороший.\n"
        "Интервьюер: А потом?\n"
        "R01: Потом пришла домой и забыла. Ещё раз в такую очередь я не встану."
    ),
    "Второй": (
        "Интервьюер: Что с приложением?\n"
        "R02: Приложение зависает, а в банке опять очереди. Стою и жду на ногах."
    ),
    "Third": (
        "Interviewer: How was the queue?\n"
        "R03: The queue moved slowly, and I waited for an hour. The coffee was good.\n"
        "Interviewer: And the app?\n"
        "R03: Queues are everywhere. The app works."
    ),
}


@pytest.fixture
def talks(project: Project, tmp_path: Path) -> Project:
    """Three interviews, the second and third by people of other cities."""
    for number, (title, text) in enumerate(TALKS.items(), start=1):
        path = tmp_path / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        person = f"R0{number}"
        project.plan.add_person(
            PersonDraft(pseudonym=person, attributes={"city": "Казань" if number == 2 else "Омск"})
        )
        project.sources.add(path, SourceDraft(title=title, person=person, kind="interview"))
    return project


def search(project: Project, text: str, **rest) -> list[tuple[str, str]]:
    return [(hit.source, hit.words) for hit in project.search.hits(SourceQuery(text=text, **rest))]


def code(project: Project, source: str, words: str, name: str) -> None:
    start = project.sources.source(source).text.index(words)
    project.coding.apply(CodingDraft(source=source, start=start, end=start + len(words), code=name))


def test_places_come_in_the_order_of_sources_with_the_words_around(talks):
    hits = talks.search.hits(SourceQuery(text="очередь"))
    assert [(hit.source, hit.words) for hit in hits] == [
        ("Первый", "очереди"),
        ("Первый", "Очередь"),
        ("Первый", "очередь"),
        ("Второй", "очереди"),
    ]
    text = talks.sources.source("Первый").text
    for hit in hits[:3]:
        assert text[hit.start : hit.end] == hit.words
        assert hit.before.endswith(text[max(0, hit.start - 8) : hit.start].replace("\n", " "))
        assert hit.after.startswith(text[hit.end : hit.end + 8].replace("\n", " "))
    assert hits[1].speaker == "R01"
    assert hits[3].source_id == talks.sources.cards()[1].id


def test_counts_are_grouped_by_source_and_come_one_by_one(talks):
    groups = talks.search.find(SourceQuery(text="очередь | queue"))
    first = next(groups)
    assert (first.source, len(first.spans)) == ("Первый", 3)
    assert [(group.source, len(group.spans)) for group in groups] == [("Второй", 1), ("Third", 3)]


def test_order_by_the_words_before_and_behind(talks):
    query = SourceQuery(text="очередь")
    behind = [split_words(h.after) for h in talks.search.hits(query, order=PlaceOrder.RIGHT)]
    assert len(behind) == 4
    assert behind == sorted(behind)
    before = [split_words(h.before)[::-1] for h in talks.search.hits(query, order=PlaceOrder.LEFT)]
    assert before == sorted(before)
    assert len(talks.search.hits(query, order=PlaceOrder.LEFT, limit=2)) == 2


def test_filters(talks):
    talks.codebook.add(CodeDraft(name="Очереди", kind="barrier"))
    code(talks, "Первый", "Очередь была огромная", "Очереди")
    assert search(talks, "очередь", attributes={"city": "Казань"}) == [("Второй", "очереди")]
    assert search(talks, "очередь", persons=("R01",), sources=("Второй",)) == []
    assert search(talks, "очередь", codes=("Очереди",)) == [("Первый", "Очередь")]
    assert search(talks, "минута", codes=("Очереди",)) == []
    assert search(talks, "очередь", code_kinds=("theme",)) == []
    assert search(talks, "очередь", coders=("Анна К.",)) == [("Первый", "Очередь")]
    assert search(talks, "очередь", forms=False) == [("Первый", "Очередь"), ("Первый", "очередь")]
    for wrong in ({"codes": ("Нет",)}, {"persons": ("R99",)}, {"sources": ("Нет",)}):
        with pytest.raises(InputError) as caught:
            talks.search.find(SourceQuery(text="очередь", **wrong))
        assert caught.value.code == "not-found"
    with pytest.raises(InputError) as caught:
        talks.search.find(SourceQuery(text='"очередь'))
    assert caught.value.code == "query-quote-open"


def test_an_edited_text_is_searched_as_it_is_now(talks):
    assert search(talks, "кофейник") == []
    view = talks.sources.source("Первый")
    start = view.text.index("Кофе")
    talks.transcript.replace("Первый", start, start + 4, "Кофейник")
    assert search(talks, "кофейник") == [("Первый", "Кофейник")]
    talks.history.undo()
    assert search(talks, "кофейник") == []
    talks.history.redo()
    assert search(talks, "кофейник") == [("Первый", "Кофейник")]
    talks.sources.remove("Первый")
    assert search(talks, "кофейник") == []


def test_what_another_program_writes_is_found(talks):
    assert search(talks, "зебра") == []
    name = talks.sources.cards()[1].id
    connection = sqlite3.connect(talks.folder / "project.db")
    with connection:
        connection.execute(
            "UPDATE source SET text = 'Зебра' || substr(text, 6) WHERE id = ?", [name]
        )
    connection.close()
    assert search(talks, "зебры") == [("Второй", "Зебра")]


def test_turns_hold_words_together(talks):
    assert search(talks, "очередь минута") == [("Первый", "Очередь")]
    talks.transcript.merge_turns("Первый", 1)
    assert len(search(talks, "очередь расскажите")) in {1, 2}


# -- words -----------------------------------------------------------------------------------------


def test_words_of_respondents_are_counted_by_word(talks):
    counts = {row.word: (row.count, row.sources) for row in talks.search.words()}
    assert counts["очередь"] == (3, 2)
    assert counts["queue"] == (2, 1)
    assert counts["нога"] == (2, 2)
    assert "и" not in counts
    assert "на" not in counts
    assert "the" not in counts
    assert "рассказать" not in counts, "the interviewer said that"


def test_words_by_form_of_everyone_with_small_words(talks):
    counts = {
        row.word: row.count
        for row in talks.search.words(by_form=True, everyone=True, small_words=True, limit=1000)
    }
    assert counts["очередь"] == 2
    assert counts["очереди"] == 2
    sources = {row.word: row.sources for row in talks.search.words(by_form=True, limit=1000)}
    assert sources["queue"] == 1
    assert max(sources.values()) <= len(talks.sources.cards())
    assert counts["в"] == 3
    assert counts["расскажите"] == 1
    every = [
        word
        for card in talks.sources.cards()
        for word in talks.sources.source(card.id).text.casefold().replace("ё", "е").split()
    ]
    assert sum(counts.values()) == len(every)


def test_words_of_chosen_sources_and_quotes(talks):
    third = {row.word for row in talks.search.words(SourceFilter(sources=("Third",)))}
    assert "queue" in third
    assert "очередь" not in third
    talks.codebook.add(CodeDraft(name="Очереди", kind="barrier"))
    code(talks, "Первый", "Очередь была огромная", "Очереди")
    quoted = talks.search.words(QuoteFilter(codes=("Очереди",)))
    assert {row.word for row in quoted} == {"очередь", "огромный"}


# -- similar passages ------------------------------------------------------------------------------


def test_sentences_about_queues_come_before_others_in_both_languages(talks):
    talks.codebook.add(CodeDraft(name="Очереди", kind="barrier"))
    code(talks, "Первый", "Очередь была огромная, сорок минут на ногах.", "Очереди")
    code(talks, "Third", "The queue moved slowly, and I waited for an hour.", "Очереди")
    found = talks.passages.like("Очереди")
    texts = [passage.text for passage in found]
    assert "Queues are everywhere." in texts
    assert any("в банке опять очереди" in text for text in texts)
    assert any("Ещё раз в такую очередь" in text for text in texts)
    assert not any("Приложение" in text and "очеред" not in text for text in texts)
    assert "The app works." not in texts
    assert "The coffee was good." not in texts
    assert not any("Расскажите" in text for text in texts), (
        "interviewers' questions are passed over"
    )
    assert not any("сорок минут" in text for text in texts), "that has the code"
    for passage in found:
        assert passage.words
        assert all(word in passage.text.casefold().replace("ё", "е") for word in passage.words)
        assert (
            talks.sources.source(passage.source_id).text[passage.start : passage.end]
            == passage.text
        )
        assert 0 < passage.score <= 1
    assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)
    before = talks.history.entries()
    talks.passages.like("Очереди")
    assert talks.history.entries() == before, "nothing is coded by itself"


def test_what_is_coded_is_no_longer_suggested(talks):
    talks.codebook.add(CodeDraft(name="Очереди", kind="barrier"))
    code(talks, "Third", "The queue moved slowly", "Очереди")
    assert "Queues are everywhere." in [p.text for p in talks.passages.like("Очереди")]
    code(talks, "Third", "Queues are everywhere", "Очереди")
    assert "Queues are everywhere." not in [p.text for p in talks.passages.like("Очереди")]


def test_a_code_without_quotes_has_nothing_similar(talks):
    talks.codebook.add(CodeDraft(name="Пусто", kind="theme"))
    with pytest.raises(InputError) as caught:
        talks.passages.like("Пусто")
    assert caught.value.code == "code-not-used"
    with pytest.raises(InputError) as caught:
        talks.passages.like("Нет такого")
    assert caught.value.code == "not-found"


def test_similar_passages_of_other_sources_only(talks):
    talks.codebook.add(CodeDraft(name="Очереди", kind="barrier"))
    code(talks, "Third", "The queue moved slowly", "Очереди")
    assert talks.passages.like("Очереди", SourceFilter(sources=("Второй",))) == []
    assert talks.passages.like("Очереди", SourceFilter(sources=("Third",)), limit=1)


# -- saved queries ---------------------------------------------------------------------------------


def test_queries_are_kept_replaced_and_forgotten(talks):
    query = SourceQuery(text="очередь /5 банк", persons=("R01",), forms=False)
    assert talks.queries.save("  Очереди  и банк ", query).name == "Очереди и банк"
    quotes = QuoteFilter(code_kinds=("barrier",), favourites=True)
    talks.queries.save("Барьеры", quotes)
    assert [view.name for view in talks.queries.saved()] == ["Барьеры", "Очереди и банк"]
    assert [view.query for view in talks.queries.saved("search")] == [query]
    assert talks.queries.query("очереди и БАНК").query == query
    assert talks.queries.query("Барьеры").query == quotes
    again = query.model_copy(update={"text": "банк"})
    talks.queries.save("очереди и банк", again)
    assert [view.query for view in talks.queries.saved("search")] == [again]
    talks.history.undo()
    assert talks.queries.query("Очереди и банк").query == query
    talks.queries.remove("Очереди и банк")
    assert talks.queries.saved("search") == []
    talks.history.undo()
    assert talks.queries.query("Очереди и банк").query == query


@pytest.mark.parametrize(
    ("name", "query", "code"),
    [
        ("  ", SourceQuery(text="банк"), "query-name-empty"),
        ("Барьеры", SourceQuery(text="банк"), "query-name-taken"),
        ("Новая", SourceQuery(text="-банк"), "query-only-unwanted"),
    ],
)
def test_what_cannot_be_kept_is_refused(talks, name, query, code):
    talks.queries.save("Барьеры", QuoteFilter())
    with pytest.raises(InputError) as caught:
        talks.queries.save(name, query)
    assert caught.value.code == code
    assert len(talks.queries.saved()) == 1
    with pytest.raises(InputError):
        talks.queries.remove("Нет такой")
