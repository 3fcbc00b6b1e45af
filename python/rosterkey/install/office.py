"""LibreOffice on this computer: where it is, which of its parts are there, and its profile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from rosterkey.install.system import Kind, System

IDENTIFIER = b"org.rosterkey.buttons"
"""The extension's name among all extensions, from its description.xml."""

_REGISTRY = (
    r"HKLM\SOFTWARE\LibreOffice\UNO\InstallPath",
    r"HKLM\SOFTWARE\WOW6432Node\LibreOffice\UNO\InstallPath",
    r"HKCU\SOFTWARE\LibreOffice\UNO\InstallPath",
)
"""Where its installer on Windows writes the folder of its programs, as the key's own value."""
_LINUX = ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt")
_SANDBOXES = {
    "Flatpak": (
        "/var/lib/flatpak/app/org.libreoffice.LibreOffice",
        "~/.local/share/flatpak/app/org.libreoffice.LibreOffice",
    ),
    "Snap": ("/snap/libreoffice", "/var/lib/snapd/snap/libreoffice"),
}
"""Packages in which LibreOffice is shut off from the programs of the computer."""
_DEPLOYED = re.compile(re.escape(IDENTIFIER) + rb"\n([^\xff\n]+)\xff([^\xff\n]+)\xff")
"""An entry in LibreOffice's list of extensions: the folder without its last sign, the file."""


@dataclass(frozen=True, slots=True)
class Office:
    """An installed LibreOffice; `folder` is where its programs are."""

    folder: Path
    kind: Kind

    @property
    def unopkg(self) -> Path:
        """Its program that installs extensions; on Windows the one that writes to a console."""
        return self.folder / ("unopkg.com" if self.kind is Kind.WINDOWS else "unopkg")

    @property
    def runs_python(self) -> bool:
        """Whether it can run extensions in Python, which some packages leave out."""
        beside = self.folder.parent / "Resources"  # on a Mac
        return any((place / "pythonloader.py").is_file() for place in (self.folder, beside))


def folders(system: System) -> Iterator[PurePath]:
    """Where LibreOffice's programs can be, the likeliest first."""
    found = {Kind.WINDOWS: _on_windows, Kind.MACOS: _on_a_mac, Kind.LINUX: _on_linux}
    return found[system.kind](system)


def _on_windows(system: System) -> Iterator[PurePath]:
    for key in _REGISTRY:
        named = system.registry(key, "")
        if isinstance(named, str) and named:
            yield type(system.home)(named)
    for variable in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"):
        if above := system.environment.get(variable, ""):
            yield type(system.home)(above) / "LibreOffice" / "program"


def _on_a_mac(system: System) -> Iterator[PurePath]:
    for above in (type(system.home)("/"), system.home):
        yield above / "Applications" / "LibreOffice.app" / "Contents" / "MacOS"


def _on_linux(system: System) -> Iterator[PurePath]:
    for named in system.environment.get("PATH", "").split(":"):
        if named:
            yield type(system.home)(named)
    for above in _LINUX:
        yield type(system.home)(above) / "libreoffice" / "program"


def find_office(system: System) -> Office | None:
    """The LibreOffice of this computer, None where there is none in a usual place."""
    for folder in map(Path, folders(system)):
        for office in _in(folder, system.kind):
            return office
    return None


def _from_the_app_store(folder: Path) -> bool:
    """Whether a Mac's LibreOffice is the one of the App Store, whose apps may start no program."""
    return (folder.parent / "_MASReceipt").is_dir()


def _in(folder: Path, kind: Kind) -> Iterator[Office]:
    """The LibreOffice whose programs, or links to them, are in a folder.

    On Linux a folder of PATH holds links; its installers put each version beside the last.
    """
    name = "soffice.exe" if kind is Kind.WINDOWS else "soffice"
    places = [folder]
    if kind is Kind.LINUX and folder.parent.name == "libreoffice":
        beside = folder.parent.parent.glob("libreoffice*/program")
        places = [folder, *sorted(beside, key=_version, reverse=True)]
    for place in places:
        program = place / name
        if not _is_there(program) or _from_the_app_store(place):
            continue
        if not _of_a_sandbox(program.resolve()):
            yield Office(program.resolve().parent, kind)


def _is_there(path: Path) -> bool:
    """Whether a file is there that can be seen: a folder of PATH may be another user's."""
    try:
        return path.is_file()
    except OSError:
        return False


def _version(folder: Path) -> list[int]:
    """The numbers in `libreoffice24.8/program`."""
    return [int(number) for number in re.findall(r"\d+", folder.parent.name)]


def _of_a_sandbox(program: Path) -> bool:
    return any(part in ("snap", "snapd", "flatpak") for part in program.parts)


def sandboxed(system: System) -> str | None:
    """The kind of package in which LibreOffice is here but shut off; None for none."""
    if system.kind is Kind.MACOS:
        found = any(_from_the_app_store(Path(folder)) for folder in folders(system))
        return "Mac App Store" if found else None
    if system.kind is Kind.WINDOWS:
        return None
    for name, places in _SANDBOXES.items():
        for place in places:
            if Path(place.replace("~", str(system.home))).is_dir():
                return name
    return None


def profile(system: System) -> Path:
    """The folder in which LibreOffice keeps what is the user's own."""
    return Path(profile_of(system))


def profile_of(system: System) -> PurePath:
    """The same as a path of that system."""
    if system.kind is Kind.WINDOWS:
        above = system.folder("APPDATA", system.home / "AppData" / "Roaming") / "LibreOffice"
    elif system.kind is Kind.MACOS:
        above = system.home / "Library" / "Application Support" / "LibreOffice"
    else:
        above = system.folder("XDG_CONFIG_HOME", system.home / ".config") / "libreoffice"
    return above / "4"


def is_open(system: System) -> bool:
    """Whether LibreOffice has its profile locked: it runs, or it crashed and did not run since."""
    return (profile(system) / ".lock").exists()


def installed_extension(system: System) -> Path | None:
    """The folder of our extension in LibreOffice's profile, None where it is not installed."""
    return deployed_in(profile(system) / "user" / "uno_packages" / "cache")


def deployed_in(cache: Path) -> Path | None:
    """The folder of our extension in a place where LibreOffice keeps extensions; None for none."""
    try:
        listed = (cache / "uno_packages.pmap").read_bytes()
    except OSError:
        return None
    found = _DEPLOYED.search(listed)
    if found is None:
        return None
    folder, name = (part.decode("utf-8", errors="replace") for part in found.groups())
    place = cache / "uno_packages" / f"{folder}_" / name
    return place if place.is_dir() else None
