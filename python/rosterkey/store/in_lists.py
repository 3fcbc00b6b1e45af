"""Many values in the WHERE of a statement.

They go as one parameter, so that a statement is put together once for any number of values.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Text,
    any_,
    func,
    literal,
    select,
)

VALUES_AT_A_TIME = 10_000
"""Values in one list: a parameter of a size that every engine takes."""


def in_lists(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """The values in lists of a length that every engine takes.

    What no engine can store is left out: a sheet may hold it, and no account has it.
    """
    stored = storable(values)
    for start in range(0, len(stored), VALUES_AT_A_TIME):
        yield stored[start : start + VALUES_AT_A_TIME]


def storable(values: Sequence[str]) -> list[str]:
    """The values without those that no engine can store."""
    return list(filter(_can_be_stored, values))


def among(
    connection: Connection, column: ColumnElement[Any], values: Sequence[str] | Sequence[int]
) -> ColumnElement[bool]:
    """Whether the column has one of the values, which are texts or large numbers as it has."""
    if connection.dialect.name == "sqlite":
        listed = func.json_each(literal(json.dumps(values), Text)).table_valued("value")
        return column.in_(select(listed.c.value))
    kind = BigInteger if isinstance(column.type, BigInteger) else Text
    return column == any_(literal(list(values), ARRAY(kind)))


def among_found(
    connection: Connection, column: ColumnElement[Any], query: Select[tuple[str]]
) -> ColumnElement[bool]:
    """Whether the column has one of the values that a query finds, looked up by its index.

    A server would rather read the whole table than believe that a query finds few.
    """
    if connection.dialect.name == "sqlite":
        return column.in_(query)
    return column == any_(func.array(query.scalar_subquery()))


def _can_be_stored(text: str) -> bool:
    """Whether a text has neither half a surrogate pair nor the character NUL."""
    if text.isascii():
        return "\0" not in text
    return "\0" not in text and not any("\ud800" <= c <= "\udfff" for c in text)
