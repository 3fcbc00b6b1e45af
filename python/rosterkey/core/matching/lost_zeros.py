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
    doubtful = [(e, text) for e in entries if (text := _doubtful_digits(e))]
    snapshot.ask_digits(text for _, text in doubtful)
    width = snapshot.figures.common_id_width if doubtful else 0
    for entry, text in doubtful:
        fits = [a for a in snapshot.with_digits(text) if a.student_id != text]
        if entry.matched_by == "student_id":
            _check_ambiguous(entry, fits)
        elif fits and _has_fewer_zeros(text, fits[0]):
            say_lost_zero(entry, fits[0])
        elif width > len(text) and "student_id" in entry.lead.numeric:
            _say_too_short(entry, text, width)


def _doubtful_digits(entry: Entry) -> str | None:
    """The Student ID of a row that may have lost zeros; one that matched as a text has not."""
    text = entry.lead.get("student_id")
    if text is None or not text.isdigit() or entry.failed:
        return None
    matched = entry.matched_by == "student_id" and "student_id" not in entry.lead.numeric
    return None if matched else text


def _check_ambiguous(entry: Entry, fits: list[Account]) -> None:
    if not fits or entry.account is None:
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


def _say_too_short(entry: Entry, text: str, width: int) -> None:
    fix = text.zfill(width)
    said = (
        f"the number {text} is shorter than every Student ID of the district ({width} digits), so "
        f"Excel has probably taken leading zeros off. Format the column as text and write {fix}."
    )
    finding = sayer("student_id", entry.number)(cells.LEADING_ZERO_LOST, said, fix)
    entry.findings.append(finding)
