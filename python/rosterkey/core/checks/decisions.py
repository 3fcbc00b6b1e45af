"""What was decided about single rows, on the sheet or in an earlier import (semantics: The gate).

A decision answers one reason of one row: "really new" confirms it, "take its ID" and "take its
username" plan the row as if the cell held the key of the account that the finding names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rosterkey.core.checks.decision_words import ANSWERS, LASTING, Word, contradict, read_words
from rosterkey.core.checks.undecided import (
    account_meant,
    lines_of,
    open_reasons,
    say_undecided,
)
from rosterkey.core.matching.entries import Entry
from rosterkey.core.matching.match import describe
from rosterkey.core.model import Account, Decision, Finding, Severity
from rosterkey.core.people.names import fold_name
from rosterkey.core.reading.columns import HEADING
from rosterkey.core.reading.rows import Row
from rosterkey.core.rules import keys, people
from rosterkey.core.snapshot import Snapshot

_DUPLICATE = people.PROBABLE_DUPLICATE.code
_SPOKEN = {"student_id": "ID", "username": "username"}


@dataclass(frozen=True, slots=True)
class Take:
    """A student of the sheet, by first row, who takes the Student ID or username of an account."""

    row: int
    field: str
    value: str
    account: Account

    @property
    def word(self) -> str:
        """The decision, spelled out with the account that it means."""
        return f"take {_SPOKEN[self.field]} of {self.account.username}"


def wanted_takes(
    entries: Iterable[Entry],
    cells: Mapping[int, str],
    snapshot: Snapshot,
    taken: Mapping[int, Take],
) -> dict[int, Take]:
    """The rows that are to take a key of an account and have not yet, by row number.

    `cells` are the texts under Decision by row number, `taken` what was taken before.
    """
    if not cells:
        return {}
    found: dict[int, Take] = {}
    for entry in entries:
        words = _words(entry, cells)
        finding = open_reasons(entry).get(_DUPLICATE)
        if not words or finding is None or contradict(words):
            continue
        wanted = next((w for w in words if w.take), None)
        account = wanted and account_meant(wanted, finding, snapshot)
        if wanted and wanted.take and account and getattr(account, wanted.take):
            value = getattr(account, wanted.take)
            take = Take(entry.number, wanted.take, value, account)
            numbers = (row.number for row in lines_of(entry))
            found |= {number: take for number in numbers if number not in taken}
    return found


def take_keys(rows: Iterable[Row], taken: Mapping[int, Take]) -> None:
    """Give every row that takes a key that key, as if it stood in the cell.

    Where several students of the sheet would take one account, none does and all are errors.
    """
    if not taken:
        return
    takers: dict[str, set[int]] = {}
    for take in taken.values():
        takers.setdefault(take.account.account_id, set()).add(take.row)
    for row in rows:
        if row.number not in taken:
            continue
        take = taken[row.number]
        others = takers[take.account.account_id] - {take.row}
        if others:
            _refuse_take(row, take, others)
        else:
            _take_key(row, take)


def _take_key(row: Row, take: Take) -> None:
    row.take(take.field, take.value)
    row.broken -= {take.field}


def _refuse_take(row: Row, take: Take, others: Iterable[int]) -> None:
    listed = ", ".join(f"row {number}" for number in sorted(others))
    said = (
        f"Row {row.number}, Decision: {listed} takes the same account, {describe(take.account)}. "
        "Only one of them can be this student; decide anew for the others."
    )
    finding = keys.TWO_ROWS_ONE_ACCOUNT.finding(
        said, row=row.number, column=HEADING["decision"], accounts=(take.account,)
    )
    row.findings.append(finding)


def decide_rows(
    entries: Iterable[Entry],
    cells: Mapping[int, str],
    snapshot: Snapshot,
    taken: Mapping[int, Take],
) -> list[Decision]:
    """Turn what was decided into notices and say what could not be; return what counts.

    The arguments are those of `wanted_takes`. A decision on a row with an error answers its
    reason too, but is not returned: nothing becomes of that row.
    """
    if not (cells or taken or snapshot.decided):
        return []
    decided: list[Decision] = []
    for entry in entries:
        words = _words(entry, cells) if cells else ()
        if not (words or taken or entry.findings):
            continue
        counts = _tell_taken(entry, taken) if taken else []
        counts += _answer(entry, words, snapshot)
        if words:
            say_undecided(entry, words, cells, snapshot, answered=bool(counts))
        if counts and not entry.failed:
            decided += counts
    return sorted(decided, key=lambda d: d.row)


def person_of(entry: Entry) -> tuple[str, str]:
    """Who an entry means: its Student ID key, else its username key; and its folded name."""
    key = f"id {entry.id_key}" if entry.id_key else f"username {entry.username_key}"
    first, last = entry.lead.get("first_name") or "", entry.lead.get("last_name") or ""
    return key, f"{fold_name(first)} {fold_name(last)}".strip()


def _words(entry: Entry, cells: Mapping[int, str]) -> tuple[Word, ...]:
    texts = [cells[row.number] for row in lines_of(entry) if row.number in cells]
    # Whose value counts was settled when the row was read: `since.keep_sides`.
    return tuple(word for text in texts for word in read_words(text) if not word.side)


def _tell_taken(entry: Entry, taken: Mapping[int, Take]) -> list[Decision]:
    """Keep the finding that a row answered by taking a key, as a notice."""
    take = next((taken[row.number] for row in lines_of(entry) if row.number in taken), None)
    if take is None or entry.account is not take.account:
        return []
    said = (
        f"Row {entry.number}, Decision: {take.word}. The row is planned as if "
        f"{HEADING[take.field]} held {take.value}, of {describe(take.account)}."
    )
    accounts = (take.account.account_id,)
    column = HEADING["decision"]
    notice = Finding(_DUPLICATE, Severity.NOTICE, said, entry.number, column, accounts=accounts)
    entry.findings.append(notice)
    entry.settled = False  # there is something to say about it
    return [Decision(entry.number, _DUPLICATE, take.word, person_of(entry), accounts)]


def _answer(entry: Entry, words: Sequence[Word], snapshot: Snapshot) -> list[Decision]:
    """Turn the reasons of an entry that were decided into notices."""
    counts = []
    contradictory = contradict(words)
    # Whoever wants something else than confirming is asked, whatever was decided before.
    remembers = bool(snapshot.decided) and all(w.known and not w.take for w in words)
    for place, finding in enumerate(entry.findings):
        if finding.severity is not Severity.WARNING or finding.code not in ANSWERS:
            continue
        known = () if contradictory else ANSWERS[finding.code]
        word = next((w.folded for w in words if w.folded in known), None)
        earlier = None
        if word is None and remembers and finding.code in LASTING:
            earlier = _remembered(entry, finding, snapshot)
        if word or earlier:
            decision = Decision(
                entry.number,
                finding.code,
                word or earlier or "",
                person_of(entry),
                finding.accounts,
                finding.code in LASTING,
                earlier is not None,
            )
            entry.findings[place] = _decided(finding, decision)
            counts.append(decision)
    return counts


def _remembered(entry: Entry, finding: Finding, snapshot: Snapshot) -> str | None:
    """The word that was given before about this person and every account of the finding."""
    pairs = [(finding.code, *person_of(entry), account) for account in finding.accounts]
    words = [snapshot.decided.get(pair) for pair in pairs]
    return words[0] if words and None not in words else None


def _decided(finding: Finding, decision: Decision) -> Finding:
    said = f"{finding.message} Decided: {decision.word}."
    if decision.remembered:
        said = (
            f"{finding.message} Decided in an earlier import: {decision.word}. Another word under "
            "Decision counts instead."
        )
    return replace(finding, severity=Severity.NOTICE, message=said, fix=None)
