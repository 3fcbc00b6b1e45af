"""Which account a row means: two passes, never the order of the rows (semantics: Matching)."""

from __future__ import annotations

from collections.abc import Iterable

from rosterkey.core.keys import id_key, username_key
from rosterkey.core.matching.entries import Entry
from rosterkey.core.model import Account, Fix, Role, Status
from rosterkey.core.reading.rows import CLEAR
from rosterkey.core.rules import cells, fields, keys
from rosterkey.core.snapshot import Snapshot


def match(entries: Iterable[Entry], snapshot: Snapshot) -> None:
    """Find the account of every entry, first by Student ID, then by username.

    Sets `account` and `matched_by`; says what forbids a match. An account that was claimed by a
    Student ID is never matched by username, whatever the order of the rows.
    """
    entries = list(entries)
    for entry in entries:
        _match_by_id(entry, snapshot)
    claimed = {e.account.account_id for e in entries if e.account}
    for entry in entries:
        if entry.account is None and not _has_key_error(entry):
            _match_by_username(entry, snapshot, claimed)
    _refuse_second_rows(entries)


def describe(account: Account) -> str:
    """An account as a message names it: the person, the username and the Student ID."""
    number = f"Student ID {account.student_id}" if account.student_id else "no Student ID"
    state = ", archived" if account.status is Status.ARCHIVED else ""
    return f"{account.name or 'no name'} (username {account.username}, {number}{state})"


def _has_key_error(entry: Entry) -> bool:
    return any(f.code in _KEY_ERRORS for f in entry.findings)


_KEY_ERRORS = {
    keys.ID_NOT_UNIQUE_IN_DATABASE.code,
    keys.OLD_ID_NOT_FOUND.code,
    fields.NOT_A_STUDENT_ACCOUNT.code,
}


def _match_by_id(entry: Entry, snapshot: Snapshot) -> None:
    row = entry.lead
    old = row.get("old_student_id")
    new = row.get("student_id")
    if old:
        holders = _holders(snapshot, old, row.raw.get("old_student_id"))
        done = _holders(snapshot, new, row.raw.get("student_id")) if new else []
        if not _is_done(entry, holders, done):
            _take_by_id(entry, holders, old, "old_student_id")
            return
    if new and new != CLEAR:
        holders = _holders(snapshot, new, row.raw.get("student_id"))
        if holders:
            _take_by_id(entry, holders, new, "student_id")


def _is_done(entry: Entry, old: list[Account], new: list[Account]) -> bool:
    """Whether the account has its new Student ID already, from an earlier import of this sheet.

    Two students who exchange their IDs have both IDs before and after: who the row is tells.
    """
    if len(new) != 1:
        return False
    if not old:
        return True
    return _is_row_of(entry, new[0]) and not all(_is_row_of(entry, a) for a in old)


def _is_row_of(entry: Entry, account: Account) -> bool:
    """Whether the row's username is the account's, or the row brings another one and its name."""
    if entry.username_key == username_key(account.username):
        return True
    first, last = entry.lead.get("first_name"), entry.lead.get("last_name")
    return bool(first and last) and (account.first_name, account.last_name) == (first, last)


def _holders(snapshot: Snapshot, text: str, raw: str | None) -> list[Account]:
    # What stands on the sheet to the letter comes before what cleaning makes of it.
    if raw is not None:
        exact = [a for a in snapshot.with_student_id(id_key(raw)) if a.student_id == raw]
        if exact:
            return exact
    return snapshot.with_student_id(id_key(text))


def _take_by_id(entry: Entry, holders: list[Account], text: str, field: str) -> None:
    heading = "Student ID" if field == "student_id" else "Old Student ID"
    if not holders:
        said = f"no account has the Old Student ID {text}. Correct it, or empty the cell."
        entry.say(keys.OLD_ID_NOT_FOUND, said, column=heading)
        return
    if len(holders) > 1:
        people = " and ".join(describe(a) for a in holders)
        said = (
            f"the Student ID {text} belongs to {len(holders)} accounts in the database: {people}. "
            "Nobody can tell which one is meant; correct the accounts first."
        )
        entry.say(keys.ID_NOT_UNIQUE_IN_DATABASE, said, column=heading, accounts=holders)
        return
    account = holders[0]
    if account.role is not Role.STUDENT:
        _refuse_staff(entry, account, heading)
        return
    entry.account, entry.matched_by = account, field
    if account.student_id != text and entry.lead.raw.get(field) != account.student_id:
        said = (
            f"the Student ID {text} is stored as {account.student_id}; the stored spelling stays."
        )
        entry.say(keys.ID_CASE_DIFFERS, said, column=heading)


