"""The keys by which the rows of a sheet find accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rosterkey.core.keys import id_key, username_key
from rosterkey.core.reading.rows import Row
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.source import Key


def ask_for_rows(rows: Sequence[Row], snapshot: Snapshot) -> None:
    """Have every account at hand that a row's keys can mean, cleaned or to the letter."""
    ids = ("student_id", "old_student_id")
    snapshot.ask(Key.STUDENT_ID, map(id_key, _texts(rows, *ids)), len(rows))
    snapshot.ask(Key.USERNAME, map(username_key, _texts(rows, "username")), len(rows))


def _texts(rows: Iterable[Row], *names: str) -> Iterator[str]:
    for row in rows:
        for name in names:
            for texts in (row.values, row.raw):
                if name in texts:
                    yield texts[name]
