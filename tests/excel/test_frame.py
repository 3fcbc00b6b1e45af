"""The frame around every button: errors become sentences, Excel is left as it was."""

from __future__ import annotations

import os
import subprocess
import sys
import types
from typing import Any

import pytest
from platformdirs import user_documents_path

from rosterkey.excel import buttons, log, validating
from rosterkey.excel.frame import button
from rosterkey.workbook.layout import BUTTONS
from tests.excel.desk import ANA_RENAMED, Desk


def fail_with(error: BaseException) -> Any:
    """A function that raises."""

    def fail(*_: Any, **__: Any) -> None:
        raise error

    return fail


class TestUnknownErrors:
    def test_one_sentence_and_a_log_without_student_data(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(validating, "write_results", fail_with(KeyError("Ana Smith 00123")))
        desk.fill(ANA_RENAMED)
        buttons.validate()
        written = log.log_file().read_text("utf-8")
        assert "builtins.KeyError" in written
        assert "excel/validating.py" in written
        assert "rosterkey 0." in written
        assert "Ana" not in written
        assert "00123" not in written
        assert "(KeyError)" in desk.last()
        assert str(log.log_file()) in desk.last()
        assert "Ana" not in desk.last()

    @pytest.mark.skipif(os.name != "posix", reason="Windows has no such rights")
    def test_only_the_user_can_read_the_log(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(validating, "write_results", fail_with(KeyError()))
        buttons.validate()
        assert log.log_file().stat().st_mode & 0o777 == 0o600

    def test_a_log_that_cannot_be_written_is_left_out(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        log.log_file().mkdir(parents=True)
        monkeypatch.setattr(validating, "write_results", fail_with(KeyError()))
        buttons.validate()
        assert "(KeyError)" in desk.last()
        assert "without student data" not in desk.last()

    def test_a_log_that_grew_too_long_starts_anew(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = log.log_file()
        path.parent.mkdir(parents=True)
        path.write_text("x" * 1_000_001)
        monkeypatch.setattr(validating, "write_results", fail_with(KeyError()))
        buttons.validate()
        assert path.stat().st_size < 5_000

    def test_a_refusal_of_excel_is_in_the_log_too(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED)
        desk.import_sheet.impl.grid.sheet.protection.sheet = True
        buttons.validate()
        assert "RefusedByExcel" in log.log_file().read_text("utf-8")


class TestExpectedErrors:
    def test_broken_settings(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        from rosterkey.usecases.settings import settings_file

        settings_file().parent.mkdir(parents=True)
        settings_file().write_text("actor = 1")
        buttons.validate()
        assert "actor has to be a text in quotes" in desk.last()
        assert not log.log_file().exists()

    def test_a_database_that_is_none(self, desk: Desk) -> None:
        (desk.folder / "none.db").write_bytes(b"not a database, not at all" * 100)
        desk.name("SettingDatabase", f"sqlite:///{desk.folder / 'none.db'}")
        buttons.validate()
        assert desk.screen.alerts[-1].mode == "critical"
        assert not log.log_file().exists()


class TestExcelAfterwards:
    @pytest.mark.parametrize("error", [None, KeyError(), KeyboardInterrupt()])
    def test_its_settings_are_as_before(self, desk: Desk, error: BaseException | None) -> None:
        app = desk.book.app
        app.status_bar = "My own text"
        app.screen_updating = False
        try:
            with button("Test") as session:
                session.progress("Working", 0.5)
                assert app.status_bar == "Test: Working 50% …"
                assert not app.enable_events
                if error:
                    raise error
        except KeyboardInterrupt:
            pass
        assert app.status_bar == "My own text"
        assert app.enable_events
        assert not app.screen_updating


@pytest.mark.parametrize("name", ["https://d.docs.live.net/1/Roster.xlsm", "Book1"])
def test_a_workbook_without_a_folder_here_takes_the_documents(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(type(desk.book.impl), "fullname", name)
    with button("Test") as session:
        assert session.folder() == user_documents_path()
    assert not desk.screen.alerts


def test_every_button_of_the_layout_is_there() -> None:
    for name in BUTTONS:
        function = getattr(buttons, "import_" if name == "import" else name)
        assert isinstance(function, types.FunctionType)
        assert function.__doc__


def test_nothing_heavy_is_imported_for_a_press() -> None:
    code = (
        "import sys, types\n"
        "for name in ('pandas', 'polars', 'numpy', 'matplotlib', 'PIL'):\n"
        "    sys.meta_path.insert(0, type('Guard', (), {'find_spec': staticmethod(\n"
        "        lambda n, p=None, t=None, w=name: (_ for _ in ()).throw(AssertionError(n))\n"
        "        if n.partition('.')[0] == w else None)}))\n"
        "import rosterkey.excel.buttons\n"
        "heavy = {'sqlalchemy', 'alembic', 'rich', 'typer', 'xlsxwriter', 'openpyxl'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
        "from rosterkey.excel.light import _NOT_NEEDED\n"
        "print([name for name in _NOT_NEEDED if name in sys.modules])\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    assert ran.stdout == "[]\n[]\n", "and afterwards they can be imported as ever"
