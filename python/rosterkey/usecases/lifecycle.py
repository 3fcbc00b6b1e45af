"""Archive, restore and delete accounts, and tell who is missing from a roster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from rosterkey.core.history import ImportKind
from rosterkey.core.lifecycle import Step, choose_accounts, plan_step
from rosterkey.core.missing import Missing, find_missing
from rosterkey.core.model import Account, Plan
from rosterkey.core.options import Options
from rosterkey.core.plan import make_plan
from rosterkey.core.sheet import Sheet
from rosterkey.core.snapshot import Snapshot
from rosterkey.files.read import read_sheet
from rosterkey.store.contract import Store
from rosterkey.usecases.carry_out import Action
from rosterkey.usecases.export import write_accounts
from rosterkey.usecases.mappings import with_meanings
from rosterkey.usecases.progress import Progress, silent
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.validate import choose_district, options_for, validate


@dataclass(frozen=True, slots=True)
class Listed:
    """Who is missing from a roster, and the file that lists them, if one was asked for."""

    missing: Missing
    snapshot: Snapshot
    file: Path | None = None


def list_missing(
    path: Path,
    store: Store,
    settings: Settings,
    *,
    sheet_name: str | None = None,
    to: Path | None = None,
    progress: Progress = silent,
) -> Listed:
    """The students of the sheet's schools who are not on it; written to `to` as a roster.

    Raises UnreadableFile, UnwritableFile, ExportError and StoreError.
    """
    done = validate(path, store, settings, sheet_name=sheet_name, whole=True, progress=progress)
    missing = find_missing(done.plan, done.snapshot, done.options)
    if to is not None:
        write_accounts(to, missing.accounts, done.snapshot.district, {"Missing from": path.name})
    return Listed(missing, done.snapshot, to)


def of_named(step: Step, who: Sequence[str], settings: Settings, reason: str) -> Action:
    """The step for the accounts that are named."""
    options = options_for(settings)

    def make(snapshot: Snapshot) -> Plan:
        chosen = choose_accounts(who, snapshot, options)
        return plan_step(step, chosen.accounts, snapshot, options, findings=chosen.findings)

    count = "1 account" if len(who) == 1 else f"{len(who):,} accounts"
    return Action(make, ImportKind(step.value), f"{step} of {count}", reason)


def of_missing(
    path: Path,
    store: Store,
    settings: Settings,
    reason: str,
    *,
    sheet_name: str | None = None,
    progress: Progress = silent,
) -> Action:
    """Archiving of whoever is missing from the sheet, which is read as `validate` reads it.

    Raises UnreadableFile, SettingsError and StoreError.
    """
    sheet = read_sheet(path, sheet=sheet_name, progress=partial(progress, "Reading the sheet"))
    options = replace(
        options_for(settings, progress=progress),
        earlier_states=partial(store.earlier_states, choose_district(store, settings)),
    )
    make = partial(_plan_missing, with_meanings(sheet), options)
    return Action(make, ImportKind.ARCHIVE, f"missing from {path.name}", reason)


def _plan_missing(sheet: Sheet, options: Options, snapshot: Snapshot) -> Plan:
    missing = find_missing(make_plan(sheet, snapshot, options), snapshot, options)
    return plan_step(
        Step.ARCHIVE,
        missing.accounts,
        snapshot,
        options,
        findings=missing.findings,
        bound_to=missing.sheet_hash,
    )


def accounts_of(plan: Plan) -> tuple[Account, ...]:
    """The accounts that a plan changes, as they are before it."""
    return tuple(change.before for change in plan.changes if change.before is not None)
