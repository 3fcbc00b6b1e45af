"""An account as it stands in the history, and the field changes between two of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import compress
from operator import attrgetter, ne
from typing import Any

from rosterkey.core.history import FieldChange
from rosterkey.core.keys import username_key
from rosterkey.core.model import FIELDS, Account, AccountChange, Role, Status

AUDITED = (*FIELDS, "role", "status", "merged_accounts")
"""The fields that the audit trail shows as they are; the password shows as `SET` at most."""

SET = "set"

_NAMES = tuple(f.name for f in fields(Account))
_values_of = attrgetter(*_NAMES)
_TUPLES = ("classes", "past_usernames", "merged_accounts")
_BLANK = Account(account_id="", username="")


def differing(before: Account, after: Account) -> list[str]:
    """The names of the fields in which two states of an account differ."""
    return list(compress(_NAMES, map(ne, _values_of(before), _values_of(after))))


def as_stored(change: AccountChange) -> AccountChange:
    """The change as it will stand in the database.

    The version grows by one. An account that comes back has the version that it had, so that no
    version means two states, of which a sheet that was exported could be about either. The username
    that a rename leaves becomes the newest past one, and the username that comes back leaves the
    list; a change of letter case only is no other username.
    """
    before, after = change.before, change.after
    if before is None or after is None:
        return change
    after = replace(
        after,
        past_usernames=_past_usernames(before, after),
        version=before.version + 1,
    )
    return replace(change, after=after)


def changes_something(change: AccountChange) -> bool:
    """Whether anything but the version differs, so that there is something to write."""
    before, after = change.before, change.after
    return before is None or after is None or differing(before, after) != ["version"]


def encode(account: Account) -> dict[str, Any]:
    """The whole account for JSON, without the fields that have their default."""
    return encode_difference(_BLANK, account)


def decode(image: dict[str, Any]) -> Account:
    """The account that `encode` was given. Raises TypeError or ValueError for anything else."""
    return replace(_BLANK, **_values(image))


def encode_difference(before: Account, after: Account) -> dict[str, Any]:
    """What `after` has other than `before`, for JSON."""
    return {name: _plain(after, name) for name in differing(before, after)}


def apply_difference(before: Account, difference: dict[str, Any]) -> Account:
    """The account that `encode_difference` was given as `after`."""
    return replace(before, **_values(difference))


def field_changes(change: AccountChange) -> Iterator[FieldChange]:
    """Every audited field that differs.

    A field of an account that is created comes from None (a list from an empty one); what has
    its usual value (blank, student, active) is not listed.
    """
    before, after = change.before, change.after
    for name in differing(before or _BLANK, after or _BLANK):
        if name == "password_hash":
            yield FieldChange(change.account_id, "password", _is_set(before), _is_set(after))
        elif name in AUDITED:
            yield FieldChange(change.account_id, name, _shown(before, name), _shown(after, name))


def _past_usernames(before: Account, after: Account) -> tuple[str, ...]:
    # Only a merge or its undo brings or takes names that are another account's.
    merges = before.merged_accounts != after.merged_accounts
    kept = after.past_usernames if merges else before.past_usernames
    old, new = username_key(before.username), username_key(after.username)
    if old == new:
        return kept
    others = (name for name in kept if username_key(name) not in (old, new))
    return (*others, before.username)


def _is_set(account: Account | None) -> str | None:
    return SET if account is not None and account.password_hash else None


def _plain(account: Account, name: str) -> Any:
    value = getattr(account, name)
    if name in _TUPLES:
        return list(value)
    return str(value) if name in ("role", "status") else value


def _shown(account: Account | None, name: str) -> Any:
    if account is None:
        return [] if name in _TUPLES else None
    return _plain(account, name)


def _values(image: dict[str, Any]) -> dict[str, Any]:
    values = dict(image)
    for name in _TUPLES:
        if name in values:
            values[name] = tuple(values[name])
    if "role" in values:
        values["role"] = Role(values["role"])
    if "status" in values:
        values["status"] = Status(values["status"])
    return values
