"""A database in memory that gives accounts by their keys only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rosterkey.core.figures import Figures, Trait
from rosterkey.core.keys import id_key, username_key
from rosterkey.core.model import Account, Role
from rosterkey.core.people.asking import key_of_name, key_of_name_and_school, key_of_stem
from rosterkey.core.people.vocabulary import filed_under
from rosterkey.core.snapshot import Snapshot, lines_at_hand
from rosterkey.core.source import Key
from rosterkey.core.stored import StoredLine


class MemorySource:
    """Keeps the accounts and gives no more of them than is asked for."""

    def __init__(self, whole: Snapshot) -> None:
        self.whole = whole
        self.stored = tuple(whole.accounts.values())
        self.asked: Counter[Key] = Counter()
        self.read_all = False

    def ids_with(self, key: Key, values: Sequence[str]) -> list[str]:
        self.asked[key] += len(values)
        return [a.account_id for a in self.stored if not keys_of(a, key).isdisjoint(values)]

    def ids_named(self, firsts: Sequence[str], lasts: Sequence[str]) -> list[str]:
        return [
            a.account_id
            for a in self.stored
            if a.role is Role.STUDENT
            and not filed_under(a.first_name).isdisjoint(firsts)
            and not filed_under(a.last_name).isdisjoint(lasts)
        ]

    def accounts(self, ids: Sequence[str] | None) -> list[Account]:
        self.read_all = self.read_all or ids is None
        return [a for a in self.stored if ids is None or a.account_id in ids]

    def retired(self, keys: Sequence[str] | None) -> Mapping[str, frozenset[str]]:
        known = self.whole.retired
        return known if keys is None else {key: known[key] for key in keys if key in known}

    def lines(self) -> list[StoredLine]:
        return list(lines_at_hand(self.stored))

    def doubled_ids(self) -> list[str]:
        times = Counter(id_key(a.student_id) for a in self.stored if a.student_id)
        return [key for key, count in times.items() if count > 1]

    def names(self, part: Trait, words: Sequence[str]) -> Mapping[str, int]:
        students = [a for a in self.stored if a.role is Role.STUDENT]
        texts = (a.first_name if part is Trait.FIRST_NAME else a.last_name for a in students)
        numbers = Counter(texts)
        return {t: n for t, n in numbers.items() if not filed_under(t).isdisjoint(words)}


def keys_of(account: Account, key: Key) -> set[str]:
    """Everything by which an account is found under a key."""
    a = account
    all_keys = {
        Key.ACCOUNT: {a.account_id},
        Key.STUDENT_ID: {id_key(a.student_id)} if a.student_id else set(),
        Key.USERNAME: {username_key(a.username)},
        Key.PAST_USERNAME: set(map(username_key, a.past_usernames)),
        Key.NAME: {key_of_name(a.first_name, a.last_name)},
        Key.NAME_AND_SCHOOL: {key_of_name_and_school(a.first_name, a.school)},
        Key.STEM: {key_of_stem(a.username)},
    }
    return all_keys[key]


def by_key(whole: Snapshot) -> tuple[Snapshot, MemorySource]:
    """The same district, of which nothing is at hand before it is asked for."""
    source = MemorySource(whole)
    figures = Figures.of(source.stored)
    return Snapshot(whole.district, (), whole.decided, source=source, figures=figures), source
