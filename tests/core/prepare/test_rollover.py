"""The sheet of the new school year: who moves up, stays, goes elsewhere, leaves or is new."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rosterkey.core.model import Account, District
from rosterkey.core.plan import make_plan
from rosterkey.core.prepare.listed import StudentList, read_list
from rosterkey.core.prepare.rollover import Rollover, roll_over
from rosterkey.core.prepare.rollover_sheets import sheets_of
from rosterkey.core.sheet import Sheet
from rosterkey.core.snapshot import Snapshot
from tests.core.prepare.tables import account, sheet

DISTRICT = District("D1", "", ("Lincoln", "Adams", "Oak", "Elm"), ("PK", "K", "1", "2", "3", "4"))
LITTLE = [account(f"l{n}", f"Little{n} Kid", "Lincoln", "1") for n in range(5)]
BIG = [account(f"o{n}", f"Big{n} Kid", "Oak", "3") for n in range(5)]


def rolled(*accounts: Account, listed: StudentList | None = None) -> Rollover:
    return roll_over(DISTRICT, accounts, listed)


def by_name(made: Rollover) -> dict[str, dict[str, str]]:
    """The rows by username, each by heading."""
    rows = (dict(zip(made.sheet.headings, row, strict=True)) for row in made.sheet.rows)
    return {row["Username"]: row for row in rows}


def whys(people: list[tuple[Account, str]]) -> dict[str, str]:
    return {one.username: why for one, why in people}


def next_year(text: str) -> StudentList:
    return read_list(sheet("Student ID|First Name|Last Name|Grade|School|Class\n" + text))


def test_everybody_moves_up_in_the_order_of_the_district() -> None:
    made = rolled(
        account("a", "Ana Smith", "Lincoln", "Pre-K"),
        account("k", "Kim Kid", "Lincoln", "K"),
        account("l", "Lou Kid", "Lincoln", "1"),
    )
    row = by_name(made)["a"]
    assert (row["Grade"], row["School"]) == ("K", "Lincoln")
    assert (row["Account"], row["Version"]) == ("a", "1")
    assert "Class" not in made.sheet.headings
    assert made.sheet.hidden == {6, 7}
    assert made.moved == 2


def test_the_highest_grade_leaves_and_is_not_on_the_sheet() -> None:
    made = rolled(account("a", "Ana Smith", "Oak", "4"), *BIG)
    assert "a" not in by_name(made)
    assert whys(made.leavers)["a"] == "4 is the highest grade"


def test_without_a_school_that_has_the_grade_it_is_the_last_one() -> None:
    made = rolled(*BIG)
    assert not made.sheet.rows
    assert set(whys(made.leavers).values()) == {"no school has grade 4, so 3 is the last one"}


def test_the_next_school_is_found_where_there_is_only_one() -> None:
    seconds = [account(f"s{n}", f"Second{n} Kid", "Lincoln", "2") for n in range(5)]
    made = rolled(*seconds, *BIG)
    assert by_name(made)["s0"]["School"] == "Oak"
    assert whys(made.look)["s0"] == "Lincoln has no grade 3: on to Oak"
    assert made.moved == 0


def test_one_student_with_a_wrong_grade_makes_no_grade_of_a_school() -> None:
    seconds = [account(f"s{n}", f"Second{n} Kid", "Lincoln", "2") for n in range(20)]
    made = rolled(*seconds, account("x", "Odd One", "Lincoln", "3"), *BIG)
    assert by_name(made)["s0"]["School"] == "Oak"


def test_several_schools_are_offered_in_the_cell() -> None:
    seconds = [account(f"s{n}", f"Second{n} Kid", "Lincoln", "2") for n in range(5)]
    elms = [account(f"e{n}", f"Elm{n} Kid", "Elm", "3") for n in range(5)]
    made = rolled(*seconds, *BIG, *elms)
    row = by_name(made)["s0"]
    assert (row["Grade"], row["School"]) == ("3", "")
    choice = made.sheet.choices[0, made.sheet.headings.index("School")]
    assert choice.values == ("Oak", "Elm")
    assert whys(made.look)["s0"] == "Lincoln has no grade 3: choose among Oak, Elm"


def test_grades_that_are_not_listed_and_students_without_a_place_are_looked_at() -> None:
    made = rolled(
        account("a", "Ana Smith", "Lincoln", "Ungraded"),
        account("b", "Bo Jones", "Lincoln", None),
        account("c", "Chi Lee", None, "1"),
        *LITTLE,
    )
    rows = by_name(made)
    assert rows["a"]["Grade"] == "Ungraded"
    assert rows["c"]["Grade"] == "2"
    assert rows["c"]["School"] == ""
    assert whys(made.look)["a"] == "the grade Ungraded is not on the district's list"
    assert whys(made.look)["b"] == "there is no grade to move up from"


def test_the_list_says_where_everybody_goes() -> None:
    listed = next_year(
        "001|Ana|Smith|2|Adams|2C; Band\n"
        "002|Bo|Jones|1|Lincoln|1A\n"
        "003|Chi|Lee|4|Oak|4A\n"
        "009|New|Kid|K|Lincoln|KA\n"
    )
    made = rolled(
        account("a", "Ana Smith", "Lincoln", "1", student_id="001"),
        account("b", "Bo Jones", "Lincoln", "1"),
        account("c", "Chi Lee", "Oak", "2", student_id="003"),
        account("d", "Dan Evans", "Lincoln", "1"),
        account("e", "Eve Fox", "Oak", "4"),
        listed=listed,
    )
    rows = by_name(made)
    assert (rows["a"]["Grade"], rows["a"]["School"]) == ("2", "Adams")
    assert rows["a"]["Class"] == "2C; Band"
    assert rows["b"]["Student ID"] == "002"
    assert whys(made.look) == {
        "b": "stays in grade 1 after 1, as the list says",
        "c": "goes to grade 4 after 2, as the list says",
    }
    assert whys(made.leavers) == {
        "d": "not on the list",
        "e": "not on the list; 4 is the highest grade",
    }
    assert rows[""]["Student ID"] == "009"
    assert (rows[""]["Account"], rows[""]["Version"]) == ("", "")
    assert made.counts == {
        "rows": 4, "moved": 1, "look": 2, "doubtful": 0, "new": 1, "leavers": 2,
    }  # fmt: skip


def test_what_the_list_does_not_say_is_one_grade_up() -> None:
    listed = read_list(sheet(
        "Student ID|First Name|Last Name|Grade\n001|Ana|Smith|\n002|Bo|Jones|4\n003|Chi|Lee|K6\n"
        "004|Dan|Evans|2\n"
    ))  # fmt: skip
    made = rolled(
        account("a", "Ana Smith", "Oak", "4", student_id="001"),
        account("b", "Bo Jones", "Oak", "3", student_id="002"),
        account("c", "Chi Lee", "Lincoln", "1", student_id="003"),
        account("d", "Dan Evans", "Lincoln", "1", student_id="004"),
        *LITTLE[:1],
        account("o", "Other Oak", "Elm", "4", student_id="777"),
        listed=listed,
    )
    rows = by_name(made)
    assert rows["a"]["Grade"] == "4"
    assert rows["b"]["Grade"] == "4"
    assert rows["d"]["Grade"] == "2"
    told = whys(made.look)
    assert told["a"] == "on the list without a grade; 4 is the highest grade"
    assert told["c"] == "the list says grade K6, which the district does not have"


def test_who_is_doubtful_is_on_the_sheet_with_the_candidates() -> None:
    listed = next_year("001|Eva|Lee|2|Lincoln|\n002|Eva|Lee|2|Lincoln|\n")
    made = rolled(account("a", "Eva Lee", "Lincoln", "1"), *LITTLE[:1], listed=listed)
    assert by_name(made)["a"]["Student ID"] == ""
    assert made.sheet.choices[0, 0].values == ("001", "002")
    assert "but others fit as well" in whys(made.doubtful)["a"]
    assert not made.new


def test_the_sheets_name_everybody() -> None:
    listed = next_year("001|Ana|Smith|1|Lincoln|1A\n009|New|Kid|K|Lincoln|KA\n010|Eva|Lee|2|Oak|\n")
    made = rolled(
        account("a", "Ana Smith", "Lincoln", "1", student_id="001"),
        account("e", "Eva Lee", "Lincoln", "1"),
        account("d", "Dan Evans", "Lincoln", "1"),
        account("f", "Fay Oak", "Oak", "1"),
        account("z", "Zed Two", "Lincoln", "2"),
        listed=listed,
    )
    sheets = {one.name: one.rows for one in sheets_of(made)}
    assert list(sheets) == ["Import", "Leavers", "To look at", "Doubtful", "New"]
    assert sheets["Leavers"][0] == ("d", "", "Dan Evans", "Lincoln", "1", "not on the list")
    assert sheets["New"] == (("009", "New Kid", "Lincoln", "K", "3"),)
    assert [one.name for one in sheets_of(rolled(*BIG))] == ["Import", "Leavers"]


@given(st.lists(st.sampled_from(["PK", "K", "1", "2", "3", "4", None]), max_size=12))
def test_nobody_is_lost_and_the_sheet_does_what_it_says(grades: list[str | None]) -> None:
    accounts = [
        replace(account(f"a{n}", f"Kid{n} Smith{n}", "Lincoln", grade), student_id=f"{n:03d}")
        for n, grade in enumerate(grades)
    ]
    made = rolled(*accounts)
    on_sheet = {row["Account"] for row in by_name(made).values()}
    assert on_sheet | {a.account_id for a, _ in made.leavers} == {a.account_id for a in accounts}
    assert not on_sheet & {a.account_id for a, _ in made.leavers}
    cells = tuple(tuple(c or None for c in row) for row in (made.sheet.headings, *made.sheet.rows))
    plan = make_plan(Sheet("Import", tuple(enumerate(cells, 1))), Snapshot(DISTRICT, accounts))
    assert all(row.outcome in ("update", "unchanged") for row in plan.rows)
    after = {c.account_id: c.after.grade for c in plan.changes if c.after}
    for one in accounts:
        if one.account_id in after:
            steps = DISTRICT.grades
            assert steps.index(after[one.account_id] or "") == steps.index(one.grade or "") + 1
