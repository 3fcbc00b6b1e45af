"""How rows and accounts find each other, and who may hold which name."""

from __future__ import annotations

from rosterkey.core.model import Severity
from rosterkey.core.rules.rule import Rule

NO_KEY = Rule(
    code="no-key",
    severity=Severity.ERROR,
    title="The row has neither Student ID nor username",
    why="",
    mend="",
)

USERNAME_BLANK = Rule(
    code="username-blank",
    severity=Severity.ERROR,
    title="The username is blank",
    why="",
    mend="",
)

USERNAME_TAKEN = Rule(
    code="username-taken",
    severity=Severity.ERROR,
    title="The username belongs to another account",
    why="",
    mend="",
)

USERNAME_HELD_BY_ARCHIVED = Rule(
    code="username-held-by-archived",
    severity=Severity.ERROR,
    title="The username belongs to an archived account",
    why="",
    mend="",
)

BLOCKED_BY_ROW = Rule(
    code="blocked-by-row",
    severity=Severity.ERROR,
    title="The row depends on another row that has an error",
    why="",
    mend="",
)

ID_CONFLICT = Rule(
    code="id-conflict",
    severity=Severity.ERROR,
    title="The account has another Student ID",
    why="",
    mend="",
)

ID_BELONGS_TO_OTHER_ACCOUNT = Rule(
    code="id-belongs-to-other-account",
    severity=Severity.ERROR,
    title="The Student ID and the username belong to two accounts",
    why="",
    mend="",
)

ID_NOT_UNIQUE_IN_DATABASE = Rule(
    code="id-not-unique-in-database",
    severity=Severity.ERROR,
    title="Two accounts have this Student ID",
    why="",
    mend="",
)

OLD_ID_NOT_FOUND = Rule(
    code="old-id-not-found",
    severity=Severity.ERROR,
    title="No account has the Old Student ID",
    why="",
    mend="",
)

ID_CASE_DIFFERS = Rule(
    code="id-case-differs",
    severity=Severity.NOTICE,
    title="The Student ID differs in letter case",
    why="",
    mend="",
)

CASE_DIFFERS = Rule(
    code="case-differs",
    severity=Severity.NOTICE,
    title="The username differs in letter case",
    why="",
    mend="",
)

STORED_ID_KEPT = Rule(
    code="stored-id-kept",
    severity=Severity.NOTICE,
    title="The stored Student ID stays",
    why="",
    mend="",
)

NO_ID = Rule(
    code="no-id",
    severity=Severity.WARNING,
    title="A new student has no Student ID",
    why="",
    mend="",
)

DUPLICATE_ID_IN_SHEET = Rule(
    code="duplicate-id-in-sheet",
    severity=Severity.ERROR,
    title="One Student ID stands in rows that differ",
    why="",
    mend="",
)

DUPLICATE_USERNAME_IN_SHEET = Rule(
    code="duplicate-username-in-sheet",
    severity=Severity.ERROR,
    title="One username stands in rows that differ",
    why="",
    mend="",
)

TWO_ROWS_ONE_ACCOUNT = Rule(
    code="two-rows-one-account",
    severity=Severity.ERROR,
    title="Two rows mean the same account",
    why="",
    mend="",
)

ROWS_DISAGREE = Rule(
    code="rows-disagree",
    severity=Severity.ERROR,
    title="The rows of one student disagree",
    why="",
    mend="",
)

IDENTICAL_ROW_REPEATED = Rule(
    code="identical-row-repeated",
    severity=Severity.NOTICE,
    title="A row is repeated",
    why="",
    mend="",
)

TAKES_NAME_OF_OTHER_STUDENT = Rule(
    code="takes-name-of-other-student",
    severity=Severity.WARNING,
    confirms=True,
    title="A student gets the username of another student",
    why="",
    mend="",
)

TAKES_FREED_NAME = Rule(
    code="takes-freed-name",
    severity=Severity.NOTICE,
    title="A student gets a username that this import frees",
    why="",
    mend="",
)

REUSES_FREED_USERNAME = Rule(
    code="reuses-freed-username",
    severity=Severity.WARNING,
    confirms=True,
    title="A username is used again for another child",
    why="",
    mend="",
)

BAD_ID = Rule(
    code="bad-id",
    severity=Severity.ERROR,
    title="The Student ID cannot be one",
    why="",
    mend="",
)

BAD_USERNAME = Rule(
    code="bad-username",
    severity=Severity.ERROR,
    title="The username has characters that are not allowed",
    why="",
    mend="",
)

RESERVED_USERNAME = Rule(
    code="reserved-username",
    severity=Severity.ERROR,
    title="The username is reserved",
    why="",
    mend="",
)

LOOK_ALIKE_USERNAME = Rule(
    code="look-alike-username",
    severity=Severity.ERROR,
    title="The username looks like another one",
    why="",
    mend="",
)
