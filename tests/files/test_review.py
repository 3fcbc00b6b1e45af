"""The review as a workbook: text in every cell, a drop-down, and the way back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from rosterkey.core.duplicates.clusters import Pair
from rosterkey.core.duplicates.review import (
    A_STAYS,
    DECISIONS,
    HEADINGS,
    SHEET,
    read_answers,
    review_rows,
)
from rosterkey.files.read import read_sheet
from rosterkey.files.replace import UnwritableFile
from rosterkey.files.review import write_review
from tests.core.duplicates.reviews import BOB, BOB2

ODD = replace(
    BOB2, first_name="=HYPERLINK(1)", last_name="@SUM(A1)", username="-bob", grade="00003"
)


def _written(path: Path) -> list[tuple[str, ...]]:
    rows = review_rows([[Pair(BOB, ODD, 0.9, ("same school",), ())]])
    write_review(path, rows)
    return rows


def test_what_would_run_is_text_and_reads_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    rows = _written(path)
    sheet = openpyxl.load_workbook(path)[SHEET]
    cells = next(iter(sheet.iter_rows(min_row=2)))
    assert [c.value or "" for c in cells] == list(rows[0])
    assert {c.data_type for c in cells if c.value is not None} == {"s"}
    assert [c.value for c in sheet[1]] == list(HEADINGS)


def test_the_drop_down_offers_every_decision_and_takes_no_other(tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    _written(path)
    (rule,) = openpyxl.load_workbook(path)[SHEET].data_validations.dataValidation
    assert (rule.type, str(rule.sqref), rule.errorStyle) == ("list", "A2", None)
    # Commas divide the choices, so no choice may hold one.
    assert tuple(rule.formula1.strip('"').split(",")) == DECISIONS


def test_a_decision_that_was_chosen_is_read(tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    _written(path)
    book = openpyxl.load_workbook(path)
    book[SHEET]["A2"] = A_STAYS
    book.save(path)
    (answer,) = read_answers(read_sheet(path, sheet=SHEET))
    assert (answer.row, answer.a, answer.b, answer.word) == (2, "a1", "a2", A_STAYS)
    assert answer.check == review_rows([[Pair(BOB, ODD, 0.9, (), ())]])[0][-1]


def test_only_the_owner_may_open_it(tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    _written(path)
    assert path.stat().st_mode & 0o077 == 0


def test_nothing_to_review_is_a_sheet_too(tmp_path: Path) -> None:
    write_review(tmp_path / "empty.xlsx", [])
    assert read_answers(read_sheet(tmp_path / "empty.xlsx", sheet=SHEET)) == []


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFile, match=r"ends in \.xlsx"):
        write_review(tmp_path / "review.csv", [])
    assert not list(tmp_path.iterdir())
