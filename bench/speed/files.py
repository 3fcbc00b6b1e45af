"""The files of a roster, made once: `python -m bench.speed.files FOLDER --rows N`.

`roster.xlsx` and `roster.csv` are the sheet, `changes.json` is what it changes and `expected.db`
the end. `district.jsonl` is what the product loads and `before.db` the table that the other
programs work on; these two belong to the district and may have a folder of their own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench.environment import ROOT
from bench.speed.roster import Kind, Roster, make_roster
from bench.speed.sheets import write_text, write_workbook
from rosterkey.core.model import Account
from rosterkey.store.lines import account_line, district_line

TABLE = """
CREATE TABLE account (
    id INTEGER PRIMARY KEY, student_id TEXT, username TEXT NOT NULL, first_name TEXT NOT NULL,
    last_name TEXT NOT NULL, grade TEXT, school TEXT, class_name TEXT NOT NULL)
"""
INDEXES = ("student_id", "username")
"""Not unique: none of the other programs could exchange two usernames under a rule of that."""
_SOURCES = ("speed/roster.py", "speed/sheets.py", "faults/town.py", "faults/names.py")


CHANGES = "changes.json"
_FOLDER = ROOT / "build" / "speed"


@dataclass(frozen=True, slots=True)
class Size:
    """How large a roster is and what its sheet does."""

    rows: int
    accounts: int
    kind: Kind = Kind.TYPICAL
    seed: int = 1

    def __str__(self) -> str:
        against = f" against {self.accounts:,}" if self.accounts != self.rows else ""
        return f"{self.rows:,} rows{against}, {self.kind}"

    @property
    def folder(self) -> Path:
        """Where the files of the sheet are kept; another generator has other folders."""
        return _FOLDER / f"{self.kind}-{self.rows}-of-{self.accounts}-{self.seed}-{_version()}"

    @property
    def district(self) -> Path:
        """Where the files of the district are kept, for sheets of every size."""
        return _FOLDER / f"district-{self.kind}-{self.accounts}-{self.seed}-{_version()}"


def _version() -> str:
    made_by = hashlib.sha256()
    for source in _SOURCES:
        made_by.update((ROOT / "bench" / source).read_bytes())
    return made_by.hexdigest()[:8]


def write_files(folder: Path, district: Path, size: Size) -> None:
    """Make the roster and write its files; those of a district that are there already stay."""
    roster = make_roster(size.rows, size.accounts, size.kind, size.seed)
    for made in (folder, district):
        made.mkdir(parents=True, exist_ok=True)
    if not (district / "before.db").exists():
        with (district / "district.jsonl").open("w", encoding="utf-8") as opened:
            for line in _lines(roster):
                opened.write(json.dumps(line, ensure_ascii=False) + "\n")
        _write_table(district / "before.db", roster.accounts)
    _write_table(folder / "expected.db", roster.expected())
    write_text(folder / "roster.csv", roster.rows)
    write_workbook(folder / "roster.xlsx", roster.rows)
    changes = {
        "changed": [_table_row(r.after) for r in roster.rows if r.before not in (None, r.after)],
        "created": [_table_row(r.after) for r in roster.rows if r.before is None],
    }
    # The last one: where it stands all the others do.
    (folder / CHANGES).write_text(json.dumps(changes), encoding="utf-8")


def _lines(roster: Roster) -> Iterator[dict[str, object]]:
    yield district_line(roster.district)
    yield from (account_line(roster.district.code, a) for a in roster.accounts)


def _write_table(path: Path, accounts: Iterable[Account]) -> None:
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished)) as database, database:
        database.execute(TABLE)
        rows = map(_table_row, accounts)
        database.executemany("INSERT INTO account VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        for column in INDEXES:
            database.execute(f"CREATE INDEX account_{column} ON account ({column})")
    unfinished.replace(path)


def _table_row(a: Account) -> tuple[object, ...]:
    names = a.username, a.first_name, a.last_name
    number = int(a.account_id.removeprefix("a"))
    return number, a.student_id, *names, a.grade, a.school, "; ".join(a.classes)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the files into a folder."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed.files", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--district", type=Path, help="a folder for the files of the district")
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--accounts", type=int, default=0, help="as many as there are rows")
    parser.add_argument("--kind", choices=[str(kind) for kind in Kind], default="typical")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    accounts = chosen.accounts or chosen.rows
    size = Size(chosen.rows, accounts, Kind(chosen.kind), chosen.seed)
    write_files(chosen.folder, chosen.district or chosen.folder, size)


if __name__ == "__main__":
    main()
