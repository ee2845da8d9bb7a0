"""In blind mode no command tells of what others coded or noted: it says the same as if they had done nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from coded_by_two import code, make
from typer.core import TyperCommand, TyperGroup

from workbench.cli import tree
from workbench.cli.faces import CLI_VERBS
from workbench.models.drafts import BarrierDraft, CodeDraft
from workbench.models.kinds import CodeKind
from workbench.services.workspace import Workspace
from workbench.settings import Settings

READ = {
    "answer list": ["answer list"],
    "barrier list": ["barrier list"],
    "code list": [
        "code list",
        "code list --unused",
        "code list --used-in talk",
        "code list --used-in other",
        "code list --alike",
    ],
    "code history": ["code history Waiting", "code history Queues"],
    "coder list": ["coder list"],
    "history list": ["history list", "history list --limit 2"],
    "memo show": ["memo show", "memo show --source talk", "memo show --quote {quote}"],
    "progress": ["progress", "progress --mine", "progress --next"],
    "project info": ["project info"],
    "project list": ["project list"],
    "query list": ["query list"],
    "quote add-found": ["quote add-found called --dry-run"],
    "quote add-turns": ["quote add-turns talk --speaker R01 --dry-run"],
    "quote export": ["quote export -o {out}/q.csv --force", "quote export -o {out}/q.md --force"],
    "quote list": [
        "quote list",
        "quote list --codings",
        "quote list --code Waiting",
        "quote list --source other",
        "quote list --favourites",
        "quote list --sort newest",
        "quote list --limit 1",
        "quote list --saved clear",
    ],
    "recommendation list": ["recommendation list"],
    "search": [
        "search called",
        "search called --code Waiting",
        "search back --favourites",
        "search --like Waiting",
        "search --saved back",
    ],
    "source list": ["source list"],
    "source show": ["source show talk", "source show other"],
    "words": ["words", "words --code Waiting", "words --favourites", "words --kind theme"],
}
"""What reads, with what is asked."""

CHANGES = [
    "code add More --parent Waiting",
    "code edit Waiting --definition x",
    "code sort --by use",
    "code split Waiting Called --words called",
    "barrier describe Queues --severity 2",
    "source edit other --title Another",
    "source remove other",
    "source remove other --yes",
    "code remove Waiting",
    "code remove Waiting --yes",
    "code merge Waiting Queues",
    "quote add talk --text clear --code Waiting",
    "quote edit {theirs} --emotion 1",
    "quote edit {theirs} --code Queues --emotion 1",
    "quote edit {quote} --code Queues --emotion 1",
    "quote edit {quote} --emotion 1",
    "quote edit {quote} --code Nothing",
    "quote remove {theirs}",
    "quote remove {quote} --code Queues",
    "quote remove {quote}",
    "quote recode {quote} Queues",
    "quote borders {theirs} --text called",
    "quote borders {quote} --text annoyed",
    "quote split {theirs} --before called",
    "quote merge {theirs} {quote}",
    "quote favourite {theirs}",
    "quote favourite --code Waiting",
    "quote take-off --code Waiting --yes",
    "quote clear Anna --yes",
    "memo write hm --quote {theirs}",
    "memo write hm --quote {quote}",
    "project vocabulary --add North",
]
"""What changes something and shows how it is then, or why it is refused."""

TELLS_NOTHING = {
    "analyse agreement": "refused",
    "coder compare": "refused",
    "demo": "a project of its own",
    "doctor": "the machine",
    "goal list": "goals",
    "import": "other programs' files",
    "metric list": "measured values",
    "models list": "models",
    "models recommend": "models",
    "person list": "people",
    "project backups": "files",
    "queue list": "recordings",
    "report check": "templates",
    "report list": "files",
    "sample list": "samples",
    "settings set": "preferences",
    "settings show": "preferences",
    "shop checklist": "checklists",
    "shop league": "visits",
    "shop location": "locations",
    "shop visit": "visits",
    "stage list": "the journey",
    # two commands perform one verb, and the list of verbs names the one that was imported last
    "queue run": "recordings",
    "quote add": "one's own codings",
    "transcribe": "recordings",
    "transcript doubtful": "words",
    "transcript pauses": "words",
    "transcript show": "words",
    "transcript suspected": "words",
    "visit list": "visits",
    "visit show": "visits",
    "wave list": "waves",
}
"""Commands that change nothing and speak of no codings, and what they speak of."""

SECRETS = ("Boris thinks so", "Called back late", "They never called back.")


class Place:
    """A workspace with Anna's project, as it was before and after Boris worked in it."""

    def __init__(self, folder: Path, quote: str, theirs: str) -> None:
        self.folder, self.quote, self.theirs = folder, quote, theirs

    def asked(self, line: str) -> list[str]:
        """Return a command line with its places filled in."""
        out = self.folder.parent
        return [
            part.format(quote=self.quote, theirs=self.theirs, out=out) for part in line.split(" ")
        ]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, Place]:
    """The project with Anna's work only, and a copy with Boris's beside it."""
    from workbench.models.filters import QuoteFilter, SourceQuery

    folder = tmp_path_factory.mktemp("blind")
    mine = make(folder)
    mine.codebook.add(CodeDraft(name="Queues", kind=CodeKind.BARRIER))
    mine.codebook.describe_barrier("Queues", BarrierDraft(statement="S", hinders_loving=True))
    mine.decisions.write_answer("unhappy", "Queues", barrier="Queues")
    mine.queries.save("back", SourceQuery(text="back", codes=("Waiting",)))
    mine.queries.save("clear", QuoteFilter(codes=("Clear terms",)))
    shared = code(mine, "I was annoyed.", "Waiting")
    answered = code(mine, "They answered at once.", "Clear terms")
    mine.coding.write_memo("quote", answered.quote_id, "Anna thinks so")
    project_id = mine.plan.project_id
    mine.coding.write_memo("project", project_id, "For all")
    mine.close()
    copy = folder / "after" / "workspace" / mine.folder.name
    shutil.copytree(mine.folder, copy)
    with Workspace(copy.parent, coder="Boris").open(copy.name) as theirs:
        code(theirs, "I was annoyed.", "Queues", emotion=-2)
        code(theirs, "I was annoyed.", "Waiting", stance="contradicts")
        called = code(theirs, "Nobody called me back.", "Waiting")
        code(theirs, "They never called back.", "Queues", source="other")
        code(theirs, "Everything was clear.", "Clear terms")
        code(theirs, "We waited an hour.", "No news", source="other")
        theirs.coding.favourite(called.quote_id)
        theirs.coding.write_memo("quote", called.quote_id, "Called back late")
        theirs.coding.write_memo("quote", shared.quote_id, "Boris thinks so")
    return (
        Place(mine.folder.parent, shared.quote_id, called.quote_id),
        Place(copy.parent, shared.quote_id, called.quote_id),
    )


