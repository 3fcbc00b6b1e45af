"""The macro workbook, the add-in and the extension, built from their text sources.

The same sources, with the same versions of XlsxWriter and xlwings, give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from rosterkey.workbook import layout
from rosterkey.workbook.extension import build_extension
from rosterkey.workbook.parts import read_parts, write_parts
from rosterkey.workbook.ribbon import as_addin, with_ribbon
from rosterkey.workbook.vba_project import (
    Module,
    document_module,
    module_from_text,
    write_vba_project,
)
from rosterkey.workbook.xlwings_vba import xlwings_modules

TEMPLATE_FILE = Path("workbook") / "RosterTemplate.xlsm"
ADDIN_FILE = Path("addin") / "Roster.xlam"
EXTENSION_FILE = Path("addin") / "rosterkey.oxt"

WORKBOOK_PROJECT = "Rosterkey"
ADDIN_PROJECT = "RosterkeyAddin"
ADDIN_SHEET = "Rosterkey"
"""The one sheet of the add-in, which is never shown: a workbook cannot have none."""

_PACKAGED = Path(__file__).parent / "sources"
"""Where an installed package keeps its copy of the project's folder `addin`."""

_MADE = datetime(2025, 1, 1, tzinfo=UTC)
"""Files carry no date of their making, so that two builds are equal; this one says so."""


class SourcesMissing(Exception):
    """The text sources are not where they should be."""


def find_sources(root: Path | None = None) -> Path:
    """The folder with the text sources: that of the project at `root`, else the package's own.

    Raises:
        SourcesMissing: there is neither.
    """
    project = Path(__file__).resolve().parents[3] / "addin"
    places = [_PACKAGED, project] if root is None else [root / "addin", _PACKAGED, project]
    for place in places:
        if all((place / part).is_dir() for part in ("vba", "ribbon", "libreoffice")):
            return place
    raise SourcesMissing(
        "The text sources of the workbook are missing: install rosterkey again, or run this in "
        "the folder of the project."
    )


def build_workbook(root: Path) -> dict[Path, bytes]:
    """Build the three files from the sources of the project at `root`.

    Returns:
        the full path of each file with what belongs into it. Nothing is written.

    Raises:
        SourcesMissing: there are no sources.
        XlwingsNotUsable: xlwings is not installed, or not in a version that is known.
        ModuleError: a VBA source cannot stand in a project.
    """
    sources = find_sources(root)
    return {
        root / TEMPLATE_FILE: build_template(sources),
        root / ADDIN_FILE: build_addin(sources),
        root / EXTENSION_FILE: build_extension(sources),
    }


def faults_of(built: Mapping[Path, bytes], root: Path) -> list[str]:
    """What does not hang together in the files of `build_workbook`, one sentence each."""
    from rosterkey.workbook.lint import lint
    from rosterkey.workbook.lint_extension import lint_extension

    sources = find_sources(root)
    template, addin = read_parts(built[root / TEMPLATE_FILE]), read_parts(built[root / ADDIN_FILE])
    buttons, names = layout.BUTTONS, list(layout.NAMES)
    found = {
        TEMPLATE_FILE: lint(template, workbook_modules(sources), buttons=buttons, names=names),
        ADDIN_FILE: lint(addin, addin_modules(sources), buttons=buttons, addin=True),
        EXTENSION_FILE: lint_extension(read_parts(built[root / EXTENSION_FILE]), buttons),
    }
    return [f"{file.name}: {fault}" for file, faults in found.items() for fault in faults]


def build_template(sources: Path | None = None) -> bytes:
    """The bytes of `RosterTemplate.xlsm`; `sources` as `find_sources` gives them.

    Raises:
        SourcesMissing, XlwingsNotUsable, ModuleError: as `build_workbook` does.
    """
    from rosterkey.workbook.template import write_template

    folder = sources or find_sources()
    project = write_vba_project(WORKBOOK_PROJECT, workbook_modules(folder))
    stream = io.BytesIO()
    write_template(stream, project)
    ribbon = (folder / "ribbon" / "customUI14.xml").read_bytes()
    return write_parts(with_ribbon(read_parts(stream.getvalue()), ribbon))


def build_plain() -> bytes:
    """The bytes of the workbook without macros, and without the buttons that would call them.

    Its buttons are those of the add-in or of the extension.
    """
    from rosterkey.workbook.template import write_template

    stream = io.BytesIO()
    write_template(stream, None)
    return write_parts(read_parts(stream.getvalue()))


def build_addin(sources: Path | None = None) -> bytes:
    """The bytes of `Roster.xlam`; `sources` as `find_sources` gives them.

    Raises:
        SourcesMissing, XlwingsNotUsable, ModuleError: as `build_workbook` does.
    """
    folder = sources or find_sources()
    plain = _one_sheet(write_vba_project(ADDIN_PROJECT, addin_modules(folder)))
    ribbon = (folder / "ribbon" / "customUI14-addin.xml").read_bytes()
    return write_parts(with_ribbon(as_addin(read_parts(plain)), ribbon))


def workbook_modules(sources: Path) -> list[Module]:
    """The modules of the workbook: one behind it and each sheet, ours, and xlwings'."""
    documents = [document_module(f"Sheet{sheet}") for sheet in layout.SHEETS]
    return [
        document_module("ThisWorkbook", is_workbook=True),
        *documents,
        *_modules_in(sources / "vba" / "workbook"),
        *xlwings_modules(addin=False),
    ]


def addin_modules(sources: Path) -> list[Module]:
    """The modules of the add-in: one behind it and its sheet, ours, and xlwings'."""
    return [
        document_module("ThisWorkbook", is_workbook=True),
        document_module(f"Sheet{ADDIN_SHEET}"),
        *_modules_in(sources / "vba" / "addin"),
        *xlwings_modules(addin=True),
    ]


def _modules_in(folder: Path) -> list[Module]:
    """The modules that the text files of a folder hold, by name; line ends as VBA wants them."""
    found = (path for path in folder.iterdir() if path.suffix in {".bas", ".cls"})
    paths = sorted(found, key=lambda path: path.name)
    return [
        module_from_text(
            path.read_bytes().decode("utf-8").replace("\r\n", "\n").replace("\n", "\r\n"),
            is_class=path.suffix == ".cls",
        )
        for path in paths
    ]


def _one_sheet(vba_project: bytes) -> bytes:
    """A macro workbook with one empty sheet."""
    import xlsxwriter  # type: ignore[import-untyped]

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"title": "Roster add-in", "author": "rosterkey", "created": _MADE})
    book.set_vba_name("ThisWorkbook")
    book.add_vba_project(io.BytesIO(vba_project), True)
    book.add_worksheet(ADDIN_SHEET).set_vba_name(f"Sheet{ADDIN_SHEET}")
    book.close()
    return stream.getvalue()
