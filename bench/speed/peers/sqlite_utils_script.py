"""A roster import with sqlite-utils over calamine: `sqlite_utils_script.py FILE DATABASE`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineWorkbook
from sqlite_utils import Database

FIELDS = (
    "student_id", "username", "first_name", "last_name", "grade", "school", "class_name"
)  # fmt: skip


def read(file: str) -> Iterator[dict[str, Any]]:
    """The rows as texts, with the zeros that the cells show."""
    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    for cells in rows[1:]:
        row = dict(zip(FIELDS, cells, strict=False))
        number, grade = row["student_id"], row["grade"]
        row["student_id"] = f"{number:07.0f}" if isinstance(number, float) else number or None
        row["grade"] = f"{grade:.0f}" if isinstance(grade, float) else grade
        yield row


def main(file: str, database: str) -> None:
    """Import the file: matched by Student ID, then by username; what differs is upserted."""
    table = Database(database)["account"]
    accounts = list(table.rows)
    by_id = {a["student_id"]: a for a in accounts if a["student_id"]}
    by_username = {a["username"]: a for a in accounts}
    sheet = list(read(file))
    claimed = {by_id[row["student_id"]]["id"] for row in sheet if row["student_id"] in by_id}
    changed, created = [], []
    for row in sheet:
        account = by_id.get(row["student_id"])
        if account is None:
            account = by_username.get(row["username"])
            account = None if account and account["id"] in claimed else account
        if account is None:
            created.append(row)
            continue
        wanted = {**account, **row, "student_id": row["student_id"] or account["student_id"]}
        if wanted != account:
            changed.append(wanted)
    table.upsert_all(changed, pk="id")
    table.insert_all(created)


if __name__ == "__main__":
    main(*sys.argv[1:])
