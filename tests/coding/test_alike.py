"""Names that are nearly the same, in both languages."""

from __future__ import annotations

import pytest

from workbench.coding.alike import Alike, bare_words, groups, near_duplicates


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Долгое ожидание", "Долгие ожидания"),
        ("Ожидание долгое", "долгое ожидание"),
        ("Очередь в отделении", "Очереди в отделениях"),
        ("Ещё звонок", "Еще звонки"),
        ("Waiting times", "waiting time"),
        ("Long queues", "Long queue"),
        ("Unclear  conditions", "Unclear condition"),
        ("Diferent answers", "Different answers"),
        ("Разные ответы", "Рзные ответы"),
        ("Queue", "queue"),
    ],
)
def test_the_same_words_in_another_form_are_alike(one, other):
    assert [(p.one, p.other) for p in near_duplicates([("a", one), ("b", other)])] == [("a", "b")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Очередь", "Ставка"),
        ("Долгое ожидание", "Долгий звонок"),
        ("Wave 1", "Wave 2"),
        ("Clear terms", "Unclear terms of the contract"),
        ("Rate", "Late"),
        ("★", "☆"),
    ],
)
def test_different_names_are_not_alike(one, other):
    assert near_duplicates([("a", one), ("b", other)]) == ()


def test_the_most_alike_come_first_and_groups_hold_what_hangs_together():
    names = [
        ("a", "Queues"),
        ("b", "Waiting times"),
        ("c", "Queue"),
        ("d", "Waiting time"),
        ("e", "queue!"),
    ]
    pairs = near_duplicates(names)
    assert pairs[0].score == 100
    assert sorted(sorted(group) for group in groups(pairs)) == [["a", "c", "e"], ["b", "d"]]
    assert groups([Alike("a", "b", 90), Alike("c", "d", 90), Alike("b", "d", 88)]) == [
        ["a", "b", "c", "d"]
    ]


def test_endings_go_and_roots_stay():
    assert bare_words("Очереди отделений") == bare_words("отделение, очередь")
    assert bare_words("чай") == "чай"
