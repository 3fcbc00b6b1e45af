"""What Add IDs found, for a terminal and for scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table

from rosterkey.core.prepare.ids import AddedIds, RosterStudent, describe
from rosterkey.core.prepare.pairing import BY_ID, WAYS, Candidate
from rosterkey.report.sections import TOLD, counts_lines, section


def ids_text(added: AddedIds, *, full: bool = False) -> RenderableType:
    """How many are sure, doubtful and missing, and who; ten of a kind without `full`."""
    told = None if full else TOLD
    return Group(
        _counts(added),
        *section("Doubtful, left blank", list(_doubtful(added)), told),
        *section("On the roster, not on the list", list(_missing(added)), told),
        *section("On the list, not on the roster", list(_new(added)), told),
        *section("Look who is right", list(added.pairing.contradictions), told),
        *section("Rows of the list that are not used", list(added.listed.left_out), told),
        *section("Cells of the roster that cannot be read", list(added.unread), told),
        *section("About the list", list(_about(added)), None),
    )


def _counts(added: AddedIds) -> Table:
    counts = added.counts
    ways = Counter(way for _, way in added.pairing.sure.values())
    how = "; ".join(f"{ways[way]:,} {way}" for way in WAYS if way != BY_ID and ways[way])
    lines = (
        ("Had a Student ID", counts["had_id"], "unchanged"),
        ("Sure", counts["sure"], how or "nobody"),
        ("Doubtful", counts["doubtful"], "left blank; the candidates are in the cell's drop-down"),
        ("Not on the list", counts["not_on_list"], "left as it is"),
        ("Not on the roster", counts["not_on_roster"], "on the list only"),
    )
    title = f"{counts['students']:,} students on the roster, {counts['listed']:,} on the list"
    return counts_lines(title, lines)


def _doubtful(added: AddedIds) -> Iterator[str]:
    for account_id, candidates in added.pairing.doubtful.items():
        said = " Or ".join(_candidate(one) for one in candidates)
        yield f"{_who(added.students[account_id])}: {said}"


def _candidate(one: Candidate) -> str:
    return f"{describe(one.listed)}? {_sentence(one.why)} (score {one.score:.2f})."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _missing(added: AddedIds) -> Iterator[str]:
    return (_who(added.students[account_id]) for account_id in added.pairing.missing)


def _new(added: AddedIds) -> Iterator[str]:
    return (f"Row {s.row} of the list: {describe(s)}" for s in added.pairing.new)


def _who(student: RosterStudent) -> str:
    account = student.account
    rows = ", ".join(map(str, student.rows))
    username = f" ({account.username})" if account.username and account.name else ""
    return f"Row {rows}: {account.name or account.username or 'a student'}{username}"


def _about(added: AddedIds) -> Iterator[str]:
    columns = (f"{field} from {source}" for field, source in added.listed.columns.items())
    yield f"Read: {'; '.join(columns)}."
    yield from added.listed.notices


def ids_as_dict(added: AddedIds) -> dict[str, Any]:
    """The same for scripts: everybody, not ten of a kind."""
    pairing, students = added.pairing, added.students
    return {
        "counts": added.counts,
        "columns": added.listed.columns,
        "sure": [
            {"rows": list(students[key].rows), "student_id": listed.student_id, "how": way}
            for key, (listed, way) in pairing.sure.items()
            if way != BY_ID
        ],
        "doubtful": [
            {"rows": list(students[key].rows), "candidates": list(_candidates(candidates))}
            for key, candidates in pairing.doubtful.items()
        ],
        "not_on_list": [list(students[key].rows) for key in pairing.missing],
        "not_on_roster": [{"row": s.row, "student_id": s.student_id} for s in pairing.new],
        "messages": [
            *pairing.contradictions,
            *added.listed.left_out,
            *added.unread,
            *added.listed.notices,
        ],
    }


def _candidates(candidates: Iterable[Candidate]) -> Iterator[dict[str, Any]]:
    for one in candidates:
        yield {"student_id": one.listed.student_id, "score": one.score, "why": one.why}
