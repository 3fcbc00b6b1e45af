"""The fields of an account and the district's own lists."""

from __future__ import annotations

from rosterkey.core.model import Severity
from rosterkey.core.rules.rule import Rule

REQUIRED_BLANK = Rule(
    code="required-blank",
    severity=Severity.ERROR,
    title="A first or last name is blank",
    why="",
    mend="",
)

BLANK_KEPT = Rule(
    code="blank-kept",
    severity=Severity.NOTICE,
    title="A blank cell changes nothing",
    why="",
    mend="",
)

CREATE_LACKS_REQUIRED_FIELDS = Rule(
    code="create-lacks-required-fields",
    severity=Severity.ERROR,
    title="A new student lacks what an account needs",
    why="",
    mend="",
)

UNKNOWN_SCHOOL = Rule(
    code="unknown-school",
    severity=Severity.ERROR,
    title="The school is not in the district's list",
    why="",
    mend="",
)

UNKNOWN_GRADE = Rule(
    code="unknown-grade",
    severity=Severity.ERROR,
    title="The grade is not in the district's list",
    why="",
    mend="",
)

UNKNOWN_CLASS = Rule(
    code="unknown-class",
    severity=Severity.ERROR,
    title="The class cannot be read",
    why="",
    mend="",
)

NEW_CLASS = Rule(
    code="new-class",
    severity=Severity.WARNING,
    title="The class is new",
    why="",
    mend="",
)

SCHOOL_CHANGES = Rule(
    code="school-changes",
    severity=Severity.NOTICE,
    title="The student changes school",
    why="",
    mend="",
)

CLEAR_NOT_ALLOWED = Rule(
    code="clear-not-allowed",
    severity=Severity.ERROR,
    title="A field that an account needs cannot be cleared",
    why="",
    mend="",
)

WEAK_PASSWORD = Rule(
    code="weak-password",
    severity=Severity.WARNING,
    confirms=True,
    title="The password is easy to guess",
    why="",
    mend="",
)

PASSWORD_GENERATED = Rule(
    code="password-generated",
    severity=Severity.NOTICE,
    title="A password is made up",
    why="",
    mend="",
)

PASSWORD_RESET = Rule(
    code="password-reset",
    severity=Severity.NOTICE,
    title="The password is set anew",
    why="",
    mend="",
)

NOT_PERMITTED = Rule(
    code="not-permitted",
    severity=Severity.ERROR,
    title="The row is beyond what you may change",
    why="",
    mend="",
)

NOT_A_STUDENT_ACCOUNT = Rule(
    code="not-a-student-account",
    severity=Severity.ERROR,
    title="The account is not a student's",
    why="",
    mend="",
)
