"""What the planner may know of the account database: one district at one moment."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property

from rosterkey.core.keys import id_key, username_key
from rosterkey.core.model import Account, DecidedPair, District, Status


class Snapshot:
    """The accounts of one district as they were read, with the look-ups that matching needs.

    `decided` is what earlier imports decided about pairs of a person and an account, in one word.
    `retired` holds the usernames of accounts that were deleted: by key, the ids of who had it.
    Two snapshots are equal when they hold the same district, accounts, decisions and retired names.
    """

    def __init__(
        self,
        district: District,
        accounts: Iterable[Account],
        decided: Mapping[DecidedPair, str] | None = None,
        retired: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self.district = district
        self.accounts: dict[str, Account] = {a.account_id: a for a in accounts}
        self.decided: dict[DecidedPair, str] = dict(decided or {})
        self.retired: dict[str, frozenset[str]] = dict(retired or {})

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Snapshot):
            return NotImplemented
        return (
            self.district == other.district
            and self.accounts == other.accounts
            and self.decided == other.decided
            and self.retired == other.retired
        )

    __hash__ = None  # type: ignore[assignment]

    @cached_property
    def _by_id(self) -> dict[str, list[Account]]:
        index: dict[str, list[Account]] = {}
        for account in self.accounts.values():
            if account.student_id:
                index.setdefault(id_key(account.student_id), []).append(account)
        return index

    @cached_property
    def _by_username(self) -> dict[str, Account]:
        return {username_key(a.username): a for a in self.accounts.values()}

    @cached_property
    def _by_past_username(self) -> dict[str, list[Account]]:
        index: dict[str, list[Account]] = {}
        for account in self.accounts.values():
            for username in account.past_usernames:
                index.setdefault(username_key(username), []).append(account)
        return index

    @cached_property
    def class_names(self) -> frozenset[str]:
        """The classes that any account of the district is in."""
        return frozenset(name for a in self.accounts.values() for name in a.classes)

    @cached_property
    def active_students(self) -> tuple[Account, ...]:
        """Every student account in use."""
        return tuple(
            a for a in self.accounts.values() if a.status is Status.ACTIVE and a.role == "student"
        )

    def with_student_id(self, key: str) -> list[Account]:
        """The accounts with this Student ID key; more than one is old damage."""
        return self._by_id.get(key, [])

    def with_username(self, key: str) -> Account | None:
        """The account that holds the username with this key now."""
        return self._by_username.get(key)

    def with_past_username(self, key: str) -> list[Account]:
        """The accounts that once held the username with this key."""
        return self._by_past_username.get(key, [])


def fingerprint(account: Account) -> str:
    """16 hexadecimal digits that change with anything that is stored of the account."""
    state = repr(
        (
            account.account_id,
            account.username,
            account.student_id,
            account.first_name,
            account.last_name,
            account.school,
            account.grade,
            account.classes,
            str(account.role),
            str(account.status),
            account.password_hash,
            account.past_usernames,
            account.version,
        )
    )
    return hashlib.blake2b(state.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
