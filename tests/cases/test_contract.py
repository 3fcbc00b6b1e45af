"""Every worked example of the rules, from the dump and the workbook to the dump afterwards."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.cases.answer import (
    account_faults,
    gate_faults,
    invariant_faults,
    row_faults,
    rows_of,
)
from tests.cases.choices import CHOICES
from tests.cases.contract import CASES, Case, dump_lines, expand, of_kind
from tests.cases.program import Program, Ran
from tests.cases.workbook import HEADER, by_columns, write_cases_workbook

SMALL = of_kind("plan", "sheet")
MASS = of_kind("mass")
SEEDS = (1, 2, 3)
EXIT = {"go": 0, "confirm": 3, "block": 1}


def test_no_case_is_forgotten() -> None:
    assert len(CASES) == 52
    assert len(SMALL) + len(MASS) + len(of_kind("sequence", "assertion")) == 52
    assert set(CHOICES) <= set(SMALL + MASS)


@pytest.mark.parametrize("case_id", SMALL)
def test_case(case_id: str, tmp_path: Path) -> None:
    """The answer to the sheet as it stands, the import, and the accounts afterwards."""
    case = CASES[case_id]
    program = _loaded(case, tmp_path)
    told, faults = _play(program, case, _sheet(case, tmp_path))
    seen = rows_of(told)
    expected = _expected(case)
    faults += gate_faults(expected, told)
    for row in expected["rows"]:
        said = row_faults(row, seen.get(row["excel_row"]))
        faults += [f"row {row['excel_row']}: {fault}" for fault in said]
    assert faults == []


@pytest.mark.parametrize("case_id", [i for i in SMALL if len(CASES[i].get("rows", ())) > 1])
def test_case_with_its_rows_in_another_order(case_id: str, tmp_path: Path) -> None:
    """The same outcome for every student, the same gate and the same accounts."""
    case = CASES[case_id]
    program = _loaded(case, tmp_path)
    outcomes = Counter(
        (_student(case, row["excel_row"]), row["outcome"]) for row in _expected(case)["rows"]
    )
    for seed in SEEDS:
        other = _shuffled(case, seed)
        twin = program.twin(f"seed {seed}")
        told, faults = _play(twin, other, _sheet(other, twin.folder))
        assert faults == [], f"seed {seed}"
        assert gate_faults(_expected(case), told) == [], f"seed {seed}"
        rows = rows_of(told)
        seen = Counter(
            (_student(other, number), rows[number]["outcome"] if number in rows else "skipped")
            for number in (row["excel_row"] for row in other["rows"])
        )
        assert seen == outcomes, f"seed {seed}"


@pytest.mark.parametrize("case_id", MASS)
def test_mass_case(case_id: str, tmp_path: Path) -> None:
    """The guards on the sum, with their figures, and the counts."""
    case = expand(CASES[case_id])
    program = _loaded(case, tmp_path)
    told, faults = _play(program.twin("in order"), case, _sheet(case, tmp_path))
    assert faults + gate_faults(_expected(case), told) == []
    for confirmation in told["confirm"]:
        assert any(c.isdigit() for c in confirmation["message"]), "a guard tells its figures"
    wanted = case["expected"]["counts"]
    assert {key: told["counts"][key] for key in wanted} == wanted
    other = _shuffled(case, 1)
    again = program.run("validate", _sheet(other, tmp_path), "--json").json
    assert (again["gate"], again["counts"]) == (told["gate"], told["counts"])
    assert {c["reason"] for c in again["confirm"]} == {c["reason"] for c in told["confirm"]}


@pytest.mark.parametrize("case_id", ["M03", "N03", "E10", "P03", "S09"])
def test_case_in_a_process_of_its_own(case_id: str, tmp_path: Path) -> None:
    """What the installed command does is what the tests in this process see."""
    case = CASES[case_id]
    program = _loaded(case, tmp_path)
    sheet = _sheet(case, tmp_path)
    expected = _expected(case)
    ran = program.spawn("validate", sheet, "--json", "--all-rows")
    assert (ran.code, ran.err) == (EXIT[expected["gate"]], "")
    assert gate_faults(expected, ran.json) == []
    ran = program.spawn("import", sheet, "--json", *_confirmations(ran.json))
    assert ran.code == (1 if expected["gate"] == "block" else 0)
    stored = program.accounts()
    before = {line["account"]: line for line in dump_lines(case["accounts_before"])[1:]}
    assert account_faults(expected["accounts_after"], stored, before) == []


def _play(program: Program, case: Case, sheet: Path) -> tuple[dict[str, Any], list[str]]:
    """Validate and import; the plan as JSON, and what was written that should not have been."""
    expected = _expected(case)
    before = program.accounts()
    ran = program.run("validate", sheet, "--json", "--all-rows")
    faults = [] if ran.code == EXIT[expected["gate"]] else [f"validate exits with {ran.code}"]
    told = ran.json
    if told["gate"] == "confirm":
        faults += _refused(program, program.run("import", sheet, "--json"), 3, before)
    ran = program.run("import", sheet, "--json", *_confirmations(told))
    if told["gate"] == "block":
        faults += _refused(program, ran, 1, before)
    elif ran.code != 0 or ran.json["plan"] != told["plan"]:
        faults.append(f"import exits with {ran.code}: {ran.err}")
    after = program.accounts()
    if expected.get("accounts_after") is not None:
        faults += account_faults(expected["accounts_after"], after, before)
    return told, faults + invariant_faults(case, before, after)


def _refused(
    program: Program, ran: Ran, code: int, before: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    faults = []
    if ran.code != code:
        faults.append(f"import exits with {ran.code}, expected {code}")
    if ran.json["written"] or ran.json["import"] is not None:
        faults.append("import says that it wrote")
    if program.accounts() != before:
        faults.append("something was written without a right to")
    return faults


def _confirmations(told: Mapping[str, Any]) -> list[str]:
    return [word for c in told["confirm"] for word in ("--confirm", c["reason"])]


def _loaded(case: Case, folder: Path) -> Program:
    program = Program(folder)
    program.load(dump_lines(case["accounts_before"]))
    return program


def _sheet(case: Case, folder: Path) -> Path:
    path = folder / "roster.xlsx"
    if "sheet" in case:
        sheet = case["sheet"]
        rows = list(enumerate(sheet["rows"], start=2))
        hidden, filtered = sheet.get("hidden_rows", ()), sheet.get("filter")
        return write_cases_workbook(
            path, sheet["header"], rows, hidden=hidden, filter_column=filtered
        )
    header = case.get("columns") or HEADER
    rows = [(row["excel_row"], by_columns(header, row["cells"])) for row in case["rows"]]
    return write_cases_workbook(path, header, rows)


def _shuffled(case: Case, seed: int) -> Case:
    rows = list(case["rows"])
    random.Random(seed).shuffle(rows)  # noqa: S311
    numbered = [{**row, "excel_row": number} for number, row in enumerate(rows, start=2)]
    return {**case, "rows": numbered}


def _student(case: Case, number: int) -> str:
    """A row by what stands in it, whatever its number."""
    return next(repr(row["cells"]) for row in case["rows"] if row["excel_row"] == number)


def _expected(case: Case) -> dict[str, Any]:
    """What is expected of the product: the case's first answer or the chosen alternative."""
    expected: dict[str, Any] = case["expected"]
    choice = CHOICES.get(case["id"])
    if choice is None:
        return expected
    chosen = {**expected, **case["alternatives"][choice.alternative]}
    if choice.after:
        chosen["accounts_after"] = [
            {**account, **choice.after.get(account["key"], {})}
            for account in case["accounts_before"]
        ]
    return chosen
