"""The command that builds the workbook, the add-in and the extension: build-workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rosterkey.cli.frame import AsJson, ExitCode, Panel, err, fail, out, print_json


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("build-workbook", rich_help_panel=Panel.SETUP)(build_workbook_command)


def build_workbook_command(
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; tell whether the files equal a fresh build."),
    ] = False,
    folder: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="The folder of the project, with addin and workbook in it. Without it: the "
            "current folder.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Build RosterTemplate.xlsm, Roster.xlam and rosterkey.oxt from their text sources.

    The same sources give the same files, byte for byte. A build whose buttons, macros, tables and
    names do not fit together is refused.
    """
    root = (folder or Path.cwd()).resolve()
    built = _build(root)
    if check:
        stale = [path for path, content in built.items() if not _holds(path, content)]
        _tell(root, stale, "stale", as_json)
        raise typer.Exit(ExitCode.ERRORS if stale else ExitCode.DONE)
    for path, content in built.items():
        _write(path, content)
    _tell(root, list(built), "written", as_json)


def _build(root: Path) -> dict[Path, bytes]:
    """The three files, sound; else the command ends with a sentence."""
    from rosterkey.workbook.build import SourcesMissing, build_workbook, faults_of
    from rosterkey.workbook.vba_project import ModuleError
    from rosterkey.workbook.xlwings_vba import XlwingsNotUsable

    if not root.is_dir():
        raise fail(f"There is no folder {root}.", ExitCode.USAGE)
    try:
        built = build_workbook(root)
        faults = faults_of(built, root)
    except (SourcesMissing, ModuleError, XlwingsNotUsable) as error:
        raise fail(str(error), ExitCode.USAGE) from None
    if faults:
        raise fail("\n".join((*faults, "Nothing was written.")), ExitCode.ERRORS)
    return built


def _holds(path: Path, content: bytes) -> bool:
    """Whether the file is there and equal to the byte."""
    return path.is_file() and path.read_bytes() == content


def _write(path: Path, content: bytes) -> None:
    """Write a file; one that is equal stays untouched."""
    if _holds(path, content):
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise fail(
            f"{path} cannot be written ({error.strerror}). Close it where it is open, then build "
            "again.",
            ExitCode.USAGE,
        ) from None


def _listed(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _tell(root: Path, paths: list[Path], what: str, as_json: bool) -> None:
    named = [path.relative_to(root).as_posix() for path in paths]
    if as_json:
        print_json({what: named})
    elif what == "written":
        out.print(f"Built: {', '.join(named)}.", markup=False, soft_wrap=True)
    elif named:
        plural = "do" if len(named) > 1 else "does"
        sentence = (
            f"{_listed(named)} {plural} not equal a fresh build from the text sources. "
            "Run rosterkey build-workbook, and commit what it writes."
        )
        err.print(sentence, style="bold red", markup=False, soft_wrap=True)
    else:
        out.print("The workbook, the add-in and the extension equal a fresh build.", markup=False)