@pytest.fixture
def pair(places: tuple[Place, Place], tmp_path: Path) -> tuple[Place, Place]:
    """Copies of both for one test, in which Anna works blind."""
    Settings(coder="Anna", blind=True).save()
    return tuple(
        Place(
            Path(shutil.copytree(place.folder, tmp_path / name / "workspace")),
            place.quote,
            place.theirs,
        )
        for name, place in zip(("before", "after"), places, strict=True)
    )


@pytest.fixture
def said(cli, monkeypatch) -> Callable[[Place, str], tuple[int, str, str]]:
    """Run a command line in a workspace."""

    def run(place: Place, line: str) -> tuple[int, str, str]:
        monkeypatch.setenv("WORKBENCH_WORKSPACE", str(place.folder))
        arguments = place.asked(line)
        data = [] if "export" in arguments else ["--format", "json"]
        if line.startswith(
            (
                "source remove",
                "code remove",
                "quote remove",
                "quote clear",
                "memo w",
                "quote fav",
                "quote take",
            )
        ):
            data = []
        result = cli(*arguments, *data)
        root = str(place.folder.parent)
        return result.code, result.out.replace(root, ""), result.err.replace(root, "")

    return run


@pytest.mark.parametrize("line", [line for lines in READ.values() for line in lines])
def test_what_is_listed_is_the_same_as_if_nobody_else_had_coded(pair, said, line) -> None:
    before, after = (without_moments(said(place, line)) for place in pair)
    assert after == before
    assert before[0] == 0, before
    if "export" in line:
        texts = [
            file.read_text(encoding="utf-8-sig")
            for place in pair
            for file in sorted(place.folder.parent.glob("q.*"))
        ]
        assert len(texts) == 2
        assert texts[0] == texts[1]
        assert "annoyed" in texts[0]


