"""Reasons of a row that stay open, and words under Decision that decide nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rosterkey.core.checks.decision_words import ANSWERS, Word, contradict
from rosterkey.core.keys import username_key
from rosterkey.core.matching.entries import Entry
from rosterkey.core.matching.match import describe
from rosterkey.core.model import Account, Finding, Severity
from rosterkey.core.reading.cells import shorten
from rosterkey.core.reading.columns import HEADING
from rosterkey.core.reading.rows import Row
from rosterkey.core.rules import people
from rosterkey.core.snapshot import Snapshot

_DUPLICATE = people.PROBABLE_DUPLICATE.code


def lines_of(entry: Entry) -> tuple[Row, ...]:
    """Every row of a student, those that repeat another one too."""
    return (*entry.rows, *entry.repeats)


def open_reasons(entry: Entry) -> dict[str, Finding]:
    """The reasons of an entry that can be decided and were not, by code."""
    return {
        f.code: f for f in entry.findings if f.severity is Severity.WARNING and f.code in ANSWERS
    }


def account_meant(word: Word, finding: Finding, snapshot: Snapshot) -> Account | None:
    """The account that a word means: the one that it names, else the best of the finding."""
    accounts = (snapshot.accounts[i] for i in finding.accounts)
    return next((a for a in accounts if word.whom in (None, username_key(a.username))), None)


def say_undecided(
    entry: Entry,
    words: Sequence[Word],
    cells: Mapping[int, str],
    snapshot: Snapshot,
    *,
    answered: bool,
) -> None:
    """Say which words of an entry decide nothing, and which ones would.

    A word that fits nothing is passed over where nothing is open, or where another reason was
    `answered`: it may stay on the sheet from an earlier time.
    """
    waiting = open_reasons(entry)
    unknown = [f'"{shorten(w.typed)}"' for w in words if not w.known]
    if unknown:
        said = f"{', '.join(unknown)} is not one of the words that decide anything."
    elif waiting and contradict(words):
        said = "the words contradict each other, so none of them counts."
    elif waiting and not answered:
        said = _unfit(words, waiting, snapshot)
    else:
        return
    row = next(row for row in lines_of(entry) if row.number in cells)
    message = f"Row {row.number}, Decision: {said} {_ways(waiting, snapshot)}"
    finding = people.UNKNOWN_DECISION.finding(message, row=row.number, column=HEADING["decision"])
    (entry.findings if row is entry.lead else row.findings).append(finding)
    entry.settled = False  # there is something to say about it


def _unfit(words: Sequence[Word], waiting: Mapping[str, Finding], snapshot: Snapshot) -> str:
    wanted = next((w for w in words if w.take), None)
    if wanted is None or _DUPLICATE not in waiting:
        return f'"{shorten(words[0].typed)}" does not answer what is asked about this row.'
    account = account_meant(wanted, waiting[_DUPLICATE], snapshot)
    if account is None:
        return f'"{shorten(wanted.typed)}" names none of the accounts that are in question.'
    return f'"{shorten(wanted.typed)}" is not possible: it is {describe(account)}.'


def _ways(waiting: Mapping[str, Finding], snapshot: Snapshot) -> str:
    offered = dict.fromkeys(word for f in waiting.values() for word in _offered(f, snapshot))
    if offered:
        return f"For this row these words count: {', '.join(offered)}."
    return "Nothing has to be decided about this row; keep notes in another column."


def _offered(finding: Finding, snapshot: Snapshot) -> tuple[str, ...]:
    """The words that would count for a reason, as the docs spell them."""
    if finding.code != _DUPLICATE:
        return ANSWERS[finding.code]
    best, *others = (snapshot.accounts[i] for i in finding.accounts)
    if best.student_id:
        ways = ["take its ID"]
    else:
        ways = [f"take ID of {a.username}" for a in others if a.student_id]
    return (*ANSWERS[_DUPLICATE], *ways, "take its username")
