"""What a file itself has to say, before any cell is read."""

from __future__ import annotations

from rosterkey.core.model import Severity
from rosterkey.core.rules.rule import Rule

EMPTY_FILE = Rule(
    code="empty-file",
    severity=Severity.ERROR,
    title="The file holds nothing",
    why="",
    mend="",
)

NOT_A_WORKBOOK = Rule(
    code="not-a-workbook",
    severity=Severity.ERROR,
    title="The file is neither a workbook nor a CSV",
    why="",
    mend="",
)

DAMAGED_FILE = Rule(
    code="damaged-file",
    severity=Severity.ERROR,
    title="The workbook is damaged",
    why="",
    mend="",
)

PASSWORD_PROTECTED = Rule(
    code="password-protected",
    severity=Severity.ERROR,
    title="The workbook is locked with a password",
    why="",
    mend="",
)

LEGACY_FORMAT = Rule(
    code="legacy-format",
    severity=Severity.ERROR,
    title="The workbook is in the format of Excel 97 (.xls)",
    why="",
    mend="",
)

UNSUPPORTED_FORMAT = Rule(
    code="unsupported-format",
    severity=Severity.ERROR,
    title="The file is of a kind that is not read",
    why="",
    mend="",
)

HTML_NOT_EXCEL = Rule(
    code="html-not-excel",
    severity=Severity.ERROR,
    title="The file is a web page with the name of a workbook",
    why="",
    mend="",
)

TEXT_NOT_EXCEL = Rule(
    code="text-not-excel",
    severity=Severity.ERROR,
    title="The file is plain text with the name of a workbook",
    why="",
    mend="",
)

TOO_LARGE_UNPACKED = Rule(
    code="too-large-unpacked",
    severity=Severity.ERROR,
    title="The file unpacks to more than is read",
    why="",
    mend="",
)

XML_ENTITIES = Rule(
    code="xml-entities",
    severity=Severity.ERROR,
    title="The workbook holds definitions that no workbook needs",
    why="",
    mend="",
)

ENCODING_UNKNOWN = Rule(
    code="encoding-unknown",
    severity=Severity.ERROR,
    title="The text encoding of the file cannot be told",
    why="",
    mend="",
)

BAD_QUOTING = Rule(
    code="bad-quoting",
    severity=Severity.ERROR,
    title="A quotation mark is opened and never closed",
    why="",
    mend="",
)

ENCODING_GUESS = Rule(
    code="encoding-guess",
    severity=Severity.NOTICE,
    title="The text encoding was guessed",
    why="",
    mend="",
)

DELIMITER_GUESS = Rule(
    code="delimiter-guess",
    severity=Severity.NOTICE,
    title="The character between the cells was guessed",
    why="",
    mend="",
)

TOO_FEW_CELLS = Rule(
    code="too-few-cells",
    severity=Severity.ERROR,
    title="A line has fewer cells than the header",
    why="",
    mend="",
)

TOO_MANY_CELLS = Rule(
    code="too-many-cells",
    severity=Severity.ERROR,
    title="A line has more cells than the header",
    why="",
    mend="",
)
