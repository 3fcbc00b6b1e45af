"""Our VBA: how it is written, that it compiles on Windows and the Mac, and what a button does."""

from __future__ import annotations

import inspect
import io
import re
from pathlib import Path

import pytest
import xlsxwriter
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.interpreter import _preprocess
from pyopenvba.interpreter._parse import parse_module
from pyvbaanalysis import ConditionalCompilationEnvironment, DiagnosticSeverity, analyze_office_file

from rosterkey.excel import buttons
from rosterkey.workbook.build import find_sources
from rosterkey.workbook.layout import BUTTONS
from rosterkey.workbook.macros import python_function, ribbon_callback, sheet_macro
from rosterkey.workbook.vba_project import Module, ModuleKind, write_vba_project
from tests.workbook.vba_doubles import THEIRS, double, modules, new_excel

SOURCES = sorted(find_sources().glob("vba/*/*.bas"))
WINDOWS: dict[str, int] = {}
MAC = {"Mac": 1, "Win32": 0, "Win64": 0, "MAC_OFFICE_VERSION": 16}
ERROR_HANDLER = 2
"""Excel's xlErrorHandler: Esc and Ctrl+Break raise an error in the macro that runs."""
systems = pytest.mark.parametrize("system", [WINDOWS, MAC], ids=["Windows", "Mac"])


def faults(folder: Path, written: list[Module], system: dict[str, int]) -> list[str]:
    """What two independent readers find wrong in a project, as the compiler of a system sees it."""
    path = folder / "Roster.xlsm"
    documents = [module.name for module in written if module.kind is ModuleKind.DOCUMENT]
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_vba_name("ThisWorkbook")
    book.add_vba_project(io.BytesIO(write_vba_project("Rosterkey", written)), True)
    for name in documents[1:]:
        book.add_worksheet(name).set_vba_name(name)
    book.close()
    path.write_bytes(stream.getvalue())
    environment = ConditionalCompilationEnvironment(compiler_constants=system)
    found = analyze_office_file(path, conditional_compilation=environment)
    wrong = [
        f"{module}: {problem.message}"
        for module, problems in found.items()
        for problem in problems
        if problem.severity is DiagnosticSeverity.ERROR
    ]
    for module in written:
        kind = "standard" if module.kind is ModuleKind.STANDARD else "class"
        try:
            parse_module(module.source, name=module.name, kind=kind)
        except Exception as error:
            wrong.append(f"{module.name}: {error}")
    return wrong


def with_fault(written: list[Module], name: str, right: str, wrong: str) -> list[Module]:
    """The modules with a fault planted into one of them."""
    for at, module in enumerate(written):
        if module.name == name:
            assert right in module.source
            changed = Module(name, module.kind, module.source.replace(right, wrong, 1))
            return [*written[:at], changed, *written[at + 1 :]]
    raise AssertionError(name)


class TestText:
    @pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
    def test_files_are_ascii_with_crlf_and_begin_with_their_name(self, path: Path) -> None:
        text = path.read_bytes()
        assert text.isascii()
        assert text.endswith(b"\r\n")
        assert text.count(b"\n") == text.count(b"\r") == text.count(b"\r\n")
        assert text.startswith(f'Attribute VB_Name = "{path.stem}"\r\n'.encode())
        assert b"\r\nOption Explicit\r\n" in text
        assert b"\t" not in text

    @pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
    def test_the_head_says_layer_and_neighbours(self, path: Path) -> None:
        head = path.read_text(encoding="ascii").split("Option Explicit")[0]
        assert "' Layer: " in head
        assert " Called by: " in head
        assert " Calls: " in head

    def test_workbook_and_addin_share_no_module_of_ours(self) -> None:
        names = [path.name for path in SOURCES]
        assert len(names) == len(set(names)) == 5


