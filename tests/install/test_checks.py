"""Each known trouble is seen where it is there, and only there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rosterkey.install import places, plan
from rosterkey.install.checks import Answer, Verdict, check_setup
from rosterkey.install.plan import Wishes, carry_out, plan_setup
from rosterkey.install.system import Kind, System
from rosterkey.usecases import credentials
from tests.install.computers import on_disk

POLICY = r"HKCU\Software\Policies\Microsoft\Office\16.0\Excel\Security"
CHOICE = r"HKCU\Software\Microsoft\Office\16.0\Excel\Security"
DEFENDER = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender"
RULE = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"


@pytest.fixture(autouse=True)
def builds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A plain workbook stands for the one with macros, which is built and tested elsewhere."""
    path = tmp_path / "plain.xlsx"
    openpyxl.Workbook().save(path)
    monkeypatch.setattr(plan, "fresh_workbook", path.read_bytes)
    monkeypatch.setattr(plan, "fresh_addin", lambda: b"add-in")


def url(system: System) -> str:
    return f"sqlite:///{Path(system.home).as_posix()}/accounts.db"


def placed(kind: Kind, tmp_path: Path, registry: Any = {}) -> System:  # noqa: B006
    """A computer on which setup did its work."""
    system = on_disk(kind, tmp_path / "ana", registry)
    carry_out(system, plan_setup(system, Wishes()))
    (Path(system.home) / "accounts.db").write_bytes(b"")
    return system


def answers(
    system: System, workbook: Path | None = None, database: str | None = None
) -> dict[str, Answer]:
    found = check_setup(system, database or url(system), workbook)
    by_name = {answer.check: answer for answer in found}
    assert len(by_name) == len(found)
    assert all(bool(answer.advice) == (answer.verdict is not Verdict.OK) for answer in found)
    return by_name


def troubles(system: System, **more: Any) -> set[str]:
    found = answers(system, **more)
    return {name for name, answer in found.items() if answer.verdict is Verdict.TROUBLE}


@pytest.fixture
def windows(tmp_path: Path) -> System:
    return placed(Kind.WINDOWS, tmp_path)


@pytest.fixture
def mac(tmp_path: Path) -> System:
    return placed(Kind.MACOS, tmp_path)


def test_after_setup_nothing_is_wrong(tmp_path: Path) -> None:
    for kind in Kind:
        assert troubles(placed(kind, tmp_path / kind.value)) == set()


def test_before_setup_much_is_missing(tmp_path: Path) -> None:
    system = on_disk(Kind.MACOS, tmp_path / "ana")
    assert troubles(system) == {"interpreter", "versions", "mac-script", "database"}


def test_each_system_is_asked_what_it_can_have(windows: System, tmp_path: Path) -> None:
    everywhere = {"workbook", "synchronised-folder", "workbook-settings", "database", "variables"}
    buttons = {"interpreter", "search-path", "versions", "macros", "lost-zeros"}
    assert answers(windows).keys() == everywhere | buttons | {"mark-of-the-web", "defender"}
    mac = placed(Kind.MACOS, tmp_path / "mac")
    assert answers(mac).keys() == everywhere | buttons | {"mac-script", "mac-permissions"}
    assert answers(placed(Kind.LINUX, tmp_path / "linux")).keys() == everywhere


