"""Whether the account is the child that the row means."""

from __future__ import annotations

from rosterkey.core.model import Severity
from rosterkey.core.rules.rule import Rule

PROBABLE_DUPLICATE = Rule(
    code="probable-duplicate",
    severity=Severity.WARNING,
    confirms=True,
    title="The new account looks like an existing one",
    why="",
    mend="",
)

DIFFERENT_PERSON = Rule(
    code="different-person",
    severity=Severity.WARNING,
    confirms=True,
    title="The account belongs to somebody else",
    why="",
    mend="",
)

SAME_PERSON_TWO_ACCOUNTS = Rule(
    code="same-person-two-accounts",
    severity=Severity.WARNING,
    title="One student seems to have two accounts",
    why="",
    mend="",
)

SAME_NAME_OTHER_ID = Rule(
    code="same-name-other-id",
    severity=Severity.NOTICE,
    title="Another student has the same name",
    why="",
    mend="",
)

ARCHIVED_MATCH = Rule(
    code="archived-match",
    severity=Severity.WARNING,
    confirms=True,
    title="The student has an archived account",
    why="",
    mend="",
)
