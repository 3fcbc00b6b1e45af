"""Where everything goes on each system."""

from __future__ import annotations

from pathlib import PurePath

from rosterkey.install.system import Kind, System

ADDIN = "Roster.xlam"
WORKBOOK = "RosterTemplate.xlsm"
PLAIN_WORKBOOK = "RosterTemplate.xlsx"
"""For LibreOffice, which warns of macros that it could not run."""
_ROSTER_FOLDER = "Roster"
_ONEDRIVE = ("OneDriveCommercial", "OneDriveConsumer", "OneDrive")
"""Windows sets these variables to the folders that OneDrive synchronises."""
_SERVICES = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "shared drives": "Google Drive",
    "icloud": "iCloud Drive",
    "mobile documents": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "cloudstorage": "a cloud service",
}
"""How the folders of synchronising services begin, and the service.

macOS puts all of them into its folder CloudStorage, so that one comes last.
"""


def conf_file(system: System) -> PurePath:
    """The user's file in which the buttons look for the interpreter.

    Source: `GetConfigFilePath` in xlwings' VBA, with the project's name. On a Mac Excel sees only
    its own container, so the file stands in there.
    """
    if system.kind is Kind.MACOS:
        return _container(system) / "rosterkey.conf"
    home = system.folder("USERPROFILE", system.home) if system.kind is Kind.WINDOWS else system.home
    return home / ".rosterkey" / "rosterkey.conf"


def addin_file(system: System) -> PurePath | None:
    """The add-in in Excel's own startup folder; None on a system without Excel.

    The startup folder is a trusted location of Excel on Windows from the start.
    """
    if system.kind is Kind.WINDOWS:
        roaming = system.folder("APPDATA", system.home / "AppData" / "Roaming")
        return roaming / "Microsoft" / "Excel" / "XLSTART" / ADDIN
    if system.kind is Kind.MACOS:
        office = system.home / "Library" / "Group Containers" / "UBF8T346G9.Office"
        return office / "User Content.localized" / "Startup.localized" / "Excel" / ADDIN
    return None


def script_file(system: System, name: str) -> PurePath | None:
    """Where Excel for Mac runs the script of this name from; None on other systems."""
    if system.kind is not Kind.MACOS:
        return None
    return system.home / "Library" / "Application Scripts" / "com.microsoft.Excel" / name


def workbook_file(system: System, folder: PurePath | None = None, name: str = WORKBOOK) -> PurePath:
    """The workbook: in `folder`, else in the user's documents.

    Where the documents are synchronised it goes into a folder `Roster` in the home instead: there
    its path is a path and no web address, and the names of children stay on this computer.
    """
    if folder is None:
        folder = system.documents
        if synchronised(system, folder):
            folder = system.home / _ROSTER_FOLDER
    return folder / name


def synchronised(system: System, path: PurePath) -> str | None:
    """The service that copies this path to other computers, None where none is known to."""
    for variable in _ONEDRIVE:
        named = system.environment.get(variable, "")
        if named and path.is_relative_to(type(path)(named)):
            return "OneDrive"
    parts = [part.casefold() for part in path.parts]
    for beginning, service in _SERVICES.items():
        if any(part.startswith(beginning) for part in parts):
            return service
    return None


def _container(system: System) -> PurePath:
    return system.home / "Library" / "Containers" / "com.microsoft.Excel" / "Data"
