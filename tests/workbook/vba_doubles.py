"""An Excel in memory that runs our VBA, and what stands in it for xlwings."""

from __future__ import annotations

from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.interpreter._objects import MemberSpec

from rosterkey.workbook.build import addin_modules, find_sources, workbook_modules
from rosterkey.workbook.vba_project import Module, ModuleKind

DOUBLE = """Attribute VB_Name = "xlwings"
Public Said As String
Public Function RunPython(PythonCommand As String)
    Said = Said & PythonCommand & "|"
    Application.EnableEvents = False
    Application.ScreenUpdating = False
    Application.Calculation = xlCalculationManual
    If InStr(PythonCommand, "undo") > 0 Then Err.Raise 1000, , "Python is gone"
    If InStr(PythonCommand, "history") > 0 Then {start} "export"
End Function
Public Sub ShowError(FileName As String, Optional Message As String = "")
    Said = Said & "shown: " & Message & "|"
End Sub
Public Function Heard() As String
    Heard = Said
End Function
"""
"""Stands for xlwings: it writes down what is started, and leaves Excel as an ended Python would."""


THEIRS = {"xlwings", "Dictionary"}


def new_excel() -> ExcelApplication:
    """An Excel in memory that takes what Esc shall do, too."""
    excel = ExcelApplication()
    kind = type(excel.application)
    esc = MemberSpec(
        name="EnableCancelKey",
        kind="property",
        getter=lambda app: app.esc_does,
        setter=lambda app, value: setattr(app, "esc_does", value),
    )
    kind.vba_add_member(esc)
    return excel


def double(start: str) -> Module:
    """The double of the module xlwings."""
    source = DOUBLE.format(start=start).replace("\n", "\r\n")
    return Module("xlwings", ModuleKind.STANDARD, source)


def modules(*, addin: bool) -> list[Module]:
    """The modules of the workbook or of the add-in."""
    return (addin_modules if addin else workbook_modules)(find_sources())
