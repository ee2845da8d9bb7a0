"""In blind mode whatever is read says the same as if nobody else had coded or noted anything."""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from coded_by_two import as_coder, code, make

from workbench.errors import InputError
from workbench.models.drafts import BarrierDraft, CodeDraft
from workbench.models.filters import QuoteFilter, SourceQuery
from workbench.models.kinds import CodeKind
from workbench.services.base import VERBS, Service
from workbench.services.project import Project
from workbench.services.workspace import Workspace

Read = Callable[[Project, Any], Any]


def lines(project: Project, **wanted: Any) -> list[Any]:
    found = project.quotes.find(QuoteFilter(**wanted))
    return [found.headings, len(found), list(found), list(found.quotes()), sorted(found.ids())]


def hits(project: Project, **wanted: Any) -> list[Any]:
    return project.search.hits(SourceQuery(text="called OR clear OR annoyed", **wanted))


READ: dict[str, list[Read]] = {
    "codebook.codes": [lambda p, _on: p.codebook.codes()],
    "codebook.code": [lambda p, _on: p.codebook.code("Waiting")],
    "codebook.used_in": [lambda p, _on: [p.codebook.used_in(s) for s in ("talk", "other")]],
    "codebook.alike": [lambda p, _on: p.codebook.alike()],
    "codebook.history": [lambda p, _on: [p.codebook.history(c) for c in ("Waiting", "Queues")]],
    "coders.codes": [lambda p, _on: p.coders.codes(None), lambda p, _on: p.coders.codes("Boris")],
    "coders.coders": [lambda p, _on: p.coders.coders()],
    "coding.codings": [lambda p, _on: [p.coding.codings(s) for s in ("talk", "other")]],
    "coding.quotes": [
        lambda p, _on: p.coding.quotes(),
        lambda p, _on: p.coding.quotes(code="Waiting"),
        lambda p, _on: p.coding.quotes(coder="Boris"),
    ],
    "coding.recent_codes": [lambda p, _on: p.coding.recent_codes()],
    "coding.coder_names": [lambda p, _on: p.coding.coder_names()],
    "coding.coded_by": [lambda p, _on: p.coding.coded_by("Anna")],
    "coding.memo": [lambda p, on: p.coding.memo("quote", on.quote_id)],
    "coding.memos": [lambda p, on: p.coding.memos("quote", on.quote_id)],
    "coding.noted": [lambda p, on: p.coding.noted("quote", on.quote_id)],
    "coding.noted_by_others": [lambda p, on: p.coding.noted_by_others("quote", on.quote_id)],
    "history.entries": [lambda p, _on: p.history.entries(), lambda p, _on: p.history.entries(2)],
    "history.changed_codings": [
        lambda p, on: p.history.changed_codings(on.source_id, {"quote": [on.quote_id]})
    ],
    "insight.overview": [lambda p, _on: p.insight.overview()],
    "passages.like": [lambda p, _on: p.passages.like("Waiting")],
    "progress.sources": [
        lambda p, _on: p.progress.sources(),
        lambda p, _on: p.progress.sources(coder="Boris"),
    ],
    "progress.next_uncoded": [lambda p, _on: p.progress.next_uncoded("talk")],
    "quotes.find": [
        lambda p, _on: lines(p),
        lambda p, _on: lines(p, codes=("Waiting",)),
        lambda p, _on: lines(p, favourites=True),
        lambda p, _on: lines(p, words="called"),
    ],
    "search.find": [lambda p, _on: list(p.search.find(SourceQuery(text="called")))],
    "search.hits": [
        lambda p, _on: hits(p),
        lambda p, _on: hits(p, codes=("Waiting",)),
        lambda p, _on: hits(p, favourites=True),
    ],
    "search.words": [
        lambda p, _on: p.search.words(),
        lambda p, _on: p.search.words(QuoteFilter(codes=("Waiting", "Queues"))),
    ],
    "sources.cards": [lambda p, _on: p.sources.cards()],
    "sources.source": [lambda p, _on: [p.sources.source(s) for s in ("talk", "other")]],
}
"""Every method that reads what coders did, with the coding that both coded the words of."""

