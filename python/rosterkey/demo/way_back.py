"""Steps 9 and 10: the new school year is taken back, and the history tells it all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rosterkey.demo.passwords import can_sign_in
from rosterkey.demo.stage import Stage
from rosterkey.demo.story import Imports, Listing
from rosterkey.usecases.undo import undo_import

_COUNTS = {
    "accounts": "would be touched",
    "restored": "would get their old grade, school and class",
    "removed": "would be removed, because the import made them",
    "renamed": "would get their old username",
    "brought_back": "would come back",
}


def take_back(stage: Stage, number: int, before: list[dict[str, Any]]) -> None:
    """Undo import `number`; `before` is the dump of the database before that import."""
    stage.begin(
        "Undo",
        "The school board postpones the new classes. The administrator looks at what an undo "
        "would do, and takes the whole import back.",
    )
    shown = undo_import(number, stage.store, stage.settings, preview=True)
    rows = [(f"{shown.plan.counts[k]:,}", w) for k, w in _COUNTS.items() if shown.plan.counts[k]]
    stage.tell(Listing(("Accounts", f"What an undo of import {number} would do"), tuple(rows)))
    done = stage.run_undo(number, stage.confirm(shown.plan))
    stage.figures |= {"undoes": number, "import": done.number, "counts": dict(shown.plan.counts)}
    if done.number is not None:
        stage.say(
            f"Import {number} was taken back; this is import {done.number}. An undo can be undone "
            f"too: rosterkey undo {done.number} would bring the new school year again."
        )
    stage.prove(
        "The database was read again and equals the plan of the undo",
        done.number is not None and not done.mismatches,
    )
    stage.prove(
        f"Every account is as it was before import {number} (old usernames stay remembered)",
        without_past(stage.store.dump()) == without_past(before),
    )


def without_past(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """A dump without the past usernames: an undo takes no memory away."""
    return [{k: v for k, v in line.items() if k != "past_usernames"} for line in lines]


def tell_history(stage: Stage) -> None:
    """Show all imports, and look for accounts that got lost."""
    stage.begin(
        "History",
        "Every import is kept with who, when and why, and with each field before and after.",
    )
    entries = tuple(stage.store.imports(stage.settings.district or ""))
    stage.tell(Imports(entries))
    accounts = stage.accounts()
    lost = sum(each.account_id not in accounts for each in stage.known)
    signed_in = can_sign_in(stage.known, accounts)
    stage.figures |= {"imports": len(entries), "lost": lost, "can_sign_in": signed_in}
    stage.prove(
        f"After all of it, {len(stage.known) - lost:,} of {len(stage.known):,} children have the "
        "account that they had, each with its own Student ID and password",
        lost == 0
        and signed_in == len(stage.known)
        and all(accounts[k.account_id].student_id == k.student.student_id for k in stage.known),
    )
    stage.prove("There is no other account: not one duplicate", len(accounts) == len(stage.known))
