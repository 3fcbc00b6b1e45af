"""Lists for teachers and cards for children, as workbook and PDF."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from rosterkey.core.model import Account, AccountChange, District
from rosterkey.files.errors import UnreadableFile
from rosterkey.files.handout import Handout, write_handout
from rosterkey.files.lists import fonts
from rosterkey.files.lists.content import ClassList, Line, class_lists
from rosterkey.usecases.class_lists import write_class_lists
from rosterkey.usecases.export import ExportError
from rosterkey.usecases.outward import Subject

LONG = "w" * 64
WQY = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")


def account(number: int, first: str, username: str, *classes: str, school: str = "Oak") -> Account:
    return Account(
        f"a{number}", username, f"{number:05}", first, "O'Łuć & <b>", school, "3", classes
    )


ANA = account(1, "=Ana", "asmith", "3A", "Band")
NEW = account(4, "Zoë", "zoe.fox", "3A")
SUBJECT = Subject(
    "import 1",
    District("D1"),
    (
        AccountChange(ANA, account(1, "=Ana", "ana.smith", "3A", "Band")),
        AccountChange(account(2, "Bo", "bjones"), account(2, "Bo", LONG)),
        AccountChange(account(3, "Chi", "clee", "3A"), account(3, "Chi", "clee", "3B")),
        AccountChange(None, NEW),
        AccountChange(account(5, "Dan", "devans"), None),
    ),
)


def pages(path: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(path).pages]


def cells(path: Path) -> list[list[object]]:
    book = load_workbook(path)
    return [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]


def test_only_those_with_a_new_username_are_listed_by_class() -> None:
    changed = [(c.before, c.after) for c in SUBJECT.changes if c.after and c.before != c.after]
    lists = class_lists([pair for pair in changed if pair[1].account_id != "a3"])
    assert [(one.name, [line.first_name for line in one.lines]) for one in lists] == [
        ("3A", ["=Ana", "Zoë"]),
        ("Band", ["=Ana"]),
        ("No class", ["Bo"]),
    ]


def test_the_workbook_has_text_only_and_a_page_a_class(tmp_path: Path) -> None:
    path = tmp_path / "lists.xlsx"
    done = write_class_lists(path, SUBJECT)
    assert (done.classes, done.students) == (3, 3)
    head, *rows = cells(path)
    assert head == ["Class", "Last Name", "First Name", "Old Username", "New Username"]
    assert rows[0] == ["3A", "O'Łuć & <b>", "=Ana", "asmith", "ana.smith"]
    assert rows[1] == ["3A", "O'Łuć & <b>", "Zoë", None, "zoe.fox"]
    assert all(
        cell.data_type in ("s", "n") and not (cell.data_type == "n" and cell.value)
        for row in load_workbook(path).worksheets[0].iter_rows()
        for cell in row
    )
    breaks = load_workbook(path).worksheets[0].row_breaks.brk
    assert [one.id for one in breaks] == [3, 4]
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_pdf_has_a_page_a_class_and_every_letter(tmp_path: Path) -> None:
    path = tmp_path / "lists.pdf"
    write_class_lists(path, SUBJECT)
    first, second, third = pages(path)
    assert "3A, Oak" in first
    assert "O'Łuć & <b>, =Ana" in first
    assert "asmith" in first
    assert "ana.smith" in first
    assert "(new)" in first
    assert "Band, Oak" in second
    assert LONG in third.replace("\n", "")
    assert path.stat().st_mode & 0o777 == 0o600


def of_one(first: str, username: str, *classes: str, school: str = "Oak") -> Subject:
    student = account(1, first, username, *classes, school=school)
    return Subject("x", District("D1"), (AccountChange(None, student),))


def fonts_of(path: Path) -> set[str]:
    """The names of the fonts whose letters the file carries."""
    found = set()
    for page in PdfReader(path).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            if font.get_object()["/BaseFont"] == "/Helvetica":
                continue  # ReportLab names it on every page, and nothing is written in it
            described = font.get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in described, "the letters are in the file"
            found.add(str(described["/FontName"]).split("+")[-1])
    return found


@pytest.mark.parametrize("cards", [False, True])
def test_chinese_japanese_and_korean_names_are_shown_by_a_font_of_the_computer(
    tmp_path: Path, cards: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not WQY.is_file():
        pytest.skip("no Chinese, Japanese or Korean font on this computer: fonts-wqy-microhei")
    monkeypatch.setattr(fonts, "font_folders", lambda: (WQY.parent,))
    for name in ("李小龍", "さくら", "ハナコ", "서연", "Mei 李"):
        subject = of_one(name, "김서연", "三A", school="北小")
        write_class_lists(tmp_path / "lists.pdf", subject, cards=cards)
        [text] = pages(tmp_path / "lists.pdf")
        assert name in text.replace("\n", ""), text
        assert "O'Łuć & <b>" in text.replace("\n", "")
        assert "김서연" in text
        assert "三A, 北小" in text
        assert fonts_of(tmp_path / "lists.pdf") >= {"WenQuanYiMicroHei-0", "DejaVuSans"}


@pytest.mark.parametrize("cards", [False, True])
def test_a_name_that_no_font_shows_is_named_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cards: bool
) -> None:
    monkeypatch.setattr(fonts, "font_folders", lambda: (tmp_path,))
    (tmp_path / "MSYH.ttc").write_bytes(b"no font at all")
    path = tmp_path / "lists.pdf"
    for subject, named in (
        (of_one("李", "li"), "李 O'Łuć & <b> (username li)"),
        (of_one("Li", "李"), "Li O'Łuć & <b> (username 李)"),
        (of_one("Li", "li", "三A"), "三A, Oak"),
        (of_one("محمد", "m.ali"), "محمد O'Łuć & <b> (username m.ali)"),
        (of_one("नेहा", "neha"), "नेहा O'Łuć & <b> (username neha)"),
        (of_one("X\u3164", "filler"), "(username filler)"),
    ):
        with pytest.raises(ExportError) as refused:
            write_class_lists(path, subject, cards=cards)
        assert named in str(refused.value)
        assert "Nothing was written" in str(refused.value)
        assert not path.exists()
        write_class_lists(tmp_path / "lists.xlsx", subject, cards=cards)
        assert len(cells(tmp_path / "lists.xlsx")) == 2


def test_of_many_names_five_are_told(tmp_path: Path) -> None:
    changes = tuple(AccountChange(None, account(n, "محمد", f"user{n}", "3A")) for n in range(1, 8))
    with pytest.raises(ExportError, match=r"username user5\) and 2 more as written"):
        write_class_lists(tmp_path / "l.pdf", Subject("x", District("D1"), changes))


@pytest.mark.parametrize(
    ("system", "folder"),
    [("win32", "Fonts"), ("darwin", "Library/Fonts"), ("linux", "share/fonts")],
)
def test_fonts_are_looked_for_where_the_system_keeps_them(
    system: str, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", system)
    assert any(folder in path.as_posix() for path in fonts.font_folders())


def test_the_longest_name_is_on_its_card_whole(tmp_path: Path) -> None:
    first = " ".join(f"Name{n:02}" for n in range(14))
    student = account(1, first, LONG, "3A " * 20, school="Oak " * 20)
    changed = (AccountChange(None, student),)
    handout = write_handout(tmp_path / "r.csv", "d" * 64, [Handout(student, "secret-word-42")])
    path = tmp_path / "cards.pdf"
    write_class_lists(path, Subject("x", District("D1"), changed), cards=True, passwords=handout)
    [text] = pages(path)
    for part in (first, LONG, "secret-word-42", ("Oak " * 20).strip()):
        assert part.replace(" ", "") in text.replace("\n", "").replace(" ", "")


def test_passwords_come_from_the_hand_out_file_onto_cards_alone(tmp_path: Path) -> None:
    listed = [Handout(NEW, "=secret-word-42")]
    handout = write_handout(tmp_path / "roster.csv", "d" * 64, listed)
    for name in ("cards.pdf", "cards.xlsx"):
        done = write_class_lists(tmp_path / name, SUBJECT, cards=True, passwords=handout)
        assert done.without_password == 2
    text = "".join(pages(tmp_path / "cards.pdf"))
    assert text.count("=secret-word-42") == 1
    assert text.count("Username") == 4
    rows = cells(tmp_path / "cards.xlsx")
    assert ["3A", "Zoë O'Łuć & <b>", "zoe.fox", "=secret-word-42"] in rows
    write_class_lists(tmp_path / "plain.pdf", SUBJECT, cards=True)
    assert "Password" not in "".join(pages(tmp_path / "plain.pdf"))
    with pytest.raises(ExportError, match="cards only"):
        write_class_lists(tmp_path / "lists.pdf", SUBJECT, passwords=handout)
    assert "secret" not in repr(Line("a", "b", "c", "d", "secret"))


def test_ten_cards_fit_on_a_page(tmp_path: Path) -> None:
    changes = tuple(
        AccountChange(None, account(n, f"Child{n}", f"user{n}", "3A")) for n in range(11)
    )
    write_class_lists(tmp_path / "c.pdf", Subject("x", District("D1"), changes), cards=True)
    assert [text.count("Username") for text in pages(tmp_path / "c.pdf")] == [10, 1]


def test_what_cannot_be_done_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"as \.xlsx or \.pdf"):
        write_class_lists(tmp_path / "lists.docx", SUBJECT)
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("A,B\n1,2\n", "utf-8")
    picture = tmp_path / "picture.csv"
    picture.write_bytes(b"\xff\xd8\xff\xe0")
    for path, said in (
        (wrong, "no columns Username and Password"),
        (picture, "no list of new passwords"),
        (tmp_path / "missing.csv", "There is no file .*missing.csv"),
    ):
        with pytest.raises(UnreadableFile, match=said):
            write_class_lists(tmp_path / "c.pdf", SUBJECT, cards=True, passwords=path)


def test_nobody_is_an_answer_too(tmp_path: Path) -> None:
    nobody = Subject("x", District("D1"), ())
    write_class_lists(tmp_path / "n.pdf", nobody)
    assert "Nobody has a new username." in pages(tmp_path / "n.pdf")[0]
    write_class_lists(tmp_path / "n.xlsx", nobody)
    assert load_workbook(tmp_path / "n.xlsx").sheetnames == ["Nobody"]


def test_who_was_brought_back_by_an_undo_is_not_new(tmp_path: Path) -> None:
    undone = replace(SUBJECT, brought_back=True)
    assert write_class_lists(tmp_path / "l.xlsx", SUBJECT).students == 3
    assert write_class_lists(tmp_path / "l.xlsx", undone).students == 2
    assert not any("zoe.fox" in row for row in cells(tmp_path / "l.xlsx"))


def test_schools_with_names_that_excel_refuses_get_sheets(tmp_path: Path) -> None:
    from rosterkey.files.lists import xlsx

    names = ("a/b?", "a b", "[]", "x" * 40, "x" * 39)
    lists = [ClassList(name, "3A", (Line("L", "F", "", "u"),)) for name in names]
    xlsx.write_lists(tmp_path / "s.xlsx", lists)
    sheets = load_workbook(tmp_path / "s.xlsx").sheetnames
    assert len(set(map(str.casefold, sheets))) == len(names)
    assert all(len(name) <= 31 for name in sheets)
