"""The part of xlwings' own VBA that starts Python, taken from the installed package.

Everything here is under xlwings' BSD 3-clause licence, which stays at the head of the module. What
the buttons do not need is left out: functions in cells with their DLL declarations, programs frozen
into one file, and writing of settings. Left out too is every way in which a file that a user merely
opens could choose the program or the code that runs: settings in the active workbook or in its
folder, code kept in a sheet, and modules that lie beside the workbook.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rosterkey.workbook.vba_project import Module, module_from_text

PROJECT_NAME = "rosterkey"
"""The settings are the sheet `rosterkey.conf` of the file that holds the macros, else the file
`.rosterkey/rosterkey.conf` in the user's home (on a Mac, in Excel's own folder)."""

KEPT = (
    "RunPython",
    "ExecuteMac",
    "ExecuteWindows",
    "CleanUp",
    "GetConfigFilePath",
    "GetConfigFromSheet",
    "GetConfig",
    "GetConfigFromFile",
    "WScript",
    "FileExists",
    "FileExistsOnWindows",
    "FileOrFolderExistsOnMac",
    "ParentFolder",
    "KillFileOnMac",
    "ToMacPath",
    "GetMacDir",
    "ToPosixPath",
    "ShowError",
    "ExpandEnvironmentStrings",
    "ReadFile",
    "SheetExists",
    "CreateGUID",
    "CheckConda",
)
"""The procedures that starting Python needs; all others are left out."""


class XlwingsNotUsable(Exception):
    """xlwings is not installed, or its VBA is not the one that is known here."""


@dataclass(frozen=True)
class _Cut:
    """In one procedure, the lines from `first` up to `before` become `instead`."""

    procedure: str
    first: str
    before: str
    instead: tuple[str, ...] = ()


_CUTS = (
    # Code kept in a sheet, and modules that lie beside the workbook.
    _Cut(
        "RunPython",
        "    ' Check for embedded Python code",
        "    ' The first 5 args are not technically part of the PYTHONPATH",
        ('    AddExcelDir = "false"', ""),
    ),
    # A program that is found by its name alone, which Windows also looks for beside the workbook.
    _Cut(
        "RunPython",
        '        interpreter = GetConfig("INTERPRETER", "python")',
        "    End If",
        ('        interpreter = GetConfig("INTERPRETER", "")',),
    ),
    # The server for functions in cells, and again code kept in a sheet.
    _Cut(
        "RunPython",
        '    OPTIMIZED_CONNECTION = GetConfig("USE UDF SERVER"',
        "    ' Call Python platform-dependent",
    ),
    _Cut(
        "RunPython",
        "        If OPTIMIZED_CONNECTION = True Then",
        "    #End If",
        ("        RunPython = ExecuteWindows(False, PythonCommand, interpreter, PYTHONPATH)",),
    ),
    # Settings of the active workbook, then of its folder.
    _Cut("GetConfig", "            'Workbook Sheet Config", "            'Add-in Sheet Config"),
    _Cut("GetConfig", "    ' Directory Config", "    ' User Config"),
)
_CHANGES = (
    "'Changed for rosterkey: its name as PROJECT_NAME; procedures that its buttons do not need are",
    "'left out, and so are settings and code taken from the active workbook or from its folder.",
    "",
)
_BEGIN = re.compile(r"(?:Public |Private )?(?:Sub|Function) (\w+)\(")
_END = re.compile(r"End (?:Sub|Function)\b")


def xlwings_modules(*, addin: bool) -> tuple[Module, Module]:
    """The modules `xlwings` and `Dictionary`, which its branch for the Mac needs.

    Args:
        addin: for the add-in, which works on the active workbook, not on its own file.

    Raises:
        XlwingsNotUsable: xlwings is not installed, or another version has other VBA.
    """
    folder = _package_folder()
    name = "xlwings_custom_addin.bas" if addin else "xlwings.bas"
    starter = _read(folder / name)
    dictionary = _read(folder / "addin" / "Dictionary.cls")
    return (
        module_from_text(trimmed(starter), is_class=False),
        module_from_text(dictionary, is_class=True),
    )


def _package_folder() -> Path:
    """Where xlwings is installed; found without importing it."""
    found = importlib.util.find_spec("xlwings")
    if found is None or found.origin is None:
        raise XlwingsNotUsable(
            "The workbook and the add-in cannot be built: the package xlwings is not installed."
        )
    return Path(found.origin).parent


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("ascii")
    except (OSError, UnicodeDecodeError):
        raise XlwingsNotUsable(
            f"The installed xlwings has no usable {path.name}: install the version that "
            "rosterkey asks for."
        ) from None


def trimmed(source: str) -> str:
    """The module of xlwings with its licence, its two constants, and the procedures that are kept.

    Raises:
        XlwingsNotUsable: something that has to be kept, changed or left out is not there.
    """
    lines = source.split("\r\n")
    kept = {name: body for name, body in _procedures(lines) if name in KEPT}
    if missing := [name for name in KEPT if name not in kept]:
        raise _unknown(missing[0])
    for cut in _CUTS:
        kept[cut.procedure] = _without(kept[cut.procedure], cut)
    body = [line for name in KEPT for line in (*kept[name], "")]
    return "\r\n".join([*_head(lines), *body])


def _head(lines: list[str]) -> list[str]:
    """The comments at the top, licence and all, and the two constants."""
    end = next((at for at, line in enumerate(lines) if line.startswith("'Attribute ")), 0)
    licence = [line for line in lines[:end] if line.startswith(("Attribute", "#Const", "'"))]
    if not any("BSD 3-clause" in line for line in licence):
        raise _unknown("the licence")
    version = [line for line in lines if line.startswith("Public Const XLWINGS_VERSION ")]
    if len(version) != 1:
        raise _unknown("XLWINGS_VERSION")
    # No comment behind a directive: not every reader of VBA takes it.
    licence = [line.split(" '")[0] if line.startswith("#") else line for line in licence]
    project = f'Public Const PROJECT_NAME As String = "{PROJECT_NAME}"'
    return [*licence, "'", *_CHANGES, *version, project, ""]


def _procedures(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each procedure's name and lines; what stands between procedures is passed over."""
    name, start = "", 0
    for at, line in enumerate(lines):
        if begun := _BEGIN.match(line):
            name, start = begun[1], at
        elif name and _END.match(line):
            yield name, lines[start : at + 1]
            name = ""


def _without(lines: list[str], cut: _Cut) -> list[str]:
    firsts = [at for at, line in enumerate(lines) if line.startswith(cut.first)]
    if len(firsts) != 1:
        raise _unknown(cut.first.strip())
    rest = range(firsts[0], len(lines))
    end = next((at for at in rest if lines[at].startswith(cut.before)), None)
    if end is None:
        raise _unknown(cut.before.strip())
    return [*lines[: firsts[0]], *cut.instead, *lines[end:]]


def _unknown(what: str) -> XlwingsNotUsable:
    return XlwingsNotUsable(
        f"The VBA of the installed xlwings is not the one that rosterkey knows ({what}): install "
        "the version that rosterkey asks for."
    )
