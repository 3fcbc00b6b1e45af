"""Files made to hurt, and files that are merely broken: one sentence, in bounds, never a trace."""

from __future__ import annotations

import struct
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from rosterkey.core.rules import RULES
from rosterkey.files.errors import UnreadableFile
from rosterkey.files.read import read_sheet
from rosterkey.files.workbook import sheet_scan
from rosterkey.files.workbook.package import resolve
from tests.files.read_books import (
    HEAD,
    MAIN,
    parts_of,
    read,
    relations,
    roster_rows,
    save,
    strings,
    worksheet,
)

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'

LIMITED = """
import resource, sys
from pathlib import Path
from rosterkey.files.read import read_sheet
from rosterkey.files.errors import UnreadableFile
resource.setrlimit(resource.RLIMIT_AS, (600 << 20, 600 << 20))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
try:
    print("rows", len(read_sheet(Path(sys.argv[1])).rows))
except UnreadableFile as refusal:
    print(refusal.code + (" for want of memory" if "memory" in str(refusal) else ""))
"""


def limited(path: Path) -> str:
    """Read in a process that has 600 MB and a minute: the refusal's code, or the rows."""
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)], capture_output=True, text=True, check=False
    )
    assert ran.stderr == ""
    return ran.stdout.strip()


def refused(path: Path) -> str:
    """The code of the refusal, whose text has to be one sentence."""
    with pytest.raises(UnreadableFile) as caught:
        read_sheet(path)
    text = str(caught.value)
    assert text.endswith(".")
    assert "\n" not in text
    assert "Traceback" not in text
    assert caught.value.code in RULES
    return caught.value.code


def lie_about_size(path: Path, part: str, size: int) -> None:
    """Let both headers of the part declare another unpacked size."""
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        start = package.getinfo(part).header_offset
    struct.pack_into("<L", content, start + 22, size)
    at = content.find(part.encode(), content.find(b"PK\x01\x02"))
    while content[at - 46 : at - 42] != b"PK\x01\x02":
        at = content.find(part.encode(), at + 1)
    struct.pack_into("<L", content, at - 46 + 24, size)
    path.write_bytes(content)


def big_sheet(path: Path, before: bytes, filling: bytes, times: int, after: bytes) -> Path:
    """A sound workbook whose sheet part is `filling`, many times."""
    save(path, parts_of())
    parts = parts_of("")
    del parts["xl/worksheets/sheet1.xml"]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
        with package.open("xl/worksheets/sheet1.xml", "w") as stream:
            stream.write(before)
            for _ in range(times):
                stream.write(filling)
            stream.write(after)
    return path


SHEET_HEAD = f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>'.encode()
SHEET_END = b"</sheetData></worksheet>"


def test_a_bomb_that_tells_its_size(tmp_path: Path) -> None:
    path = big_sheet(tmp_path / "b.xlsx", SHEET_HEAD, b" " * 1_000_000, 300, SHEET_END)
    assert path.stat().st_size < 500_000
    assert limited(path) == "too-large-unpacked"


def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = big_sheet(tmp_path / "b.xlsx", SHEET_HEAD, b" " * 1_000_000, 300, SHEET_END)
    lie_about_size(path, "xl/worksheets/sheet1.xml", 1_000)
    assert limited(path) == "damaged-file"


def test_a_bomb_of_values_far_to_the_right(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{r}"><c r="XFD{r}"><v>1</v></c></row>' for r in range(1, 50_001))
    path = save(tmp_path / "b.xlsx", parts_of(worksheet(rows)))
    assert limited(path) == "too-large-unpacked"


def test_cells_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_scan, "MAX_CELLS", 1_000)
    rows = '<row r="1"><c r="ALL1"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
    with pytest.raises(UnreadableFile, match="1,000 cells") as caught:
        read(tmp_path, parts_of(worksheet(rows)))
    assert caught.value.code == "too-large-unpacked"


@pytest.mark.parametrize("size", [10, 10_000])
def test_a_declared_size_has_to_be_true(tmp_path: Path, size: int) -> None:
    path = save(tmp_path / "b.xlsx", parts_of(worksheet(ONE)))
    lie_about_size(path, "xl/worksheets/sheet1.xml", size)
    assert refused(path) == "damaged-file"


