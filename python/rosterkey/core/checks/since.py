"""Rows whose account changed since their export: base, theirs and yours (semantics: Import).

An export writes beside each row the account that it came from and its version. Where the account
has another version now, each field is merged of three: what it was (base), what it is (theirs) and
what the row says (yours). What only others changed stays theirs; what both changed is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rosterkey.core.checks.context import fold_entry
from rosterkey.core.checks.decision_words import Word, read_words, side_of
from rosterkey.core.grades import grade_key
from rosterkey.core.keys import id_key, username_key
from rosterkey.core.matching.match import describe
from rosterkey.core.model import FIELDS, Account, Decision, Finding, Fix, Severity
from rosterkey.core.options import Options
from rosterkey.core.reading.columns import HEADING
from rosterkey.core.reading.rows import CLEAR, Roster, Row
from rosterkey.core.rules import imports
from rosterkey.core.rules.rule import Rule
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.source import Key

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class _Stale:
    """A row, and the account that it came from: as it was then, None where unknown, and now."""

    row: Row
    base: Account | None
    now: Account
    classes: tuple[str, ...]
    words: tuple[Word, ...]


def keep_sides(
    roster: Roster, rows: Sequence[Row], snapshot: Snapshot, options: Options
) -> list[Decision]:
    """Give each of the rows the values of others that it knows nothing of; say what both changed.

    The rows are changed in place, before they are matched: a username that somebody else changed
    since would lead nowhere. Returns what was decided under Decision.
    """
    decided: list[Decision] = []
    for stale in _stale_rows(roster, rows, snapshot, options):
        for name in FIELDS:
            if name in roster.fields and name not in stale.row.broken:
                decided += _merge_field(stale, name)
    return decided


def _stale_rows(
    roster: Roster, rows: Sequence[Row], snapshot: Snapshot, options: Options
) -> Iterator[_Stale]:
    """The rows that are about an account that has another version now."""
    numbers = [row.number for row in rows if row.number in roster.origins]
    origins = {number: roster.origins[number] for number in numbers}
    snapshot.ask(Key.ACCOUNT, (account_id for account_id, _ in origins.values()))
    old = {
        number: (account_id, version)
        for number, (account_id, version) in origins.items()
        if account_id in snapshot.accounts and snapshot.accounts[account_id].version != version
    }
    if not old:
        return
    bases = options.earlier_states(sorted(set(old.values())))
    classes = _classes_by_origin(roster)
    for row in rows:
        origin = old.get(row.number)
        if origin is None:
            continue
        base, now = bases.get(origin), snapshot.accounts[origin[0]]
        if _is_about(row, now) or (base is not None and _is_about(row, base)):
            words = read_words(roster.decisions.get(row.number, ""))
            yield _Stale(row, base, now, classes[origin[0]], words)


def _classes_by_origin(roster: Roster) -> Mapping[str, tuple[str, ...]]:
    """The classes of every account on the sheet: a student may stand in several rows."""
    found: dict[str, tuple[str, ...]] = {}
    for row in roster.rows:
        if row.number in roster.origins:
            account_id = roster.origins[row.number][0]
            found[account_id] = (*found.get(account_id, ()), *row.classes)
    return found


def _is_about(row: Row, account: Account) -> bool:
    """Whether a key of the row is the account's: a copied row may be about somebody new."""
    student_id, username = row.get("student_id"), row.get("username")
    if student_id and account.student_id and id_key(student_id) == id_key(account.student_id):
        return True
    return username is not None and username_key(username) == username_key(account.username)


def _merge_field(stale: _Stale, name: str) -> Iterator[Decision]:
    """Merge one field; yields what was decided about it."""
    row, theirs = stale.row, _text(stale.now, name)
    yours = row.get(name)
    if yours is None or _same(stale, name, yours, theirs):
        return
    base = None if stale.base is None else _text(stale.base, name)
    if stale.base is not None and _same_text(name, base, theirs):
        return
    side = side_of(stale.words, name)
    mine_too = stale.base is None or not _same(stale, name, yours, base)
    if mine_too and side is None:
        question = _finding(stale, name, imports.BOTH_CHANGED, _question(stale, name, base, theirs))
        fix = Fix(HEADING[name], theirs) if theirs else None
        row.findings.append(replace(question, fix=fix))
        return
    if side != MINE:
        row.take(name, theirs)  # a blank one keeps what is stored
    if side is None:
        kept = f"{_shown(theirs)} stays. To import {_shown(yours)} write under Decision: "
        said = f"{_history(stale, base, theirs)} The row still says {_shown(yours)}, so {kept}"
        said += f"mine: {HEADING[name]}."
        row.findings.append(_finding(stale, name, imports.CHANGED_SINCE, said))
        return
    counts = yours if side == MINE else theirs
    said = f"{_history(stale, base, theirs)} Decided: {side}, so {_shown(counts)} counts."
    rule = imports.BOTH_CHANGED if mine_too else imports.CHANGED_SINCE
    notice = _finding(stale, name, rule, said)
    row.findings.append(replace(notice, severity=Severity.NOTICE))
    word = f"{side}: {HEADING[name]}"
    yield Decision(row.number, rule.code, word, accounts=(stale.now.account_id,))


def _question(stale: _Stale, name: str, base: str | None, theirs: str | None) -> str:
    return (
        f"{_history(stale, base, theirs)} The row says {_shown(stale.row.get(name))}. Which one "
        f"counts? Write under Decision: mine: {HEADING[name]}, or theirs: {HEADING[name]}. "
        "Confirmed without a word, the row counts."
    )


def _history(stale: _Stale, base: str | None, theirs: str | None) -> str:
    who = describe(stale.now)
    if stale.base is None:
        return f"{who} was changed since the export; {_shown(theirs)} is stored now."
    return f"since the export of {who} somebody changed {_shown(base)} to {_shown(theirs)}."


def _finding(stale: _Stale, name: str, rule: Rule, text: str) -> Finding:
    heading, number = HEADING[name], stale.row.number
    said = f"Row {number}, {heading}: {text}"
    return rule.finding(said, row=number, column=heading, accounts=(stale.now,))


def _text(account: Account, name: str) -> str | None:
    if name == "classes":
        return "; ".join(account.classes) or None
    value: str | None = getattr(account, name)
    return value or None


def _same(stale: _Stale, name: str, yours: str, stored: str | None) -> bool:
    """Whether the row says what is stored, in whatever spelling."""
    if yours == CLEAR:
        return stored is None
    if name == "classes":
        mine: Sequence[str] = stale.classes
        return _class_keys(mine) == _class_keys((stored or "").split(";"))
    return stored is not None and (
        stored == stale.row.raw.get(name) or _same_text(name, yours, stored)
    )


def _same_text(name: str, one: str | None, two: str | None) -> bool:
    if one is None or two is None:
        return one == two
    if name == "classes":
        return _class_keys(one.split(";")) == _class_keys(two.split(";"))
    fold = _FOLDS.get(name, str)
    return fold(one) == fold(two)


_FOLDS: Mapping[str, Callable[[str], str]] = {
    "student_id": id_key,
    "grade": grade_key,
    "school": fold_entry,
}


def _class_keys(names: Sequence[str]) -> set[str]:
    return {fold_entry(name) for name in names if name.strip()}


def _shown(text: str | None) -> str:
    return f'"{text}"' if text else "nothing"
