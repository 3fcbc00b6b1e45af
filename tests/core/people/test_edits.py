"""Small slips of the fingers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA, DamerauLevenshtein

from rosterkey.core.people.edits import Neighbours, edits_within, is_typo

words = st.text("abc", max_size=6)


@given(words, words, st.integers(0, 2))
def test_edits_agree_with_a_full_table(a: str, b: str, limit: int) -> None:
    found = edits_within(a, b, limit)
    if DamerauLevenshtein.distance(a, b) > limit:
        assert not found
    if OSA.distance(a, b) <= limit:
        assert found


@given(st.lists(words), words)
def test_neighbours_are_those_one_edit_away(vocabulary: list[str], word: str) -> None:
    near = {w for w in vocabulary if len(w) >= 4 and w != word and edits_within(word, w, 1)}
    assert Neighbours(set(vocabulary)).of(word) == (near if len(word) >= 4 else set())


@pytest.mark.parametrize(
    ("a", "b", "typo"),
    [
        ("smith", "smiht", True),
        ("smith", "smth", True),
        ("lee", "leo", False),
        ("jonathan", "johnathon", True),
        ("hollingsworth", "holingswort", True),
        ("smith", "smith", False),
        ("marcus", "markos", False),
    ],
)
def test_two_edits_need_a_long_name(a: str, b: str, typo: bool) -> None:
    assert is_typo(a, b) is typo
