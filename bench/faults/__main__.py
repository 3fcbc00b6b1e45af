"""The command `python -m bench.faults`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bench.faults.existing import existing
from bench.faults.measure import KINDS, measure
from bench.faults.scale import scale
from bench.faults.table import as_json, as_table
from bench.faults.texts import texts


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; exit code 1 where a target is missed."""
    chosen = _parser().parse_args(arguments)
    if chosen.scale:
        print(scale(chosen.newcomers, chosen.students))
        return 0
    if chosen.existing:
        for with_ids in (True, False):
            print(existing(chosen.rows, chosen.first, with_ids=with_ids), flush=True)
        return 0
    kinds = [kind for kind in KINDS if chosen.kind in f"{kind.group}: {kind.name}"]
    seeds = _half(chosen.first, chosen.seeds, tuning=chosen.tuning)
    if chosen.texts:
        print("\n\n".join(texts(kinds, seeds, chosen.rows, chosen.texts)))
        return 0
    scores = measure(kinds, seeds, chosen.rows)
    half = "tuning" if chosen.tuning else "reporting"
    if chosen.json:
        print(as_json(scores, rows=chosen.rows, seeds=list(seeds), half=half))
    else:
        print(f"{chosen.rows:,} students, seeds {seeds[0]} to {seeds[-1]}: the {half} half")
        print(as_table(scores))
        for score in scores:
            if chosen.wrong and score.wrong:
                print(f"wrong in {score.name} (seed, line): {score.wrong[: chosen.wrong]}")
    return 0 if all(score.met for score in scores) else 1


def _half(first: int, seeds: int, *, tuning: bool) -> range:
    """The first half of the seeds is for tuning, the second for reporting."""
    middle = first + seeds // 2
    return range(first, middle) if tuning else range(middle, first + seeds)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    add = parser.add_argument
    add("--rows", type=int, default=960, help="students; up to 960 with the names of the sample")
    add("--seeds", type=int, default=8, help="seeds, of which the second half is reported")
    add("--first", type=int, default=0, help="the first seed")
    add("--tuning", action="store_true", help="the first half of the seeds instead")
    add("--kind", default="", help="only kinds with this text in 'group: name'")
    add("--json", action="store_true", help="print JSON")
    add("--wrong", type=int, default=0, metavar="N", help="name N misses of each kind")
    add("--texts", type=int, default=0, metavar="N", help="print N alarms of all kinds instead")
    add("--scale", action="store_true", help="time new rows against a large district instead")
    add("--existing", action="store_true", help="search --rows accounts for second ones instead")
    add("--newcomers", type=int, default=5_000, help="new rows for --scale")
    add("--students", type=int, default=100_000, help="students for --scale")
    return parser


if __name__ == "__main__":
    sys.exit(main())
