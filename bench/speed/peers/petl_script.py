"""A roster import with petl: `petl_script.py FILE DATABASE`.

petl joins tables and appends rows; it has no updates, so those are the driver's.
"""

from __future__ import annotations

import sqlite3
import sys
from typing import Any

import petl as etl

HEADINGS = ("Student ID", "Username", "First Name", "Last Name", "Grade", "School", "Class")
FIELDS = (
    "student_id", "username", "first_name", "last_name", "grade", "school", "class_name"
)  # fmt: skip


def read(file: str) -> Any:
    """The sheet as texts, with the zeros that the cells show."""
    sheet = etl.fromxlsx(file)
    return (
        etl.cut(sheet, *HEADINGS)
        .setheader(FIELDS)
        .convert("student_id", lambda value: None if value is None else str(value).zfill(7))
        .convert("grade", str)
        .cache()
    )


def main(file: str, database: str) -> None:
    """Import the file: matched by Student ID, then by username; what differs is written."""
    connection = sqlite3.connect(database)
    sheet = read(file)
    accounts = etl.fromdb(connection, "SELECT * FROM account").cache()
    by_id = etl.lookupone(accounts.selectnotnone("student_id"), "student_id")
    by_username = etl.lookupone(accounts, "username")
    with_id = etl.selectin(sheet, "student_id", by_id)
    claimed = {by_id[row[0]][0] for row in etl.data(with_id)}
    updates, created = [], []
    for row in etl.data(sheet):
        account = by_id.get(row[0])
        if account is None:
            account = by_username.get(row[1])
            account = None if account and account[0] in claimed else account
        if account is None:
            created.append(tuple(row))
            continue
        wanted = (row[0] or account[1], *row[1:])
        if wanted != tuple(account[1:]):
            updates.append((*wanted, account[0]))
    assignments = ", ".join(f"{field} = ?" for field in FIELDS)
    connection.executemany(f"UPDATE account SET {assignments} WHERE id = ?", updates)
    etl.appenddb([FIELDS, *created], connection, "account")
    connection.commit()


if __name__ == "__main__":
    main(*sys.argv[1:])
