"""Passwords that the product makes up: a young child can read them, nobody can guess them."""

from __future__ import annotations

import math
import re
from itertools import combinations

from rosterkey.core.people.edits import edits_within
from rosterkey.usecases.generate import DIGITS, generate_password, password_words

UNPLEASANT = re.compile(
    r"ass|butt|cock|coon|cum|dead|die|dumb|fat|gay|gun|hate|hell|kill|pee(?!d)|rape|sex|tit|ugly"
)
HOMOPHONES = re.compile(
    r"bare|bear|beach|beech|berry|bury|blew|blue|bold|brake|brown|buy|bye|carat|carrot|creak|creek"
    r"|deer|fir|flour|flower|fur|hair|hare|horse|knight|mail|male|night|pair|pear|plum|plumb|read"
    r"|red|root|route|sail|sale|sea|see|son|sun|tail|tale|toad|towed|wail|whale|wood|would"
)


def test_a_password_is_two_listed_words_and_three_digits() -> None:
    first, second = map(set, password_words())
    for password in (generate_password() for _ in range(200)):
        one, two, number = password.split("-")
        assert one in first
        assert two in second
        assert len(number) == 3
        assert set(number) <= set(DIGITS)


def test_there_are_more_of_them_than_of_six_random_digits() -> None:
    """NIST SP 800-63B: at least six random digits, 20 bits; the docstring says 24.4."""
    first, second = password_words()
    assert len(set(first)) == len(first)
    assert len(set(second)) == len(second)
    assert round(math.log2(len(first) * len(second) * len(DIGITS) ** 3), 1) == 24.4


def test_no_character_is_read_as_another() -> None:
    assert set(DIGITS).isdisjoint("01")
    for word in (*password_words()[0], *password_words()[1]):
        assert re.fullmatch("[a-z]{3,8}", word), word


def test_no_word_is_one_slip_away_from_another() -> None:
    """A child who misreads one letter never lands on a word that looks right."""
    words = sorted({*password_words()[0], *password_words()[1]})
    assert [pair for pair in combinations(words, 2) if edits_within(*pair, 1)] == []


def test_no_word_is_unpleasant_or_sounds_like_another() -> None:
    words = {*password_words()[0], *password_words()[1]}
    assert [word for word in words if UNPLEASANT.search(word)] == []
    assert [word for word in words if HOMOPHONES.fullmatch(word)] == []


def test_passwords_differ() -> None:
    made = [generate_password() for _ in range(500)]
    assert len(set(made)) >= 499
