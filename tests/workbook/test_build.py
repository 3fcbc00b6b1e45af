"""The built files: equal each time, read back, sound for others' readers; and the command."""

from __future__ import annotations

import importlib
import io
import json
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
import typer
from typer.testing import CliRunner

from rosterkey.cli import build as command
from rosterkey.cli import explain
from rosterkey.workbook import build, layout
from rosterkey.workbook.build import (
    ADDIN_FILE,
    EXTENSION_FILE,
    TEMPLATE_FILE,
    SourcesMissing,
    build_addin,
    build_template,
    build_workbook,
    faults_of,
    find_sources,
)
from rosterkey.workbook.parts import read_parts, write_parts
from rosterkey.workbook.ribbon import ADDIN, MACRO_WORKBOOK
from rosterkey.workbook.vba_project import ModuleError
from tests.libreoffice import convert, needs_libreoffice
from tests.workbook.ooxml_validator import complaints
from tests.workbook.readers import project_by_pyopenvba, sources_by_oletools

ROOT = Path(__file__).resolve().parents[2]
FILES = {TEMPLATE_FILE: build.workbook_modules, ADDIN_FILE: build.addin_modules}


@pytest.fixture(scope="module")
def built() -> dict[Path, bytes]:
    """The three files, by their paths inside the project."""
    return {path.relative_to(ROOT): content for path, content in build_workbook(ROOT).items()}


each = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


def as_workbook(parts: dict[str, bytes]) -> bytes:
    """A file of these parts that LibreOffice takes: the type of add-ins it does not know at all."""
    types = parts["[Content_Types].xml"].replace(ADDIN.encode(), MACRO_WORKBOOK.encode())
    return write_parts({**parts, "[Content_Types].xml": types})


