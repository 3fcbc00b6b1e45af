"""The page of a plan, and that of an import that was done."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from rosterkey.core.history import ImportEntry, ImportImages, ImportKind
from rosterkey.core.model import (
    Account,
    District,
    Finding,
    Gate,
    Outcome,
    Plan,
    Severity,
)
from rosterkey.core.rules import RULES
from rosterkey.report.page.content import NO_SCHOOL, Page, Question, by_school, total_counts
from rosterkey.report.words import FIELD_WORDS

LISTED = 300
"""So many students of a school are listed, unless all are asked for."""
_MESSAGES = 8
_STATES = {
    Gate.GO: ("ready", "Can be imported", "Nothing is in the way. Nothing has been written yet."),
    Gate.CONFIRM: (
        "waits",
        "Waits for confirmation",
        "It can be imported once each reason below is confirmed. Nothing has been written yet.",
    ),
    Gate.BLOCK: (
        "shut",
        "Cannot be imported",
        "The errors below have to be mended first. Nothing has been written.",
    ),
}


def page_of_plan(
    plan: Plan,
    accounts: Mapping[str, Account],
    district: District,
    source: str,
    at: dt.datetime,
    *,
    full: bool = False,
) -> Page:
    """What an import of the sheet `source` would do, and what is open before it."""
    errors: Counter[str] = Counter()
    for row in plan.rows:
        if row.outcome is Outcome.ERROR:
            account = accounts.get(row.account or "")
            errors[(account.school if account else None) or NO_SCHOOL] += 1
    schools = by_school(plan.changes, errors, None if full else LISTED)
    mood, word, state = _STATES[plan.gate]
    facts = (
        ("Sheet", source),
        ("Rows", f"{plan.counts['rows']:,}"),
        ("Stay as they are", f"{plan.counts.get('unchanged', 0):,}"),
        ("Prepared (UTC)", _time(at)),
        ("Plan", plan.digest[:16]),
    )
    confirmations, findings = _questions(plan, full)
    return Page(
        "What the import would change",
        district.name or district.code,
        state,
        word,
        mood,
        facts,
        schools,
        confirmations,
        findings,
        counts=total_counts(schools),
    )


def page_of_import(
    entry: ImportEntry, images: ImportImages, district: District, *, full: bool = False
) -> Page:
    """What an import changed, who did it, and what was confirmed for it."""
    header = entry.header
    schools = by_school(
        images.changes,
        {},
        None if full else LISTED,
        brought_back=header.kind is ImportKind.UNDO,
    )
    undone = f" It was taken back by import {entry.undone_by}." if entry.undone_by else ""
    facts = [
        ("Source", header.source),
        ("By", header.actor),
        ("When (UTC)", _time(header.at)),
        ("Reason", header.reason),
        ("Plan", header.digest[:16]),
    ]
    confirmed = tuple(Question(_title(code), code) for code in header.confirmed)
    decided = tuple(Question(decision, "decided") for decision in header.decisions)
    return Page(
        f"Import {entry.number}",
        district.name or district.code,
        f"This was written to the accounts.{undone}",
        "Taken back" if entry.undone_by else "Done",
        "waits" if entry.undone_by else "ready",
        tuple((word, text) for word, text in facts if text),
        schools,
        (*confirmed, *decided),
        done=True,
        counts=total_counts(schools),
    )


def _questions(plan: Plan, full: bool) -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """What has to be confirmed, and the errors and other warnings, by their code."""
    groups: dict[str, list[str]] = {}
    for finding in sorted(_all_findings(plan), key=lambda f: f.severity.rank):
        if finding.severity is not Severity.NOTICE:
            groups.setdefault(finding.code, []).append(finding.message)
    errors = {f.code for f in _all_findings(plan) if f.severity is Severity.ERROR}
    confirm = tuple(
        _question(c.reason, c.reason, RULES[c.reason].why, groups.pop(c.reason, [c.message]), full)
        for c in plan.confirm
    )
    others = tuple(
        _question(code, "Error" if code in errors else "Warning", RULES[code].mend, said, full)
        for code, said in groups.items()
    )
    return confirm, others


def _all_findings(plan: Plan) -> list[Finding]:
    return [*plan.findings, *(f for row in plan.rows for f in row.findings)]


def _question(code: str, word: str, why: str, messages: list[str], full: bool) -> Question:
    kept = messages if full else messages[:_MESSAGES]
    return Question(RULES[code].title, word, why, tuple(kept), len(messages) - len(kept))


def _title(code: str) -> str:
    return RULES[code].title if code in RULES else FIELD_WORDS.get(code, code)


def _time(at: dt.datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M")
