"""Columns that slipped against the others, and sheets that only look like it."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from rosterkey.core.model import Account, District
from rosterkey.core.people.slip_shapes import in_order
from rosterkey.core.people.slips import RosterLine, Slip, SlipKind, slipped_columns
from rosterkey.core.snapshot import Snapshot
from tests.core.people.rosters import Maker

Column = list[str]
STUDENTS = Maker(11).district(60, ids=True).students
SNAPSHOT = Snapshot(District("d"), STUDENTS)


def sheet(students: list[Account] = STUDENTS, **columns: list[str] | None) -> list[RosterLine]:
    """The export of the students with some columns replaced (None: not on the sheet)."""
    lines = [
        RosterLine(i + 2, a.student_id, a.username, a.first_name, a.last_name)
        for i, a in enumerate(students)
    ]
    for name, values in columns.items():
        cells = values or [None] * len(lines)
        lines = [
            replace(line, **{name: cell})  # type: ignore[arg-type]
            for line, cell in zip(lines, cells, strict=True)
        ]
    return lines


def column(name: str, students: list[Account] = STUDENTS) -> Column:
    return [getattr(a, name) for a in students]


def down(values: Column, rows: int = 1) -> Column:
    return values[-rows:] + values[:-rows]


def half_down(values: Column) -> Column:
    middle = len(values) // 2
    return values[:middle] + down(values[middle:])


def halves(values: Column) -> Column:
    middle = len(values) // 2
    return values[middle:] + values[:middle]


def shuffled(values: Column) -> Column:
    return random.Random(5).sample(values, len(values))  # noqa: S311


def new_usernames() -> Column:
    return [f"new{i:03}.{a.username}" for i, a in enumerate(STUDENTS)]


def by_letters(values: Column) -> Column:
    return sorted(values, key=str.casefold)


@pytest.mark.parametrize(
    ("slip", "kind", "offset"),
    [
        (down, SlipKind.SHIFTED, 1),
        (lambda c: down(c, 3), SlipKind.SHIFTED, 3),
        (lambda c: down(c, -2), SlipKind.SHIFTED, -2),
        (half_down, SlipKind.SHIFTED, 1),
        (halves, SlipKind.SWAPPED, None),
        (shuffled, SlipKind.PERMUTED, None),
    ],
    ids=["down", "down by three", "up by two", "half of it down", "halves", "shuffled"],
)
@pytest.mark.parametrize("name", ["student_id", "username"])
def test_a_key_slipped(
    name: str, slip: Callable[[Column], Column], kind: SlipKind, offset: int | None
) -> None:
    (found,) = slipped_columns(sheet(**{name: slip(column(name))}), SNAPSHOT)
    heading = {"student_id": "Student ID", "username": "Username"}[name]
    assert (found.column, found.kind, found.offset) == (heading, kind, offset)
    assert_truth(found, name)


def assert_truth(found: Slip, name: str) -> None:
    for row, value in found.proposal.items():
        assert value == getattr(STUDENTS[row - 2], name)
    for row, account_id in found.whose.items():
        assert account_id == STUDENTS[row - 2].account_id
    assert (found.first_row, found.last_row) == (found.rows[0], found.rows[-1])


def test_one_column_sorted_alone() -> None:
    for name, heading in (("username", "Username"), ("first_name", "First Name")):
        values = by_letters(column(name))
        (found,) = slipped_columns(sheet(**{name: values}), SNAPSHOT)
        assert (found.column, found.kind) == (heading, SlipKind.SORTED)
        assert_truth(found, name)


def test_student_ids_sorted_alone_in_a_sheet_ordered_by_name() -> None:
    students = sorted(STUDENTS, key=lambda a: (a.last_name, a.first_name))
    lines = sheet(students, student_id=sorted(column("student_id")))
    (found,) = slipped_columns(lines, SNAPSHOT)
    assert (found.column, found.kind) == ("Student ID", SlipKind.SORTED)
    assert found.proposal[found.first_row] == students[found.first_row - 2].student_id


def test_both_names_slipped_together_are_one_slip() -> None:
    firsts, lasts = down(column("first_name")), down(column("last_name"))
    (found,) = slipped_columns(sheet(first_name=firsts, last_name=lasts), SNAPSHOT)
    assert (found.column, found.kind) == ("First Name and Last Name", SlipKind.SHIFTED)
    assert found.proposal[5] == STUDENTS[3].name


def test_both_names_sorted_each_alone_are_two_slips() -> None:
    firsts, lasts = by_letters(column("first_name")), shuffled(column("last_name"))
    found = slipped_columns(sheet(first_name=firsts, last_name=lasts), SNAPSHOT)
    assert [s.column for s in found] == ["First Name", "Last Name"]


def test_a_name_column_sorted_while_all_usernames_are_new() -> None:
    for name, heading in (("first_name", "First Name"), ("last_name", "Last Name")):
        values = shuffled(column(name))
        lines = sheet(username=new_usernames(), **{name: values})
        assert [s.column for s in slipped_columns(lines, SNAPSHOT)] == [heading]


def test_ids_slipped_while_all_usernames_are_new() -> None:
    lines = sheet(student_id=down(column("student_id")), username=new_usernames())
    (found,) = slipped_columns(lines, SNAPSHOT)
    assert (found.column, found.kind, found.offset) == ("Student ID", SlipKind.SHIFTED, 1)


def test_ids_slipped_on_a_sheet_without_names() -> None:
    lines = sheet(student_id=down(column("student_id")), first_name=None, last_name=None)
    (found,) = slipped_columns(lines, SNAPSHOT)
    assert (found.column, found.kind) == ("Student ID", SlipKind.SHIFTED)


def test_usernames_slipped_on_a_sheet_without_ids() -> None:
    lines = sheet(username=down(column("username")), student_id=None)
    (found,) = slipped_columns(lines, SNAPSHOT)
    assert (found.column, found.kind, found.offset) == ("Username", SlipKind.SHIFTED, 1)
    # Namesakes cannot be told apart by their name alone.
    assert len(found.rows) > 50
    assert_truth(found, "username")


def test_neighbours_of_one_last_name_do_not_make_slipped_usernames_a_slip_of_first_names() -> None:
    students = sorted(
        (
            replace(a, last_name=["Smith", "Lee", a.last_name][i % 3])
            for i, a in enumerate(STUDENTS)
        ),
        key=lambda a: (a.last_name, a.account_id),
    )
    lines = sheet(students, username=down(column("username", students)), student_id=None)
    (found,) = slipped_columns(lines, Snapshot(District("d"), students))
    assert found.column == "Username"


def test_a_value_that_no_row_holds_any_more_is_proposed_too() -> None:
    values = ["gone", *column("username")[:-1]]
    (found,) = slipped_columns(sheet(username=values), SNAPSHOT)
    assert found.proposal[61] == STUDENTS[59].username
    assert_truth(found, "username")


def test_a_quarter_of_the_rows_is_enough() -> None:
    values = column("last_name")
    values[20:36] = sorted(values[20:36], key=str.casefold)
    (found,) = slipped_columns(sheet(last_name=values), SNAPSHOT)
    assert found.column == "Last Name"
    assert (found.first_row, found.last_row) >= (22, 22)
    assert found.last_row <= 37


def test_many_new_names_hide_no_real_ones() -> None:
    """Of forty new last names thirteen are those of other rows: chance, no slip."""
    values = [f"Brandauer{i}" for i in range(40)] + column("last_name")[40:]
    values[:13] = column("last_name")[13:26]
    assert slipped_columns(sheet(last_name=values), SNAPSHOT) == []


def test_new_students_inside_a_shifted_block_get_a_proposal() -> None:
    students = list(STUDENTS)
    students[30] = Account("new", "zz.new", "990001", "Ottilie", "Brandauer")
    lines = sheet(students, student_id=down(column("student_id", students)))
    (found,) = slipped_columns(lines, SNAPSHOT)
    assert found.proposal[32] == "990001"


def test_where_nothing_stands_nothing_is_proposed() -> None:
    students = list(STUDENTS)
    students[30] = Account("new", "zz.new", None, "Ottilie", "Brandauer")
    lines = sheet(students, student_id=down(column("student_id", students), 3))
    (found,) = slipped_columns(lines, SNAPSHOT)
    assert 32 not in found.proposal


def test_a_long_block_in_a_long_sheet_is_found() -> None:
    students = Maker(12).district(400, ids=True).students
    ids = column("student_id", students)
    ids[100:130] = down(ids[100:130])
    (found,) = slipped_columns(sheet(students, student_id=ids), Snapshot(District("d"), students))
    assert (found.first_row, found.last_row, found.kind) == (102, 131, SlipKind.SHIFTED)


def swap_of(pairs: int) -> Column:
    values = column("username")
    for i in range(0, 2 * pairs, 2):
        values[i], values[i + 1] = values[i + 1], values[i]
    return values


@pytest.mark.parametrize(
    "lines",
    [
        sheet(),
        sheet(username=new_usernames()),
        sheet(username=swap_of(2)),
        sheet(username=swap_of(5)),
        sheet(last_name=[f"Brandauer{i}" for i in range(60)]),
        sheet(first_name=column("last_name"), last_name=column("first_name")),
        sheet(first_name=[n.upper() for n in column("first_name")]),
        sheet(student_id=None),
        sheet(student_id=[f"7{i:05}" for i in range(60)]),
        sheet(student_id=down(column("student_id")))[:19],
    ],
    ids=[
        "as exported",
        "every username wholly new",
        "two swaps of usernames",
        "five swaps of usernames",
        "every last name wholly new",
        "first and last name exchanged",
        "names in capitals",
        "no Student IDs",
        "every Student ID unknown",
        "fewer than 20 rows",
    ],
)
def test_no_slip(lines: list[RosterLine]) -> None:
    assert slipped_columns(lines, SNAPSHOT) == []


def test_one_name_left_over_does_not_stand_for_many_that_are_gone() -> None:
    students = [replace(a, last_name="Brandauer" if i else "Lee") for i, a in enumerate(STUDENTS)]
    lasts = ["Brandauer", *(f"Ackerman{i}" for i in range(59))]
    lines = sheet(students, last_name=lasts)
    assert slipped_columns(lines, Snapshot(District("d"), students)) == []


def test_order_counts_numbers_and_goes_both_ways() -> None:
    assert in_order(["s9", "s10", "s11"])
    assert in_order(["c", "b", "a"])
    assert not in_order(["b", "a", "c", "a"])
