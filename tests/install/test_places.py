"""Where each system keeps what setup writes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath, PurePosixPath, PureWindowsPath

import pytest

from rosterkey.install import places
from rosterkey.install.system import Kind, System
from tests.install.computers import MACOS, WINDOWS

LINUX = replace(MACOS, kind=Kind.LINUX, home=PurePosixPath("/home/ana"))


@pytest.mark.parametrize(
    ("system", "path"),
    [
        # Both as GetConfigFilePath of xlwings' VBA puts them together.
        (WINDOWS, r"C:\Users\ana\.rosterkey\rosterkey.conf"),
        (MACOS, "/Users/ana/Library/Containers/com.microsoft.Excel/Data/rosterkey.conf"),
    ],
)
def test_the_settings_for_the_buttons(system: System, path: str) -> None:
    assert str(places.conf_file(system)) == path


@pytest.mark.parametrize(
    ("system", "path"),
    [
        (WINDOWS, r"C:\Users\ana\AppData\Roaming\Microsoft\Excel\XLSTART\Roster.xlam"),
        (
            MACOS,
            "/Users/ana/Library/Group Containers/UBF8T346G9.Office/User Content.localized/"
            "Startup.localized/Excel/Roster.xlam",
        ),
        (LINUX, "None"),
    ],
)
def test_the_add_in(system: System, path: str) -> None:
    assert str(places.addin_file(system)) == path


def test_roaming_profiles_lie_where_windows_says() -> None:
    system = replace(WINDOWS, environment={"APPDATA": r"\\server\profiles\ana\Roaming"})
    assert str(places.addin_file(system)).startswith(r"\\server\profiles\ana\Roaming\Microsoft")
    assert (
        replace(WINDOWS, environment={}).home
        in places.addin_file(  # type: ignore[union-attr]
            replace(WINDOWS, environment={})
        ).parents
    )


def test_the_script_is_for_the_mac_alone() -> None:
    name = "xlwings-1.2.3.applescript"
    assert str(places.script_file(MACOS, name)) == (
        f"/Users/ana/Library/Application Scripts/com.microsoft.Excel/{name}"
    )
    assert places.script_file(WINDOWS, name) is None


def test_the_workbook_stands_in_the_documents_or_where_it_was_wished() -> None:
    assert str(places.workbook_file(WINDOWS)) == r"C:\Users\ana\Documents\RosterTemplate.xlsm"
    wished = PureWindowsPath(r"D:\Rosters")
    assert str(places.workbook_file(WINDOWS, wished)) == r"D:\Rosters\RosterTemplate.xlsm"


def test_documents_that_onedrive_took_over_get_no_workbook() -> None:
    documents = PureWindowsPath(r"C:\Users\ana\OneDrive - Lincoln Unified\Documents")
    system = replace(WINDOWS, documents=documents)
    assert str(places.workbook_file(system)) == r"C:\Users\ana\Roster\RosterTemplate.xlsm"


@pytest.mark.parametrize(
    ("system", "path", "service"),
    [
        (WINDOWS, r"C:\Users\ana\OneDrive\Documents\a.xlsm", "OneDrive"),
        (WINDOWS, r"C:\Users\ana\Dropbox (School)\a.xlsm", "Dropbox"),
        (WINDOWS, r"C:\Users\ana\Documents\a.xlsm", None),
        (WINDOWS, r"D:\Work\one drive\a.xlsm", None),
        (WINDOWS, r"G:\My Drive\a.xlsm", "Google Drive"),
        (WINDOWS, r"G:\Shared drives\Lincoln\a.xlsm", "Google Drive"),
        (MACOS, "/Users/ana/Library/CloudStorage/OneDrive-Lincoln/a.xlsm", "OneDrive"),
        (MACOS, "/Users/ana/Library/CloudStorage/Box-Box/a.xlsm", "a cloud service"),
        (MACOS, "/Users/ana/Library/Mobile Documents/com~apple~CloudDocs/a", "iCloud Drive"),
        (MACOS, "/Users/ana/Documents/a.xlsm", None),
    ],
)
def test_synchronised_folders_are_known_by_their_names(
    system: System, path: str, service: str | None
) -> None:
    assert places.synchronised(system, type(system.home)(path)) == service


def test_onedrive_under_another_name_is_known_by_its_variable() -> None:
    system = replace(WINDOWS, environment={"OneDriveCommercial": r"D:\Lincoln Cloud"})
    inside: PurePath = PureWindowsPath(r"d:\lincoln cloud\Rosters\a.xlsm")
    assert places.synchronised(system, inside) == "OneDrive"
    assert places.synchronised(system, PureWindowsPath(r"D:\Lincoln\a.xlsm")) is None
