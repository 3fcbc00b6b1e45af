"""Give a person an access to a district on a database server, and say what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rosterkey.store.contract import Store
from rosterkey.usecases.refused import Refused
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.validate import choose_district

MAY = {
    "district": (
        "read every account of the district",
        "import, undo, archive, restore and delete, with the Student ID as key",
        "add to the history in its own name",
    ),
    "school": (
        "read every account of the district, to see which usernames are taken",
        "import, undo, archive and restore at the one school, with the username as key",
        "add to the history in its own name",
    ),
    "read": ("read and export the accounts of the district, without any password hash",),
    "pool": (
        "do what a district administrator may, in the district that each transaction names",
        "be used by a server only, which has to know for itself whom it works for",
    ),
}
"""What a login of each level may do."""

MAY_NOT = {
    "district": ("reach another district", "change or delete the history, or purge it",
                 "change accounts of staff"),
    "school": ("change an account of another school", "set or change a Student ID",
               "reach another district", "change or delete the history, or purge it",
               "change accounts of staff"),
    "read": ("write anything", "reach another district"),
    "pool": ("change or delete the history, or purge it", "change accounts of staff"),
}  # fmt: skip
"""What it may not; the database sees to it, whichever program the login uses."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The access that somebody is to get. `password` is None where the login keeps its own."""

    login: str
    level: str
    school: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Granted:
    """What was given: whether the login is new, and what it may and may not do."""

    district: str
    wanted: Wanted
    new_login: bool
    may: Sequence[str]
    may_not: Sequence[str]


def grant(wanted: Wanted, store: Store, settings: Settings, *, preview: bool = False) -> Granted:
    """Give an access, in place of the one that the login has in the district.

    With `preview` only what it would mean is told. Raises Refused, and StoreError where the
    database is a file or the caller has no right to give accesses.
    """
    if wanted.level not in MAY:
        raise Refused(f"There is no access {wanted.level!r}; there are {', '.join(MAY)}.")
    if (wanted.level == "school") != (wanted.school is not None):
        raise Refused("An access to one school needs --school NAME, and no other takes it.")
    # A pool says itself, in each transaction, which district it works for.
    of_all = wanted.level == "pool"
    district = "" if of_all else choose_district(store, settings)
    new = False
    if not preview:
        new = store.grant(
            district, wanted.login, wanted.level, school=wanted.school, password=wanted.password
        )
    return Granted(
        "every district" if of_all else district,
        wanted,
        new,
        MAY[wanted.level],
        MAY_NOT[wanted.level],
    )


def revoke(login: str, store: Store, settings: Settings) -> str:
    """Take the access of a login to the district back, and return the district.

    Raises Refused where it has none, and StoreError as `grant` does.
    """
    district = choose_district(store, settings)
    if not store.revoke(district, login):
        raise Refused(f"The login {login} has no access to the district {district}.")
    return district
