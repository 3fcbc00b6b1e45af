"""Accounts that were merged into one: what the one that stays keeps of the others.

An undo of the merge takes it back, and the undo of that undo gives it again. The ids of what cannot
come back stay with the account that stayed, so that no work loses its student.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from rosterkey.core.history import ImportImages
from rosterkey.core.keys import username_key
from rosterkey.core.model import Account


def merged_by(images: ImportImages) -> dict[str, str]:
    """Which account stayed, by the id of each that an import merged into it."""
    return {
        gone: change.account_id
        for change in images.changes
        for gone in _only(change.after, change.before)
    }


def take_merges_back(images: ImportImages, after: dict[str, Account | None]) -> None:
    """Take the ids and usernames of accounts that come back from the account that stayed.

    Or give them to it again, where the import was itself the undo of a merge. `after` holds the
    accounts after the undo by id, None for those that are removed, and is changed in place.
    """
    gone = {c.account_id: c.after for c in images.changes if c.after}
    for change in images.changes:
        stayed = after.get(change.account_id)
        if stayed is None or change.before is None or change.after is None:
            continue
        back = [a for i in _only(change.after, change.before) if (a := after.get(i))]
        again = [
            gone[i]
            for i in _only(change.before, change.after)
            if i in gone and after.get(i, _NO) is None
        ]
        if back:
            stayed = without(stayed, back, kept=change.before.past_usernames)
        if again:
            stayed = joined_with(stayed, again)
        after[change.account_id] = stayed


_NO = Account("", "")
"""Stands for an account that an undo leaves as it is."""


def drop_foreign_traces(now: Mapping[str, Account], after: dict[str, Account | None]) -> None:
    """Let an account that comes back leave the traces that are not its own any more.

    What was merged into it may have come back by itself since, or be in another account. One id in
    two places would be one student's work in two hands, and no dump could be loaded. `now` holds
    every account, `after` those that an undo changes; it is changed in place.
    """
    final: dict[str, Account | None] = {**now, **after}
    for account_id, account in after.items():
        if account is None or account_id in now or not account.merged_accounts:
            continue
        others = (a for a in final.values() if a and a.account_id != account_id)
        held = {i for a in others for i in a.merged_accounts}
        back = [a for i in account.merged_accounts if (a := final.get(i))]
        left = without(account, back, kept=())
        own = tuple(i for i in left.merged_accounts if i not in held)
        after[account_id] = replace(left, merged_accounts=own)


def joined_with(stays: Account, gone: Iterable[Account]) -> Account:
    """The account with the ids and all usernames of others that were merged into it."""
    ids, names = list(stays.merged_accounts), {username_key(n): n for n in stays.past_usernames}
    for account in gone:
        ids += [*account.merged_accounts, account.account_id]
        for name in (*account.past_usernames, account.username):
            if username_key(name) != username_key(stays.username):
                names.setdefault(username_key(name), name)
    return replace(stays, merged_accounts=tuple(ids), past_usernames=tuple(names.values()))


def without(stays: Account, back: Iterable[Account], kept: Iterable[str]) -> Account:
    """The account without the ids and usernames of others; `kept` were its own before."""
    back = list(back)
    ids = {i for a in back for i in (a.account_id, *a.merged_accounts)}
    own = set(map(username_key, kept))
    names = {username_key(n) for a in back for n in (a.username, *a.past_usernames)} - own
    return replace(
        stays,
        merged_accounts=tuple(i for i in stays.merged_accounts if i not in ids),
        past_usernames=tuple(n for n in stays.past_usernames if username_key(n) not in names),
    )


def _only(one: Account | None, other: Account | None) -> tuple[str, ...]:
    """The merged ids that one state of an account has and the other lacks."""
    held = () if other is None else other.merged_accounts
    return tuple(i for i in (one.merged_accounts if one else ()) if i not in held)
