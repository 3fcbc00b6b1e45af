"""What a row must hold to be planned at all (semantics: Outcomes of a row)."""

from __future__ import annotations

from collections.abc import Iterable

from rosterkey.core.matching.entries import Entry
from rosterkey.core.model import Account
from rosterkey.core.rules import fields, keys


def check_keys(entries: Iterable[Entry], sheet_fields: frozenset[str]) -> None:
    """Say which rows have no key, or a Student ID and a blank username."""
    for entry in entries:
        row = entry.lead
        if "username" in row.values or "username" in row.broken:
            continue
        who = row.name or "this row"
        if "student_id" in row.values or "student_id" in row.broken:
            said = (
                f"the username of {who} is blank. A blank here is often a formula that was not "
                "calculated; fill in the username that the account is to have."
            )
            entry.say(keys.USERNAME_BLANK, said, column="Username")
        else:
            said = f"{who} has neither a Student ID nor a username, so no account can be found."
            entry.say(keys.NO_KEY, said, column="Username")


def check_new_account(entry: Entry, after: Account) -> None:
    """Say what a new account lacks: names are required, a Student ID is wanted."""
    row = entry.lead
    if entry.failed:
        return
    wanted = {"First Name": "first_name", "Last Name": "last_name"}
    missing = [heading for heading, name in wanted.items() if not row.get(name)]
    if missing:
        said = (
            f"no account fits the row, and a new one for {row.get('username')} lacks "
            f"{' and '.join(missing)}. Correct the Student ID or the username if the student has "
            "an account; otherwise fill in the name."
        )
        entry.say(fields.CREATE_LACKS_REQUIRED_FIELDS, said, column=missing[0])
    elif not after.student_id:
        said = (
            f"the new student {after.name} has no Student ID, so a later change of the username "
            "would make a second account. Add the ID if there is one."
        )
        entry.say(keys.NO_ID, said, column="Student ID")
