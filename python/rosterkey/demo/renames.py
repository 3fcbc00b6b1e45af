"""Step 5: a new username for everybody, with two children who swap and three in a ring."""

from __future__ import annotations

from collections.abc import Sequence

from rosterkey.core.model import Account
from rosterkey.demo.passwords import can_sign_in
from rosterkey.demo.sheets import Line, roster_lines
from rosterkey.demo.stage import Stage
from rosterkey.demo.story import Listing
from rosterkey.demo.usernames import dotted, numbered

NEW_USERNAMES = "4 new usernames.xlsx"
_SWAP, _RING = 2, 3


def rename_all(stage: Stage) -> None:
    """Rename every student by Student ID, in one import."""
    stage.begin(
        "New usernames for everybody",
        "The district moves from tdyer to tyrone.dyer. Two children get each other's old username "
        "instead, and three pass theirs round in a ring: no order of the rows could do that one "
        "by one.",
    )
    before = stage.snapshot()
    lines = roster_lines(before)
    ring = passed_round([str(line["Username"]) for line in lines[: _SWAP + _RING]])
    for line, username in zip(lines, _new_usernames(lines, ring), strict=True):
        line["Username"] = username
    path = stage.write_sheet(NEW_USERNAMES, "a new username for every Student ID", lines)
    plan = stage.validate(path).plan
    stage.import_sheet(path, plan, "first.last")
    after = stage.accounts()
    chosen = [before.with_username(old) for old in ring]
    _show(stage, [a for a in chosen if a], lines, before.accounts, after)
    _prove(stage, lines, before.accounts, after)
    stage.prove(
        "The two swapped and the three went round, each account to its own child",
        [after[a.account_id].username for a in chosen if a] == list(ring.values()),
    )


def passed_round(usernames: Sequence[str]) -> dict[str, str]:
    """New usernames by old ones: the first two are exchanged, the next three go round."""
    a, b, c, d, e = usernames
    return {a: b, b: a, c: d, d: e, e: c}


def _new_usernames(lines: Sequence[Line], ring: dict[str, str]) -> list[str]:
    others = [line for line in lines if line["Username"] not in ring]
    wanted = (dotted(str(line["First Name"]), str(line["Last Name"])) for line in others)
    # A new name must not be an old one either: links and mail of somebody else hang on it.
    old = (str(line["Username"]) for line in lines)
    fresh = iter(numbered(wanted, old))
    return [ring.get(str(line["Username"])) or next(fresh) for line in lines]


def _show(
    stage: Stage,
    chosen: Sequence[Account],
    lines: Sequence[Line],
    before: dict[str, Account],
    after: dict[str, Account],
) -> None:
    last = str(lines[-1]["Student ID"])
    usual = [a for a in before.values() if a.student_id == last]
    kinds = ["swap"] * _SWAP + ["ring"] * _RING + ["all others"]
    rows = tuple(
        (a.name, a.student_id or "", a.username, after[a.account_id].username, kind)
        for a, kind in zip([*chosen, *usual], kinds, strict=False)
    )
    stage.tell(Listing(("Student", "Student ID", "Before", "After", ""), rows))


def _prove(
    stage: Stage, lines: Sequence[Line], before: dict[str, Account], after: dict[str, Account]
) -> None:
    wanted = {str(line["Student ID"]): line["Username"] for line in lines}
    renamed = sum(
        account.username == wanted.get(account.student_id or "")
        and account.username != before[account_id].username
        for account_id, account in after.items()
        if account_id in before
    )
    signed_in = can_sign_in(stage.known, after)
    stage.figures |= {"renamed": renamed, "can_sign_in": signed_in}
    stage.prove(f"All {len(lines):,} students are renamed", renamed == len(lines) == len(before))
    stage.prove(
        "No account was lost and none was made: the internal ids are the same",
        after.keys() == before.keys(),
    )
    stage.prove(
        "Every account keeps its own password hash, and every old password still opens it",
        all(after[i].password_hash == before[i].password_hash for i in before)
        and signed_in == len(stage.known),
    )
