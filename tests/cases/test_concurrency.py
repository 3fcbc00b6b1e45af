"""K01: two administrators validated on the same state and import at the same moment."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cases.answer import account_faults
from tests.cases.contract import CASES, dump_lines
from tests.cases.program import Program
from tests.cases.test_sequences import steps_sheet

WAITING = """
import sys
from rosterkey.cli.app import main
import rosterkey.usecases.import_
print("ready", file=sys.stderr, flush=True)
sys.stdin.readline()
main()
"""
"""Starts the command only when told to, so that both are under way at once."""


@pytest.mark.parametrize("attempt", [1, 2, 3])
def test_two_imports_of_one_student_at_once(attempt: int, tmp_path: Path) -> None:
    case = CASES["K01"]
    program = Program(tmp_path)
    program.load(dump_lines(case["accounts_before"]))
    first, second, *_ = (_validated(program, step) for step in case["steps"][:2])
    running = [_start(program, *one) for one in (first, second)]
    for process in running:
        assert process.stderr is not None
        assert process.stderr.readline() == "ready\n"
    for process in running[:: 1 if attempt % 2 else -1]:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    ended = [process.communicate(timeout=60) for process in running]
    assert sorted(process.returncode for process in running) == [0, 4], ended
    told = [json.loads(out) for out, _ in ended]
    assert sorted(one["written"] for one in told) == [False, True]
    loser = next(one for one in told if not one["written"])
    assert loser["reason"] == "stale-plan"
    assert any("00123" in said for said in loser["differences"])
    stored = program.accounts()
    possible = case["steps"][-1]["any"]
    before = {line["account"]: line for line in dump_lines(case["accounts_before"])[1:]}
    assert any(account_faults(accounts, stored, before) == [] for accounts in possible)
    assert len(program.run("history", "--json").json["imports"]) == 1


def _validated(program: Program, step: dict[str, Any]) -> tuple[Path, str]:
    sheet = steps_sheet(program.folder, step, step["plan"])
    told = program.run("validate", sheet, "--json").json
    return sheet, told["plan"]


def _start(program: Program, sheet: Path, plan: str) -> subprocess.Popen[str]:
    arguments = ["import", str(sheet), "--json", "--plan", plan]
    return subprocess.Popen(
        [sys.executable, "-c", WAITING, *arguments],
        env=program.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
