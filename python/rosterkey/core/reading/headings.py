"""The headings of a roster: what each column is called, and its synonyms."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from rosterkey.core.reading.text import clean_name


@dataclass(frozen=True, slots=True)
class Column:
    """A column that an import reads: its heading, the field it fills, and its synonyms."""

    field: str
    heading: str
    synonyms: tuple[str, ...] = ()


COLUMNS = (
    Column(
        "student_id",
        "Student ID",
        ("stuid", "sid", "studentnumber", "studentno", "pupilid", "localid", "sisid", "id"),
    ),
    Column(
        "username",
        "Username",
        ("login", "loginid", "loginname", "user", "userid", "useraccount", "accountname"),
    ),
    Column("first_name", "First Name", ("givenname", "first", "forename", "fname")),
    Column("last_name", "Last Name", ("surname", "familyname", "last", "lname")),
    Column("grade", "Grade", ("gr", "gradelevel", "yeargroup", "yearlevel")),
    Column("school", "School", ("campus", "schoolname", "building", "site")),
    Column("classes", "Class", ("section", "classes", "classname", "homeroom", "group")),
    Column("password", "Password", ("pwd", "pass", "passcode")),
    Column("new_username", "New Username", ("newlogin", "newuser", "newloginid")),
    Column("old_student_id", "Old Student ID", ("oldid", "previousstudentid", "formerstudentid")),
)
HEADING = {column.field: column.heading for column in COLUMNS} | {"decision": "Decision"}
RESULT_HEADINGS = ("Result", "Changes", "Findings", "Decision")
"""Columns that the product writes. Only what stands under Decision is read; it is no field."""

ORIGIN_HEADINGS = ("Account", "Version")
"""Columns that an export writes: which account a row came from, and which version of it.

They are read where both stand on a sheet, and are no fields."""

_BETWEEN = re.compile(r"[\s_\-.]+")


def fold_heading(text: str) -> str:
    """A heading without case, spaces and punctuation: `Student  ID` and `student_id` are one."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", clean_name(text).text)
    return _BETWEEN.sub("", text.casefold())


BY_HEADING = {fold_heading(c.heading): c for c in COLUMNS}
"""The columns by their folded heading."""

BY_SYNONYM = {synonym: c for c in COLUMNS for synonym in c.synonyms}
"""The columns that a folded heading is proposed for."""

RESULTS = {fold_heading(heading) for heading in RESULT_HEADINGS}
"""The folded headings of the columns that the product writes."""

DECISION = fold_heading(HEADING["decision"])
ORIGIN = tuple(fold_heading(heading) for heading in ORIGIN_HEADINGS)


def column_letter(position: int) -> str:
    """The letters over a column: 0 is A, 26 is AA."""
    letters = ""
    position += 1
    while position:
        position, remainder = divmod(position - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters
