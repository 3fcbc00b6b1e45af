"""What is asked at a terminal, and that only a yes counts as one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from rosterkey.usecases.mappings import mappings_file
from tests.cases.program import Program
from tests.cli.terminal import CTRL_C, at_terminal
from tests.excel.desk import account_lines

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
LIST = (
    "Pupil,First Name,Last Name,Grade,School\n"
    "00123,Ana,Smith,3,Lincoln Elementary\n"
    "00124,Ben,Jones,3,Lincoln Elementary\n"
    "00125,Carla,Diaz,2,Lincoln Elementary\n"
    "00126,Dan,Evans,2,Oak Middle\n"
    "00127,Eve,Fox,2,Oak Middle\n"
)
WITHOUT_IDS = "Username,First Name,Last Name,Grade,School\nasmith,Ana,Smith,3,Lincoln Elementary\n"
HEADING = 'No column is known to be the Student ID. Is it "Pupil"? [y/N]:'
NEW = "Student ID,Username,First Name,Last Name\n00123,bjones,Ana,Smith\n00124,asmith,Ben,Jones\n"
TAKES = "Confirm takes-name-of-other-student? [y/N]:"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    loaded = Program(tmp_path)
    loaded.load(account_lines())
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    (tmp_path / "roster.csv").write_text(WITHOUT_IDS, "utf-8")
    (tmp_path / "new.csv").write_text(NEW, "utf-8")
    monkeypatch.chdir(tmp_path)
    return loaded


@pytest.mark.parametrize(
    ("command", "no"),
    [
        (("add-ids", "roster.csv", "--from", "list.csv", "--out", "made.csv"), "n\n"),
        (("rollover", "--from", "list.csv", "--out", "made.csv"), "\n"),
    ],
    ids=["add-ids", "rollover"],
)
def test_the_heading_of_the_student_ids_is_asked_and_a_yes_is_remembered(
    program: Program, command: tuple[str, ...], no: str
) -> None:
    ran = at_terminal(program, *command, answers=[(HEADING, no)])
    assert ran.code == 2
    assert '--map "Pupil=Student ID"' in " ".join(ran.out.split())
    assert not Path("made.csv").exists()
    assert not mappings_file().exists()
    ran = at_terminal(program, *command, answers=[(HEADING, "y\n")])
    assert ran.code == 0, ran.out
    assert "00123" in Path("made.csv").read_text("utf-8")
    again = at_terminal(program, *command)
    assert (again.code, "[y/N]" in again.out) == (0, False)


def test_an_import_shows_the_plan_and_asks_for_each_reason(program: Program) -> None:
    before = program.dump()
    for answer, code in (("n\n", 3), (CTRL_C, 130)):
        ran = at_terminal(program, "import", "new.csv", answers=[(TAKES, answer)])
        assert ran.code == code
        assert "2 rows" in ran.out.split("[y/N]")[0]
        assert program.dump() == before
    ran = at_terminal(program, "import", "new.csv", answers=[(TAKES, "y\n")])
    assert (ran.code, "Import 1 is done" in ran.out) == (0, True)
    assert program.accounts()["a1"]["username"] == "bjones"


def test_after_a_no_no_other_reason_is_asked_for(program: Program) -> None:
    first, second = "Confirm deletes-accounts? [y/N]:", "Confirm deletes-active-account? [y/N]:"
    ran = at_terminal(program, "delete", "asmith", answers=[(first, "n\n")])
    assert (ran.code, second in ran.out) == (3, False)
    ran = at_terminal(program, "delete", "asmith", answers=[(first, "y\n"), (second, "n\n")])
    assert ran.code == 3
    assert "a1" in program.accounts()


def test_what_an_error_stops_is_not_asked_about(program: Program) -> None:
    ran = at_terminal(program, "archive", "asmith", "nobody")
    assert (ran.code, "[y/N]" in ran.out) == (1, False)
