"""CSV files: encodings, dividing characters, quotes, row numbers and ragged rows."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rosterkey.core.sheet import Sheet
from rosterkey.files.csv.text import neutralise
from rosterkey.files.errors import UnreadableFile
from rosterkey.files.read import read_sheet

HEADER = "Student ID,Username,First Name,Last Name\r\n"


def read(folder: Path, content: str | bytes, name: str = "roster.csv") -> Sheet:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_sheet(path)


def refusal(folder: Path, content: str | bytes, name: str = "roster.csv") -> UnreadableFile:
    with pytest.raises(UnreadableFile) as refused:
        read(folder, content, name)
    return refused.value


def codes(sheet: Sheet) -> list[str]:
    return [finding.code for finding in sheet.findings]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_and_utf8_encodings_need_no_word(tmp_path: Path, codec: str) -> None:
    sheet = read(tmp_path, (HEADER + "1,añ,Ñ,Nguyễn\r\n").encode(codec))
    assert sheet.rows[0][1][0] == "Student ID"
    assert sheet.rows[1] == (2, ("1", "añ", "Ñ", "Nguyễn"))
    assert sheet.findings == ()


def test_utf16_big_endian(tmp_path: Path) -> None:
    text = HEADER.replace(",", "\t") + "1\ta\tb\tc\r\n"
    sheet = read(tmp_path, b"\xfe\xff" + text.encode("utf-16-be"), "r.txt")
    assert sheet.rows[1] == (2, ("1", "a", "b", "c"))
    assert sheet.findings == ()


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_utf16_without_its_mark_is_refused(tmp_path: Path, codec: str) -> None:
    assert refusal(tmp_path, HEADER.encode(codec)).code == "encoding-unknown"


def test_a_broken_utf16_file_is_refused(tmp_path: Path) -> None:
    content = HEADER.encode("utf-16") + b"\x00"
    assert refusal(tmp_path, content).code == "encoding-unknown"


@pytest.mark.parametrize("name", ["O’Brien", "Müller", "François", "MUÑOZ", "Åse", "Zoë"])
def test_windows_names_survive(tmp_path: Path, name: str) -> None:
    sheet = read(tmp_path, (HEADER + f"1,a,B,{name}\r\n").encode("cp1252"))
    assert sheet.rows[1][1][3] == name
    assert codes(sheet) == ["encoding-guess"]


@pytest.mark.parametrize("name", ["García", "Müller", "François", "Zoë"])
def test_mac_names_survive_with_a_warning(tmp_path: Path, name: str) -> None:
    sheet = read(tmp_path, (HEADER + f"1,a,B,{name}\r\n").encode("mac_roman"))
    assert sheet.rows[1][1][3] == name
    assert [(f.code, f.severity) for f in sheet.findings] == [("encoding-guess", "warning")]


def test_a_sample_is_never_a_password(tmp_path: Path) -> None:
    content = HEADER.strip() + ",Password,Notes\r\n1,a,B,C,sécret,privé\r\n"
    (finding,) = read(tmp_path, content.encode("cp1252")).findings
    assert "cret" not in finding.message
    assert "priv" not in finding.message


@pytest.mark.parametrize(
    ("mark", "name", "said"),
    [
        (",", "r.csv", []),
        (";", "r.csv", ["delimiter-guess"]),
        ("\t", "r.csv", ["delimiter-guess"]),
        ("\t", "r.txt", ["delimiter-guess"]),
        ("\t", "r.tsv", []),
        ("|", "r.txt", ["delimiter-guess"]),
    ],
)
def test_delimiters(tmp_path: Path, mark: str, name: str, said: list[str]) -> None:
    content = HEADER.replace(",", mark) + mark.join(("1", '"a,b;c"', "B", "C")) + "\r\n"
    sheet = read(tmp_path, content, name)
    assert sheet.rows[1] == (2, ("1", "a,b;c", "B", "C"))
    assert codes(sheet) == said


def test_a_sep_line_is_no_row(tmp_path: Path) -> None:
    sheet = read(tmp_path, "sep=;\r\n" + HEADER.replace(",", ";") + "1;a;b;c\r\n")
    assert [number for number, _ in sheet.rows] == [1, 2]
    assert codes(sheet) == ["delimiter-guess"]
    assert codes(read(tmp_path, "sep=,\n" + HEADER)) == []


def test_one_column_needs_no_delimiter(tmp_path: Path) -> None:
    sheet = read(tmp_path, "Username\nasmith\n")
    assert sheet.rows == ((1, ("Username",)), (2, ("asmith",)))
    assert sheet.findings == ()


def test_row_numbers_are_those_of_a_spreadsheet(tmp_path: Path) -> None:
    content = HEADER + '1,a,"B\r\nb\nb",C\n\n,,,\r2,d,E,F\r\n'
    assert [number for number, _ in read(tmp_path, content).rows] == [1, 2, 5]


def test_only_line_ends_end_a_line(tmp_path: Path) -> None:
    row = "1,a\x0bb,c\x0cd,e\u2028f\x85g"
    assert read(tmp_path, HEADER + row + "\r\n").rows[1][1] == tuple(row.split(","))


def test_blank_cells_are_none_and_trailing_ones_fall_away(tmp_path: Path) -> None:
    assert read(tmp_path, HEADER + "1,,B,,,\n").rows[1] == (2, ("1", None, "B"))


def test_text_stays_as_it_is(tmp_path: Path) -> None:
    sheet = read(tmp_path, HEADER + ' 1 ,"\ta ","",007\n')
    assert sheet.rows[1][1] == (" 1 ", "\ta ", None, "007")


def test_ragged_rows(tmp_path: Path) -> None:
    content = HEADER + "1,a,B\n2,b,C,D,\n3,c,D,E,x\n,,\n4\n"
    assert [(f.code, f.row) for f in read(tmp_path, content).findings] == [
        ("too-few-cells", 2),
        ("too-many-cells", 4),
        ("too-few-cells", 6),
    ]


def test_title_lines_above_the_header_are_not_ragged(tmp_path: Path) -> None:
    assert codes(read(tmp_path, "Lincoln District\n\n" + HEADER + "1,a,B,C\n")) == []


def test_rows_above_a_header_with_a_blank_end(tmp_path: Path) -> None:
    content = HEADER.strip() + ",\r\n1,a,B,C,\r\n2,b,C,D\r\n"
    assert codes(read(tmp_path, content)) == []


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (HEADER + '"1,a,B,C\n2,b,C,D\n', 2),
        (HEADER + '1,a,B,"C\n2,b,C,D\n3,"c",D,E\n', 2),
        (HEADER + '1,"a\nb","c\nd\n', 3),
        (HEADER + '1,"a"b,B,C\n', 2),
        ("sep=,\n" + HEADER + '"1,a,B,C\n', 3),
    ],
)
def test_unclosed_quotes_are_named_by_line(tmp_path: Path, content: str, line: int) -> None:
    error = refusal(tmp_path, content)
    assert error.code == "bad-quoting"
    assert f"line {line} " in str(error)


def test_a_quote_inside_a_cell_is_a_character(tmp_path: Path) -> None:
    sheet = read(tmp_path, HEADER + '1,a,5" pipe,"say ""hi"""\n')
    assert sheet.rows[1][1] == ("1", "a", '5" pipe', 'say "hi"')


