"""What a kind of fault is, and what the planner should say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bench.faults.town import HEADINGS, Line, Town
from rosterkey.core.model import Account

SHARE = 0.05
"""The share of the rows that is touched on a sheet with single faults."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault or of genuine change.

    `make` gives the lines of a sheet for a town. `codes` are those of which one has to stand on
    every touched row (on the sheet, where `of_sheet`); empty where no touched row may be alarmed.
    `target` is the least share that has to be right. `expected` are questions on the sheet that
    are due: a district that renames everybody is asked once. `town` turns the town that it plays
    in.
    """

    name: str
    group: str
    make: Callable[[Town], list[Line]]
    codes: frozenset[str] = frozenset()
    target: float = 1.0
    of_sheet: bool = False
    headings: tuple[str, ...] = HEADINGS
    expected: frozenset[str] = frozenset()
    town: dict[str, bool | int] = field(default_factory=dict)


def codes(*names: str) -> frozenset[str]:
    """The codes of findings, any of which catches a fault."""
    return frozenset(names)


def some(town: Town, lines: list[Line], share: float = SHARE) -> list[Line]:
    """A chance choice of lines, in chance order; an even number, at least two."""
    count = max(2, int(len(lines) * share) // 2 * 2)
    return town.rng.sample(lines, min(count, len(lines)))


def accounts_by_id(town: Town) -> dict[str, Account]:
    """The accounts of the town by their account id."""
    return {a.account_id: a for a in town.students}


def account_of(town: Town, lines: list[Line]) -> Iterator[tuple[Line, Account]]:
    """Each line that means an account, with it."""
    known = accounts_by_id(town)
    for line in lines:
        if line.means:
            yield line, known[line.means]


def without(headings: tuple[str, ...], *left_out: str) -> tuple[str, ...]:
    """The headings but for some."""
    return tuple(h for h in headings if h not in left_out)
