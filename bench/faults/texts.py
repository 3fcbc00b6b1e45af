"""Alarms as an administrator reads them, of every kind in turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bench.faults.kinds import Kind
from bench.faults.measure import is_alarm, play
from rosterkey.core.model import Finding


def texts(kinds: Iterable[Kind], seeds: Sequence[int], rows: int, most: int) -> list[str]:
    """At most `most` alarms, one of each kind and code before a second one of any."""
    found = [list(_alarms(kind, seeds[0], rows)) for kind in kinds]
    rounds = max((len(alarms) for alarms in found), default=0)
    ordered = [alarms[i] for i in range(rounds) for alarms in found if i < len(alarms)]
    return [f"[{kind}] {finding.code}\n{_shown(finding)}" for kind, finding in ordered][:most]


def _alarms(kind: Kind, seed: int, rows: int) -> Iterator[tuple[str, Finding]]:
    """The first alarm of every code, and the suggestions beside them; the kind's own come first."""
    plan = play(kind, seed, rows).plan
    first: dict[tuple[str, bool], Finding] = {}
    for finding in (*(f for row in plan.rows for f in row.findings), *plan.findings):
        if is_alarm(finding) or finding.code == "shifted-column":
            first.setdefault((finding.code, finding.row is None), finding)
    for finding in sorted(first.values(), key=lambda f: f.code not in kind.codes):
        yield kind.name, finding


def _shown(finding: Finding) -> str:
    fix = f"\n  → {finding.fix.column}: {finding.fix.value}" if finding.fix else ""
    return f"{finding.severity}: {finding.message}{fix}"
