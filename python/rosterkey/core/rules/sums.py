"""What no single row shows: the sheet as a sum."""

from __future__ import annotations

from rosterkey.core.model import Severity
from rosterkey.core.rules.rule import Rule

NOTHING_MATCHED = Rule(
    code="nothing-matched",
    severity=Severity.WARNING,
    confirms=True,
    title="No row, or less than half, fits an account",
    why="",
    mend="",
)

MASS_CREATE = Rule(
    code="mass-create",
    severity=Severity.WARNING,
    confirms=True,
    title="Many accounts would be created",
    why="",
    mend="",
)

MASS_RENAME = Rule(
    code="mass-rename",
    severity=Severity.WARNING,
    confirms=True,
    title="Many students would get another student's name",
    why="",
    mend="",
)

MASS_ASSIGN = Rule(
    code="mass-assign",
    severity=Severity.WARNING,
    confirms=True,
    title="Many rows lack the Student ID that the district uses",
    why="",
    mend="",
)

MASS_BLANK = Rule(
    code="mass-blank",
    severity=Severity.WARNING,
    confirms=True,
    title="Names are blank in many rows",
    why="",
    mend="",
)

MASS_UPDATE = Rule(
    code="mass-update",
    severity=Severity.WARNING,
    confirms=True,
    title="Most accounts would change",
    why="",
    mend="",
)

MASS_DIFFERENT_PERSON = Rule(
    code="mass-different-person",
    severity=Severity.WARNING,
    confirms=True,
    title="Many accounts belong to somebody else",
    why="",
    mend="",
)

SHIFTED_COLUMN = Rule(
    code="shifted-column",
    severity=Severity.WARNING,
    confirms=True,
    title="A column seems to have slipped against the others",
    why="",
    mend="",
)

UNUSUAL_SIZE = Rule(
    code="unusual-size",
    severity=Severity.WARNING,
    confirms=True,
    title="The sheet is several times its usual size",
    why="",
    mend="",
)
