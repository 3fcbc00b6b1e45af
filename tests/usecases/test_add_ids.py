"""rosterkey add-ids, from files to a file that an import takes."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import openpyxl
import pytest

from rosterkey.demo.sample import read_sample
from tests.cases.program import Program

ROSTER = (
    "Username,First Name,Last Name,Grade,School\n"
    "asmith,Ana,Smith,3,Lincoln\n"
    "twin,Eva,Lee,2,Lincoln\n"
    "zed,Zed,Zed,1,Oak\n"
)
LIST = (
    "Pupil,First Name,Last Name,Grade,School\n"
    "00001,Ana,Smith,3,Lincoln\n"
    "00002,Eva,Lee,2,Lincoln\n"
    "00003,Eva,Lee,2,Lincoln\n"
    "00004,New,Kid,K,Oak\n"
)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    (tmp_path / "sis.csv").write_text(LIST, "utf-8")
    return Program(tmp_path)


def digests(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


def test_what_is_sure_is_filled_and_the_rest_is_told(program: Program) -> None:
    before = digests(program.folder)
    ran = program.run(
        "add-ids", program.folder / "roster.csv", "--from", program.folder / "sis.csv",
        "--map", "Pupil=Student ID",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    after = digests(program.folder)
    made = after.pop("roster-with-ids.xlsx")
    assert made
    assert after == before
    for said in ("1 by name, school and grade", "Row 3: Eva Lee (twin)", "Row 4: Zed Zed (zed)"):
        assert said in ran.out
    sheet = openpyxl.load_workbook(program.folder / "roster-with-ids.xlsx")["Import"]
    assert [row[0].value for row in sheet.iter_rows()] == ["Student ID", "00001", None, None]


def test_what_a_heading_means_is_asked_once(program: Program) -> None:
    add = ("add-ids", program.folder / "roster.csv", "--from", program.folder / "sis.csv", "--json")
    asked = program.run(*add)
    assert asked.code == 2
    assert '--map "Pupil=Student ID"' in asked.err
    assert program.run(*add, "--map", "Pupil=Student ID").code == 0
    again = program.run(*add)
    assert again.code == 0, again.err
    assert again.json["columns"]["Student ID"] == "Pupil (A)"
    assert again.json["sure"] == [
        {"rows": [2], "student_id": "00001", "how": "by name, school and grade"}
    ]
    assert [c["student_id"] for c in again.json["doubtful"][0]["candidates"]] == ["00002", "00003"]
    assert again.json["not_on_list"] == [[4]]
    assert again.json["not_on_roster"] == [{"row": 5, "student_id": "00004"}]


def test_the_list_may_be_another_sheet_of_the_workbook(program: Program) -> None:
    book = openpyxl.Workbook()
    for name, text in (("Import", ROSTER), ("SIS", LIST.replace("Pupil", "Student ID"))):
        sheet = book.create_sheet(name)
        for line in text.splitlines():
            sheet.append(line.split(","))
    path = program.folder / "both.xlsx"
    book.save(path)
    ran = program.run(
        "add-ids", path, "--from-sheet", "SIS", "--out", program.folder / "out.csv", "--json"
    )
    assert ran.json["counts"]["sure"] == 1
    assert (program.folder / "out.csv").read_text("utf-8-sig").splitlines()[1].startswith("00001,")


def test_a_one_roster_zip_is_a_list(program: Program) -> None:
    path = program.folder / "set.zip"
    users = "sourcedId,role,givenName,familyName,identifier,orgSourcedIds,grades\n"
    users += "u1,student,Ana,Smith,00001,s1,03\n"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("users.csv", users)
        package.writestr("orgs.csv", "sourcedId,name,type\ns1,Lincoln,school\n")
    ran = program.run("add-ids", program.folder / "roster.csv", "--from", path, "--json")
    assert ran.json["sure"][0]["student_id"] == "00001"
    unpacked = program.folder / "users.csv"
    unpacked.write_text(users, "utf-8")
    alone = program.run("add-ids", program.folder / "roster.csv", "--from", unpacked, "--json")
    assert alone.json["sure"][0]["student_id"] == "00001"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([], "--from FILE or --from-sheet NAME"),
        (["--from", "nowhere.csv"], "There is no file"),
        (["--from", "sis.csv", "--map", "Pupil"], "does not say what a heading means"),
        (
            ["--from", "sis.csv", "--map", "Pupil=Student ID", "--out", "sis.csv"],
            "one of the files",
        ),
        (["--from", "sis.csv", "--map", "Pupil=Student ID", "--out", "x.ods"], "as .xlsx or .csv"),
    ],
)
def test_wrong_usage_is_one_sentence(
    program: Program, monkeypatch: pytest.MonkeyPatch, more: list[str], said: str
) -> None:
    monkeypatch.chdir(program.folder)
    before = digests(program.folder)
    ran = program.run("add-ids", "roster.csv", *more)
    assert ran.code == 2
    assert said in ran.err.replace("\n", " ")
    assert digests(program.folder) == before


def test_what_is_remembered_and_cannot_be_read_is_said(program: Program, home: Path) -> None:
    from rosterkey.usecases.mappings import mappings_file

    path = mappings_file()
    assert path.is_relative_to(home)
    path.parent.mkdir(parents=True)
    for broken in ("{", "[]", '{"k": {}}', '{"k": {"fields": {"a": "nothing"}}}'):
        path.write_text(broken, "utf-8")
        ran = program.run(
            "add-ids", program.folder / "roster.csv", "--from", program.folder / "sis.csv"
        )
        assert ran.code == 2
        assert "remembers what headings mean" in ran.err


def test_a_district_gets_its_ids_back(tmp_path: Path) -> None:
    """The made-up students of the demo, without Student IDs, against the list they come from."""
    program = Program(tmp_path)
    students = read_sample()
    roster = ["Username,First Name,Last Name,Grade"]
    listed = ["Student ID,First Name,Last Name,Grade"]
    truth: dict[str, str] = {}
    for number, student in enumerate(students):
        grade = 2026 - int(student.born[:4]) - 6
        username = f"user{number}"
        truth[username] = student.student_id
        roster.append(f"{username},{student.first_name},{student.last_name},{grade}")
        listed.append(f"{student.student_id},{student.first_name},{student.last_name},{grade}")
    (tmp_path / "roster.csv").write_text("\n".join(roster), "utf-8")
    (tmp_path / "sis.csv").write_text("\n".join([listed[0], *reversed(listed[1:])]), "utf-8")
    ran = program.run(
        "add-ids", tmp_path / "roster.csv", "--from", tmp_path / "sis.csv",
        "--out", tmp_path / "out.csv", "--json",
    )  # fmt: skip
    counts = ran.json["counts"]
    rows = [line.split(",") for line in (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()]
    filled = {row[1]: row[0] for row in rows[1:] if row[0]}
    assert {username: truth[username] for username in filled} == filled
    assert counts["sure"] == len(filled)
    assert counts["sure"] + counts["doubtful"] == len(students)
    assert counts["sure"] > 0.9 * len(students)
