"""A roster import as a consultant writes it with pandas: `pandas_script.py FILE DATABASE`.

Rows are matched by Student ID, then by username; what differs is written, the rest is appended.
"""

from __future__ import annotations

import sqlite3
import sys

import pandas as pd

COLUMNS = {
    "Student ID": "student_id",
    "Username": "username",
    "First Name": "first_name",
    "Last Name": "last_name",
    "Grade": "grade",
    "School": "school",
    "Class": "class_name",
}
FIELDS = list(COLUMNS.values())


def read(file: str) -> pd.DataFrame:
    """The sheet as texts, with the zeros that the cells show."""
    sheet = pd.read_excel(file, dtype=str, keep_default_na=False)
    sheet = sheet.rename(columns=COLUMNS)[FIELDS]
    numbers = sheet["student_id"]
    sheet["student_id"] = numbers.where(numbers == "", numbers.str.zfill(7))
    return sheet


def matched(sheet: pd.DataFrame, accounts: pd.DataFrame) -> pd.DataFrame:
    """Each row of the sheet with the account that it is about, if there is one."""
    with_id = sheet[sheet["student_id"] != ""]
    known = accounts[accounts["student_id"] != ""]
    by_id = with_id.merge(known, on="student_id", suffixes=("", "_old"), how="inner")
    by_id["student_id_old"] = by_id["student_id"]
    left = sheet[~sheet["username"].isin(by_id["username"])]
    free = accounts[~accounts["id"].isin(by_id["id"])]
    by_username = left.merge(free, on="username", suffixes=("", "_old"), how="left")
    by_username["username_old"] = by_username["username"]
    return pd.concat([by_id, by_username], ignore_index=True)


def main(file: str, database: str) -> None:
    """Import the file."""
    sheet = read(file)
    connection = sqlite3.connect(database)
    accounts = pd.read_sql("SELECT * FROM account", connection)
    accounts["student_id"] = accounts["student_id"].fillna("")
    rows = matched(sheet, accounts)
    new = rows["id"].isna()
    rows["student_id"] = rows["student_id"].where(
        rows["student_id"] != "", rows["student_id_old"].fillna("")
    )
    differs = pd.concat([rows[f] != rows[f"{f}_old"] for f in FIELDS], axis=1).any(axis=1)
    changed = rows[differs & ~new]
    updates = [
        (row[0] or None, *row[1:-1], int(row[-1]))
        for row in changed[[*FIELDS, "id"]].itertuples(index=False, name=None)
    ]
    assignments = ", ".join(f"{field} = ?" for field in FIELDS)
    connection.executemany(f"UPDATE account SET {assignments} WHERE id = ?", updates)
    created = rows[new][FIELDS].replace({"student_id": {"": None}})
    created.to_sql("account", connection, if_exists="append", index=False)
    connection.commit()


if __name__ == "__main__":
    main(*sys.argv[1:])
