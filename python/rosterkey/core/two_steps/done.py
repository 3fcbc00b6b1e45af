"""Rows whose new username is there already, because the sheet was imported before."""

from __future__ import annotations

from collections.abc import Iterable

from rosterkey.core.keys import id_key, username_key
from rosterkey.core.model import Account
from rosterkey.core.reading.rows import Row
from rosterkey.core.snapshot import Snapshot


def done_before(rows: Iterable[Row], snapshot: Snapshot) -> dict[int, str]:
    """The username of the account that such a row is about, by row.

    Its Username is the name that was given up then, which may be another student's by now. The
    first step would give it back, and ask or stop for it.
    """
    found = ((row.number, _renamed_by(row, snapshot)) for row in rows)
    return {number: account.username for number, account in found if account}


def _renamed_by(row: Row, snapshot: Snapshot) -> Account | None:
    """The account that has the new username and had the other, and is the row's by its ID.

    A row without an ID says nothing of whom it means but the other username. Where somebody has
    that by now, it is a wish of its own.
    """
    old, new = row.get("username"), row.get("new_username")
    if not old or not new or "student_id" in row.broken:
        return None
    account = snapshot.with_username(username_key(new))
    if account is None or username_key(old) not in map(username_key, account.past_usernames):
        return None
    student_id = row.get("student_id")
    if student_id is None:
        return None if snapshot.with_username(username_key(old)) else account
    return account if id_key(student_id) == id_key(account.student_id or "") else None
