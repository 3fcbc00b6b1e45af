"""Report: a plan or an import as one HTML file for whoever approves it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from rosterkey.files.replace import replacing
from rosterkey.report.page.html import html_of
from rosterkey.report.page.pages import page_of_import, page_of_plan
from rosterkey.store.contract import Store
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.undo import find_import
from rosterkey.usecases.validate import Validated, choose_district


def report_plan(out: Path, sheet: Path, validated: Validated, *, full: bool = False) -> int:
    """Write the page of a plan; return how many accounts would change. Raises UnwritableFile."""
    snapshot = validated.snapshot
    now = dt.datetime.now(dt.UTC)
    page = page_of_plan(
        validated.plan, snapshot.accounts, snapshot.district, sheet.name, now, full=full
    )
    _write(out, html_of(page))
    return len(validated.plan.changes)


def report_import(
    out: Path, number: int, store: Store, settings: Settings, *, full: bool = False
) -> int:
    """Write the page of an import; return how many accounts it changed.

    Raises StoreError where there is no such import, and UnwritableFile.
    """
    code = choose_district(store, settings)
    entry = find_import(store, code, number)
    images = store.images(code, number)
    page = page_of_import(entry, images, store.snapshot(code).district, full=full)
    _write(out, html_of(page))
    return len(images.changes)


def _write(out: Path, html: str) -> None:
    with replacing(out) as file:
        file.write(html.encode("utf-8"))
