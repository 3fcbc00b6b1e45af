"""Lists for teachers and cards for children, as workbook and PDF."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from rosterkey.core.model import Account, AccountChange, District
from rosterkey.files.errors import UnreadableFile
from rosterkey.files.handout import Handout, write_handout
from rosterkey.files.lists.content import ClassList, Line, class_lists
from rosterkey.usecases.class_lists import write_class_lists
from rosterkey.usecases.export import ExportError
from rosterkey.usecases.outward import Subject

LONG = "w" * 64


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
    done = write_class_lists(path, SUBJECT)
    assert done.unprintable == []
    first, second, third = pages(path)
    assert "3A, Oak" in first
    assert "O'Łuć & <b>, =Ana" in first
    assert "asmith" in first
    assert "ana.smith" in first
    assert "(new)" in first
    assert "Band, Oak" in second
    assert LONG in third.replace("\n", "")
    assert path.stat().st_mode & 0o777 == 0o600


def test_letters_that_the_fonts_lack_are_told(tmp_path: Path) -> None:
    odd = Subject("x", District("D1"), (AccountChange(None, account(1, "李", "li")),))
    done = write_class_lists(tmp_path / "lists.pdf", odd)
    assert done.unprintable == ["李 O'Łuć & <b>"]
    assert write_class_lists(tmp_path / "lists.xlsx", odd).unprintable == []


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


def test_schools_with_names_that_excel_refuses_get_sheets(tmp_path: Path) -> None:
    from rosterkey.files.lists import xlsx

    names = ("a/b?", "a b", "[]", "x" * 40, "x" * 39)
    lists = [ClassList(name, "3A", (Line("L", "F", "", "u"),)) for name in names]
    xlsx.write_lists(tmp_path / "s.xlsx", lists)
    sheets = load_workbook(tmp_path / "s.xlsx").sheetnames
    assert len(set(map(str.casefold, sheets))) == len(names)
    assert all(len(name) <= 31 for name in sheets)
