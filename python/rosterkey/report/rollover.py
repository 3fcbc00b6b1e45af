"""What a rollover found, for a terminal and for scripts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Group, RenderableType

from rosterkey.core.model import Account
from rosterkey.core.prepare.ids import describe
from rosterkey.core.prepare.rollover import Rollover
from rosterkey.report.sections import TOLD, counts_lines, section


def rollover_text(made: Rollover, *, full: bool = False) -> RenderableType:
    """How many move up, stay, leave and are new, and who; ten of a kind without `full`."""
    told = None if full else TOLD
    listed = made.listed
    left_out = list(listed.left_out) if listed else []
    new = [describe(one) + ("" if one.username else ": no username yet") for one in made.new]
    counts = made.counts
    table = counts_lines(
        f"{counts['rows']:,} rows for the new year",
        (
            ("Move up", counts["moved"], "one grade higher, nothing to look at"),
            ("To look at", counts["look"], "on the sheet, with a reason"),
            ("Doubtful", counts["doubtful"], "on the sheet; the ID cell offers who it may be"),
            ("New", counts["new"], "on the list, without an account yet"),
            ("Leavers", counts["leavers"], "not on the sheet; their accounts stay as they are"),
        ),
    )
    return Group(
        table,
        *section("To look at", _people(made.look), told),
        *section("Doubtful", _people(made.doubtful), told),
        *section("New", new, told),
        *section("Leavers", _people(made.leavers), told),
        *section("Look who is right", list(made.contradictions), told),
        *section("Rows of the list that are not used", left_out, told),
        *section("About the list", list(listed.notices if listed else ()), None),
    )


def _people(people: Iterable[tuple[Account, str]]) -> list[str]:
    return [f"{account.name or 'a student'} ({account.username}): {why}" for account, why in people]


def rollover_as_dict(made: Rollover) -> dict[str, Any]:
    """The same for scripts: everybody, not ten of a kind."""
    listed = made.listed
    return {
        "counts": made.counts,
        "columns": dict(listed.columns) if listed else {},
        "look": _told(made.look),
        "doubtful": _told(made.doubtful),
        "leavers": _told(made.leavers),
        "new": [{"student_id": one.student_id, "username": one.username} for one in made.new],
        "messages": [
            *made.contradictions,
            *(listed.left_out if listed else ()),
            *(listed.notices if listed else ()),
        ],
    }


def _told(people: Iterable[tuple[Account, str]]) -> list[dict[str, Any]]:
    return [
        {
            "account": account.account_id,
            "student_id": account.student_id,
            "username": account.username,
            "why": why,
        }
        for account, why in people
    ]