def test_nul_stays_for_the_check_of_cells(tmp_path: Path) -> None:
    assert read(tmp_path, HEADER + "1,a\0b,B,C\n").rows[1][1][1] == "a\0b"


def test_an_endless_cell_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, HEADER + "1," + "x" * 1_500_000).code == "too-large-unpacked"


def test_an_endless_line_takes_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "line.csv"
    path.write_bytes(HEADER.encode() + b"x" * 60_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableFile):
            read_sheet(path)
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


def test_twenty_thousand_columns_are_read(tmp_path: Path) -> None:
    sheet = read(tmp_path, ",".join(f"c{i}" for i in range(20_000)) + "\n")
    assert len(sheet.rows[0][1]) == 20_000


def test_only_line_ends(tmp_path: Path) -> None:
    assert read(tmp_path, "\r\n\n").rows == ()


def test_progress_ends_at_one(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(HEADER + "1,a,b,c\n" * 50_000)
    steps: list[float] = []
    read_sheet(path, progress=steps.append)
    assert steps == sorted(steps)
    assert len(steps) > 1
    assert steps[-1] == 1


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXT, TEXT, TEXT, TEXT), min_size=1, max_size=5))
def test_what_is_written_quoted_reads_back(
    tmp_path: Path, rows: list[tuple[str, str, str, str]]
) -> None:
    lines = [",".join('"' + neutralise(c).replace('"', '""') + '"' for c in row) for row in rows]
    sheet = read(tmp_path, (HEADER + "\r\n".join(lines)).encode("utf-8-sig"))
    assert [cells for _, cells in sheet.rows[1:]] == rows
