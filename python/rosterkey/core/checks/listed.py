"""Fields whose values come from lists: school, grade and class (semantics: Blanks and columns)."""

from __future__ import annotations

from rosterkey.core.checks.context import Context, fold_entry, say, say_all, stands
from rosterkey.core.checks.values import NAME_MAX, check_text
from rosterkey.core.grades import grade_key
from rosterkey.core.matching.entries import Entry
from rosterkey.core.model import Account
from rosterkey.core.reading.rows import CLEAR
from rosterkey.core.rules import cells, fields
from rosterkey.core.rules.rule import Rule


def _optional(entry: Entry, start: Account, name: str) -> str | None:
    """The text of an optional field that may change something; a blank one says that it stays."""
    text = entry.lead.get(name)
    stored = getattr(start, name)
    if text is None:
        if stored:
            said = f"the cell is blank; {stored} stays. To empty the field write {CLEAR}."
            say(entry, name, fields.BLANK_KEPT, said)
        return None
    if text == CLEAR:
        return CLEAR if stored else None
    return None if stands(entry, name, stored) else text


def take_school(entry: Entry, start: Account, context: Context) -> str | None:
    """The school that the row sets, `<clear>` to empty it, None where nothing changes."""
    text = _optional(entry, start, "school")
    if text is None or text == CLEAR or not context.schools:
        return text
    school = context.schools.get(fold_entry(text))
    if school is None:
        _unknown(entry, "school", fields.UNKNOWN_SCHOOL, text, list(context.schools.values()))
        return None
    if school != text:
        say(entry, "school", cells.NORMALISED, f'"{text}" was read as {school}.', school)
    if start.school and start.account_id and school != start.school:
        said = f"{entry.lead.name or start.name} moves from {start.school} to {school}."
        say(entry, "school", fields.SCHOOL_CHANGES, said)
    return school if school != start.school else None


def take_grade(entry: Entry, start: Account, context: Context) -> str | None:
    """The grade that the row sets, `<clear>` to empty it, None where nothing changes."""
    text = _optional(entry, start, "grade")
    if text is None or text == CLEAR or not context.grades:
        return text
    grade = context.grades.get(grade_key(text))
    if grade is None:
        _unknown(entry, "grade", fields.UNKNOWN_GRADE, text, list(context.grades.values()))
        return None
    if grade != text:
        say(entry, "grade", cells.NORMALISED, f'"{text}" was read as grade {grade}.', grade)
    return grade if grade != start.grade else None


def _unknown(entry: Entry, name: str, rule: Rule, text: str, known: list[str]) -> None:
    from rapidfuzz import process  # late: only an unknown entry needs it

    nearest = process.extractOne(text, known, processor=fold_entry)
    fix = nearest[0] if nearest and nearest[1] else None
    hint = f' Is it "{fix}"?' if fix else ""
    said = f'"{text}" is not in the district\'s list ({", ".join(known[:15])}).{hint}'
    say(entry, name, rule, said, fix)


def take_classes(entry: Entry, start: Account, context: Context) -> tuple[str, ...] | None:
    """The classes that the row sets, none to empty them, None where nothing changes."""
    text = entry.lead.get("classes")
    if text is None and not entry.classes:
        if start.classes:
            kept = "; ".join(start.classes)
            said = f"the cell is blank; {kept} stays. To empty the field write {CLEAR}."
            say(entry, "classes", fields.BLANK_KEPT, said)
        return None
    if text == CLEAR:
        return () if start.classes else None
    if len(entry.rows) == 1 and stands(entry, "classes", "; ".join(start.classes)):
        return None
    if not entry.classes:
        say(entry, "classes", fields.UNKNOWN_CLASS, f'no class can be read from "{text}".')
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
        say(entry, "classes", cells.NORMALISED, f'"{name}" was read as {known}.', known)
    return known


def _say_new_class(entry: Entry, name: str, context: Context) -> None:
    said = list(check_text(name, NAME_MAX))
    say_all(entry, "classes", said)
    if not said and fold_entry(name) not in context.told_classes:
        context.told_classes.add(fold_entry(name))
        text = f'no student is in the class "{name}" yet; it will be created.'
        say(entry, "classes", fields.NEW_CLASS, text)
