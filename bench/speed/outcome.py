"""Whether a program's accounts are, after its import, those that they should be."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bench.speed.files import Size

_FIELDS = "student_id, username, first_name, last_name, grade, school, class_name"
_TABLE = f"SELECT id, {_FIELDS} FROM account"
"""The accounts of the other programs, and of the expected end."""

PRODUCT = """
SELECT CASE WHEN length(a.account_id) < 10 THEN CAST(substr(a.account_id, 2) AS INTEGER) END AS id,
    student_id, username, first_name, last_name, grade, school,
    coalesce(class_name, '') AS class_name
FROM account a LEFT JOIN enrollment e
    ON e.district_id = a.district_id AND e.account_id = a.account_id
"""
"""The same of the product, whose ids are an `a` and the number, or long and random for new ones."""


def wrong_accounts(result: Path, size: Size, *, product: bool) -> int:
    """How many of the expected accounts a database lacks, or has beside them.

    An account that was there before has to be the same one; of a new one every field counts.
    """
    with closing(sqlite3.connect(result)) as database:
        database.execute("ATTACH ? AS expected", (str(size.folder / "expected.db"),))
        database.execute("ATTACH ? AS before", (str(size.district / "before.db"),))
        found = _known(PRODUCT if product else _TABLE)
        wanted = _known(f"SELECT id, {_FIELDS} FROM expected.account")
        pairs = ((found, wanted), (wanted, found))
        lacking = [f"SELECT count(*) FROM ({one} EXCEPT {other})" for one, other in pairs]
        return max(database.execute(query).fetchone()[0] for query in lacking)


def _known(query: str) -> str:
    """The rows with their ids where these are of accounts that were there before."""
    known = "CASE WHEN id IN (SELECT id FROM before.account) THEN id END"
    return f"SELECT {known}, {_FIELDS} FROM ({query})"
