"""What a row changes about an account, field by field (semantics: Blanks and columns)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rosterkey.core.checks.context import Context, say, say_all, stands
from rosterkey.core.checks.listed import take_classes, take_grade, take_school
from rosterkey.core.checks.values import check_id, check_name, check_username
from rosterkey.core.keys import id_key, username_key
from rosterkey.core.matching.entries import Entry
from rosterkey.core.model import Account, Finding, Status
from rosterkey.core.reading.columns import HEADING
from rosterkey.core.reading.rows import CLEAR, Row
from rosterkey.core.rules import cells, fields, keys


def changed_account(entry: Entry, before: Account | None, context: Context) -> Account:
    """The account after the row: `before` with what the sheet says, or a new one.

    Says on the entry what forbids a value or deserves a look. The password is not part of it.
    """
    start = before or Account(account_id="", username="")
    values: dict[str, Any] = {}
    for name, take in _TAKERS.items():
        if name in context.sheet_fields and not entry.cell_failed(name):
            taken = take(entry, start, context)
            if taken is not None:
                values[name] = None if taken == CLEAR else taken
    if before and before.status is Status.ARCHIVED:
        values["status"] = Status.ACTIVE
    return replace(start, **values) if values or before is None else before


def field_differences(before: Account | None, after: Account) -> dict[str, tuple[Any, Any]]:
    """The fields that differ, as (before, after); classes as lists, without the password."""
    found: dict[str, tuple[Any, Any]] = {}
    if before is after:
        return found
    names = ("student_id", "username", "first_name", "last_name", "school", "grade")
    for name in names:
        old, new = getattr(before, name) if before else None, getattr(after, name)
        if (old or None) != (new or None):
            found[name] = (old, new)
    old_classes = list(before.classes) if before else []
    if old_classes != list(after.classes):
        found["classes"] = (old_classes, list(after.classes))
    if before and before.status is not after.status:
        found["status"] = (str(before.status), str(after.status))
    return found


def _refused_clear(entry: Entry, name: str) -> bool:
    if entry.lead.get(name) != CLEAR:
        return False
    said = f"{CLEAR} empties optional fields only. {HEADING[name]} has to hold a value."
    say(entry, name, fields.CLEAR_NOT_ALLOWED, said)
    return True


def _take_student_id(entry: Entry, start: Account, context: Context) -> str | None:
    text = entry.lead.get("student_id")
    if text is None:
        if start.student_id:
            said = f"the cell is blank; the stored Student ID {start.student_id} stays."
            say(entry, "student_id", keys.STORED_ID_KEPT, said)
        return None
    if stands(entry, "student_id", start.student_id):
        return None
    if text == CLEAR:
        return text if start.student_id else None
    if start.student_id and id_key(start.student_id) == id_key(text):
        return None
    say_all(entry, "student_id", list(check_id(text)))
    return text


def _take_username(entry: Entry, start: Account, context: Context) -> str | None:
    text = entry.lead.get("username")
    if text is None or (entry.matched_by == "username" and not _brings_id(entry, start)):
        return None
    if stands(entry, "username", start.username or None) or _refused_clear(entry, "username"):
        return None
    if start.username and username_key(start.username) == username_key(text):
        return text
    reserved = context.options.reserved_usernames
    say_all(entry, "username", list(check_username(text, reserved, context.is_held)))
    return text


def _brings_id(entry: Entry, start: Account) -> bool:
    """Whether the row gives its account a Student ID.

    From then on the ID matches, so the sheet's spelling of the username is taken at once: else
    the same sheet would change it the second time.
    """
    return entry.id_key is not None and not start.student_id


def _take_name(name: str, entry: Entry, start: Account) -> str | None:
    text = entry.lead.get(name)
    stored: str = getattr(start, name)
    if text is None:
        if entry.account:
            kept = f"; the stored name is {stored}" if stored else ""
            said = f"the {HEADING[name]} is blank{kept}. A name is never emptied: fill the cell."
            say(entry, name, fields.REQUIRED_BLANK, said, stored or None)
        return None
    if stands(entry, name, stored or None) or _refused_clear(entry, name):
        return None
    say_all(entry, name, list(check_name(text, entry.lead.raw.get(name, text))))
    return text


def _take_first_name(entry: Entry, start: Account, context: Context) -> str | None:
    return _take_name("first_name", entry, start)


def _take_last_name(entry: Entry, start: Account, context: Context) -> str | None:
    return _take_name("last_name", entry, start)


_TAKERS = {
    "student_id": _take_student_id,
    "username": _take_username,
    "first_name": _take_first_name,
    "last_name": _take_last_name,
    "school": take_school,
    "grade": take_grade,
    "classes": take_classes,
}


def drop_findings_on_stored(entry: Entry, before: Account) -> None:
    """Take back what was said of cells that are to the letter what is stored already."""
    for row in entry.rows:
        if row.findings:
            row.findings = [f for f in row.findings if not _on_stored(f, row, before)]


def _on_stored(finding: Finding, row: Row, before: Account) -> bool:
    name = _FIELD.get(finding.column or "")
    if name is None or finding.code not in _ABOUT_THE_TEXT:
        return False
    stored = "; ".join(before.classes) if name == "classes" else getattr(before, name, None)
    return stored is not None and stored == row.raw.get(name, row.values.get(name))


_ABOUT_THE_TEXT = frozenset(
    rule.code
    for rule in (
        cells.CLEANED,
        cells.ODD_CHARACTER,
        cells.DOT_ZERO_REMOVED,
        cells.BAD_CHARACTER,
        cells.SCIENTIFIC_NOTATION,
    )
)
"""What is said of a text that was typed; what is said of a cell stays, whatever is stored."""
_FIELD = {heading: name for name, heading in HEADING.items()}
