"""Export: the students as they are stored, into the sheet Export."""

from __future__ import annotations

from rosterkey.excel.frame import Session, open_database
from rosterkey.excel.origins import keep_exported
from rosterkey.excel.places import setting, table_of, write_named
from rosterkey.excel.state import count, now, say_connected
from rosterkey.excel.writing import Row, fill_table, text
from rosterkey.files.export import rows_for_export
from rosterkey.usecases.export import Filters, chosen_students
from rosterkey.usecases.validate import as_granted, choose_district
from rosterkey.workbook.layout import EXPORT, EXPORT_HEADINGS


def export_now(session: Session) -> None:
    """Fill the sheet Export with the students that the filters of Settings let through."""
    book = session.book
    table = table_of(book, EXPORT)
    settings = session.settings()
    filters = Filters(
        setting(book, "SettingSchool") or None,
        setting(book, "SettingGrade") or None,
        setting(book, "SettingClass") or None,
    )
    with open_database(settings) as store:
        session.progress("Reading the accounts", 0.0)
        settings = as_granted(settings, store)
        snapshot = store.snapshot(choose_district(store, settings))
    accounts = chosen_students(snapshot, filters, settings.school)
    rows: list[Row] = [
        tuple(text(cell) or None for cell in row)
        for row in rows_for_export(accounts, snapshot.district)
    ]
    session.progress("Writing the sheet", 0.0)
    session.app.screen_updating = False
    fill_table(table, EXPORT_HEADINGS, rows)
    keep_exported(book, accounts)
    say_connected(book, settings.database, snapshot)
    words = "; ".join(f"{column} {value}" for column, value in filters.as_words().items())
    said = count(len(rows), "student") + (f" ({words})" if words else "")
    write_named(book, "StartExported", f"{now()}: {said}")
    book.sheets[EXPORT].activate()
    session.tell(
        f"{said} on the sheet Export, as they are stored. Start import puts them on the sheet "
        "Import; filter the table first if only some of them are to change."
    )
