"""How fields and values are said, wherever they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FIELD_WORDS = {"student_id": "Student ID", "first_name": "first name", "last_name": "last name",
               "merged_accounts": "merged accounts"}  # fmt: skip
"""Fields whose name in a table is not their name in the code."""

_COUNTED = {"create": "created", "assign_id": "given an ID", "rename": "renamed",
            "update": "updated", "archived": "archived", "restored": "restored",
            "deleted": "deleted", "merged": "merged", "apart": "apart", "removed": "removed",
            "brought_back": "brought back", "purged": "purged"}  # fmt: skip
"""The counts of an import that the history tells, in this order."""


def counted(counts: Mapping[str, int]) -> str:
    """What an import did to how many accounts, such as `1 created, 3 renamed`."""
    said = [f"{counts[name]:,} {word}" for name, word in _COUNTED.items() if counts.get(name)]
    return ", ".join(said) or "nothing"


def shown(value: Any) -> str:
    """A value in a table: lists joined, nothing as a dash."""
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value)) or "–"
    return str(value) if value not in (None, "") else "–"
