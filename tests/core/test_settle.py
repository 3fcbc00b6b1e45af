"""Which rows are put aside before any rule looks at them (semantics: what is stored)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rosterkey.core.matching.settle import Lines, set_aside
from rosterkey.core.model import Account, District, Role, Status
from rosterkey.core.reading.rows import Roster, Row
from rosterkey.core.rules import cells
from rosterkey.core.snapshot import Snapshot
from tests.by_key import by_key

ANA = Account("a1", "asmith", "00123", "Ana", "Smith", classes=("3A", "Band"))
BO = Account("a2", "bjones", "00124", "Bo", "Jones")
FIELDS = frozenset(
    {"student_id", "username", "first_name", "last_name", "classes", "password", "old_student_id"}
)


def _row(number: int, **values: str) -> Row:
    return Row(number, values)


def _ana(number: int = 2) -> Row:
    stored = {"student_id": "00123", "username": "asmith", "first_name": "Ana"}
    return _row(number, **stored, last_name="Smith", classes="3A; Band")


def _bo(number: int = 3) -> Row:
    return _row(number, student_id="00124", username="bjones", first_name="Bo", last_name="Jones")


def _aside(
    *rows: Row, accounts: tuple[Account, ...] = (ANA, BO), spoken_of: tuple[int, ...] = ()
) -> list[int]:
    roster = Roster(rows, FIELDS, (), (), (), "")
    lines = Lines(roster, Snapshot(District("d"), accounts))
    settled, rest = set_aside(rows, lines, spoken_of)
    numbers = [row.number for row, _ in settled]
    assert sorted([*numbers, *(row.number for row in rest)]) == sorted(r.number for r in rows)
    return numbers


def test_rows_that_are_stored_to_the_letter() -> None:
    assert _aside(_ana(), _bo()) == [2, 3]


def test_a_row_that_something_is_said_of_is_not() -> None:
    assert _aside(_ana(), _bo(), spoken_of=(3,)) == [2]
    noted = _bo()
    noted.findings.append(cells.CLEANED.finding("said", row=3))
    cleaned = replace(_bo(4), raw={"username": "bjones "})
    broken = replace(_bo(5), broken=frozenset({"grade"}))
    for row in (noted, cleaned, broken):
        assert _aside(_ana(), row) == [2]


@pytest.mark.parametrize(
    "other",
    [
        _row(9, username="ASMITH"),
        _row(9, username="new", student_id="00123"),
        _row(9, username="new", old_student_id="00123"),
        _row(9, username="new", first_name="Ana", student_id="00123"),
        Row(9, {"username": "asmit"}, raw={"username": "asmith"}),
        Row(9, {"username": "new"}, raw={"student_id": "00123"}),
    ],
    ids=lambda row: str(row.values | row.raw),
)
def test_a_row_whose_key_stands_in_another_row_is_not(other: Row) -> None:
    assert _aside(_ana(), _bo(), other) == [3]


def test_a_row_that_stands_twice_is_not() -> None:
    assert _aside(_ana(2), _bo(), _ana(4)) == [3]


@pytest.mark.parametrize(
    "account",
    [
        replace(ANA, status=Status.ARCHIVED),
        replace(ANA, role=Role.STAFF),
        replace(ANA, classes=("Band",)),
        replace(ANA, last_name="Jones"),
        replace(ANA, student_id=None),
    ],
)
def test_other_accounts_are_not_what_is_stored(account: Account) -> None:
    assert _aside(_ana(), _bo(), accounts=(account, BO)) == [3]


def test_a_student_id_of_two_accounts_is_old_damage() -> None:
    twin = replace(ANA, account_id="a3", username="asmith2", student_id="00123")
    assert _aside(_ana(), _bo(), accounts=(ANA, BO, twin)) == [3]


def test_a_password_is_more_than_what_is_stored() -> None:
    assert _aside(replace(_ana(), values=_ana().values | {"password": "maple"}), _bo()) == [3]


def test_blank_cells_are_what_is_stored_where_the_account_has_nothing() -> None:
    bare = Account("a4", "dlee")
    assert _aside(_row(2, username="dlee"), accounts=(bare,)) == [2]


def test_without_a_column_of_usernames_nothing_is_put_aside() -> None:
    rows = (_row(2, first_name="Ana", last_name="Smith"),)
    roster = Roster(rows, frozenset({"first_name", "last_name"}), (), (), (), "")
    assert set_aside(rows, Lines(roster, Snapshot(District("d"), (ANA,))), ()) == ([], [*rows])


def test_a_stored_text_that_looks_like_two_fields_is_no_line() -> None:
    odd = replace(ANA, first_name="Ana\x1fSmith", last_name="", classes=())
    row = _row(2, student_id="00123", username="asmith", first_name="Ana", last_name="Smith")
    assert _aside(row, _bo(), accounts=(odd, BO)) == [3]


def test_the_lines_of_a_district_are_read_once_for_the_same_columns() -> None:
    snapshot, source = by_key(Snapshot(District("d"), (ANA, BO)))
    fields = ("student_id", "username")
    first = snapshot.lines(fields, 2)
    source.stored = ()
    assert snapshot.lines(fields, 2) is first
    assert {stored.account_id for stored in first.values()} == {"a1", "a2"}
    assert snapshot.lines(("username",), 2) == {}