def without_moments(result: tuple[int, str, str]) -> tuple[int, str, str]:
    """Leave out when the project was changed last: that somebody worked in it is no secret."""
    code_, out, err = result
    lines = [line for line in out.splitlines() if '"changed_at"' not in line]
    return code_, "\n".join(lines), err


@pytest.mark.parametrize("line", CHANGES)
def test_what_a_change_shows_or_why_it_is_refused_tells_of_nobody_else(pair, said, line) -> None:
    before, after = (said(place, line) for place in pair)
    assert fixed(after) == fixed(before)


def fixed(result: tuple[int, str, str]) -> tuple[int, list[str], str]:
    """Leave out identifiers of what was just made."""
    return result[0], [s for s in result[1].splitlines() if '"id"' not in s], result[2]


def test_with_blind_mode_off_all_of_it_is_seen(pair, said) -> None:
    Settings(coder="Anna").save()
    _before, after = pair
    for line in ("quote list", "history list --limit 9"):
        assert SECRETS[2] in said(after, line)[1]
    assert '"quotes": 2' in said(after, "code list")[1]


@pytest.mark.parametrize(
    "line",
    [
        "analyse agreement",
        "coder compare",
        "coder agree 12345678 --with Boris",
        "coder settle 12345678",
        "coder rename Boris Bob",
        "quote clear Boris --yes",
    ],
)
def test_what_is_about_the_others_is_refused(pair, cli, monkeypatch, line) -> None:
    _before, after = pair
    monkeypatch.setenv("WORKBENCH_WORKSPACE", str(after.folder))
    result = cli(*line.split(" "))
    assert (result.code, result.out) == (1, "")
    assert "Blind mode hides" in result.err


def test_an_edit_that_would_take_others_words_away_does_not_say_them(pair, said) -> None:
    _before, after = pair
    code_, _out, err = said(after, "transcript edit other 0 Hm")
    assert code_ == 1
    assert "would lose all their words" in err
    assert "never" not in err
    Settings(coder="Anna").save()
    assert SECRETS[2] in said(after, "transcript edit other 0 Hm")[2]


def test_taking_back_what_another_coded_does_not_say_it(pair, said) -> None:
    _before, after = pair
    for _step in range(9):
        result = said(after, "history undo")
        assert not [secret for secret in SECRETS if secret in result[1] + result[2]]


def test_merging_tells_nothing_of_what_is_coded_in_the_copy(pair, said, monkeypatch) -> None:
    before, after = pair
    line = f"project merge {after.folder / 'bank'}"
    code_, out, err = said(before, line)
    assert code_ == 0
    assert "hidden by blind mode" in err
    assert not [secret for secret in SECRETS if secret in out + err]
    assert '"coding"' not in out
    assert without_moments(said(before, "quote list")) == without_moments(said(after, "quote list"))


def test_every_command_that_only_reads_is_looked_at() -> None:
    """A new command belongs into one of the lists above, or changes something."""
    from workbench.cli.nouns import NOUNS

    reads = set()
    for name in NOUNS:
        loaded = tree.load(name, "en")
        commands = (
            {f"{name} {verb}": each for verb, each in loaded.commands.items()}
            if isinstance(loaded, TyperGroup)
            else {name: loaded}
        )
        reads |= {full for full, each in commands.items() if not changes(each)}
    assert reads - READ.keys() - TELLS_NOTHING.keys() == set()


def changes(command: TyperCommand) -> bool:
    """Tell whether a command performs a verb."""
    import inspect

    function = inspect.unwrap(command.callback)
    return f"{function.__module__}.{function.__qualname__}" in set(CLI_VERBS.values())
