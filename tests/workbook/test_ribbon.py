"""The ribbon's part in a package, and the patches that make an add-in."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from rosterkey.workbook.parts import read_parts, write_parts, xml_of
from rosterkey.workbook.ribbon import (
    ADDIN,
    RIBBON_PART,
    RIBBON_RELATION,
    PackageError,
    as_addin,
    with_ribbon,
)
from rosterkey.workbook.vba_project import document_module, write_vba_project

RIBBON = b'<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"/>'
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"


@pytest.fixture
def package() -> bytes:
    """A macro workbook with one sheet, as XlsxWriter writes it."""
    modules = [document_module("ThisWorkbook", is_workbook=True), document_module("SheetStart")]
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_vba_name("ThisWorkbook")
    book.add_vba_project(io.BytesIO(write_vba_project("Small", modules)), True)
    book.add_worksheet("Start").set_vba_name("SheetStart")
    book.close()
    return stream.getvalue()


def relations(parts: dict[str, bytes]) -> dict[str, tuple[str, str]]:
    """Type and target of each relation of the package, by id."""
    return {
        found.get("Id", ""): (found.get("Type", ""), found.get("Target", ""))
        for found in xml_of(parts["_rels/.rels"]).iter(f"{RELATIONS}Relationship")
    }


def test_the_ribbon_is_related_to_the_package(package: bytes) -> None:
    before = read_parts(package)
    after = with_ribbon(before, RIBBON)
    assert after[RIBBON_PART] == RIBBON
    added = set(relations(after)) - set(relations(before))
    assert {relations(after)[number] for number in added} == {(RIBBON_RELATION, RIBBON_PART)}
    assert len(relations(after)) == len(relations(before)) + 1


def test_every_other_part_stays_as_it_was(package: bytes) -> None:
    before = read_parts(package)
    after = read_parts(write_parts(with_ribbon(before, RIBBON)))
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {"_rels/.rels"}
    assert set(after) - set(before) == {RIBBON_PART}


def test_an_addin_differs_by_its_type_and_its_window(package: bytes) -> None:
    before = read_parts(package)
    after = as_addin(before)
    assert {name for name in before if after[name] != before[name]} == {
        "[Content_Types].xml",
        "xl/workbook.xml",
    }
    assert (
        f'PartName="/xl/workbook.xml" ContentType="{ADDIN}"'.encode()
        in (after["[Content_Types].xml"])
    )
    assert b'<workbookView visibility="hidden" ' in after["xl/workbook.xml"]


def test_the_zip_says_nothing_of_when_and_where_it_was_made(package: bytes) -> None:
    written = write_parts(read_parts(package))
    assert written == write_parts(read_parts(written))
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert archive.testzip() is None
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.compress_type == zipfile.ZIP_STORED
            assert (entry.create_system, entry.extra) == (0, b"")


def test_a_second_ribbon_is_refused(package: bytes) -> None:
    with pytest.raises(PackageError, match="has a ribbon already"):
        with_ribbon(with_ribbon(read_parts(package), RIBBON), RIBBON)


@pytest.mark.parametrize(
    ("part", "reason"),
    [("[Content_Types].xml", "no content type"), ("_rels/.rels", "no relations")],
)
def test_a_package_without_its_lists_is_refused(package: bytes, part: str, reason: str) -> None:
    parts = read_parts(package)
    del parts[part]
    with pytest.raises(PackageError, match=reason):
        with_ribbon(parts, RIBBON)


def test_a_workbook_without_macros_is_no_addin() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.add_worksheet("Start")
    book.close()
    with pytest.raises(PackageError, match="no macro type"):
        as_addin(read_parts(stream.getvalue()))
