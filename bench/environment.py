"""The environment of the peers: build/peers, apart from the project, which needs none of them."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "bench" / "requirements.txt"
_FOLDER = ROOT / "build" / "peers"


def peers_python() -> Path:
    """The Python of the peers' environment, which is made or brought up to date where need be.

    Needs the package registry then. Raises CalledProcessError where something cannot be installed.
    """
    python = _FOLDER / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamp = _FOLDER / "installed.sha256"
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    if not python.exists():
        venv.create(_FOLDER, with_pip=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "-r", str(REQUIREMENTS)]
    subprocess.run(install, check=True)  # noqa: S603
    stamp.write_text(wanted, encoding="utf-8")
    return python


def run_peer(script: Path, *arguments: str) -> str:
    """Run a script there and return what it prints; SystemExit with its words where it fails."""
    command = [str(peers_python()), str(script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"{script.name} failed in the peers' environment:\n{done.stderr}")
    return done.stdout
