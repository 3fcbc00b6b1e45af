"""Runs sheets with known faults through the planner and counts what was said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from bench.faults import doubles, genuine, key_faults, slips
from bench.faults.kinds import Kind
from bench.faults.town import Line, Town, sheet_of
from rosterkey.core.model import Finding, Gate, Plan, Severity
from rosterkey.core.plan import make_plan
from rosterkey.core.rules import RULES

KINDS: tuple[Kind, ...] = (*key_faults.KINDS, *slips.KINDS, *doubles.KINDS, *genuine.KINDS)


@dataclass(slots=True)
class Score:
    """What was seen of one kind: `seen` faults (or changes), and how many were `right`.

    A fault is right when it is caught, a genuine change when nothing is said of it that asks or
    blocks. `clean` rows were left alone, and `alarmed` of them got an alarm all the same. `by`
    counts the codes that were said; `slipped` are all rows of slipped columns, `restored`
    those that the suggested values put right, and `misled` those that get a wrong one.
    `wrong` keeps the seed and the line (from 0) of every miss.
    """

    name: str
    group: str
    target: float
    quiet: bool
    sheets: int = 0
    seen: int = 0
    right: int = 0
    clean: int = 0
    alarmed: int = 0
    restored: int = 0
    slipped: int = 0
    misled: int = 0
    stopped: int = 0
    by: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[int, int]] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share that was right; 1 where nothing was seen."""
        return self.right / self.seen if self.seen else 1.0

    @property
    def met(self) -> bool:
        """Whether the target is met."""
        return self.share >= self.target


@dataclass(frozen=True, slots=True)
class Case:
    """One sheet of a kind with its truth, and the plan that was made of it."""

    kind: Kind
    seed: int
    town: Town
    lines: Sequence[Line]
    plan: Plan

    def said_of(self, number: int) -> list[Finding]:
        """The findings on the line with a number from 0."""
        return self.plan.rows[number].findings


def play(kind: Kind, seed: int, rows: int) -> Case:
    """Make the sheet of a kind from a seed and plan it."""
    # The same seed gives another district to every kind.
    town_seed = seed * 1_000_003 + crc32(kind.name.encode())
    town = Town(town_seed, rows, **kind.town)  # type: ignore[arg-type]
    lines = kind.make(town)
    plan = make_plan(sheet_of(lines, kind.headings), town.snapshot)
    if len(plan.rows) != len(lines):
        raise AssertionError(f"{kind.name}: {len(plan.rows)} rows planned of {len(lines)}")
    return Case(kind, seed, town, lines, plan)


def measure(kinds: Iterable[Kind], seeds: Sequence[int], rows: int) -> list[Score]:
    """Play every kind with every seed; lines that are counted apart get scores of their own."""
    scores: list[Score] = []
    for kind in kinds:
        own: dict[str, Score] = {"": _score(kind)}
        for seed in seeds:
            case = play(kind, seed, rows)
            own[""].sheets += 1
            if kind.of_sheet:
                _count_sheet(case, own[""])
            _count_lines(case, own)
        scores += own.values()
    return scores


def is_alarm(finding: Finding) -> bool:
    """Whether a finding asks or blocks."""
    asks = RULES[finding.code].confirms and finding.severity is not Severity.NOTICE
    return asks or finding.severity is Severity.ERROR


def _score(kind: Kind, apart: str = "") -> Score:
    name = f"{kind.name}, {apart}" if apart else kind.name
    return Score(name, kind.group, 0.0 if apart else kind.target, quiet=not kind.codes)


def _count_sheet(case: Case, score: Score) -> None:
    score.seen += 1
    said = {f.code for f in case.plan.findings if is_alarm(f)}
    score.by.update(said)
    score.right += bool(said & case.kind.codes)
    score.stopped += case.plan.gate is not Gate.GO
    if not said & case.kind.codes:
        score.wrong.append((case.seed, 0))


def _count_lines(case: Case, own: dict[str, Score]) -> None:
    expected = {"ids-missing", *case.kind.expected}
    sheet_alarm = any(is_alarm(f) and f.code not in expected for f in case.plan.findings)
    for number, line in enumerate(case.lines):
        alarms = {f.code for f in case.said_of(number) if is_alarm(f)}
        if not line.touched:
            own[""].clean += 1
            own[""].alarmed += bool(alarms)
            if case.kind.of_sheet and alarms:
                own[""].by["clean: " + "/".join(sorted(alarms))] += 1
        elif case.kind.of_sheet:
            _count_restored(case, number, own[""])
        else:
            score = own.setdefault(line.apart, _score(case.kind, line.apart))
            _count_row(case, number, alarms, sheet_alarm, score)


def _count_row(case: Case, number: int, alarms: set[str], sheet_alarm: bool, score: Score) -> None:
    score.seen += 1
    score.by.update(alarms)
    if case.kind.codes:
        right = bool(alarms & case.kind.codes)
    elif case.kind.group == genuine.NEW:
        right = "probable-duplicate" not in alarms
    else:
        right = not alarms and not sheet_alarm
        score.by.update(f.code for f in case.plan.findings if is_alarm(f) and not alarms)
    score.right += right
    if not right:
        score.wrong.append((case.seed, number))


def _count_restored(case: Case, number: int, score: Score) -> None:
    said = [f for f in case.said_of(number) if f.fix and f.code == "shifted-column"]
    fixes = {f.fix.column: f.fix.value for f in said if f.fix}
    line = case.lines[number]
    right = all(fixes.get(h, line.cells[h]) == cell for h, cell in line.right.items())
    score.slipped += 1
    score.restored += right
    score.misled += bool(fixes) and not right
