"""Where a demo may write: a new folder, or an empty one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rosterkey.demo.folder import FolderInUse, fresh_folder


def test_each_demo_gets_a_new_folder_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rosterkey-demo-2").write_text("somebody's file")
    names = [fresh_folder().name for _ in range(3)]
    assert names == ["rosterkey-demo", "rosterkey-demo-3", "rosterkey-demo-4"]


def test_a_wanted_folder_is_made(tmp_path: Path) -> None:
    assert fresh_folder(tmp_path / "a" / "b").is_dir()


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    assert fresh_folder(tmp_path) == tmp_path.resolve()


def test_a_folder_with_anything_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".hidden").touch()
    with pytest.raises(FolderInUse, match="not empty"):
        fresh_folder(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == [".hidden"]


def test_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    with pytest.raises(FolderInUse, match="is a file"):
        fresh_folder(file)
    assert file.read_text() == "mine"


@pytest.mark.skipif(os.name == "nt", reason="a file stands for a folder on Windows in another way")
def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderInUse, match="cannot make its folder"):
        fresh_folder(tmp_path / "file" / "below")
