"""Renames as files for other systems, and a roster of another system as the database."""

from __future__ import annotations

import csv
import datetime as dt
import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rosterkey.cli.app import app
from rosterkey.core.model import Account
from rosterkey.core.prepare.one_roster import TABLES, USERS
from rosterkey.files.one_roster import read_zip
from rosterkey.files.other_systems import write_canvas, write_moodle, write_one_roster
from rosterkey.store import open_store
from tests.excel.desk import account_lines

RUN = CliRunner()
SHEET = (
    "Student ID,Username,First Name,Last Name,Grade,School\n"
    "00123,ana.smith,Ana,Smith,3,Lincoln Elementary\n"
    "00124,Ben.Jones,Ben,Jones,3,Lincoln Elementary\n"
    "00125,cdiaz,Carla,Diaz,3,Lincoln Elementary\n"
)
GOOGLE = (
    "First Name [Required],Last Name [Required],Email Address [Required],Password [Required],"
    "Org Unit Path [Required],New Primary Email [UPLOAD ONLY],Department\n"
    "Ana,Smith,asmith@s.example.org,,/Students/3,,=cmd()\n"
    "Zoe,Fox,zfox@s.example.org,,/Students/4,,x\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a sheet that renames two and moves up a third, and a database of four."""
    url = f"sqlite:///{(tmp_path / 'accounts.db').as_posix()}"
    store = open_store(url)
    store.load(account_lines())
    store.close()
    monkeypatch.setattr("rosterkey.usecases.settings.settings_file", lambda: tmp_path / "s.toml")
    monkeypatch.setattr("rosterkey.usecases.mappings.mappings_file", lambda: tmp_path / "c.json")
    monkeypatch.setenv("ROSTERKEY_DB", url)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "roster.csv").write_text(SHEET, "utf-8")
    (tmp_path / "google.csv").write_text(GOOGLE, "utf-8")
    return tmp_path


