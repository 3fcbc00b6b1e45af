"""Whole VBA projects, read back by oletools and pyOpenVBA."""

from __future__ import annotations

import re

import pytest
from pyopenvba.cfb import CFB
from pyopenvba.vba import VBAModuleKind, decompress, parse_project_stream, parse_projectwm

from rosterkey.workbook.vba_project import (
    Module,
    ModuleError,
    ModuleKind,
    document_module,
    module_from_text,
    write_vba_project,
)
from tests.workbook.readers import kinds_by_pyopenvba, project_by_pyopenvba, sources_by_oletools

CLASS_FILE = (
    "VERSION 1.0 CLASS\r\nBEGIN\r\n  MultiUse = -1  'True\r\nEND\r\n"
    'Attribute VB_Name = "Shelf"\r\nAttribute VB_Exposed = True\r\nOption Explicit\r\n'
)


def standard(name: str, lines: int = 3) -> Module:
    body = "".join(f"Public Sub {name}{n}()\r\nEnd Sub\r\n" for n in range(lines))
    source = f'Attribute VB_Name = "{name}"\r\nOption Explicit\r\n{body}'
    return Module(name, ModuleKind.STANDARD, source)


def assert_read_back(modules: list[Module]) -> None:
    project = write_vba_project("Rosterkey", modules)
    expected = {module.name: module.source for module in modules}
    assert {module.name: module.source for module in project_by_pyopenvba(project).modules} == (
        expected
    )
    assert sources_by_oletools(project) == expected


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8, 16, 17, 33, 60])
def test_every_number_of_modules_comes_back(count: int) -> None:
    assert_read_back([document_module("ThisWorkbook", is_workbook=True)]
                     + [standard(f"Module{n}", n) for n in range(count)])  # fmt: skip


@pytest.mark.parametrize("lines", [0, 100, 120, 1000, 5000])
def test_modules_of_every_length_come_back(lines: int) -> None:
    assert_read_back([standard("Roster", lines)])


def test_kinds_are_kept() -> None:
    modules = [
        document_module("ThisWorkbook", is_workbook=True),
        document_module("SheetStart"),
        standard("Roster"),
        module_from_text(CLASS_FILE, is_class=True),
    ]
    project = write_vba_project("Rosterkey", modules)
    assert kinds_by_pyopenvba(project) == {
        "ThisWorkbook": VBAModuleKind.other,
        "SheetStart": VBAModuleKind.other,
        "Roster": VBAModuleKind.standard,
        "Shelf": VBAModuleKind.other,
    }
    listed = parse_project_stream(CFB.from_bytes(project).get_stream("PROJECT"))
    assert [name for name, _ in listed.document_modules] == ["ThisWorkbook", "SheetStart"]
    assert listed.standard_modules == ["Roster"]
    assert listed.class_modules == ["Shelf"]
    assert listed.name == "Rosterkey"
    assert set(listed.workspace) == {module.name for module in modules}


def test_the_settings_are_those_that_excel_accepts() -> None:
    project = write_vba_project("Rosterkey", [standard("Roster")])
    file = CFB.from_bytes(project)
    assert file.get_stream("_VBA_PROJECT") == bytes.fromhex("CC61FFFF000000")
    assert parse_projectwm(file.get_stream("PROJECTwm")) == [("Roster", "Roster")]
    assert not [name for name in file.list_streams() if name.startswith("__SRP")]
    read = project_by_pyopenvba(project)
    assert (read.code_page, read.sys_kind) == (1252, 1)
    assert [reference.name for reference in read.references] == ["stdole", "Office"]
    assert all(module.text_offset == 0 for module in read.modules)


def test_the_project_stream_is_text_with_an_id_of_its_own() -> None:
    first, second = (
        CFB.from_bytes(write_vba_project(name, [standard("Roster")])).get_stream("PROJECT")
        for name in ("Rosterkey", "RosterkeyAddin")
    )
    ids = [re.match(rb'ID="(\{[0-9A-F-]{36}\})"\r\n', text) for text in (first, second)]
    assert ids[0]
    assert ids[1]
    assert ids[0][1] != ids[1][1]
    assert b"\r\n[Host Extender Info]\r\n" in first
    assert b"\n" not in first.replace(b"\r\n", b"")


def test_names_in_the_dir_stream_stand_in_both_alphabets() -> None:
    raw = CFB.from_bytes(write_vba_project("Rosterkey", [standard("Roster")])).get_stream("dir")
    plain = decompress(raw)
    assert plain.count(b"Roster" + b"\x47\x00") == 1
    assert plain.count("Roster".encode("utf-16-le")) == 2


def test_the_same_modules_give_the_same_bytes() -> None:
    modules = [document_module("ThisWorkbook", is_workbook=True), standard("Roster")]
    assert write_vba_project("Rosterkey", modules) == write_vba_project("Rosterkey", modules)


def test_a_class_file_loses_its_head_and_gets_its_base() -> None:
    module = module_from_text(CLASS_FILE, is_class=True)
    assert module.kind is ModuleKind.CLASS
    assert module.source.split("\r\n")[:3] == [
        'Attribute VB_Name = "Shelf"',
        'Attribute VB_Base = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"',
        "Attribute VB_Exposed = True",
    ]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ('Attribute VB_Name = "Roster"\r\n\' Jos\u00e9\r\n', "outside ASCII"),
        ('Attribute VB_Name = "Roster"\r\nOption Explicit\n', "CRLF"),
        ('Attribute VB_Name = "Roster"\r\nOption Explicit\r', "CRLF"),
        ('Attribute VB_Name = "Other"\r\n', "begin with its VB_Name"),
        ("Option Explicit\r\n", "begin with its VB_Name"),
    ],
)
def test_a_source_that_excel_would_not_load_is_refused(source: str, reason: str) -> None:
    with pytest.raises(ModuleError, match=f"module Roster .*{reason}"):
        Module("Roster", ModuleKind.STANDARD, source)


def test_a_text_without_a_name_is_refused() -> None:
    with pytest.raises(ModuleError, match="not with its VB_Name"):
        module_from_text("Option Explicit\r\n", is_class=False)


def test_a_code_name_of_31_letters_is_the_longest() -> None:
    assert document_module("S" * 31).name == "S" * 31
    with pytest.raises(ModuleError, match="above 31"):
        document_module("S" * 32)


@pytest.mark.parametrize("name", ["ROSTER", "dir"])
def test_a_name_that_is_taken_is_refused(name: str) -> None:
    taken = [standard("Roster"), standard(name)]
    with pytest.raises(ModuleError, match="is taken"):
        write_vba_project("Rosterkey", taken)
