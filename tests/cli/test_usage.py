"""Whoever types a command wrongly reads one sentence, and where to read how it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from rosterkey.core.history import ImportKind
from rosterkey.core.rules import RULES
from rosterkey.core.rules.reasons import reasons_of
from tests.cases.contract import dump_lines
from tests.cases.program import Program


@pytest.fixture
def program(tmp_path: Path) -> Program:
    loaded = Program(tmp_path)
    loaded.load(dump_lines([]))
    return loaded


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("history abc", '"abc" is not the number of an import; rosterkey history lists them.'),
        ("history ²", '"²" is not the number of an import; rosterkey history lists them.'),
        ("undo last", '"last" is not the number of an import; rosterkey history lists them.'),
        ("purge --before yesterday", '"yesterday" is not a day; write it as 2021-07-01.'),
        ("purge --before 2021-02-30", '"2021-02-30" is not a day; write it as 2021-07-01.'),
        ("purge", "Missing option '--before'. See: rosterkey purge -h"),
        ("validate", "Missing argument 'FILE'. See: rosterkey validate -h"),
        ("export --nope", "No such option: --nope. See: rosterkey export -h"),
        ("nothing", "No such command 'nothing'. See: rosterkey -h"),
        (
            "usernames --max 2",
            "Invalid value for '--max': 2 is not in the range 3<=x<=64. See: rosterkey usernames "
            "-h",
        ),
    ],
)
def test_wrong_usage_is_one_sentence(program: Program, command: str, said: str) -> None:
    ran = program.run(*command.split())
    assert (ran.code, ran.out, ran.err) == (2, "", f"{said}\n")


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("import roster.csv", ImportKind.SHEET),
        ("undo 1", ImportKind.UNDO),
        ("archive asmith", ImportKind.ARCHIVE),
        ("restore asmith", ImportKind.RESTORE),
        ("delete asmith", ImportKind.DELETE),
        ("merge review.xlsx", ImportKind.MERGE),
        ("purge --before 2021-07-01", ImportKind.PURGE),
    ],
)
def test_a_reason_that_nothing_asks_for_is_refused_with_those_that_this_may(
    program: Program, command: str, kind: ImportKind
) -> None:
    assert not RULES["username-taken"].confirms
    for slip in ("mass-creates", "username-taken"):
        ran = program.run(*command.split(), "--confirm", reasons_of(kind)[0], "--confirm", slip)
        said = f'"{slip}" is no reason that can be confirmed; what may be asked for here is '
        assert (ran.code, ran.out, ran.err) == (2, "", f"{said}{', '.join(reasons_of(kind))}.\n")


def test_a_reason_of_another_command_does_no_harm(program: Program) -> None:
    ran = program.run("undo", "7", "--confirm", "mass-create")
    assert (ran.code, ran.err) == (5, "There is no import 7 in the district D1.\n")


def test_without_a_command_the_help_is_all_that_is_said(program: Program) -> None:
    ran = program.spawn()
    assert (ran.code, ran.err) == (2, "")
    assert "Usage: rosterkey" in ran.out


def test_a_number_and_a_day_are_taken(program: Program) -> None:
    assert "There is no import 7 in the district D1" in program.run("history", "7").err
    assert "No import is older" in program.run("purge", "--before", "2021-07-01").out


@pytest.mark.parametrize("how", [typer.Abort, KeyboardInterrupt])
def test_ctrl_c_is_told_at_a_question_and_in_the_work(
    program: Program, how: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise how

    monkeypatch.setattr("rosterkey.usecases.export.export", stop)
    ran = program.run("export")
    assert (ran.code, ran.out) == (130, "")
    assert ran.err.startswith("Stopped. What was under way is written whole or not at all")
