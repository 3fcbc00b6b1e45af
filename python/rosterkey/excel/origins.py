"""What the rows of the sheets came from: the account, and the version of it.

On Import it stands in two hidden columns of the table, so that it moves with its row. The sheet
Export has no such columns: whoever copies its rows by hand must not copy more than a roster. What
was exported is kept by username on the hidden sheet of lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rosterkey.core.keys import username_key
from rosterkey.core.model import Account, AccountChange
from rosterkey.core.reading.columns import ORIGIN_HEADINGS, Header
from rosterkey.excel.errors import writing_into
from rosterkey.excel.places import sheet_named
from rosterkey.workbook.layout import EXPORTED_COLUMN, EXPORTED_HEADINGS, HEADER_ROW, LISTS

if TYPE_CHECKING:
    from xlwings import Book, Range, Sheet

_WIDTH = len(EXPORTED_HEADINGS)


def keep_exported(book: Book, accounts: Sequence[Account]) -> None:
    """Keep which account and version every exported username is, in place of the earlier ones.

    Raises NotTheTemplate and CannotWriteSheet.
    """
    sheet = sheet_named(book, LISTS)
    with writing_into(LISTS):
        _exported(sheet).clear_contents()
        if accounts:
            last = HEADER_ROW + len(accounts)
            block = sheet.range((HEADER_ROW + 1, EXPORTED_COLUMN), (last, _last_column()))
            block.number_format = "@"
            block.value = [[a.username, a.account_id, str(a.version)] for a in accounts]


def exported_origins(book: Book) -> dict[str, tuple[str, str]]:
    """The account and version of every username that was exported, by its key."""
    lines = _exported(sheet_named(book, LISTS)).options(ndim=2).value
    return {
        username_key(str(username)): (str(account), str(version))
        for username, account, version in lines
        if None not in (username, account, version)
    }


def _exported(sheet: Sheet) -> Range:
    bottom = max(HEADER_ROW + 1, sheet.used_range.last_cell.row)
    return sheet.range((HEADER_ROW + 1, EXPORTED_COLUMN), (bottom, _last_column()))


def _last_column() -> int:
    return EXPORTED_COLUMN + _WIDTH - 1


def write_versions(sheet: Sheet, header: Header, changes: Sequence[AccountChange]) -> None:
    """Write beside each imported row the account and the version that it has now.

    So the same sheet can be edited and imported again, and nobody is asked about his own import.
    Raises CannotWriteSheet.
    """
    new = {row: change for change in changes if change.after for row in change.rows}
    if header.origin is None or not new:
        return
    with writing_into(sheet.name):
        for place in range(len(ORIGIN_HEADINGS)):
            column = header.origin[place] + 1
            block = sheet.range((min(new), column), (max(new), column))
            values = [line[0] for line in block.options(ndim=2).value]
            for row, change in new.items():
                version = 1 if change.before is None else change.before.version + 1
                values[row - min(new)] = (change.account_id, str(version))[place]
            block.number_format = "@"
            block.value = [[value] for value in values]
