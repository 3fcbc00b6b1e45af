"""The way from this Python to LibreOffice: the module `uno`, which no package registry has.

Each press of a button takes this way, so nothing is imported that it does not need.
"""

from __future__ import annotations

import atexit
import functools
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OFFICE_SIDE = ROOT / "addin" / "libreoffice" / "pythonpath"
_UNO_FOLDERS = ("/usr/lib/libreoffice/program", "/opt/libreoffice/program")
_PYTHON_FOLDERS = ("/usr/lib/python3/dist-packages", "/usr/lib/libreoffice/program")


@functools.cache
def uno_folders() -> tuple[str, ...]:
    """What has to stand on the path for `import uno`; empty where LibreOffice brings none.

    The two modules are linked into a folder of their own: beside them lie the packages of the
    system's Python, which must not come before those of the project.
    """
    programs = [p for p in _UNO_FOLDERS if Path(p, "pyuno.so").is_file()]
    modules = [p for p in _PYTHON_FOLDERS if Path(p, "unohelper.py").is_file()]
    if not programs or not modules:
        return ()
    folder = Path(tempfile.mkdtemp(prefix="rosterkey-uno-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in ("uno.py", "unohelper.py"):
        (folder / name).symlink_to(Path(modules[0], name))
    return programs[0], str(folder)


def import_office_side() -> None:
    """Make `rosterkey_office`, the extension's own part, importable; it needs `uno`."""
    import_uno()
    if str(OFFICE_SIDE) not in sys.path:
        sys.path.append(str(OFFICE_SIDE))


def import_uno() -> Any:
    """The module `uno`, which also makes `com.sun.star` importable."""
    for folder in reversed(uno_folders()):
        if folder not in sys.path:
            sys.path.insert(0, folder)
    import uno  # type: ignore[import-not-found]

    return uno


def properties(**values: Any) -> tuple[Any, ...]:
    """Named values as UNO takes them."""
    import_uno()
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

    made = []
    for name, value in values.items():
        made.append(PropertyValue())
        made[-1].Name, made[-1].Value = name, value
    return tuple(made)


def remote_context(pipe: str) -> Any:
    """The office that listens on `pipe`. Raises what UNO raises where none does."""
    context = import_uno().getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", context
    )
    return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")


def connect(pipe: str) -> Any:
    """The desktop of the office that listens on `pipe`. Raises what UNO raises where none does."""
    remote = remote_context(pipe)
    services = remote.ServiceManager
    return services.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
