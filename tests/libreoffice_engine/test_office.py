"""The office that the tests start: how it ends, and when it is said that there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.libreoffice_engine import office
from tests.libreoffice_engine.bridge import connect


def test_it_is_gone_at_the_end_even_after_a_failure(tmp_path: Path) -> None:
    pipes = []

    def fail() -> None:
        with office.running_office(tmp_path) as running:
            pipes.append(running.pipe)
            assert connect(running.pipe) is not None
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    # The second is what it says while its last connection is just being closed.
    with pytest.raises(Exception, match=r"couldn't connect to pipe|bridge disposed"):
        connect(pipes[0])


def test_without_its_way_to_python_the_tests_are_skipped_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if office.why_not():
        pytest.skip(str(office.why_not()))
    monkeypatch.setattr(office, "uno_folders", lambda: ())
    assert "python3-uno" in office.why_not.__wrapped__()
    monkeypatch.setattr(office, "program", lambda: None)
    assert "LibreOffice is not installed" in office.why_not.__wrapped__()
    monkeypatch.setattr(office, "why_not", lambda: "no office")
    with pytest.raises(pytest.skip.Exception, match="no office"), office.running_office(tmp_path):
        pass


def test_a_python_that_it_was_not_made_for_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    if office.why_not():
        pytest.skip(str(office.why_not()))
    monkeypatch.setattr(office, "uno_folders", lambda: ("/nowhere",))
    assert "another version of Python" in office.why_not.__wrapped__()
