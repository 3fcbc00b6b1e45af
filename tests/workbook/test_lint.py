"""Every fault that the lint is for, planted into a sound file, is found and told."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from rosterkey.workbook.build import (
    addin_modules,
    build_addin,
    build_template,
    find_sources,
    workbook_modules,
)
from rosterkey.workbook.layout import BUTTONS, NAMES
from rosterkey.workbook.lint import ICONS, lint
from rosterkey.workbook.parts import read_parts
from rosterkey.workbook.vba_project import Module, document_module

Parts = dict[str, bytes]
RIBBON = "customUI/customUI14.xml"
BOOK = "xl/workbook.xml"
EXPORT_TABLE = "xl/tables/table1.xml"
EXPORT_SHEET = "xl/worksheets/sheet2.xml"


@pytest.fixture(scope="module")
def parts() -> Parts:
    """The parts of the workbook."""
    return read_parts(build_template())


@pytest.fixture(scope="module")
def modules() -> list[Module]:
    """The modules of the workbook."""
    return workbook_modules(find_sources())


def found(
    parts: Parts,
    modules: Sequence[Module],
    buttons: Sequence[str] = BUTTONS,
    names: Sequence[str] = tuple(NAMES),
) -> list[str]:
    return lint(parts, modules, buttons=buttons, names=names)


def planted(parts: Parts, part: str, right: str, wrong: str) -> Parts:
    """The parts with one thing changed, which has to be there."""
    assert right.encode() in parts[part], right
    return {**parts, part: parts[part].replace(right.encode(), wrong.encode(), 1)}


def in_module(modules: Sequence[Module], name: str, right: str, wrong: str) -> list[Module]:
    """The modules with one thing changed in one of them."""
    assert any(right in module.source for module in modules if module.name == name), right
    return [
        Module(name, module.kind, module.source.replace(right, wrong, 1))
        if module.name == name
        else module
        for module in modules
    ]


def test_the_workbook_is_sound(parts: Parts, modules: list[Module]) -> None:
    assert found(parts, modules) == []


def test_the_addin_is_sound() -> None:
    written = addin_modules(find_sources())
    assert lint(read_parts(build_addin()), written, buttons=BUTTONS, addin=True) == []


@pytest.mark.parametrize(
    "fault",
    [
        (RIBBON, 'id="rosterButtonUndo"', 'id="rosterButtonHelp"', "the id rosterButtonHelp twice"),
        (RIBBON, 'keytip="U"', 'keytip="E"', "Two buttons of the ribbon have the key tip E"),
        (RIBBON, 'imageMso="Undo"', 'imageMso="UndoImport"', "the icon UndoImport, which is not"),
        (RIBBON, 'imageMso="Undo"', "", "rosterButtonUndo has the icon , which is not"),
        (RIBBON, 'label="Undo"', "", "rosterButtonUndo has no label"),
        (RIBBON, 'keytip="U"', "", "rosterButtonUndo has no keytip"),
        (RIBBON, 'screentip="Take an import back"', "", "rosterButtonUndo has no screentip"),
        (RIBBON, 'onAction="Roster_Undo"', "", "The button undo is not on the ribbon"),
        (RIBBON, 'onAction="Roster_Undo"', "", "Nothing on the ribbon calls the Sub Roster_Undo"),
        (RIBBON, "Roster_Undo", "Roster_Redo", "calls Roster_Redo, and no Sub of this name takes"),
        (RIBBON, "Roster_Undo", "Button_Undo", "calls Button_Undo, and no Sub of this name takes"),
        (RIBBON, "Roster_Undo", "Roster_Help", "Two buttons of the ribbon call Roster_Help"),
        (RIBBON, ' onLoad="Roster_OnLoad"', "", "The ribbon does not call Roster_OnLoad when it"),
        (RIBBON, 'getEnabled="Roster_GetEnabled"', "", "ButtonExport does not ask Roster_Get"),
        (RIBBON, 'getEnabled="Roster_', 'getEnabled="RosterAddin_', "Export does not ask Roster_"),
        (BOOK, 'name="PlanDigest"', 'name="Digest"', "The name PlanDigest is not defined"),
        (BOOK, 'name="PlanDigest"', 'name="tblexport"', "TBLEXPORT stands twice among names"),
        (BOOK, 'name="PlanDigest"', 'name="ListGrades"', "LISTGRADES stands twice among names"),
        (BOOK, ">Lists!$D$5<", ">List!$D$5<", "PlanDigest points at List!$D$5, which is not there"),
        (BOOK, ">Lists!$D$5<", ">Lists!#REF!<", "PlanDigest points at Lists!#REF!"),
        (BOOK, ' codeName="ThisWorkbook"', "", "There is no code name for the workbook"),
        (BOOK, ' codeName="ThisWorkbook"', "", "The Document module ThisWorkbook belongs to no"),
        (EXPORT_SHEET, ' codeName="SheetExport"', "", "no code name for the sheet Export"),
        (EXPORT_SHEET, '"SheetExport"', '"SheetStart"', "The code name SheetStart stands twice"),
        (EXPORT_SHEET, '"SheetExport"', '"Sheet2"', "the sheet Export, Sheet2, has no Document"),
        (EXPORT_TABLE, 'name="Username"', 'name="User"', "tblExport on Export wants 'User' in B4"),
        (EXPORT_TABLE, 'name="Username"', 'name="Grade"', "on Export has the column GRADE twice"),
        (EXPORT_TABLE, ' ref="A4:G5" t', ' ref="A4:H5" t', "has 7 columns in A4:H5"),
        (EXPORT_TABLE, ' ref="A4:G5" t', ' ref="A3:G5" t', "in A3, which has"),
    ],
)  # fmt: skip
def test_a_fault_in_a_part_is_told(
    parts: Parts, modules: list[Module], fault: tuple[str, str, str, str]
) -> None:
    part, right, wrong, told = fault
    faults = found(planted(parts, part, right, wrong), modules)
    assert any(told in line for line in faults), faults


@pytest.mark.parametrize(
    "fault",
    [
        ("RosterRibbon", "Sub Roster_Undo(", "Sub Roster_Redo(", "calls Roster_Undo, and no Sub"),
        ("RosterRibbon", "Sub Roster_Undo(", "Sub Roster_Redo(", "calls the Sub Roster_Redo"),
        (
            "RosterRibbon",
            "Sub Roster_Undo(control As IRibbonControl)",
            "Sub Roster_Undo()",
            "calls Roster_Undo, and no Sub of this name takes an IRibbonControl",
        ),
        (
            "RosterRibbon",
            "Sub Roster_Undo(control As IRibbonControl)",
            "Sub Roster_Undo(control As IRibbonControl, pressed As Boolean)",
            "takes (control As IRibbonControl, pressed As Boolean), not",
        ),
        ("RosterRibbon", "Roster_OnLoad(", "Roster_Load(", "There is no Sub Roster_OnLoad"),
        ("RosterRibbon", "ByRef enabled", "ByRef on", "Roster_GetEnabled does not take (control"),
        ("RosterRibbon", "IsIdle()", "True", "Roster_GetEnabled does not take"),
        ("RosterRibbon", "KeepRibbon r", "SetRibbon r", "Roster_OnLoad does not take (ribbon"),
        ("RosterRibbon", 'RunButton "undo"', 'RunButton "help"', "_Undo starts help, not undo"),
        ("RosterRibbon", 'RunButton "undo"', 'RunButton "redo"', "starts redo, which is no button"),
        ("RosterRibbon", 'RunButton "import_"', 'RunButton "import"', "starts import, not import_"),
        ("RosterRibbon", '"undo"\r\n', '"undo"\r\n    Beep\r\n', "Roster_Undo is not one line"),
        ("RosterRibbon", "Option Explicit", "", "RosterRibbon has no Option Explicit"),
        ("RosterSheetButtons", "Sub Button_Undo()", "Sub Button_Redo()", "runs Button_Undo, and"),
        ("RosterSheetButtons", "Sub Button_Undo()", "Sub Button_Redo()", "undo has no Sub "),
        ("RosterSheetButtons", "Sub Button_Undo()", "Sub Button_Redo()", "belongs to no button"),
        ("RosterSheetButtons", 'RunButton "undo"', 'RunButton "help"', "Button_Undo starts help"),
        (
            "RosterSheetButtons",
            "Sub Button_Undo()",
            "Sub Button_Undo(twice As Boolean)",
            "runs Button_Undo, and no Sub of this name is without arguments",
        ),
        ("RosterStart", "    SetRunning True", '    MsgBox "Wait"', "RosterStart has a MsgBox"),
        ("RosterStart", "excel.buttons as", "excel.button as", "RunPython is not called once with"),
        ("RosterStart", "RunPython ", "Run ", "RunPython is not called once with"),
    ],
)  # fmt: skip
def test_a_fault_in_the_vba_is_told(
    parts: Parts, modules: list[Module], fault: tuple[str, str, str, str]
) -> None:
    module, right, wrong, told = fault
    faults = found(parts, in_module(modules, module, right, wrong))
    assert any(told in line for line in faults), faults


def test_a_second_way_into_python_is_told(parts: Parts, modules: list[Module]) -> None:
    ribbon = in_module(modules, "RosterRibbon", 'RunButton "undo"', 'RunPython "import os"')
    assert any("RunPython is not called once" in fault for fault in found(parts, ribbon))


def test_a_button_on_a_sheet_that_runs_nothing_is_told(parts: Parts, modules: list[Module]) -> None:
    drawing = next(name for name, part in parts.items() if b"[0]!Button_Undo" in part)
    faults = found(planted(parts, drawing, "!Button_Undo", "!Button_Redo"), modules)
    assert faults == [
        "A button on a sheet runs Button_Redo, and no Sub of this name is without arguments."
    ]


def test_a_new_button_without_anything_is_told(parts: Parts, modules: list[Module]) -> None:
    faults = found(parts, modules, buttons=(*BUTTONS, "find_twins"))
    assert faults == [
        "The button find_twins is not on the ribbon: nothing calls Roster_FindTwins.",
        "The button find_twins has no Sub Button_FindTwins for the sheets.",
    ]


def test_a_document_module_too_many_is_told(parts: Parts, modules: list[Module]) -> None:
    faults = found(parts, [*modules, document_module("SheetGone")])
    assert faults == ["The Document module SheetGone belongs to no sheet."]


def test_a_missing_document_module_is_told(parts: Parts, modules: list[Module]) -> None:
    without = [module for module in modules if module.name != "SheetLists"]
    faults = found(parts, without)
    assert faults == ["The code name of the sheet Lists, SheetLists, has no Document module."]


def test_every_icon_of_the_list_is_used(parts: Parts) -> None:
    used = set(re.findall(r'imageMso="(\w+)"', parts[RIBBON].decode()))
    assert used == ICONS


def test_both_ribbons_have_the_same_buttons_and_no_id_in_common(parts: Parts) -> None:
    addin = read_parts(build_addin())[RIBBON].decode()
    workbook = parts[RIBBON].decode()
    for attribute, common in (
        ("label", True),
        ("imageMso", True),
        ("id", False),
        ("onAction", False),
        ("onLoad", False),
        ("getEnabled", False),
    ):
        ours, theirs = (
            re.findall(
                rf' {attribute}="([^"]*)"', text.partition(" <ribbon>")[attribute != "onLoad"]
            )
            for text in (workbook, addin)
        )
        assert len(ours) == len(theirs)
        assert (ours == theirs) if common else set(ours).isdisjoint(theirs)


def test_the_two_tabs_can_be_told_apart(parts: Parts) -> None:
    ribbons = (parts[RIBBON], read_parts(build_addin())[RIBBON])
    tabs = [
        re.findall(r'<tab id="\w+" label="([^"]+)" keytip="(\w+)"', r.decode()) for r in ribbons
    ]
    assert tabs == [[("Roster", "KR")], [("Roster add-in", "KA")]]


def test_export_validate_and_import_are_large_and_first(parts: Parts) -> None:
    buttons = re.findall(
        r'<button id="roster\w+"\s+label="([^"]+)"\s+size="(\w+)"', parts[RIBBON].decode()
    )
    assert [label for label, size in buttons if size == "large"] == ["Export", "Validate", "Import"]
    assert [label for label, _ in buttons] == [
        "Export", "Validate", "Import", "Undo", "History", "Start import", "Add IDs",
        "New usernames",
        "Next finding", "Apply fix", "Apply all fixes", "Open CSV", "Save CSV", "Settings", "Help",
    ]  # fmt: skip
    assert ' label="Roster" keytip=' in parts[RIBBON].decode()


def supertips(ribbon: bytes) -> dict[str, str]:
    """What each button's tip tells, by its label."""
    return dict(re.findall(r' label="([^"]+)"[^<]*? supertip="([^"]+)"', ribbon.decode()))


def test_the_tip_of_settings_promises_no_change(parts: Parts) -> None:
    for ribbon in (parts[RIBBON], read_parts(build_addin())[RIBBON]):
        assert "lets you" not in supertips(ribbon)["Settings"]
        assert "what is missing" in supertips(ribbon)["Settings"]


def test_the_tips_of_the_addin_name_the_sheets_that_have_to_be_there() -> None:
    tips = supertips(read_parts(build_addin())[RIBBON])
    for button in ("Export", "History"):
        assert (
            f"the sheet {button}, which your workbook must have from the template" in tips[button]
        )
