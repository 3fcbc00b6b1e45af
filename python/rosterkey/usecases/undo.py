"""Undo: take an import back, as an import of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from rosterkey.core.history import ImportEntry, ImportHeader, ImportImages, ImportKind
from rosterkey.core.model import Gate, Plan
from rosterkey.core.undo import plan_undo
from rosterkey.store.contract import AlreadyImported, Store, StoreError
from rosterkey.usecases.import_ import StalePlan
from rosterkey.usecases.progress import Progress, silent
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.validate import choose_district
from rosterkey.usecases.verify import read_again, written_after_all


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did; `number` is None where nothing was written."""

    entry: ImportEntry
    plan: Plan
    number: int | None = None
    already: int | None = None
    unconfirmed: tuple[str, ...] = ()
    mismatches: list[str] = field(default_factory=list)


def find_import(store: Store, district: str, number: int) -> ImportEntry:
    """The import with this number. Raises StoreError where there is none."""
    for entry in store.imports(district):
        if entry.number == number:
            return entry
    raise StoreError(f"There is no import {number} in the district {district}.")


def undo_import(
    number: int,
    store: Store,
    settings: Settings,
    *,
    confirmed: Iterable[str] = (),
    preview: bool = False,
    digest: str | None = None,
    progress: Progress = silent,
) -> Undone:
    """Take import `number` back; with `preview` only the plan is made.

    `digest` names the plan that was previewed; another one is refused as StalePlan. Raises
    StoreError and StalePlan; then nothing was written.
    """
    district = choose_district(store, settings)
    entry = find_import(store, district, number)
    images = store.images(district, number)
    snapshot = store.snapshot(district)
    plan = plan_undo(images, snapshot)
    if digest is not None and digest != plan.digest:
        raise StalePlan(["Accounts of this import were changed since the undo was shown."])
    confirmed = tuple(confirmed)
    unconfirmed = tuple(c.reason for c in plan.confirm if c.reason not in confirmed)
    if preview or plan.gate is Gate.BLOCK or unconfirmed or not plan.changes:
        return Undone(entry, plan, unconfirmed=unconfirmed)
    header = ImportHeader(
        digest=plan.digest,
        actor=settings.actor,
        at=dt.datetime.now(dt.UTC),
        kind=ImportKind.UNDO,
        source=f"undo of import {number}",
        counts=plan.counts,
        confirmed=tuple(c.reason for c in plan.confirm),
        undoes=number,
    )
    progress("Writing the accounts", 0.0)
    try:
        written = _write(store, district, images, plan, header)
    except AlreadyImported as twice:
        return Undone(entry, plan, already=twice.number)
    except StoreError as error:
        found = written_after_all(store, district, plan.digest, error)
        if found is None:
            raise
        written = found
    progress("Reading the accounts again", 0.0)
    mismatches = read_again(store, district, plan.changes, written)
    progress("Reading the accounts again", 1.0)
    return Undone(entry, plan, number=written, mismatches=mismatches)


def _write(
    store: Store, district: str, images: ImportImages, plan: Plan, header: ImportHeader
) -> int:
    with store.write(district) as writer:
        if plan_undo(images, writer.snapshot()).digest != plan.digest:
            raise StalePlan(["Accounts of this import were changed while the undo was planned."])
        return writer.apply(header, plan.changes)
