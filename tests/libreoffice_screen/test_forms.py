"""The forms that a workbook is saved in: the buttons work in each, from the menu too."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.excel.desk import ANA_RENAMED, PEOPLE
from tests.libreoffice_engine.bridge import properties
from tests.libreoffice_engine.direct import book_of
from tests.libreoffice_screen.desk import BAR, ShownDesk

FILTERS = {".ods": "calc8", ".xlsx": "Calc MS Excel 2007 XML"}
FORMS = FILTERS if os.environ.get("ROSTERKEY_LONG") == "1" else [".ods"]
"""The others where there is time; the tests of the extension press the buttons in each."""


@pytest.mark.parametrize("form", FORMS)
def test_the_menu_works_in_each_form(desk: ShownDesk, form: str, tmp_path: Path) -> None:
    saved = tmp_path / f"saved{form}"
    desk.user.document.storeToURL(saved.as_uri(), properties(FilterName=FILTERS[form]))
    desk.close()
    desk.user.open(saved)
    desk.book = book_of(desk.user.document)
    desk.fill(ANA_RENAMED)
    desk.user.choose(BAR, "Validate")
    assert "GO" in desk.answered("OK")
    assert desk.column("Result") == ["Rename"]
    desk.user.choose(BAR, "Import")
    assert desk.answered("Yes", "OK").startswith("Import 1 was done")
    assert desk.accounts() == {p[0]: p[2] for p in PEOPLE} | {"a1": "ana.smith"}
    desk.user.look(f"form {form[1:]}")
