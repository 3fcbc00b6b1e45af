"""Taking an import back, field by field (semantics: Import and undo).

An undo is itself a plan: what nobody changed since goes back, what somebody changed stays and
is named, and the undo is an import of its own that can be undone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rosterkey.core.checks.changes import field_differences
from rosterkey.core.checks.gate import decide
from rosterkey.core.history import ImportImages
from rosterkey.core.keys import username_key
from rosterkey.core.matching.match import describe
from rosterkey.core.merged import drop_foreign_traces, merged_by, take_merges_back
from rosterkey.core.model import Account, AccountChange, Finding, Plan
from rosterkey.core.rules import fields, imports
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.source import Key
from rosterkey.core.state import fingerprint

_REVERTED = (
    "student_id",
    "username",
    "first_name",
    "last_name",
    "school",
    "grade",
    "classes",
    "status",
    "password_hash",
)
_ASKED = {"username": Key.USERNAME, "student_id": Key.STUDENT_ID}
_WORDS = {
    "student_id": "Student ID",
    "first_name": "first name",
    "last_name": "last name",
    "classes": "class",
    "password_hash": "password",
}


@dataclass(slots=True)
class _Taking:
    """What goes back: accounts after the undo by id (None: removed), and what is left and why.

    `merged` tells of each account that the import merged away which one stayed, `made` what it did
    to those that were not there before it.
    """

    snapshot: Snapshot
    merged: Mapping[str, str]
    made: str
    after: dict[str, Account | None] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def plan_undo(images: ImportImages, snapshot: Snapshot, only_school: str | None = None) -> Plan:
    """Plan to take back the import that `images` belong to.

    With `only_school` nothing is written that the administrator of that school could not import.
    The plan has no rows; its `changes` are what is written, its findings name what is left.
    """
    snapshot.ask(Key.ACCOUNT, (c.account_id for c in images.changes), len(images.changes))
    taking = _Taking(snapshot, merged_by(images), images.made)
    if taking.merged or any(c.before and c.before.merged_accounts for c in images.changes):
        snapshot.ask_all()  # another account may have what was merged by now
    for change in images.changes:
        _take_back(change, taking)
    _leave_merged_on(taking)
    _leave_taken("username", taking)
    _leave_taken("student_id", taking)
    take_merges_back(images, taking.after)
    drop_foreign_traces(snapshot.accounts, taking.after)
    changes = tuple(
        AccountChange(snapshot.accounts.get(account_id), after)
        for account_id, after in sorted(taking.after.items())
        if after != snapshot.accounts.get(account_id)
    )
    _say_removed(changes, taking)
    taking.findings += _not_permitted(changes, only_school)
    if not changes:
        said = f"Import {images.number} left nothing that could be taken back."
        taking.findings.append(imports.NOTHING_TO_DO.finding(said))
    gate, confirm = decide((), taking.findings)
    reads = {
        c.account_id: fingerprint(snapshot.accounts[c.account_id])
        for c in images.changes
        if c.account_id in snapshot.accounts
    }
    digest = _digest(images.number, changes, reads, snapshot.district.code)
    return Plan(
        digest, gate, confirm, _counts(changes), (), tuple(taking.findings), changes, reads, ""
    )


def _take_back(change: AccountChange, taking: _Taking) -> None:
    now = taking.snapshot.accounts.get(change.account_id)
    if change.before is None and change.after is not None:
        _take_back_creation(change.after, now, taking)
    elif change.before is not None and change.after is None:
        if now is None:
            taking.after[change.account_id] = change.before
    elif change.before is not None and change.after is not None:  # pragma: no branch - one is there
        if now is None:
            said = f"{describe(change.after)} is not in the database any more; it stays away."
            taking.findings.append(imports.CHANGED_SINCE.finding(said))
        else:
            taking.after[now.account_id] = _revert(change.before, change.after, now, taking)


def _take_back_creation(created: Account, now: Account | None, taking: _Taking) -> None:
    if now is None:
        return
    if now == created:
        taking.after[now.account_id] = None
        return
    said = (
        f"{describe(now)} was {taking.made} by the import and changed since, so the account stays. "
        "Archive it if it is not needed."
    )
    taking.findings.append(imports.CHANGED_SINCE.finding(said, accounts=(now,)))


def _revert(before: Account, after: Account, now: Account, taking: _Taking) -> Account:
    back: dict[str, Any] = {}
    for name in _REVERTED:
        old, new, current = getattr(before, name), getattr(after, name), getattr(now, name)
        if old in (new, current):
            continue
        if current == new:
            back[name] = old
            continue
        word = _WORDS.get(name, name)
        values = "" if name == "password_hash" else f" ({_shown(new)} then, {_shown(current)} now)"
        said = f"{describe(now)}: the {word} was changed after the import{values}, so it stays."
        taking.findings.append(imports.CHANGED_SINCE.finding(said, accounts=(now,)))
    return replace(now, **back)


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(value) or "none"
    return str(value) if value not in (None, "") else "none"


def _leave_merged_on(taking: _Taking) -> None:
    """Leave away what was merged by this import into one account and by now is in another."""
    for account_id, after in list(taking.after.items()):
        holder = taking.snapshot.merged_into.get(account_id)
        if after is None or holder is None or taking.merged.get(account_id) == holder.account_id:
            continue
        del taking.after[account_id]
        said = (
            f"{describe(after)} cannot come back, because that account was merged into "
            f"{describe(holder)} since. Take that merge back first."
        )
        taking.findings.append(imports.CHANGED_SINCE.finding(said, accounts=(holder,)))


def _leave_taken(attribute: str, taking: _Taking) -> None:
    """Leave every username or Student ID whose old owner cannot have it back, through chains."""
    while (refused := _next_refused(attribute, taking)) is not None:
        _leave(*refused, attribute, taking)


def _next_refused(attribute: str, taking: _Taking) -> tuple[str, Account] | None:
    """An account that would get a key that another one has, with its state after the undo."""
    keys = {k for after in taking.after.values() if after and (k := _key(after, attribute))}
    taking.snapshot.ask(_ASKED[attribute], keys)
    holders = {
        key: account_id
        for account_id, account in taking.snapshot.accounts.items()
        if account_id not in taking.after and (key := _key(account, attribute)) in keys
    }
    for account_id, after in taking.after.items():
        key = _key(after, attribute) if after else None
        other = holders.setdefault(key, account_id) if key else account_id
        if other != account_id:
            # Where both have had the key all along it is old damage, and nothing the undo does.
            for one in (account_id, other):
                state = taking.after.get(one)
                if state and _gets_anew(one, state, attribute, taking):
                    return one, state
    return None


def _key(account: Account, attribute: str) -> str | None:
    text: str | None = getattr(account, attribute)
    return username_key(text) if text else None


def _gets_anew(account_id: str, after: Account, attribute: str, taking: _Taking) -> bool:
    now = taking.snapshot.accounts.get(account_id)
    return now is None or _key(now, attribute) != _key(after, attribute)


def _leave(account_id: str, after: Account, attribute: str, taking: _Taking) -> None:
    now = taking.snapshot.accounts.get(account_id)
    word = _WORDS.get(attribute, attribute)
    text = getattr(after, attribute)
    if now is None and attribute == "student_id" and account_id in taking.merged:
        # Both had it before the merge, which is old damage, and none that has to come back.
        said = f"{describe(after)} comes back without this Student ID: another account has it."
        taking.findings.append(imports.CHANGED_SINCE.finding(said))
        taking.after[account_id] = replace(after, student_id=None)
        return
    if now is None:
        del taking.after[account_id]
        said = (
            f"{describe(after)} cannot come back, because the {word} {text} belongs to another "
            "account now."
        )
        taking.findings.append(imports.CHANGED_SINCE.finding(said))
        return
    said = f"{describe(now)} keeps this {word}: {text} belongs to another account now."
    taking.findings.append(imports.CHANGED_SINCE.finding(said, accounts=(now,)))
    taking.after[account_id] = replace(after, **{attribute: getattr(now, attribute)})


def _say_removed(changes: Iterable[AccountChange], taking: _Taking) -> None:
    removed = [c.before for c in changes if c.after is None and c.before]
    if removed:
        names = ", ".join(f"{a.name} ({a.username})" for a in removed[:5])
        more = f" and {len(removed) - 5} more" if len(removed) > 5 else ""
        accounts = "1 account" if len(removed) == 1 else f"{len(removed)} accounts"
        said = (
            f"{accounts} that the import {taking.made} would be removed: {names}{more}. Their "
            "sign-in stops working; undoing this undo brings them back."
        )
        taking.findings.append(imports.UNDO_REMOVES_ACCOUNT.finding(said, accounts=removed))


def _not_permitted(changes: Iterable[AccountChange], school: str | None) -> Iterator[Finding]:
    """What would go back for a student of another school, or with another Student ID."""
    beyond = [c.before or c.after for c in changes if school and _is_beyond(c, school)]
    found = [account for account in beyond if account]
    if found:
        more = f" and {len(found) - 5:,} more" if len(found) > 5 else ""
        said = (
            f"You may only change accounts of {school}, and no Student ID. The undo would also "
            f"change {'; '.join(map(describe, found[:5]))}{more}. Ask the district to undo this "
            "import."
        )
        yield fields.NOT_PERMITTED.finding(said, accounts=found)


def _is_beyond(change: AccountChange, school: str) -> bool:
    states = [account for account in (change.before, change.after) if account]
    return any(a.school != school for a in states) or len({a.student_id for a in states}) > 1


def _counts(changes: tuple[AccountChange, ...]) -> dict[str, int]:
    counts = {
        "accounts": len(changes),
        "restored": 0,
        "removed": 0,
        "brought_back": 0,
        "renamed": 0,
    }
    for change in changes:
        if change.after is None:
            counts["removed"] += 1
        elif change.before is None:
            counts["brought_back"] += 1
        else:
            counts["restored"] += 1
            counts["renamed"] += change.before.username != change.after.username
    return counts


def _digest(
    number: int, changes: tuple[AccountChange, ...], reads: dict[str, str], district: str
) -> str:
    digest = hashlib.sha256(repr(("undo", district, number)).encode())
    for change in changes:
        differing = field_differences(change.before, change.after) if change.after else "removed"
        line = repr((change.account_id, differing)).encode("utf-8", "surrogatepass")
        digest.update(line)
    digest.update(repr(sorted(reads.items())).encode())
    return digest.hexdigest()
