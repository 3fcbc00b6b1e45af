"""Retention: what old imports changed leaves the history, and a line tells that it did."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rosterkey.core.checks.gate import decide
from rosterkey.core.history import ImportEntry, ImportHeader, ImportKind
from rosterkey.core.model import Confirmation
from rosterkey.core.rules import lifecycle
from rosterkey.store.contract import AlreadyImported, Store, StoreError
from rosterkey.usecases.import_ import StalePlan
from rosterkey.usecases.refused import Refused
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.validate import as_granted, choose_district
from rosterkey.usecases.verify import written_after_all


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge did, or would do: the imports whose details go, oldest first.

    `number` is that of the purge itself, None where nothing was written; `already` the number of
    the purge that was this very plan.
    """

    digest: str
    entries: tuple[ImportEntry, ...]
    confirm: tuple[Confirmation, ...]
    number: int | None = None
    already: int | None = None
    unconfirmed: tuple[str, ...] = ()

    @property
    def awaited(self) -> tuple[Confirmation, ...]:
        """The reasons that are missing."""
        return tuple(c for c in self.confirm if c.reason in self.unconfirmed)


def purge(
    before: dt.date,
    store: Store,
    settings: Settings,
    *,
    confirmed: Iterable[str] = (),
    preview: bool = False,
    digest: str | None = None,
    reason: str = "",
) -> Purged:
    """Delete what the imports before a day (in UTC) changed from the history.

    The line of each import stays, and the accounts are not touched. Raises Refused, StoreError,
    and StalePlan where `digest` is not what would be purged now; then nothing was written.
    """
    settings = as_granted(settings, store)
    _refuse(before, settings)
    district = choose_district(store, settings)
    planned = _plan(before, district, store.imports(district))
    if digest is not None and digest != planned.digest:
        number = store.import_with_digest(district, digest)
        if number is None:
            raise StalePlan(["The history changed since this purge was shown."])
        return Purged(digest, (), (), already=number)
    given = tuple(confirmed)
    missing = tuple(c.reason for c in planned.confirm if c.reason not in given)
    if preview or missing or not planned.entries:
        return Purged(planned.digest, planned.entries, planned.confirm, unconfirmed=missing)
    header = _header(planned, before, settings.actor, reason)
    try:
        with store.write(district) as writer:
            number = writer.purge(header, [entry.number for entry in planned.entries])
    except AlreadyImported as twice:
        return Purged(planned.digest, (), (), already=twice.number)
    except StoreError as error:
        found = written_after_all(store, district, planned.digest, error)
        if found is None:
            raise
        number = found
    return Purged(planned.digest, planned.entries, planned.confirm, number)


def _refuse(before: dt.date, settings: Settings) -> None:
    if settings.school:
        raise Refused("Only a district administrator may purge the history. Nothing was written.")
    if before > dt.datetime.now(dt.UTC).date():
        raise Refused(
            f"{before} is still to come. Give the day before which imports are old, such as "
            f"{before.year - 5}-07-01. Nothing was written."
        )


def _plan(before: dt.date, district: str, history: Sequence[ImportEntry]) -> Purged:
    end = dt.datetime.combine(before, dt.time(), dt.UTC)
    old = tuple(
        entry
        for entry in reversed(history)
        if entry.header.at < end
        and entry.purged_by is None
        and entry.header.kind is not ImportKind.PURGE
    )
    numbers = [entry.number for entry in old]
    digest = hashlib.sha256(repr(("purge", district, numbers)).encode()).hexdigest()
    if not old:
        return Purged(digest, (), ())
    imports = "1 import" if len(old) == 1 else f"{len(old):,} imports"
    said = (
        f"{imports} before {before}, number {numbers[0]} to {numbers[-1]}, would lose what they "
        "changed. None of them can be taken back then, and no deleted account comes back."
    )
    _, confirm = decide((), [lifecycle.PURGES_HISTORY.finding(said)])
    return Purged(digest, old, confirm)


def _header(planned: Purged, before: dt.date, actor: str, reason: str) -> ImportHeader:
    return ImportHeader(
        digest=planned.digest,
        actor=actor,
        at=dt.datetime.now(dt.UTC),
        kind=ImportKind.PURGE,
        source=f"history before {before}",
        reason=reason,
        counts={"purged": len(planned.entries)},
        confirmed=tuple(c.reason for c in planned.confirm),
    )
