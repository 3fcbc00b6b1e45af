"""Plans that are made of the accounts alone: shown, confirmed, written as an import of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from rosterkey.core.history import ImportHeader, ImportKind
from rosterkey.core.model import Confirmation, Gate, Plan
from rosterkey.core.snapshot import Snapshot
from rosterkey.store.contract import AlreadyImported, Store, StoreError
from rosterkey.store.waiting import until_served
from rosterkey.usecases.import_ import StalePlan, idempotency_key
from rosterkey.usecases.progress import Progress, silent
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.verify import read_again, written_after_all


@dataclass(frozen=True, slots=True)
class Action:
    """How a plan is made of the accounts, and how the history tells of it.

    `make` is called again inside the transaction: what it plans there has to be the same. With
    `by_key` it asks the snapshot for what it looks at; otherwise it finds all accounts at hand.
    """

    make: Callable[[Snapshot], Plan]
    kind: ImportKind
    source: str
    reason: str = ""
    undoes: int | None = None
    by_key: bool = False


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """What was done; `number` is None where nothing was written.

    `already` is the number of the import that was this very plan. `unconfirmed` are the reasons
    that are missing, `mismatches` sentences about accounts that differ after the commit.
    """

    plan: Plan
    number: int | None = None
    already: int | None = None
    unconfirmed: tuple[str, ...] = ()
    mismatches: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Of the plan."""
        return self.plan.digest

    @property
    def awaited(self) -> tuple[Confirmation, ...]:
        """The reasons that are missing, where to confirm them is enough."""
        return self.plan.awaited(self.unconfirmed)


def carry_out(
    action: Action,
    district: str,
    store: Store,
    settings: Settings,
    *,
    confirmed: Iterable[str] = (),
    preview: bool = False,
    digest: str | None = None,
    progress: Progress = silent,
) -> CarriedOut:
    """Plan, and write exactly that plan or nothing; with `preview` only plan.

    `digest` names the plan that was shown; another one is refused as StalePlan. Raises StoreError
    and StalePlan; then nothing was written.
    """
    with store.reading(district) as snapshot:
        if not action.by_key:
            snapshot.ask_all()
        plan = action.make(snapshot)
    if digest is not None and digest != plan.digest:
        already = idempotency_key(store, district, digest)[1]
        if already is not None:
            return CarriedOut(plan, already=already)
        raise StalePlan(["Accounts of this plan were changed since it was shown."])
    confirmed = tuple(confirmed)
    unconfirmed = tuple(c.reason for c in plan.confirm if c.reason not in confirmed)
    nothing = not (plan.changes or plan.decisions)
    if preview or plan.gate is Gate.BLOCK or unconfirmed or nothing:
        return CarriedOut(plan, unconfirmed=unconfirmed)
    key, already = idempotency_key(store, district, plan.digest)
    if already is not None:
        return CarriedOut(plan, already=already)
    header = replace(_header(action, plan, settings.actor), digest=key)
    progress("Writing the accounts", 0.0)
    try:
        written = until_served(lambda: _write(store, snapshot, action, plan, header))
    except AlreadyImported as twice:
        return CarriedOut(plan, already=twice.number)
    except StoreError as error:
        found = written_after_all(store, district, key, error)
        if found is None:
            raise
        written = found
    progress("Reading the accounts again", 0.0)
    mismatches = read_again(store, district, plan.changes, written)
    progress("Reading the accounts again", 1.0)
    return CarriedOut(plan, number=written, mismatches=mismatches)


def _header(action: Action, plan: Plan, actor: str) -> ImportHeader:
    return ImportHeader(
        digest=plan.digest,
        actor=actor,
        at=dt.datetime.now(dt.UTC),
        kind=action.kind,
        source=action.source,
        sheet_hash=plan.sheet_hash,
        reason=action.reason,
        counts=plan.counts,
        confirmed=tuple(c.reason for c in plan.confirm),
        undoes=action.undoes,
        decisions=tuple(map(str, plan.decisions)),
    )


def _write(
    store: Store, snapshot: Snapshot, action: Action, plan: Plan, header: ImportHeader
) -> int:
    with store.write(snapshot.district.code) as writer:
        now = writer.snapshot(snapshot)
        if now != snapshot and action.make(now).digest != plan.digest:
            raise StalePlan(["Accounts of this plan were changed while it was made."])
        return writer.apply(header, plan.changes, plan.decisions)
