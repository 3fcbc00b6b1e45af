"""Usernames in the three patterns of the story, with a number where two students clash."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from rosterkey.core.keys import username_key


def letters(name: str) -> str:
    """The plain lower-case letters of a name: `Mc Intyre` gives `mcintyre`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "".join(c for c in plain.lower() if c.isalnum())


def short(first_name: str, last_name: str) -> str:
    """First initial and last name: `tdyer`."""
    return letters(first_name)[:1] + letters(last_name)


def dotted(first_name: str, last_name: str) -> str:
    """First and last name: `tyrone.dyer`."""
    return f"{letters(first_name)}.{letters(last_name)}"


def with_year(first_name: str, last_name: str, graduation: int) -> str:
    """Last name, first initial and the year of graduation in two digits: `dyert31`."""
    return f"{letters(last_name)}{letters(first_name)[:1]}{graduation % 100:02d}"


def numbered(wanted: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """The wanted usernames in their order, each made unique: the second `tdyer` is `tdyer2`.

    A username that stands in `taken` is not given again; letter case makes no difference.
    """
    used = {username_key(username) for username in taken}
    chosen = []
    for username in wanted:
        number, free = 1, username
        while username_key(free) in used:
            number += 1
            free = f"{username}{number}"
        used.add(username_key(free))
        chosen.append(free)
    return chosen
