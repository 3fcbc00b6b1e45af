"""Whether the account is the child that the row means (semantics: People)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rosterkey.core.entries import Entry
from rosterkey.core.match import describe
from rosterkey.core.model import Account, Finding
from rosterkey.core.options import Limits
from rosterkey.core.people.names import different_person
from rosterkey.core.rules import people
from rosterkey.core.snapshot import Snapshot


def check_persons(entries: Iterable[Entry]) -> None:
    """Say where the key is right and first and last name are somebody else's."""
    for entry in entries:
        account = entry.account
        if account is None:
            continue
        first, last = entry.lead.get("first_name"), entry.lead.get("last_name")
        if first == account.first_name or last == account.last_name:
            continue
        if different_person(account, first, last):
            key = "username" if entry.matched_by == "username" else "Student ID"
            said = (
                f"the {key} belongs to {describe(account)}, but the row says {entry.lead.name}. "
                f"{entry.lead.name} would get the account of {account.name}, with the work in it: "
                "confirm only if this is one and the same student."
            )
            entry.say(people.DIFFERENT_PERSON, said, column="Last Name", accounts=(account,))


def check_duplicates(
    entries: Iterable[Entry], after: Mapping[int, Account], snapshot: Snapshot
) -> None:
    """Say which new accounts look like an existing one."""


def check_slips(entries: Iterable[Entry], snapshot: Snapshot, limits: Limits) -> list[Finding]:
    """Say which columns have slipped against the others."""
    return []