def test_a_million_levels_of_elements(tmp_path: Path) -> None:
    for name, content in (
        ("xl/worksheets/sheet1.xml", worksheet("<a>" * 1_000_000 + "</a>" * 1_000_000)),
        ("xl/workbook.xml", "<a>" * 1_000_000 + "</a>" * 1_000_000),
        ("xl/sharedStrings.xml", strings("<r>" * 1_000_000 + "</r>" * 1_000_000)),
    ):
        path = save(tmp_path / "b.xlsx", parts_of(worksheet(ONE)) | {name: content})
        assert limited(path) == "damaged-file"


def test_an_attribute_without_end(tmp_path: Path) -> None:
    filling = bytes(range(97, 123)) * 1_000 + b" 1234 " * 3_000
    path = big_sheet(tmp_path / "b.xlsx", SHEET_HEAD + b'<row r="', filling, 1_000, b'"/>')
    assert limited(path) in {"damaged-file", "too-large-unpacked"}


@pytest.mark.parametrize("where", ["inline", "shared", "parsed"])
def test_ten_megabytes_in_one_cell(tmp_path: Path, where: str) -> None:
    text = "x" * 10_000_000
    cell = '<c r="A1" t="s"><v>0</v></c>'
    if where != "shared":
        cell = f'<c r="A1" t="inlineStr"><is><t>{text}</t></is></c>'
    rows = ("<!-- -->" if where == "parsed" else "") + f'<row r="1">{cell}</row>'
    parts = parts_of(worksheet(rows)) | {"xl/sharedStrings.xml": strings(f"<t>{text}</t>")}
    if where != "shared":
        del parts["xl/sharedStrings.xml"]
    assert limited(save(tmp_path / "b.xlsx", parts)) == "too-large-unpacked"


def test_a_formatted_last_cell_costs_nothing(tmp_path: Path) -> None:
    rows = ONE + '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert limited(save(tmp_path / "b.xlsx", parts_of(worksheet(rows)))) == "rows 1"


def test_many_arrays_over_each_other(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{r}"><c r="A{r}"><f t="array" ref="A{r}:XFD1048576">1</f><v>1</v></c></row>'
        for r in range(1, 2_000)
    )
    assert limited(save(tmp_path / "b.xlsx", parts_of(worksheet(rows)))) == "damaged-file"


def test_many_hidden_column_rules(tmp_path: Path) -> None:
    columns = '<col min="1" max="16384" hidden="1"/>' * 100_000
    path = save(tmp_path / "b.xlsx", parts_of(worksheet(ONE, before=f"<cols>{columns}</cols>")))
    assert limited(path) == "rows 1"


@pytest.mark.parametrize(
    "part",
    [
        "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml",
        "_rels/.rels", "xl/_rels/workbook.xml.rels", "docProps/core.xml", "xl/theme/theme1.xml",
    ],
)  # fmt: skip
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_dtd_in_any_part(tmp_path: Path, part: str, codec: str) -> None:
    parts = parts_of(worksheet(ONE))
    comment = f"<!--{'-x' * 200_000}-->"
    xml = f'<?xml version="1.0" encoding="{codec}"?>{comment}<!DOCTYPE a [<!ENTITY b "c">]><a/>'
    assert refused(save(tmp_path / "b.xlsx", parts | {part: xml.encode(codec)})) == "xml-entities"


def test_utf16_parts_are_read(tmp_path: Path) -> None:
    xml = worksheet(ONE).replace("UTF-8", "UTF-16").encode("utf-16")
    assert read(tmp_path, parts_of("") | {"xl/worksheets/sheet1.xml": xml}).rows == ((1, (1,)),)


MANY = "".join(f'<row r="{r}"><c r="A{r}"><v>9</v></c></row>' for r in range(2, 40_000))
"""More rows than one block holds, such as could follow row 1."""


def test_rows_in_comments_are_no_rows(tmp_path: Path) -> None:
    for rows in (f"{ONE}<!--{MANY}-->", f"{ONE}<?pi {MANY}?>"):
        assert read(tmp_path, parts_of(worksheet(rows))).rows == ((1, (1,)),)


