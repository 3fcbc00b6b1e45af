"""Undo: take an import back, as an import of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from rosterkey.core.history import ImportEntry, ImportKind
from rosterkey.core.undo import plan_undo
from rosterkey.store.contract import Store, StoreError
from rosterkey.usecases.carry_out import Action, CarriedOut, carry_out
from rosterkey.usecases.progress import Progress, silent
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.validate import as_granted, choose_district


@dataclass(frozen=True, slots=True)
class Undone(CarriedOut):
    """What an undo did to the import `entry`."""

    entry: ImportEntry = field(kw_only=True)


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
    settings = as_granted(settings, store)
    district = choose_district(store, settings)
    entry = find_import(store, district, number)
    action = Action(
        partial(plan_undo, store.images(district, number), only_school=settings.school),
        ImportKind.UNDO,
        f"undo of import {number}",
        undoes=number,
        by_key=True,
    )
    done = carry_out(
        action,
        district,
        store,
        settings,
        confirmed=confirmed,
        preview=preview,
        digest=digest,
        progress=progress,
    )
    return Undone(
        done.plan, done.number, done.already, done.unconfirmed, done.mismatches, entry=entry
    )