def run(*words: str, code: int = 0) -> str:
    result = RUN.invoke(app, list(words), catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.stdout


def lines(path: str) -> list[dict[str, str]]:
    """A file as a program reads it, without a byte order mark and with CRLF."""
    text = Path(path).read_bytes()
    assert not text.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in text
    assert Path(path).stat().st_mode & 0o777 == 0o600
    return list(csv.DictReader(text.decode("utf-8").splitlines()))


def test_one_student_is_no_students(folder: Path) -> None:
    (folder / "one.csv").write_text("Student ID,Username\n00123,ana.smith\n", "utf-8")
    assert run("rename-files", "one.csv", "--for", "canvas").endswith(
        "canvas-users.csv: 1 student.\n"
    )
    assert run("class-lists", "one.csv").endswith(": 1 student in 1 class.\n")


def write(*words: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run("rename-files", *words, "--json"))["files"]
    return found


@pytest.mark.parametrize("subject", ["roster.csv", "1"])
def test_canvas_and_moodle_get_the_renames_of_a_plan_and_of_an_import(
    folder: Path, subject: str
) -> None:
    run("import", "roster.csv")
    if subject == "roster.csv":
        run("undo", "1")
    write(subject, "--for", "canvas, moodle", "--out", "o")
    assert lines("o/canvas-users.csv") == [
        {"user_id": "00123", "login_id": "ana.smith", "status": "active"},
        {"user_id": "00124", "login_id": "Ben.Jones", "status": "active"},
    ]
    assert lines("o/moodle-users.csv") == [
        {"username": "ana.smith", "oldusername": "asmith"},
        {"username": "ben.jones", "oldusername": "bjones"},
    ]


def test_moodle_knows_usernames_in_lower_case_alone(tmp_path: Path) -> None:
    before, after = Account("a1", "ASmith"), Account("a1", "Ana.Smith")
    write_moodle(tmp_path / "m.csv", [(before, after)])
    assert lines(str(tmp_path / "m.csv")) == [{"username": "ana.smith", "oldusername": "asmith"}]


def test_students_without_an_id_and_names_that_would_run_are_left_out(tmp_path: Path) -> None:
    bare = (Account("a1", "x"), Account("a1", "y"))
    told = write_canvas(tmp_path / "c.csv", [bare])
    assert lines(str(tmp_path / "c.csv")) == []
    assert "no Student ID" in told.left_out[0]
    runs = Account("a2", "y", "1", "=1+1", "Fox")
    named = write_one_roster(tmp_path / "o.zip", [(runs, runs)], dt.datetime.now(dt.UTC))
    assert named.students == 0
    assert "as a formula" in named.left_out[0]


def test_one_roster_is_read_back_by_our_own_reader(folder: Path) -> None:
    write("roster.csv", "--for", "oneroster", "--out", "o")
    tables = read_zip(Path("o/oneroster.zip"), TABLES)
    header, *rows = [cells for _, cells in tables[USERS].rows]
    users = [dict(zip(header, cells, strict=False)) for cells in rows]
    assert [(u["sourcedId"], u["username"], u["status"]) for u in users] == [
        ("00123", "ana.smith", "active"),
        ("00124", "Ben.Jones", "active"),
    ]
    with zipfile.ZipFile("o/oneroster.zip") as archive:
        manifest = dict(csv.reader(archive.read("manifest.csv").decode().splitlines()))
    assert manifest["oneroster.version"] == "1.2"
    assert manifest["file.users"] == "delta"
    assert manifest["file.enrollments"] == "absent"


def test_google_gets_its_own_list_back_with_the_new_address(folder: Path) -> None:
    words = ("--for", "google", "--out", "o", "--mail-domain", "s.example.org")
    [told] = write("roster.csv", *words, "--google-users", "google.csv")
    [row] = lines("o/google-users.csv")
    assert row["Email Address [Required]"] == "asmith@s.example.org"
    assert row["New Primary Email [UPLOAD ONLY]"] == "ana.smith@s.example.org"
    assert row["Password [Required]"] == "****"
    assert row["Org Unit Path [Required]"] == "/Students/3"
    [left_out] = told["left_out"]  # type: ignore[misc]
    assert "Ben Jones" in left_out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--for", "google"), "--google-users FILE"),
        (("--for", "google", "--google-users", "google.csv"), "--mail-domain"),
        (
            ("--for", "google", "--google-users", "roster.csv", "--mail-domain", "x.org"),
            "has no column",
        ),
        (("--for", "google", "--google-users", "no.csv", "--mail-domain", "x.org"), "cannot be"),
    ],
)
def test_what_is_missing_is_said(folder: Path, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(Exception, match=said):
        run("rename-files", "roster.csv", *words)


def test_an_unknown_system_and_a_sheet_with_errors_are_refused(folder: Path) -> None:
    run("rename-files", "roster.csv", "--for", "clever", code=2)
    (folder / "bad.csv").write_text("Student ID,Username\n1,\n", "utf-8")
    with pytest.raises(Exception, match="has errors"):
        run("rename-files", "bad.csv")


def test_the_vendor_gets_all_changes_under_its_own_headings(folder: Path) -> None:
    (folder / "s.toml").write_text(
        '[vendor_headings]\n"Student ID" = "SIS ID"\n"Class" = "Section"\n', "utf-8"
    )
    [told] = write("roster.csv", "--for", "trackmyprogress", "--out", "o")
    assert told["students"] == 3
    ana, _, carla = sorted(lines("o/2-all-changes.csv"), key=lambda line: line["SIS ID"])
    assert (ana["SIS ID"], ana["Username"], ana["Section"]) == ("00123", "ana.smith", "3A")
    assert carla["Grade"] == "3"
    (folder / "s.toml").write_text('[vendor_headings]\n"Shoe" = "x"\n', "utf-8")
    run("rename-files", "roster.csv", code=2)
    (folder / "s.toml").write_text('vendor_headings = "x"\n', "utf-8")
    run("rename-files", "roster.csv", code=2)


VENDOR = (
    "SIS ID,Login,First,Last Name,Grade,School,Class\n"
    "00900,asmith,'=Ana,Smith,2,Oak,2A\n"
    "00900,asmith,'=Ana,Smith,2,Oak,Band\n"
    ",bo jones,Bo,Jones,K,Elm,\n"
)
MAP = ("--map", "SIS ID=Student ID", "--map", "Login=Username", "--map", "First=First Name")


def test_a_vendors_roster_becomes_a_district_and_can_be_loaded_again(folder: Path) -> None:
    (folder / "v.csv").write_text(VENDOR, "utf-8")
    load = ("load", "v.csv", "--district", "V1", "--name", "Oak Unified", *MAP)
    assert "2 accounts were loaded, 0 were there already." in run(*load)
    dumped = [json.loads(line) for line in dump()]
    [district] = [d for d in dumped if d["kind"] == "district" and d["code"] == "V1"]
    assert district["name"] == "Oak Unified"
    assert sorted(district["schools"]) == ["Elm", "Oak"]
    assert district["grades"] == ["K", "2"]
    people = [d for d in dumped if d["kind"] == "account" and d["district"] == "V1"]
    assert {(p["student_id"], p["username"], p["first_name"]) for p in people} == {
        ("00900", "asmith", "=Ana"),
        (None, "bo jones", "Bo"),
    }
    assert next(p for p in people if p["student_id"])["classes"] == ["2A", "Band"]
    assert "0 accounts were loaded, 2 were there already." in run(*load)
    assert dump() == [json.dumps(line, ensure_ascii=False) for line in dumped]


def test_what_differs_from_the_accounts_is_left_to_an_import(folder: Path) -> None:
    (folder / "v.csv").write_text(VENDOR, "utf-8")
    run("load", "v.csv", "--district", "V1", *MAP)
    changed = VENDOR.replace("Jones,K", "Jones,1") + "00901,new,New,Child,3rd,oak,\n"
    (folder / "v.csv").write_text(changed, "utf-8")
    found = json.loads(run("load", "v.csv", "--district", "V1", "--json"))
    assert found == {"accounts": 1, "already": 2, "differing": 1}
    new = next(json.loads(line) for line in dump() if '"new"' in line)
    assert new["school"] == "Oak"


def test_a_roster_that_cannot_be_loaded_adds_nobody(folder: Path) -> None:
    before = dump()
    run("load", "roster.csv", code=2)
    for text, said in (
        ("Student ID,Username\n1,\n", "Row 2: there is no username"),
        ("Student ID,Username\n1,a\n1,b\n", "1"),
        ("Shoe\n1\n", "header"),
    ):
        (folder / "bad.csv").write_text(text, "utf-8")
        with pytest.raises(Exception, match=said):
            run("load", "bad.csv", "--district", "V1")
    assert dump() == before


def dump() -> list[str]:
    return run("dump").splitlines()
