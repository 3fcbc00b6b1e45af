"""The roster as a workbook or a CSV that a later import reads back unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rosterkey.core.keys import username_key
from rosterkey.core.model import Account, District
from rosterkey.core.reading.columns import ORIGIN_HEADINGS
from rosterkey.files.csv.write import write_rows
from rosterkey.files.replace import UnwritableFile
from rosterkey.files.safe_text import without_surrogates
from rosterkey.files.text_book import LAST_ROW, TextBook

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

HEADINGS = ("Student ID", "Username", "First Name", "Last Name", "Grade", "School", "Class")
"""The columns of an export, in this order. A password is never exported."""

SHEET = "Roster"
LISTS = "Lists"
"""The hidden sheet with the lists that are too long for a drop-down of their own."""

_WIDTHS = (14, 22, 18, 20, 8, 30, 28, 16)
_LIST_UNITS = 255


def rows_for_export(
    accounts: Iterable[Account], district: District, *, origin: bool = False
) -> list[tuple[str, ...]]:
    """The cells below `HEADINGS`, with `origin` those below `ORIGIN_HEADINGS` too."""
    ordered = in_order(accounts, district)
    if origin:
        return [(*_cells(account), *_origin_cells(account)) for account in ordered]
    return [_cells(account) for account in ordered]


def in_order(accounts: Iterable[Account], district: District) -> list[Account]:
    """The accounts by school, grade, last name, first name and username.

    Grades stand in the district's order. Accounts without a school or a grade, and grades that
    the district does not list, stand after the others.
    """
    order = {grade: number for number, grade in enumerate(district.grades)}

    def place(account: Account) -> tuple[object, ...]:
        grade = account.grade or ""
        return (
            account.school is None,
            (account.school or "").casefold(),
            account.grade is None,
            order.get(grade, len(order)),
            grade,
            account.last_name.casefold(),
            account.first_name.casefold(),
            username_key(account.username),
            account.account_id,
        )

    return sorted(accounts, key=place)


def _origin_cells(account: Account) -> tuple[str, str]:
    """The cells below `ORIGIN_HEADINGS`."""
    return without_surrogates(account.account_id), str(account.version)


def _cells(account: Account) -> tuple[str, ...]:
    cells = (
        account.student_id or "",
        account.username,
        account.first_name,
        account.last_name,
        account.grade or "",
        account.school or "",
        "; ".join(account.classes),
    )
    return tuple(without_surrogates(cell) for cell in cells)


def write_csv(path: Path, accounts: Iterable[Account], *, district: District | None = None) -> None:
    """Write the roster as CSV: UTF-8 with a byte order mark, CRLF, nothing that would run.

    Text that a spreadsheet would take for a formula is neutralised; the reader restores it.
    Without a `district` the grades are sorted as text. Raises UnwritableFile.
    """
    write_rows(path, [HEADINGS, *rows_for_export(accounts, district or District(""))])


def write_xlsx(
    path: Path, accounts: Sequence[Account], *, district: District, filters: Mapping[str, str]
) -> None:
    """Write the roster as a workbook with one table on the sheet `Roster`.

    Two hidden columns hold the account of each row and its version. A blank one for passwords
    stands before them, as on the sheet Import: so what is copied there by hand fits.

    Every cell is a text cell, so `00123` stays and `=HYPERLINK(…)` does not run. `filters` are
    the headings and values that the export was narrowed by; they are told on the print-out and
    in the document's properties, which hold no name of a person. Raises UnwritableFile.
    """
    headings = (*HEADINGS, "Password", *ORIGIN_HEADINGS)
    width = len(HEADINGS)
    exported = rows_for_export(accounts, district, origin=True)
    rows = [(*row[:width], "", *row[width:]) for row in exported]
    if len(rows) > LAST_ROW:
        raise UnwritableFile(
            f'"{path.name}" was not written: a sheet holds {LAST_ROW:,} rows and the export has '
            f"{len(rows):,}. Narrow it by school or grade, or export a .csv file."
        )
    about = "; ".join(f"{heading}: {value}" for heading, value in filters.items() if value)
    book = TextBook(path)
    book.workbook.set_properties({"title": f"Roster {district.code}".strip(), "subject": about})
    sheet = book.add_sheet(SHEET)
    book.write_rows(sheet, rows, headings, top=1)
    _add_table(sheet, len(rows), book.text, headings)
    _add_lists(book, sheet, district)
    _set_up_print(sheet, district, about)
    book.save()


def _add_table(sheet: Worksheet, rows: int, text: Format, headings: Sequence[str]) -> None:
    """Make the rows a table; an empty export keeps one blank line, which a table needs."""
    columns = [{"header": heading, "format": text} for heading in headings]
    options = {"name": SHEET, "columns": columns, "style": "Table Style Light 9"}
    sheet.add_table(0, 0, max(rows, 1), len(headings) - 1, options)
    for position, width in enumerate(_WIDTHS):
        # The format of the whole column keeps the zeros of an ID that is typed below the table.
        sheet.set_column(position, position, width, text)
    # Which account and version a row came from is for the program, not for the eye.
    sheet.set_column(len(_WIDTHS), len(headings) - 1, None, text, {"hidden": True})
    sheet.freeze_panes(1, 0)


def _add_lists(book: TextBook, sheet: Worksheet, district: District) -> None:
    lists = {"Grade": district.grades, "School": district.schools}
    hidden: Worksheet | None = None
    for position, (heading, values) in enumerate(lists.items()):
        if not values:
            continue
        source: str | list[str] = list(values)
        if len(",".join(values)) > _LIST_UNITS or any("," in value for value in values):
            hidden = hidden or book.add_sheet(LISTS)
            source = _write_list(hidden, position, heading, values)
        _validate(sheet, heading, source)
    if hidden is not None:
        hidden.hide()


def _write_list(hidden: Worksheet, position: int, heading: str, values: Sequence[str]) -> str:
    for number, text in enumerate((heading, *values)):
        hidden.write_string(number, position, without_surrogates(text))
    letter = "AB"[position]
    return f"={LISTS}!${letter}$2:${letter}${len(values) + 1}"


def _validate(sheet: Worksheet, heading: str, source: str | list[str]) -> None:
    """Offer the list. Another value is warned of, not refused: `3rd` is read as grade 3."""
    position = HEADINGS.index(heading)
    options = {
        "validate": "list",
        "source": source,
        "error_type": "warning",
        "error_title": heading,
        "error_message": f"This {heading.lower()} is not on the district's list.",
    }
    sheet.data_validation(1, position, LAST_ROW, position, options)


def _set_up_print(sheet: Worksheet, district: District, about: str) -> None:
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    title = " – ".join(part for part in (district.name or district.code, about) if part)
    # An ampersand starts a code in a header; the header holds 255 characters.
    sheet.set_header("&L" + without_surrogates(title)[:100].replace("&", "&&"))
    sheet.set_footer("&CPage &P of &N")
