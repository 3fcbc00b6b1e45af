"""What the tests start and Python does not bring: programs from Debian's packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

UNO = "/usr/lib/python3/dist-packages/uno.py"
POSTGRESQL = "/usr/lib/postgresql/15/bin/postgres"
FONT = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"
TOOLS = {
    "soffice": "libreoffice-calc",
    UNO: "python3-uno",
    POSTGRESQL: "postgresql-15",
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "chromium": "chromium",
    FONT: "fonts-wqy-microhei",
}
"""A program on PATH or a file, and the Debian package that brings it; uno.py is LibreOffice's.
Xvfb is a screen for dialogs on computers that have none; the font has the letters of Chinese,
Japanese and Korean names."""


def install() -> None:
    """Install what tests start and Python does not bring, on Debian as root; else say so."""
    missing = [tool for tool in TOOLS if not (shutil.which(tool) or Path(tool).is_file())]
    if not missing or not sys.platform.startswith("linux"):
        return
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        print(missing_text(missing, "it is installed unasked on Debian as root only"), flush=True)
        return
    packages = [TOOLS[tool] for tool in missing]
    print(f"== installing {', '.join(packages)} with apt-get (takes a minute or two)", flush=True)
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    install = [*apt, "-o", "Dpkg::Use-Pty=0", "install", "-y", "--no-install-recommends", *packages]
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with tempfile.TemporaryFile() as log:
        for command in ([*apt, "update"], install):
            code = subprocess.call(command, env=environ, stdout=log, stderr=log)
        if code != 0:
            log.seek(0)
            why = f"apt-get failed with {code}"
            print(f"{log.read().decode(errors='replace')}{missing_text(missing, why)}", flush=True)


def missing_text(commands: Sequence[str], why: str) -> str:
    """Name the programs for want of which tests are skipped, so that nobody overlooks it."""
    names = ", ".join(commands)
    return f"!! missing: {names}. THE TESTS THAT START IT WILL BE SKIPPED ({why})"
