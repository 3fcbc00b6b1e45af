"""The figures of a district and the words under which its names are filed, kept with each write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, bindparam, select, update

from rosterkey.core.figures import COUNTED, NAMES, Counted, Figures, Trait, count
from rosterkey.core.people.vocabulary import filed_under
from rosterkey.store.bulk import insert_rows, run_many
from rosterkey.store.images import StoredChange
from rosterkey.store.in_lists import among, in_lists
from rosterkey.store.schema import figure, name_word


def keep_figures(connection: Connection, code: str, changes: Iterable[StoredChange]) -> None:
    """Take the accounts as they were out of the figures and put them in as they become."""
    counted = [c for c in changes if not COUNTED.isdisjoint(c.differing)]
    numbers = count(c.after for c in counted if c.after)
    numbers.subtract(count(c.before for c in counted if c.before))
    add_to_figures(connection, code, numbers)


def add_to_figures(connection: Connection, code: str, numbers: Mapping[Counted, int]) -> None:
    """Change the figures by these numbers, and file the names that are new."""
    changed = {counted: number for counted, number in numbers.items() if number}
    known = _stored(connection, code, changed)
    new = [(code, str(c[0]), c[1], number) for c, number in changed.items() if c not in known]
    insert_rows(connection, figure, new)
    statement = (
        update(figure)
        .where(
            figure.c.district_id == bindparam("of_district"),
            figure.c.trait == bindparam("of_trait"),
            figure.c.value == bindparam("of_value"),
        )
        .values(number=bindparam("new_number", type_=figure.c.number.type))
    )
    names = ("of_district", "of_trait", "of_value", "new_number")
    rows = [(code, str(c[0]), c[1], known[c] + n) for c, n in changed.items() if c in known]
    run_many(connection, statement, names, rows)
    _file_names(connection, code, changed.keys() - known.keys())


def read_figures(connection: Connection, code: str) -> Figures:
    """The figures of a district, without the names."""
    of = figure.c
    others = [str(trait) for trait in Trait if trait not in NAMES]
    query = select(of.trait, of.value, of.number).where(
        of.district_id == code, of.trait.in_(others)
    )
    numbers = {(Trait(t), value): number for t, value, number in connection.execute(query)}
    return Figures.counted(numbers)


def read_names(
    connection: Connection, code: str, part: Trait, words: Sequence[str]
) -> dict[str, int]:
    """The first or last names filed under one of the words, and how many students have each."""
    filed: set[str] = set()
    for some in in_lists(words):
        query = select(name_word.c.name).where(
            name_word.c.district_id == code,
            name_word.c.part == str(part),
            among(connection, name_word.c.word, some),
        )
        filed.update(connection.scalars(query))
    numbers = _stored(connection, code, [(part, name) for name in sorted(filed)])
    return {name: number for (_, name), number in numbers.items() if number > 0}


def _stored(connection: Connection, code: str, wanted: Iterable[Counted]) -> dict[Counted, int]:
    """The numbers that are stored of these traits."""
    values: dict[Trait, list[str]] = {}
    for trait, value in wanted:
        values.setdefault(trait, []).append(value)
    of = figure.c
    found: dict[Counted, int] = {}
    for trait, of_trait in values.items():
        for some in in_lists(of_trait):
            query = select(of.value, of.number).where(
                of.district_id == code, of.trait == str(trait), among(connection, of.value, some)
            )
            found |= {(trait, value): number for value, number in connection.execute(query)}
    return found


def _file_names(connection: Connection, code: str, new: Iterable[Counted]) -> None:
    rows = [
        (code, str(part), word, name)
        for part, name in sorted(new)
        if part in NAMES
        for word in sorted(filed_under(name))
    ]
    insert_rows(connection, name_word, rows)
