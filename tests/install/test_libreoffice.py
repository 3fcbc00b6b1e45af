"""`rosterkey setup --libreoffice`: where LibreOffice is, what is placed, each known trouble."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
import typer
from typer.testing import CliRunner

from rosterkey.cli import setup
from rosterkey.cli.frame import Database, DistrictCode, remember_options
from rosterkey.install import extension, office, plan, system
from rosterkey.install.checks import Answer, Verdict, check_setup
from rosterkey.install.system import Kind, System
from tests.install.computers import MACOS, WINDOWS, on_disk

LINUX = replace(
    MACOS,
    kind=Kind.LINUX,
    environment={"PATH": "/usr/local/bin:/usr/bin"},
    home=PurePosixPath("/home/ana"),
)
UNOPKG = f"""#!{sys.executable}
import pathlib, sys, zipfile
log = pathlib.Path(sys.argv[0]).with_name("asked.txt")
log.write_text("\\n".join(sys.argv[1:]))
cache = pathlib.Path({{profile!r}}) / "user/uno_packages/cache"
with zipfile.ZipFile(sys.argv[3]) as package:
    package.extractall(cache / "uno_packages/lu1.tmp_/rosterkey.oxt")
entry = b"org.rosterkey.buttons\\nlu1.tmp\\xffrosterkey.oxt\\xffbundle\\xff0.2.0\\xff0\\n\\n"
(cache / "uno_packages.pmap").write_bytes(b"Pmp1\\xff" + entry)
"""
"""LibreOffice's installer of extensions: it unpacks the file, and lists it."""

app = typer.Typer(pretty_exceptions_enable=False)
setup.register(app)


@app.callback()
def _shared(database_url: Database = None, district: DistrictCode = None) -> None:
    remember_options(database_url, district)


@pytest.fixture
def computer(home: Path, monkeypatch: pytest.MonkeyPatch) -> System:
    """A computer with Linux and LibreOffice, in the empty home of the test, and no root."""
    programs = home / "libreoffice" / "program"
    programs.mkdir(parents=True)
    for name in ("soffice", "pythonloader.py"):
        (programs / name).write_bytes(b"")
    linux = replace(on_disk(Kind.LINUX, home), environment={"PATH": str(programs)})
    (programs / "unopkg").write_text(UNOPKG.format(profile=str(office.profile(linux))))
    (programs / "unopkg").chmod(0o755)
    monkeypatch.setattr(system, "this_system", lambda: linux)
    monkeypatch.setattr(plan, "fresh_plain_workbook", lambda: b"workbook")
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(office, "_LINUX", ())  # this computer may have a LibreOffice
    return linux


def run(*arguments: str) -> tuple[int, str]:
    """The exit code of setup and everything that was printed."""
    done = CliRunner().invoke(app, ["setup", "--libreoffice", *arguments])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


def states(*arguments: str) -> dict[str, str]:
    code, printed = run("--json", *arguments)
    assert code == 0
    return {file["what"]: file["state"] for file in json.loads(printed)["files"]}


def programs(computer: System) -> Path:
    return Path(computer.environment["PATH"])


def answers(computer: System) -> dict[str, Answer]:
    url = f"sqlite:///{Path(computer.home).as_posix()}/none.db"
    found = check_setup(computer, url, libreoffice=True)
    assert all(bool(answer.advice) == (answer.verdict is not Verdict.OK) for answer in found)
    return {answer.check: answer for answer in found}


def troubles(computer: System) -> set[str]:
    found = {n for n, answer in answers(computer).items() if answer.verdict is Verdict.TROUBLE}
    return found - {"database"}


needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="the installer is a script")


