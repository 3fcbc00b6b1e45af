"""The 52 worked examples of what an import means, as they stand in `cases.json`."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rosterkey.store.passwords import hash_password
from tests.cases.program import DISTRICT

Case = dict[str, Any]
_READ = json.loads(Path(__file__).with_name("cases.json").read_text("utf-8"))
CASES: dict[str, Case] = {case["id"]: case for case in _READ["cases"]}
_FIRST, _LAST = _READ["name_lists"]["first"], _READ["name_lists"]["last"]

GRADES = ["PK", "K", *map(str, range(1, 13))]
FIELDS = ("student_id", "username", "first_name", "last_name", "school", "grade", "classes",
          "status", "role")  # fmt: skip
"""What of an account the cases state, besides the password."""


def of_kind(*kinds: str) -> list[str]:
    """The ids of the cases of these kinds, in their order."""
    return [case["id"] for case in CASES.values() if case["kind"] in kinds]


def expand(case: Case) -> Case:
    """Write the generator notation of a mass case out into plain accounts and rows."""
    if "generate" not in case:
        return case
    made = case["generate"]
    template = made["accounts"]
    accounts = [
        {
            **_filled(template["fields"], i, i),
            "key": f"g{i}",
            "status": "active",
            "role": "student",
            "district": DISTRICT,
            "password": "old:g",
        }
        for i in _counted(template)
    ]
    blocks = made["rows"] if isinstance(made["rows"], list) else [made["rows"]]
    cells = [
        _filled(block["cells"], i, i % block["count"] + 1 if "next" in block else i)
        for block in blocks
        for i in _counted(block)
    ]
    rows = [{"excel_row": n, "cells": c} for n, c in enumerate(cells, start=2)]
    return {**case, "accounts_before": accounts, "rows": rows, "columns": list(cells[0])}


def dump_lines(accounts: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The dump of a district with these accounts; passwords go in as their hashes."""
    accounts = list(accounts)
    schools = dict.fromkeys(["Lincoln Elementary", "Roosevelt Middle"])
    schools |= dict.fromkeys(a["school"] for a in accounts if a["school"])
    district: dict[str, Any] = {"kind": "district", "code": DISTRICT, "name": "Lincoln Unified"}
    district |= {"schools": list(schools), "grades": GRADES}
    return [district, *map(_line, accounts)]


@functools.cache
def hashed(password: str) -> str:
    """The hash of a password, made once in a test process: it is slow on purpose."""
    return hash_password(password)


def _line(account: Mapping[str, Any]) -> dict[str, Any]:
    named = {"kind": "account", "district": account["district"], "account": account["key"]}
    stored = {name: account[name] for name in FIELDS}
    return {**named, **stored, "password_hash": hashed(account["password"])}


def _counted(block: Mapping[str, Any]) -> range:
    return range(block["start"], block["start"] + block["count"])


def _name(i: int) -> tuple[str, str]:
    return _FIRST[i % 80], _LAST[(37 * i + i // 80) % 80]


def _filled(value: Any, i: int, following: int) -> Any:
    if isinstance(value, str):
        first, last = _name(i)
        first_next, last_next = _name(following)
        return value.format(
            i=i, next=following, first=first, last=last, first_next=first_next, last_next=last_next
        )
    if isinstance(value, list):
        return [_filled(one, i, following) for one in value]
    if isinstance(value, dict):
        filled = {key: _filled(one, i, following) for key, one in value.items()}
        return int(filled["number"]) if set(filled) == {"number"} else filled
    return value
