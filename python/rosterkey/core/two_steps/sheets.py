"""The sheets of the two steps, made of the one that has both usernames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from rosterkey.core.reading.columns import Header
from rosterkey.core.reading.headings import HEADING, fold_heading
from rosterkey.core.sheet import Cell, Sheet, cell_text

_ONLY_FIRST = ("password", "old_student_id")
"""Columns that have done their work with the first step."""


def has_two_steps(header: Header) -> bool:
    """Whether a sheet has the column New Username beside Username."""
    return {"username", "new_username"} <= header.positions.keys()


def with_new_as_username(sheet: Sheet) -> Sheet:
    """A sheet with New Username and no Username: what is new is the username, in one step."""
    meanings = {h: "username" if f == "new_username" else f for h, f in sheet.meanings.items()}
    return replace(sheet, meanings={fold_heading(HEADING["new_username"]): "username"} | meanings)


class StepSheets:
    """Where the columns stand, and what the sheet is in each step.

    `done` are the usernames of rows that were imported before, by row: there is nothing left to do.
    """

    def __init__(self, sheet: Sheet, header: Header, done: Mapping[int, str]) -> None:
        self._header = header
        # Without a column of IDs both steps have one at the end, for those that are stored.
        width = max(len(cells) for _, cells in sheet.rows)
        self._places = {"student_id": width} | header.positions
        rows = ((n, self._headed(c) if n == header.row else c) for n, c in sheet.rows)
        self._done = done
        self._sheet = replace(sheet, rows=tuple(rows))

    def asked(self, without: set[int]) -> dict[int, tuple[Cell, ...]]:
        """The lines that have a new username, by their row."""
        return {
            number: cells
            for number, cells in self._sheet.rows
            if number not in without and self._new(number, cells) is not None
        }

    def text(self, cells: tuple[Cell, ...], name: str) -> str:
        """What a field's cell shows, for a message."""
        return cell_text(_cell(cells, self._places[name]))

    def first(self, without: set[int]) -> Sheet:
        """The sheet as if it had no column New Username."""
        rows = []
        for number, cells in self._sheet.rows:
            line = list(cells)
            if number in self._done:
                self._put(line, "username", self._done[number])
            rows.append((number, tuple(line)))
        step = replace(self._sheet, rows=tuple(rows))
        return self._without_columns(step, ("new_username",), without)

    def second(self, without: set[int], ids: Mapping[int, str | None]) -> Sheet:
        """The sheet with the new usernames under Username, and the IDs that are stored by then."""
        rows = []
        for number, cells in self._sheet.rows:
            line = list(cells)
            if number not in without and (new := self._new(number, cells)) is not None:
                self._put(line, "username", new)
                if ids.get(number):
                    self._put(line, "student_id", ids[number])
            rows.append((number, tuple(line)))
        # What the reader had to say was said of the first step.
        later = replace(self._sheet, rows=tuple(rows), findings=())
        return self._without_columns(later, ("new_username", *_ONLY_FIRST), without)

    def _headed(self, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        line = list(cells)
        if "student_id" not in self._header.positions:
            self._put(line, "student_id", HEADING["student_id"])
        return tuple(line)

    def _new(self, number: int, cells: tuple[Cell, ...]) -> Cell:
        return _cell(cells, self._places["new_username"]) if number > self._header.row else None

    def _put(self, line: list[Cell], name: str, value: Cell) -> None:
        place = self._places[name]
        line.extend([None] * (place + 1 - len(line)))
        line[place] = value

    def _without_columns(self, sheet: Sheet, names: Iterable[str], without: set[int]) -> Sheet:
        places = {self._places[name] for name in names if name in self._places}
        rows = tuple(
            (number, tuple(None if p in places else c for p, c in enumerate(cells)))
            for number, cells in sheet.rows
            if number not in without
        )
        return replace(sheet, rows=rows)


def _cell(cells: tuple[Cell, ...], place: int) -> Cell:
    return cells[place] if place < len(cells) else None
