"""The workbook's sheets, made from this source alone: the same source gives the same bytes."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, BinaryIO

from rosterkey.workbook import layout
from rosterkey.workbook.sheets import (
    changes,
    export,
    findings,
    history,
    import_,
    lists,
    settings,
    start,
    summary,
)
from rosterkey.workbook.sheets.book import Book
from rosterkey.workbook.sheets.look import Look

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]

_CREATED = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
"""The date that every build carries: the day of the build would make each one another file."""

_BUILDERS = {
    layout.START: start.add,
    layout.EXPORT: export.add,
    layout.IMPORT: import_.add,
    layout.FINDINGS: findings.add,
    layout.CHANGES: changes.add,
    layout.SUMMARY: summary.add,
    layout.HISTORY: history.add,
    layout.SETTINGS: settings.add,
    layout.LISTS: lists.add,
}


def write_template(stream: BinaryIO, vba_project: bytes | None) -> None:
    """Write the workbook of `layout` into `stream`, with the macros of `vba_project`.

    `vba_project` is the content of a vbaProject.bin with a module for `ThisWorkbook` and for
    each sheet (`Sheet` and its name). Without one the workbook is a plain .xlsx and has no
    buttons. Two calls write the same bytes. There is no student in it.
    """
    import xlsxwriter  # type: ignore[import-untyped]

    # In memory, because only then XlsxWriter gives the parts of the file a fixed date.
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    workbook.set_properties(
        {
            "title": "Roster",
            "subject": "Export, validate and import student rosters",
            "author": "rosterkey",
            "created": _CREATED,
        }
    )
    workbook.set_vba_name("ThisWorkbook")
    if vba_project is not None:
        workbook.add_vba_project(io.BytesIO(vba_project), True)
    add_sheets(workbook, macros=vba_project is not None)
    workbook.close()


def add_sheets(workbook: Workbook, *, macros: bool) -> None:
    """Add the sheets of `layout.SHEETS` to a new workbook; with `macros` they have buttons."""
    book = Book(workbook, Look.of(workbook), macros)
    for name in layout.SHEETS:
        _BUILDERS[name](book)
