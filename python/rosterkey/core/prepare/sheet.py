"""A sheet that is made to be written: text cells, choices in single cells, columns out of sight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Choice:
    """What a blank cell may get: the values of its drop-down, and a note that explains them."""

    values: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class PreparedSheet:
    """Texts below headings. Rows and columns count from 0, the headings not counted.

    `choices` are by (row, column), `hidden` are columns that nobody needs to see.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    choices: Mapping[tuple[int, int], Choice] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
