"""The roster as a workbook and as CSV: every text stays text, and comes back as it was."""

from __future__ import annotations

import csv
import dataclasses
import io
import stat
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from rosterkey.core.model import Account, District
from rosterkey.core.reading.columns import ORIGIN_HEADINGS
from rosterkey.files.csv.text import restore
from rosterkey.files.export import HEADINGS, rows_for_export, write_csv, write_xlsx
from rosterkey.files.replace import UnwritableFile
from rosterkey.files.safe_text import escape_controls, shortened, unescape_controls

DISTRICT = District("D1", "Lincoln & Sons", ("Lincoln", "Adams"), ("PK", "K", "1", "10", "2"))
ANA = Account("a1", "asmith", "00123", "Ana", "Smith", "Lincoln", "2", ("3A", "Band"))
ODD = (
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "@SUM(A1)",
    "+cmd|x",
    "-Kai",
    "'Okusitino",
    "'=x",
    "http://x.example.org",
    "{=1}",
    "<r>&x</r>",
    "<r></r>",
    "_x0041_",
    "_x0041_x0042_",
    "_x005F_x0041_",
    "a\x01b",
    "\ttab",
    "cr\rlf\n",
    " edge ",
    '"quoted", too',
    "123",
    "1E5",
    "TRUE",
    "Zoë 😀",
)


def accounts(*names: str) -> list[Account]:
    """One account for each last name, in this order by username."""
    return [Account(f"a{n}", f"u{n:03}", last_name=name) for n, name in enumerate(names)]


def read_back(path: Path) -> list[tuple[object, ...]]:
    """The rows as the reader of an import sees them."""
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Roster")
    return [tuple(row) for row in sheet.to_python()]


def export(path: Path, given_accounts: list[Account], district: District = DISTRICT) -> Worksheet:
    """Write a workbook and show it as openpyxl does."""
    write_xlsx(path, given_accounts, district=district, filters={})
    sheet = openpyxl.load_workbook(path)["Roster"]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_rows_stand_by_school_grade_and_name() -> None:
    given_accounts = [
        Account("1", "u1", None, "A", "Z", "Lincoln", "2"),
        Account("2", "u2", None, "A", "Z", "Lincoln", "10"),
        Account("3", "u3", None, "B", "a", "Adams", "2"),
        Account("4", "u4", None, "A", "A", "Adams", "2"),
        Account("5", "U0", None, "A", "A", "Adams", "2"),
        Account("6", "u6", None, "A", "A", None, "K"),
        Account("7", "u7", None, "A", "A", "Adams", None),
        Account("8", "u8", None, "A", "A", "Adams", "13"),
    ]
    ordered = [row[1] for row in rows_for_export(given_accounts, DISTRICT)]
    assert ordered == ["U0", "u4", "u3", "u8", "u7", "u2", "u1", "u6"]


def test_a_row_holds_the_fields_below_their_headings_and_no_password(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    known = dataclasses.replace(ANA, password_hash="se" + "cret")
    write_xlsx(path, [known], district=DISTRICT, filters={})
    row = ("00123", "asmith", "Ana", "Smith", "2", "Lincoln", "3A; Band")
    origin = (known.account_id, str(known.version))
    assert read_back(path) == [(*HEADINGS, "Password", *ORIGIN_HEADINGS), (*row, "", *origin)]
    with zipfile.ZipFile(path) as archive:
        assert not any(b"secret" in archive.read(name) for name in archive.namelist())


def test_every_cell_is_a_text_cell_also_below_the_table(tmp_path: Path) -> None:
    sheet = export(tmp_path / "r.xlsx", [ANA, Account("a2", "b")])
    for row in sheet.iter_rows(min_row=2, max_row=3, max_col=7):
        assert {cell.number_format for cell in row} == {"@"}
        assert {cell.data_type for cell in row if cell.value} == {"s"}
    assert sheet["A2"].value == "00123"
    columns = sheet.column_dimensions
    assert {columns[letter].number_format for letter in "ABCDEFG"} == {"@"}


def test_the_sheet_is_ready_to_work_with(tmp_path: Path) -> None:
    sheet = export(tmp_path / "r.xlsx", [ANA])
    table = sheet.tables["Roster"]
    assert table.ref == "A1:J2"
    assert table.autoFilter.ref == "A1:J2"
    assert [c.name for c in table.tableColumns] == [*HEADINGS, "Password", *ORIGIN_HEADINGS]
    # openpyxl files columns of one look under the first of them.
    assert sheet.column_dimensions["I"].hidden
    assert sheet.column_dimensions["I"].max == 10
    assert sheet.freeze_panes == "A2"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$1"
    lists = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation}
    assert lists == {"E2:E1048576": '"PK,K,1,10,2"', "F2:F1048576": '"Lincoln,Adams"'}