class TestCompiles:
    @systems
    @pytest.mark.parametrize("addin", [False, True], ids=["workbook", "add-in"])
    def test_nothing_is_wrong(self, tmp_path: Path, system: dict[str, int], addin: bool) -> None:
        assert not faults(tmp_path, modules(addin=addin), system)

    @pytest.mark.parametrize(
        ("module", "right", "wrong", "system"),
        [
            ("RosterStart", "Dim problem As String", "", WINDOWS),
            ("RosterStart", "Resume SetBack", "Resume SetBak", WINDOWS),
            ("RosterStart", "End Sub", "End Function", WINDOWS),
            ("RosterStart", "RunPython", "RunPyton", MAC),
            ("RosterRibbon", "IRibbonControl", "IRibonControl", WINDOWS),
            ("RosterRibbon", 'RunButton "export"', 'RunButton "export', WINDOWS),
            ("RosterRibbon", 'RunButton "export"', "RunButton", WINDOWS),
            ("RosterRibbon", "KeepRibbon ribbon", "KeepRibbon", WINDOWS),
            ("RosterStart", "IsIdle = Not", "IsIdel = Not", MAC),
            ("RosterSheetButtons", "Button_Validate", "Button_Export", WINDOWS),
        ],
    )
    def test_a_planted_fault_is_found(
        self, tmp_path: Path, module: str, right: str, wrong: str, system: dict[str, int]
    ) -> None:
        sound = [module for module in modules(addin=False) if module.name not in THEIRS]
        sound.append(double("RunButton"))
        assert not faults(tmp_path, sound, system)
        assert faults(tmp_path, with_fault(sound, module, right, wrong), system)

    def test_the_mac_needs_the_dictionary(self, tmp_path: Path) -> None:
        without = [module for module in modules(addin=False) if module.name != "Dictionary"]
        assert faults(tmp_path, without, MAC)


class TestButtons:
    @pytest.fixture(params=[False, True], ids=["workbook", "add-in"])
    def excel(self, request: pytest.FixtureRequest) -> ExcelApplication:
        """An Excel in memory with our modules and the double of xlwings."""
        self.addin = bool(request.param)
        start = "RunAddinButton" if self.addin else "RunButton"
        excel = new_excel()
        excel.add_workbook()
        ours = (module for module in modules(addin=self.addin) if module.name not in THEIRS)
        for module in (double(start), *ours):
            if module.kind is ModuleKind.STANDARD:
                excel.add_module(module.source, name=module.name)
        return excel

    def press(self, excel: ExcelApplication, button: str) -> str:
        """Press a button of the ribbon; what the double wrote down."""
        callback = ribbon_callback(button, addin=self.addin)
        presses = f"Public Sub PressIt{button}()\r\n    {callback} Nothing\r\nEnd Sub\r\n"
        excel.add_module(presses, name=f"Presses{button}")
        excel.run(f"PressIt{button}")
        return str(excel.run("Heard"))

    @pytest.mark.parametrize("button", [b for b in BUTTONS if b not in {"undo", "history"}])
    def test_a_button_starts_its_function_once(self, excel: ExcelApplication, button: str) -> None:
        assert self.press(excel, button) == (
            f"import rosterkey.excel.buttons as buttons; buttons.{python_function(button)}()|"
        )

    def test_every_function_exists_and_needs_nothing(self) -> None:
        there = dict(inspect.getmembers(buttons, inspect.isfunction))
        for button in BUTTONS:
            assert not inspect.signature(there[python_function(button)]).parameters

    def test_a_button_pressed_while_another_one_runs_does_nothing(
        self, excel: ExcelApplication
    ) -> None:
        # The double presses Export while History runs; later it can be pressed again.
        assert self.press(excel, "history").count("|") == 1
        assert self.press(excel, "export").count("|") == 2

    def test_what_excel_was_set_to_is_set_back(self, excel: ExcelApplication) -> None:
        self.press(excel, "validate")
        assert excel.evaluate("Application.EnableEvents") is True
        assert excel.evaluate("Application.ScreenUpdating") is True
        assert excel.evaluate("Application.Calculation") == -4105

    def test_esc_ends_in_our_own_handler(self, excel: ExcelApplication) -> None:
        self.press(excel, "validate")
        assert excel.evaluate("Application.EnableCancelKey") == ERROR_HANDLER

    def test_an_error_is_shown_and_everything_set_back(self, excel: ExcelApplication) -> None:
        assert self.press(excel, "undo").endswith("shown: Python is gone|")
        assert excel.evaluate("Application.EnableEvents") is True
        assert excel.evaluate("Application.ScreenUpdating") is True
        assert self.press(excel, "export").count("|") == 3  # the guard is open again

    def test_the_buttons_on_the_sheets_do_the_same(self, excel: ExcelApplication) -> None:
        if self.addin:
            return  # it has no sheets, and so no buttons on them
        for button in BUTTONS:
            if button not in {"undo", "history"}:
                excel.run(sheet_macro(button))
        heard = str(excel.run("Heard")).split("|")[:-1]
        called = [line.partition("buttons.")[2].removesuffix("()") for line in heard]
        assert [line.rpartition(".")[2] for line in called] == [
            python_function(button) for button in BUTTONS if button not in {"undo", "history"}
        ]


