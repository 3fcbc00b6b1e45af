"""Existing duplicates: list them, write the review, merge what was decided."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from rosterkey.core.duplicates.clusters import Pair, find_clusters
from rosterkey.core.duplicates.merge import plan_merges
from rosterkey.core.duplicates.review import SHEET, Answer, read_answers, review_rows
from rosterkey.core.history import ImportKind
from rosterkey.core.model import Plan
from rosterkey.core.options import Options
from rosterkey.core.snapshot import Snapshot
from rosterkey.files.opening import Kind, kind_of
from rosterkey.files.read import read_sheet
from rosterkey.files.review import write_review
from rosterkey.store.contract import Store
from rosterkey.usecases.carry_out import Action
from rosterkey.usecases.progress import Progress, silent
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.validate import choose_district, options_for

Clusters = tuple[tuple[Pair, ...], ...]


def list_duplicates(
    store: Store, settings: Settings, *, to: Path | None = None, progress: Progress = silent
) -> Clusters:
    """The clusters of accounts that are probably one student's; the review of them in `to`.

    An administrator of one school sees those whose accounts are all of that school. Raises
    StoreError and UnwritableFile.
    """
    progress("Comparing the accounts", 0.0)
    found = find_clusters(store.snapshot(choose_district(store, settings)))
    progress("Comparing the accounts", 1.0)
    school = settings.school
    if school is not None:
        found = tuple(c for c in found if all(p.stays.school == school == p.goes.school for p in c))
    if to is not None:
        write_review(to, review_rows(found))
    return found


def of_review(
    path: Path, settings: Settings, reason: str, *, progress: Progress = silent
) -> Action:
    """The merges that a review decided. Raises UnreadableFile and ReviewError."""
    name = None if kind_of(path) is Kind.TEXT else SHEET
    sheet = read_sheet(path, sheet=name, progress=partial(progress, "Reading the review"))
    make = partial(_plan, read_answers(sheet), options_for(settings))
    return Action(make, ImportKind.MERGE, f"merge of {path.name}", reason)


def _plan(answers: list[Answer], options: Options, snapshot: Snapshot) -> Plan:
    return plan_merges(answers, snapshot, options)
