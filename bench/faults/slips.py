"""Columns that slip against the others: shifts, columns sorted alone, halves exchanged."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bench.faults.kinds import Kind, account_of, codes, without
from bench.faults.town import HEADINGS, Line, Town
from rosterkey.core.sheet import Cell

GROUP = "slipped columns"
_BLOCK = 0.3
_COLUMNS = {
    "Student ID": ("Student ID",),
    "Username": ("Username",),
    "names": ("First Name", "Last Name"),
    "First Name": ("First Name",),
    "Last Name": ("Last Name",),
}
_Values = list[tuple[Cell, ...]]


def _shift(town: Town, values: _Values) -> _Values:
    steps = town.rng.choice((1, -1, 1, -1, 2, -3, 7))
    return values[-steps:] + values[:-steps]


def _sort(town: Town, values: _Values) -> _Values:
    # By the last of the columns, as a person sorts a roster by family name.
    ordered = sorted(values, key=lambda v: [str(cell).casefold() for cell in reversed(v)])
    return ordered[::-1] if town.rng.random() < 0.2 else ordered


def _halves(_: Town, values: _Values) -> _Values:
    middle = len(values) // 2
    return values[middle:] + values[:middle]


_SLIPS = {"shifted": _shift, "sorted alone": _sort, "halves exchanged": _halves}


def _slip(
    town: Town,
    *,
    columns: tuple[str, ...],
    how: Callable[[Town, _Values], _Values],
    share: float,
    before: Callable[[Town, list[Line]], None] | None = None,
) -> list[Line]:
    """The export, with some columns slipped in one block of the rows."""
    lines = town.export()
    if before:
        before(town, lines)
    size = int(len(lines) * share)
    start = town.rng.randrange(len(lines) - size + 1)
    block = lines[start : start + size]
    values: _Values = [tuple(line.cells[h] for h in columns) for line in block]
    for line, new in zip(block, how(town, values), strict=True):
        line.right = {h: line.cells[h] for h in columns}
        line.touched = new != tuple(line.right.values())
        line.cells.update(zip(columns, new, strict=True))
    return lines


def _rename_all(town: Town, lines: list[Line]) -> None:
    """Give every student a new username, as a district does that changes its pattern."""
    pattern = town.another_pattern()
    for line, account in account_of(town, lines):
        username = town.new_username(account.first_name, account.last_name, pattern)
        line.cells["Username"] = username


def _kinds() -> list[Kind]:
    made = []
    for column, columns in _COLUMNS.items():
        for how, slip in _SLIPS.items():
            for share, where in ((1.0, ""), (_BLOCK, ", 30 % of the rows")):
                make = partial(_slip, columns=columns, how=slip, share=share)
                made.append(_kind(f"{column} {how}{where}", make))
    no_ids = without(HEADINGS, "Student ID")
    for how, slip in _SLIPS.items():
        for share, where in ((1.0, ""), (_BLOCK, ", 30 % of the rows")):
            make = partial(_slip, columns=("Username",), how=slip, share=share)
            made.append(_kind(f"Username {how}{where}, no IDs", make, no_ids))
    for how, slip in _SLIPS.items():
        for share, where in ((1.0, ""), (_BLOCK, ", 30 % of the rows")):
            make = partial(_slip, columns=("Username",), how=slip, share=share, before=_rename_all)
            made.append(_kind(f"new usernames {how}{where}", make))
    return made


def _kind(
    name: str, make: Callable[[Town], list[Line]], headings: tuple[str, ...] = HEADINGS
) -> Kind:
    return Kind(name, GROUP, make, codes("shifted-column"), of_sheet=True, headings=headings)


KINDS = tuple(_kinds())
