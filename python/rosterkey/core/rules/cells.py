"""What Excel, a keyboard or a copy did to a cell."""

from __future__ import annotations

from rosterkey.core.model import Severity
from rosterkey.core.rules.rule import Rule

CLEANED = Rule(
    code="cleaned",
    severity=Severity.NOTICE,
    title="Odd spaces or invisible characters were removed",
    why="",
    mend="",
)

NORMALISED = Rule(
    code="normalised",
    severity=Severity.NOTICE,
    title="A spelling was brought to the district's own",
    why="",
    mend="",
)

DOT_ZERO_REMOVED = Rule(
    code="dot-zero-removed",
    severity=Severity.NOTICE,
    title="A trailing .0 was removed",
    why="",
    mend="",
)

PADDED_BY_FORMAT = Rule(
    code="padded-by-format",
    severity=Severity.NOTICE,
    title="The number was taken as it is shown",
    why="",
    mend="",
)

LEADING_ZERO_LOST = Rule(
    code="leading-zero-lost",
    severity=Severity.ERROR,
    title="A Student ID has lost its leading zeros",
    why="",
    mend="",
)

AMBIGUOUS_NUMERIC_ID = Rule(
    code="ambiguous-numeric-id",
    severity=Severity.WARNING,
    confirms=True,
    title="A number fits two Student IDs",
    why="",
    mend="",
)

SCIENTIFIC_NOTATION = Rule(
    code="scientific-notation",
    severity=Severity.ERROR,
    title="A number was turned into powers of ten",
    why="",
    mend="",
)

OVER_15_DIGITS = Rule(
    code="over-15-digits",
    severity=Severity.ERROR,
    title="A number has more digits than Excel keeps",
    why="",
    mend="",
)

DATE_INSTEAD_OF_TEXT = Rule(
    code="date-instead-of-text",
    severity=Severity.ERROR,
    title="A text was turned into a date",
    why="",
    mend="",
)

NUMBER_INSTEAD_OF_TEXT = Rule(
    code="number-instead-of-text",
    severity=Severity.ERROR,
    title="A text was turned into a number",
    why="",
    mend="",
)

BOOLEAN_INSTEAD_OF_TEXT = Rule(
    code="boolean-instead-of-text",
    severity=Severity.ERROR,
    title="A text was turned into TRUE or FALSE",
    why="",
    mend="",
)

EXCEL_ERROR_VALUE = Rule(
    code="excel-error-value",
    severity=Severity.ERROR,
    title="The cell shows an Excel error",
    why="",
    mend="",
)

FORMULA_NOT_CALCULATED = Rule(
    code="formula-not-calculated",
    severity=Severity.ERROR,
    title="The formula was not calculated",
    why="",
    mend="",
)

FORMULA_CELL = Rule(
    code="formula-cell",
    severity=Severity.WARNING,
    title="The cell is a formula",
    why="",
    mend="",
)

FORMULA_TEXT = Rule(
    code="formula-text",
    severity=Severity.ERROR,
    title="The text would run as a formula",
    why="",
    mend="",
)

MOJIBAKE = Rule(
    code="mojibake",
    severity=Severity.WARNING,
    confirms=True,
    title="The text is garbled",
    why="",
    mend="",
)

TOO_LONG = Rule(
    code="too-long",
    severity=Severity.ERROR,
    title="The text is too long",
    why="",
    mend="",
)

BAD_CHARACTER = Rule(
    code="bad-character",
    severity=Severity.ERROR,
    title="The text has a character that must not be there",
    why="",
    mend="",
)

ODD_CHARACTER = Rule(
    code="odd-character",
    severity=Severity.WARNING,
    title="The text has an unusual character",
    why="",
    mend="",
)

NULL_LIKE_NAME = Rule(
    code="null-like-name",
    severity=Severity.NOTICE,
    title="A name reads like a blank",
    why="",
    mend="",
)

PASSWORD_NOT_TEXT = Rule(
    code="password-not-text",
    severity=Severity.ERROR,
    title="The password is a number or a date",
    why="",
    mend="",
)

PASSWORD_EDGE_SPACE = Rule(
    code="password-edge-space",
    severity=Severity.WARNING,
    title="The password starts or ends with a space",
    why="",
    mend="",
)