@pytest.mark.parametrize("schools", [tuple(f"School {n}" for n in range(40)), ("North, Lincoln",)])
def test_lists_that_a_drop_down_cannot_hold_go_to_a_hidden_sheet(
    tmp_path: Path, schools: tuple[str, ...]
) -> None:
    sheet = export(tmp_path / "r.xlsx", [ANA], District("D1", "", schools, ()))
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert book["Lists"].sheet_state == "hidden"
    (validation,) = sheet.data_validations.dataValidation
    assert validation.formula1 == f"Lists!$B$2:$B${len(schools) + 1}"
    assert [cell.value for cell in book["Lists"]["B"]] == ["School", *schools]


def test_an_empty_roster_is_a_sound_workbook(tmp_path: Path) -> None:
    sheet = export(tmp_path / "r.xlsx", [], District("D1"))
    assert sheet.tables["Roster"].ref == "A1:J2"
    assert read_back(tmp_path / "r.xlsx")[0] == (*HEADINGS, "Password", *ORIGIN_HEADINGS)


def test_properties_tell_the_filters_and_no_person(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write_xlsx(path, [ANA], district=DISTRICT, filters={"School": "Lincoln", "Grade": ""})
    about = openpyxl.load_workbook(path).properties
    assert about.title == "Roster D1"
    assert about.subject == "School: Lincoln"
    assert not about.creator
    with zipfile.ZipFile(path) as archive:
        assert b"Lincoln &amp;&amp; Sons" in archive.read("xl/worksheets/sheet1.xml")


def test_odd_texts_come_back_from_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write_xlsx(path, accounts(*ODD), district=DISTRICT, filters={})
    assert sorted(str(row[3]) for row in read_back(path)[1:]) == sorted(ODD)
    assert openpyxl.load_workbook(path)["Roster"].max_row == len(ODD) + 1


def test_odd_texts_come_back_from_csv_and_nothing_runs(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    write_csv(path, accounts(*ODD))
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfStudent ID,Username,")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == HEADINGS
    assert sorted(restore(row[3]) for row in rows[1:]) == sorted(ODD)
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row
    )


def test_csv_lines_end_as_windows_programs_expect(tmp_path: Path) -> None:
    write_csv(tmp_path / "r.csv", [ANA], district=DISTRICT)
    lines = (tmp_path / "r.csv").read_bytes().split(b"\r\n")
    assert lines[1:] == [b"00123,asmith,Ana,Smith,2,Lincoln,3A; Band", b""]


def test_half_a_surrogate_pair_does_not_stop_an_export(tmp_path: Path) -> None:
    write_csv(tmp_path / "r.csv", accounts("a\ud83d"))
    assert "a\ufffd" in (tmp_path / "r.csv").read_text("utf-8-sig")
    assert export(tmp_path / "r.xlsx", accounts("a\ud83d"))["D2"].value == "a\ufffd"


def test_too_much_text_for_a_cell_is_refused_not_dropped(tmp_path: Path) -> None:
    classes = tuple(f"class {n:05}" for n in range(4_000))
    with pytest.raises(UnwritableFile, match='row 2 has more text under "Class"'):
        export(tmp_path / "r.xlsx", [Account("a", "u", classes=classes)])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["r.xlsx", "r.csv"])
class TestPlace:
    def write(self, path: Path) -> None:
        if path.suffix == ".csv":
            write_csv(path, [ANA])
        else:
            write_xlsx(path, [ANA], district=DISTRICT, filters={})

    def test_only_the_owner_may_read_it(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).write_text("old")
        self.write(tmp_path / name)
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
        assert [file.name for file in tmp_path.iterdir()] == [name]

    def test_the_old_file_stays_when_the_disk_is_full(
        self, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / name).write_text("old")

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(UnwritableFile, match="the disk is full"):
            self.write(tmp_path / name)
        assert (tmp_path / name).read_text() == "old"
        assert [file.name for file in tmp_path.iterdir()] == [name]

    def test_a_missing_folder_is_told(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(UnwritableFile, match="folder does not exist"):
            self.write(tmp_path / "none" / name)

    def test_a_folder_of_this_name_is_told(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).mkdir()
        with pytest.raises(UnwritableFile, match="a folder has this name"):
            self.write(tmp_path / name)


@given(st.text(st.sampled_from("_x05Ff41\x01\r<>&a"), max_size=24))
def test_escapes_are_undone_for_every_text(text: str) -> None:
    assert unescape_controls(escape_controls(text)) == text


@given(st.text(max_size=30), st.integers(1, 20))
def test_shortened_texts_fit_and_never_end_in_half_a_character(text: str, units: int) -> None:
    short = shortened(text, units)
    assert len(short.encode("utf-16-le", "replace")) // 2 <= units
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
