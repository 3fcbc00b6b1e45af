"""The cells of a review, and the way back from them."""

from __future__ import annotations

import pytest

from rosterkey.core.duplicates.clusters import Pair
from rosterkey.core.duplicates.review import (
    DECISIONS,
    HEADINGS,
    Answer,
    ReviewError,
    check_of,
    read_answers,
    review_rows,
)
from rosterkey.core.sheet import Cell, Sheet
from tests.core.duplicates.reviews import BOB, BOB2, BOB3

PAIR = Pair(BOB, BOB2, 0.954, ("same last name", "same school"), ("other grade",))


def _sheet(*rows: tuple[Cell, ...]) -> Sheet:
    return Sheet("Duplicates", tuple(enumerate(rows, start=1)))


def test_every_row_shows_both_accounts_and_the_evidence() -> None:
    rows = review_rows([[PAIR, Pair(BOB, BOB3, 0.6, (), ())], [PAIR]])
    assert [row[1] for row in rows] == ["1", "1", "2"]
    shown = dict(zip(HEADINGS, rows[0], strict=True))
    assert (shown["Decision"], shown["Score"]) == ("", "0.95")
    assert (shown["Speaks for"], shown["Speaks against"]) == (
        "same last name; same school",
        "other grade",
    )
    assert (shown["A Name"], shown["B Class"]) == ("Robert Jones", "4A; 3A")
    assert (shown["A account id"], shown["B account id"]) == ("a1", "a2")


@pytest.mark.parametrize("word", DECISIONS)
def test_a_decision_is_read_in_any_case_and_below_a_title(word: str) -> None:
    row = list(review_rows([[PAIR]])[0])
    row[0] = f" {word.upper()} "
    sheet = _sheet(("A title",), HEADINGS, tuple(row), (None,))
    assert read_answers(sheet) == [Answer(3, "a1", "a2", check_of(BOB, BOB2), word)]


def test_columns_may_move_and_rows_may_be_short() -> None:
    turned = tuple(reversed(HEADINGS))
    row = tuple(reversed(review_rows([[PAIR]])[0]))
    (found,) = read_answers(_sheet(turned, row[:5]))
    assert (found.a, found.b, found.word) == ("a1", "a2", "")


def test_another_sheet_is_refused_with_a_sentence() -> None:
    with pytest.raises(ReviewError, match="no review of duplicates"):
        read_answers(_sheet(("Student ID", "Username", "Decision")))


def test_the_check_tells_of_every_shown_value_and_of_no_other() -> None:
    from dataclasses import replace

    for change in ({"grade": "9"}, {"classes": ()}, {"student_id": "7"}, {"username": "x"}):
        assert check_of(BOB, replace(BOB2, **change)) != check_of(BOB, BOB2)  # type: ignore[arg-type]
    assert check_of(BOB2, BOB) != check_of(BOB, BOB2)
    assert check_of(BOB, replace(BOB2, version=7)) == check_of(BOB, BOB2)
