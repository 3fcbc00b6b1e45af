"""Every damaged, hostile or odd file is answered as its line in the manifest says."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from rosterkey.files.errors import UnreadableFile
from rosterkey.files.read import read_sheet
from tests.cases.program import Program, Ran
from tests.hazards.district import DATA, MANIFEST, hazard_district
from tests.hazards.expected import CHANGES, CODE_OF_FILE, CODES, HOSTILE, IDS, ROWS, UNREADABLE

SEVERITY = {"error": "error", "warning": "warning", "autofix_notice": "notice"}
LIMITED = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
from rosterkey.cli.app import main
main()
"""
"""Runs the command with at most 1.5 GB of memory."""


def test_every_file_is_in_the_manifest() -> None:
    kept = {path.name for path in DATA.iterdir() if path.suffix not in (".json", ".md")}
    words = {"formula_injection.txt", "other_interpreters.txt", "must_stay_legal.txt"}
    assert kept - words - {".gitattributes"} == set(MANIFEST)
    assert len(MANIFEST) == 94
    assert {*UNREADABLE, *HOSTILE, *IDS, *ROWS, *CHANGES, *CODE_OF_FILE} <= set(MANIFEST)


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Program]:
    """A database for each kind of Student IDs; validating changes none of them."""
    made = {}
    for ids in ("usual", "longer", "none"):
        made[ids] = Program(tmp_path_factory.mktemp(ids))
        made[ids].load(hazard_district(ids))
    return made


@pytest.mark.parametrize("name", sorted(set(MANIFEST) - UNREADABLE))
def test_file_that_is_read(name: str, programs: dict[str, Program]) -> None:
    program = programs[IDS.get(name, "usual")]
    before = program.dump()
    ran = program.run("validate", DATA / name, "--json", "--all-rows")
    assert program.dump() == before
    told, right = ran.json, MANIFEST[name]
    behaviour = right["right_behaviour"]
    findings = [*told["findings"], *(f for row in told["rows"] for f in row["findings"])]
    errors = {f["code"] for f in findings if f["severity"] == "error"}
    if behaviour == "error":
        assert ran.code == 1
        assert _code(name) in errors
    else:
        assert ran.code in ((0,) if behaviour != "warning" else (0, 3))
        assert errors == set()
    if behaviour in ("warning", "autofix_notice"):
        said = {f["code"]: f["severity"] for f in findings}
        assert said.get(_code(name)) == SEVERITY[behaviour]
    _check_rows(name, told)


def _check_rows(name: str, told: Mapping[str, Any]) -> None:
    if any(f["severity"] == "error" for f in told["findings"]):
        assert told["rows"] == [] or {r["outcome"] for r in told["rows"]} <= {"error", "skipped"}
        return
    rows = {row["row"]: row for row in told["rows"]}
    outcomes = {n: row["outcome"] for n, row in rows.items() if row["outcome"] != "unchanged"}
    assert outcomes == ROWS.get(name, {})
    assert sum(row["outcome"] != "skipped" for row in rows.values()) >= 6, "a row was lost"
    for number, changes in CHANGES.get(name, {}).items():
        assert rows[number]["changes"] == changes
    for number, row in rows.items():
        codes = {finding["code"] for finding in row["findings"]}
        assert row["outcome"] != "error" or "password-reset" not in codes, number
        assert all(f"ow {number}" in f["message"] for f in row["findings"]), number


@pytest.mark.parametrize("name", sorted(UNREADABLE))
def test_file_that_cannot_be_read(name: str, programs: dict[str, Program]) -> None:
    program = programs["usual"]
    before = program.dump()
    for command in ("validate", "import"):
        _check_refusal(program.run(command, DATA / name, "--json"))
    assert program.dump() == before
    with pytest.raises(UnreadableFile) as refused:
        read_sheet(DATA / name)
    assert refused.value.code == _code(name)
    assert MANIFEST[name]["right_behaviour"] == "error"


@pytest.mark.skipif(os.name == "nt", reason="no memory limit on this system: hostile files")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_with_little_memory(name: str, programs: dict[str, Program]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, "validate", str(DATA / name), "--json"],
        env=programs["usual"].environment,
        capture_output=True,
        timeout=30,
        check=False,
    )
    ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    if name in UNREADABLE:
        _check_refusal(ran)
    else:
        assert ran.code == (1 if MANIFEST[name]["right_behaviour"] == "error" else 0)
    assert "root:" not in ran.out + ran.err, "another file of the computer was read"
    assert not list(Path(DATA).parent.glob("evil*"))


def _check_refusal(ran: Ran) -> None:
    """Exit code 2 and one sentence for the administrator."""
    sentence = ran.err.strip()
    assert ran.code == 2, ran.err
    assert "Traceback" not in sentence
    assert len(sentence.splitlines()) == 1
    assert sentence.endswith(".")
    assert ran.out.strip() == "" or not ran.json.get("written")


def _code(name: str) -> str:
    reason = MANIFEST[name]["reason"]
    return CODE_OF_FILE.get(name) or CODES.get(reason) or reason.replace("_", "-")
