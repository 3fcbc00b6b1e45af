"""What is measured: for each work, who takes part in it and how each of them starts."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from bench.speed.files import CHANGES
from bench.speed.ground import Ground
from bench.speed.measure import Failed, Run
from bench.speed.outcome import wrong_accounts

PRODUCT = "rosterkey"
DEFAULT, BULK = "django-import-export", "django-import-export, bulk"
PEERS = {
    DEFAULT: ("django_script.py", "default"),
    BULK: ("django_script.py", "bulk"),
    "pandas script": ("pandas_script.py",),
    "petl": ("petl_script.py",),
    "sqlite-utils": ("sqlite_utils_script.py",),
}
READ, READ_TEXT = "floor: read the workbook", "floor: read the text file"
ACCOUNTS, MATCHED = "floor: read the accounts", "floor: read the matched accounts"
WRITE = "floor: write the changes"
VALIDATE, VALIDATE_TEXT = "rosterkey validate --mark", "rosterkey validate, text file"
IMPORT, IMPORT_HASHES = "rosterkey import", "rosterkey import, with password hashes"
APPLY, SHEET = "rosterkey: apply the plan", "floor: insert the accounts of the sheet"
INSERT = "insert all the rows it writes, history included"
PATCH, OPENPYXL = "rosterkey: findings into the file", "openpyxl: load, edit, save"

Contestants = dict[str, Callable[[], Run]]
_GATE = (0, 3)
"""Nothing to confirm, or something; the plans of these rosters have no errors."""


def imports(ground: Ground, peers: tuple[str, ...], *, hashes: bool = False) -> Contestants:
    """The whole import of the workbook, by everybody, with the floors of its parts."""
    works: Contestants = {IMPORT: partial(import_by_product, ground)}
    if hashes:
        works[IMPORT_HASHES] = partial(import_by_product, ground, hashes=True)
    works |= {name: partial(import_by_peer, ground, PEERS[name]) for name in peers}
    works |= {
        READ: partial(_floor, ground, "read", str(ground.size.folder / "roster.xlsx")),
        ACCOUNTS: partial(_floor, ground, "accounts", str(ground.before)),
        WRITE: partial(_write, ground),
    }
    return works


def validations(ground: Ground, *, workbook: bool = True) -> Contestants:
    """The plan of the workbook with the findings written into it, and the plan of the text."""
    text = str(ground.size.folder / "roster.csv")
    works: Contestants = {
        VALIDATE_TEXT: partial(_validate, ground, "csv"),
        READ_TEXT: partial(_floor, ground, "read", text),
    }
    return {VALIDATE: partial(_validate, ground, "xlsx")} | works if workbook else works


def small_sheet(ground: Ground) -> Contestants:
    """The import of a sheet that is small beside its district, with the floor of its reading."""
    sheet = str(ground.size.folder / "roster.xlsx")
    return {
        IMPORT: partial(import_by_product, ground),
        MATCHED: partial(_floor, ground, "matched", sheet, str(ground.before)),
    }


def phases(ground: Ground) -> Contestants:
    """The writing of the plan alone, beside bare inserts of the sheet and of all it writes."""
    return {
        APPLY: partial(_apply, ground),
        SHEET: partial(_bare, ground, "insert-sheet", ground.size.folder / "expected.db"),
        INSERT: partial(_bare, ground, "insert", ground.scratch / "accounts.db"),
    }


def marks(ground: Ground) -> Contestants:
    """The findings into the user's file, beside a library that loads and saves it."""
    return {PATCH: partial(_patch, ground), OPENPYXL: partial(_openpyxl, ground)}


def hashing(ground: Ground) -> Contestants:
    """The password hashes of the new accounts, which an import cannot do without."""
    changes = json.loads((ground.size.folder / CHANGES).read_text(encoding="utf-8"))
    count = len(changes["created"])
    return {f"{count:,} password hashes": partial(_phase, ground, "passwords", str(count))}


def import_by_product(ground: Ground, *, hashes: bool = False) -> Run:
    """Import the sheet with the product. Raises Failed where the accounts are wrong then."""
    database = ground.database(ground.loaded)
    done = ground.import_(f"sqlite:///{database}", hashes=hashes)
    return right(done, database, ground, product=True)


def import_by_peer(ground: Ground, script: tuple[str, ...], before: Path | None = None) -> Run:
    """Import the sheet with another program. Raises Failed where the accounts are wrong then."""
    database = ground.database(before or ground.before)
    done = ground.peer(*script, str(ground.sheet()), str(database))
    return right(done, database, ground, product=False)


def _write(ground: Ground) -> Run:
    database = ground.database(ground.before)
    done = ground.peer("floors.py", "write", str(ground.size.folder / CHANGES), str(database))
    return right(done, database, ground, product=False)


def right(done: Run, database: Path, ground: Ground, *, product: bool) -> Run:
    """The run, if the accounts are what the sheet asks for. Raises Failed."""
    wrong = wrong_accounts(database, ground.size, product=product)
    if wrong:
        raise Failed(f"{wrong:,} accounts are not what the sheet asks for")
    return done


def _validate(ground: Ground, ending: str) -> Run:
    database = ground.database(ground.loaded)
    mark = ("--mark",) if ending == "xlsx" else ()
    arguments = (str(ground.sheet(ending)), "--db", f"sqlite:///{database}", *mark)
    return ground.python("rosterkey", "validate", *arguments, codes=_GATE)


def _floor(ground: Ground, *arguments: str) -> Run:
    return ground.peer("floors.py", *arguments)


def _phase(ground: Ground, *arguments: str) -> Run:
    """A phase: what its process says of itself, with the whole process's peak of memory."""
    return as_it_says(ground.python("bench.speed.phases", *arguments))


def as_it_says(done: Run) -> Run:
    """The run with the seconds that its process printed of one phase."""
    took = json.loads(done.out)
    return replace(done, cpu=took["cpu"], wall=took["wall"])


def _apply(ground: Ground) -> Run:
    database = ground.database(ground.loaded)
    done = _phase(ground, "apply", f"sqlite:///{database}", str(ground.sheet()), "0")
    return right(done, database, ground, product=True)


def _bare(ground: Ground, verb: str, source: Path) -> Run:
    """Rows into a new database; those of all it writes come from the run of `apply` before."""
    bare = ground.scratch / "bare.db"
    for old in ground.scratch.glob("bare.db*"):
        old.unlink()
    return _phase(ground, verb, str(bare), str(source))


def _patch(ground: Ground) -> Run:
    url, found = f"sqlite:///{ground.database(ground.loaded)}", ground.scratch / "marks.json"
    return _phase(ground, "mark", url, str(ground.sheet()), str(found))


def _openpyxl(ground: Ground) -> Run:
    """The marks come from the run of `mark` before."""
    found = str(ground.scratch / "marks.json")
    return as_it_says(ground.peer("openpyxl_marks.py", str(ground.sheet()), found))
