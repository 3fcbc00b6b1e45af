"""Accounts that are probably one student's, and merges, as a person reads them and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from rosterkey.core.duplicates.clusters import Pair
from rosterkey.core.matching.match import describe
from rosterkey.core.model import Plan
from rosterkey.report.lifecycle_text import account_as_dict
from rosterkey.report.plan_json import plan_as_dict

_SHOWN = 20
Clusters = Sequence[Sequence[Pair]]


def clusters_text(clusters: Clusters) -> RenderableType:
    """The first twenty clusters with what speaks for and against."""
    if not clusters:
        return Text("No two accounts look like one student's.")
    students = (
        "1 student has" if len(clusters) == 1 else f"{len(clusters):,} students probably have"
    )
    probably = " probably" if len(clusters) == 1 else ""
    lines: list[RenderableType] = [Text(f"{students}{probably} more than one account.", "bold")]
    for number, cluster in enumerate(clusters[:_SHOWN], start=1):
        for pair in cluster:
            lines.append(Text.assemble((f"\n{number}. ", "dim"), _of_pair(pair)))
            against = (
                f" Against it: {', '.join(pair.speaks_against)}." if pair.speaks_against else ""
            )
            said = f"   Score {pair.score:.2f}: {', '.join(pair.speaks_for)}.{against}"
            lines.append(Text(said))
    if len(clusters) > _SHOWN:
        lines.append(Text(f"\n… and {len(clusters) - _SHOWN:,} more."))
    return Group(*lines)


def _of_pair(pair: Pair) -> str:
    return f"{describe(pair.goes)} is probably {describe(pair.stays)}"


def clusters_as_dict(clusters: Clusters) -> dict[str, Any]:
    """The same as plain values."""
    return {"clusters": [[_pair_as_dict(pair) for pair in cluster] for cluster in clusters]}


def _pair_as_dict(pair: Pair) -> dict[str, Any]:
    return {
        "stays": account_as_dict(pair.stays),
        "goes": account_as_dict(pair.goes),
        "score": pair.score,
        "speaks_for": list(pair.speaks_for),
        "speaks_against": list(pair.speaks_against),
    }


def merges_table(plan: Plan, *, done: bool) -> Table:
    """The first twenty accounts that go, beside those that stay."""
    by_row: dict[tuple[int, ...], str] = {
        c.rows: describe(c.after) for c in plan.changes if c.after is not None
    }
    gone = [c for c in plan.changes if c.after is None and c.before is not None]
    count = "1 account" if len(gone) == 1 else f"{len(gone):,} accounts"
    verb = ("was" if len(gone) == 1 else "were") if done else "would be"
    table = Table(title=f"{count} {verb} merged", title_justify="left", box=None)
    for heading in ("Rows", "Goes", "Stays"):
        table.add_column(heading)
    for change in gone[:_SHOWN]:
        rows = ", ".join(map(str, change.rows))
        who = describe(change.before) if change.before else ""
        table.add_row(rows, who, by_row.get(change.rows, ""))
    if len(gone) > _SHOWN:
        table.add_row("", f"… and {len(gone) - _SHOWN:,} more", "")
    return table


def apart_sentence(plan: Plan, *, done: bool) -> str:
    """How many pairs are two students each."""
    count = len(plan.decisions)
    pairs = "1 pair" if count == 1 else f"{count:,} pairs"
    verb = ("is" if count == 1 else "are") if done else "would be"
    return f"{pairs} {verb} remembered as not the same student, and not asked about again."


def merges_as_dict(plan: Plan, number: int | None, already: int | None) -> dict[str, Any]:
    """A plan of merges and what came of it, as plain values."""
    told = plan_as_dict(plan)
    stays = {c.rows: c.account_id for c in plan.changes if c.after is not None}
    told["merges"] = [
        {"goes": c.account_id, "stays": stays.get(c.rows), "rows": list(c.rows)}
        for c in plan.changes
        if c.after is None
    ]
    told["apart"] = [[decision.person[0], *decision.accounts] for decision in plan.decisions]
    told["import"] = number if number is not None else already
    told["written"] = number is not None
    told["already_imported"] = already is not None
    return told
