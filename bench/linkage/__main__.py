"""The command `python -m bench.linkage`: rosterkey, exact matches and Splink in one table.

The lists are FEBRL's and made-up rosters.

On the first run it makes an environment for the peers in build/peers (package registry needed).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.linkage import beside, febrl, methods
from bench.linkage.rosters import roster

_FEBRL = {False: "name, suburb", True: "name, suburb, birth year"}
_ROSTER = "name, school, grade"
_SEED = 101
_HEADER = (
    f"{'list':<8} {'compared':<26} {'method':<30} {'precision':>9} {'recall':>7} {'F1':>6} "
    f"{'but siblings: recall':>20} {'F1':>6} "
    f"{'new alarmed':>11} {'CPU s':>7}"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.linkage", description=__doc__)
    parser.add_argument("--lists", nargs="*", type=int, default=[1, 2, 3, 4], help="FEBRL 1 to 4")
    parser.add_argument(
        "--rosters",
        nargs="*",
        type=int,
        default=[3_000, 30_000],
        help="students of made-up rosters",
    )
    parser.add_argument("--without-splink", action="store_true")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        beside.fetch_lists(folder)
        print(_HEADER)
        for number in chosen.lists:
            lists = febrl.read(folder / f"febrl{number}.csv")
            print(
                f"{lists.name}: {len(lists.known):,} accounts, {len(lists.rows):,} new rows, "
                f"{len(lists.like_siblings):,} of them like a brother or sister"
            )
            for line in _exact_lines(lists):
                print(line)
            for with_grade in (False, True):
                for line in _lines(lists, folder, _FEBRL[with_grade], not chosen.without_splink):
                    print(line, flush=True)
        for students in chosen.rosters:
            lists = roster(_SEED, students, min(students // 3, 5_000))
            print(f"roster: {len(lists.known):,} accounts, {len(lists.rows):,} new rows")
            for line in _lines(lists, folder, _ROSTER, not chosen.without_splink):
                print(line, flush=True)
    return 0


def _exact_lines(lists: febrl.Lists) -> list[str]:
    found, seconds = methods.exact(lists, methods.name_and_school)
    lines = [_line(lists, "name, suburb", "exact", methods.judge(found, lists), seconds)]
    found, seconds = methods.exact(lists, methods.name_and_birth)
    judged = methods.judge(found, lists)
    return [*lines, _line(lists, "name, date of birth", "exact", judged, seconds)]


def _lines(lists: febrl.Lists, folder: Path, compared: str, splink: bool) -> list[str]:
    with_grade = compared != _FEBRL[False]
    measured = {"rosterkey": beside.own(lists, with_grade=with_grade)}
    if splink:
        measured |= beside.splink(lists, folder, with_grade=with_grade)
    return [_line(lists, compared, name, *found) for name, found in measured.items()]


def _line(
    lists: febrl.Lists, compared: str, method: str, judged: methods.Judged, seconds: float
) -> str:
    return (
        f"{lists.name:<8} {compared:<26} {method:<30} {judged.precision:9.3f} {judged.recall:7.3f} "
        f"{judged.f1:6.3f} {judged.but_siblings.recall:20.3f} {judged.but_siblings.f1:6.3f} "
        f"{100 * judged.new_alarmed:9.1f} % {seconds:7.2f}"
    )


if __name__ == "__main__":
    sys.exit(main())
