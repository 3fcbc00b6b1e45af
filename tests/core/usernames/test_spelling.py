"""Names in plain letters, words that are refused, values that are not."""

from __future__ import annotations

import pytest

from rosterkey.core.usernames.refused import RefusedWords, reads_as_value
from rosterkey.core.usernames.spelling import plain_id, plain_name


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Ana", "ana"),
        ("José", "jose"),
        ("Jose\u0301", "jose"),
        ("O’Brien-Łuć", "obrienluc"),
        ("D'Angelo", "dangelo"),
        ("ʻOkusitino", "okusitino"),
        ("Mary Ann", "maryann"),
        ("de la Cruz", "delacruz"),
        ("Smith Jr.", "smith"),
        ("King III", "king"),
        ("Jr.", "jr"),
        ("Straße", "strasse"),
        ("Шевченко", "shevchenko"),
        ("Ngọc", "ngoc"),
        ("李小龙", "lixiaolong"),
        ("😀Ana", "ana"),
        ("😀", ""),
        ("", ""),
    ],
)
def test_names_become_plain(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_ids_keep_their_signs() -> None:
    assert plain_id("A-00.1_b/É") == "a-00.1_be"


WORDS = RefusedWords(["rude", "RUDER", "xy", "bad"], allowed=["Bad"])


def test_a_word_is_found_at_a_join_and_across_signs() -> None:
    assert WORDS.found_in("bruder") == "ruder"
    assert WORDS.found_in("ru.d3e") == "rude"
    assert WORDS.found_in("ana") is None
    assert WORDS.found_in("an") is None


def test_short_and_allowed_words_are_none() -> None:
    assert WORDS.found_in("xy.bad") is None


def test_a_word_inside_the_whole_name_is_the_students_own() -> None:
    assert WORDS.found_in("acruden", own=[(1, 7)]) is None
    assert WORDS.found_in("acruden", own=[(3, 7)]) == "rude"
    assert WORDS.found_in("acruden", own=[(1, 5)]) == "rude"


@pytest.mark.parametrize("name", ["31e5", "mar1", "SEP-03", "3dec", "12jan2031", "3-4", "true"])
def test_what_a_spreadsheet_changes_is_seen(name: str) -> None:
    assert reads_as_value(name)


@pytest.mark.parametrize("name", ["00123", "31asmith", "marsha1", "mara1", "e5", "s31e5"])
def test_what_a_spreadsheet_leaves_is_left(name: str) -> None:
    assert not reads_as_value(name)
