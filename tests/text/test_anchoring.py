"""Quotes and word times stay on their words, whatever is done to a text."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.text.anchored_times import anchored_rows
from workbench.text.anchoring import Anchors, word_splices
from workbench.text.editing import cut, finely, joint, occurrences, replacement, tidied
from workbench.text.spans import Span
from workbench.text.splices import Splice, line_splices, spliced

EXAMPLES = 50
EDITS = 210  # of each kind in each example: more than 10,000 in all
SIGNS = [" ", " ", " ", ", ", ". ", " — ", "! 😀 ", "… ", " «", "» ", "\n", " […] "]
STEMS = [
    "дом",
    "ёж",
    "банк",
    "mortgage",
    "ста\u0301вка",
    "й",
    "3,5",
    "о\u0301н",
    "queue",
    "e\u0323x",
]
NATURAL = ["да", "нет", "да", "я", "и", "банк", "Банк", "ещё", "еще", "bank", "да-да", "о\u0301н"]


def joined(names: list[str], rng: random.Random) -> str:
    return "".join(name + rng.choice(SIGNS) for name in names).strip(" «\n")


class Unique:
    """A text in which every word is known by its number, so that nobody can mistake one for another."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.made = 0
        self.names = self.fresh(rng.randint(1, 60))

    def fresh(self, count: int) -> list[str]:
        found = []
        for _word in range(count):
            self.made += 1
            found.append(f"{self.rng.choice(STEMS)}{self.made}")
        return found

    def edited(self) -> list[str]:
        """Change one to three places: put in, take out, replace."""
        names = list(self.names)
        for _place in range(self.rng.choice([1, 1, 1, 2, 3])):
            start = self.rng.randint(0, len(names))
            end = min(len(names), start + self.rng.choice([0, 0, 1, 1, 2, 5]))
            names[start:end] = self.fresh(self.rng.choice([0, 1, 1, 2, 4]))
        return names or self.fresh(1)


def places(text: str, names: list[str]) -> dict[str, Span]:
    found, place = {}, 0
    for name in names:
        place = text.index(name, place)
        found[name] = Span(place, place + len(name))
        place += len(name)
    return found


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, 2**32))
def test_quotes_keep_exactly_their_words_when_turns_are_typed_anew(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    text = Unique(rng)
    old = joined(text.names, rng)
    for _edit in range(EDITS):
        where = places(old, text.names)
        quotes = []
        for _quote in range(rng.randint(1, 6)):
            first = rng.randrange(len(text.names))
            last = min(len(text.names) - 1, first + rng.choice([0, 0, 1, 3, 10]))
            quotes.append((first, last))
        names = text.edited()
        new = joined(names, rng)
        spans = [Span(where[text.names[f]].start, where[text.names[e]].end) for f, e in quotes]
        splices = word_splices(old, new, keep=spans)
        assert spliced(old, splices) == new
        there = places(new, names)
        anchors = Anchors(splices)
        for (first, last), span in zip(quotes, spans, strict=True):
            own = set(text.names[first : last + 1])
            left = [name for name in names if name in own]
            moved = anchors.anchor(span, old, new)
            if not left:
                continue  # a quote without its words is gone, or stands on what replaced them
            assert moved is not None
            inside = [
                n for n in names if moved.start <= there[n].start and there[n].end <= moved.end
            ]
            assert set(left) <= set(inside), "a word was lost"
            assert not (set(inside) - own) & set(text.names), "a word of another came in"
            if not anchors.touches(span):
                assert moved.of(new) == span.of(old)
        text.names, old = names, new
        if len(names) > 90:
            text.names = names[:40]
            old = joined(text.names, rng)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, 2**32))
def test_untouched_quotes_never_change_though_words_repeat(seed: int) -> None:
    """One place is changed; where the same words stand side by side, nobody can see which were meant."""
    rng = random.Random(seed)  # noqa: S311
    for _edit in range(EDITS):
        tokens = [
            rng.choice(NATURAL) + rng.choice([" ", " ", ", ", " 😀 ", "\n"]) for _ in range(12)
        ]
        a = rng.randint(0, 12)
        b = min(12, a + rng.choice([0, 1, 2, 4]))
        put = [rng.choice(NATURAL) + rng.choice([" ", ", "]) for _ in range(rng.choice([0, 1, 2]))]
        old, new = "".join(tokens), "".join([*tokens[:a], *put, *tokens[b:]])
        start, end = len("".join(tokens[:a])), len("".join(tokens[:b]))
        words = [Span(*m.span()) for m in re.finditer(r"[^\s,😀]+", old)]
        quotes = []
        for _quote in range(3):
            first = rng.randrange(len(words))
            last = min(len(words) - 1, first + rng.choice([0, 1, 3]))
            quotes.append(Span(words[first].start, words[last].end))
        untouched = [q for q in quotes if q.end <= start or q.start >= end]
        anchors = Anchors(word_splices(old, new, keep=untouched))
        for quote in untouched:
            moved = anchors.anchor(quote, old, new)
            assert moved is not None
            assert moved.of(new) == quote.of(old)
        # told where the change is, there is no doubt at all
        exact = Anchors(finely(old, [Splice(start, end, "".join(put))], quotes))
        for quote in untouched:
            by = len(new) - len(old) if quote.start >= end else 0
            assert exact.anchor(quote, old, new) == quote.shifted(by)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, 2**32))