def look_of(path: Path) -> dict[str, dict[str, tuple[object, ...]]]:
    """Every cell of every sheet that holds something: what it holds, and how it looks."""
    return {
        sheet.title: {
            cell.coordinate: (cell.value, cell.number_format, cell.font.b, cell.fill.fgColor.rgb)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        for sheet in openpyxl.load_workbook(path).worksheets
    }


class TestFiles:
    @each
    def test_two_builds_are_equal(self, built: dict[Path, bytes], file: Path) -> None:
        again = build_template() if file == TEMPLATE_FILE else build_addin()
        assert again == built[file]

    @each
    def test_the_modules_come_back(self, built: dict[Path, bytes], file: Path) -> None:
        project = read_parts(built[file])["xl/vbaProject.bin"]
        expected = {module.name: module.source for module in FILES[file](find_sources())}
        read = {module.name: module.source for module in project_by_pyopenvba(project).modules}
        assert read == expected
        assert sources_by_oletools(project) == expected

    @each
    def test_the_sources_in_the_repository_are_what_is_inside(
        self, built: dict[Path, bytes], file: Path
    ) -> None:
        folder = ROOT / "addin" / "vba" / ("workbook" if file == TEMPLATE_FILE else "addin")
        inside = sources_by_oletools(read_parts(built[file])["xl/vbaProject.bin"])
        for path in folder.iterdir():
            assert inside[path.stem].encode("ascii") == path.read_bytes()

    def test_the_ribbons_are_the_sources(self, built: dict[Path, bytes]) -> None:
        for file, name in (
            (TEMPLATE_FILE, "customUI14.xml"),
            (ADDIN_FILE, "customUI14-addin.xml"),
        ):
            ribbon = read_parts(built[file])["customUI/customUI14.xml"]
            assert ribbon == (ROOT / "addin" / "ribbon" / name).read_bytes()

    def test_nothing_is_out_of_joint(self) -> None:
        assert not faults_of(build_workbook(ROOT), ROOT)

    def test_what_is_out_of_joint_is_told_with_its_file(self) -> None:
        built = build_workbook(ROOT)
        parts = read_parts(built[ROOT / ADDIN_FILE])
        ribbon = parts["customUI/customUI14.xml"].replace(b"RosterAddin_Undo", b"RosterAddin_Redo")
        broken = write_parts({**parts, "customUI/customUI14.xml": ribbon})
        faults = faults_of({**built, ROOT / ADDIN_FILE: broken}, ROOT)
        assert any(f.startswith("Roster.xlam: The ribbon calls RosterAddin_Redo") for f in faults)

    @each
    def test_the_open_xml_sdk_has_no_complaint(
        self, built: dict[Path, bytes], file: Path, tmp_path: Path
    ) -> None:
        path = tmp_path / file.name
        path.write_bytes(built[file])
        assert not complaints(path)

    def test_the_open_xml_sdk_reads_the_ribbon(
        self, built: dict[Path, bytes], tmp_path: Path
    ) -> None:
        parts = read_parts(built[ADDIN_FILE])
        ribbon = parts["customUI/customUI14.xml"].replace(b'size="large"', b'size="huge"', 1)
        path = tmp_path / "wrong.xlam"
        path.write_bytes(write_parts({**parts, "customUI/customUI14.xml": ribbon}))
        assert [text for text in complaints(path) if "customUI14.xml" in text and "huge" in text]

    @needs_libreoffice
    @each
    def test_libreoffice_opens_it(
        self, built: dict[Path, bytes], file: Path, tmp_path: Path
    ) -> None:
        parts = read_parts(built[file])
        path = tmp_path / f"{file.stem}.xlsm"
        path.write_bytes(as_workbook(parts))
        sheets = layout.SHEETS if file == TEMPLATE_FILE else (build.ADDIN_SHEET,)
        assert tuple(look_of(path)) == sheets
        assert look_of(convert(path, "xlsx")) == look_of(path)

    @needs_libreoffice
    @pytest.mark.parametrize("part", ["worksheets/sheet1.xml", "sharedStrings.xml", "styles.xml"])
    def test_a_broken_part_is_not_opened_as_it_is_meant(
        self, built: dict[Path, bytes], part: str, tmp_path: Path
    ) -> None:
        parts = read_parts(built[TEMPLATE_FILE])
        sound, broken = tmp_path / "sound.xlsm", tmp_path / "broken.xlsm"
        sound.write_bytes(as_workbook(parts))
        half = parts[f"xl/{part}"][: len(parts[f"xl/{part}"]) // 2]
        broken.write_bytes(as_workbook({**parts, f"xl/{part}": half}))
        # It opens the file without a word: only what it shows tells.
        assert look_of(convert(broken, "xlsx")) != look_of(sound)

    @each
    def test_zips_are_sound_and_hold_no_part_twice(
        self, built: dict[Path, bytes], file: Path
    ) -> None:
        with zipfile.ZipFile(io.BytesIO(built[file])) as archive:
            assert archive.testzip() is None
            assert len(set(archive.namelist())) == len(archive.namelist())


class TestSources:
    def test_line_ends_of_a_checkout_do_not_matter(self, tmp_path: Path) -> None:
        copied = tmp_path / "addin"
        shutil.copytree(ROOT / "addin", copied)
        for path in copied.rglob("*.bas"):
            path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
        assert build_addin(copied) == build_addin()

    def test_a_project_of_ones_own_is_built_from_its_own_sources(self, tmp_path: Path) -> None:
        shutil.copytree(ROOT / "addin", tmp_path / "addin")
        assert find_sources(tmp_path) == tmp_path / "addin"
        added = 'Attribute VB_Name = "Extra"\r\nOption Explicit\r\n'
        (tmp_path / "addin" / "vba" / "addin" / "Extra.bas").write_bytes(added.encode())
        content = build_workbook(tmp_path)[tmp_path / ADDIN_FILE]
        assert sources_by_oletools(read_parts(content)["xl/vbaProject.bin"])["Extra"] == added

    def test_elsewhere_the_sources_of_the_package_are_used(self, tmp_path: Path) -> None:
        assert find_sources(tmp_path) == find_sources()
        assert build_workbook(tmp_path)[tmp_path / ADDIN_FILE] == build_addin()

    def test_without_sources_it_says_so(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(build, "_PACKAGED", tmp_path / "a")
        monkeypatch.setattr(build, "__file__", str(tmp_path / "b" / "c" / "d" / "build.py"))
        with pytest.raises(SourcesMissing, match="text sources of the workbook are missing"):
            find_sources()

    def test_a_source_that_excel_would_not_load_is_refused(self, tmp_path: Path) -> None:
        shutil.copytree(ROOT / "addin", tmp_path / "addin")
        path = tmp_path / "addin" / "vba" / "addin" / "Extra.bas"
        path.write_bytes('Attribute VB_Name = "Extra"\r\n\' Jos\u00e9\r\n'.encode())
        with pytest.raises(ModuleError, match=r"Extra .* outside ASCII"):
            build_addin(tmp_path / "addin")


class TestCommand:
    @pytest.fixture
    def project(self, tmp_path: Path) -> Path:
        """A project with the sources and without the built files."""
        (tmp_path / "project" / "addin").mkdir(parents=True)
        for part in ("vba", "ribbon", "libreoffice"):
            shutil.copytree(ROOT / "addin" / part, tmp_path / "project" / "addin" / part)
        return tmp_path / "project"

    def run(self, *arguments: str) -> tuple[int, str]:
        """The command's exit code and everything that it said."""
        importlib.reload(command)  # its console writes to where standard error was at first
        app = typer.Typer()
        command.register(app)
        explain.register(app)  # a Typer of one command has no names of commands
        result = CliRunner().invoke(app, ["build-workbook", *arguments])
        return result.exit_code, result.output

    def test_it_writes_all_files(self, project: Path) -> None:
        assert self.run("--folder", str(project)) == (
            0,
            "Built: workbook/RosterTemplate.xlsm, addin/Roster.xlam, addin/rosterkey.oxt.\n",
        )
        assert (project / TEMPLATE_FILE).read_bytes() == build_template()
        assert (project / ADDIN_FILE).read_bytes() == build_addin()

    def test_the_current_folder_is_the_project(
        self, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(project)
        assert self.run()[0] == 0
        assert (project / ADDIN_FILE).is_file()
        code, said = self.run("--check", "--json")
        assert (code, json.loads(said)) == (0, {"stale": []})

    def test_current_files_pass_the_check(self, project: Path) -> None:
        self.run("--folder", str(project))
        assert self.run("--check", "--folder", str(project)) == (
            0,
            "The workbook, the add-in and the extension equal a fresh build.\n",
        )

    def test_missing_files_do_not(self, project: Path) -> None:
        code, said = self.run("--check", "--folder", str(project))
        assert code == 1
        assert said == (
            "workbook/RosterTemplate.xlsm, addin/Roster.xlam and addin/rosterkey.oxt do not equal "
            "a fresh build from the text sources. Run rosterkey build-workbook, and commit what it "
            "writes.\n"
        )
        assert not (project / ADDIN_FILE).exists()

    def test_a_file_that_differs_in_one_byte_does_not(self, project: Path) -> None:
        self.run("--folder", str(project))
        path = project / ADDIN_FILE
        path.write_bytes(path.read_bytes()[:-1] + b"!")
        code, said = self.run("--check", "--folder", str(project))
        assert (code, said.split(" does not")[0]) == (1, "addin/Roster.xlam")

    def test_a_changed_source_makes_the_file_stale(self, project: Path) -> None:
        self.run("--folder", str(project))
        ribbon = project / "addin" / "ribbon" / "customUI14.xml"
        old = ribbon.read_bytes()
        ribbon.write_bytes(old.replace(b"Take an import back", b"Take it back"))
        code, said = self.run("--check", "--json", "--folder", str(project))
        assert (code, json.loads(said)) == (1, {"stale": ["workbook/RosterTemplate.xlsm"]})
        ribbon.write_bytes(old.replace(b'label="Undo"', b'label="Take back"'))
        code, said = self.run("--check", "--json", "--folder", str(project))
        assert json.loads(said)["stale"] == ["workbook/RosterTemplate.xlsm", "addin/rosterkey.oxt"]

    def test_a_build_out_of_joint_is_refused(self, project: Path) -> None:
        ribbon = project / "addin" / "ribbon" / "customUI14.xml"
        ribbon.write_bytes(ribbon.read_bytes().replace(b"Roster_Undo", b"Roster_Redo"))
        code, said = self.run("--folder", str(project))
        assert code == 1
        assert "RosterTemplate.xlsm: The ribbon calls Roster_Redo" in said
        assert said.endswith("Nothing was written.\n")
        assert not (project / TEMPLATE_FILE).exists()

    def test_a_wrong_source_and_a_wrong_folder_are_told(self, project: Path) -> None:
        (project / "addin" / "vba" / "addin" / "Extra.bas").write_bytes(b"Option Explicit\r\n")
        code, said = self.run("--folder", str(project))
        assert (code, "not with its VB_Name" in said) == (2, True)
        code, said = self.run("--folder", str(project / "nowhere"))
        assert (code, "There is no folder" in said) == (2, True)

    def test_a_file_that_cannot_be_written_is_told(self, project: Path) -> None:
        (project / ADDIN_FILE).mkdir()
        code, said = self.run("--folder", str(project))
        assert (code, "cannot be written" in said) == (2, True)


@pytest.mark.parametrize("file", [*FILES, EXTENSION_FILE], ids=lambda file: file.name)
def test_the_committed_files_equal_a_fresh_build(built: dict[Path, bytes], file: Path) -> None:
    assert (ROOT / file).is_file(), "run rosterkey build-workbook"
    assert (ROOT / file).read_bytes() == built[file], "run rosterkey build-workbook"
