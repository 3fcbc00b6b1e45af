"""The extension installed for one user, and what setup sees of it afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rosterkey.install import extension, office
from rosterkey.install.system import System, this_system
from tests.libreoffice_engine.office import why_not
from tests.libreoffice_extension.installed import office_here

_NOBODY = 65534


@pytest.fixture
def user() -> Iterator[System]:
    """A user with an empty home, who is not root: unopkg refuses that one."""
    if reason := why_not():
        pytest.skip(reason)
    home = Path(tempfile.mkdtemp(prefix="rosterkey-user-"))
    if os.geteuid() == 0:
        os.chown(home, _NOBODY, _NOBODY)
    yield replace(this_system(), home=home, environment={}, settings=home / "settings.toml")
    shutil.rmtree(home)


def test_what_libreoffice_installed_is_found_and_compared(user: System) -> None:
    assert extension.what_is_missing(office_here()) is None
    assert office.installed_extension(user) is None
    file = extension.file_for(user)
    file.write_bytes(extension.fresh_extension(user))
    file.chmod(0o644)
    done = subprocess.run(
        [str(office_here().unopkg), "add", "--force", str(file)],
        env={"HOME": str(user.home), "PATH": os.defpath},
        **({"user": _NOBODY, "group": _NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}),
        cwd=user.home,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    folder = office.installed_extension(user)
    assert folder is not None
    assert (folder / "interpreter.txt").read_text("utf-8") == sys.executable
    assert extension.is_current(user)
    assert not office.is_open(user)
    (folder / "handler.py").write_bytes(b"")
    assert not extension.is_current(user)
