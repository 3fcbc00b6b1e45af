"""Faults in the keys of single rows: lost zeros, re-used IDs, exchanged usernames and IDs."""

from __future__ import annotations

from dataclasses import replace

from rapidfuzz.distance import OSA

from bench.faults.kinds import Kind, account_of, codes, some, without
from bench.faults.names import letters
from bench.faults.town import HEADINGS, Line, Town, line_of
from rosterkey.core.model import Status

GROUP = "faults in keys"
# Where another row of the sheet has the bare number as its ID, the two rows are told apart as such.
_STOPPED_ID = codes(
    "leading-zero-lost",
    "ambiguous-numeric-id",
    "duplicate-id-in-sheet",
    "id-belongs-to-other-account",
)
_STOPPED_PERSON = codes("different-person")
_STOPPED_SWAP = codes(
    "takes-name-of-other-student", "different-person", "id-belongs-to-other-account"
)


def _numeric(line: Line) -> int:
    return int(str(line.cells["Student ID"]))


def lost_zeros(town: Town) -> list[Line]:
    """The IDs of some rows are numbers now."""
    lines = town.export()
    zeros = [line for line in lines if str(line.cells["Student ID"]).startswith("0")]
    for line in some(town, zeros):
        line.change(student_id=_numeric(line))
    return lines


def lost_zeros_renamed(town: Town) -> list[Line]:
    """The IDs of some rows are numbers, and the usernames are new ones."""
    lines = town.export()
    pattern = town.another_pattern()
    pairs = list(account_of(town, some(town, lines)))
    for line, account in pairs:
        if str(account.student_id).startswith("0"):
            username = town.new_username(account.first_name, account.last_name, pattern)
            line.change(student_id=_numeric(line), username=username)
    return lines


def lost_zeros_as_text(town: Town) -> list[Line]:
    """As a CSV brings them: the zeros are gone, and the cell is text."""
    lines = town.export()
    zeros = [line for line in lines if str(line.cells["Student ID"]).startswith("0")]
    for line in some(town, zeros):
        line.change(student_id=str(_numeric(line)))
    return lines


def lost_zeros_of_new(town: Town) -> list[Line]:
    """New students whose IDs are numbers without their zeros."""
    lines = town.export()
    for _ in range(max(2, len(lines) // 50)):
        line = line_of(town.newcomer(), new=True)
        line.change(student_id=_numeric(line))
        lines.append(line)
    return lines


def reused_ids(town: Town) -> list[Line]:
    """The IDs of children who left were given to new children.

    Where a part of the two names agrees by chance, the row is counted apart.
    """
    lines = town.export()
    for line, account in account_of(town, some(town, lines)):
        new = town.newcomer()
        cells = line_of(new, new=True).cells
        line.cells.update(cells, **{"Student ID": account.student_id})
        line.means, line.touched = None, True
        line.apart = _agreement(
            account.first_name, account.last_name, new.first_name, new.last_name
        )
    return lines


def _agreement(first: str, last: str, other_first: str, other_last: str) -> str:
    """Which part of two names has a word in common, or words one letter apart, if any."""
    for part, one, two in (("first", first, other_first), ("last", last, other_last)):
        words = [{letters(w) for w in text.replace("-", " ").split()} for text in (one, two)]
        pairs = [(a, b) for a in words[0] - _SMALL for b in words[1] - _SMALL]
        if any(OSA.distance(a, b) <= 1 for a, b in pairs):
            return f"{part} name agrees by chance"
    return ""


_SMALL = {"de", "la"}


def reused_archived(town: Town) -> list[Line]:
    """The IDs of archived children were given to new children."""
    lines = reused_ids(town)
    freed = {line.cells["Student ID"] for line in lines if line.touched}
    town.students = [
        replace(a, status=Status.ARCHIVED) if a.student_id in freed else a for a in town.students
    ]
    for line in lines:
        line.apart = ""
    return lines


def _exchange(town: Town, lines: list[Line], field: str) -> list[Line]:
    chosen = some(town, lines)
    heading = {"username": "Username", "student_id": "Student ID"}[field]
    known = {id(line): account for line, account in account_of(town, chosen)}
    for one, two in zip(chosen[::2], chosen[1::2], strict=True):
        first, second = one.cells[heading], two.cells[heading]
        one.change(**{field: second})
        two.change(**{field: first})
        a, b = known[id(one)], known[id(two)]
        agreement = _agreement(a.first_name, a.last_name, b.first_name, b.last_name)
        one.apart = two.apart = agreement
    return lines


def swapped_usernames(town: Town) -> list[Line]:
    """Pairs of students have each other's username."""
    lines = _exchange(town, town.export(), "username")
    for line in lines:
        line.apart = ""
    return lines


def swapped_without_ids(town: Town) -> list[Line]:
    """Pairs of students have each other's username, and the sheet has no Student IDs."""
    return _exchange(town, town.export(), "username")


def swapped_ids(town: Town) -> list[Line]:
    """Pairs of students have each other's Student ID."""
    lines = _exchange(town, town.export(), "student_id")
    for line in lines:
        line.apart = ""
    return lines


KINDS = (
    Kind("lost zeros", GROUP, lost_zeros, _STOPPED_ID),
    Kind("lost zeros, IDs of any width", GROUP, lost_zeros, _STOPPED_ID, town={"digits": 0}),
    Kind("lost zeros, text cells", GROUP, lost_zeros_as_text, _STOPPED_ID),
    Kind("lost zeros, new usernames", GROUP, lost_zeros_renamed, _STOPPED_ID),
    Kind("lost zeros of new students", GROUP, lost_zeros_of_new, _STOPPED_ID),
    Kind("re-used ID", GROUP, reused_ids, _STOPPED_PERSON),
    Kind("re-used ID, archived", GROUP, reused_archived, codes("archived-match", *_STOPPED_PERSON)),
    Kind("swapped usernames", GROUP, swapped_usernames, _STOPPED_SWAP),
    Kind("swapped usernames, no IDs", GROUP, swapped_without_ids, _STOPPED_SWAP,
         headings=without(HEADINGS, "Student ID")),
    Kind("swapped IDs", GROUP, swapped_ids, _STOPPED_SWAP),
)  # fmt: skip
