"""Validate: the plan of an import, and nothing written to the accounts."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from rosterkey.core.model import Plan
from rosterkey.core.options import Options
from rosterkey.core.plan import make_plan
from rosterkey.core.sheet import Sheet
from rosterkey.core.snapshot import Snapshot
from rosterkey.files.read import read_sheet
from rosterkey.store.contract import Store, StoreError, UnknownDistrict
from rosterkey.usecases.mappings import proposals_for, with_meanings
from rosterkey.usecases.progress import Progress, silent
from rosterkey.usecases.settings import Settings


@dataclass(frozen=True, slots=True)
class Validated:
    """A plan with what it was made of."""

    plan: Plan
    sheet: Sheet
    snapshot: Snapshot
    options: Options


def choose_district(store: Store, settings: Settings) -> str:
    """The district that is set, else the only one there is. Raises UnknownDistrict."""
    codes = store.districts()
    if settings.district:
        if settings.district in codes:
            return settings.district
        known = ", ".join(codes) or "none yet"
        raise UnknownDistrict(
            f"The district {settings.district} is not in the database; there is {known}."
        )
    if len(codes) == 1:
        return codes[0]
    if not codes:
        raise UnknownDistrict(
            "The database holds no district yet. Load one with: rosterkey load FILE.jsonl"
        )
    raise UnknownDistrict(
        f"The database holds several districts ({', '.join(codes)}). Choose one with --district."
    )


def as_granted(settings: Settings, store: Store) -> Settings:
    """The settings with the district chosen, and with what the login's access says of it.

    Who has an access to one school works at that school, and the history names the login. The
    server demands both, so that no setting of a computer can change it. Raises UnknownDistrict.
    """
    district = choose_district(store, settings)
    access = store.access(district)
    if access is None:
        return replace(settings, district=district)
    school = access.school if access.level == "school" else settings.school
    return replace(settings, district=district, school=school, actor=access.login)


def options_for(
    settings: Settings, leave_out_errors: bool = False, progress: Progress = silent
) -> Options:
    """The planning options that follow from the settings."""
    return Options(
        leave_out_errors=leave_out_errors,
        only_school=settings.school,
        reserved_usernames=settings.reserved_usernames,
        limits=settings.limits,
        same_passwords=partial(_verify_all, progress),
    )


def validate(
    path: Path,
    store: Store,
    settings: Settings,
    *,
    sheet_name: str | None = None,
    leave_out_errors: bool = False,
    whole: bool = False,
    said: Iterable[str] = (),
    progress: Progress = silent,
) -> Validated:
    """Read a sheet from a file and plan its import.

    `said` tells what headings mean (`Heading=Field`), and is remembered for this layout. Raises
    UnreadableFile, StoreError, MappingError, SettingsError and UnwritableFile.
    """
    choose_district(store, settings)  # before a long read that would be for nothing
    sheet = read_sheet(path, sheet=sheet_name, progress=partial(progress, "Reading the sheet"))
    sheet = with_meanings(sheet, said)
    return plan_sheet(
        sheet, store, settings, leave_out_errors=leave_out_errors, whole=whole, progress=progress
    )


def plan_sheet(
    sheet: Sheet,
    store: Store,
    settings: Settings,
    *,
    leave_out_errors: bool = False,
    whole: bool = False,
    progress: Progress = silent,
) -> Validated:
    """Plan the import of a sheet that was read.

    The snapshot holds the accounts that the plan was made from, with `whole` all of them. What
    the plan rests on is remembered in the database, so that an import can tell later what has
    changed since. Raises StoreError.
    """
    settings = as_granted(settings, store)
    district = choose_district(store, settings)
    proposals = proposals_for(sheet, store, district)
    sheet = replace(sheet, findings=(*sheet.findings, *(p.finding() for p in proposals)))
    options = replace(
        options_for(settings, leave_out_errors, progress),
        earlier_states=partial(store.earlier_states, district),
        tell=partial(progress, "Checking the rows"),
    )
    progress("Checking the rows", 0.0)
    with store.reading(district) as snapshot:
        if whole:
            snapshot.ask_all()
        plan = make_plan(sheet, snapshot, options)
    progress("Checking the rows", 1.0)
    with contextlib.suppress(StoreError):  # a plan is good without it, only less is told later
        store.remember_plan(district, plan.digest, plan.reads)
    return Validated(plan, sheet, snapshot, options)


def _verify_all(progress: Progress, pairs: Sequence[tuple[str, str]]) -> list[bool]:
    """Whether each password is the stored one; some 20 ms each, on all processors."""
    if not pairs:
        return []
    from concurrent.futures import ThreadPoolExecutor

    from rosterkey.store.passwords import verify  # late: passwords are rarely on a sheet

    same: list[bool] = []
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for equal in pool.map(lambda pair: verify(*pair), pairs):
            same.append(equal)
            progress("Comparing passwords", len(same) / len(pairs))
    return same
