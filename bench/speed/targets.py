"""The targets: what is measured against what, and whether it is met."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.speed import works
from bench.speed.duplicates import BEST_SPLINK, OWN, SPLINK
from bench.speed.measure import Figures
from bench.speed.works_on_postgresql import COPY_SHEET

Results = Mapping[str, Mapping[str, Figures]]
"""The figures of each contestant of each work."""


@dataclass(frozen=True, slots=True)
class Target:
    """One line of the table: `figure` gives what is measured, at most `most` is wanted.

    It raises KeyError where a work was not part of the run.
    """

    name: str
    unit: str
    most: float
    figure: Callable[[Results], float]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A target with what was measured; `measured` is None where the run had no part of it."""

    target: Target
    measured: float | None

    @property
    def met(self) -> bool | None:
        """Whether the target is met, None where it was not measured."""
        return None if self.measured is None else self.measured <= self.target.most


def verdicts(results: Results) -> list[Verdict]:
    """Every target with its figure."""
    return [Verdict(target, _figure(target, results)) for target in TARGETS]


def _figure(target: Target, results: Results) -> float | None:
    try:
        return target.figure(results)
    except KeyError:
        return None


def _cpu(work: str, name: str) -> Callable[[Results], float]:
    return lambda results: results[work][name].cpu


def _times(work: str, name: str, *floors: str, of: str = "") -> Callable[[Results], float]:
    """CPU seconds of one contestant as a multiple of others' together."""
    return lambda results: (
        results[work][name].cpu / sum(results[of or work][floor].cpu for floor in floors)
    )


def _of_best_django(results: Results) -> float:
    work = results["10 k"]
    best = min(work[name].cpu for name in (works.DEFAULT, works.BULK))
    return work[works.IMPORT].cpu / best


def _of_file_and_accounts(results: Results) -> float:
    text = results["1 M, validate"]
    floor = text[works.READ_TEXT].cpu + results["1 M"][works.ACCOUNTS].cpu
    return text[works.VALIDATE_TEXT].cpu / floor


def _f1(name: str) -> Callable[[Results], float]:
    def figure(results: Results) -> float:
        other, own = (results["duplicates"][who].f1 or 0.0 for who in (name, OWN))
        return other / own

    return figure


TARGETS = (
    Target("10 k rows .xlsx, validate, findings written", "CPU s", 0.8,
           _cpu("10 k, validate", works.VALIDATE)),
    Target("10 k rows .xlsx, import", "CPU s", 1.0, _cpu("10 k", works.IMPORT)),
    Target("10 k rows .xlsx, import, of the best django-import-export", "times", 0.1,
           _of_best_django),
    Target("100 k rows .xlsx, import", "CPU s", 5.0, _cpu("100 k", works.IMPORT)),
    Target("1 M rows .xlsx, import, of a bare read of the file", "times", 4.0,
           _times("1 M", works.IMPORT, works.READ)),
    Target("1 M rows .xlsx, import, peak of memory", "MB", 2048.0,
           lambda results: results["1 M"][works.IMPORT].peak_mb),
    Target("1 M rows .csv, validate, of a bare read of file and accounts", "times", 5.0,
           _of_file_and_accounts),
    Target("10 k rows against 1 M accounts, of 10 k against 10 k", "times", 1.5,
           _times("10 k of 1 M", works.IMPORT, works.IMPORT, of="10 k")),
    Target("import, growth from 10 k to 100 k", "times", 12.0,
           _times("100 k", works.IMPORT, works.IMPORT, of="10 k")),
    Target("import, growth from 100 k to 1 M", "times", 12.0,
           _times("1 M", works.IMPORT, works.IMPORT, of="100 k")),
    Target("findings into the user's file, of openpyxl load, edit, save", "times", 1 / 40,
           _times("marks", works.PATCH, works.OPENPYXL)),
    Target("apply on SQLite, typical, of a bare insert of the sheet", "times", 1.5,
           _times("apply", works.APPLY, works.SHEET)),
    Target("apply on SQLite, all renamed, of a bare insert of the sheet", "times", 9.0,
           _times("apply, all renamed", works.APPLY, works.SHEET)),
    Target("apply on PostgreSQL, typical, of COPY of the sheet", "times", 3.0,
           _times("apply, PostgreSQL", works.APPLY, COPY_SHEET)),
    Target("apply on PostgreSQL, all renamed, of COPY of the sheet", "times", 22.0,
           _times("apply, all renamed, PostgreSQL", works.APPLY, COPY_SHEET)),
    Target("probable duplicates, CPU, of Splink", "times", 0.5,
           _times("duplicates", OWN, SPLINK)),
    Target("probable duplicates, F1 of Splink, of rosterkey's", "times", 1.0, _f1(SPLINK)),
    Target("the same with the threshold that is best for Splink", "times", 1.0,
           _f1(BEST_SPLINK)),
)  # fmt: skip
