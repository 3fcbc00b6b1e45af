"""A change as it stands in the database and its history: which fields differ, and both images."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import compress
from operator import attrgetter, ne
from typing import Any, NamedTuple

from rosterkey.core.keys import username_key
from rosterkey.core.model import FIELDS, Account, AccountChange, Role, Status

AUDITED = (*FIELDS, "role", "status", "merged_accounts")
"""The fields that the audit trail shows as they are; the password shows as `SET` at most."""

SET = "set"

_NAMES = tuple(f.name for f in fields(Account))
_values_of = attrgetter(*_NAMES)
_TUPLES = ("classes", "past_usernames", "merged_accounts")
_BLANK = Account(account_id="", username="")
_BLANK_VALUES = _values_of(_BLANK)


class StoredChange(NamedTuple):
    """A change as it will stand in the database.

    `differing` are the names of the fields in which the two states differ; the state that an
    account has before it is made, or after it is removed, is that of one with blank fields.
    """

    account_id: str
    before: Account | None
    after: Account | None
    rows: tuple[int, ...]
    differing: tuple[str, ...]

    @property
    def changes_something(self) -> bool:
        """Whether anything but the version differs, so that there is something to write."""
        return self.before is None or self.after is None or self.differing != ("version",)


def as_stored(change: AccountChange) -> StoredChange:
    """The change as it will stand in the database.

    The version grows by one. An account that comes back has the version that it had, so that no
    version means two states, of which a sheet that was exported could be about either. The username
    that a rename leaves becomes the newest past one, and the username that comes back leaves the
    list; a change of letter case only is no other username.
    """
    before, after = change.before, change.after
    if before is not None and after is not None:
        past, version = _past_usernames(before, after), before.version + 1
        # As `dataclasses.replace`, which takes four times as long.
        values = dict(zip(_NAMES, _values_of(after), strict=True))
        after = Account(**(values | {"past_usernames": past, "version": version}))
    old, new = _values_of(before or _BLANK), _values_of(after or _BLANK)
    differing = tuple(compress(_NAMES, map(ne, old, new)))
    return StoredChange(change.account_id, before, after, change.rows, differing)


def encode(account: Account) -> dict[str, Any]:
    """The whole account for JSON, without the fields that have their default."""
    values = zip(_NAMES, _values_of(account), _BLANK_VALUES, strict=True)
    return {name: value for name, value, usual in values if value != usual}


def encode_difference(change: StoredChange) -> dict[str, Any] | None:
    """What `after` has other than `before`, for JSON; None for an account that is removed."""
    if change.after is None:
        return None
    return {name: getattr(change.after, name) for name in change.differing}


def decode(image: dict[str, Any]) -> Account:
    """The account that `encode` was given. Raises TypeError or ValueError for anything else."""
    return replace(_BLANK, **_values(image))


def apply_difference(before: Account, difference: dict[str, Any]) -> Account:
    """The account that `encode_difference` was given as `after`."""
    return replace(before, **_values(difference))


def field_changes(change: StoredChange) -> Iterator[tuple[str, Any, Any]]:
    """The name of every audited field that differs, with its value before and after.

    A field of an account that is created comes from None (a list from an empty one); what has
    its usual value (blank, student, active) is not listed.
    """
    before, after = change.before, change.after
    for name in change.differing:
        if name == "password_hash":
            yield "password", _is_set(before), _is_set(after)
        elif name in AUDITED:
            yield name, _shown(before, name), _shown(after, name)


def _past_usernames(before: Account, after: Account) -> tuple[str, ...]:
    # Only a merge or its undo brings or takes names that are another account's.
    merges = before.merged_accounts != after.merged_accounts
    kept = after.past_usernames if merges else before.past_usernames
    if before.username == after.username:
        return kept
    old, new = username_key(before.username), username_key(after.username)
    if old == new:
        return kept
    others = (name for name in kept if username_key(name) not in (old, new))
    return (*others, before.username)


def _is_set(account: Account | None) -> str | None:
    return SET if account is not None and account.password_hash else None


def _shown(account: Account | None, name: str) -> Any:
    if account is None:
        return () if name in _TUPLES else None
    return getattr(account, name)


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
