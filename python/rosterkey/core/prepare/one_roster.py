"""The students of a OneRoster set of CSV files, version 1.1 or 1.2.

The columns are those of the published tables: https://www.imsglobal.org/oneroster-v11-final-csv-tables
and https://www.imsglobal.org/spec/oneroster/v1p2/bind/csv. In 1.1 the role and the schools stand
in users.csv, in 1.2 in roles.csv.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rosterkey.core.keys import id_key
from rosterkey.core.prepare.listed import Listed, ListError, StudentList, merge
from rosterkey.core.reading.columns import fold_heading
from rosterkey.core.reading.text import clean_key, clean_name
from rosterkey.core.sheet import Sheet

USERS = "users"
TABLES = (USERS, "roles", "orgs", "classes", "enrollments")
"""The files of a set that are read, by their names without `.csv`."""

_SIGNS = {"sourcedid", "givenname", "familyname"}
_GONE = {"tobedeleted", "inactive"}
_STUDENT = "student"

_Line = dict[str, str]


def is_one_roster(sheet: Sheet) -> bool:
    """Whether a sheet is the users.csv of a OneRoster set, by its first row."""
    return _SIGNS.issubset(_names(sheet))


def read_one_roster(tables: Mapping[str, Sheet]) -> StudentList:
    """The active students of a set; `tables` holds the files by name, at least `users`.

    The Student ID is the identifier where every student has one of his own, else the sourcedId; a
    heading that somebody has named comes before both. Raises ListError.
    """
    if USERS not in tables or not is_one_roster(tables[USERS]):
        raise ListError(
            "The file is no OneRoster set: it needs a users.csv with the columns sourcedId, "
            "givenName and familyName."
        )
    lines = {name: list(_lines(tables[name])) for name in TABLES if name in tables}
    notices: list[str] = []
    users = _students(lines, notices)
    column = _id_column(users, tables[USERS].meanings, notices)
    schools = _schools(lines)
    classes = _classes(lines)
    listed = [_listed(line, row, column, schools, classes) for row, line in users]
    merged, contradicting = merge(one for one in listed if one.student_id)
    left_out = [
        f"Row {one.row}: {one.name or 'a student'} has no {column} on the list."
        for one in listed
        if not one.student_id
    ]
    headings = (str(cell) for cell in tables[USERS].rows[0][1])
    columns = {
        "Student ID": next((h for h in headings if fold_heading(h) == column), column),
        "Username": "username",
        "First Name": "givenName",
        "Last Name": "familyName",
        "Grade": "grades",
        "E-mail": "email",
    }
    if "orgs" in lines:
        columns["School"] = "name in orgs.csv"
    if classes:
        columns["Class"] = "title in classes.csv"
    return StudentList("users.csv", merged, columns, (*left_out, *contradicting), tuple(notices))


def _names(sheet: Sheet) -> list[str]:
    return [fold_heading(str(cell)) for cell in sheet.rows[0][1]] if sheet.rows else []


def _lines(sheet: Sheet) -> Iterator[tuple[int, _Line]]:
    """The rows below the header that are not deleted: text by folded column name."""
    names = _names(sheet)
    for number, cells in sheet.rows[1:]:
        texts = (clean_name(cell).text if isinstance(cell, str) else "" for cell in cells)
        line = dict(zip(names, texts, strict=False))
        if line.get("status", "").casefold() not in _GONE:
            yield number, line


def _students(
    lines: Mapping[str, list[tuple[int, _Line]]], notices: list[str]
) -> list[tuple[int, _Line]]:
    users = lines[USERS]
    if any(line.get("role") for _, line in users):
        return [(row, line) for row, line in users if line.get("role", "").casefold() == _STUDENT]
    if "roles" not in lines:
        notices.append("The list does not tell who is a student: everybody on it is taken for one.")
        return users
    places: dict[str, str] = {}
    for _, role in lines["roles"]:
        primary = role.get("roletype", "").casefold() == "primary"
        user = role.get("usersourcedid", "")
        if role.get("role", "").casefold() == _STUDENT and (primary or user not in places):
            places[user] = role.get("orgsourcedid", "")
    found = []
    for row, line in users:
        if line.get("sourcedid") in places:
            org = line.get("primaryorgsourcedid") or places[line["sourcedid"]]
            found.append((row, line | {"orgsourcedids": org}))
    return found


def _id_column(
    users: Iterable[tuple[int, _Line]], meanings: Mapping[str, str], notices: list[str]
) -> str:
    chosen = next((heading for heading, name in meanings.items() if name == "student_id"), None)
    if chosen:
        return chosen
    identifiers = [id_key(line.get("identifier", "")) for _, line in users]
    if identifiers and all(identifiers) and len(set(identifiers)) == len(identifiers):
        return "identifier"
    notices.append(
        "Not every student has an identifier of his own on the list, so the sourcedId is taken "
        'for the Student ID. If another column holds it, say so: --map "identifier=Student ID"'
    )
    return "sourcedid"


def _schools(lines: Mapping[str, list[tuple[int, _Line]]]) -> dict[str, str]:
    return {
        line.get("sourcedid", ""): line.get("name", "")
        for _, line in lines.get("orgs", ())
        if line.get("type", "school").casefold() == "school"
    }


def _classes(lines: Mapping[str, list[tuple[int, _Line]]]) -> dict[str, list[str]]:
    titles = {
        line.get("sourcedid", ""): line.get("title") or line.get("classcode", "")
        for _, line in lines.get("classes", ())
    }
    found: dict[str, list[str]] = {}
    for _, line in lines.get("enrollments", ()):
        title = titles.get(line.get("classsourcedid", ""))
        if title and line.get("role", "").casefold() == _STUDENT:
            # A semicolon divides classes on a roster.
            found.setdefault(line.get("usersourcedid", ""), []).append(title.replace(";", ","))
    return found


def _listed(
    line: _Line,
    row: int,
    column: str,
    schools: Mapping[str, str],
    classes: Mapping[str, list[str]],
) -> Listed:
    get = line.get
    orgs = (org.strip() for org in get("orgsourcedids", "").split(","))
    marks = (get("sourcedid", ""), get("identifier", ""))
    return Listed(
        row,
        clean_key(get(column, "")).text,
        get("givenname", ""),
        get("familyname", ""),
        next((schools[org] for org in orgs if org in schools), None),
        get("grades", "").partition(",")[0].strip() or None,
        tuple(dict.fromkeys(classes.get(get("sourcedid", ""), ()))),
        tuple(text for text in (get("username", ""), get("email", "")) if text),
        tuple(dict.fromkeys(mark for mark in marks if mark)),
    )
