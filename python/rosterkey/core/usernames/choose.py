"""A new username for each student: free, allowed, and the same from run to run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from rosterkey.core.checks.values import check_username
from rosterkey.core.keys import id_key, username_key
from rosterkey.core.matching.match import describe
from rosterkey.core.model import Account
from rosterkey.core.options import RESERVED_USERNAMES
from rosterkey.core.people.usernames import local_part
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.usernames.compose import (
    CannotMake,
    Collision,
    Made,
    Style,
    candidate,
    likely_steps,
    steps,
)
from rosterkey.core.usernames.pattern import Pattern
from rosterkey.core.usernames.refused import RefusedWords, reads_as_value


class Answer(StrEnum):
    """What was found for a student."""

    KEEPS = "keeps"
    """The present username fits the pattern already."""
    NEW = "new"
    NO_ID = "no_id"
    """Without a Student ID an import cannot tell a new username from a new student."""
    OPEN = "open"
    """The pattern gives no username; a person has to choose one."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The username for one student; `why` tells what a reader would ask about it."""

    account: Account
    answer: Answer
    username: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How usernames are chosen.

    `patterns` are tried in their order: a later one where the earlier gives a refused username or
    none at all. What is merely taken is told apart by `style.collision`.
    """

    patterns: Sequence[Pattern]
    style: Style = field(default_factory=Style)
    refused: RefusedWords = field(default_factory=lambda: RefusedWords(()))
    reserved: frozenset[str] = RESERVED_USERNAMES


def choose_usernames(
    students: Iterable[Account], snapshot: Snapshot, wishes: Wishes
) -> list[Choice]:
    """Choose for each student, in the order of the Student IDs whatever the order of the rows.

    A username that fits the pattern stays. Every other is one that no account of the district
    has, had, or gets here: spellings with and without a mail domain count as one. So the result
    hangs on the students and the accounts alone, and once it is imported everybody keeps it.
    """
    snapshot.ask_all()
    taken = _Taken(snapshot)
    choices = []
    for account in sorted(students, key=lambda a: (id_key(a.student_id or ""), a.account_id)):
        choice = _choose(account, taken, wishes)
        choices.append(choice)
        if choice.answer is Answer.NEW:
            taken.add(choice.username, "goes to", account)
    return choices


class _Taken:
    """Which accounts have, had or get a username.

    `tried` counts by pattern and wanted username how many candidates are known not to be free.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.tried: Counter[tuple[str, str]] = Counter()
        self._retired = frozenset(map(_key, snapshot.retired))
        self._by_key: dict[str, list[tuple[str, Account]]] = {}
        for account in snapshot.accounts.values():
            self.add(account.username, "is that of", account)
            for username in account.past_usernames:
                self.add(username, "was that of", account)

    def add(self, username: str, verb: str, account: Account) -> None:
        self._by_key.setdefault(_key(username), []).append((verb, account))

    def by_whom(self, username: str, account: Account) -> str | None:
        """That somebody but the account has, had or gets the username; None where nobody does."""
        key = _key(username)
        for verb, other in self._by_key.get(key, ()):
            if other.account_id != account.account_id:
                return f"{verb} {describe(other)}"
        return "was that of an account that was deleted" if key in self._retired else None


def _key(username: str) -> str:
    """A key that asmith shares with asmith@lincoln.example.org: nobody can tell the two apart."""
    return local_part(username_key(username)) or username_key(username)


def _choose(account: Account, taken: _Taken, wishes: Wishes) -> Choice:
    if not account.student_id:
        return Choice(account, Answer.NO_ID, account.username)
    if _fits(account, wishes):
        return Choice(account, Answer.KEEPS, account.username)
    reasons: list[str] = []
    for pattern in wishes.patterns:
        try:
            found = _first_free(account, pattern, taken, wishes, reasons)
        except CannotMake as missing:
            reasons.append(str(missing))
            continue
        if found:
            return Choice(account, Answer.NEW, found, "; ".join(reasons))
    return Choice(account, Answer.OPEN, account.username, "; ".join(reasons))


def _fits(account: Account, wishes: Wishes) -> bool:
    """Whether one of the patterns gives the present username, and nothing speaks against it."""
    key = username_key(account.username)
    for pattern in wishes.patterns:
        try:
            for step in likely_steps(account.username, pattern, account, wishes.style):
                made = candidate(pattern, account, wishes.style, step)
                if username_key(made.username) == key:
                    return _refusal(made, wishes) is None
        except CannotMake:
            continue
    return False


def _first_free(
    account: Account, pattern: Pattern, taken: _Taken, wishes: Wishes, reasons: list[str]
) -> str | None:
    """The first candidate that is allowed and free; `reasons` get why the wanted one was not.

    Raises CannotMake.
    """
    style = wishes.style
    wanted = candidate(pattern, account, style, 0)
    why = _refusal(wanted, wishes) or _held(wanted, taken, account)
    if not why:
        return wanted.username
    reasons.append(why)
    # A hundred namesakes do not each try the numbers of all others again.
    numbered = (pattern.text, wanted.username) if style.collision in _ENDINGS else None
    start = taken.tried[numbered] if numbered else 0
    if numbered and _spoilt(wanted, wishes):
        return None  # whatever the ending
    for step in range(max(start, 1), steps(pattern, account, style)):
        made = candidate(pattern, account, style, step)
        if not _refusal(made, wishes) and not taken.by_whom(made.username, account):
            if numbered:
                taken.tried[numbered] = step
            return made.username
    return None


_ENDINGS = (Collision.NUMBER, Collision.LETTER)


def _held(made: Made, taken: _Taken, account: Account) -> str | None:
    """Whose the username is, was or will be, where it is another's."""
    held = taken.by_whom(made.username, account)
    return f"{made.username} {held}" if held else None


def _spoilt(made: Made, wishes: Wishes) -> bool:
    """Whether the username is refused for what another number behind it leaves as it is."""
    word = wishes.refused.found_in(made.username, made.whole)
    return word is not None or reads_as_value(made.username)


def _refusal(made: Made, wishes: Wishes) -> str | None:
    """Why nobody should get a username, or None."""
    username = made.username
    if wishes.refused.found_in(username, made.whole):
        return f"{username} holds a word that is refused"
    if reads_as_value(username):
        return f"a spreadsheet would read {username} as a date or a number"
    problem = next(check_username(username, wishes.reserved, lambda _: False), None)
    return None if problem is None else problem[1].rstrip(".")
