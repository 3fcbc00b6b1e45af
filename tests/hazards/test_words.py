"""Names and usernames that are odd: what stays legal, what is stopped, what counts as equal."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rosterkey.core.keys import username_key
from rosterkey.core.model import Account, District, Outcome, Plan, PlannedRow
from rosterkey.core.plan import make_plan
from rosterkey.core.sheet import Sheet
from rosterkey.core.snapshot import Snapshot
from tests.hazards.district import DATA

DISTRICT = District("D1", "", ("Lincoln Elementary",), ("3",))
HEADER = ("Student ID", "Username", "First Name", "Last Name")
ANA = Account("a1", "asmith", "00123", "Ana", "Smith", "Lincoln Elementary", "3")


def _lines(name: str) -> list[str]:
    # Only a line feed ends a line: the words themselves hold tabs and other separators.
    return Path(DATA / name).read_bytes().decode("utf-8").rstrip("\n").split("\n")


def _json(name: str) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads((DATA / name).read_text("utf-8"))
    return read


LEGAL = _lines("must_stay_legal.txt")
FORMULAS = _lines("formula_injection.txt")
OTHERS = _lines("other_interpreters.txt")
TRAPS = _json("case_normalisation_traps.json")
CHARACTERS = _json("invisible_and_lookalike_punctuation.json")


def _plan(*cells: str | None, account: Account | None = None) -> tuple[Plan, PlannedRow]:
    sheet = Sheet("Import", ((1, HEADER), (2, cells)))
    plan = make_plan(sheet, Snapshot(DISTRICT, [account] if account else []))
    return plan, plan.rows[0]


def _codes(row: PlannedRow, severity: str | None = None) -> set[str]:
    return {f.code for f in row.findings if severity in (None, f.severity)}


def _stored(text: str) -> str:
    """A name as it is kept: NFC, one plain space where there were several."""
    return re.sub(" +", " ", unicodedata.normalize("NFC", text)).strip(" ")


@pytest.mark.parametrize("name", [*LEGAL, *OTHERS])
def test_real_name_is_stored_to_the_letter(name: str) -> None:
    plan, row = _plan("00900", "new.one", name, "Okafor")
    assert row.outcome is Outcome.CREATE, row.findings
    assert plan.changes[0].after is not None
    assert plan.changes[0].after.first_name == _stored(name)
    plan, row = _plan("00123", "asmith", name, "Smith", account=ANA)
    wanted = Outcome.UNCHANGED if name == "Ana" else Outcome.UPDATE
    assert row.outcome is wanted, row.findings
    assert plan.changes[0].after is not None
    assert plan.changes[0].after.first_name == _stored(name)


@pytest.mark.parametrize("column", ["First Name", "Last Name", "Username"])
@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_a_spreadsheet_would_run_is_stopped(text: str, column: str) -> None:
    cells = dict(zip(HEADER, ("00123", "asmith", "Ana", "Smith"), strict=True)) | {column: text}
    _, row = _plan(*cells.values(), account=ANA)
    assert row.outcome is Outcome.ERROR
    wanted = {"formula-text"}
    if column == "Username":  # a username with such letters is refused for more than one reason
        wanted |= {"bad-username", "bad-character", "look-alike-username"}
    assert _codes(row, "error") & wanted


@pytest.mark.parametrize("text", FORMULAS)
def test_formula_is_stopped_in_school_grade_and_class(text: str) -> None:
    header = ("Student ID", "Username", "School", "Grade", "Class")
    for position in (2, 3, 4):
        cells: list[str | None] = ["00123", "asmith", None, None, None]
        cells[position] = text
        sheet = Sheet("Import", ((1, header), (2, tuple(cells))))
        row = make_plan(sheet, Snapshot(DISTRICT, [ANA])).rows[0]
        assert row.outcome is Outcome.ERROR, header[position]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(1)", "+1", "\tAna", "'=1+1", "-2+3"])
def test_what_is_stored_already_is_no_alarm(text: str) -> None:
    _, row = _plan("00123", "asmith", text, "Smith", account=replace(ANA, first_name=text))
    assert row.outcome is Outcome.UNCHANGED
    assert row.findings == []


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: ascii(trap["a"]))
def test_usernames_are_equal_by_nfc_and_casefold_alone(trap: dict[str, Any]) -> None:
    equal = username_key(trap["a"]) == username_key(trap["b"])
    assert equal is trap["nfc_casefold_eq"]


@pytest.mark.parametrize(
    "trap", [t for t in TRAPS if not t["nfkc_casefold_eq"]], ids=lambda t: ascii(t["a"])
)
def test_other_letters_never_match_an_account(trap: dict[str, Any]) -> None:
    """`a` on the sheet is not the account `b`, unless cleaning says so and tells it."""
    _, row = _plan(None, trap["a"], "Ana", "Smith", account=replace(ANA, username=trap["b"]))
    if row.account is not None:
        assert "cleaned" in _codes(row)
        assert "zero width" in trap["why"]
    elif "look-alike" in trap["why"] or "confusable warning" in trap["why"]:
        assert "look-alike-username" in _codes(row, "error")


@pytest.mark.parametrize("entry", CHARACTERS, ids=lambda entry: entry["cp"])
def test_odd_character_in_a_name(entry: dict[str, Any]) -> None:
    character = chr(int(entry["cp"][2:], 16))
    plan, row = _plan("00123", "asmith", f"An{character}na", "Smith", account=ANA)
    rule = entry["in_name_fields"]
    if rule.startswith("error"):
        assert _codes(row, "error") == {"bad-character"}
        return
    assert row.outcome is Outcome.UPDATE, row.findings
    assert plan.changes[0].after is not None
    name = plan.changes[0].after.first_name
    if "space" in rule or "U+0020" in rule:
        assert (name, "cleaned" in _codes(row)) == ("An na", True)
    elif rule.startswith("remove"):
        assert (name, "cleaned" in _codes(row)) == ("Anna", True)
    elif "\uff01" <= character <= "\uff5e":  # a full-width form is repaired wherever it stands
        assert (name, "cleaned" in _codes(row)) == (
            f"An{unicodedata.normalize('NFKC', character)}na",
            True,
        )
    elif rule.startswith(("keep", "KEEP")):
        assert name == f"An{character}na"
    else:
        assert rule == "review"
        assert "cleaned" in _codes(row) or _codes(row, "error") or _codes(row, "warning")


@pytest.mark.parametrize(
    "entry",
    [e for e in CHARACTERS if "edges" in e["in_name_fields"] or "trim" in e["in_name_fields"]],
    ids=lambda entry: entry["cp"],
)
def test_odd_character_at_the_edge_of_a_name(entry: dict[str, Any]) -> None:
    character = chr(int(entry["cp"][2:], 16))
    _, row = _plan("00123", "asmith", f"{character}Ana{character}", "Smith", account=ANA)
    assert row.outcome is Outcome.UNCHANGED, row.findings


@pytest.mark.parametrize("column", ["Student ID", "Username"])
@pytest.mark.parametrize("entry", CHARACTERS, ids=lambda entry: entry["cp"])
def test_odd_character_in_a_key(entry: dict[str, Any], column: str) -> None:
    character = chr(int(entry["cp"][2:], 16))
    usual = dict(zip(HEADER, ("00123", "asmith", "Ana", "Smith"), strict=True))
    inside = usual | {column: usual[column][:3] + character + usual[column][3:]}
    edges = usual | {column: f"{character}{usual[column]}{character}"}
    _, inner = _plan(*inside.values(), account=ANA)
    _, outer = _plan(*edges.values(), account=ANA)
    rule = entry["in_id_or_username"]
    if rule.startswith("error for U+202A"):
        stopped = 0x202A <= ord(character) <= 0x202E or 0x2066 <= ord(character) <= 0x2069
        rule = "error" if stopped else "remove + notice"
    if rule.startswith("error"):
        assert inner.outcome is Outcome.ERROR
        assert outer.outcome is Outcome.ERROR
    elif rule.startswith("remove"):
        assert (inner.account, inner.outcome) == ("a1", Outcome.UNCHANGED)
        assert (outer.account, outer.outcome) == ("a1", Outcome.UNCHANGED)
        assert "cleaned" in _codes(inner)
    elif "inside: error" in rule or "error if inside" in rule:
        assert inner.outcome is Outcome.ERROR
        assert (outer.account, outer.outcome) == ("a1", Outcome.UNCHANGED)
        assert "cleaned" in _codes(outer)
    elif rule == "review":
        assert inner.outcome is Outcome.ERROR or "cleaned" in _codes(inner)
    else:
        assert rule.startswith("map to")
        assert inner.outcome is not Outcome.UNCHANGED


def test_typographic_mark_in_a_username_is_read_as_the_plain_one() -> None:
    """The apostrophe and the hyphen that Excel puts in match what is stored, with a warning."""
    for typed in ("o\u2019brien", "o\u2018brien", "o\u02bcbrien"):
        _, row = _plan("00123", typed, "Ana", "Smith", account=replace(ANA, username="o'brien"))
        assert row.outcome is Outcome.UNCHANGED
        assert "odd-character" in _codes(row, "warning")
    for typed in ("a\u2011b", "a\u2013b", "a\u2212b"):
        _, row = _plan("00123", typed, "Ana", "Smith", account=replace(ANA, username="a-b"))
        assert row.outcome is Outcome.UNCHANGED
        assert "odd-character" in _codes(row, "warning")
