"""How fields and values are said, wherever they are shown."""

from __future__ import annotations

from typing import Any

FIELD_WORDS = {"student_id": "Student ID", "first_name": "first name", "last_name": "last name",
               "merged_accounts": "merged accounts"}  # fmt: skip
"""Fields whose name in a table is not their name in the code."""

COUNTED = ("create", "assign_id", "rename", "update", "archived", "restored", "deleted", "merged",
           "apart", "removed", "brought_back", "purged")  # fmt: skip
"""The counts of an import that the history tells, in this order."""


def shown(value: Any) -> str:
    """A value in a table: lists joined, nothing as a dash."""
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value)) or "–"
    return str(value) if value not in (None, "") else "–"