def test_rows_outside_the_sheet_data_are_no_rows(tmp_path: Path) -> None:
    sheet = worksheet(ONE, after=f"<extLst>{MANY}</extLst>")
    assert read(tmp_path, parts_of(sheet)).rows == ((1, (1,)),)


def test_rows_of_another_namespace_are_no_rows(tmp_path: Path) -> None:
    sheet = worksheet(f'<x xmlns="urn:x">{ONE}</x>')
    assert read(tmp_path, parts_of(sheet)).rows == ()
    sheet = worksheet(f'<row xmlns="urn:x" r="1"><c r="A1"><v>9</v></c></row>{ONE}')
    assert read(tmp_path, parts_of(sheet)).rows == ((1, (1,)),)


def test_prefixed_elements_are_read(tmp_path: Path) -> None:
    sheet = worksheet(ONE).replace("<?xml", "<?XML")
    sheet = sheet[sheet.index("<worksheet") :].replace("</", "</x:").replace("<", "<x:")
    sheet = sheet.replace("<x:/x:", "</x:").replace("xmlns=", "xmlns:x=")
    assert read(tmp_path, parts_of(sheet)).rows == ((1, (1,)),)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_a_missing_part(tmp_path: Path, part: str) -> None:
    parts = parts_of(worksheet(ONE))
    del parts[part]
    assert refused(save(tmp_path / "b.xlsx", parts)) == "damaged-file"


def test_missing_strings_and_styles_matter_only_where_used(tmp_path: Path) -> None:
    assert read(tmp_path, parts_of(worksheet(ONE))).rows == ((1, (1,)),)
    shared = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    assert refused(save(tmp_path / "b.xlsx", parts_of(worksheet(shared)))) == "damaged-file"


def test_absolute_and_backslash_targets(tmp_path: Path) -> None:
    for target in (
        "/xl/worksheets/sheet1.xml",
        r"worksheets\sheet1.xml",
        "./Worksheets/Sheet1.XML",
    ):
        rels = relations(("rId0", "worksheet", target))
        parts = parts_of(worksheet(ONE)) | {"xl/_rels/workbook.xml.rels": rels}
        assert read(tmp_path, parts).rows == ((1, (1,)),)


@pytest.mark.parametrize("target", ["../../etc/passwd", "http://127.0.0.1/x", "file:///etc/passwd"])
def test_targets_outside_the_file_are_never_followed(tmp_path: Path, target: str) -> None:
    rels = relations(("rId0", "worksheet", target))
    parts = parts_of(worksheet(ONE)) | {"xl/_rels/workbook.xml.rels": rels}
    assert refused(save(tmp_path / "b.xlsx", parts)) == "damaged-file"
    assert resolve("xl/workbook.xml", target) is None


def test_external_targets_are_never_followed(tmp_path: Path) -> None:
    rels = relations(("rId0", "worksheet", "worksheets/sheet1.xml"))
    rels = rels.replace("Target=", 'TargetMode="External" Target=')
    parts = parts_of(worksheet(ONE)) | {"xl/_rels/workbook.xml.rels": rels}
    assert refused(save(tmp_path / "b.xlsx", parts)) == "damaged-file"


def test_chart_sheets_are_passed_over(tmp_path: Path) -> None:
    parts = parts_of("<chartsheet/>", worksheet(ONE))
    rels = relations(
        ("rId0", "chartsheet", "worksheets/sheet1.xml"),
        ("rId1", "worksheet", "worksheets/sheet2.xml"),
    )
    assert read(tmp_path, parts | {"xl/_rels/workbook.xml.rels": rels}).name == "Sheet2"
    only = parts_of("<chartsheet/>") | {"xl/_rels/workbook.xml.rels": rels}
    assert refused(save(tmp_path / "b.xlsx", only)) == "empty-file"


@pytest.mark.parametrize("names", [("A.xml", "a.xml"), ("x/A.xml", "x\\a.xml")])
def test_part_names_that_excel_takes_for_one(tmp_path: Path, names: tuple[str, str]) -> None:
    parts = parts_of(worksheet(ONE)) | dict.fromkeys(names, "<a/>")
    assert refused(save(tmp_path / "b.xlsx", parts)) == "damaged-file"