class TestWhereItIs:
    def test_on_windows_where_its_installer_says_else_below_the_programs(self) -> None:
        key = r"HKLM\SOFTWARE\LibreOffice\UNO\InstallPath"
        named = r"D:\Office\program"
        windows = replace(
            WINDOWS,
            environment={"ProgramFiles": r"C:\Program Files"},
            registry=lambda k, n: named if (k, n) == (key, "") else None,
        )
        assert [str(path) for path in office.folders(windows)] == [
            named,
            r"C:\Program Files\LibreOffice\program",
        ]
        assert office.Office(Path("x"), Kind.WINDOWS).unopkg == Path("x/unopkg.com")

    def test_on_a_mac_among_the_applications_of_all_or_of_the_user(self) -> None:
        assert [str(path) for path in office.folders(MACOS)] == [
            "/Applications/LibreOffice.app/Contents/MacOS",
            "/Users/ana/Applications/LibreOffice.app/Contents/MacOS",
        ]

    def test_on_linux_on_the_path_then_where_packages_put_it(self) -> None:
        found = [str(path) for path in office.folders(LINUX)]
        assert found[:2] == ["/usr/local/bin", "/usr/bin"]
        assert {"/usr/lib/libreoffice/program", "/opt/libreoffice/program"} <= set(found)

    @needs_posix
    def test_a_link_leads_to_the_folder_of_its_programs(self, computer: System) -> None:
        links = Path(computer.home) / "bin"
        links.mkdir()
        (links / "soffice").symlink_to(programs(computer) / "soffice")
        linked = replace(computer, environment={"PATH": str(links)})
        found = office.find_office(linked)
        assert found is not None
        assert found.folder == programs(computer).resolve()

    def test_a_folder_of_the_path_that_may_not_be_read_is_passed_over(
        self, computer: System, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        forbidden = Path(computer.home) / "root" / "bin"
        there = Path.is_file

        def is_file(path: Path) -> bool:
            if path.parent == forbidden:
                raise PermissionError(13, "Permission denied", str(path))
            return there(path)

        monkeypatch.setattr(Path, "is_file", is_file)
        both = f"{forbidden}:{programs(computer)}"
        found = office.find_office(replace(computer, environment={"PATH": both}))
        assert found is not None
        assert found.folder == programs(computer)

    def test_of_several_versions_beside_each_other_the_newest(self, tmp_path: Path) -> None:
        for version in ("7.4", "24.8"):
            (tmp_path / f"libreoffice{version}" / "program").mkdir(parents=True)
            (tmp_path / f"libreoffice{version}" / "program" / "soffice").write_bytes(b"")
        home = on_disk(Kind.LINUX, tmp_path / "ana")
        only = replace(home, environment={"PATH": str(tmp_path / "libreoffice" / "program")})
        found = office.find_office(only)
        assert found is not None
        assert found.folder.parent.name == "libreoffice24.8"

    @pytest.mark.parametrize(
        ("computer", "expected"),
        [
            (WINDOWS, r"C:\Users\ana\AppData\Roaming\LibreOffice\4"),
            (MACOS, "/Users/ana/Library/Application Support/LibreOffice/4"),
            (LINUX, "/home/ana/.config/libreoffice/4"),
            (replace(LINUX, environment={"XDG_CONFIG_HOME": "/x"}), "/x/libreoffice/4"),
        ],
        ids=["Windows", "macOS", "Linux", "XDG"],
    )
    def test_its_profile(self, computer: System, expected: str) -> None:
        assert office.profile_of(computer) == type(computer.home)(expected)

    def test_that_of_the_mac_app_store_may_start_nothing(self, tmp_path: Path) -> None:
        mac = on_disk(Kind.MACOS, tmp_path)
        contents = tmp_path / "Applications/LibreOffice.app/Contents"
        (contents / "MacOS").mkdir(parents=True)
        (contents / "MacOS/soffice").write_bytes(b"")
        found = office.find_office(mac)
        assert found is not None
        assert found.folder == (contents / "MacOS").resolve()
        (contents / "_MASReceipt").mkdir()
        assert office.find_office(mac) is None
        assert "Mac App Store" in extension.no_office(mac)


@needs_posix
class TestSetup:
    def test_it_places_everything_and_installs_the_extension(self, computer: System) -> None:
        assert set(states("--dry-run").values()) == {"new"}
        assert office.installed_extension(computer) is None
        code, printed = run()
        assert code == 0
        assert "the toolbar Roster and the menu Roster" in printed
        asked = (programs(computer) / "asked.txt").read_text().splitlines()
        assert asked == ["add", "--force", str(extension.file_for(computer))]
        folder = office.installed_extension(computer)
        assert folder is not None
        assert (folder / "interpreter.txt").read_text("utf-8") == str(computer.interpreter)
        assert (Path(computer.documents) / "RosterTemplate.xlsx").read_bytes() == b"workbook"
        assert troubles(computer) == set()

    def test_the_second_time_there_is_nothing_to_do(self, computer: System) -> None:
        run()
        (programs(computer) / "asked.txt").unlink()
        assert set(states().values()) == {"unchanged"}
        assert not (programs(computer) / "asked.txt").exists()

    def test_another_python_takes_its_place(
        self, computer: System, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run()
        other = Path(computer.home) / "other" / "python"
        other.parent.mkdir()
        other.write_bytes(b"")
        moved = replace(computer, interpreter=other)
        monkeypatch.setattr(system, "this_system", lambda: moved)
        seen = answers(moved)["interpreter"]
        assert seen.verdict is Verdict.UNKNOWN
        assert str(computer.interpreter) in seen.message
        assert states()["extension"] == "changed"
        assert answers(moved)["interpreter"].verdict is Verdict.OK

    def test_while_libreoffice_is_open_nothing_is_written(self, computer: System) -> None:
        office.profile(computer).mkdir(parents=True)
        (office.profile(computer) / ".lock").write_bytes(b"")
        code, printed = run()
        assert (code, "LibreOffice is open." in printed) == (2, True)
        assert not list(Path(computer.home).rglob("RosterTemplate.xls*"))

    def test_root_is_sent_to_the_user(
        self, computer: System, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("os.geteuid", lambda: 0)
        code, printed = run()
        assert (code, "as the user who will edit" in " ".join(printed.split())) == (2, True)

    def test_unopkg_meets_no_other_python(
        self, computer: System, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        unopkg, real = programs(computer) / "unopkg", programs(computer) / "real-unopkg"
        unopkg.rename(real)
        met = programs(computer) / "met"
        unopkg.write_text(f'#!/bin/sh\n/usr/bin/env > "{met}"\nexec "{real}" "$@"\n')
        unopkg.chmod(0o755)
        monkeypatch.setenv("PATH", f"/home/u/.pyenv/shims:{os.environ['PATH']}")
        monkeypatch.setenv("PYTHONHOME", "/home/u/.pyenv")
        run()
        variables = dict(line.split("=", 1) for line in met.read_text().splitlines() if "=" in line)
        assert variables["PATH"] == os.defpath
        assert not [name for name in variables if name.startswith("PYTHON")]

    def test_a_failure_of_unopkg_by_itself_is_tried_once_more(self, computer: System) -> None:
        unopkg, real = programs(computer) / "unopkg", programs(computer) / "real-unopkg"
        unopkg.rename(real)
        tried = programs(computer) / "tried"
        once = f'[ -e "{tried}" ] || {{ touch "{tried}"; exit 1; }}'
        unopkg.write_text(f'#!/bin/sh\n{once}\nexec "{real}" "$@"\n')
        unopkg.chmod(0o755)
        code, printed = run()
        assert (code, tried.exists()) == (0, True), printed
        assert "extension" not in troubles(computer)

    def test_what_libreoffice_says_is_passed_on(self, computer: System) -> None:
        (programs(computer) / "unopkg").write_text("#!/bin/sh\necho 'disk is full' >&2; exit 1\n")
        code, printed = run()
        assert code == 2
        assert "disk is full" in printed
        assert "Everything else is in its place" in " ".join(printed.split())


@needs_posix
class TestTrouble:
    def test_before_setup(self, computer: System) -> None:
        assert troubles(computer) == {"extension"}

    def test_without_libreoffice(self, computer: System) -> None:
        (programs(computer) / "soffice").unlink()
        code, printed = run()
        assert (code, "found in none of its usual places" in printed) == (2, True)
        assert "libreoffice" in troubles(computer)

    def test_in_a_package_that_may_start_nothing(self, computer: System) -> None:
        (programs(computer) / "soffice").unlink()
        flatpak = ".local/share/flatpak/app/org.libreoffice.LibreOffice"
        (Path(computer.home) / flatpak).mkdir(parents=True)
        assert "Flatpak" in run()[1]
        assert "Flatpak" in answers(computer)["libreoffice"].message

    @pytest.mark.parametrize(
        ("name", "said"), [("pythonloader.py", "python3-uno"), ("unopkg", "is missing")]
    )
    def test_without_a_part(self, computer: System, name: str, said: str) -> None:
        (programs(computer) / name).unlink()
        code, printed = run()
        assert (code, said in " ".join(printed.split())) == (2, True)
        assert "libreoffice" in troubles(computer)

    def test_the_python_is_gone(self, computer: System) -> None:
        run()
        Path(computer.interpreter).unlink()
        assert troubles(computer) == {"interpreter"}

    def test_the_extension_names_none(self, computer: System) -> None:
        run()
        folder = office.installed_extension(computer)
        assert folder is not None
        (folder / "interpreter.txt").unlink()
        assert troubles(computer) == {"interpreter"}

    def test_the_extension_is_another(self, computer: System) -> None:
        run()
        folder = office.installed_extension(computer)
        assert folder is not None
        (folder / "handler.py").write_bytes(b"older")
        assert troubles(computer) == {"extension"}
        assert states()["extension"] == "changed"
        assert troubles(computer) == set()

    def test_it_is_open(self, computer: System) -> None:
        run()
        (office.profile(computer) / ".lock").write_bytes(b"")
        assert answers(computer)["libreoffice-open"].verdict is Verdict.UNKNOWN

    def test_the_command_says_it_all(self, computer: System) -> None:
        code, printed = run("--check")
        assert code == 1
        assert "TROUBLE extension" in printed
        assert "Run: rosterkey setup --libreoffice" in printed


def test_a_path_in_any_letters_reaches_the_extension(home: Path) -> None:
    there = replace(on_disk(Kind.LINUX, home), interpreter=home / "\u00c9cole \u4e2d" / "python")
    assert extension.fresh_parts(there)["interpreter.txt"].decode() == str(there.interpreter)
