"""Student IDs that Excel turned into numbers (semantics: Cleaning).

A create is never silent where the ID would fit a stored one after padding.
"""

from __future__ import annotations

from collections.abc import Iterable

from rosterkey.core.matching.entries import Entry
from rosterkey.core.matching.match import describe, say_lost_zero
from rosterkey.core.model import Account
from rosterkey.core.reading.cells import sayer
from rosterkey.core.rules import cells
from rosterkey.core.snapshot import Snapshot


def check_lost_zeros(entries: Iterable[Entry], snapshot: Snapshot) -> None:
    """Say which Student IDs have lost their zeros, and which numbers fit two of them.

    The claim of an entry whose ID fits only after padding is an error with the padded ID as fix.
    """
    stored = [a for a in snapshot.accounts.values() if a.student_id and a.student_id.isdigit()]
    padded: dict[str, list[Account]] = {}
    for account in stored:
        padded.setdefault((account.student_id or "").lstrip("0"), []).append(account)
    width = _common_width(stored)
    for entry in entries:
        text = entry.lead.get("student_id")
        if text is None or not text.isdigit() or entry.failed:
            continue
        fits = [a for a in padded.get(text.lstrip("0"), []) if a.student_id != text]
        if entry.matched_by == "student_id":
            _check_ambiguous(entry, fits)
        elif fits and _has_fewer_zeros(text, fits[0]):
            say_lost_zero(entry, fits[0])
        elif width > len(text) and "student_id" in entry.lead.numeric:
            _say_too_short(entry, text, width)


def _check_ambiguous(entry: Entry, fits: list[Account]) -> None:
    if not fits or "student_id" not in entry.lead.numeric or entry.account is None:
        return
    text = entry.lead.get("student_id")
    said = (
        f"the number {text} fits {describe(entry.account)} and, with its zeros, "
        f"{describe(fits[0])}. It was taken for {entry.account.student_id}; confirm it, or write "
        "the ID as text."
    )
    finding = sayer("student_id", entry.number)(cells.AMBIGUOUS_NUMERIC_ID, said)
    entry.findings.append(finding)


def _has_fewer_zeros(text: str, account: Account) -> bool:
    return len(text) < len(account.student_id or "")


def _common_width(accounts: list[Account]) -> int:
    """The number of digits that all numeric Student IDs share, 0 where none starts with a zero."""
    widths = {len(a.student_id or "") for a in accounts}
    zeros = any((a.student_id or "").startswith("0") for a in accounts)
    return widths.pop() if len(widths) == 1 and zeros else 0


def _say_too_short(entry: Entry, text: str, width: int) -> None:
    fix = text.zfill(width)
    said = (
        f"the number {text} is shorter than every Student ID of the district ({width} digits), so "
        f"Excel has probably taken leading zeros off. Format the column as text and write {fix}."
    )
    finding = sayer("student_id", entry.number)(cells.LEADING_ZERO_LOST, said, fix)
    entry.findings.append(finding)
