"""C01: an import that is stopped at every one of its steps leaves all of it or nothing."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rosterkey.store.passwords import verify
from tests.cases.answer import account_faults
from tests.cases.contract import CASES, dump_lines
from tests.cases.program import Program
from tests.cases.test_sequences import steps_sheet

BEFORE = CASES["C01"]["accounts_before"]
_NEW = {
    "a1": {"username": "bjones"},
    "a2": {"username": "clee"},
    "a3": {"username": "asmith"},
    "n1": {"student_id": "00200"},
}
STOPPED = 130
_FARAH = {"key": "new:6", "student_id": "00300", "username": "fkhan", "first_name": "Farah",
          "last_name": "Khan", "password": "given-by-tool"}  # fmt: skip
AFTER = [
    *({**account, **_NEW[account["key"]]} for account in BEFORE),
    {**BEFORE[0], **_FARAH},
]

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="no fork on this system: an import was not stopped midway"
)


@pytest.mark.parametrize(
    ("how", "codes"), [("kill", {-9}), ("fail", {0, 2, 5, 6}), ("interrupt", {0, 6, 130})]
)
def test_import_stopped_at_every_step(how: str, codes: set[int], tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.load(dump_lines(BEFORE))
    validate, _ = CASES["C01"]["steps"]
    sheet = steps_sheet(tmp_path, validate, "roster")
    told = program.run("validate", sheet, "--json").json
    confirm = [word for reason in validate["confirm"] for word in ("--confirm", _code(reason))]
    command = ["import", "roster.xlsx", "--json", "--plan", told["plan"], *confirm]
    script = Path(__file__).with_name("crashing.py")
    swept = subprocess.run(
        [sys.executable, str(script), str(tmp_path), how, *command],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    ended = [int(code) for code in swept.stdout.split()]
    assert ended[-1] == 0, "the run that was not stopped"
    assert set(ended[:-1]) <= codes
    places = sorted((p for p in tmp_path.iterdir() if p.name.isdigit()), key=lambda p: int(p.name))
    assert int(places[-1].name) > 20, "the steps of an import were not seen"
    states = [_check(place, code) for place, code in zip(places, ended, strict=True)]
    assert {"old", "new"} == set(states)


def _check(folder: Path, code: int) -> str:
    """What one stopped run left: the state of the accounts, `old` or `new`."""
    left = Program(folder)
    stored, old = left.accounts(), {line["account"]: line for line in dump_lines(BEFORE)[1:]}
    faults = {"old": account_faults(BEFORE, stored, old), "new": account_faults(AFTER, stored, old)}
    state = "new" if not faults["new"] else "old"
    assert faults[state] == [], f"{folder.name}: neither the old nor the new accounts"
    history = left.run("history", "--json").json["imports"]
    assert len(history) == (1 if state == "new" else 0), folder.name
    if code == 0:
        assert state == "new", folder.name
    if code > 0:
        said = (folder / "err.txt").read_text("utf-8").strip()
        assert said, folder.name
        assert "Traceback" not in said, folder.name
    if code == STOPPED:
        assert "Stopped." in (folder / "err.txt").read_text("utf-8"), folder.name
    if code != 0 and state == "old":
        assert code < 0 or not list(folder.glob("*new passwords*")), folder.name
    if code > 0 and state == "new":
        assert "was done" in said + (folder / "out.txt").read_text("utf-8"), folder.name
    _import_again(left, state)
    return state


def _import_again(left: Program, state: str) -> None:
    """The next start works without help and ends in the new state, with a password for Farah."""
    sheet = left.folder / "roster.xlsx"
    confirm = ("--confirm", "takes-name-of-other-student")
    ran = left.run("import", sheet, "--json", *confirm)
    assert (ran.code, ran.json["written"]) == (0, state == "old"), left.folder.name
    stored = left.accounts()
    farah = next(line for line in stored.values() if line["username"] == "fkhan")
    handouts = list(left.folder.glob("*new passwords*.csv"))
    given = [row for path in handouts for row in _lines(path) if row["Username"] == "fkhan"]
    fits = [row for row in given if verify(farah["password_hash"], row["Password"])]
    assert len(fits) == 1, f"{left.folder.name}: the new password is in no hand-out"
    assert len(left.run("history", "--json").json["imports"]) == 1
    assert not [line for line in stored.values() if "tmp" in line["username"]]


def _lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _code(reason: str) -> str:
    return reason.replace("_", "-")
