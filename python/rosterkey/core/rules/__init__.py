"""Every rule of an import as a documented object, found by its code."""

from __future__ import annotations

from types import ModuleType

from rosterkey.core.rules import (
    cells,
    fields,
    files,
    imports,
    keys,
    lifecycle,
    merges,
    people,
    sheets,
    sums,
)
from rosterkey.core.rules.rule import Rule

GROUPS: dict[str, ModuleType] = {
    "files": files,
    "sheet": sheets,
    "keys": keys,
    "cells": cells,
    "fields": fields,
    "people": people,
    "sums": sums,
    "import": imports,
    "lifecycle": lifecycle,
    "merges": merges,
}
"""The rules in the order in which a reader meets them: a group's name and its module."""


def rules_of(group: str) -> tuple[Rule, ...]:
    """The rules of one group in the order of its module."""
    return tuple(value for value in vars(GROUPS[group]).values() if isinstance(value, Rule))


RULES: dict[str, Rule] = {rule.code: rule for group in GROUPS for rule in rules_of(group)}
"""Every rule by its code."""
