"""Pressing the buttons that are drawn on the sheets, and what stands in for xlwings' VBA.

LibreOffice runs the workbook's own VBA, but not that of xlwings, which calls Windows or macOS and
uses `#If`. So of the open document, never of the file, the module `xlwings` is put in place of by a
double with the same two public procedures, and its `Dictionary` is taken out.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rosterkey.workbook.build import TEMPLATE_FILE, WORKBOOK_PROJECT
from tests.libreoffice_engine.office import ROOT, Office
from tests.libreoffice_engine.started import ANSWERS

_LONGEST_PRESS = 60  # seconds until a Python has come to its end
_LONGEST_MACRO = 20  # seconds
_DOUBLE = """Option VBASupport 1
Private Sub Note(ByVal line As String)
    Dim number As Integer
    number = FreeFile
    Open "{asked}" For Append As #number
    Print #number, line
    Close #number
End Sub
Public Function RunPython(PythonCommand As String)
    Note PythonCommand
{run}
    Note "done"
End Function
Public Sub ShowError(FileName As String, Optional Message As String)
    Note "ShowError: " & Message
End Sub
"""
_PYTHON = "from tests.libreoffice_engine.started import start; start(); "
_START = (
    f'    Shell "{{python}}", 0, "-B -c ""{_PYTHON}" & PythonCommand & """'
    ' ""--wb=" & ThisWorkbook.Name & """ --from_xl=1 --office-pipe={pipe}'
    ' ""--office-folder={folder}""", False'
)
"""As xlwings starts Python, without waiting, as on a Mac."""


@dataclass(frozen=True, slots=True)
class Press:
    """What came of a press: the Python that was started, and what the user saw."""

    process: int
    command: list[str]
    dialogs: list[dict[str, str | None]]
    status: list[str | bool]
    errors: list[str]

    @property
    def last(self) -> str:
        """The text of the last dialog."""
        return str(self.dialogs[-1]["prompt"])


class Workbook:
    """A copy of the built workbook, open in LibreOffice, with its buttons."""

    def __init__(self, folder: Path, office: Office) -> None:
        self.folder = folder
        self.path = folder / "My Roster.xlsm"
        shutil.copyfile(ROOT / TEMPLATE_FILE, self.path)
        self._office = office
        self._asked = folder / "asked.txt"
        self.document = office.load(self.path)
        self._controller = self.document.getCurrentController()
        self._controller.getFrame().activate()
        self._modules = self.document.BasicLibraries.getByName(WORKBOOK_PROJECT)
        self._modules.removeByName("Dictionary")

    def close(self) -> None:
        """Close it without saving."""
        self.document.close(True)

    def stand_in(self, run: str = "") -> None:
        """Put the double of xlwings' VBA in; `run` is VBA that RunPython does beside noting."""
        source = _DOUBLE.format(asked=self._asked, run=run)
        self._modules.removeByName("xlwings")
        self._modules.insertByName("xlwings", source)

    def start_python(self) -> None:
        """Let RunPython start a Python of its own, as xlwings does."""
        self.stand_in(
            _START.format(python=sys.executable, pipe=self._office.pipe, folder=self.folder)
        )

    def buttons(self) -> list[tuple[str, str]]:
        """Every button as its sheet and its label."""
        return [(sheet.Name, model.Label) for sheet in self.document.Sheets for model in _on(sheet)]

    def push(self, sheet: str, label: str) -> None:
        """Press a button as a user does, which starts its macro."""
        page = self.document.Sheets.getByName(sheet)
        self._controller.setActiveSheet(page)
        model = next(model for model in _on(page) if model.Label == label)
        control = self._controller.getControl(model)
        if not control.getAccessibleContext().doAccessibleAction(0):
            raise RuntimeError(f"LibreOffice did not press {label} on {sheet}")

    def run(self, lines: str) -> None:
        """Run lines of VBA inside the workbook's project."""
        source = f"Option VBASupport 1\nPublic Sub Run()\n{lines}\nEnd Sub\n"
        self._modules.insertByName("Probe", source)
        place = f"{WORKBOOK_PROJECT}.Probe.Run?language=Basic&location=document"
        provider = self.document.getScriptProvider()
        provider.getScript(f"vnd.sun.star.script:{place}").invoke((), (), ())
        self._modules.removeByName("Probe")

    def asked(self) -> list[str]:
        """What RunPython and ShowError were called with since the last time, in their order.

        A press may return before its macro does. Raises RuntimeError where no macro comes to its
        end in time.
        """
        until = time.monotonic() + _LONGEST_MACRO
        while time.monotonic() < until:
            lines = self._asked.read_text("utf-8").splitlines() if self._asked.exists() else []
            if lines and (lines[-1] == "done" or lines[-1].startswith("ShowError: ")):
                self._asked.unlink()
                return [line for line in lines if line != "done"]
            time.sleep(0.01)
        raise RuntimeError("No macro asked for Python")

    def press(self, sheet: str, label: str, *answers: str, file: Path | None = None) -> Press:
        """Press a button and wait for the Python that it starts; `file` is what the user chooses.

        Raises RuntimeError where none comes to its end in time.
        """
        wanted = {"answers": answers, "file": str(file) if file else None}
        (self.folder / ANSWERS).write_text(json.dumps(wanted), encoding="utf-8")
        self.push(sheet, label)
        until = time.monotonic() + _LONGEST_PRESS
        while time.monotonic() < until:
            for report in self.folder.glob("*.press"):
                told = json.loads(report.read_text(encoding="utf-8"))
                report.unlink()
                return Press(**told)
            time.sleep(0.05)
        raise RuntimeError(
            f"{label} on {sheet} started no Python that ended: {self._office.said()}"
        )


def labels_on(sheet: Any) -> list[str]:
    """The labels of the buttons on a sheet."""
    return [model.Label for model in _on(sheet)]


def _on(sheet: Any) -> list[Any]:
    """The models of the buttons on a sheet."""
    forms = sheet.DrawPage.Forms
    found = [forms.getByIndex(i) for i in range(forms.getCount())]
    return [form.getByIndex(i) for form in found for i in range(form.getCount())]
