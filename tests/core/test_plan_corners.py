"""Corners of the planner that no example of a rule and no worked case reaches."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rosterkey.core.checks.values import repair_mojibake
from rosterkey.core.model import AccountChange, Finding, Gate, Outcome, Plan, Severity
from rosterkey.core.options import Options
from rosterkey.core.plan import make_plan
from rosterkey.core.rules import files
from rosterkey.core.rules.example import (
    EXAMPLE_DISTRICT,
    example_accounts,
    example_sheet,
)
from rosterkey.core.rules.rule import Example
from rosterkey.core.sheet import FormulaCell, MergedRange, NumberCell, Sheet
from rosterkey.core.snapshot import Snapshot

TWO = """
    Student ID | Username | First Name | Last Name
    00123 | asmith | Ana | Smith
    00124 | bjones | Bo | Jones
"""


def _plan(sheet: str, accounts: str = TWO, options: Options | None = None, **also: object) -> Plan:
    made = replace(example_sheet(Example(sheet=sheet)), **also)  # type: ignore[arg-type]
    snapshot = Snapshot(EXAMPLE_DISTRICT, example_accounts(Example(accounts=accounts)))
    return make_plan(made, snapshot, options)


def _codes(plan: Plan, row: int | None = None) -> set[str]:
    if row is None:
        return {finding.code for finding in plan.findings}
    return {f.code for planned in plan.rows if planned.row == row for f in planned.findings}


def _outcomes(plan: Plan) -> dict[int, str]:
    return {row.row: str(row.outcome) for row in plan.rows}


@pytest.mark.parametrize(("filtered", "said"), [(True, "A filter hides 1"), (False, "Hidden: 1")])
def test_hidden_rows_are_counted_listed_and_confirmed(filtered: bool, said: str) -> None:
    plan = _plan(TWO, hidden_rows=frozenset({3, 99}), filtered=filtered)
    assert [c.reason for c in plan.confirm] == ["hidden-rows"]
    assert said in plan.findings[0].message
    assert "rows 3)" in plan.findings[0].message


def test_merged_cells_are_an_error_in_each_of_their_rows() -> None:
    """The header's, those beside the roster and those above it are not the rows' fault."""
    merged = (MergedRange(2, 2, 3, 2), MergedRange(2, 9, 3, 9), MergedRange(1, 0, 1, 0))
    plan = _plan(TWO, merged=merged)
    assert _outcomes(plan) == {2: "error", 3: "error"}
    assert all("C2:C3" in row.findings[0].message for row in plan.rows)


def test_merged_header_blocks() -> None:
    plan = _plan(TWO, merged=(MergedRange(1, 2, 1, 3),))
    assert (plan.gate, _codes(plan)) == (Gate.BLOCK, {"merged-header"})


def test_hidden_column_still_counts_and_is_named() -> None:
    plan = _plan(TWO, hidden_columns=frozenset({0}))
    assert _codes(plan) == {"hidden-column"}
    assert plan.gate is Gate.GO


def test_totals_row_of_a_table_is_no_row() -> None:
    plan = _plan(TWO, totals_rows=frozenset({3}))
    assert _outcomes(plan) == {2: "unchanged"}


def test_what_the_reader_says_of_a_row_stands_at_the_row() -> None:
    short = files.TOO_FEW_CELLS.finding("Row 3: a line has fewer cells.", row=3)
    elsewhere = Finding("too-few-cells", Severity.ERROR, "Row 9", row=9)
    plan = _plan(TWO, findings=(short, elsewhere))
    assert _outcomes(plan) == {2: "unchanged", 3: "error"}


def test_empty_sheet_and_sheet_without_a_header() -> None:
    nothing = make_plan(Sheet("Import", ()), Snapshot(EXAMPLE_DISTRICT, []))
    assert (nothing.gate, _codes(nothing)) == (Gate.BLOCK, {"empty-sheet"})
    blank = Sheet("Import", ((1, (None, None)),))
    assert _codes(make_plan(blank, Snapshot(EXAMPLE_DISTRICT, []))) == {"empty-sheet"}


def test_blank_heading_and_synonym_beside_the_heading_are_not_used() -> None:
    header = ("Student ID", None, "Username", "Login", 7)
    sheet = Sheet("Import", ((1, header), (2, ("00123", None, "asmith", "other", 1))))
    plan = make_plan(sheet, Snapshot(EXAMPLE_DISTRICT, example_accounts(Example(accounts=TWO))))
    assert _codes(plan) == {"unknown-column"}
    assert _outcomes(plan) == {2: "unchanged"}


def test_value_from_another_workbook_is_an_error() -> None:
    sheet = Sheet(
        "Import",
        (
            (1, ("Student ID", "Username")),
            (2, ("00123", FormulaCell("=[1]Old!B2", "asmith"))),
            (3, ("00124", FormulaCell("=LOWER(A1)", "bjones"))),
        ),
    )
    plan = make_plan(sheet, Snapshot(EXAMPLE_DISTRICT, example_accounts(Example(accounts=TWO))))
    assert _outcomes(plan) == {2: "error", 3: "unchanged"}
    assert _codes(plan, 3) == {"formula-cell"}


@pytest.mark.parametrize(
    ("cell", "outcome", "code"),
    [
        (" ", "unchanged", None),
        ("a\x00b", "error", "bad-character"),
        ("x" * 257, "error", "too-long"),
        ("<clear>", "error", "clear-not-allowed"),
        (42, "error", "password-not-text"),
        ("\u00a0otter", "update", "password-edge-space"),
    ],
)
def test_password_cell(cell: str | int, outcome: str, code: str | None) -> None:
    sheet = Sheet(
        "Import", ((1, ("Student ID", "Username", "Password")), (2, ("00123", "asmith", cell)))
    )
    plan = make_plan(sheet, Snapshot(EXAMPLE_DISTRICT, example_accounts(Example(accounts=TWO))))
    assert _outcomes(plan) == {2: outcome}
    assert code is None or code in _codes(plan, 2)
    assert all(str(cell) not in f.message for f in plan.rows[0].findings if len(str(cell)) > 1)


def test_percentage_and_formatted_number_in_a_class() -> None:
    header = ("Student ID", "Username", "Class")
    cells = (NumberCell(0.05, "5%"), NumberCell(1234, "1,234"))
    rows = tuple((n, ("00123", "asmith", cell)) for n, cell in enumerate(cells, start=2))
    accounts = example_accounts(Example(accounts=TWO))
    plans = [
        make_plan(Sheet("Import", ((1, header), row)), Snapshot(EXAMPLE_DISTRICT, accounts))
        for row in rows
    ]
    assert plans[0].rows[0].outcome is Outcome.ERROR
    assert plans[1].rows[-1].changes["classes"] == ([], ["1234"])


def test_something_that_is_no_cell_is_a_fault_of_the_program() -> None:
    sheet = Sheet("Import", ((1, ("Student ID", "Username")), (2, ("00123", object()))))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="object"):
        make_plan(sheet, Snapshot(EXAMPLE_DISTRICT, []))


def test_clear_empties_an_optional_field_once() -> None:
    sheet = """
        Student ID | Username | School | Grade | Class
        00123 | asmith | <clear> | <clear> | <clear>
    """
    accounts = "Student ID | Username | Class\n00123 | asmith | 3A"
    plan = _plan(sheet, accounts)
    after = plan.changes[0].after
    assert after is not None
    assert (after.school, after.grade, after.classes) == (None, None, ())
    again = make_plan(example_sheet(Example(sheet=sheet)), Snapshot(EXAMPLE_DISTRICT, [after]))
    assert _outcomes(again) == {2: "unchanged"}


def test_clear_of_a_student_id() -> None:
    sheet = "Student ID | Username\n<clear> | asmith"
    plan = _plan(sheet)
    assert plan.rows[0].changes == {"student_id": ("00123", None)}
    none = _plan(sheet, "Student ID | Username\n | asmith")
    assert _outcomes(none) == {2: "unchanged"}


def test_class_of_another_spelling_is_the_known_one_and_a_new_one_is_made_once() -> None:
    sheet = """
        Student ID | Username | Class
        00123 | asmith | 3a; Choir
        00124 | bjones | choir
    """
    accounts = "Student ID | Username | Class\n00123 | asmith |\n00124 | bjones | 3A"
    plan = _plan(sheet, accounts)
    after = {change.account_id: change.after for change in plan.changes}
    assert sorted(after["a1"].classes if after["a1"] else ()) == ["3A", "Choir"]
    spelled = {name.casefold() for c in after.values() if c for name in c.classes}
    written = {name for c in after.values() if c for name in c.classes}
    assert len(written) == len(spelled), "one class, one spelling"


def test_class_that_cannot_be_one() -> None:
    plan = _plan(f"Student ID | Username | Class\n00123 | asmith | {'x' * 101}")
    assert "too-long" in _codes(plan, 2)


def test_long_id_and_long_username() -> None:
    plan = _plan(f"""
        Student ID | Username | First Name | Last Name
        {"9" * 65} | new.one | Dee | Okafor
        00900 | {"x" * 65} | Eve | Novak
    """)
    assert "too-long" in _codes(plan, 2) & _codes(plan, 3)


def test_taken_username_of_staff_and_of_an_archived_account_is_explained() -> None:
    accounts = """
        Student ID | Username | First Name | Last Name | Role | Status
        00123 | asmith | Ana | Smith | student | active
         | jdoe | Jane | Doe | staff | active
        00900 | zfox | Zane | Fox | student | archived
    """
    for username, said in (("jdoe", "This is a staff account"), ("zfox", "is archived")):
        sheet = f"Student ID | Username | First Name | Last Name\n00123 | {username} | Ana | Smith"
        plan = _plan(sheet, accounts)
        assert "username-taken" in _codes(plan, 2)
        assert any(said in f.message for f in plan.rows[0].findings)


def test_rows_of_one_student_with_an_error_fail_together() -> None:
    plan = _plan("""
        Student ID | Username | Grade | Class
        00123 | asmith | 99 | 3A
        00123 | asmith | 99 | Band
        00123 | asmith | 99 | Band
    """)
    assert set(_outcomes(plan).values()) == {"error"}
    assert "blocked-by-row" in _codes(plan, 3) & _codes(plan, 4)


@pytest.mark.parametrize(
    ("other", "column"),
    [
        ("4 | Lincoln Elementary | Ana", "Grade"),
        ("3 | Roosevelt Middle | Ana", "School"),
        ("3 | Lincoln Elementary | ana", "First Name"),
    ],
)
def test_rows_that_disagree_name_the_field(other: str, column: str) -> None:
    plan = _plan(f"""
        Student ID | Username | Last Name | Grade | School | First Name
        00123 | asmith | Smith | 3 | Lincoln Elementary | Ana
        00123 | asmith | Smith | {other}
    """)
    for row in (2, 3):
        assert "rows-disagree" in _codes(plan, row)
    said = plan.rows[0].findings[-1].message
    assert column in said or "spelling" in said


def test_rows_that_disagree_on_the_password_do_not_show_it() -> None:
    plan = _plan("""
        Student ID | Username | Password
        00123 | asmith | maple-river-42
        00123 | asmith | otter-cloud-17
    """)
    said = " ".join(f.message for row in plan.rows for f in row.findings)
    assert "Password" in said
    assert "maple" not in said
    assert "otter" not in said


def test_number_that_fits_after_padding_and_number_that_is_too_short() -> None:
    plan = _plan("""
        Student ID | Username | First Name | Last Name
        {number 123} | ana.smith | Ana | Smith
        {number 77} | new.one | Dee | Okafor
    """)
    for row in (2, 3):
        assert "leading-zero-lost" in _codes(plan, row)
    fixes = [f.fix.value for row in plan.rows for f in row.findings if f.code == "leading-zero-lost"
             if f.fix]  # fmt: skip
    assert fixes == ["00123", "00077"]


def test_number_that_fits_two_ids_is_confirmed() -> None:
    plan = _plan(
        "Student ID | Username\n{number 123} | asmith",
        "Student ID | Username\n123 | asmith\n00123 | bjones",
    )
    assert [c.reason for c in plan.confirm] == ["ambiguous-numeric-id"]


def test_number_that_is_the_only_id_it_fits_asks_nothing() -> None:
    plan = _plan(
        "Student ID | Username\n{number 123} | ana.smith",
        "Student ID | Username\n123 | asmith\n456 | bjones",
    )
    assert _outcomes(plan) == {2: "rename"}
    assert plan.gate is Gate.GO


def test_old_student_id_swap_chain_and_an_id_that_somebody_keeps() -> None:
    header = "Old Student ID | Student ID | Username | First Name | Last Name"
    swap = f"""
        {header}
        00123 | 00124 | asmith | Ana | Smith
        00124 | 00123 | bjones | Bo | Jones
    """
    plan = _plan(swap)
    assert _outcomes(plan) == {2: "assign_id", 3: "assign_id"}
    kept = _plan(f"{header}\n00123 | 00124 | asmith | Ana | Smith")
    assert "id-belongs-to-other-account" in _codes(kept, 2)
    chain = _plan(f"""
        {header}
        00123 | 00124 | asmith | Ana | Smith
        00124 | 00125 | bjones | Bo | {{error #N/A}}
    """)
    assert _outcomes(chain) == {2: "error", 3: "error"}


def test_old_student_id_that_was_changed_already_is_done() -> None:
    header = "Old Student ID | Student ID | Username | First Name | Last Name"
    plan = _plan(f"{header}\n00777 | 00123 | asmith | Ana | Smith")
    assert _outcomes(plan) == {2: "unchanged"}


SCHOOL = Options(only_school="Lincoln Elementary")


@pytest.mark.parametrize(
    ("row", "allowed"),
    [
        ("00123 | asmith | Ana | Smith | Lincoln Elementary", True),
        (" | asmith | Ana | Smyth | Lincoln Elementary", True),
        (" | dee | Dee | Okafor | Lincoln Elementary", True),
        ("00123 | ana.smith | Ana | Smith | Lincoln Elementary", False),
        ("00900 | dee | Dee | Okafor | Lincoln Elementary", False),
        (" | asmith | Ana | Smith | Roosevelt Middle", False),
        (" | rzhou | Rui | Zhou | Roosevelt Middle", False),
        (" | dee | Dee | Okafor | ", False),
    ],
)
def test_administrator_of_one_school(row: str, allowed: bool) -> None:
    accounts = """
        Student ID | Username | First Name | Last Name | School
        00123 | asmith | Ana | Smith | Lincoln Elementary
        00200 | rzhou | Rui | Zhou | Roosevelt Middle
    """
    sheet = f"Student ID | Username | First Name | Last Name | School\n{row}"
    plan = _plan(sheet, accounts, SCHOOL)
    assert ("not-permitted" not in _codes(plan, 2)) is allowed
    assert (plan.gate is not Gate.BLOCK) is allowed


def test_administrator_of_one_school_and_an_old_student_id() -> None:
    plan = _plan("Old Student ID | Student ID | Username\n00123 | 00999 | asmith", TWO, SCHOOL)
    assert "not-permitted" in _codes(plan, 2)


def test_change_without_a_before_and_an_after_is_none() -> None:
    with pytest.raises(ValueError, match="before or an after"):
        _ = AccountChange(None, None).account_id


def test_snapshot_is_equal_to_its_like_alone() -> None:
    snapshot = Snapshot(EXAMPLE_DISTRICT, example_accounts(Example(accounts=TWO)))
    assert snapshot == Snapshot(EXAMPLE_DISTRICT, example_accounts(Example(accounts=TWO)))
    assert snapshot != Snapshot(EXAMPLE_DISTRICT, [])
    assert snapshot != "another thing"


def test_new_account_never_takes_the_id_of_another() -> None:
    """The id is made of the sheet and the row; where it is in use, another is made."""
    sheet = "Student ID | Username | First Name | Last Name\n00300 | fkhan | Farah | Khan"
    first = _plan(sheet).changes[0].after
    assert first is not None
    other = replace(first, username="elsewhere", student_id="00999")
    snapshot = Snapshot(EXAMPLE_DISTRICT, [*example_accounts(Example(accounts=TWO)), other])
    changes = make_plan(example_sheet(Example(sheet=sheet)), snapshot).changes
    assert len(changes) == 1
    assert changes[0].account_id != first.account_id


def test_result_columns_of_an_earlier_run_are_passed_over() -> None:
    plan = _plan("Result | Student ID | Username | Findings\nerror | 00123 | asmith | old words")
    assert plan.findings == ()
    assert _outcomes(plan) == {2: "unchanged"}


def test_grade_as_a_number_is_nothing_to_speak_of() -> None:
    plan = _plan("Student ID | Username | Grade\n00123 | asmith | {number 3}")
    assert (_outcomes(plan), _codes(plan, 2)) == ({2: "unchanged"}, set())


def test_id_that_is_stored_to_the_letter_comes_before_its_cleaned_form() -> None:
    plan = _plan(
        "Student ID | Username\n12345.0 | asmith", "Student ID | Username\n12345.0 | asmith"
    )
    assert (_outcomes(plan), _codes(plan, 2)) == ({2: "unchanged"}, set())


def test_two_stored_ids_that_cleaning_would_make_one_are_two() -> None:
    """An export of such accounts comes back unchanged: what is stored is never an alarm."""
    accounts = "Student ID | Username\n12345.0 | asmith\n12345 | bjones"
    plan = _plan(accounts, accounts)
    assert _outcomes(plan) == {2: "unchanged", 3: "unchanged"}


@pytest.mark.parametrize(
    ("garbled", "repaired"),
    [("Garc\u00c3\u00ada", "Garc\u00eda"), ("\u00c3\u0081lvaro", "\u00c1lvaro"),
     ("\u00e2\u0080z", None), ("Zo\u00eb", None)],
)  # fmt: skip
def test_garbled_text_and_what_it_was(garbled: str, repaired: str | None) -> None:
    assert repair_mojibake(garbled) == repaired


@pytest.mark.parametrize(
    "rows",
    [
        "00123 | 00124 | asmith | Ana | Smith\n00124 | 00123 | bjones | Bo | Jones",
        "00123 | 00777 | asmith | Ana | Smith\n | 00123 | dee | Dee | Okafor",
    ],
    ids=["swap", "old ID for a new student"],
)
def test_sheet_that_changes_ids_is_done_the_second_time(rows: str) -> None:
    sheet = f"Old Student ID | Student ID | Username | First Name | Last Name\n{rows}"
    known = example_accounts(Example(accounts=TWO))
    accounts = {account.account_id: account for account in known}
    made = example_sheet(Example(sheet=sheet))
    first = make_plan(made, Snapshot(EXAMPLE_DISTRICT, accounts.values()))
    if first.gate is Gate.BLOCK:  # an ID that somebody still has may be refused to a new student
        return
    accounts |= {change.account_id: change.after for change in first.changes if change.after}
    again = make_plan(made, Snapshot(EXAMPLE_DISTRICT, accounts.values()))
    assert set(_outcomes(again).values()) == {"unchanged"}