class TestNamesThatCouldRun:
    """The workbook's path stands in a command line: of cmd on Windows, of a shell on the Mac."""

    REFUSED = (*'^%&|$;`"<>!=', "\r", "\n")
    MAC_ONLY = ("\\", "'")
    PLAIN = "/Users/o/Ana (1), 3+4 [a] {b} #5 @home ~ 50_y-z \u00e9\u4e2d.xlsm"

    @pytest.fixture(params=[False, True], ids=["Windows", "Mac"])
    def mac(self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
        """Whether the VBA runs as on a Mac."""
        if request.param:
            changed = {"Mac": True, "Win32": False, "Win64": False}
            for name, value in changed.items():
                monkeypatch.setitem(_preprocess.DEFAULT_CONSTANTS, name, value)
        return bool(request.param)

    def pressed(self, path: str, *, addin: bool) -> str:
        """What was started or said when a button is pressed in a workbook there."""
        excel = new_excel()
        book = excel.add_workbook()
        book.path, book.name = "", path
        start = "RunAddinButton" if addin else "RunButton"
        ours = (module for module in modules(addin=addin) if module.name not in THEIRS)
        for module in (double(start), *ours):
            if module.kind is ModuleKind.STANDARD:
                excel.add_module(module.source, name=module.name)
        presses = f'Public Sub PressIt()\r\n    {start} "validate"\r\nEnd Sub\r\n'
        excel.add_module(presses, name="Presses")
        excel.run("PressIt")
        return str(excel.run("Heard"))

    @pytest.mark.parametrize("addin", [False, True], ids=["workbook", "add-in"])
    @pytest.mark.parametrize("place", ["/Users/o/a{}b.xlsm", "/Users/{}/a.xlsm", "{}.xlsm"])
    def test_a_live_character_starts_nothing_and_is_said(
        self, mac: bool, place: str, addin: bool
    ) -> None:
        for sign in self.REFUSED + (self.MAC_ONLY if mac else ()):
            heard = self.pressed(place.format(sign), addin=addin)
            assert "import" not in heard, repr(sign)
            assert heard.count("shown: ") == 1
            assert "rename the file or the folder" in heard

    @pytest.mark.parametrize("addin", [False, True], ids=["workbook", "add-in"])
    def test_a_plain_name_starts(self, mac: bool, addin: bool) -> None:
        paths = [self.PLAIN, "https://d.docs.live.net/1a/Roster 2.xlsm", "Book1"]
        if not mac:
            paths.append("C:\\Users\\O'Neil\\Roster.xlsm")
        for path in paths:
            heard = self.pressed(path, addin=addin)
            assert heard == "import rosterkey.excel.buttons as buttons; buttons.validate()|", path

    @pytest.mark.parametrize(
        ("name", "book"), [("RosterStart", "ThisWorkbook"), ("RosterAddinStart", "ActiveWorkbook")]
    )
    def test_the_path_that_xlwings_uses_is_looked_at_first(self, name: str, book: str) -> None:
        [path] = [path for path in SOURCES if path.stem == name]
        text = path.read_text(encoding="ascii")
        assert text.index(f"If Not IsPlain({book}.FullName) Then") < text.index("RunPython")
        [xlwings] = [m for m in modules(addin=book == "ActiveWorkbook") if m.name == "xlwings"]
        used = set(re.findall(r"ActiveFullName = (?:ToPosixPath\()?(\w+)\.", xlwings.source))
        assert used == {book}

    def test_the_two_modules_refuse_the_same(self) -> None:
        texts = [p.read_text(encoding="ascii") for p in SOURCES if p.stem.endswith("Start")]
        heads = [re.findall(r"(?ms)^#If Mac.*?again\.\"$", text) for text in texts]
        assert len(heads) == 2
        assert heads[0] == heads[1] != []
