"""What a row changes about an account, field by field (semantics: Blanks and columns)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from rosterkey.core.cells import sayer
from rosterkey.core.columns import HEADING
from rosterkey.core.entries import Entry
from rosterkey.core.grades import grade_index, grade_key
from rosterkey.core.keys import id_key, username_key
from rosterkey.core.model import Account, Finding, Status
from rosterkey.core.options import Options
from rosterkey.core.rows import CLEAR, Row
from rosterkey.core.rules import cells, fields, keys
from rosterkey.core.rules.rule import Rule
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.values import (
    NAME_MAX,
    PASSWORD_MAX,
    Said,
    check_id,
    check_name,
    check_text,
    check_username,
)


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
        return {fold_entry(c): c for c in sorted(self.snapshot.class_names)}

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


def _say(entry: Entry, name: str, rule: Rule, text: str, fix: str | None = None) -> Finding:
    finding = sayer(name, entry.number)(rule, text, fix)
    entry.findings.append(finding)
    return finding


def _say_all(entry: Entry, name: str, said: list[Said]) -> None:
    for rule, text, fix in said:
        _say(entry, name, rule, text, fix)


def _stands(entry: Entry, name: str, stored: str | None) -> bool:
    """Whether the cell, before or after cleaning, is to the letter what is stored."""
    row = entry.lead
    return stored is not None and stored in (row.values.get(name), row.raw.get(name))


def _take_student_id(entry: Entry, start: Account, context: Context) -> str | None:
    text = entry.lead.get("student_id")
    if text is None:
        if start.student_id:
            said = f"the cell is blank; the stored Student ID {start.student_id} stays."
            _say(entry, "student_id", keys.STORED_ID_KEPT, said)
        return None
    if _stands(entry, "student_id", start.student_id):
        return None
    if text == CLEAR:
        return text if start.student_id else None
    if start.student_id and id_key(start.student_id) == id_key(text):
        return None
    _say_all(entry, "student_id", list(check_id(text)))
    return text


def _take_username(entry: Entry, start: Account, context: Context) -> str | None:
    text = entry.lead.get("username")
    if text is None or entry.matched_by == "username":
        return None
    if _stands(entry, "username", start.username or None) or _refused_clear(entry, "username"):
        return None
    if start.username and username_key(start.username) == username_key(text):
        return text
    reserved = context.options.reserved_usernames
    _say_all(entry, "username", list(check_username(text, reserved, context.is_held)))
    return text


def _take_name(name: str, entry: Entry, start: Account) -> str | None:
    text = entry.lead.get(name)
    stored: str = getattr(start, name)
    if text is None:
        if entry.account:
            kept = f"; the stored name is {stored}" if stored else ""
            said = f"the {HEADING[name]} is blank{kept}. A name is never emptied: fill the cell."
            _say(entry, name, fields.REQUIRED_BLANK, said, stored or None)
        return None
    if _stands(entry, name, stored or None) or _refused_clear(entry, name):
        return None
    _say_all(entry, name, list(check_name(text, entry.lead.raw.get(name, text))))
    return text


def _take_first_name(entry: Entry, start: Account, context: Context) -> str | None:
    return _take_name("first_name", entry, start)


def _take_last_name(entry: Entry, start: Account, context: Context) -> str | None:
    return _take_name("last_name", entry, start)


def _refused_clear(entry: Entry, name: str) -> bool:
    if entry.lead.get(name) != CLEAR:
        return False
    said = f"{CLEAR} empties optional fields only. {HEADING[name]} has to hold a value."
    _say(entry, name, fields.CLEAR_NOT_ALLOWED, said)
    return True


def _optional(entry: Entry, start: Account, name: str) -> str | None:
    """The text of an optional field that may change something; a blank one says that it stays."""
    text = entry.lead.get(name)
    stored = getattr(start, name)
    if text is None:
        if stored:
            said = f"the cell is blank; {stored} stays. To empty the field write {CLEAR}."
            _say(entry, name, fields.BLANK_KEPT, said)
        return None
    if text == CLEAR:
        return CLEAR if stored else None
    return None if _stands(entry, name, stored) else text


def _take_school(entry: Entry, start: Account, context: Context) -> str | None:
    text = _optional(entry, start, "school")
    if text is None or text == CLEAR or not context.schools:
        return text
    school = context.schools.get(fold_entry(text))
    if school is None:
        _unknown(entry, "school", fields.UNKNOWN_SCHOOL, text, list(context.schools.values()))
        return None
    if school != text:
        _say(entry, "school", cells.NORMALISED, f'"{text}" was read as {school}.', school)
    if start.school and start.account_id and school != start.school:
        said = f"{entry.lead.name or start.name} moves from {start.school} to {school}."
        _say(entry, "school", fields.SCHOOL_CHANGES, said)
    return school if school != start.school else None


def _take_grade(entry: Entry, start: Account, context: Context) -> str | None:
    text = _optional(entry, start, "grade")
    if text is None or text == CLEAR or not context.grades:
        return text
    grade = context.grades.get(grade_key(text))
    if grade is None:
        _unknown(entry, "grade", fields.UNKNOWN_GRADE, text, list(context.grades.values()))
        return None
    if grade != text:
        _say(entry, "grade", cells.NORMALISED, f'"{text}" was read as grade {grade}.', grade)
    return grade if grade != start.grade else None


def _unknown(entry: Entry, name: str, rule: Rule, text: str, known: list[str]) -> None:
    from rapidfuzz import process  # late: only an unknown entry needs it

    nearest = process.extractOne(text, known, processor=fold_entry)
    fix = nearest[0] if nearest and nearest[1] else None
    hint = f' Is it "{fix}"?' if fix else ""
    said = f'"{text}" is not in the district\'s list ({", ".join(known[:15])}).{hint}'
    _say(entry, name, rule, said, fix)


def _take_classes(entry: Entry, start: Account, context: Context) -> Any:
    text = entry.lead.get("classes")
    if text is None and not entry.classes:
        if start.classes:
            kept = "; ".join(start.classes)
            said = f"the cell is blank; {kept} stays. To empty the field write {CLEAR}."
            _say(entry, "classes", fields.BLANK_KEPT, said)
        return None
    if text == CLEAR:
        return () if start.classes else None
    if len(entry.rows) == 1 and _stands(entry, "classes", "; ".join(start.classes)):
        return None
    if not entry.classes:
        _say(entry, "classes", fields.UNKNOWN_CLASS, f'no class can be read from "{text}".')
        return None
    wanted = [_known_class(entry, name, start, context) for name in entry.classes]
    wanted = list(dict.fromkeys(wanted))
    return tuple(wanted) if sorted(wanted) != sorted(start.classes) else None


def _known_class(entry: Entry, name: str, start: Account, context: Context) -> str:
    folded = fold_entry(name)
    if name in start.classes or context.classes.get(folded) == name:
        return name
    known = context.classes.get(folded)
    if known is None:
        known = context.new_classes.get(folded, name)
        _say_new_class(entry, known, context)
    if known != name:
        _say(entry, "classes", cells.NORMALISED, f'"{name}" was read as {known}.', known)
    return known


def _say_new_class(entry: Entry, name: str, context: Context) -> None:
    said = list(check_text(name, NAME_MAX))
    _say_all(entry, "classes", said)
    if not said and fold_entry(name) not in context.told_classes:
        context.told_classes.add(fold_entry(name))
        text = f'no student is in the class "{name}" yet; it will be created.'
        _say(entry, "classes", fields.NEW_CLASS, text)


_TAKERS = {
    "student_id": _take_student_id,
    "username": _take_username,
    "first_name": _take_first_name,
    "last_name": _take_last_name,
    "school": _take_school,
    "grade": _take_grade,
    "classes": _take_classes,
}


def check_password(entry: Entry, after: Account) -> None:
    """Say what is weak or impossible about the password of the row."""
    password = entry.lead.get("password")
    if password is None:
        return
    if password == CLEAR:
        _refused_clear(entry, "password")
    elif len(password) > PASSWORD_MAX:
        said = f"{len(password)} characters; at most {PASSWORD_MAX} are taken."
        _say(entry, "password", cells.TOO_LONG, said)
    easy = {
        text.casefold()
        for text in (after.student_id, after.username, after.first_name, after.last_name)
        if text
    }
    easy |= {after.name.casefold(), after.name.casefold().replace(" ", "")}
    if password.casefold() in easy:
        said = (
            "the password equals the Student ID, the username or the name, so anybody can guess it."
        )
        _say(entry, "password", fields.WEAK_PASSWORD, said)


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
