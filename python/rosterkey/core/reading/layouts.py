"""What the headings of a layout mean, as somebody has said it: `Pupil No=Student ID`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from rosterkey.core.reading.columns import BY_HEADING, COLUMNS, find_header, fold_heading
from rosterkey.core.sheet import Cell, Sheet, cell_text

LAYOUT_WITHIN = 30
"""A header row is looked for among so many rows that are not blank."""


_TOLD = 20


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


def refuse_other_headings(sheet: Sheet, said: Iterable[str]) -> None:
    """Raise MappingError where somebody says what a heading means that the sheet does not have.

    `said` are texts that `read_mapping` takes, and the sheet has their meanings already. Where no
    header row is found, a heading may stand in any row that could be one.
    """
    header = find_header(sheet).row
    candidates = [cells for number, cells in sheet.rows[:LAYOUT_WITHIN] if header in (0, number)]
    rows = [[c.strip() for c in cells if isinstance(c, str)] for cells in candidates]
    there = {fold_heading(text) for row in rows for text in row}
    for heading in (text.rpartition("=")[0].strip() for text in said):
        if fold_heading(heading) not in there:
            are = "its headings are" if header else "no headings were found, and it begins with"
            raise MappingError(
                f'The sheet "{sheet.name}" has no heading "{heading}": {are} {_first(rows)}.'
            )


def _first(rows: Sequence[Sequence[str]]) -> str:
    """The texts of the first row that has any, as far as a sentence can hold them."""
    texts = next(filter(None, rows), ["nothing"])
    more = f" and {len(texts) - _TOLD:,} more" if len(texts) > _TOLD else ""
    return f"{', '.join(texts[:_TOLD])}{more}"


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