def _refuse_staff(entry: Entry, account: Account, heading: str) -> None:
    entry.suspect = account
    said = (
        f"{describe(account)} is a {account.role} account. A student sheet never changes it; "
        f"correct the {heading} of {entry.lead.name or 'this row'}."
    )
    entry.say(fields.NOT_A_STUDENT_ACCOUNT, said, column=heading, accounts=(account,))


def _match_by_username(entry: Entry, snapshot: Snapshot, claimed: set[str]) -> None:
    text = entry.lead.get("username")
    if text is None:
        return
    raw = entry.lead.raw.get("username")
    account = snapshot.with_username(username_key(raw)) if raw is not None else None
    account = account or snapshot.with_username(username_key(text))
    if account is None or account.account_id in claimed:
        return
    if account.role is not Role.STUDENT:
        _refuse_staff(entry, account, "Username")
    elif account.status is Status.ARCHIVED:
        _refuse_archived(entry, account)
    elif _conflicts(entry, account):
        _refuse_other_id(entry, account)
    else:
        entry.account, entry.matched_by = account, "username"
        if account.username not in (text, raw) and not (entry.id_key and not account.student_id):
            stored = account.username
            said = f"the username {text} is stored as {stored}; the stored spelling stays."
            entry.say(keys.CASE_DIFFERS, said, column="Username")


def _conflicts(entry: Entry, account: Account) -> bool:
    return bool(entry.id_key and account.student_id) and entry.lead.get("old_student_id") is None


def _refuse_archived(entry: Entry, account: Account) -> None:
    entry.suspect = account
    said = (
        f"the username {entry.lead.get('username')} belongs to the archived account of "
        f"{describe(account)}. If this is the same student, write the Student ID of that account "
        "into the row; otherwise choose another username."
    )
    fix = Fix("Student ID", account.student_id) if account.student_id else None
    entry.say(keys.USERNAME_HELD_BY_ARCHIVED, said, column="Username", accounts=(account,), fix=fix)


def _refuse_other_id(entry: Entry, account: Account) -> None:
    entry.suspect = account
    if entry.cell_failed("student_id"):
        return
    text, stored = entry.lead.get("student_id") or "", account.student_id or ""
    if _same_but_zeros(text, stored):
        say_lost_zero(entry, account)
        return
    said = (
        f"the username {account.username} belongs to {describe(account)}, but the row says Student "
        f"ID {text}. Overwriting {stored} by {text} would hand one student's account to another. "
        f"If {stored} is to become {text}, write {stored} into a column named Old Student ID; "
        "otherwise correct the ID or the username."
    )
    fix = Fix("Student ID", stored)
    entry.say(keys.ID_CONFLICT, said, column="Student ID", accounts=(account,), fix=fix)


def _same_but_zeros(text: str, stored: str) -> bool:
    return text.isdigit() and stored.isdigit() and text.lstrip("0") == stored.lstrip("0")


def say_lost_zero(entry: Entry, account: Account) -> None:
    """Say that the row's Student ID is that of `account` without its leading zeros."""
    entry.suspect = account
    text, stored = entry.lead.get("student_id") or "", account.student_id or ""
    said = (
        f"the Student ID {text} has lost its leading zeros: {describe(account)} has {stored}. "
        f"Format the column as text and write {stored}."
    )
    fix = Fix("Student ID", stored)
    entry.say(cells.LEADING_ZERO_LOST, said, column="Student ID", accounts=(account,), fix=fix)


def _refuse_second_rows(entries: list[Entry]) -> None:
    by_account: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.account:
            by_account.setdefault(entry.account.account_id, []).append(entry)
    for group in by_account.values():
        for entry in group if len(group) > 1 else ():
            if entry.failed or entry.account is None:
                continue
            rows = ", ".join(f"row {e.number}" for e in group if e is not entry)
            said = f"{rows} means the same account, {describe(entry.account)}. Keep one of them."
            entry.say(keys.TWO_ROWS_ONE_ACCOUNT, said, accounts=(entry.account,))
