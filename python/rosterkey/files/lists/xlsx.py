"""Lists and cards as a workbook: every cell is text, each class on a page of its own."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from rosterkey.files.lists.content import ClassList
from rosterkey.files.replace import replacing
from rosterkey.files.safe_text import shortened, without_surrogates

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]

LIST_HEADINGS = ("Class", "Last Name", "First Name", "Old Username", "New Username")
CARD_HEADINGS = ("Class", "Name", "Username", "Password")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_NAME_LONGEST = 31
_WIDTH = 24


def write_lists(path: Path, lists: Sequence[ClassList]) -> None:
    """Old and new usernames: a sheet a school, a page a class. Raises UnwritableFile."""
    _write(path, LIST_HEADINGS, lists)


def write_cards(path: Path, lists: Sequence[ClassList]) -> None:
    """What stands on the cards, for a mail merge. Raises UnwritableFile."""
    _write(path, CARD_HEADINGS, lists)


def _write(path: Path, headings: Sequence[str], lists: Sequence[ClassList]) -> None:
    import xlsxwriter  # type: ignore[import-untyped]

    stream = io.BytesIO()
    # in_memory: else XlsxWriter leaves the names for a while in the system's temporary folder.
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    head = workbook.add_format({"bold": True, "bottom": 1, "num_format": "@"})
    text = workbook.add_format({"num_format": "@"})
    used: set[str] = set()
    for school, classes in groupby(lists, key=lambda one: one.school):
        _add_school(workbook, _sheet_name(school, used), headings, list(classes), (head, text))
    if not lists:
        workbook.add_worksheet("Nobody")
    workbook.close()
    stream.seek(0)
    with replacing(path) as file:
        shutil.copyfileobj(stream, file)


def _add_school(
    workbook: Workbook,
    name: str,
    headings: Sequence[str],
    classes: Sequence[ClassList],
    formats: tuple[Format, Format],
) -> None:
    sheet = workbook.add_worksheet(name)
    head, text = formats
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, head)
    row, breaks = 1, []
    for one in classes:
        for line in one.lines:
            values = {
                "Class": one.name,
                "Last Name": line.last_name,
                "First Name": line.first_name,
                "Old Username": line.before,
                "New Username": line.username,
                "Name": line.name,
                "Username": line.username,
                "Password": line.password or "",
            }
            for column, heading in enumerate(headings):
                if cell := shortened(without_surrogates(values[heading])):
                    sheet.write_string(row, column, cell, text)
            row += 1
        breaks.append(row)
    sheet.set_column(0, len(headings) - 1, _WIDTH, text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(row - 1, 1), len(headings) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_h_pagebreaks(breaks[:-1])
    sheet.set_header("&L" + name.replace("&", "&&"))
    sheet.set_footer("&CPage &P of &N")


def _sheet_name(school: str, used: set[str]) -> str:
    """A name that Excel takes and no other sheet has."""
    plain = _NOT_IN_NAMES.sub(" ", without_surrogates(school)).strip() or "School"
    name, number = plain[:_NAME_LONGEST], 2
    while name.casefold() in used:
        name = f"{plain[: _NAME_LONGEST - 4]} {number}"
        number += 1
    used.add(name.casefold())
    return name
