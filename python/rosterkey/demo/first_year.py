"""Steps 1 to 4: the district, its export, Student IDs for everybody, and a sheet with faults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rosterkey.core.model import Gate, Outcome, PlannedRow, Severity
from rosterkey.demo.district import NAME, SCHOOLS, dump_lines
from rosterkey.demo.faults import Fault, plant
from rosterkey.demo.passwords import quick_hash
from rosterkey.demo.sheets import read_lines, roster_lines
from rosterkey.demo.stage import Stage
from rosterkey.demo.story import Found, Listing
from rosterkey.usecases.mark import mark_findings

EXPORTED = "1 exported.xlsx"
WITH_IDS = "2 with student ids.xlsx"
WITH_FAULTS = "3 sheet with faults.xlsx"


def load_district(stage: Stage) -> None:
    """Load the students as they are today: usernames and passwords, no Student IDs."""
    stage.begin(
        f"{NAME} as it is today",
        "Every student signs in with a username such as tdyer. Nobody has a Student ID yet, so "
        "the username is all that ties a row of a sheet to an account and to the child's work.",
    )
    with stage.busy() as progress:
        total = len(stage.known) + 1

        def lines() -> Iterator[dict[str, Any]]:
            for number, line in enumerate(dump_lines(stage.known, quick_hash)):
                progress("Loading the district", number / total)
                yield line

        loaded = stage.store.load(lines())
    students = stage.snapshot().active_students
    rows = []
    for school in SCHOOLS:
        there = [a for a in students if a.school == school]
        classes = {name for account in there for name in account.classes}
        rows.append((school, f"{len(there):,}", str(len(classes))))
    stage.figures |= {"accounts": loaded, "classes": sum(int(row[2]) for row in rows)}
    stage.tell(Listing(("School", "Students", "Classes"), tuple(rows)))


def export_roster(stage: Stage) -> None:
    """Export everybody."""
    stage.begin(
        "Export",
        "The administrator exports the roster. The sheet has an empty column for the Student ID.",
    )
    path = stage.path(EXPORTED, "the roster as it was exported first")
    students = stage.export(path)
    stage.figures["students"] = students
    stage.say(f'{students:,} students stand in "{EXPORTED}".')


def add_ids(stage: Stage) -> None:
    """Fill the Student ID column from the student information system, and import."""
    stage.begin(
        "Student IDs, matched by username",
        "The IDs come from the student information system and go into the empty column; nothing "
        "else changes. From now on the ID says whose row it is, and a username may change.",
    )
    number_of = _numbers_by_username(stage)
    lines = [
        line | {"Student ID": number_of[str(line["Username"])]}
        for line in read_lines(stage.story.folder / EXPORTED)
    ]
    path = stage.write_sheet(WITH_IDS, "the same with Student IDs, as it was imported", lines)
    plan = stage.validate(path).plan
    stage.import_sheet(path, plan, "IDs added")
    stage.figures["assign_id"] = plan.counts["assign_id"]
    stage.prove(
        f"All {len(lines):,} rows gave an existing account its Student ID, and nothing else",
        plan.counts["assign_id"] == plan.counts["rows"] == len(stage.known),
    )
    accounts = stage.accounts()
    stage.prove(
        "Every ID stands at the child that it belongs to",
        all(accounts[k.account_id].student_id == k.student.student_id for k in stage.known),
    )


def _numbers_by_username(stage: Stage) -> dict[str, str]:
    """What the student information system would tell: the ID of each username."""
    accounts = stage.accounts()
    return {accounts[k.account_id].username: k.student.student_id for k in stage.known}


def show_faults(stage: Stage) -> None:
    """Validate a sheet with faults, mark them in it, and show that nothing was written."""
    stage.begin(
        "A sheet that went wrong",
        "Somebody edited the roster in a hurry. Excel took zeros off an ID, a look-up failed, a "
        "child was typed a second time under a nickname: eight rows are wrong, the rest is good.",
    )
    lines, planted = plant(roster_lines(stage.snapshot()))
    path = stage.write_sheet(WITH_FAULTS, "eight faults, with the findings marked in it", lines)
    before = stage.dump()
    validated = stage.validate(path)
    mark_findings(path, validated)
    rows = {row.row: row for row in validated.plan.rows}
    found = [_finding_of(rows[fault.row], fault) for fault in planted]
    stage.figures |= {
        "planted": [{"row": fault.row, "code": fault.code} for fault in planted],
        "found": sum(bool(findings) for findings in found),
    }
    stage.tell(Found(tuple(finding for findings in found for finding in findings)))
    stage.say(f'The same findings are marked in "{WITH_FAULTS}", on the cells they are about.')
    stage.prove("Each of the eight faults was found in its row", all(found))
    stage.prove(
        "No other row was suspected of anything",
        _suspected(validated.plan.rows) == {fault.row for fault in planted},
    )
    stage.prove("The gate is shut", validated.plan.gate is Gate.BLOCK)
    stage.prove("Nothing was written: the database is the same as before", stage.dump() == before)


def _finding_of(row: PlannedRow, fault: Fault) -> list[Any]:
    return [finding for finding in row.findings if finding.code == fault.code][:1]


def _suspected(rows: tuple[PlannedRow, ...]) -> set[int]:
    return {
        row.row
        for row in rows
        if row.outcome is Outcome.ERROR
        or any(finding.severity is not Severity.NOTICE for finding in row.findings)
    }
