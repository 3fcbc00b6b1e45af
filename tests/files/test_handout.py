"""The hand-out file: for the owner alone, whole or not there."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from rosterkey.core.model import Account
from rosterkey.files import handout
from rosterkey.files.handout import Handout, write_handout
from rosterkey.files.replace import UnwritableFile

ANA = Handout(Account("a1", "asmith", first_name="Ana", last_name="Smith"), "maple-river-427")


def _write(folder: Path) -> Path:
    return write_handout(folder / "roster.xlsx", "0123456789ab", [ANA])


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    path = _write(tmp_path)
    assert path.name == "roster - new passwords 01234567.csv"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text("utf-8-sig").splitlines()[1] == ",,,Smith,Ana,asmith,maple-river-427"


def test_an_older_one_is_never_written_over(tmp_path: Path) -> None:
    first, second = _write(tmp_path), _write(tmp_path)
    assert second.name == "roster - new passwords 01234567 (2).csv"
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("where", ["fsync", "writer"])
def test_a_full_disk_leaves_no_half_a_list(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(*((os, "fsync", full) if where == "fsync" else (handout, "_cells", full)))
    with pytest.raises(UnwritableFile, match=r"No space left.*Nothing was imported"):
        _write(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_stopped_halfway_leaves_no_half_a_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_: Handout) -> tuple[str, ...]:
        raise KeyboardInterrupt

    monkeypatch.setattr(handout, "_cells", stopped)
    with pytest.raises(KeyboardInterrupt):
        _write(tmp_path)
    assert list(tmp_path.iterdir()) == []
