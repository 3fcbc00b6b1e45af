"""The review sheet: a row for every pair of accounts, with a decision beside the evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from rosterkey.core.duplicates.clusters import Pair
from rosterkey.core.model import Account
from rosterkey.core.sheet import Cell, Sheet, cell_text

SHEET = "Duplicates"
A_STAYS, B_STAYS, NOT_SAME, LATER = "merge: A stays", "merge: B stays", "not the same", "later"
DECISIONS = (A_STAYS, B_STAYS, NOT_SAME, LATER)
"""What may stand under Decision; a blank means later."""

DECISION = "Decision"
_OF_ACCOUNT = ("Username", "Student ID", "Name", "School", "Grade", "Class", "Status")
_BOUND = ("A account id", "B account id", "Check")
HEADINGS = (
    DECISION,
    "Group",
    "Score",
    "Speaks for",
    "Speaks against",
    *(f"A {heading}" for heading in _OF_ACCOUNT),
    *(f"B {heading}" for heading in _OF_ACCOUNT),
    *_BOUND,
)
"""The columns. A is the account that the rule would keep."""


class ReviewError(Exception):
    """The file is no review of duplicates; the text is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of a review: the ids of two accounts, their `check` then, and what was decided."""

    row: int
    a: str
    b: str
    check: str
    word: str


def review_rows(clusters: Iterable[Iterable[Pair]]) -> list[tuple[str, ...]]:
    """The cells below the headings; clusters are numbered from 1."""
    return [_cells(str(n), pair) for n, cluster in enumerate(clusters, start=1) for pair in cluster]


def check_of(a: Account, b: Account) -> str:
    """Twelve digits that change with anything that a review shows of two accounts."""
    shown = repr((a.account_id, _shown(a), b.account_id, _shown(b)))
    return hashlib.blake2b(shown.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def read_answers(sheet: Sheet) -> list[Answer]:
    """What was decided in each row. Raises ReviewError where this is no review."""
    rows = iter(sheet.rows)
    places: dict[str, int] = {}
    for _, cells in rows:
        texts = [_text(cell) for cell in cells]
        if DECISION in texts and set(_BOUND) <= set(texts):
            places = {text: place for place, text in enumerate(texts)}
            break
    if not places:
        raise ReviewError(
            "This is no review of duplicates: it has no columns Decision, A account id, "
            "B account id and Check. Write one with rosterkey duplicates --out FILE.xlsx."
        )
    wanted = [places[heading] for heading in (*_BOUND, DECISION)]
    answers = []
    for number, cells in rows:
        a, b, check, word = (_text(cells[p]) if p < len(cells) else "" for p in wanted)
        if a or b or word:
            typed = " ".join(word.split())
            answers.append(Answer(number, a, b, check, _KNOWN.get(typed.casefold(), typed)))
    return answers


_KNOWN = {word.casefold(): word for word in DECISIONS}


def _text(cell: Cell) -> str:
    return cell_text(cell).strip()


def _cells(group: str, pair: Pair) -> tuple[str, ...]:
    a, b = pair.stays, pair.goes
    evidence = (f"{pair.score:.2f}", "; ".join(pair.speaks_for), "; ".join(pair.speaks_against))
    ids = (a.account_id, b.account_id, check_of(a, b))
    return ("", group, *evidence, *_shown(a), *_shown(b), *ids)


def _shown(of: Account) -> tuple[str, ...]:
    places = (of.school or "", of.grade or "", "; ".join(of.classes), str(of.status))
    return (of.username, of.student_id or "", of.name, *places)
