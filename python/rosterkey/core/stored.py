"""Accounts as the lines that a sheet would have of them.

Most rows of a roster are to the letter what is stored. Held against these lines each costs one
look, and the accounts themselves are never read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from rosterkey.core.keys import id_key
from rosterkey.core.model import FIELDS, Status

StoredLine = tuple[str, int, str, str | None, str, str, str, str | None, str | None, str]
"""Id, version and status of an account, and its texts in the order of `FIELDS`, classes as one."""

_TEXTS = 3
"""Where the texts of a stored line begin."""

_BETWEEN = "\x1f"
"""Stands between the fields of a line. It must not stand in a cell (semantics: Cleaning)."""


class Stored(NamedTuple):
    """An account with its line: what identifies its state, and where its student is."""

    line: str
    account_id: str
    version: int
    school: str | None
    grade: str | None


def by_line(
    lines: Iterable[StoredLine], fields: Sequence[str], doubled_ids: Collection[str]
) -> tuple[dict[str, Stored], list[str]]:
    """The accounts by their line in these fields of a sheet, and the ids of those without.

    Archived accounts have no line, and those whose Student ID another account has too: by that no
    row can mean them.
    """
    chosen = itemgetter(*(_TEXTS + FIELDS.index(name) for name in fields), 0)
    doubled = doubled_ids if "student_id" in fields else ()
    found: dict[str, Stored] = {}
    others: list[str] = []
    for line in lines:
        account_id, version, status, student_id, _, _, _, school, grade, _ = line
        if status != Status.ACTIVE or (doubled and student_id and id_key(student_id) in doubled):
            others.append(account_id)
            continue
        key = _BETWEEN.join([text or "" for text in chosen(line)[:-1]])
        if key.count(_BETWEEN) == len(fields) - 1:
            found[key] = Stored(key, account_id, version, school, grade)
        else:
            others.append(account_id)
    return found, others


def texts_of(line: str, fields: Iterable[str]) -> dict[str, str]:
    """The texts of a line by field, as the values of its row."""
    return {name: text for name, text in zip(fields, line.split(_BETWEEN), strict=True) if text}


def has_blank(line: str) -> bool:
    """Whether a field of the line is blank."""
    return f"{_BETWEEN}{_BETWEEN}" in line or line[:1] == _BETWEEN or line[-1:] == _BETWEEN


def line_of(values: Mapping[str, str], fields: Iterable[str]) -> str:
    """The line of a row in these fields; blank ones have no value."""
    return _BETWEEN.join([values.get(name, "") for name in fields])
