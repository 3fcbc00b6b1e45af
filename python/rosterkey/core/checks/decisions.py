"""What was decided about single rows, on the sheet or in an earlier import (semantics: The gate).

A decision answers one reason of one row: "really new" confirms it, "take its ID" and "take its
username" plan the row as if the cell held the key of the account that the finding names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rosterkey.core.checks.decision_words import (
    ANSWERS,
    CONFIRMED,
    LASTING,
    Word,
    contradict,
    read_words,
)
from rosterkey.core.keys import username_key
from rosterkey.core.matching.entries import Entry
from rosterkey.core.matching.match import describe
from rosterkey.core.model import Account, Decision, Finding, Severity
from rosterkey.core.people.names import fold_name
from rosterkey.core.reading.cells import shorten
from rosterkey.core.reading.columns import HEADING
from rosterkey.core.reading.rows import Row
from rosterkey.core.rules import people
from rosterkey.core.snapshot import Snapshot

_DUPLICATE = people.PROBABLE_DUPLICATE.code
_SPOKEN = {"student_id": "ID", "username": "username"}


@dataclass(frozen=True, slots=True)
class Take:
    """A row that takes the Student ID or the username of an account, as `finding` offers it."""

    field: str
    value: str
    account: Account
    finding: Finding

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
        finding = _open(entry).get(_DUPLICATE)
        if not words or finding is None or contradict(words):
            continue
        wanted = next((w for w in words if w.take), None)
        account = wanted and _meant(wanted, finding, snapshot)
        if wanted and wanted.take and account and getattr(account, wanted.take):
            take = Take(wanted.take, getattr(account, wanted.take), account, finding)
            numbers = (row.number for row in _lines(entry))
            found |= {number: take for number in numbers if number not in taken}
    return found


def take_keys(rows: Iterable[Row], taken: Mapping[int, Take]) -> None:
    """Give every row that takes a key that key, as if it stood in the cell."""
    for row in rows if taken else ():
        take = taken.get(row.number)
        if take is None:
            continue
        row.values[take.field] = take.value
        row.raw.pop(take.field, None)
        row.numeric -= {take.field}
        row.broken -= {take.field}
        row.findings = [f for f in row.findings if f.column != HEADING[take.field]]


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
        counts = _tell_taken(entry, taken)
        counts += _answer(entry, words, snapshot)
        if words:
            _say_unknown(entry, words, bool(counts), cells, snapshot)
        if counts and not entry.failed:
            decided += counts
    return sorted(decided, key=lambda d: d.row)


def person_of(entry: Entry) -> tuple[str, str]:
    """Who an entry means: its Student ID key, else its username key; and its folded name."""
    key = f"id {entry.id_key}" if entry.id_key else f"username {entry.username_key}"
    first, last = entry.lead.get("first_name") or "", entry.lead.get("last_name") or ""
    return key, f"{fold_name(first)} {fold_name(last)}".strip()


def _lines(entry: Entry) -> tuple[Row, ...]:
    return (*entry.rows, *entry.repeats)


def _words(entry: Entry, cells: Mapping[int, str]) -> tuple[Word, ...]:
    texts = [cells[row.number] for row in _lines(entry) if row.number in cells]
    return tuple(word for text in texts for word in read_words(text))


def _open(entry: Entry) -> dict[str, Finding]:
    """The reasons of an entry that can be decided and were not, by code."""
    return {
        f.code: f for f in entry.findings if f.severity is Severity.WARNING and f.code in ANSWERS
    }


def _meant(word: Word, finding: Finding, snapshot: Snapshot) -> Account | None:
    """The account that a word means: the one that it names, else the best of the finding."""
    accounts = (snapshot.accounts[i] for i in finding.accounts)
    return next((a for a in accounts if word.whom in (None, username_key(a.username))), None)


def _tell_taken(entry: Entry, taken: Mapping[int, Take]) -> list[Decision]:
    """Keep the finding that a row answered by taking a key, as a notice."""
    found = {taken[row.number].word: taken[row.number] for row in _lines(entry)
             if row.number in taken} if taken else {}  # fmt: skip
    counts = []
    for word, take in found.items():
        said = (
            f"Row {entry.number}, Decision: {word}. The row is planned as if "
            f"{HEADING[take.field]} held {take.value}, of {describe(take.account)}."
        )
        notice = replace(
            take.finding, severity=Severity.NOTICE, message=said, row=entry.number,
            column=HEADING["decision"], fix=None, accounts=(take.account.account_id,),
        )  # fmt: skip
        entry.findings.append(notice)
        entry.settled = False  # there is something to say about it
        accounts = (take.account.account_id,)
        counts.append(Decision(entry.number, _DUPLICATE, word, person_of(entry), accounts))
    return counts


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


def _say_unknown(
    entry: Entry,
    words: Sequence[Word],
    counts: bool,
    cells: Mapping[int, str],
    snapshot: Snapshot,
) -> None:
    """Say which words of an entry decide nothing, and which ones would."""
    waiting = _open(entry)
    said = _problem(entry, words, waiting, counts, snapshot)
    if said is None:
        return
    row = next(row for row in _lines(entry) if row.number in cells)
    offered = dict.fromkeys(word for f in waiting.values() for word in _offered(f, snapshot))
    if offered:
        said += f" For this row these words count: {', '.join(offered)}."
    else:
        said += " Nothing has to be decided about this row; keep notes in another column."
    message = f"Row {row.number}, Decision: {said}"
    finding = people.UNKNOWN_DECISION.finding(message, row=row.number, column=HEADING["decision"])
    (entry.findings if row is entry.lead else row.findings).append(finding)
    entry.settled = False


def _problem(
    entry: Entry,
    words: Sequence[Word],
    waiting: Mapping[str, Finding],
    counts: bool,
    snapshot: Snapshot,
) -> str | None:
    unknown = [f'"{shorten(w.typed)}"' for w in words if not w.known]
    if unknown:
        return f"{', '.join(unknown)} is not one of the words that decide anything."
    if not waiting:
        return None
    if contradict(words):
        return "the words contradict each other, so none of them counts."
    duplicate = waiting.get(_DUPLICATE)
    wanted = next((w for w in words if w.take), None)
    if duplicate and wanted:
        account = _meant(wanted, duplicate, snapshot)
        if account is None:
            return f'"{shorten(wanted.typed)}" names none of the accounts that are in question.'
        return f'"{shorten(wanted.typed)}" is not possible: {describe(account)}.'
    if counts:
        return None
    return f'"{shorten(words[0].typed)}" does not answer what is asked about this row.'


def _offered(finding: Finding, snapshot: Snapshot) -> tuple[str, ...]:
    """The words that would count for a reason, in the spelling of the docs."""
    if finding.code != _DUPLICATE:
        return ANSWERS[finding.code]
    known = [snapshot.accounts[i] for i in finding.accounts]
    way = ("take its ID",) if any(a.student_id for a in known) else ()
    return (*ANSWERS[_DUPLICATE], *way, "take its username")
