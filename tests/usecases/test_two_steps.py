"""IDs and new usernames in one import: written at once, undone together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rosterkey.cli.app import app
from rosterkey.files.read import read_sheet
from rosterkey.store import open_store
from tests.excel.desk import account_lines

RUN = CliRunner()
SHEET = (
    "Student ID,Username,New Username,First Name,Last Name\n"
    "00123,asmith,bjones,Ana,Smith\n"
    "00124,bjones,asmith,Ben,Jones\n"
    "00125,cdiaz,carla.diaz,Carla,Diaz\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A district without a single Student ID."""
    url = f"sqlite:///{(tmp_path / 'accounts.db').as_posix()}"
    lines = account_lines()
    for line in lines[1:]:
        line["student_id"] = None
    store = open_store(url)
    store.load(lines)
    store.close()
    monkeypatch.setattr("rosterkey.usecases.settings.settings_file", lambda: tmp_path / "s.toml")
    monkeypatch.setenv("ROSTERKEY_DB", url)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "roster.csv").write_text(SHEET, "utf-8")
    return tmp_path


def run(*words: str, code: int = 0) -> dict[str, object]:
    result = RUN.invoke(app, [*words, "--json"], catch_exceptions=False)
    assert result.exit_code == code, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


def accounts() -> dict[str, tuple[str | None, str, list[str]]]:
    lines = map(json.loads, RUN.invoke(app, ["dump"]).stdout.splitlines())
    people = [line for line in lines if line["kind"] == "account"]
    return {p["account"]: (p["student_id"], p["username"], p["past_usernames"]) for p in people}


def test_both_are_written_at_once_and_undone_together(folder: Path) -> None:
    before = accounts()
    plan = run("validate", "roster.csv", code=3)
    assert [c["reason"] for c in plan["confirm"]] == ["takes-name-of-other-student"]  # type: ignore[union-attr, index]
    run("import", "roster.csv", code=3)
    assert accounts() == before
    confirm = ("--confirm", "takes-name-of-other-student")
    done = run("import", "roster.csv", "--plan", str(plan["plan"]), *confirm)
    assert done["import"] == 1
    assert done["mismatches"] == []
    assert accounts() == before | {
        "a1": ("00123", "bjones", ["asmith"]),
        "a2": ("00124", "asmith", ["bjones"]),
        "a3": ("00125", "carla.diaz", ["cdiaz"]),
    }
    assert len(run("history")["imports"]) == 1  # type: ignore[arg-type]
    again = run("import", "roster.csv", "--plan", str(plan["plan"]), *confirm)
    assert again["already_imported"] is True
    later = run("import", "roster.csv")
    assert (later["gate"], later["confirm"], later["written"]) == ("go", [], False)
    run("undo", "1", "--confirm", "takes-name-of-other-student")
    after = accounts()
    assert {i: (s, u) for i, (s, u, _) in after.items()} == {
        i: (s, u) for i, (s, u, _) in before.items()
    }


def test_a_change_between_validate_and_import_is_stale(folder: Path) -> None:
    plan = run("validate", "roster.csv", code=3)
    (folder / "other.csv").write_text("Username,First Name,Last Name\nasmith,Anna,Smith\n", "utf-8")
    run("import", "other.csv")
    confirm = ("--confirm", "takes-name-of-other-student")
    stale = run("import", "roster.csv", "--plan", str(plan["plan"]), *confirm, code=4)
    assert "Smith" in str(stale["differences"])


def test_findings_are_marked_under_the_column_that_they_are_about(folder: Path) -> None:
    from openpyxl import Workbook, load_workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Student ID", "Username", "New Username"])
    sheet.append(["00123", "asmith", "ana smith"])
    book.save("roster.xlsx")
    run("validate", "roster.xlsx", "--mark", code=1)
    marked = load_workbook("roster.xlsx").worksheets[0]
    assert marked["C2"].comment is not None
    assert "a space" in marked["C2"].comment.text
    assert marked["B2"].comment is None
    assert read_sheet(folder / "roster.xlsx").rows[0][1][:3] == (
        "Student ID",
        "Username",
        "New Username",
    )


def test_a_username_of_an_account_that_no_row_names_is_taken(folder: Path) -> None:
    (folder / "one.csv").write_text(
        "Student ID,Username,New Username\n00123,asmith,devans\n", "utf-8"
    )
    plan = run("validate", "one.csv", code=1)
    [row] = plan["rows"]  # type: ignore[misc]
    assert "username-taken" in {f["code"] for f in row["findings"]}
