"""What Add IDs found, as sheets: the roster, and lists of what needs a look."""

from __future__ import annotations

from collections.abc import Iterator

from rosterkey.core.prepare.ids import AddedIds, describe
from rosterkey.core.prepare.sheet import PreparedSheet

DOUBTFUL = "Doubtful"
NOT_ON_LIST = "Not on the list"
NOT_ON_ROSTER = "Not on the roster"


def sheets_of(added: AddedIds) -> tuple[PreparedSheet, ...]:
    """The roster first, then a list for each kind of question that there is."""
    lists = (
        PreparedSheet(
            DOUBTFUL,
            ("Rows", "Student", "Candidate", "Score", "Why"),
            tuple(_doubtful(added)),
        ),
        PreparedSheet(
            NOT_ON_LIST,
            ("Rows", "Student", "School", "Grade"),
            tuple(_missing(added)),
        ),
        PreparedSheet(
            NOT_ON_ROSTER,
            ("Row of the list", "ID", "Student", "School", "Grade"),
            tuple(
                (str(s.row), s.student_id, s.name, s.school or "", s.grade or "")
                for s in added.pairing.new
            ),
        ),
    )
    return (added.sheet, *(sheet for sheet in lists if sheet.rows))


def _rows(added: AddedIds, account_id: str) -> str:
    return ", ".join(map(str, added.students[account_id].rows))


def _doubtful(added: AddedIds) -> Iterator[tuple[str, ...]]:
    for account_id, candidates in added.pairing.doubtful.items():
        account = added.students[account_id].account
        for one in candidates:
            yield (
                _rows(added, account_id),
                account.name or account.username,
                describe(one.listed),
                f"{one.score:.2f}",
                one.why,
            )


def _missing(added: AddedIds) -> Iterator[tuple[str, ...]]:
    for account_id in added.pairing.missing:
        account = added.students[account_id].account
        name = account.name or account.username
        yield _rows(added, account_id), name, account.school or "", account.grade or ""
