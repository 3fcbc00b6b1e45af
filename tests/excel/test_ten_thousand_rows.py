"""Ten thousand rows: whole ranges at once, and how long our own code takes."""

from __future__ import annotations

import functools
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rosterkey.excel import buttons, validating
from tests.engine.books import SheetImpl
from tests.engine.cells import NoteImpl, RangeImpl
from tests.engine.engine import close_all
from tests.engine.tables import FilterImpl, TableImpl
from tests.excel.desk import Desk, account_lines

ROWS = 10_000
MOST_SECONDS = 2.0
"""Of processor time for reading, marking and filling the sheets."""
FACING = ("read_sheet", "marks_of", "write_marks", "write_results", "say_connected")
"""What of Validate faces the spreadsheet; between the two stands the planning."""


@pytest.fixture
def large(tmp_path: Path) -> Iterator[Desk]:
    """A sheet of 10,000 rows, 50 of them renamed and 50 with an error."""
    people = [_student(number) for number in range(ROWS)]
    desk = Desk(tmp_path, account_lines(people))
    rows = [(*person[1:7], "3A") for person in people]
    for number in range(0, ROWS, 200):
        rows[number] = (rows[number][0], f"new{number}", *rows[number][2:])
        rows[number + 7] = (*rows[number + 7][:5], "Nowhere School", "3A")
    desk.fill(*rows)
    desk.book.impl.calls.clear()
    yield desk
    close_all()


def _student(number: int) -> tuple[Any, ...]:
    name = "".join(chr(97 + int(digit)) for digit in f"{number:04}")
    place = ("3", "Lincoln Elementary", ["3A"])
    return (f"a{number}", f"{number:05}", f"user{number}", f"An{name}", f"Li{name[::-1]}", *place)


class Clock:
    """Processor time of functions, without what they do inside the tests' Excel."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch
        self.inside = 0.0
        self._busy = False
        self.ours: Counter[str] = Counter()

    def leave_out(self, kind: type) -> None:
        """Do not count what the methods and properties of a class take."""
        for name, member in list(vars(kind).items()):
            if isinstance(member, property):
                get, put = member.fget, member.fset
                timed = property(get and self._left_out(get), put and self._left_out(put))
                self._patch.setattr(kind, name, timed)
            elif callable(member) and not name.startswith("__"):
                self._patch.setattr(kind, name, self._left_out(member))

    def _left_out(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def timed(*arguments: Any, **named: Any) -> Any:
            if self._busy:
                return function(*arguments, **named)
            self._busy, start = True, time.process_time()
            try:
                return function(*arguments, **named)
            finally:
                self.inside += time.process_time() - start
                self._busy = False

        return timed

    def count(self, name: str) -> None:
        """Count what a function that Validate calls takes."""
        function = getattr(validating, name)

        def timed(*arguments: Any, **named: Any) -> Any:
            start = time.process_time() - self.inside
            try:
                return function(*arguments, **named)
            finally:
                self.ours[name] += time.process_time() - self.inside - start

        self._patch.setattr(validating, name, timed)


def test_they_are_read_and_written_in_blocks_and_soon(
    large: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    for kind in (RangeImpl, NoteImpl, TableImpl, FilterImpl, SheetImpl):
        clock.leave_out(kind)
    for name in FACING:
        clock.count(name)
    buttons.validate()
    assert sum(clock.ours.values()) < MOST_SECONDS, clock.ours
    assert clock.inside > 0, "what the stand-in takes is left out"
    calls = large.book.impl.calls
    results = large.column("Result")
    assert (results.count("Rename"), results.count("Error")) == (50, 50)
    assert calls["formula.get"] == 1
    assert calls["special_cells"] == 1
    assert calls["note.add"] == 50
    assert calls["value.get"] + calls["value.set"] < 60
    assert calls["number_format.get"] + calls["number_format.set"] < 60
    assert calls["color.get"] + calls["color.set"] < 40
    assert calls["merge_cells.get"] == 1