REFUSED: dict[str, Read] = {
    "agreement.table": lambda p, _on: p.agreement.table(),
    "agreement.pair": lambda p, _on: p.agreement.pair(),
    "agreement.differences": lambda p, _on: p.agreement.differences(),
    "coding.coded_by": lambda p, _on: p.coding.coded_by("Boris"),
    "coding.clear": lambda p, _on: p.coding.clear("Boris"),
    "coders.rename": lambda p, _on: p.coders.rename("Boris", "Bob"),
}
"""What is about the others only."""

TELLS_NOTHING = {
    "agreement.passage": "words of a source",
    "codebook.barrier": "what a barrier says, without counts",
    "codebook.barriers": "what barriers say, without counts",
    "codebook.is_frozen": "",
    "codebook.step": "moves a code",
    "codebook_exchange.formats": "",
    "codebook_exchange.preview": "codes",
    "codebook_exchange.preview_reuse": "codes",
    "coders.names": "what coders are called",
    "coding.apply": "codes",
    "coding.source_key": "",
    "coding.source_text": "",
    "decisions.answers": "what the team says",
    "decisions.recommendations": "",
    "merging.preview": "tested at the command line",
    "progress.session": "one's own",
    "queries.query": "",
    "queries.saved": "",
    "quotes.choices": "what there is to filter by",
    "quotes.exports_folder": "",
    "search.lines": "words of sources",
    "sources.any_transcribing": "",
    "sources.keep_text": "",
    "sources.media_path": "",
    "sources.word_times": "",
    "search.ordered": "places that were found",
    "search.coded": "part of a search",
}
"""Other public methods of services that know codings, and what they speak of."""

WITHOUT_CODINGS = {
    "exchange",
    "plan",
    "queue",
    "reports",  # a Word report tells of everybody's work
    "shopping",
    "speakers",
    "transcript",
    "transcription",
}
"""Services that speak of no coding."""


