"""When the ribbon's buttons can be pressed."""

from __future__ import annotations

import pytest
from pyopenvba.apps.excel import ExcelApplication

from rosterkey.workbook.macros import ribbon_enabled, ribbon_loaded
from rosterkey.workbook.vba_project import ModuleKind
from tests.workbook.vba_doubles import THEIRS, double, modules, new_excel

FAKE_RIBBON = """Public Sub Invalidate()
    Dim canPress
    {enabled} Nothing, canPress
    RunPython "asked: " & canPress
End Sub
"""
"""A ribbon that asks at once for the state of a button, and has the double write it down."""

STATES = """Public Sub Load()
    {loaded} New FakeRibbon
End Sub
Public Function CanPress()
    {enabled} Nothing, CanPress
End Function
Public Sub Press(ByVal name As String)
    {start} name
End Sub
"""


class TestStates:
    """Buttons are grey while one runs, and never otherwise."""

    @pytest.fixture(params=[False, True], ids=["workbook", "add-in"])
    def excel(self, request: pytest.FixtureRequest) -> ExcelApplication:
        """An Excel in memory whose double of xlwings only writes down, and fails for Undo."""
        addin = bool(request.param)
        names = {
            "loaded": ribbon_loaded(addin=addin),
            "enabled": ribbon_enabled(addin=addin),
            "start": "RunAddinButton" if addin else "RunButton",
        }
        excel = new_excel()
        excel.add_workbook()
        ours = (module for module in modules(addin=addin) if module.name not in THEIRS)
        for module in (double(names["start"]), *ours):
            if module.kind is ModuleKind.STANDARD:
                excel.add_module(module.source, name=module.name)
        excel.add_module(FAKE_RIBBON.format(**names), name="FakeRibbon", kind="class")
        excel.add_module(STATES.format(**names), name="States")
        return excel

    def heard(self, excel: ExcelApplication) -> list[str]:
        """What was started and asked, in its order."""
        lines = str(excel.run("Heard")).split("|")[:-1]
        return [line.rpartition("buttons.")[2] for line in lines]

    @pytest.mark.parametrize("button", ["validate", "undo"])
    def test_they_are_grey_from_the_press_to_its_end(
        self, excel: ExcelApplication, button: str
    ) -> None:
        excel.run("Load")
        excel.run("Press", button)
        shown = ["shown: Python is gone"] if button == "undo" else []
        assert self.heard(excel) == ["asked: False", f"{button}()", "asked: True", *shown]
        assert excel.run("CanPress") is True

    def test_a_ribbon_that_was_lost_leaves_them_as_they_are(self, excel: ExcelApplication) -> None:
        # As after an end of the project: its variables are empty.
        assert excel.run("CanPress") is True
        excel.run("Press", "validate")
        assert self.heard(excel) == ["validate()"]
        assert excel.run("CanPress") is True
