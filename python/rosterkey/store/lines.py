"""One line of a dump: what it may hold, and how it looks when it is written.

The keys stand in the order of the outside interface. `version` is no part of a line: it counts
the changes within one database, and a loaded account starts behind all that the district had.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from rosterkey.core.model import Account, District, Role, Status
from rosterkey.store.contract import LoadError

ARGON2ID = "$argon2id$"

_RETIRED_KEYS = ("kind", "district", "account", "username")

_Word = TypeVar("_Word", bound=StrEnum)

_DISTRICT_KEYS = ("kind", "code", "name", "schools", "grades")
_ACCOUNT_KEYS = (
    "kind",
    "district",
    "account",
    "role",
    "status",
    "student_id",
    "username",
    "first_name",
    "last_name",
    "school",
    "grade",
    "classes",
    "password_hash",
    "past_usernames",
    "merged_accounts",
    "password",
)


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account of a dump, with the password where it is still plain text."""

    number: int
    district: str
    account: Account
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class RetiredLine:
    """A username of an account that was deleted."""

    number: int
    district: str
    account_id: str
    username: str


def district_line(of: District) -> dict[str, Any]:
    """The line of a district."""
    return {
        "kind": "district",
        "code": of.code,
        "name": of.name,
        "schools": list(of.schools),
        "grades": list(of.grades),
    }


def account_line(district: str, of: Account) -> dict[str, Any]:
    """The line of an account."""
    return {
        "kind": "account",
        "district": district,
        "account": of.account_id,
        "role": str(of.role),
        "status": str(of.status),
        "student_id": of.student_id,
        "username": of.username,
        "first_name": of.first_name,
        "last_name": of.last_name,
        "school": of.school,
        "grade": of.grade,
        "classes": list(of.classes),
        "password_hash": of.password_hash,
        "past_usernames": list(of.past_usernames),
    } | ({"merged_accounts": list(of.merged_accounts)} if of.merged_accounts else {})


def retired_line(district: str, account_id: str, username: str) -> dict[str, Any]:
    """The line of a username that an account had which was deleted."""
    return {
        "kind": "retired_username",
        "district": district,
        "account": account_id,
        "username": username,
    }


def parse_line(number: int, line: Any) -> District | AccountLine | RetiredLine:
    """The district, account or retired username of one line; `number` counts from 1.

    What has a usual value may be missing: `role` student, `status` active, everything else blank.
    A username is taken as it is, because old systems hold odd ones. Raises LoadError.
    """
    cells = _Cells(number, line)
    kind = cells.text("kind")
    if kind == "district":
        return _district(cells)
    if kind == "account":
        return _account(cells)
    if kind == "retired_username":
        cells.only(_RETIRED_KEYS)
        return RetiredLine(
            number, cells.text("district"), cells.text("account"), cells.text("username")
        )
    raise cells.error(f"the kind is {kind!r}; it is district, account or retired_username")


def _district(cells: _Cells) -> District:
    cells.only(_DISTRICT_KEYS)
    return District(
        cells.text("code"),
        cells.text("name", default=""),
        cells.texts("schools", distinct=True),
        cells.texts("grades", distinct=True),
    )


def _account(cells: _Cells) -> AccountLine:
    cells.only(_ACCOUNT_KEYS)
    account = Account(
        account_id=cells.text("account"),
        username=cells.text("username"),
        student_id=cells.optional("student_id"),
        first_name=cells.text("first_name", default=""),
        last_name=cells.text("last_name", default=""),
        school=cells.optional("school"),
        grade=cells.optional("grade"),
        classes=cells.texts("classes"),
        role=cells.word("role", Role, Role.STUDENT),
        status=cells.word("status", Status, Status.ACTIVE),
        password_hash=cells.optional("password_hash"),
        past_usernames=cells.texts("past_usernames"),
        merged_accounts=cells.texts("merged_accounts", distinct=True),
    )
    password = cells.optional("password")
    _check_password(cells, account.password_hash, password)
    return AccountLine(cells.number, cells.text("district"), account, password)


def _check_password(cells: _Cells, password_hash: str | None, password: str | None) -> None:
    if password_hash is not None and password is not None:
        raise cells.error("there is a password and a password_hash; keep one of them")
    if password_hash is not None and not password_hash.startswith(ARGON2ID):
        raise cells.error(
            'the password_hash is not an argon2id hash; write the password itself as "password", '
            "and it is hashed while it is loaded"
        )


class _Cells:
    """The values of one line, each checked when it is asked for."""

    def __init__(self, number: int, line: Any) -> None:
        self.number = number
        if not isinstance(line, dict):
            raise self.error("this is not an object with keys and values")
        self._line = line

    def error(self, what: str) -> LoadError:
        """The refusal of this line; no value of a student stands in it."""
        return LoadError(f"Line {self.number}: {what}. Nothing was loaded.")

    def only(self, known: tuple[str, ...]) -> None:
        """Refuse a key that would be dropped silently."""
        unknown = [repr(key) for key in self._line if key not in known]
        if unknown:
            raise self.error(f"unknown key {', '.join(unknown)}; known are {', '.join(known)}")

    def text(self, key: str, *, default: str | None = None) -> str:
        """A text; with a `default` it may be missing or empty."""
        if key not in self._line:
            if default is None:
                raise self.error(f"{key} is missing")
            return default
        value = self._checked(key, self._line[key])
        if not value and default is None:
            raise self.error(f"{key} is empty")
        return value

    def optional(self, key: str) -> str | None:
        """A text or null; an empty text is refused, because it would be a second kind of blank."""
        value = self._line.get(key)
        if value is None:
            return None
        if not self._checked(key, value):
            raise self.error(f"{key} is empty; write null")
        return str(value)

    def texts(self, key: str, *, distinct: bool = False) -> tuple[str, ...]:
        """A list of texts that are not empty, or none at all."""
        values = self._line.get(key, [])
        if not isinstance(values, (list, tuple)):
            raise self.error(f"{key} is not a list of texts")
        for value in values:
            if not self._checked(key, value):
                raise self.error(f"{key} has an empty text in it")
        if distinct and len(set(values)) != len(values):
            raise self.error(f"{key} names one entry twice")
        return tuple(values)

    def word(self, key: str, words: type[_Word], default: _Word) -> _Word:
        """One of the words that there are."""
        value = self.text(key, default=str(default))
        try:
            return words(value)
        except ValueError:
            known = ", ".join(str(word) for word in words)
            raise self.error(f"{key} is {value!r}; it is one of {known}") from None

    def _checked(self, key: str, value: Any) -> str:
        if not isinstance(value, str):
            raise self.error(f"{key} is not a text")
        if value.isascii():
            broken = "\0" in value
        else:
            broken = "\0" in value or any("\ud800" <= c <= "\udfff" for c in value)
        if broken:
            raise self.error(f"{key} holds a character that no database can keep")
        return value
