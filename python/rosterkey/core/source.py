"""Where a snapshot reads what it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Protocol

from rosterkey.core.figures import Trait
from rosterkey.core.model import Account
from rosterkey.core.stored import StoredLine


class Key(StrEnum):
    """What an account can be asked for by."""

    ACCOUNT = "account"
    STUDENT_ID = "student-id"
    USERNAME = "username"
    PAST_USERNAME = "past-username"
    NAME = "name"
    NAME_AND_SCHOOL = "first-name-and-school"
    STEM = "stem"


Filed = tuple[tuple[str, ...], tuple[str, ...]]
"""Words under which first names are filed, and words under which last names are."""


class Source(Protocol):
    """Where a snapshot reads what it is asked for, all of one moment."""

    def ids_with(self, key: Key, values: Sequence[str]) -> Iterable[str]:
        """The ids of the accounts that have one of these values as this key."""
        ...

    def ids_named(self, firsts: Sequence[str], lasts: Sequence[str]) -> Iterable[str]:
        """The ids of accounts, those of students whose first and last name are so filed."""
        ...

    def accounts(self, ids: Sequence[str] | None) -> Iterable[Account]:
        """The accounts with these ids, those there are; every account for None."""
        ...

    def retired(self, keys: Sequence[str] | None) -> Mapping[str, frozenset[str]]:
        """Who had these usernames of accounts that were deleted, by key; all of them for None."""
        ...

    def lines(self) -> Iterable[StoredLine]:
        """Every student as a line of a sheet."""
        ...

    def doubled_ids(self) -> Iterable[str]:
        """The Student ID keys that more than one account of the district has: old damage."""
        ...

    def names(self, part: Trait, words: Sequence[str]) -> Mapping[str, int]:
        """The first or last names that are filed under one of the words, and how many have each.

        `rosterkey.core.people.vocabulary` says under which words a name is filed.
        """
        ...
