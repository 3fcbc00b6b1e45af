"""Who may hold which Student ID at the end of the import (semantics: Outcomes of a row).

Rows match by Student ID, so only a change that is said (`Old Student ID`) can ask for an ID that
another account has. As with usernames, all is judged on the final state of the whole sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rosterkey.core.keys import id_key
from rosterkey.core.matching.entries import Entry
from rosterkey.core.matching.match import describe
from rosterkey.core.model import Account
from rosterkey.core.rules import keys
from rosterkey.core.snapshot import Snapshot


def check_student_ids(
    entries: Iterable[Entry], after: Mapping[int, Account], snapshot: Snapshot
) -> None:
    """Refuse every new Student ID that another account keeps, and what depends on such a row."""
    entries = list(entries)
    by_account = {e.account.account_id: e for e in entries if e.account}
    moving = [e for e in entries if not e.settled]
    claims = [(e, key) for e in moving if (key := _new_key(e, after[e.number])) is not None]
    settled = False
    while not settled:  # a row that fails keeps its ID, which may fail the row that waits for it
        settled = True
        for entry, key in claims:
            if not entry.failed and _refused(entry, key, by_account, after, snapshot):
                settled = False


def _new_key(entry: Entry, after: Account) -> str | None:
    if not after.student_id or entry.account is None:
        return None
    key = id_key(after.student_id)
    before = entry.account.student_id
    return None if before and id_key(before) == key else key


def _refused(
    entry: Entry,
    key: str,
    by_account: Mapping[str, Entry],
    after: Mapping[int, Account],
    snapshot: Snapshot,
) -> bool:
    for holder in snapshot.with_student_id(key):
        giver = by_account.get(holder.account_id)
        if giver and not giver.failed and not _keeps(after[giver.number], key):
            continue
        said = (
            f"the Student ID {entry.lead.get('student_id')} belongs to {describe(holder)}, who "
            f"keeps it; {entry.lead.name or 'this student'} cannot have it too. Correct the ID."
        )
        entry.say(keys.ID_BELONGS_TO_OTHER_ACCOUNT, said, column="Student ID", accounts=(holder,))
        return True
    return False


def _keeps(account: Account, key: str) -> bool:
    return bool(account.student_id) and id_key(account.student_id or "") == key
