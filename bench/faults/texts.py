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
    plan = play(kind, seed, rows).plan
    said: set[str] = set()
    for finding in (*plan.findings, *(f for row in plan.rows for f in row.findings)):
        notice = finding.code == "shifted-column"
        key = f"{finding.code} {finding.severity}"
        if (is_alarm(finding) or notice) and key not in said:
            said.add(key)
            yield kind.name, finding


def _shown(finding: Finding) -> str:
    fix = f"\n  → {finding.fix.column}: {finding.fix.value}" if finding.fix else ""
    return f"{finding.severity}: {finding.message}{fix}"
