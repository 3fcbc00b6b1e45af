"""One student's trail: everything that the history tells of one account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rosterkey.core.history import FieldChange, ImportEntry
from rosterkey.core.keys import username_key
from rosterkey.core.lifecycle import accounts_named
from rosterkey.core.matching.match import describe
from rosterkey.core.model import Account
from rosterkey.core.snapshot import Snapshot
from rosterkey.files.trail import write_trail
from rosterkey.report.history_text import trail_as_dict, trail_rows
from rosterkey.store.contract import Store
from rosterkey.usecases.refused import Refused
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.validate import as_granted, choose_district


@dataclass(frozen=True, slots=True)
class Trail:
    """What happened to one account, oldest first.

    `account` is None where it is gone, and `merged_into` the one that it was merged into then.
    """

    account_id: str
    account: Account | None
    merged_into: Account | None
    steps: tuple[tuple[ImportEntry, tuple[FieldChange, ...]], ...]

    @property
    def now(self) -> str:
        """What became of the account, in words."""
        now = _now(self.account, self.merged_into)
        if self.account is None and (student := self._as_it_went()):
            return f"{describe(student)}, {now}"
        if not self.account or not self.account.merged_accounts:
            return now
        gone = ", ".join(self.account.merged_accounts)
        return f"{now}, with what was merged into it, each with a trail of its own: {gone}"

    def _as_it_went(self) -> Account | None:
        """Who the student of an account that is gone was; None where that was purged."""
        _, changes = self.steps[-1] if self.steps else (None, ())
        last = {change.field: change.before for change in changes if change.after is None}
        if not last.get("username"):
            return None
        return Account(
            self.account_id,
            last["username"],
            last.get("student_id"),
            last.get("first_name") or "",
            last.get("last_name") or "",
        )

    def as_dict(self) -> dict[str, Any]:
        """The trail as plain values."""
        return trail_as_dict(self.account_id, self.account, self.merged_into, self.steps)


def read_trail(who: str, store: Store, settings: Settings) -> Trail:
    """The trail of the account that has or had this username, Student ID or account id.

    Raises Refused where nobody is meant, or more than one account, and StoreError.
    """
    settings = as_granted(settings, store)
    district = choose_district(store, settings)
    snapshot = store.snapshot(district)
    account_id = _one_account(who, district, snapshot, store, settings)
    account = snapshot.accounts.get(account_id)
    merged_into = snapshot.merged_into.get(account_id)
    student = account or merged_into
    if settings.school and (student is None or student.school != settings.school):
        raise Refused(f"You may only look at accounts of {settings.school}.")
    changes = store.trail(district, account_id)
    entries = reversed(store.imports(district))
    steps = tuple((e, tuple(changes[e.number])) for e in entries if e.number in changes)
    return Trail(account_id, account, merged_into, steps)


def write_trail_file(trail: Trail, path: Path) -> None:
    """Write a trail as `.xlsx`, `.csv` or `.json`, for its owner alone.

    Raises Refused for another kind of file, and UnwritableFile.
    """
    title = trail.now if trail.account else f"account {trail.account_id}, {trail.now}"
    kind = path.suffix.lower()
    if kind not in (".xlsx", ".csv", ".json"):
        raise Refused(
            f"{path.name}: a trail is written as .xlsx, .csv or .json. "
            "Give the file one of these names."
        )
    write_trail(path, title, trail_rows(trail.steps), trail.as_dict())


def _one_account(
    who: str, district: str, snapshot: Snapshot, store: Store, settings: Settings
) -> str:
    """The account that is meant: who has the name now, else who had it, else in the history."""
    now = accounts_named(who, snapshot, by_student_id=settings.school is None)
    key = username_key(who)
    once = [a.account_id for a in snapshot.with_past_username(key)]
    for found in (
        [a.account_id for a in now],
        sorted({*once, *snapshot.retired.get(key, ())}),
        _in_history(who, district, store),
    ):
        if len(found) > 1:
            each = "; ".join(_named(found, snapshot))
            raise Refused(f'"{who}" is meant for more than one account. Name its id: {each}.')
        if found:
            return found[0]
    raise Refused(
        f'Nobody in the district has or had the username, Student ID or account id "{who}".'
    )


def _in_history(who: str, district: str, store: Store) -> list[str]:
    return [who] if store.trail(district, who) else store.once_known_as(district, who)


def _named(found: Iterable[str], snapshot: Snapshot) -> Iterator[str]:
    for account_id in found:
        account, stays = snapshot.accounts.get(account_id), snapshot.merged_into.get(account_id)
        yield f"{account_id} ({_now(account, stays)})"


def _now(account: Account | None, merged_into: Account | None) -> str:
    """What became of an account, in words."""
    if account:
        return describe(account)
    return f"merged into {describe(merged_into)}" if merged_into else "deleted"
