"""The command `python -m bench.speed`: imports beside other programs, floors, and the targets.

A run without options takes some minutes; `--rows 1000 --rounds 1` takes one on a machine with
nothing else to do, and a million rows take a quarter of an hour. Rosters and loaded
databases are made once and kept in build/speed, the peers' environment in build/peers. Runs on
Linux; what needs PostgreSQL is left out where there is none.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from bench.environment import ROOT, run_peer
from bench.speed import postgres, works, works_on_postgresql
from bench.speed.duplicates import duplicates
from bench.speed.files import Kind, Size
from bench.speed.ground import SCRIPTS, Ground, commit
from bench.speed.measure import Figures, in_turn
from bench.speed.swaps import swaps
from bench.speed.table import as_json, as_table, as_verdicts
from bench.speed.targets import verdicts

SMALL, MIDDLE, LARGE = 10_000, 100_000, 1_000_000
_FAST_PEERS = ("pandas script", "petl", "sqlite-utils", works.BULK)
_RESULTS = ROOT / "build" / "speed" / "results.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; exit code 1 where a target is missed."""
    chosen = _parser().parse_args(arguments)
    results: dict[str, dict[str, Figures]] = {}
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="speed-")))
        programs = None if chosen.without_postgresql else postgres.find_programs()
        server = stack.enter_context(postgres.running(programs)) if programs else None
        about = _about(server)
        print("\n".join(f"{name}: {text}" for name, text in about.items()), flush=True)
        for work, contestants, rounds in _works(chosen, scratch, server):
            results[work] = in_turn(contestants, rounds)
            print(f"\n{as_table(work, results[work])}", flush=True)
            # Kept after each work: a long run that is broken off was not for nothing.
            _RESULTS.write_text(as_json(results, **about), encoding="utf-8")
        if not chosen.without_splink:
            results["duplicates"] = duplicates(scratch)
            print(f"\n{as_table('duplicates', results['duplicates'])}", flush=True)
        print(f"\n{swaps(scratch)}", flush=True)
    found = verdicts(results)
    print(f"\n{as_verdicts(found)}")
    _RESULTS.write_text(as_json(results, **about), encoding="utf-8")
    if chosen.plot:
        run_peer(SCRIPTS / "plot.py", str(_RESULTS), str(chosen.plot))
    return 1 if any(verdict.met is False for verdict in found) else 0


def _works(
    chosen: argparse.Namespace, scratch: Path, server: postgres.Server | None
) -> Iterator[tuple[str, works.Contestants, int]]:
    """Each work with its contestants and rounds; what it needs is made before."""
    rows = sorted(chosen.rows)
    for count in rows:
        ground = _ground(Size(count, count), scratch, server)
        # A long run meets every mood of the machine by itself.
        rounds = chosen.rounds if count <= SMALL else max(1, chosen.rounds // 3)
        name, small = short(count), count <= SMALL
        yield f"{name}, validate", works.validations(ground, workbook=count < LARGE), rounds
        peers = tuple(works.PEERS) if small else _FAST_PEERS if count < LARGE else ()
        yield name, works.imports(ground, peers, hashes=small), rounds
        if server and count < LARGE:
            yield f"{name}, PostgreSQL", works_on_postgresql.imports(ground, server), rounds
        if count == rows[0]:
            yield from _parts(count, chosen.rounds, scratch, server)
    if LARGE in rows and SMALL in rows:
        ground = _ground(Size(SMALL, LARGE), scratch, server)
        yield "10 k of 1 M", works.small_sheet(ground), chosen.rounds


def _parts(
    count: int, rounds: int, scratch: Path, server: postgres.Server | None
) -> Iterator[tuple[str, works.Contestants, int]]:
    """The parts of an import, each beside what it could cost at least."""
    for work, kind in (("apply", Kind.TYPICAL), ("apply, all renamed", Kind.RENAMED)):
        ground = _ground(Size(count, count, kind), scratch, server)
        yield work, works.phases(ground), max(3, rounds)
        if server:
            yield f"{work}, PostgreSQL", works_on_postgresql.phases(ground, server), rounds
    ground = _ground(Size(count, count), scratch, server)
    yield "marks", works.marks(ground), rounds
    yield "password hashes", works.hashing(ground), 1


def _ground(size: Size, scratch: Path, server: postgres.Server | None) -> Ground:
    ground = Ground(size, scratch, server)
    ground.prepare()
    return ground


def short(count: int) -> str:
    """A number of rows in two words: 10 k, 1 M."""
    return f"{count // LARGE} M" if count >= LARGE else f"{count // 1000} k"


def _about(server: postgres.Server | None) -> dict[str, str]:
    """What the figures are worth: when, where, with what."""
    versions = run_peer(SCRIPTS / "versions.py").split("\n")
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "commit": commit(),
        "machine": f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}, "
        f"load {os.getloadavg()[0]:.1f}",
        "Python": platform.python_version(),
        "peers": ", ".join(filter(None, versions)),
        "PostgreSQL": server.version() if server else "none",
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.speed",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add(
        "--rows",
        nargs="+",
        type=int,
        default=[SMALL, MIDDLE],
        metavar="N",
        help="sizes of the sheets; the targets are about 10000, 100000 and 1000000",
    )
    add("--rounds", type=int, default=3, help="runs of each; a third of them from 100,000 rows on")
    add("--plot", type=Path, metavar="FILE", help="draw the imports, as .svg or .png")
    add("--without-postgresql", action="store_true")
    add("--without-splink", action="store_true")
    return parser  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