def work_of_boris(project: Project, quote_id: str) -> None:
    code(project, "I was annoyed.", "Queues", emotion=-2)
    code(project, "I was annoyed.", "Waiting", stance="contradicts")
    called = code(project, "Nobody called me back.", "Waiting")
    code(project, "They never called back.", "Queues", source="other")
    code(project, "Everything was clear.", "Clear terms")
    code(project, "We waited an hour.", "No news", source="other")
    project.coding.favourite(called.quote_id)
    project.coding.write_memo("quote", called.quote_id, "Called back late")
    project.coding.write_memo("quote", quote_id, "Boris thinks so")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Anna's project alone, and the same with Boris's work in it."""
    folder = tmp_path_factory.mktemp("blind")
    mine = make(folder)
    mine.codebook.add(CodeDraft(name="Queues", kind=CodeKind.BARRIER))
    mine.codebook.describe_barrier("Queues", BarrierDraft(statement="S", hinders_loving=True))
    mine.decisions.write_answer("unhappy", "Queues", barrier="Queues")
    shared = code(mine, "I was annoyed.", "Waiting")
    code(mine, "They answered at once.", "Clear terms")
    mine.coding.write_memo("quote", shared.quote_id, "Anna thinks so")
    mine.close()
    after = folder / "after" / "bank"
    shutil.copytree(mine.folder, after)
    with Workspace(after.parent, coder="Boris").open("bank") as theirs:
        work_of_boris(theirs, shared.quote_id)
    return mine.folder, after


@pytest.fixture(scope="module")
def pair(folders: tuple[Path, Path]) -> Iterator[tuple[Project, Project]]:
    """Both, open for Anna, who works blind."""
    opened = [
        Workspace(folder.parent, coder="Anna", blind=True).open(folder.name) for folder in folders
    ]
    yield opened[0], opened[1]
    for project in opened:
        project.close()


@pytest.mark.parametrize(
    ("name", "number"), [(name, n) for name, reads in READ.items() for n in range(len(reads))]
)
def test_what_is_read_tells_of_nobody_else(pair, name: str, number: int) -> None:
    read = READ[name][number]
    told = []
    for project in pair:
        on = project.coding.codings("talk")[0]
        told.append(repr(read(project, on)))
    assert told[1] == told[0]


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_about_the_others_is_refused(pair, name: str) -> None:
    with pytest.raises(InputError) as trouble:
        REFUSED[name](pair[1], None)
    assert trouble.value.code == "blind-mode"


def test_without_blind_mode_others_memos_bear_their_names(pair) -> None:
    project = pair[1]
    quote = project.coding.codings("talk")[0].quote_id
    assert project.coding.noted("quote", quote) == "Anna thinks so"
    project.see_only_own(only=False)
    try:
        both = "Anna thinks so\n\nBoris: Boris thinks so"
        assert project.coding.noted("quote", quote) == both
        assert next(q.memo for q in project.coding.quotes() if q.id == quote) == both
        assert {line.memo for line in project.quotes.find() if line.quote_id == quote} == {both}
        assert project.coding.memo("quote", quote) == "Anna thinks so", "one writes on one's own"
    finally:
        project.see_only_own(only=True)


def test_in_a_file_of_several_coders_every_memo_bears_a_name(pair, tmp_path) -> None:
    project = pair[1]
    written = []
    for only in (True, False):
        project.see_only_own(only=only)
        project.quotes.export(tmp_path / f"{only}.csv")
        written.append((tmp_path / f"{only}.csv").read_text(encoding="utf-8-sig"))
    project.see_only_own(only=True)
    assert "Anna thinks so" in written[0]
    assert "Anna: " not in written[0]
    assert "Boris" not in written[0]
    assert "Anna: Anna thinks so" in written[1]
    assert "Boris: Boris thinks so" in written[1]


def test_joining_two_names_joins_their_memos_and_comes_back(tmp_path: Path) -> None:
    mine = make(tmp_path)
    quote = code(mine, "I was annoyed.", "Waiting").quote_id
    mine.coding.write_memo("quote", quote, "first")
    mine = as_coder(mine, "A. K.")
    other = code(mine, "Nobody called", "No news").quote_id
    mine.coding.write_memo("quote", quote, "second")
    mine.coding.write_memo("quote", other, "third")
    mine.coders.rename("A. K.", "Anna", join=True)
    assert [(m.coder, m.text) for m in mine.coding.memos("quote", quote)] == [
        ("Anna", "first\n\nsecond")
    ]
    assert [(m.coder, m.text) for m in mine.coding.memos("quote", other)] == [("Anna", "third")]
    mine.history.undo()
    assert {m.coder for m in mine.coding.memos("quote", quote)} == {"Anna", "A. K."}
    assert mine.coding.memo("quote", quote) == "second"
    mine.close()


def test_every_method_that_reads_codings_is_looked_at(pair) -> None:
    """A new public method of a service belongs into one of the lists above, or is a verb."""
    names = [name for name, each in vars(Project).items() if isinstance(each, cached_property)]
    services = {name: getattr(pair[0], name) for name in names if name not in WITHOUT_CODINGS}
    services |= {
        name: each
        for name, each in vars(pair[0]).items()
        if isinstance(each, Service) and name not in WITHOUT_CODINGS
    }
    assert {"quotes", "codebook", "coding", "history", "insight"} <= services.keys()
    reading = set()
    for name, service in services.items():
        for attribute, each in inspect.getmembers(type(service)):
            known = f"{each.__module__}.{each.__qualname__}" if inspect.isfunction(each) else ""
            if not (attribute.startswith("_") or attribute in dir(Service)) and (
                known not in VERBS.values()
            ):
                reading.add(f"{name}.{attribute}")
    assert reading - READ.keys() - REFUSED.keys() == TELLS_NOTHING.keys()
