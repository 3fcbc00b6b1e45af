"""The type of a text column, for the tables and for every revision that makes one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Text
from sqlalchemy.types import UserDefinedType


class _Bytes(UserDefinedType[str]):
    """PostgreSQL's text without a language. Its parameters need no type: the column has one."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return 'TEXT COLLATE "C"'


TEXT = Text().with_variant(_Bytes(), "postgresql")
"""Text that is compared and sorted by its bytes, as SQLite does it, whatever the server's language.

A dump and a plan are then the same on every engine, and an index serves every comparison.
"""
