"""What is wrong, or worth saying, about the sheet as a whole."""

from __future__ import annotations

from rosterkey.core.model import Severity
from rosterkey.core.rules.rule import Rule

WHICH_SHEET = Rule(
    code="which-sheet",
    severity=Severity.ERROR,
    title="Two sheets look like a roster",
    why="",
    mend="",
)

HIDDEN_SHEET = Rule(
    code="hidden-sheet",
    severity=Severity.WARNING,
    title="A hidden sheet was left out",
    why="",
    mend="",
)

EMPTY_SHEET = Rule(
    code="empty-sheet",
    severity=Severity.ERROR,
    title="The sheet is empty",
    why="",
    mend="",
)

NO_ROWS = Rule(
    code="no-rows",
    severity=Severity.ERROR,
    title="The sheet has a header and no rows",
    why="",
    mend="",
)

HEADER_NOT_FOUND = Rule(
    code="header-not-found",
    severity=Severity.ERROR,
    title="No header row was found",
    why="",
    mend="",
)

HEADER_ROW_FOUND = Rule(
    code="header-row-found",
    severity=Severity.NOTICE,
    title="The header row stands below other lines",
    why="",
    mend="",
)

HEADER_CLEANED = Rule(
    code="header-cleaned",
    severity=Severity.NOTICE,
    title="A header was read after cleaning",
    why="",
    mend="",
)

HEADER_GUESS = Rule(
    code="header-guess",
    severity=Severity.WARNING,
    confirms=True,
    title="A header was taken for another name",
    why="",
    mend="",
)

MISSING_HEADER = Rule(
    code="missing-header",
    severity=Severity.ERROR,
    title="A header is missing",
    why="",
    mend="",
)

DUPLICATE_HEADER = Rule(
    code="duplicate-header",
    severity=Severity.ERROR,
    title="A header stands twice",
    why="",
    mend="",
)

MERGED_HEADER = Rule(
    code="merged-header",
    severity=Severity.ERROR,
    title="Header cells are merged",
    why="",
    mend="",
)

UNKNOWN_COLUMN = Rule(
    code="unknown-column",
    severity=Severity.WARNING,
    title="A column is not used",
    why="",
    mend="",
)

HIDDEN_COLUMN = Rule(
    code="hidden-column",
    severity=Severity.WARNING,
    title="A column that counts is hidden",
    why="",
    mend="",
)

HIDDEN_ROWS = Rule(
    code="hidden-rows",
    severity=Severity.WARNING,
    confirms=True,
    title="Rows are hidden",
    why="",
    mend="",
)

MERGED_CELLS = Rule(
    code="merged-cells",
    severity=Severity.ERROR,
    title="Cells in a row are merged",
    why="",
    mend="",
)

REPEATED_HEADER_ROW = Rule(
    code="repeated-header-row",
    severity=Severity.ERROR,
    title="The header stands again among the rows",
    why="",
    mend="",
)

NOT_A_STUDENT_ROW = Rule(
    code="not-a-student-row",
    severity=Severity.ERROR,
    title="A line is not a student",
    why="",
    mend="",
)
