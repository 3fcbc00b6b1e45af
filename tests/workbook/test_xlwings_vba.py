"""What of xlwings' VBA goes into the files, and what does not."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
from pathlib import Path

import pytest

from rosterkey.workbook import xlwings_vba
from rosterkey.workbook.vba_project import ModuleKind
from rosterkey.workbook.xlwings_vba import KEPT, XlwingsNotUsable, trimmed, xlwings_modules

both = pytest.mark.parametrize("addin", [False, True], ids=["workbook", "add-in"])


def starter(*, addin: bool) -> str:
    return xlwings_modules(addin=addin)[0].source


def procedure(source: str, name: str) -> str:
    """The text of one procedure."""
    found = re.search(
        rf"^(?:Public |Private )?(?:Sub|Function) {name}\(.*?^End (?:Sub|Function)\r$",
        source,
        re.MULTILINE | re.DOTALL,
    )
    assert found, name
    return found[0]


def original(name: str) -> str:
    found = importlib.util.find_spec("xlwings")
    assert found is not None
    assert found.origin is not None
    return (Path(found.origin).parent / name).read_bytes().decode("ascii")


@both
def test_the_settings_are_called_after_the_project(addin: bool) -> None:
    assert 'Public Const PROJECT_NAME As String = "rosterkey"\r\n' in starter(addin=addin)
    assert "myaddin" not in starter(addin=addin)


@both
def test_the_version_is_that_of_the_installed_package(addin: bool) -> None:
    installed = importlib.metadata.version("xlwings")
    assert f'Public Const XLWINGS_VERSION As String = "{installed}"\r\n' in starter(addin=addin)


@both
def test_the_licence_stays_at_the_head(addin: bool) -> None:
    head = starter(addin=addin).split("Public Const")[0]
    assert "xlwings is distributed under a BSD 3-clause license." in head
    assert "Copyright (C) 2014-present, Zoomer Analytics LLC." in head
    assert "SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE." in head
    assert "Changed for rosterkey" in head


def test_the_dictionary_of_the_mac_branch_comes_with_its_licence() -> None:
    dictionary = xlwings_modules(addin=False)[1]
    assert (dictionary.name, dictionary.kind) == ("Dictionary", ModuleKind.CLASS)
    assert "@license: MIT" in dictionary.source
    assert "New Dictionary" in starter(addin=False)


@both
def test_no_function_of_a_dll_is_declared(addin: bool) -> None:
    code = re.sub(r"(?m)'.*$", "", starter(addin=addin))
    assert not re.search(r"(?i)\bDeclare\b|\bLib\b|\.dll", code)
    assert not re.search(r"(?i)XLPy|UDF|xlwings\.pro|embedded_code\b\(", code)


@both
def test_only_the_procedures_that_are_kept_are_there(addin: bool) -> None:
    names = re.findall(r"(?m)^(?:Public |Private )?(?:Sub|Function) (\w+)\(", starter(addin=addin))
    assert names == list(KEPT)


@both
def test_an_opened_file_cannot_choose_what_runs(addin: bool) -> None:
    source = starter(addin=addin)
    settings = procedure(source, "GetConfig")
    assert "ActiveWorkbook" not in settings
    assert "Directory" not in settings
    assert settings.count("SheetExists(ThisWorkbook,") == 1
    run = procedure(source, "RunPython")
    assert 'AddExcelDir = "false"' in run
    assert ".py" not in run
    assert '"python"' not in run


@both
def test_every_procedure_that_is_not_changed_is_xlwings_own(addin: bool) -> None:
    theirs = original("xlwings_custom_addin.bas" if addin else "xlwings.bas")
    ours = starter(addin=addin)
    changed = {name for name in KEPT if procedure(ours, name) != procedure(theirs, name)}
    assert changed == {"RunPython", "GetConfig"}


@both
def test_nothing_that_is_left_out_is_called(addin: bool) -> None:
    theirs = original("xlwings_custom_addin.bas" if addin else "xlwings.bas")
    there = (
        r"(?m)^ *(?:Public |Private )?(?:Declare PtrSafe |Declare )?(?:Sub|Function|Const) (\w+)"
    )
    left_out = set(re.findall(there, theirs)) - {*KEPT, "XLWINGS_VERSION", "PROJECT_NAME"}
    assert {"XLPy", "LoadLibrary", "SaveConfigToFile", "GetFullName"} < left_out
    local = {"OK_BUTTON_ERROR", "AUTO_DISMISS"}  # constants inside of ShowError
    code = re.sub(r"(?m)'.*$", "", starter(addin=addin))
    words = {word.upper() for word in re.findall(r"\w+", re.sub(r'"[^"\r]*"', "", code))}
    assert not {name for name in left_out - local if name.upper() in words}


def test_the_addin_works_on_the_active_workbook_and_the_workbook_on_itself() -> None:
    assert '" --wb=" & """" & ActiveWorkbook.Name' in starter(addin=True)
    assert '" --wb=" & """" & ThisWorkbook.Name' in starter(addin=False)


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        ("Function GetConfig(", "Function ReadConfig("),
        ("' Check for embedded Python code", "' Look for code"),
        ("    ' Call Python platform-dependent", "    ' Now"),
        ("BSD 3-clause", "other"),
        ("Public Const XLWINGS_VERSION", "Public Const VERSION"),
    ],
)
def test_another_version_with_other_vba_is_refused(there: str, instead: str) -> None:
    source = original("xlwings.bas")
    assert there in source
    with pytest.raises(XlwingsNotUsable, match="not the one that rosterkey knows"):
        trimmed(source.replace(there, instead))


def test_without_xlwings_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlwings_vba.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(XlwingsNotUsable, match="xlwings is not installed"):
        xlwings_modules(addin=False)


def test_an_installation_without_the_vba_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlwings_vba, "_package_folder", lambda: tmp_path)
    with pytest.raises(XlwingsNotUsable, match=r"has no usable xlwings\.bas"):
        xlwings_modules(addin=False)
