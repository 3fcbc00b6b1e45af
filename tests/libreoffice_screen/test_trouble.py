"""What goes wrong while a button runs, or before it can: each told in a sentence, nothing half."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

from rosterkey.workbook.layout import EXPORT
from tests.excel.desk import ANA_RENAMED, PEOPLE
from tests.libreoffice_screen.desk import BAR, ShownDesk
from tests.libreoffice_screen.seeing import wait_for
from tests.libreoffice_screen.shown import ShownOffice
from tests.libreoffice_screen.user import told


@contextlib.contextmanager
def locked(desk: ShownDesk) -> Iterator[None]:
    """The database taken by somebody else, so that a button has to wait for it."""
    other = sqlite3.connect(desk.folder / "accounts.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def greyed(desk: ShownDesk) -> bool:
    """Whether every button of the tool bar is grey."""
    labels = ("Export", "Validate", "Import", "Undo", "Help")
    seen = [desk.user.button(BAR, label) for label in labels]
    return all(button is not None and not button.enabled for button in seen)


def test_a_second_press_while_a_button_runs_does_nothing(desk: ShownDesk) -> None:
    desk.fill(ANA_RENAMED)
    desk.press("Validate", "OK")
    with locked(desk):
        desk.user.press(BAR, "Import")
        wait_for(lambda: greyed(desk), "grey buttons while a button runs")
        again = desk.user.button(BAR, "Import")
        assert again is not None
        desk.user.click(again)
        desk.user.look("running")
    assert desk.answered("Yes", "OK").startswith("Import 1 was done")
    assert desk.user.office.windows.dialog() is None
    assert desk.numbers() == [1]


def test_a_double_click_is_one_press(desk: ShownDesk) -> None:
    button = wait_for(lambda: desk.user.button(BAR, "Export"), "the button Export")
    desk.user.double_click(button)
    assert desk.answered("OK").startswith("4 students")
    assert desk.user.office.windows.dialog() is None


def test_a_window_is_not_closed_while_its_button_runs(desk: ShownDesk) -> None:
    desk.fill(ANA_RENAMED)
    desk.press("Validate", "OK")
    with locked(desk):
        desk.user.press(BAR, "Import")
        wait_for(lambda: greyed(desk), "grey buttons while a button runs")
        desk.user.screen.press("alt+F4")
    desk.user.answer("No")
    # The wish to close may reach the message that follows, which then waits for no OK.
    wait_for(lambda: desk.dismissed() and desk.ready(), "the end of the button")
    assert desk.numbers() == []
    assert desk.user.office.document(desk.path) is not None
    assert desk.press("Export", "OK").startswith("4 students")


def test_a_python_that_is_gone_is_named(desk: ShownDesk, office: ShownOffice) -> None:
    away = office.python.with_name("moved away")
    office.python.rename(away)
    try:
        desk.user.press(BAR, "Export")
        said = told(desk.user.dialog())
        desk.user.look("no python")
        desk.answered("OK")
    finally:
        away.rename(office.python)
    assert str(office.python) in said
    assert "rosterkey setup --check --libreoffice" in said
    assert not any(any(row) for row in desk.rows(EXPORT))
    assert desk.press("Export", "OK").startswith("4 students")
    assert desk.accounts() == {p[0]: p[2] for p in PEOPLE}