class TestPython:
    def test_an_environment_that_is_gone(self, windows: System) -> None:
        Path(windows.interpreter).unlink()
        answer = answers(windows)["interpreter"]
        assert answer.verdict is Verdict.TROUBLE
        assert str(windows.interpreter) in answer.message

    def test_settings_that_name_none(self, windows: System) -> None:
        Path(places.conf_file(windows)).write_text('"SHOW CONSOLE","False"\n')
        assert troubles(windows) == {"interpreter"}

    def test_another_environment_is_to_be_asked_itself(self, windows: System) -> None:
        other = Path(windows.home) / "other.exe"
        other.write_bytes(b"")
        answer = answers(replace(windows, interpreter=other))["interpreter"]
        assert answer.verdict is Verdict.UNKNOWN
        assert f'"{windows.interpreter}" -m rosterkey setup --check' in answer.advice

    def test_an_environment_made_from_the_store(self, windows: System) -> None:
        store = Path("/Program Files/WindowsApps/Python")
        assert troubles(replace(windows, base=store)) == {"interpreter"}

    def test_a_foreign_search_path(self, mac: System) -> None:
        with Path(places.conf_file(mac)).open("r+") as file:
            text = file.read().replace('"PYTHONPATH",""', '"PYTHONPATH","/elsewhere"')
            file.seek(0)
            file.write(text)
        assert troubles(mac) == {"search-path"}

    def test_an_add_in_of_another_version(
        self, windows: System, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(plan, "fresh_addin", lambda: b"newer")
        assert troubles(windows) == {"versions"}

    def test_without_xlwings(self, windows: System, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(plan, "xlwings_version", lambda: None)
        assert troubles(windows) == {"versions"}

    def test_a_mac_script_of_another_version(
        self, mac: System, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(plan, "xlwings_version", lambda: "99.0")
        assert troubles(mac) == {"mac-script"}


class TestExcel:
    @pytest.mark.parametrize(
        ("registry", "verdict"),
        [
            ({}, Verdict.UNKNOWN),
            ({(CHOICE, "VBAWarnings"): 2}, Verdict.UNKNOWN),
            ({(CHOICE, "VBAWarnings"): 4}, Verdict.TROUBLE),
            ({(POLICY, "VBAWarnings"): 3, (CHOICE, "VBAWarnings"): 1}, Verdict.TROUBLE),
            ({(POLICY, "VBAWarnings"): 2, (CHOICE, "VBAWarnings"): 4}, Verdict.UNKNOWN),
        ],
    )
    def test_macros(self, tmp_path: Path, registry: Any, verdict: Verdict) -> None:
        assert answers(placed(Kind.WINDOWS, tmp_path, registry))["macros"].verdict is verdict

    @pytest.mark.parametrize(
        ("registry", "verdict"),
        [
            ({}, Verdict.UNKNOWN),
            (
                {(rf"{DEFENDER}\Windows Defender Exploit Guard\ASR\Rules", RULE): "1"},
                Verdict.TROUBLE,
            ),
            (
                {(rf"{DEFENDER}\Windows Defender Exploit Guard\ASR\Rules", RULE): "2"},
                Verdict.UNKNOWN,
            ),
            (
                {(rf"{DEFENDER}\Policy Manager", "ASRRules"): f"x=1|{RULE.lower()}=1"},
                Verdict.TROUBLE,
            ),
            ({(rf"{DEFENDER}\Policy Manager", "ASRRules"): f"x=1|{RULE}=0"}, Verdict.UNKNOWN),
        ],
        ids=["nothing", "blocks", "audits", "managed", "managed-off"],
    )
    def test_defender(self, tmp_path: Path, registry: Any, verdict: Verdict) -> None:
        answer = answers(placed(Kind.WINDOWS, tmp_path, registry))["defender"]
        assert answer.verdict is verdict
        assert "command line" in answer.advice

    def test_what_a_mac_does_not_tell(self, mac: System) -> None:
        assert answers(mac)["mac-permissions"].verdict is Verdict.UNKNOWN


class TestWorkbook:
    def test_a_file_from_the_internet(self, windows: System) -> None:
        path = Path(places.workbook_file(windows))
        stream = Path(f"{path}:Zone.Identifier")
        stream.write_text("[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://example.org/\r\n")
        assert troubles(windows) == {"mark-of-the-web"}
        stream.write_text("[ZoneTransfer]\r\nZoneId=1\r\n")
        assert troubles(windows) == set()

    def test_a_synchronised_folder(self, windows: System) -> None:
        system = replace(windows, environment={"OneDrive": str(windows.documents)})
        path = Path(places.workbook_file(windows))
        assert troubles(system, workbook=path) == {"synchronised-folder"}

    @pytest.mark.parametrize("name", ["a=b.xlsm", "50%.xlsm"])
    def test_a_name_that_the_buttons_cannot_pass_on(self, windows: System, name: str) -> None:
        path = Path(windows.home) / name
        path.write_bytes(plan.fresh_workbook())
        assert troubles(windows, workbook=path) == {"workbook"}

    @pytest.mark.parametrize(
        ("rows", "named"),
        [
            ([("Interpreter_Win", r"\\evil\share\run.exe")], r"\\evil\share\run.exe"),
            ([("SHOW CONSOLE", "True")], "sheet rosterkey.conf"),
        ],
    )
    def test_a_workbook_that_chooses_the_program(
        self, windows: System, rows: list[tuple[str, str]], named: str
    ) -> None:
        book = openpyxl.Workbook()
        book.active.title = "Import"  # type: ignore[union-attr]
        sheet = book.create_sheet("RosterKey.conf")
        sheet.sheet_state = "veryHidden"
        for row in rows:
            sheet.append(row)
        path = Path(windows.home) / "sent.xlsx"
        book.save(path)
        assert troubles(windows, workbook=path) == {"workbook-settings"}
        assert named in answers(windows, workbook=path)["workbook-settings"].message

    def test_a_file_that_is_no_workbook(self, windows: System) -> None:
        path = Path(windows.home) / "torn.xlsm"
        path.write_bytes(b"PK\3\4 torn")
        answer = answers(windows, workbook=path)["workbook-settings"]
        assert answer.verdict is Verdict.UNKNOWN

    def test_one_that_was_saved_elsewhere_is_no_trouble(self, windows: System) -> None:
        Path(places.workbook_file(windows)).unlink()
        answer = answers(windows)["workbook"]
        assert answer.verdict is Verdict.UNKNOWN
        assert "--workbook" in answer.advice

    def test_one_that_is_not_there_is_the_only_answer(self, windows: System) -> None:
        path = Path(windows.home) / "none.xlsm"
        assert troubles(windows, workbook=path) == {"workbook"}


class TestAccounts:
    def test_a_database_that_is_not_there(self, windows: System) -> None:
        assert troubles(windows, database="sqlite:////nowhere/a.db") == {"database"}

    @pytest.mark.parametrize("url", ["sqlite:////h/Dropbox/a.db", "sqlite://///server/share/a.db"])
    def test_a_database_in_a_place_that_is_not_safe(self, windows: System, url: str) -> None:
        answer = answers(windows, database=url)["database"]
        assert answer.verdict is Verdict.TROUBLE
        assert "yet" not in answer.message

    def test_a_readable_password(self, windows: System) -> None:
        answer = answers(windows, database="postgresql://ana:s3cret@h/d")["database"]
        assert answer.verdict is Verdict.TROUBLE
        assert "s3cret" not in answer.message + answer.advice

    def test_a_password_in_the_keyring(
        self, windows: System, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bare = "postgresql://ana@h/d"
        monkeypatch.setattr("keyring.get_password", lambda *_: None)
        assert answers(windows, database=bare)["database"].verdict is Verdict.UNKNOWN
        from rosterkey.install.checks import accounts

        monkeypatch.setattr(accounts, "with_credentials", lambda _: "postgresql://ana:s3cret@h/d")
        answer = answers(windows, database=bare)["database"]
        assert answer.verdict is Verdict.OK
        assert "s3cret" not in answer.message
        assert credentials.has_password(bare) is False

    def test_variables_that_excel_may_not_have(self, windows: System) -> None:
        system = replace(windows, environment={"ROSTERKEY_DB": "sqlite:////x.db"})
        answer = answers(system)["variables"]
        assert answer.verdict is Verdict.UNKNOWN
        assert "ROSTERKEY_DB" in answer.message
