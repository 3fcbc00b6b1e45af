"""What every value of a row is compared with, and how a finding about a cell is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from rosterkey.core.checks.values import Said
from rosterkey.core.grades import grade_index
from rosterkey.core.matching.entries import Entry
from rosterkey.core.model import Finding
from rosterkey.core.options import Options
from rosterkey.core.reading.cells import sayer
from rosterkey.core.rules.rule import Rule
from rosterkey.core.snapshot import Snapshot


def fold_entry(text: str) -> str:
    """An entry of a district's list without regard to case and spaces."""
    return " ".join(text.casefold().split())


@dataclass(frozen=True)
class Context:
    """What the fields of every row are compared with."""

    snapshot: Snapshot
    sheet_fields: frozenset[str]
    options: Options
    told_classes: set[str] = field(default_factory=set)

    @cached_property
    def schools(self) -> dict[str, str]:
        """The district's schools by folded name."""
        return {fold_entry(s): s for s in self.snapshot.district.schools}

    @cached_property
    def grades(self) -> dict[str, str]:
        """The district's grades by their key."""
        return grade_index(self.snapshot.district.grades)

    @cached_property
    def classes(self) -> dict[str, str]:
        """The classes in use by folded name."""
        return {fold_entry(c): c for c in sorted(self.snapshot.figures.class_names)}

    @cached_property
    def new_classes(self) -> dict[str, str]:
        """The classes that rows bring, by folded name, in one spelling each."""
        return {}

    def learn_classes(self, entries: Iterable[Entry]) -> None:
        """Choose one spelling for every new class, whatever the order of the rows."""
        wanted = {name for entry in entries for name in entry.classes}
        for name in sorted(wanted, reverse=True):
            if fold_entry(name) not in self.classes:
                self.new_classes[fold_entry(name)] = name

    def is_held(self, key: str) -> bool:
        """Whether any account of the district has the username with this key."""
        return self.snapshot.with_username(key) is not None


def say(entry: Entry, name: str, rule: Rule, text: str, fix: str | None = None) -> Finding:
    """Say a rule of the entry's cell of field `name`, with the value that would mend it."""
    finding = sayer(name, entry.number)(rule, text, fix)
    entry.findings.append(finding)
    return finding


def say_all(entry: Entry, name: str, said: list[Said]) -> None:
    """Say everything that a check found about the entry's cell of field `name`."""
    for rule, text, fix in said:
        say(entry, name, rule, text, fix)


def stands(entry: Entry, name: str, stored: str | None) -> bool:
    """Whether the cell, before or after cleaning, is to the letter what is stored."""
    row = entry.lead
    return stored is not None and stored in (row.values.get(name), row.raw.get(name))
