"""Students who have an account and are not on a roster (semantics: Archive and delete).

A sheet speaks about the schools that its students are at, and about no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rosterkey.core.checks.tally import share
from rosterkey.core.model import Account, Finding, Gate, Outcome, Plan, PlannedRow
from rosterkey.core.options import Options
from rosterkey.core.rules import lifecycle
from rosterkey.core.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class SchoolMissing:
    """A school that the sheet speaks about: how many students it has, and who is missing."""

    school: str | None
    students: int
    missing: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Who is missing, school by school, and what speaks against archiving them.

    `sheet_hash` names the content of the sheet.
    """

    schools: tuple[SchoolMissing, ...]
    findings: tuple[Finding, ...]
    sheet_hash: str

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Everybody who is missing, by school and then by account id."""
        return tuple(account for school in self.schools for account in school.missing)


def find_missing(plan: Plan, snapshot: Snapshot, options: Options) -> Missing:
    """The active students of the sheet's schools whom no row of its plan is about.

    `plan` is the sheet's own. An administrator of one school is told of that school only.
    """
    present = {row.account for row in plan.rows}
    spoken_of = set(_schools(plan.rows, snapshot))
    if options.only_school is not None:
        spoken_of &= {options.only_school}
    schools = []
    for school in sorted(spoken_of, key=lambda s: (s is None, s or "")):
        students = [a for a in snapshot.active_students if a.school == school]
        gone = tuple(
            sorted((a for a in students if a.account_id not in present), key=lambda a: a.account_id)
        )
        schools.append(SchoolMissing(school, len(students), gone))
    findings = (*_not_imported(plan), *_not_full(schools, options))
    return Missing(tuple(schools), findings, plan.sheet_hash)


def _schools(rows: Iterable[PlannedRow], snapshot: Snapshot) -> Iterator[str | None]:
    """The school of each row's student after the import."""
    for row in rows:
        if "school" in row.changes:
            yield row.changes["school"][1]
        elif row.account is not None:
            yield snapshot.accounts[row.account].school


def _not_imported(plan: Plan) -> Iterator[Finding]:
    errors = [row for row in plan.rows if row.outcome is Outcome.ERROR]
    if errors:
        said = (
            f"Rows with errors: {len(errors):,}, the first of them row {errors[0].row}. "
            "Their students may look missing and are not."
        )
        yield lifecycle.SHEET_NOT_IMPORTED.finding(said)
    elif plan.gate is Gate.BLOCK:
        said = "The sheet has an error and cannot be imported as it is: validate tells which."
        yield lifecycle.SHEET_NOT_IMPORTED.finding(said)
    elif plan.changes:
        count = "1 account" if len(plan.changes) == 1 else f"{len(plan.changes):,} accounts"
        said = (
            f"The sheet would change {count}. Import it first: a student with a new username "
            "looks missing until then."
        )
        yield lifecycle.SHEET_NOT_IMPORTED.finding(said)


def _not_full(schools: Iterable[SchoolMissing], options: Options) -> Iterator[Finding]:
    for each in schools:
        if each.students >= options.limits.rows and len(each.missing) * 2 > each.students:
            where = each.school or "no school"
            said = (
                f"{share(len(each.missing), each.students)} students of {where} are not on the "
                "sheet, so it is no full roster of that school."
            )
            yield lifecycle.NOT_A_FULL_ROSTER.finding(said)