def test_every_cut_of_a_file_is_damaged(tmp_path: Path) -> None:
    whole = save(tmp_path / "b.xlsx", parts_of(worksheet(ONE))).read_bytes()
    path = tmp_path / "cut.xlsx"
    for size in range(4, len(whole) - 1, 97):
        path.write_bytes(whole[:size])
        assert refused(path) == "damaged-file"


def test_every_flipped_byte_is_read_or_refused(tmp_path: Path) -> None:
    whole = save(tmp_path / "b.xlsx", parts_of(worksheet(ONE))).read_bytes()
    path = tmp_path / "flip.xlsx"
    for at in range(2, len(whole), 3):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        with suppress(UnreadableFile):
            read_sheet(path)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"PK\x05\x06" + bytes(18), "unsupported-format"),
        ("a.xlsb", b"PK\x03\x04", "unsupported-format"),
        ("a.csv", b"PK\x03\x04", "unsupported-format"),
        ("a.csv", b"\n\n<!DOCTYPE html><html>", "html-not-excel"),
        ("a.xls", b"\xff\xfe" + "<html>".encode("utf-16-le"), "html-not-excel"),
        ("a.xls", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>',
         "unsupported-format"),
        ("a.csv", b"%PDF-1.7", "unsupported-format"),
        ("a.xlsx", b"\x89PNG\r\n", "not-a-workbook"),
        ("a.dat", b"a,b\nc,d", "unsupported-format"),
        ("a", b"a,b\nc,d", "unsupported-format"),
        ("a.xlsx", b"\xff\xfe" + "a\tb\nc\td".encode("utf-16-le"), "text-not-excel"),
        ("a.csv", b"", "empty-file"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "not-a-workbook"),
    ],
)  # fmt: skip
def test_other_kinds_of_files(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert refused(path) == code


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    assert refused(tmp_path) == "cannot-open"
    assert refused(tmp_path / "none.xlsx") == "cannot-open"
    assert refused(Path("a\0b.xlsx")) == "cannot-open"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(tmp_path / "b.xlsx", parts_of(worksheet(ONE)))

    def locked(*_args: object, **_more: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(UnreadableFile, match="close it in Excel"):
        read_sheet(path)


ROSTER = worksheet(roster_rows(("1", "a", "B", "C"), ("2", "b", "C", "D")))
OTHER = worksheet('<row><c t="inlineStr"><is><t>Schools</t></is></c></row>')


@pytest.mark.parametrize(
    ("sheets", "names", "states", "chosen", "codes"),
    [
        ((OTHER, ROSTER), ("Lists", "Pupils"), (), "Pupils", []),
        ((ROSTER, OTHER), ("Export", "IMPORT"), (), "IMPORT", []),
        ((ROSTER, worksheet("")), ("Export", "Import"), (), "Export", []),
        ((ROSTER, ROSTER), ("Export", "Import"), (), "Import", []),
        ((OTHER, OTHER), ("One", "Two"), (), "One", []),
        ((ROSTER, ROSTER), ("One", "Two"), (), "One", ["which-sheet"]),
        ((ROSTER, ROSTER), ("One", "Two"), ("veryHidden",), "Two", ["hidden-sheet"]),
        ((ROSTER, OTHER), ("One", "Two"), ("hidden",), "Two", ["hidden-sheet"]),
        ((OTHER, ROSTER), ("One", "Two"), ("hidden",), "Two", []),
    ],
)
def test_which_sheet(
    tmp_path: Path,
    *,
    sheets: tuple[str, ...],
    names: tuple[str, ...],
    states: tuple[str, ...],
    chosen: str,
    codes: list[str],
) -> None:
    sheet = read(tmp_path, parts_of(*sheets, names=names, states=states))
    assert sheet.name == chosen
    assert [finding.code for finding in sheet.findings] == codes
    if codes == ["hidden-sheet"]:
        assert "2 rows" in sheet.findings[0].message


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="--sheet") as caught:
        read(tmp_path, parts_of(ROSTER, OTHER, names=("Pupils", "Lists")), sheet="Roster")
    assert "Pupils, Lists" in str(caught.value)
    assert read(tmp_path, parts_of(ROSTER, names=("Pupils",)), sheet="pupils").name == "Pupils"
