"""Which words count under Decision, however they are typed."""

from __future__ import annotations

import pytest

from rosterkey.core.checks.decision_words import ANSWERS, contradict, read_words, side_of
from rosterkey.core.model import Severity
from rosterkey.core.rules import RULES


@pytest.mark.parametrize(
    ("typed", "take", "whom"),
    [
        ("take its ID", "student_id", None),
        ("Take  The Student ID", "student_id", None),
        ("take id of JDoe3", "student_id", "jdoe3"),
        ("take its username", "username", None),
        ("take username of teacher one", "username", "teacher one"),
        ("take ID of JOSE\u0301", "student_id", "jos\u00e9"),
    ],
)
def test_ways_to_take_a_key(typed: str, take: str, whom: str | None) -> None:
    (word,) = read_words(typed)
    assert (word.typed, word.take, word.whom, word.known) == (typed, take, whom, True)


@pytest.mark.parametrize(
    "typed", ["taken", "take", "take its IDs", "take ID of", "take its id for"]
)
def test_what_only_looks_like_taking_is_unknown(typed: str) -> None:
    assert [word.known for word in read_words(typed)] == [False]


def test_several_words_are_divided() -> None:
    words = read_words("Really New; ;confirmed\nsame  person;")
    assert [word.folded for word in words] == ["really new", "confirmed", "same person"]
    assert all(word.known for word in words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("really new; confirmed", False),
        ("take its ID; take ITS id; same person", False),
        ("really new; take its ID", True),
        ("take its ID; take its username", True),
        ("take ID of a; take ID of b", True),
    ],
)
def test_contradictions(text: str, expected: bool) -> None:
    assert contradict(read_words(text)) is expected


def test_only_reasons_that_ask_for_a_confirmation_can_be_decided() -> None:
    for code in ANSWERS:
        assert (RULES[code].confirms, RULES[code].severity) == (True, Severity.WARNING)


def test_no_guard_on_the_sum_can_be_decided() -> None:
    from rosterkey.core.rules import rules_of

    assert not set(ANSWERS) & {rule.code for rule in rules_of("sums")}


@pytest.mark.parametrize(
    ("typed", "side", "field"),
    [
        ("mine", "mine", None),
        ("Keep Theirs", "theirs", None),
        ("mine: Grade", "mine", "grade"),
        ("keep theirs:  last name", "theirs", "last_name"),
        ("theirs Class", "theirs", "classes"),
        ("mine :Student_ID", "mine", "student_id"),
    ],
)
def test_whose_value_counts(typed: str, side: str, field: str | None) -> None:
    (word,) = read_words(typed)
    assert (word.side, word.field, word.known) == (side, field, True)


@pytest.mark.parametrize("typed", ["minefield", "mine: Shoe size", "keep", "their", "keep mine: 3"])
def test_what_only_looks_like_a_side_is_unknown(typed: str) -> None:
    assert [word.known for word in read_words(typed)] == [False]


def test_a_word_on_the_field_comes_before_one_on_the_row() -> None:
    words = read_words("theirs; mine: Grade; mine: School; theirs: School")
    assert side_of(words, "grade") == "mine"
    assert side_of(words, "first_name") == "theirs"
    assert side_of(words, "school") is None
    assert side_of(read_words("mine; theirs"), "grade") is None
    assert side_of(read_words("really new"), "grade") is None
