"""Rows that look like a stored student, with a word under Decision, and what the plan says."""

from __future__ import annotations

from collections.abc import Mapping

from rosterkey.core.model import DecidedPair, Finding, Plan
from rosterkey.core.options import Options
from rosterkey.core.plan import make_plan
from rosterkey.core.rules.example import EXAMPLE_DISTRICT, example_accounts, example_sheet
from rosterkey.core.rules.rule import Example
from rosterkey.core.snapshot import Snapshot

MARIA = "Student ID | Username | First Name | Last Name\n00124 | mgarcia | Maria | Garcia"
MARIA_NO_ID = "Username | First Name | Last Name\nmgarcia | Maria | Garcia"
TWO_MARIAS = f"{MARIA}\n | mgarcia2 | Maria | Garcia"
MARIA_AND_MARIE = """
    Student ID | Username | First Name | Last Name
     | mgarcia | Maria | Garcia
    00125 | maria.garci | Marie | Garcia
"""
HEADER = "Student ID | Username | First Name | Last Name | Decision"


def snapshot_of(accounts: str, decided: Mapping[DecidedPair, str] | None = None) -> Snapshot:
    return Snapshot(EXAMPLE_DISTRICT, example_accounts(Example(accounts=accounts)), decided)


def planned(sheet: str, accounts: str = MARIA, options: Options | None = None) -> Plan:
    made = example_sheet(Example(sheet=sheet))
    return make_plan(made, snapshot_of(accounts), options)


def maria(decision: str, accounts: str = MARIA) -> Plan:
    """A new row that looks like the stored Maria Garcia, with this decision."""
    return planned(f"{HEADER}\n | maria.garcia | Maria | Garcia | {decision}", accounts)


def findings(plan: Plan, code: str) -> list[Finding]:
    return [f for row in plan.rows for f in row.findings if f.code == code]


def asked(plan: Plan) -> dict[str, tuple[int, ...]]:
    return {c.reason: c.rows for c in plan.confirm}


def changes(plan: Plan) -> list[tuple[str | None, str, str | None]]:
    """The account before, and username and Student ID after."""
    return [
        (c.before and c.before.account_id, c.after.username, c.after.student_id)
        for c in plan.changes
        if c.after
    ]


CONFIRMED = {
    "archived-match": (
        f"{HEADER}\n00900 | zfox | Zane | Fox |",
        "Student ID | Username | First Name | Last Name | Status\n"
        "00900 | zfox | Zane | Fox | archived",
    ),
    "reuses-freed-username": (
        f"{HEADER}\n00700 | mia | Farah | Khan |",
        "Student ID | Username | First Name | Last Name | Past Usernames\n"
        "00124 | mgarcia | Maria | Garcia | mia",
    ),
    "takes-name-of-other-student": (
        f"{HEADER}\n00124 | zfox | Maria | Garcia |\n00900 | mgarcia | Zane | Fox |",
        f"{MARIA}\n00900 | zfox | Zane | Fox",
    ),
    "ambiguous-numeric-id": (
        f"{HEADER}\n{{number 123}} | mgarcia | Maria | Garcia |",
        "Student ID | Username | First Name | Last Name\n"
        "123 | mgarcia | Maria | Garcia\n00123 | zfox | Zane | Fox",
    ),
    "mojibake": (f"{HEADER}\n00124 | mgarcia | Maria | GarcÃ\u00ada |", MARIA),
}
