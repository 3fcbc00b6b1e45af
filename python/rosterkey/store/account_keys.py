"""The keys of an account by which like names and usernames are found.

They stand in the account's own row, each as a number: a text of that length would need an index
several times as large, and nobody reads it.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import NamedTuple

from sqlalchemy import Column

from rosterkey.core.model import Account
from rosterkey.core.people.asking import key_of_name, key_of_name_and_school, key_of_stem
from rosterkey.core.source import Key
from rosterkey.store.schema import account


class StoredKey(NamedTuple):
    """A key: its column, the fields that it is made of, and how it is made."""

    column: Column[int]
    made_of: tuple[str, ...]
    text_of: Callable[[Account], str]

    def number_of(self, of: Account) -> int:
        """What the column holds of an account."""
        return key_number(self.text_of(of))


# A person without a name is found by the username alone.
STORED_KEYS = {
    Key.NAME: StoredKey(
        account.c.name_key,
        ("first_name", "last_name"),
        lambda a: key_of_name(a.first_name, a.last_name),
    ),
    Key.NAME_AND_SCHOOL: StoredKey(
        account.c.name_and_school_key,
        ("first_name", "school"),
        lambda a: key_of_name_and_school(a.first_name, a.school),
    ),
    Key.STEM: StoredKey(account.c.stem_key, ("username",), lambda a: key_of_stem(a.username)),
}


def key_number(text: str) -> int:
    """The number under which a key is stored.

    Two texts can share one, once in some 10**19. Then an account is read that was not asked for,
    which changes nothing: the planner looks at the texts again.
    """
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
