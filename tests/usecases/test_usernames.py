"""The command usernames, from the database to the import."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rosterkey.cli.app import app
from rosterkey.store import open_store
from rosterkey.usecases.usernames import schemes, school_year_end
from tests.excel.desk import account_lines

RUN = CliRunner()


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Four students, one of them without an ID, and no settings of a user."""
    url = f"sqlite:///{(tmp_path / 'accounts.db').as_posix()}"
    lines = account_lines()
    lines[4]["student_id"] = None
    store = open_store(url)
    store.load(lines)
    store.close()
    monkeypatch.setattr("rosterkey.usecases.settings.settings_file", lambda: tmp_path / "s.toml")
    monkeypatch.setenv("ROSTERKEY_DB", url)
    monkeypatch.chdir(tmp_path)
    return url


def run(*words: str, code: int = 0) -> str:
    result = RUN.invoke(app, list(words), catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.stdout


def test_what_is_written_can_be_imported_and_then_everybody_keeps_it(database: str) -> None:
    found = json.loads(run("usernames", "--pattern", "{first}.{last}", "--out", "n.csv", "--json"))
    assert found["counts"] == {"new": 3, "no_id": 1}
    assert found["written"] == 3
    assert {s["after"] for s in found["students"]} == {
        "ana.smith",
        "ben.jones",
        "carla.diaz",
        None,
    }
    assert Path("n.csv").stat().st_mode & 0o777 == 0o600
    plan = json.loads(run("import", "n.csv", "--json"))
    assert plan["written"] is True
    assert plan["counts"]["rename"] == 3
    again = json.loads(run("usernames", "--pattern", "{first}.{last}", "--json"))
    assert again["counts"] == {"keeps": 3, "no_id": 1}


def test_the_settings_give_pattern_and_words(database: str, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(
        'username_pattern = "{first:1}{last:1}{id}"\nrefused_words = ["bj"]\n'
        'allowed_words = ["cd"]\n',
        "utf-8",
    )
    found = json.loads(run("usernames", "--json"))
    assert found["students"][0]["before"] == "devans"  # without an ID it comes first
    assert {s["after"] for s in found["students"][1:]} == {"as00123", "bj00124", "cd00125"}
    (tmp_path / "s.toml").write_text('refused_words = "x"\n', "utf-8")
    run("usernames", "--pattern", "{first}", code=2)


def test_a_pattern_that_is_wrong_is_one_sentence(database: str) -> None:
    for pattern in ("{frist}", "nothing", "birth-date", ""):
        result = RUN.invoke(app, ["usernames", "--pattern", pattern])
        assert result.exit_code == 2
        assert len(result.stderr.splitlines()) == 1
    assert "No pattern was given." in result.stderr


def test_an_administrator_of_one_school_has_no_use_for_it(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROSTERKEY_SCHOOL", "Oak Middle")
    with pytest.raises(Exception, match="left to the district"):
        run("usernames", "--pattern", "{first}")


def test_every_scheme_gives_what_its_example_says() -> None:
    """The examples are those of Ana Smith, 00123, who leaves school in 2031."""
    listed = json.loads(run("usernames", "--schemes", "--json"))["schemes"]
    assert len(listed) == len(schemes()) == 11
    for scheme in listed:
        assert scheme["title"] in run("usernames", "--schemes")
        if scheme["pattern"] and "{draw" not in scheme["pattern"]:
            assert _made(scheme) == scheme["example"]


def _made(scheme: dict[str, str]) -> str:
    from rosterkey.core.model import Account
    from rosterkey.core.usernames.compose import Collision, Style, candidate
    from rosterkey.core.usernames.pattern import read_pattern

    ana = Account("a1", "x", "00123", "Ana", "Smith", grade="7")
    style = Style(Collision(scheme["collision"]), int(scheme["longest"]), 2026)
    return candidate(read_pattern(scheme["pattern"]), ana, style, 0).username


@pytest.mark.parametrize(("day", "year"), [((2026, 6, 30), 2026), ((2026, 7, 1), 2027)])
def test_a_school_year_begins_in_july(day: tuple[int, int, int], year: int) -> None:
    assert school_year_end(dt.date(*day)) == year


def test_a_roster_with_ids_that_are_not_stored_gets_both_in_one_import(
    database: str, tmp_path: Path
) -> None:
    (tmp_path / "ids.csv").write_text(
        "Student ID,Username,First Name,Last Name\n"
        "00126,devans,Dan,Evans\n00123,asmith2,Ana,Smith\n00400,gnew,Gil,New\n,cdiaz,Carla,Diaz\n",
        "utf-8",
    )
    words = ("usernames", "ids.csv", "--pattern", "{first:1}{last}", "--out", "both.xlsx")
    found = json.loads(run(*words, "--json"))
    assert {s["before"]: s["answer"] for s in found["students"]} == {
        "devans": "keeps",
        "asmith": "keeps",
        "gnew": "keeps",
        "cdiaz": "keeps",
    }
    words = ("usernames", "ids.csv", "--pattern", "{first}.{last}", "--out", "both.xlsx")
    assert json.loads(run(*words, "--json"))["written"] == 4
    plan = json.loads(run("import", "both.xlsx", "--json"))
    assert plan["written"] is True
    outcomes = {row["changes"]["username"][1]: row["outcome"] for row in plan["rows"]}
    assert outcomes == {
        "dan.evans": "assign_id",
        "ana.smith": "rename",
        "gil.new": "create",
        "carla.diaz": "rename",
    }


def test_a_roster_with_errors_is_refused(database: str, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("Student ID,Username\n00126,\n", "utf-8")
    with pytest.raises(Exception, match="has errors"):
        run("usernames", "bad.csv", "--pattern", "{first}")
