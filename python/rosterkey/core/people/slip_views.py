"""What each column of a row says about whose row it is, and which columns judge which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rosterkey.core.keys import id_key, username_key
from rosterkey.core.model import Account
from rosterkey.core.people.folding import joined
from rosterkey.core.people.names import different_person, same_first_name, same_last_name
from rosterkey.core.snapshot import Snapshot

STUDENT_ID = "Student ID"
USERNAME = "Username"
FIRST_NAME = "First Name"
LAST_NAME = "Last Name"
NAME = "First Name and Last Name"


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One row of the sheet after cleaning, in sheet order; None where nothing is said."""

    row: int
    student_id: str | None = None
    username: str | None = None
    first_name: str | None = None
    last_name: str | None = None


@dataclass(slots=True)
class Witness:
    """A line with the accounts that its ID, its username and its name point to."""

    line: RosterLine
    by_id: Account | None
    by_username: Account | None
    name_key: str
    by_name: Account | None = None

    @classmethod
    def of(cls, line: RosterLine, snapshot: Snapshot) -> Witness:
        """Look the keys of a line up; the name is looked up later, where it is needed."""
        holders = snapshot.with_student_id(id_key(line.student_id)) if line.student_id else []
        account = snapshot.with_username(username_key(line.username)) if line.username else None
        by_id = holders[0] if len(holders) == 1 else None
        name = full_name_key(line.first_name or "", line.last_name or "")
        return cls(line, by_id, account, name)

    @property
    def contradictory(self) -> bool:
        """Whether two columns of the line mean two students, or its name is another one."""
        one, two = self.by_id, self.by_username
        if one and two and one is not two:
            return True
        account = one or two
        return bool(account and self.name_key) and not self._named_as(account)

    def _named_as(self, account: Account | None) -> bool:
        return account is not None and self.name_key == full_name_key(
            account.first_name, account.last_name
        )

    def fits_name(self, account: Account | None) -> bool:
        """Whether the line has a name, and it can be that of the account."""
        if account is None or not (self.line.first_name and self.line.last_name):
            return False
        return self._named_as(account) or not different_person(
            account, self.line.first_name, self.line.last_name
        )

    @property
    def agreed(self) -> Account | None:
        """The account that both the ID and the username mean."""
        return self.by_id if self.by_id is self.by_username else None

    @property
    def by_any_key(self) -> Account | None:
        """The account that the keys mean, where they do not contradict each other."""
        if self.by_id and self.by_username:
            return self.agreed
        return self.by_id or self.by_username


@dataclass(frozen=True, slots=True)
class View:
    """One column, judged by the others: `owner` finds the account that the rest of a line means."""

    column: str
    owner: Callable[[Witness], Account | None]
    shown_of_line: Callable[[RosterLine], str | None]
    shown_of_account: Callable[[Account], str]
    key: Callable[[str], str]

    def key_of_line(self, line: RosterLine) -> str | None:
        """What stands in the column, as it is compared."""
        text = self.shown_of_line(line)
        return self.key(text) if text else None

    def key_of_account(self, account: Account) -> str | None:
        """What the account has in this column, as it is compared; None where it has nothing."""
        text = self.shown_of_account(account)
        return self.key(text) if text else None


def full_name_key(first: str, last: str) -> str:
    """First and last name as they are compared; empty where one of them is blank."""
    one, two = joined(first), joined(last)
    return f"{one} {two}" if one and two else ""


def _owner_of_id(witness: Witness) -> Account | None:
    return witness.by_username if witness.fits_name(witness.by_username) else None


def _owner_of_username(witness: Witness) -> Account | None:
    return witness.by_id if witness.fits_name(witness.by_id) else None


def _owner_of_first_name(witness: Witness) -> Account | None:
    account = witness.by_any_key
    if account is None or witness.agreed:
        return account
    last = witness.line.last_name
    return account if last and same_last_name(account.last_name, last).alike else None


def _owner_of_last_name(witness: Witness) -> Account | None:
    account = witness.by_any_key
    if account is None or witness.agreed:
        return account
    first = witness.line.first_name
    return account if first and same_first_name(account.first_name, first).alike else None


def _doubtful_owner_of_id(witness: Witness) -> Account | None:
    return witness.by_username if not witness.name_key else witness.by_name


def _doubtful_owner_of_username(witness: Witness) -> Account | None:
    # With a Student ID in the line, two columns speak, and the ID comes first.
    return None if witness.line.student_id else witness.by_name


def _name_of_line(line: RosterLine) -> str | None:
    return f"{line.first_name} {line.last_name}" if line.first_name and line.last_name else None


VIEWS = (
    View(STUDENT_ID, _owner_of_id, lambda n: n.student_id, lambda a: a.student_id or "", id_key),
    View(USERNAME, _owner_of_username, lambda n: n.username, lambda a: a.username, username_key),
    View(NAME, lambda w: w.agreed, _name_of_line, lambda a: a.name, joined),
    View(FIRST_NAME, _owner_of_first_name, lambda n: n.first_name, lambda a: a.first_name, joined),
    View(LAST_NAME, _owner_of_last_name, lambda n: n.last_name, lambda a: a.last_name, joined),
)
"""The columns that the others can judge for certain."""

DOUBTFUL = (
    View(
        STUDENT_ID,
        _doubtful_owner_of_id,
        lambda n: n.student_id,
        lambda a: a.student_id or "",
        id_key,
    ),
    View(
        USERNAME,
        _doubtful_owner_of_username,
        lambda n: n.username,
        lambda a: a.username,
        username_key,
    ),
)
"""The keys, each judged by one other column alone."""
