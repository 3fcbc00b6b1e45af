"""One student on the sheet may stand in several rows (semantics: Blanks and columns).

Rows that are equal count once; rows that differ in Class only are one student in several
classes; rows that share a key and mean different things are errors, all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from rosterkey.core.keys import id_key, username_key
from rosterkey.core.model import Account, Finding, Severity
from rosterkey.core.people.names import fold_name
from rosterkey.core.reading.columns import HEADING
from rosterkey.core.reading.rows import CLEAR, Row
from rosterkey.core.rules import keys
from rosterkey.core.rules.rule import Rule
from rosterkey.core.snapshot import Snapshot


@dataclass(slots=True, eq=False)
class Entry:
    """One student of the sheet: one row, or several that belong together.

    `rows` differ in Class only, `repeats` are equal to one of them. `id_key` and `username_key`
    are those of the sheet, None for a blank. `account` is the one that
    the entry means, `matched_by` the field that told so. `suspect` is an account that the
    entry's keys point at without meaning it, named in its errors. `settled` tells that the row is
    to the letter what is stored, so that nothing has to be said or done.
    """

    rows: list[Row]
    id_key: str | None = None
    username_key: str | None = None
    repeats: list[Row] = field(default_factory=list)
    account: Account | None = None
    matched_by: str | None = None
    suspect: Account | None = None
    settled: bool = False
    findings: list[Finding] = field(default_factory=list)

    @property
    def lead(self) -> Row:
        """The first row: its values hold for all but the classes."""
        return self.rows[0]

    @property
    def number(self) -> int:
        """The Excel row number of the first row."""
        return self.rows[0].number

    @property
    def failed(self) -> bool:
        """Whether any error stands on the entry."""
        return any(f.severity is Severity.ERROR for f in self.findings) or any(
            f.severity is Severity.ERROR for row in self.rows for f in row.findings
        )

    def cell_failed(self, name: str) -> bool:
        """Whether the cell of a field has an error of its own: nothing more is said of it."""
        if name in self.lead.broken:
            return True
        return any(
            f.severity is Severity.ERROR and f.column == HEADING[name] for f in self.lead.findings
        )

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of all rows, each once; sorted where they come from several rows."""
        names = dict.fromkeys(name for row in self.rows for name in row.classes)
        return tuple(names) if len(self.rows) == 1 else tuple(sorted(names, key=str.casefold))

    def say(self, rule: Rule, text: str, **more: object) -> Finding:
        """Add a finding about the entry, told of its first row."""
        finding = rule.finding(f"Row {self.number}: {text}", row=self.number, **more)  # type: ignore[arg-type]
        self.findings.append(finding)
        return finding


def collapse(rows: Iterable[Row], snapshot: Snapshot) -> list[Entry]:
    """Put the rows of one student together and mark those that contradict each other.

    A key that stands in the snapshot to the letter is taken as it is, before any cleaning.
    """
    entries = _gather(rows, snapshot)
    by_id = _shared(entries, lambda e: e.id_key)
    for group in by_id:
        _contradiction(group, "Student ID", "student_id", keys.DUPLICATE_ID_IN_SHEET)
    for group in _shared(entries, lambda e: e.username_key):
        if not any(group_is_inside(group, other) for other in by_id):
            _contradiction(group, "username", "username", keys.DUPLICATE_USERNAME_IN_SHEET)
    return entries


def group_is_inside(group: list[Entry], other: list[Entry]) -> bool:
    """Whether every entry of one group stands in the other."""
    members = set(map(id, other))
    return all(id(entry) in members for entry in group)


def _gather(rows: Iterable[Row], snapshot: Snapshot) -> list[Entry]:
    entries: list[Entry] = []
    seen: dict[tuple[object, ...], Entry] = {}
    for row in rows:
        identity = (*map(row.values.get, _IDENTITY), row.broken)
        entry = seen.get(identity)
        if entry is None or (identity[0] is None and identity[1] is None):
            entry = seen[identity] = _entry(row, snapshot)
            entries.append(entry)
        elif any(row.values.get("classes") == known.values.get("classes") for known in entry.rows):
            _repeat(entry, row)
        else:
            entry.rows.append(row)
    return entries


_IDENTITY = (
    "student_id",
    "username",
    "first_name",
    "last_name",
    "school",
    "grade",
    "password",
    "old_student_id",
)


def _entry(row: Row, snapshot: Snapshot) -> Entry:
    student_id, username = row.values.get("student_id"), row.values.get("username")
    if row.raw:
        student_id, username = _as_stored(row, student_id, username, snapshot)
    return Entry(
        [row],
        id_key(student_id) if student_id and student_id != CLEAR else None,
        username_key(username) if username else None,
    )


def _as_stored(
    row: Row, student_id: str | None, username: str | None, snapshot: Snapshot
) -> tuple[str | None, str | None]:
    """The keys of a row, before cleaning where an account has them to the letter."""
    raw_id, raw_name = row.raw.get("student_id"), row.raw.get("username")
    if raw_id and any(a.student_id == raw_id for a in snapshot.with_student_id(id_key(raw_id))):
        student_id = raw_id
    holder = snapshot.with_username(username_key(raw_name)) if raw_name else None
    if holder and holder.username == raw_name:
        username = raw_name
    return student_id, username


def _repeat(entry: Entry, row: Row) -> None:
    first = next(r for r in entry.rows if r.values.get("classes") == row.values.get("classes"))
    said = f"rows {first.number} and {row.number} are equal; they count once."
    for one in (first, row):
        finding = keys.IDENTICAL_ROW_REPEATED.finding(f"Row {one.number}: {said}", row=one.number)
        one.findings.append(finding)
    entry.repeats.append(row)


def _shared(entries: list[Entry], key: Callable[[Entry], str | None]) -> list[list[Entry]]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        value = key(entry)
        if value is not None:
            groups.setdefault(value, []).append(entry)
    return [group for group in groups.values() if len(group) > 1]


def _contradiction(group: list[Entry], key: str, name: str, rule: Rule) -> None:
    disagreement = _differing_field(group)
    for entry in group:
        others = [e for e in group if e is not entry]
        rows = ", ".join(f"row {e.number}" for e in others)
        value = entry.lead.values.get(name, "")
        if disagreement:
            said = (
                f"{_who(entry)} stands in {rows} too, with the same {key} {value} and another "
                f"{disagreement}. Make the rows agree, or delete all but one; they may differ in "
                "Class only."
            )
            entry.say(keys.ROWS_DISAGREE, said, column=disagreement)
            continue
        people = ", ".join(f"row {e.number} ({_who(e)})" for e in others)
        said = (
            f"the {key} {value} of {_who(entry)} stands in {people} too. One {key} belongs to one "
            "student: correct the rows that are wrong."
        )
        entry.say(rule, said, column="Student ID" if name == "student_id" else "Username")


def _differing_field(group: list[Entry]) -> str | None:
    """The heading of the field in which rows of one and the same person disagree, if they are."""
    first = group[0].lead.values
    same = ("student_id", "username")
    if any(e.lead.values.get(n) != first.get(n) for e in group for n in same):
        return None
    names = {(fold_name(e.lead.values.get("first_name", "")),
              fold_name(e.lead.values.get("last_name", ""))) for e in group}  # fmt: skip
    if len(names) > 1:
        return None
    for name, heading in (("grade", "Grade"), ("school", "School"), ("password", "Password")):
        if any(e.lead.values.get(name) != first.get(name) for e in group):
            return heading
    return "spelling of the name"


def _who(entry: Entry) -> str:
    return entry.lead.name or entry.lead.values.get("username") or "a student without a name"
