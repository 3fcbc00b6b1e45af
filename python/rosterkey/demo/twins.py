"""Step 7: changed usernames on a sheet without Student IDs, the mistake that makes duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rosterkey.core.model import Account, Finding, Gate, Plan, Severity
from rosterkey.core.rules import people
from rosterkey.demo.district import GRADES
from rosterkey.demo.sheets import FIRST_ROW, Line, roster_lines
from rosterkey.demo.stage import Stage
from rosterkey.demo.story import Listing
from rosterkey.demo.usernames import numbered, with_year
from rosterkey.files.export import HEADINGS

WITHOUT_IDS = "6 changed usernames without ids.xlsx"
ENOUGH = 0.97
"""The share of rows whose named twin has to be the right account."""

_SHOWN = 5
_NEXT_GRADUATION = 2027


class Twin(NamedTuple):
    """A row that would make a second account, and the account that the finding names."""

    line: Line
    finding: Finding
    account: Account
    right: bool


def refuse_duplicates(stage: Stage) -> None:
    """Validate the sheet that would double every account, and show whom each row means."""
    stage.begin(
        "Changed usernames, and no Student IDs",
        "The usernames change again, and this time somebody deletes the Student ID column first. "
        "Matched by username alone, no row fits: each would make a second, empty account.",
    )
    now = stage.snapshot()
    lines = roster_lines(now)
    truth = {str(line["Student ID"]): a.account_id for line in lines
             for a in now.with_student_id(str(line["Student ID"]))}  # fmt: skip
    owners = [truth[str(line["Student ID"])] for line in lines]
    _rename_by_year(lines)
    columns = [heading for heading in HEADINGS if heading != "Student ID"]
    about = "every username changed, and no Student IDs: it was stopped"
    path = stage.write_sheet(WITHOUT_IDS, about, lines, columns)
    before = stage.dump()
    plan = stage.validate(path).plan
    twins = find_twins(plan, lines, owners, now.accounts)
    _show(stage, plan, twins, len(lines))
    stage.prove("The gate is shut, and no confirmation opens it", plan.gate is Gate.BLOCK)
    right = sum(twin.right for twin in twins)
    stage.prove(
        f"{right:,} of {len(lines):,} rows name the very account that the child has "
        f"({100 * right / len(lines):.1f} %, at least {100 * ENOUGH:.0f} % wanted)",
        right >= ENOUGH * len(lines),
    )
    stage.prove("Nothing was written: the database is the same as before", stage.dump() == before)


def _rename_by_year(lines: Sequence[Line]) -> None:
    wanted = (
        with_year(
            str(line["First Name"]),
            str(line["Last Name"]),
            _NEXT_GRADUATION + len(GRADES) - 1 - GRADES.index(str(line["Grade"])),
        )
        for line in lines
    )
    taken = [str(line["Username"]) for line in lines]
    for line, username in zip(lines, numbered(wanted, taken), strict=True):
        line["Username"] = username


def find_twins(
    plan: Plan, lines: Sequence[Line], owners: Sequence[str], accounts: dict[str, Account]
) -> list[Twin]:
    """Each row whose finding names an account, and whether it is the one of `owners`."""
    twins = []
    for row in plan.rows:
        place = row.row - FIRST_ROW
        for finding in row.findings:
            if finding.code == people.PROBABLE_DUPLICATE.code and finding.accounts:
                named = finding.accounts[0]
                right = named == owners[place]
                twins.append(Twin(lines[place], finding, accounts[named], right))
                break
    return twins


def _show(stage: Stage, plan: Plan, twins: Sequence[Twin], rows: int) -> None:
    right = sum(twin.right for twin in twins)
    stage.figures |= {"duplicates_prevented": rows, "twins_named": len(twins), "twins_right": right}
    for finding in plan.findings:
        if finding.severity is Severity.ERROR:
            stage.say(finding.message)
    examples = tuple(
        (
            f"{twin.finding.row}",
            f"{twin.line['First Name']} {twin.line['Last Name']}",
            str(twin.line["Username"]),
            f"{twin.account.username} ({twin.account.student_id})",
        )
        for twin in twins[:: max(1, len(twins) // _SHOWN)][:_SHOWN]
    )
    stage.tell(Listing(("Row", "Student", "Username on the sheet", "Has already"), examples))
