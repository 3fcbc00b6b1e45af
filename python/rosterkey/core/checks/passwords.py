"""What may be a password (semantics: Blanks and columns)."""

from __future__ import annotations

from rosterkey.core.checks.context import say
from rosterkey.core.checks.values import PASSWORD_MAX
from rosterkey.core.matching.entries import Entry
from rosterkey.core.model import Account
from rosterkey.core.reading.rows import CLEAR
from rosterkey.core.rules import cells, fields


def check_password(entry: Entry, after: Account) -> None:
    """Say what is weak or impossible about the password of the row."""
    password = entry.lead.get("password")
    if password is None:
        return
    if password == CLEAR:
        say(entry, "password", fields.CLEAR_NOT_ALLOWED, "a password cannot be emptied.")
    elif len(password) > PASSWORD_MAX:
        said = f"{len(password)} characters; at most {PASSWORD_MAX} are taken."
        say(entry, "password", cells.TOO_LONG, said)
    easy = {
        text.casefold()
        for text in (after.student_id, after.username, after.first_name, after.last_name)
        if text
    }
    easy |= {after.name.casefold(), after.name.casefold().replace(" ", "")}
    if password.casefold() in easy:
        said = (
            "the password equals the Student ID, the username or the name, so anybody can guess it."
        )
        say(entry, "password", fields.WEAK_PASSWORD, said)
