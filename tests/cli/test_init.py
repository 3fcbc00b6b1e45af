"""`rosterkey init` warns of a database that a service copies to other computers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases.program import Program, Ran


def _init(folder: Path) -> Ran:
    folder.mkdir(parents=True)
    return Program(folder).run("init", "--json")


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        # As the services name their folders on Windows.
        ("Users/ana/OneDrive/Rosters", "OneDrive"),
        ("Users/ana/OneDrive - Lincoln Unified/Documents", "OneDrive"),
        ("Users/ana/Dropbox (Lincoln)/Rosters", "Dropbox"),
        ("Users/ana/iCloudDrive/Rosters", "iCloud Drive"),
        ("Users/ana/My Drive/Rosters", "Google Drive"),
        # As they are on a Mac.
        ("Users/ana/Library/CloudStorage/OneDrive-LincolnUnified/Rosters", "OneDrive"),
        ("Users/ana/Library/CloudStorage/Dropbox/Rosters", "Dropbox"),
        ("Users/ana/Library/CloudStorage/GoogleDrive-ana@example.org/My Drive", "Google Drive"),
        ("Users/ana/Library/CloudStorage/Box-Box/Rosters", "a cloud service"),
        ("Users/ana/Library/Mobile Documents/com~apple~CloudDocs/Rosters", "iCloud Drive"),
    ],
)
def test_a_folder_that_is_copied(folder: str, service: str, tmp_path: Path) -> None:
    """The database is made, because who asked for it may know better, and standard output stays."""
    ran = _init(tmp_path / folder)
    assert (ran.code, ran.json["districts"]) == (0, [])
    assert f"lies in a folder that {service} copies" in ran.err
    assert "Move it into a folder of this computer alone." in ran.err
    assert (tmp_path / folder / "accounts.db").is_file()


def test_a_folder_that_onedrive_copies_under_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Lincoln Unified"))
    assert "OneDrive copies" in _init(tmp_path / "Lincoln Unified" / "Rosters").err


@pytest.mark.parametrize("folder", ["Users/ana/Rosters", "Users/ana/one drive", "old.Dropbox"])
def test_another_folder(folder: str, tmp_path: Path) -> None:
    assert _init(tmp_path / folder).err == ""
