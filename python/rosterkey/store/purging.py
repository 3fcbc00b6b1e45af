"""Retention: what an old import changed is deleted, and a line of the history says so.

The row of the import stays, with its number, time, actor and counts, so that no number is missing
and no plan is imported twice. Its file name, its reason and its decisions may name a student and
go.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, exists, update

from rosterkey.core.history import ImportHeader
from rosterkey.store.contract import StoreError
from rosterkey.store.history import begin_import
from rosterkey.store.schema import account, account_image, change, decision, import_

NOT_THERE = (
    "An import that was to be purged is not in the history, or was purged by now. "
    "Nothing was written: look at the history again."
)


def purge_imports(
    connection: Connection, code: str, header: ImportHeader, numbers: Sequence[int]
) -> int:
    """Delete what hangs on these imports, and return the number of the purge itself.

    Raises AlreadyImported, and StoreError for an import that is not there or was purged before.
    """
    number = begin_import(connection, code, header)
    of = import_.c
    line = update(import_).where(
        of.district_id == code, of.import_number.in_(numbers), of.purged_by.is_(None)
    )
    values = {"purged_by": number, "source": "", "reason": "", "decisions": []}
    if connection.execute(line.values(values)).rowcount != len(numbers):
        raise StoreError(NOT_THERE)
    for table in (change, account_image):
        connection.execute(
            delete(table).where(table.c.district_id == code, table.c.import_number.in_(numbers))
        )
    # A decision about an account that is there is still needed: it would be asked again.
    there = exists().where(
        account.c.district_id == code, account.c.account_id == decision.c.account_id
    )
    connection.execute(
        delete(decision).where(
            decision.c.district_id == code, decision.c.import_number.in_(numbers), ~there
        )
    )
    return number
