"""The command `python -m bench.scale`: what one PostgreSQL server carries, for docs/scale.md.

For each number of accounts: how long they take to load, how much room they take, and how long a
sheet of 10,000 rows takes to import as the login of a district that is held to it. Needs PostgreSQL
on this machine; a million accounts take some minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg

from bench.speed import postgres
from bench.speed.files import CHANGES, Size, write_files
from bench.speed.measure import Run, run

ROWS = 10_000
_HASH = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$" + "aGFzaGhhc2g" * 4
"""As long as the hash of a password is; every account has one."""
_EVERY_TENTH = 10
"""Every tenth student had another username before."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print one line for each number of accounts."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("--accounts", type=int, nargs="+", default=[100_000, 1_000_000])
    chosen = parser.parse_args(arguments)
    programs = postgres.find_programs()
    if programs is None:
        print("There is no PostgreSQL on this machine.", file=sys.stderr)
        return 2
    with postgres.running(programs) as server, tempfile.TemporaryDirectory() as scratch:
        print(f"PostgreSQL {server.version()}", flush=True)
        for accounts in chosen.accounts:
            for line in _measured(server, Size(ROWS, accounts), Path(scratch)):
                print(line, flush=True)
    return 0


def _measured(server: postgres.Server, size: Size, scratch: Path) -> Iterator[str]:
    if not (size.folder / CHANGES).exists():
        write_files(size.folder, size.district, size)
    server.create("scale")
    url = server.url("scale", "postgresql+psycopg")
    _rosterkey(server, "init", "--db", url)
    loaded = _rosterkey(server, "load", str(_filled(size, scratch)), "--db", url)
    with psycopg.connect(server.url("scale"), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")
    full = _bytes(server)
    yield f"{size.accounts:,} accounts: loaded in {_took(loaded)}, {_mb(full)} on disk"
    yield "  of it " + ", ".join(f"{name} {_mb(room)}" for name, room in _largest(server))
    district = json.loads((size.district / "district.jsonl").open().readline())["code"]
    _rosterkey(server, "grant", "kim", "district", "--district", district, "--db", url)
    kim = url.replace(f"{server.user}@", "kim@")
    sheet = scratch / "roster.xlsx"
    sheet.write_bytes((size.folder / "roster.xlsx").read_bytes())
    asked = _rosterkey(server, "validate", str(sheet), "--json", "--db", kim, codes=(0, 3))
    reasons = [
        word for c in json.loads(asked.out)["confirm"] for word in ("--confirm", c["reason"])
    ]
    done = _rosterkey(server, "import", str(sheet), *reasons, "--json", "--db", kim)
    counts = json.loads(done.out)["counts"]
    yield f"  validate of {ROWS:,} rows: {_took(asked)}; import: {_took(done)}; {counts}"
    yield f"  the import took {_mb(_bytes(server) - full)} more"


def _filled(size: Size, scratch: Path) -> Path:
    """The district's dump, with a password hash in each account and former usernames in some."""
    path = scratch / "filled.jsonl"
    with (size.district / "district.jsonl").open() as lines, path.open("w") as out:
        for number, line in enumerate(lines):
            told = json.loads(line)
            if told["kind"] == "account":
                told["password_hash"] = _HASH
                if number % _EVERY_TENTH == 0:
                    told["past_usernames"] = [f"{told['username']}.before"]
            out.write(json.dumps(told) + "\n")
    return path


def _rosterkey(server: postgres.Server, *words: str, codes: Sequence[int] = (0,)) -> Run:
    command = [sys.executable, "-m", "rosterkey", *words]
    return run(command, codes=codes, server_cpu=server.cpu_seconds)


def _bytes(server: postgres.Server) -> int:
    return int(_first(server, "SELECT pg_database_size('scale')"))


def _largest(server: postgres.Server) -> list[tuple[str, int]]:
    """The five largest tables with their indexes."""
    with psycopg.connect(server.url("scale")) as connection:
        return [
            (str(name), int(room))
            for name, room in connection.execute(
                "SELECT relname, pg_total_relation_size(oid) FROM pg_class "
                "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
                "ORDER BY 2 DESC LIMIT 5"
            )
        ]


def _first(server: postgres.Server, query: str) -> str:
    with psycopg.connect(server.url("scale")) as connection:
        row = connection.execute(query.encode()).fetchone()
    return str(row[0] if row else "")


def _took(done: Run) -> str:
    return f"{done.wall:.1f} s ({done.cpu:.1f} s CPU, peak {done.peak_mb:,.0f} MB)"


def _mb(room: int) -> str:
    return f"{room / 2**20:,.0f} MB"


if __name__ == "__main__":
    sys.exit(main())
