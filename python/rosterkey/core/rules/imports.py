"""From the plan to the database and back."""

from __future__ import annotations

from rosterkey.core.model import Severity
from rosterkey.core.rules.rule import Rule

ROW_ERRORS = Rule(
    code="row-errors",
    severity=Severity.ERROR,
    title="Rows have errors",
    why="",
    mend="",
)

STALE_PLAN = Rule(
    code="stale-plan",
    severity=Severity.ERROR,
    title="The accounts changed since the sheet was validated",
    why="",
    mend="",
)

CHANGED_SINCE = Rule(
    code="changed-since",
    severity=Severity.WARNING,
    title="A field changed after the import and is left as it is",
    why="",
    mend="",
)

ALREADY_IMPORTED = Rule(
    code="already-imported",
    severity=Severity.NOTICE,
    title="This plan was imported before",
    why="",
    mend="",
)

NOTHING_TO_DO = Rule(
    code="nothing-to-do",
    severity=Severity.NOTICE,
    title="The sheet changes nothing",
    why="",
    mend="",
)

UNDO_REMOVES_ACCOUNT = Rule(
    code="undo-removes-account",
    severity=Severity.WARNING,
    confirms=True,
    title="Undo takes back accounts that the import created",
    why="",
    mend="",
)