def test_word_times_stay_on_their_words(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    text = Unique(rng)
    old = joined(text.names, rng)
    for _edit in range(EDITS // 5):
        rows = []
        for number, chunk in enumerate(re.finditer(r"\S*\w\S*", old)):
            rows.append([*chunk.span(), number * 500, number * 500 + 400, 0.3])
        known = {old[int(r[0]) : int(r[1])]: r[2:] for r in rows}
        names = text.edited()
        new = joined(names, rng)
        splices = word_splices(old, new)
        after = anchored_rows(rows, splices, old=old, new=new, start_ms=0, end_ms=100_000)
        place = clock = 0
        for start, end, start_ms, end_ms, sure in after:
            assert place <= start < end <= len(new)
            assert clock <= start_ms <= end_ms
            place, clock = end, start_ms
            if new[int(start) : int(end)] in known:
                assert [start_ms, end_ms, sure] == known[new[int(start) : int(end)]]
        covered = {new[int(r[0]) : int(r[1])] for r in after}
        assert all(any(name in said for said in covered) for name in names)
        text.names, old = names[:60], new if len(names) <= 60 else joined(names[:60], rng)


@pytest.mark.parametrize(
    ("old", "new", "quote", "kept"),
    [
        ("в банке меня обманули там", "в банке меня обманывали там", "обманули", "обманывали"),
        ("один два три", "ноль один два три", "один два", "один два"),
        ("один два три", "один два и три", "один два", "один два"),
        ("один два три", "один и два три", "один два", "один и два"),
        ("один два три четыре", "один три четыре", "два три", "три"),
        ("Злость. Потом ушли", "Злость! Потом ушли", "Злость.", "Злость!"),
        ("рога и капыта тут", "Рога и Копыта тут", "капыта", "Копыта"),
        ("да, нет, может быть", "нет, может быть", "да, нет", "нет"),
        ("да да конец", "да конец", "да конец", "да конец"),
        ("один два три", "один три", "два", None),
        ("один, два", "один,", "два", None),
    ],
)
def test_what_becomes_of_a_quote(old: str, new: str, quote: str, kept: str | None) -> None:
    start = old.rindex(quote)
    span = Span(start, start + len(quote))
    moved = Anchors(word_splices(old, new, keep=[span])).anchor(span, old, new)
    assert (moved.of(new) if moved else None) == kept


@pytest.mark.parametrize(
    ("quote", "cut", "kept"),
    [
        ((0, 5), (4, 8), "abcd"),  # a quarter of the stretch lay inside
        ((0, 7), (4, 8), "abcdXY"),  # most of it
        ((7, 10), (4, 8), "ij"),
        ((5, 10), (4, 8), "XYij"),
        ((4, 8), (4, 8), "XY"),
        ((4, 8), (3, 9), "XY"),  # all of the quote, and little else
        ((5, 6), (2, 9), None),  # all of it, and much else
        ((0, 4), (4, 8), "abcd"),
        ((8, 10), (4, 8), "ij"),
    ],
)
def test_a_change_across_a_border_goes_where_most_of_it_lay(quote, cut, kept) -> None:
    old = "abcdefghij"
    splices = [Splice(*cut, "XY")]
    new = spliced(old, splices)
    moved = Anchors(splices).anchor(Span(*quote), old, new)
    assert (moved.of(new) if moved else None) == kept


def test_words_that_replace_others_share_their_time() -> None:
    old, new = "раз двадва три", "раз два два три четыре"
    rows = [[0, 3, 0, 300, 0.9], [4, 10, 300, 900, 0.2], [11, 14, 900, 1200, 0.3]]
    after = anchored_rows(rows, word_splices(old, new), old=old, new=new, start_ms=0, end_ms=2_000)
    assert [(new[int(r[0]) : int(r[1])], *r[2:]) for r in after] == [
        ("раз", 0, 300, 0.9),
        ("два", 300, 600, 1.0),
        ("два", 600, 900, 1.0),
        ("три", 900, 1200, 0.3),
        ("четыре", 1200, 2000, 1.0),
    ]


def test_another_sign_or_capital_does_not_settle_a_doubt() -> None:
    rows = [[0, 5, 0, 300, 0.2], [6, 9, 300, 900, 0.2]]
    old, new = "капли дом", "Капли, том"
    after = anchored_rows(rows, word_splices(old, new), old=old, new=new)
    assert [row[4] for row in after] == [0.2, 1.0]


@given(st.text(alphabet="ab\n ", max_size=60), st.text(alphabet="ab\n ", max_size=60))
def test_word_splices_lead_from_one_text_to_the_other(old: str, new: str) -> None:
    keep = [Span(0, len(old) // 2), Span(len(old) // 2, len(old))]
    assert spliced(old, word_splices(old, new)) == new
    assert spliced(old, word_splices(old, new, keep=keep)) == new


@given(st.text(), st.text())
def test_any_texts(old: str, new: str) -> None:
    assert spliced(old, word_splices(old, new, keep=[Span(0, len(old))])) == new


@given(st.lists(st.sampled_from(["a" * 200, "b" * 150, "c" * 90, "d"]), max_size=14), st.randoms())
def test_line_splices_lead_from_one_text_to_the_other(lines: list[str], rng) -> None:
    others = [line for line in lines if rng.random() < 0.7]
    rng.shuffle(others) if rng.random() < 0.3 else None
    old, new = "\n".join(lines), "\n".join(others)
    assert spliced(old, line_splices(old, new)) == new


def test_a_few_changes_of_a_long_text_are_kept_short() -> None:
    lines = [f"{n}: сказано много разных слов подряд" for n in range(2_000)]
    old = "\n".join(lines)
    lines[3], lines[1_500] = "3: другое", "1500: и это другое"
    splices = line_splices(old, "\n".join(lines))
    assert len(splices) == 2
    assert sum(len(splice.text) for splice in splices) < 100


def test_tidying() -> None:
    assert tidied("  да \u202e нет\t") == ("да  нет", word_splices("  да \u202e нет\t", "да  нет"))
    long = "слово " * 400
    text, splices = tidied(long)
    assert max(map(len, text.split("\n"))) <= 2_000
    assert spliced(long, splices) == text


@pytest.mark.parametrize(
    ("text", "span", "words", "result"),
    [
        ("рога и капыта", (8, 9), "о", "рога и копыта"),
        ("один два три", (5, 8), "", "один три"),
        ("один два три", (9, 12), "", "один два"),
        ("один два три", (0, 4), "", "два три"),
        ("банк", (4, 4), "а", "банка"),
        ("один три", (5, 5), "два ", "один два три"),
        ("(да)", (1, 3), "", "()"),
    ],
)
def test_replacing_at_one_place(text: str, span, words: str, result: str) -> None:
    assert spliced(text, [replacement(text, Span(*span), words)]) == result


def test_a_word_that_is_changed_in_its_middle_counts_as_a_whole() -> None:
    assert replacement("рога и капыта", Span(8, 9), "о") == Splice(7, 13, "копыта")


def test_finding_words() -> None:
    text = "Ёжик, еж и ЁЖ. Straße, STRASSE"
    assert [span.of(text) for span in occurrences(text, "ёж")] == ["еж", "ЁЖ"]
    assert [span.of(text) for span in occurrences(text, "ёж", whole_words=False)] == [
        "Ёж",
        "еж",
        "ЁЖ",
    ]
    assert [span.of(text) for span in occurrences(text, "ЁЖ", match_case=True)] == ["ЁЖ"]
    assert [span.of(text) for span in occurrences(text, "strasse")] == ["Straße", "STRASSE"]
    assert list(occurrences(text, "s", whole_words=False, match_case=True)) == []
    assert list(occurrences("ааа", "аа", whole_words=False)) == [Span(0, 2)]


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("один два", 5, (4, 5)),
        ("один два", 6, (4, 5)),
        ("один два", 4, (4, 5)),
        ("один", 2, None),
        ("один два", 0, None),
        ("один два", 8, None),
        ("да—нет", 3, (3, 3)),
        ("один  \n два", 6, (4, 8)),
    ],
)
def test_where_a_turn_is_cut(text: str, offset: int, place) -> None:
    found = cut(text, offset)
    assert (found and (found.start, found.end)) == place


def test_a_joint_breaks_long_lines() -> None:
    assert joint("a", "b") == " "
    assert joint("a" * 1_500, "b" * 1_500) == "\n"
    assert joint("a" * 1_500 + "\nshort", "b" * 1_500) == " "
