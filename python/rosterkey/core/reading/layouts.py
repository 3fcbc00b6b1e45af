"""What the headings of a layout mean, as somebody has said it: `Pupil No=Student ID`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from rosterkey.core.reading.columns import BY_HEADING, COLUMNS, fold_heading
from rosterkey.core.sheet import Cell, Sheet, cell_text

LAYOUT_WITHIN = 30
"""A header row is looked for among so many rows that are not blank."""


class MappingError(Exception):
    """What was said of a heading cannot be understood; the text is one sentence."""


def read_mapping(said: Iterable[str]) -> dict[str, str]:
    """`Heading=Field` as fields by folded heading. Raises MappingError."""
    mapping: dict[str, str] = {}
    for text in said:
        heading, equals, name = text.rpartition("=")
        column = BY_HEADING.get(fold_heading(name))
        if not equals or not fold_heading(heading) or column is None:
            known = ", ".join(c.heading for c in COLUMNS)
            raise MappingError(
                f'"{text}" does not say what a heading means. Write "Heading of the sheet=Field"; '
                f"the fields are {known}."
            )
        mapping[fold_heading(heading)] = column.field
    return mapping


def layout_key(cells: Sequence[Cell]) -> str:
    """What tells one layout from another: its headings in their order, without case and spaces."""
    folded = [fold_heading(cell_text(cell)) for cell in cells]
    while folded and not folded[-1]:
        folded.pop()
    text = "\0".join(folded).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=8).hexdigest()


def layout_keys(sheet: Sheet) -> list[str]:
    """The keys of every row that may be the header of a sheet."""
    return [layout_key(cells) for _, cells in sheet.rows[:LAYOUT_WITHIN]]
