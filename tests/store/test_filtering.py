"""Filters and the list of quotes against a reference that reads everything and asks nothing of the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quote_project import CITIES, WORDS, make_quotes
from sqlmodel import select

from workbench.errors import InputError
from workbench.models import tables
from workbench.models.filters import QuoteFilter, SourceFilter
from workbench.models.kinds import CodeKind, SourceKind, Stance
from workbench.models.quote_lists import CodedQuote, QuoteGroup, QuoteOrder
from workbench.services.project import Project
from workbench.store.filtering import filtered_quotes, filtered_sources
from workbench.text.fold import fold


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Iterator[Project]:
    with make_quotes(tmp_path_factory.mktemp("quotes")) as made:
        yield made


@pytest.fixture(scope="module")
def world(project) -> World:
    return World(project)


class World:
    """All rows of the project as Python has them."""

    def __init__(self, project: Project) -> None:
        with project.file.session() as session:

            def rows(table):
                return {row.id: row for row in session.exec(select(table))}

            self.sources, self.quotes = rows(tables.Source), rows(tables.Quote)
            self.codings, self.codes = rows(tables.Coding), rows(tables.Code)
            self.coders, self.people = rows(tables.Coder), rows(tables.Person)
            self.waves, self.stages = rows(tables.Wave), rows(tables.Stage)
            self.facts = [
                (row.person_id, row.name, row.value)
                for row in rows(tables.PersonAttribute).values()
            ]
        self.code_order = [code.id for code in project.codebook.codes()]
        self.paths = {code.id: code.path for code in project.codebook.codes()}

    def source_fits(self, source, wanted: SourceFilter) -> bool:
        person = self.people.get(source.person_id)
        wave, stage = self.waves.get(source.wave_id), self.stages.get(source.stage_id)
        titles = (source.title, str(source.ordinal), source.id)
        facts = {(name, value) for owner, name, value in self.facts if owner == source.person_id}
        day = source.collected_on
        return (
            (not wanted.sources or any(name in titles for name in wanted.sources))
            and (not wanted.source_kinds or source.kind in wanted.source_kinds)
            and (not wanted.persons or (person is not None and person.pseudonym in wanted.persons))
            and set(wanted.attributes.items()) <= facts
            and (not wanted.waves or (wave is not None and wave.ordinal in wanted.waves))
            and (
                not wanted.stages
                or (stage is not None and {stage.key, stage.name} & {*wanted.stages})
            )
            and (wanted.since is None or (day is not None and day >= wanted.since))
            and (wanted.until is None or (day is not None and day <= wanted.until))
        )

    def code_fits(self, code, wanted: QuoteFilter) -> bool:
        above = {code.id}
        while code.parent_id and wanted.with_children:
            code = self.codes[code.parent_id]
            above.add(code.id)
        names = {self.codes[c].name for c in above} | {self.paths[c] for c in above} | above
        return bool(names & {*wanted.codes})

    def coding_fits(self, coding, wanted: QuoteFilter) -> bool:
        code = self.codes[coding.code_id]
        return (
            (not wanted.codes or self.code_fits(code, wanted))
            and (not wanted.code_kinds or code.kind in wanted.code_kinds)
            and (not wanted.coders or self.coders[coding.coder_id].name in wanted.coders)
            and (wanted.stance is None or coding.stance == wanted.stance)
        )

    def lines(self, wanted: QuoteFilter) -> list[tuple]:
        """Quote and coding (or None) of every line that is meant."""
        asks = bool(wanted.codes or wanted.code_kinds or wanted.coders or wanted.stance)
        found = []
        for quote in self.quotes.values():
            words = fold(wanted.words).split()
            if not (
                self.source_fits(self.sources[quote.source_id], wanted)
                and (quote.favourite or not wanted.favourites)
                and all(word in fold(quote.text) for word in words)
            ):
                continue
            codings = [c for c in self.codings.values() if c.quote_id == quote.id]
            fitting = [(quote, c) for c in codings if self.coding_fits(c, wanted)]
            found += fitting or ([] if asks or codings else [(quote, None)])
        return found

    def place(self, order: str, line) -> tuple:
        """What a line is compared by."""
        quote, coding = line
        source = self.sources[quote.source_id]
        person = self.people.get(source.person_id)
        text = (source.ordinal, quote.start, -quote.end, coding.id if coding else "")
        who = (person is None, fold(person.pseudonym) if person else "")
        code = self.code_order.index(coding.code_id) if coding else len(self.code_order)
        felt = coding.emotion if coding else None
        return {
            "source": text,
            "person": (*who, *text),
            "code": (code, *text),
            "emotion": (felt is None, felt or 0, *text),
        }[order]


NAMES = [f"Code {n}" for n in range(9)]
SOURCE_PARTS = {
    "sources": st.lists(st.sampled_from(["Source 3", "1", "5", "Source 8"]), max_size=2),
    "source_kinds": st.lists(st.sampled_from(list(SourceKind)), max_size=3),
    "persons": st.lists(st.sampled_from(["R00", "R01", "R04"]), max_size=2),
    "attributes": st.dictionaries(st.just("city"), st.sampled_from(CITIES), max_size=1),
    "waves": st.lists(st.sampled_from([1, 2]), max_size=2),
    "stages": st.lists(st.sampled_from(["choice", "VISIT"]), max_size=1),
    "since": st.none() | st.integers(0, 14).map(lambda n: date(2026, 5, 1) + timedelta(days=n)),
    "until": st.none() | st.integers(0, 14).map(lambda n: date(2026, 5, 1) + timedelta(days=n)),
}
QUOTE_PARTS = SOURCE_PARTS | {
    "codes": st.lists(st.sampled_from(NAMES), max_size=2),
    "with_children": st.booleans(),
    "code_kinds": st.lists(st.sampled_from(list(CodeKind)), max_size=2),
    "coders": st.lists(st.sampled_from(["Anna", "Борис", "Vera"]), max_size=2),
    "stance": st.none() | st.sampled_from(list(Stance)),
    "favourites": st.booleans(),
    "words": st.lists(st.sampled_from([w.upper() for w in WORDS]), max_size=2).map(" ".join),
}


def some_of(parts: dict) -> st.SearchStrategy[dict]:
    """A few of the parts: with all of them at once nearly nothing would be found."""
    names = st.lists(st.sampled_from(sorted(parts)), max_size=4, unique=True)
    return names.flatmap(lambda chosen: st.fixed_dictionaries({n: parts[n] for n in chosen}))


@given(some_of(SOURCE_PARTS))
@settings(max_examples=150, deadline=None)
def test_sources_are_those_that_fit_in_their_order(project, world, parts) -> None:
    wanted = SourceFilter(**parts)
    fitting = [s for s in world.sources.values() if world.source_fits(s, wanted)]
    with project.file.session() as session:
        found = filtered_sources(session, project._context.project_id, wanted)
    assert found == [s.id for s in sorted(fitting, key=lambda s: s.ordinal)]


@given(some_of(QUOTE_PARTS))
@settings(max_examples=300, deadline=None)
def test_quotes_are_those_that_fit(project, world, parts) -> None:
    wanted = QuoteFilter(**parts)
    with project.file.session() as session:
        found = session.exec(filtered_quotes(session, project._context.project_id, wanted)).all()
    assert len(found) == len(set(found))
    expected = {quote.id for quote, _coding in world.lines(wanted)}
    assert set(found) == expected


@given(
    some_of(QUOTE_PARTS),
    st.sampled_from([order for order in QuoteOrder if order != QuoteOrder.NEWEST]),
    st.sampled_from(list(QuoteGroup)),
    st.integers(0, 80),
    st.integers(1, 40),
)
@settings(max_examples=300, deadline=None)
def test_any_page_of_the_list_is_that_part_of_the_whole(
    project, world, parts, order, group, offset, limit
) -> None:
    wanted = QuoteFilter(**parts)
    listed = project.quotes.find(wanted, order=order, group=group)
    by = order if group == QuoteGroup.NONE else group

    def place(line):
        quote, coding = line
        source = world.sources[quote.source_id]
        group_first = {
            "source": (source.ordinal,),
            "person": world.place("person", line)[:2],
            "code": world.place("code", line)[:1],
            "emotion": (*world.place("emotion", line)[:2], coding is None),
        }[by]
        return (*group_first, *world.place(order, line))

    expected = sorted(world.lines(wanted), key=place)
    keys = [(q.id, c.id if c else None) for q, c in expected]
    assert len(listed) == len(keys)
    page = listed.rows(offset, limit)
    assert [(line.quote_id, line.coding_id) for line in page] == keys[offset : offset + limit]
    assert sorted(map(str, listed.ids())) == sorted(map(str, keys))
    assert sum(heading.count for heading in listed.headings) == (
        len(keys) if group != QuoteGroup.NONE else 0
    )


def test_the_newest_come_first(project, world) -> None:
    found = [
        line.coding_id for line in project.quotes.find(order=QuoteOrder.NEWEST) if line.coding_id
    ]
    assert found == sorted(world.codings, reverse=True)


def test_a_line_says_all_that_is_known(project, world) -> None:
    for line in project.quotes.find():
        quote, source = world.quotes[line.quote_id], world.sources[line.source_id]
        assert (line.text, line.start, line.favourite) == (quote.text, quote.start, quote.favourite)
        assert (line.source, line.source_number) == (source.title, source.ordinal)
        if line.coding_id is None:
            assert (line.code, line.coder, line.stance) == ("", "", "")
        else:
            coding = world.codings[line.coding_id]
            assert line.code == world.paths[coding.code_id]
            assert line.coder == world.coders[coding.coder_id].name
            assert (line.stance, line.emotion) == (coding.stance, coding.emotion)


def test_groups_begin_where_they_say(project) -> None:
    listed = project.quotes.find(group=QuoteGroup.SOURCE)
    lines: list[CodedQuote] = list(listed)
    for heading in listed.headings:
        mine = lines[heading.first : heading.first + heading.count]
        assert len({line.source_id for line in mine}) == 1
        assert {line.source for line in mine} == {heading.label}
    assert len(listed.headings) == len({line.source_id for line in lines})


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ({"sources": ["Nothing"]}, "Nothing"),
        ({"persons": ["R99"]}, "R99"),
        ({"attributes": {"city": "Paris"}}, "city: Paris"),
        ({"waves": [7]}, "7"),
        ({"stages": ["none"]}, "none"),
        ({"codes": ["No such code"]}, "No such code"),
        ({"coders": ["Nobody"]}, "Nobody"),
    ],
)
def test_a_name_that_does_not_exist_is_said(project, part, name) -> None:
    with pytest.raises(InputError) as trouble:
        project.quotes.find(QuoteFilter(**part))
    assert trouble.value.code == "not-found"
    assert name in trouble.value.problem
    assert trouble.value.remedy


def test_case_and_yo_make_no_difference(project) -> None:
    for words in ("ЕЩЕ", "ещё", "STRASSE", "елка"):
        found = list(project.quotes.find(QuoteFilter(words=words)))
        assert found
        assert all(fold(words) in fold(line.text) for line in found)
