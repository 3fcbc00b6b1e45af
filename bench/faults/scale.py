"""How long the search for second accounts takes in a large district."""

from __future__ import annotations

import time

from bench.faults.town import Line, Town, line_of, sheet_of
from rosterkey.core.plan import make_plan


def scale(newcomers: int, students: int, seed: int = 1) -> str:
    """The CPU seconds of a whole plan: a sheet of new students alone, and the whole district.

    Half of the new rows have no Student ID; none of the district's accounts has one, so that no
    pair of IDs ends a comparison.
    """
    town = Town(seed, students, with_ids=False)
    new = [line_of(town.newcomer(), new=True) for _ in range(newcomers)]
    for number, line in enumerate(new):
        line.cells["Student ID"] = f"88{number:06}" if number % 2 else None
    lines = [f"{newcomers:,} new rows against a district of {students:,}"]
    for what, rows in (("alone", new), ("with the rest of the sheet", [*town.export(), *new])):
        seconds, alarms = _timed(town, rows)
        lines.append(
            f"  {what + ':':<28} {seconds:6.2f} CPU seconds for the plan of {len(rows):,} rows, "
            f"{alarms:,} alarms"
        )
    return "\n".join(lines)


def _timed(town: Town, lines: list[Line]) -> tuple[float, int]:
    sheet, snapshot = sheet_of(lines), town.snapshot
    start = time.process_time()
    plan = make_plan(sheet, snapshot)
    seconds = time.process_time() - start
    alarms = sum(f.code == "probable-duplicate" for row in plan.rows for f in row.findings)
    return seconds, alarms
