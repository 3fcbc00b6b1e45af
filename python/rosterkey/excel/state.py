"""How far the user is: the state cells of the sheet Start and the plan that was validated last."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from rosterkey.core.model import Gate, Plan
from rosterkey.core.snapshot import Snapshot
from rosterkey.excel.places import write_list, write_named

if TYPE_CHECKING:
    from xlwings import Book

_PASSWORD = re.compile(r"(://[^/@]*?):[^/]*@")
_GATES = {
    Gate.GO: "GO: the sheet can be imported",
    Gate.CONFIRM: "CONFIRM: the import asks {asks} first",
    Gate.BLOCK: "BLOCK: {errors} to be mended first",
}


def without_password(url: str) -> str:
    """The database's URL as it may be shown."""
    return _PASSWORD.sub(r"\1:***@", url)


def count(number: int, word: str) -> str:
    """`1 row`, `1,200 rows`."""
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def now() -> str:
    """The time of day where the user is."""
    return dt.datetime.now(dt.UTC).astimezone().strftime("%Y-%m-%d %H:%M")


def say_connected(book: Book, url: str, snapshot: Snapshot) -> None:
    """Write the database and the district, and offer the district's schools and grades."""
    district = snapshot.district
    name = f"{district.name} ({district.code})" if district.name else district.code
    students = count(snapshot.figures.active, "student")
    write_named(book, "StartDatabase", f"{name}, {students}; {without_password(url)}")
    write_list(book, "ListSchools", district.schools)
    write_list(book, "ListGrades", district.grades)


def say_validated(book: Book, plan: Plan) -> None:
    """Write when the sheet was validated and with what gate, and keep the plan's digest."""
    write_named(book, "StartValidated", f"{now()}: {rows_and_gate(plan)}")
    write_named(book, "PlanDigest", plan.digest)


def rows_and_gate(plan: Plan) -> str:
    """How many rows there are, and whether they may be imported."""
    sheet_errors = sum(f.severity == "error" for f in plan.findings)
    errors = count(plan.counts.get("error", 0) or sheet_errors, "error")
    gate = _GATES[plan.gate].format(asks=count(len(plan.confirm), "question"), errors=errors)
    return f"{count(plan.counts['rows'], 'row')}. {gate}"
