"""How the extension starts Python, and how that Python answers on its pipes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rosterkey.libreoffice.__main__ import main
from rosterkey.libreoffice.channel import PROTOCOL
from tests.libreoffice_engine.bridge import OFFICE_SIDE

sys.path.append(str(OFFICE_SIDE))

from rosterkey_office import program

ABOUT = {"title": "Roster", "path": "", "sheets": [["Import", True]], "names": []}


class TestTheWayToIt:
    @pytest.mark.parametrize("text", ["", " \n", "python", "rosterkey/env/python"])
    def test_a_path_that_is_none_is_not_taken(self, tmp_path: Path, text: str) -> None:
        file = tmp_path / "interpreter.txt"
        assert program.interpreter(file) is None
        file.write_text(text, encoding="utf-8")
        assert program.interpreter(file) is None

    def test_letters_of_any_language_are_read(self, tmp_path: Path) -> None:
        python = tmp_path / "\u00c9cole \u4e2d" / "python"
        file = tmp_path / "interpreter.txt"
        file.write_text(f"{python}\r\n", encoding="utf-8")
        assert program.interpreter(file) == python

    def test_nothing_of_libreoffices_own_python_is_passed_on(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PYTHONHOME", "/opt/libreoffice/python")
        monkeypatch.setenv("PYTHONPATH", "/opt/libreoffice/program")
        monkeypatch.setenv("ROSTERKEY_DISTRICT", "D1")
        passed = program.environment()
        assert not [name for name in passed if name.startswith("PYTHON")]
        assert passed["ROSTERKEY_DISTRICT"] == "D1"

    def test_no_module_of_the_current_folder_is_loaded(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        planted = tmp_path / "rosterkey" / "libreoffice"
        planted.mkdir(parents=True)
        for folder in (planted, planted.parent):
            (folder / "__init__.py").write_text("")
        (planted / "__main__.py").write_text("open('planted', 'w')")
        (tmp_path / "json.py").write_text("open('planted', 'w')")
        monkeypatch.chdir(tmp_path)
        assert Button("help").serve(hello=HANG_UP) == 1
        assert not (tmp_path / "planted").exists()


HANG_UP = type
"""An answer that never comes: LibreOffice is gone."""


class Button:
    """A button's Python, asked and answered line by line as the extension does."""

    def __init__(self, name: str) -> None:
        self.child = program.start(Path(sys.executable), name)
        self.asked: list[dict[str, Any]] = []

    def serve(self, **answers: Any) -> int:
        """Answer every question from `answers`, by its name; give the exit code."""
        assert self.child.stdout is not None
        assert self.child.stdin is not None
        for line in self.child.stdout:
            asked = json.loads(line)
            self.asked.append(asked)
            answer = answers.get(asked["do"])
            if isinstance(answer, type):
                break
            said = {"refused": answer.args[0]} if isinstance(answer, Exception) else {"is": answer}
            self.child.stdin.write(json.dumps(said).encode() + b"\n")
            self.child.stdin.flush()
        self.child.stdin.close()
        self.child.stdout.close()
        return self.child.wait()

    def texts(self) -> list[str]:
        return [asked["with"]["text"] for asked in self.asked if asked["do"] == "tell"]


class TestItsAnswers:
    def test_it_greets_with_its_protocol_and_ends_well(self) -> None:
        button = Button("help")
        assert button.serve(about=ABOUT) == 0
        assert button.asked[0] == {"do": "hello", "with": {"protocol": PROTOCOL}}
        assert button.texts()[0].startswith("1. Export")
        assert button.asked[-1] == {"do": "status", "with": {"text": "", "percent": 0}}

    def test_a_sheet_that_is_missing_is_told_in_a_sentence(self) -> None:
        button = Button("next_finding")
        assert button.serve(about={**ABOUT, "sheets": [["Sheet1", True]]}) == 0
        assert 'has no sheet named "Import"' in button.texts()[0]

    def test_what_libreoffice_refuses_is_told_without_its_words(self) -> None:
        button = Button("next_finding")
        assert button.serve(about=ABOUT, used=RuntimeError("Ana Smith, 00123")) == 0
        assert "an error that nobody foresaw (Refused)" in button.texts()[0]
        assert "Ana" not in button.texts()[0]

    @pytest.mark.parametrize("when", ["hello", "about", "selection", "tell"])
    def test_where_libreoffice_is_gone_it_ends_in_silence(self, when: str) -> None:
        button = Button("help")
        assert button.serve(**({"about": ABOUT} | {when: HANG_UP})) == 1
        assert button.asked[-1]["do"] in (when, "tell", "status")

    def test_another_name_than_a_buttons_is_wrong_use(self) -> None:
        assert main(["delete_everything"]) == 2
        assert main([]) == 2

    def test_a_click_imports_no_more_than_one_in_excel(self) -> None:
        lines = "import sys; from rosterkey.excel import buttons, dialogs\n"
        more = "from rosterkey.libreoffice import engine, files, __main__\n"
        names = "print(*sorted({m.split('.')[0] for m in sys.modules}))"
        found = [
            set(subprocess.run(
                [sys.executable, "-c", script], capture_output=True, text=True, check=True,
                env=os.environ,
            ).stdout.split())
            for script in (
                f"{lines}from rosterkey.excel import light; import xlwings\n{names}",
                f"{lines}{more}{names}",
            )
        ]  # fmt: skip
        assert found[1] - found[0] == set()
