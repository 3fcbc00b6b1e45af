"""How often the accounts were put in danger by the tests, added up and printed at the end."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class Figures:
    """Adds up, beside one test's outcome, how many dangers it survived."""

    def __init__(self, keep: pytest.Item) -> None:
        self._item = keep

    def add(self, what: str, count: int, url: str) -> None:
        """So many dangers of a kind were survived, on the engine of an address."""
        engine = _NAMES[url.partition(":")[0].partition("+")[0]]
        self._item.user_properties.append((f"{what}, {engine}", count))


def table(reports: dict[str, list[Any]]) -> list[str]:
    """One line for each kind of danger, of the tests that passed."""
    total: Counter[str] = Counter()
    for report in reports.get("passed", []):
        if report.when == "call":
            for name, count in report.user_properties:
                total[name] += count
    return [f"{count:6,}  {name}" for name, count in sorted(total.items())]
