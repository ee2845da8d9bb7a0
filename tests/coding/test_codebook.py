from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.coding.codebook import KINDS, MARKS, Codebook, Node, short_names
from workbench.errors import InputError
from workbench.models.kinds import CodeKind

NODES = [
    Node("w", None, "Ожидание", ordinal=1),
    Node("q", "w", "Очередь", "barrier", 1),
    Node("c", "w", "Перезвон", "barrier", 0),
    Node("q1", "q", "По записи"),
    Node("a", None, "Советы", ordinal=0),
    Node("a1", "a", "Очередь"),
]
BOOK = Codebook(NODES)


def test_a_code_is_called_by_its_name_unless_another_is_called_so():
    paths = [BOOK.path(node) for node in ("q", "a1", "c", "w")]
    assert short_names([*paths, paths[2]]) == {
        "Ожидание / Очередь": "Ожидание / Очередь",
        "Советы / Очередь": "Советы / Очередь",
        "Ожидание / Перезвон": "Перезвон",
        "Ожидание": "Ожидание",
    }


def test_every_kind_has_a_mark():
    assert set(KINDS) == {kind.value for kind in CodeKind}
    assert list(MARKS.values()) == ["●", "▲", "+", "◆"]


def test_order_is_depth_first_by_ordinal_and_name():
    assert [(n.id, d) for n, d in BOOK.walk()] == [
        ("a", 0),
        ("a1", 1),
        ("w", 0),
        ("c", 1),
        ("q", 1),
        ("q1", 2),
    ]
    assert BOOK.path("q1") == "Ожидание / Очередь / По записи"
    assert BOOK.subtree("w") == ("w", "c", "q", "q1")
    assert [n.id for n in BOOK.named("очередь")] == ["a1", "q"]
    assert [n.id for n in BOOK.named("ожидание / очередь")] == ["q"]
    assert [n.id for n in BOOK.named("ожидание/очередь")] == ["q"]
    slashed = Codebook([*BOOK.nodes.values(), Node("s", None, "Ожидание/Очередь")])
    assert [n.id for n in slashed.named("ожидание/очередь")] == ["s"], "as it is written first"


@pytest.mark.parametrize("parent", ["w", "q", "q1"])
def test_a_code_cannot_move_under_itself(parent):
    with pytest.raises(InputError, match="Ожидание") as trouble:
        BOOK.check_move("w", parent_id=parent)
    assert trouble.value.code == "code-cycle"


def test_names_are_unique_among_siblings_only():
    with pytest.raises(InputError) as trouble:
        BOOK.check_name("ОЧЕРЕДЬ ", parent_id="w")
    assert trouble.value.code == "code-name-taken"
    assert BOOK.check_name("  Две \n строки ", parent_id="w") == "Две строки"
    assert BOOK.check_name("Очередь", parent_id="w", node_id="q") == "Очередь"
    assert BOOK.check_name("Очередь", parent_id=None) == "Очередь"
    with pytest.raises(InputError) as trouble:
        BOOK.check_move("a1", parent_id="w")
    assert trouble.value.code == "code-name-taken"
    with pytest.raises(InputError) as trouble:
        BOOK.check_name(" \u200b\x00".replace("\u200b", ""), parent_id=None)
    assert trouble.value.code == "code-name-empty"


def test_an_unknown_code_is_named():
    with pytest.raises(InputError, match="nowhere"):
        BOOK.path("nowhere")


def test_merging_moves_children_and_merges_namesakes():
    book = Codebook([*NODES, Node("x", "a1", "по записи"), Node("y", "a1", "Шум")])
    plan = book.merge_plan("a1", into_id="q")
    assert plan.recode == {"a1": "q", "x": "q1"}
    assert plan.moves == {"y": "q"}
    with pytest.raises(InputError) as trouble:
        book.merge_plan("w", into_id="q1")
    assert trouble.value.code == "code-merge-cycle"


def test_damaged_trees_are_still_shown_whole():
    book = Codebook(
        [Node("1", "2", "A"), Node("2", "1", "B"), Node("3", "gone", "C"), Node("4", "3", "D")]
    )
    assert sorted(n.id for n, _d in book.walk()) == ["1", "2", "3", "4"]
    assert book.path("4") == "C / D"
    assert book.path("1")


names = st.sampled_from(["A", "a", "Ё", "е", "B", "C"])


def applied(book, plan):
    return Codebook(
        dataclasses.replace(
            node, parent_id=plan.moves.get(node.id, node.parent_id)
        )
        for node in book.nodes.values()
        if node.id not in plan.removed
    )  # fmt: skip


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(-1, 9), names, st.booleans()), max_size=60)
)
def test_no_sequence_of_actions_makes_a_cycle_or_twins_or_loses_a_code(actions):
    book = Codebook([])
    codings = {}
    for number, (one, other, name, merging) in enumerate(actions):
        ids = list(book.nodes)
        node = ids[one % len(ids)] if ids else None
        place = None if other < 0 or not ids else ids[other % len(ids)]
        try:
            if one % 3 == 0 or node is None:
                clean = book.check_name(name, parent_id=place)
                book = Codebook([*book.nodes.values(), Node(str(number), place, clean)])
                codings[str(number)] = str(number)
            elif merging and place:
                plan = book.merge_plan(node, into_id=place)
                book = applied(book, plan)
                codings = {k: plan.recode.get(v, v) for k, v in codings.items()}
            else:
                book.check_move(node, parent_id=place)
                moved = dataclasses.replace(book.nodes[node], parent_id=place)
                book = Codebook([moved if n.id == node else n for n in book.nodes.values()])
        except InputError:
            pass
        walked = [n for n, _depth in book.walk()]
        assert len(walked) == len(book) == len({n.id for n in walked})
        for item in walked:
            assert item.parent_id is None or item.parent_id in book.nodes
            assert item.id not in {above.id for above in book.ancestors(item.id)}
        for parent in [None, *book.nodes]:
            siblings = [n.name.casefold().replace("ё", "е") for n in book.children(parent)]
            assert len(siblings) == len(set(siblings))
        assert set(codings.values()) <= set(book.nodes)


@pytest.mark.parametrize(
    ("code", "direction", "place"),
    [
        ("q", "up", ("w", 0)),
        ("q", "down", None),
        ("c", "down", ("w", 1)),
        ("a", "up", None),
        ("q", "out", (None, 2)),
        ("q1", "out", ("w", 2)),
        ("w", "out", None),
        ("q", "under", ("c", 0)),
        ("w", "under", ("a", 1)),
        ("a", "under", None),
    ],
)
def test_a_step_says_where_a_code_comes_to_stand(code, direction, place):
    assert BOOK.step(code, direction) == place
