"""A slipped column is asked about once, and each of its cells says what belongs there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rosterkey.core.model import Account, Finding, Gate, Plan, Severity
from rosterkey.core.plan import make_plan
from rosterkey.core.rules.example import EXAMPLE_DISTRICT, FIRST_NAMES, LAST_NAMES
from rosterkey.core.sheet import Cell, Sheet
from rosterkey.core.snapshot import Snapshot

HEADINGS = ("Student ID", "Username", "First Name", "Last Name")
STUDENTS = [
    Account(f"a{i}", f"s{i:03}", f"{i:05}", FIRST_NAMES[i % 8], LAST_NAMES[i % 11], "Lincoln", "3")
    for i in range(1, 31)
]
Table = list[list[Cell]]


def table() -> Table:
    return [[a.student_id, a.username, a.first_name, a.last_name] for a in STUDENTS]


def planned(rows: Table) -> Plan:
    numbered = [(i, tuple(row)) for i, row in enumerate([list[Cell](HEADINGS), *rows], start=1)]
    return make_plan(Sheet("Import", tuple(numbered)), Snapshot(EXAMPLE_DISTRICT, STUDENTS))


def slips(plan: Plan) -> list[Finding]:
    return [f for row in plan.rows for f in row.findings if f.code == "shifted-column"]


def down(rows: Table, *columns: int) -> Table:
    slipped = [list(row) for row in rows]
    for column in columns:
        values = [row[column] for row in rows]
        for row, value in zip(slipped, values[-1:] + values[:-1], strict=True):
            row[column] = value
    return slipped


@pytest.mark.parametrize("columns", [(0,), (1,), (2,), (3,), (2, 3)])
def test_the_suggested_values_put_the_column_right(columns: tuple[int, ...]) -> None:
    rows = down(table(), *columns)
    plan = planned(rows)
    for finding in slips(plan):
        assert finding.fix is not None
        assert finding.column == finding.fix.column
        rows[(finding.row or 0) - 2][HEADINGS.index(finding.fix.column)] = finding.fix.value
    assert rows == table()
    assert planned(rows).gate is Gate.GO


def test_the_sheet_asks_and_the_cells_do_not() -> None:
    plan = planned(down(table(), 1))
    (asking,) = [f for f in plan.findings if f.code == "shifted-column"]
    assert asking.severity is Severity.WARNING
    assert {f.severity for f in slips(plan)} == {Severity.NOTICE}
    assert [c.reason for c in plan.confirm].count("shifted-column") == 1


def test_a_cell_names_its_value_the_other_and_the_student() -> None:
    first = slips(planned(down(table(), 1)))[0]
    account = STUDENTS[0]
    for word in ("Row 2", account.username, "s030", account.name, account.student_id or ""):
        assert word in first.message
    assert first.accounts == (account.account_id,)


def test_both_name_columns_are_spoken_of_as_two() -> None:
    plan = planned(down(table(), 2, 3))
    (asking,) = [f for f in plan.findings if f.code == "shifted-column"]
    assert "The columns First Name and Last Name seem to have slipped down by 1 row" in (
        asking.message
    )


def test_new_usernames_beside_new_students_name_no_account() -> None:
    rows: Table = [
        [f"9{i:04}", f"{FIRST_NAMES[i % 8]}.{LAST_NAMES[i % 11]}".replace("'", "").lower(),
         FIRST_NAMES[i % 8], LAST_NAMES[i % 11]]
        for i in range(30)
    ]  # fmt: skip
    found = slips(planned(down(rows, 1)))
    assert len(found) == 30
    assert all("the rest of the row" not in finding.message for finding in found)


IMPOSSIBLE: dict[str, tuple[Callable[[], str], bool]] = {
    "the same grade": (lambda: "3", False),
    "the next grade": (lambda: "4", False),
    "years later": (lambda: "9", True),
    "years before": (lambda: "K", True),
}


@pytest.mark.parametrize(("grade", "alarm"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_a_nickname_in_an_impossible_grade_is_another_child(
    grade: Callable[[], str], alarm: bool
) -> None:
    joe = Account("a1", "jhaney", "00001", "Joe", "Haney", "Lincoln Elementary", "3")
    cells: tuple[Cell, ...] = ("00001", "jarcher", "Jose", "Archer", grade())
    sheet = Sheet("Import", ((1, (*HEADINGS, "Grade")), (2, cells)))
    plan = make_plan(sheet, Snapshot(EXAMPLE_DISTRICT, [joe]))
    assert ("different-person" in {f.code for f in plan.rows[0].findings}) is alarm
