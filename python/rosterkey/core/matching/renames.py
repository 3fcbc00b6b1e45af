"""Who may hold which username at the end of the import (semantics: Outcomes of a row).

All is judged on the final state of the whole sheet: swaps, chains and cycles of usernames work
in any order of the rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rosterkey.core.keys import username_key
from rosterkey.core.matching.entries import Entry
from rosterkey.core.matching.match import describe
from rosterkey.core.model import Account, Role, Status
from rosterkey.core.people.names import different_person
from rosterkey.core.rules import keys, people
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.source import Key


@dataclass(slots=True)
class Names:
    """Which entries take which names.

    `takes` are the entries that get a username which another current student has before the
    import (chains, swaps and cycles).
    """

    takes: list[Entry] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _Claim:
    """An entry that wants a username which another account holds, or that it does not hold yet."""

    entry: Entry
    key: str
    holder: Account | None
    giver: Entry | None = None


def check_usernames(entries: Iterable[Entry], snapshot: Snapshot) -> Names:
    """Say of every entry that gets a new username whether it may have it."""
    entries = list(entries)
    by_account = {e.account.account_id: e for e in entries if e.account}
    claims = [claim for e in entries if (claim := _claim(e, snapshot, by_account))]
    snapshot.ask(Key.PAST_USERNAME, (c.key for c in claims), len(claims))
    _refuse_taken(claims, snapshot)
    _block_dependents(claims)
    names = Names()
    in_cycle = _cycles(claims)
    for claim in claims:
        if not claim.entry.failed:
            _warn(claim, id(claim.entry) in in_cycle, snapshot, names)
    return names


def _claim(entry: Entry, snapshot: Snapshot, by_account: dict[str, Entry]) -> _Claim | None:
    key = entry.username_key
    if key is None or entry.settled or entry.matched_by == "username":
        return None
    if entry.account and username_key(entry.account.username) == key:
        return None
    holder = snapshot.with_username(key)
    claim = _Claim(entry, key, holder)
    if holder is not None:
        giver = by_account.get(holder.account_id)
        # An account that keeps its name shares the key with this row: the duplicate is said there.
        if giver is not None and giver is not entry:
            claim.giver = giver
    return claim


def _refuse_taken(claims: list[_Claim], snapshot: Snapshot) -> None:
    for claim in claims:
        entry, holder = claim.entry, claim.holder
        if holder is None or claim.giver is not None or entry.suspect is holder:
            continue
        if entry.account is None:
            continue  # matching by username has said why this one cannot be matched
        if _row_is(entry, holder) and not _row_is(entry, entry.account):
            said = (
                f"the Student ID {entry.lead.get('student_id')} belongs to "
                f"{describe(entry.account)}, but the username and the name are those of "
                f"{describe(holder)}. Correct the ID or the username."
            )
            accounts = (entry.account, holder)
            entry.say(
                keys.ID_BELONGS_TO_OTHER_ACCOUNT, said, column="Student ID", accounts=accounts
            )
            continue
        _say_taken(entry, entry.account, holder)


def _say_taken(entry: Entry, account: Account, holder: Account) -> None:
    kind = ""
    if holder.role is not Role.STUDENT:
        kind = f" This is a {holder.role} account."
    elif holder.status is Status.ARCHIVED:
        kind = " That account is archived and keeps its username."
    said = (
        f"row {entry.number} would rename {describe(account)} to "
        f"{entry.lead.get('username')}, but that username belongs to {describe(holder)}, who is "
        f"not renamed by this sheet.{kind} Choose another username."
    )
    accounts = (account, holder)
    entry.say(keys.USERNAME_TAKEN, said, column="Username", accounts=accounts)
    same = holder.role is Role.STUDENT and not different_person(
        account, holder.first_name, holder.last_name
    )
    if same:
        said = (
            f"{account.name} seems to have two accounts: {describe(account)} and "
            f"{describe(holder)}. Merge them first: rosterkey duplicates finds them."
        )
        entry.say(people.SAME_PERSON_TWO_ACCOUNTS, said, accounts=accounts)


def _row_is(entry: Entry, account: Account) -> bool:
    first, last = entry.lead.get("first_name"), entry.lead.get("last_name")
    return bool(first and last) and not different_person(account, first or "", last or "")


def _block_dependents(claims: list[_Claim]) -> None:
    """Fail every entry whose username is given up by an entry that fails, to the end of chains."""
    waiting: dict[int, list[_Claim]] = {}
    for claim in claims:
        if claim.giver is not None:
            waiting.setdefault(id(claim.giver), []).append(claim)
    todo = [giver for giver in {id(c.giver): c.giver for c in claims if c.giver}.values()
            if giver.failed]  # fmt: skip
    while todo:
        giver = todo.pop()
        for claim in waiting.get(id(giver), ()):
            if claim.entry.failed:
                continue
            said = (
                f"the username {claim.entry.lead.get('username')} becomes free only if row "
                f"{giver.number} is imported, and row {giver.number} has an error. Mend that row "
                "first."
            )
            claim.entry.say(keys.BLOCKED_BY_ROW, said, column="Username")
            todo.append(claim.entry)


def _cycles(claims: list[_Claim]) -> set[int]:
    """The ids of the entries that pass usernames round in a ring (a swap is a ring of two)."""
    gives = {id(c.entry): c.giver for c in claims if c.giver is not None}
    found: set[int] = set()
    walked: dict[int, int] = {}
    for start in gives:
        path: list[int] = []
        step = start
        while step in gives and step not in walked:
            walked[step] = start
            path.append(step)
            step = id(gives[step])
        if walked.get(step) == start and step in path:
            found.update(path[path.index(step) :])
    return found


def _warn(claim: _Claim, in_cycle: bool, snapshot: Snapshot, names: Names) -> None:
    entry, holder = claim.entry, claim.holder
    username = entry.lead.get("username")
    who = (entry.account.name if entry.account else entry.lead.name) or "the student"
    if holder is not None and entry.account is not None:
        names.takes.append(entry)
        row = f"row {claim.giver.number}" if claim.giver else "another row"
        if in_cycle:
            said = (
                f"{who} gets the username {username}, which {describe(holder)} has now and passes "
                f"on in {row}. Each could sign in as the other: confirm that this is meant."
            )
            entry.say(keys.TAKES_NAME_OF_OTHER_STUDENT, said, column="Username", accounts=(holder,))
        else:
            said = (
                f"{who} gets the username {username}, which {describe(holder)} gives up in {row}."
            )
            entry.say(keys.TAKES_FREED_NAME, said, column="Username", accounts=(holder,))
        return
    own = entry.account.account_id if entry.account else None
    before = [a for a in snapshot.with_past_username(claim.key) if a.account_id != own]
    once = [holder] if holder else before
    if once:
        when = "has until this import" if holder else "once had"
        _say_reused(entry, who, f"{describe(once[0])} {when}", once)
    elif snapshot.with_retired_username(claim.key) - {own}:
        _say_reused(entry, who, "an account that was deleted once had", [])


def _say_reused(entry: Entry, who: str, whose: str, accounts: list[Account]) -> None:
    said = (
        f"{who} gets the username {entry.lead.get('username')}, which {whose}. Old links and "
        "mail may reach the wrong child: confirm it, or choose another username."
    )
    entry.say(keys.REUSES_FREED_USERNAME, said, column="Username", accounts=accounts)
