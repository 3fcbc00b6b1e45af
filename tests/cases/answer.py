"""What the product answered to a case, and what of it differs from the expectation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from rosterkey.core.keys import username_key
from rosterkey.store.passwords import verify
from tests.cases.contract import FIELDS, Case

RANK = {"ok": 0, "notice": 1, "warning": 2, "error": 3}
MAY_WARN = {"new-class", "no-id"}
"""Warnings that the rules ask for on rows of which the cases say only that all is well."""


def code(reason: str) -> str:
    """The product's code for a reason of the cases."""
    return reason.replace("_", "-")


def rows_of(told: Mapping[str, Any]) -> dict[int, dict[str, Any]]:
    """The rows of a plan by their Excel number."""
    return {row["row"]: row for row in told["rows"]}


def row_faults(expected: Mapping[str, Any], row: Mapping[str, Any] | None) -> list[str]:
    """What differs between the expectation of one row and the plan's."""
    if row is None:  # a blank row below the last one: the sheet ends above it
        return [] if expected["outcome"] == "skipped" and not expected["reasons"] else ["missing"]
    faults = [
        f"{name}: {row[name]!r}, expected {expected[name]!r}"
        for name in ("outcome", "also")
        if row[name] != expected[name]
    ]
    wanted = expected["account"]
    if row["account"] != (None if str(wanted).startswith("new:") else wanted):
        faults.append(f"account: {row['account']!r}, expected {wanted!r}")
    codes = {finding["code"] for finding in row["findings"]}
    missing = {code(reason) for reason in expected["reasons"]} - codes
    if missing:
        faults.append(f"codes: {sorted(codes)} lack {sorted(missing)}")
    text = " ".join(finding["message"] for finding in row["findings"])
    unnamed = [w for w in expected.get("message_must_name", ()) if w not in text]
    if unnamed:
        faults.append(f"the messages do not name {unnamed}: {text}")
    return faults + _severity_faults(expected["severity"], row)


def _severity_faults(wanted: str, row: Mapping[str, Any]) -> list[str]:
    seen = row["severity"]
    if (wanted == "error") != (seen == "error") or RANK[seen] < RANK[wanted]:
        return [f"severity: {seen}, expected {wanted}"]
    warned = {f["code"] for f in row["findings"] if f["severity"] == "warning"}
    if wanted == "ok" and warned - MAY_WARN:
        return [f"false alarms: {sorted(warned - MAY_WARN)}"]
    return []


def gate_faults(expected: Mapping[str, Any], told: Mapping[str, Any]) -> list[str]:
    """What differs between the expected gate with its reasons and the plan's."""
    faults = []
    if told["gate"] != expected["gate"]:
        faults.append(f"gate: {told['gate']}, expected {expected['gate']}")
    confirm = {c["reason"] for c in told["confirm"]}
    findings = [*told["findings"], *(f for row in told["rows"] for f in row["findings"])]
    errors = {f["code"] for f in findings if f["severity"] == "error"}
    if any(row["outcome"] == "error" for row in told["rows"]):
        errors.add("row-errors")
    wanted = {code(reason) for reason in expected.get("gate_reasons", ())}
    if wanted - confirm - errors:
        faults.append(f"gate reasons lack {sorted(wanted - confirm - errors)}")
    if expected["gate"] == "confirm" and confirm - wanted:
        faults.append(f"needless confirmations: {sorted(confirm - wanted)}")
    return faults


def account_faults(
    expected: Iterable[Mapping[str, Any]],
    stored: Mapping[str, Mapping[str, Any]],
    before: Mapping[str, Mapping[str, Any]],
) -> list[str]:
    """What differs between the expected accounts and those of a dump."""
    faults = []
    expected = list(expected)
    fresh = {key: line for key, line in stored.items() if key not in before}
    by_username = {line["username"]: line for line in fresh.values()}
    for account in expected:
        key = account["key"]
        new = key.startswith("new:")
        line = by_username.get(account["username"]) if new else stored.get(key)
        if line is None:
            faults.append(f"{key} is missing")
            continue
        differing = [n for n in FIELDS if _value(line[n]) != _value(account[n])]
        faults += [f"{key} {n}: {line[n]!r}, expected {account[n]!r}" for n in differing]
        faults += _password_faults(key, account["password"], line, before.get(key))
    if len(stored) != len(expected):
        faults.append(f"{len(stored)} accounts, expected {len(expected)}")
    return faults


def _value(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


def _password_faults(
    key: str, password: str, line: Mapping[str, Any], before: Mapping[str, Any] | None
) -> list[str]:
    stored = line["password_hash"]
    if password.startswith("old:"):
        kept = before is not None and stored == before["password_hash"]
        return [] if kept else [f"{key}: the stored password changed"]
    if password == "given-by-tool":  # noqa: S105
        given = bool(stored) and stored.startswith("$argon2id$")
        return [] if given else [f"{key}: no password was generated"]
    return [] if verify(stored, password) else [f"{key}: the given password does not verify"]


def invariant_faults(
    case: Case, before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """What of the invariants of every case does not hold after it."""
    faults = [f"{key} is lost" for key in before.keys() - after.keys()]
    for name in ("username", "student_id"):
        keys = Counter(username_key(line[name]) for line in after.values() if line[name])
        faults += [f"the {name} {key} is not unique" for key, n in keys.items() if n > 1]
    on_sheet = _accounts_on_sheet(case, before)
    for key in before.keys() - on_sheet:
        if after.get(key) != before[key]:
            faults.append(f"{key} is not on the sheet and changed")
    return faults


def _accounts_on_sheet(case: Case, before: Mapping[str, Mapping[str, Any]]) -> set[str]:
    named = {row["account"] for row in case["expected"].get("rows") or () if row}
    texts = {str(cell) for row in case.get("rows", ()) for cell in row["cells"].values()}
    texts |= {str(cell) for row in case.get("sheet", {}).get("rows", ()) for cell in row}
    named |= {key for key, line in before.items() if {line["student_id"], line["username"]} & texts}
    return named
