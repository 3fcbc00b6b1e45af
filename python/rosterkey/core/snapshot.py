"""What the planner may know of the account database: one district at one moment.

The planner asks before it looks. Where all accounts are at hand, asking does nothing; otherwise
what is asked for is read by its keys, so that a small sheet costs no look at a large district.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property

from rosterkey.core.figures import NAMES, Figures, Trait
from rosterkey.core.keys import id_key, username_key
from rosterkey.core.model import Account, DecidedPair, District, Role, Status
from rosterkey.core.source import Filed, Key, Source
from rosterkey.core.stored import Stored, StoredLine, by_line

WHOLE_FROM = 4
"""From one key for so many accounts on, reading every account is faster than reading by key."""

LIKE_NAMES = 25
"""As many keys as a look for all who are named like somebody costs."""


class Snapshot:
    """A district as it was read, with the look-ups that matching needs.

    Without a `source` the accounts are all there are. With one, `accounts` are those that were
    asked for up to now, and `figures` those of the whole district. `decided` is what earlier
    imports decided about pairs of a person and an account, in one word. `retired` are the
    usernames of accounts that were deleted: by key, the ids of who had it.
    Two snapshots are equal when they hold the same.
    """

    def __init__(
        self,
        district: District,
        accounts: Iterable[Account] = (),
        decided: Mapping[DecidedPair, str] | None = None,
        retired: Mapping[str, frozenset[str]] | None = None,
        *,
        source: Source | None = None,
        figures: Figures | None = None,
    ) -> None:
        self.district = district
        self.accounts: dict[str, Account] = {a.account_id: a for a in accounts}
        self.decided: dict[DecidedPair, str] = dict(decided or {})
        self.retired: dict[str, frozenset[str]] = dict(retired or {})
        self._source = source
        self._figures = figures
        self._asked: dict[Key, set[str]] = {key: set() for key in Key}
        self._lines: dict[tuple[str, ...], dict[str, Stored]] = {}
        self._without_line: list[str] = []
        self._asked_named: set[Filed] = set()
        self._names: dict[Trait, dict[str, int]] = {part: {} for part in NAMES}
        self._words: dict[Trait, set[str]] = {part: set() for part in NAMES}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Snapshot):
            return NotImplemented
        return (
            self.district == other.district
            and self.accounts == other.accounts
            and self.decided == other.decided
            and self.retired == other.retired
            and (self._source is None or self._partly_equal(other))
        )

    __hash__ = None  # type: ignore[assignment]

    def _partly_equal(self, other: Snapshot) -> bool:
        same = self.figures == other.figures and self._names == other._names
        return same and self._lines == other._lines

    def ask(self, key: Key, values: Iterable[str], most: int | None = None) -> None:
        """Have the accounts at hand that have one of these values as this key.

        `most` is the number of values where the caller knows it before they are made.
        """
        if self._source is None:
            return
        if most is None or not self._worth_all(most):
            wanted = set(values) - self._asked[key]
            if not wanted:
                return
            if not self._worth_all(len(wanted)):
                self._asked[key] |= wanted
                ids = wanted if key is Key.ACCOUNT else self._source.ids_with(key, sorted(wanted))
                self._add(self._source, sorted(set(ids) - self.accounts.keys()))
                if key is Key.PAST_USERNAME:
                    self.retired |= self._source.retired(sorted(wanted))
                return
        self.ask_all()

    def ask_named(self, filed: Iterable[Filed]) -> None:
        """Have the students at hand whose names are filed under one of the words of each pair.

        `rosterkey.core.people.vocabulary` says under which words a name is filed.
        """
        if self._source is None:
            return
        wanted = set(filed) - self._asked_named
        if self._worth_all(len(wanted) * LIKE_NAMES):
            self.ask_all()
            return
        self._asked_named |= wanted
        ids = {i for words in sorted(wanted) for i in self._source.ids_named(*words)}
        self._add(self._source, sorted(ids - self.accounts.keys()))

    def ask_all(self) -> None:
        """Have every account at hand."""
        if self._source is not None:
            self._add(self._source, None)
            self.retired |= self._source.retired(None)
            self._source = None

    def _worth_all(self, values: int) -> bool:
        return values * WHOLE_FROM > self.figures.accounts

    def _add(self, source: Source, ids: Sequence[str] | None) -> None:
        if ids == []:
            return
        found = self.accounts | {a.account_id: a for a in source.accounts(ids)}
        # In the order of the ids, so that no answer depends on what was asked first.
        self.accounts = dict(sorted(found.items()))
        for name in _INDEXES:
            self.__dict__.pop(name, None)

    def worth_scanning(self, rows: int) -> bool:
        """Whether a sheet of so many rows is better held against the lines of every student."""
        return self._source is not None and self._worth_all(rows)

    def lines(self, fields: tuple[str, ...], rows: int) -> Mapping[str, Stored]:
        """The active students of the district by their line in these fields of a sheet.

        For a sheet of so few `rows` that it is not `worth_scanning`, those at hand.
        """
        if self._source is None or not self.worth_scanning(rows):
            at_hand = lines_at_hand(self.accounts.values())
            return by_line(at_hand, fields, self.doubled_ids)[0]
        if fields not in self._lines:
            doubled = frozenset(self._source.doubled_ids())
            self._lines[fields], self._without_line = by_line(self._source.lines(), fields, doubled)
        return self._lines[fields]

    def unclaimed(self, claimed: Set[str]) -> list[str] | None:
        """The ids of the students that are not among `claimed`; None where no lines were read."""
        if not self._lines:
            return None
        *_, lines = self._lines.values()
        found = [stored.account_id for stored in lines.values()]
        return [i for i in (*found, *self._without_line) if i not in claimed]

    def names(self, part: Trait, words: Iterable[str]) -> Mapping[str, int]:
        """The first or last names of students that may be filed under one of the words.

        Each with the number of students who have it; others may be among them.
        """
        if self._source is None:
            return self._all_names[part]
        wanted = set(words) - self._words[part]
        self._words[part] |= wanted
        if wanted:
            self._names[part] |= self._source.names(part, sorted(wanted))
        return self._names[part]

    def again(
        self,
        district: District,
        source: Source,
        figures: Figures,
        decided: Mapping[DecidedPair, str],
    ) -> Snapshot:
        """What another source answers to everything that this one was asked."""
        now = Snapshot(district, (), decided, source=source, figures=figures)
        if self._source is None:
            now.ask_all()
            return now
        for key, values in self._asked.items():
            now.ask(key, values)
        now.ask_named(self._asked_named)
        for part, words in self._words.items():
            now.names(part, words)
        for fields in self._lines:
            now.lines(fields, figures.accounts)
        return now

    @cached_property
    def figures(self) -> Figures:
        """The figures of the whole district."""
        return self._figures or Figures.of(self.accounts.values())

    @cached_property
    def _all_names(self) -> dict[Trait, Mapping[str, int]]:
        students = [a for a in self.accounts.values() if a.role is Role.STUDENT]
        firsts, lasts = (a.first_name for a in students), (a.last_name for a in students)
        return {Trait.FIRST_NAME: Counter(firsts), Trait.LAST_NAME: Counter(lasts)}

    @cached_property
    def _by_id(self) -> dict[str, list[Account]]:
        index: dict[str, list[Account]] = {}
        for account in self.accounts.values():
            if account.student_id:
                index.setdefault(id_key(account.student_id), []).append(account)
        return index

    @cached_property
    def doubled_ids(self) -> frozenset[str]:
        """The Student ID keys that more than one account at hand has: old damage."""
        return frozenset(key for key, holders in self._by_id.items() if len(holders) > 1)

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
    def _by_digits(self) -> dict[str, list[Account]]:
        index: dict[str, list[Account]] = {}
        for account in self.accounts.values():
            if account.student_id and account.student_id.isdigit():
                index.setdefault(account.student_id.lstrip("0"), []).append(account)
        return index

    @cached_property
    def merged_into(self) -> dict[str, Account]:
        """The account at hand that each was merged into, by the id of the one that is gone."""
        return {gone: a for a in self.accounts.values() for gone in a.merged_accounts}

    @property
    def active_students(self) -> tuple[Account, ...]:
        """Every student account in use, of those at hand."""
        return tuple(
            a for a in self.accounts.values() if a.status is Status.ACTIVE and a.role == "student"
        )

    def account(self, account_id: str) -> Account | None:
        """The account with this id."""
        self.ask(Key.ACCOUNT, (account_id,))
        return self.accounts.get(account_id)

    def with_student_id(self, key: str) -> list[Account]:
        """The accounts with this Student ID key; more than one is old damage."""
        self.ask(Key.STUDENT_ID, (key,))
        return self._by_id.get(key, [])

    def with_username(self, key: str) -> Account | None:
        """The account that holds the username with this key now."""
        self.ask(Key.USERNAME, (key,))
        return self._by_username.get(key)

    def with_past_username(self, key: str) -> list[Account]:
        """The accounts that once held the username with this key."""
        self.ask(Key.PAST_USERNAME, (key,))
        return self._by_past_username.get(key, [])

    def with_retired_username(self, key: str) -> frozenset[str]:
        """The ids of deleted accounts that had the username with this key."""
        self.ask(Key.PAST_USERNAME, (key,))
        return self.retired.get(key, frozenset())

    def ask_digits(self, student_ids: Iterable[str]) -> None:
        """Have the accounts at hand whose Student ID is one of these but for leading zeros."""
        longest = max(self.figures.id_widths, default=0) if self._source else 0
        bare = (text.lstrip("0") for text in student_ids)
        padded = ("0" * n + text for text in bare for n in range(longest - len(text) + 1))
        self.ask(Key.STUDENT_ID, padded)

    def with_digits(self, student_id: str) -> list[Account]:
        """The accounts whose Student ID is this but for leading zeros, and digits alone."""
        self.ask_digits((student_id,))
        return self._by_digits.get(student_id.lstrip("0"), [])


_INDEXES = (
    "_by_id",
    "doubled_ids",
    "_by_username",
    "_by_past_username",
    "_by_digits",
    "merged_into",
)
"""What is made anew when accounts come to hand."""


def lines_at_hand(accounts: Iterable[Account]) -> Iterator[StoredLine]:
    """Every student among the accounts as a line of a sheet."""
    for a in accounts:
        if a.role is Role.STUDENT:
            texts = (a.student_id, a.username, a.first_name, a.last_name, a.school, a.grade)
            yield a.account_id, a.version, str(a.status), *texts, "; ".join(a.classes)
