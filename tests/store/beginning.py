"""The state that a test of crashes begins with, to go back to after each of them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from sqlalchemy import Table, delete, insert, select

from rosterkey.store.contract import Store
from rosterkey.store.engine import connect_to_write, open_engine
from rosterkey.store.schema import metadata
from tests.store.builders import everything


class Beginning:
    """The state of a database, to go back to."""

    def __init__(self, store: Store, url: str) -> None:
        self.state = everything(store)
        self._store = store
        self._engine = open_engine(url, create=False)
        self._file = Path(str(self._engine.url.database))
        self._rows: dict[Table, list[dict[str, Any]]] = {}
        store.close()
        if self._file.is_absolute():
            shutil.copy(self._file, self._file.with_suffix(".begin"))
            return
        with self._engine.connect() as connection:
            for table in metadata.sorted_tables:
                found = connection.execute(select(table))
                self._rows[table] = [dict(row._mapping) for row in found]
        self._engine.dispose()

    def again(self) -> None:
        """Put all back: the file of SQLite, else every row."""
        self._store.close()
        if self._file.is_absolute():
            for ending in ("-wal", "-shm"):
                self._file.with_name(self._file.name + ending).unlink(missing_ok=True)
            shutil.copy(self._file.with_suffix(".begin"), self._file)
            return
        with connect_to_write(self._engine) as connection, connection.begin():
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table))
            for table, rows in self._rows.items():
                if rows:
                    connection.execute(insert(table), rows)
        self._engine.dispose()
