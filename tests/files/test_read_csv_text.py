"""Formula text in a CSV: neutralised, and the same text on the way back."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rosterkey.files.csv.text import RISKY, neutralise, restore

TEXTS = st.one_of(st.text(), st.text(alphabet="'=+-@\t\r\na", max_size=8))


@given(TEXTS)
@example("'=1+1")
@example("''-Kai")
@example("'")
def test_way_back_gives_the_same_text(text: str) -> None:
    assert restore(neutralise(text)) == text


@given(TEXTS)
def test_nothing_neutralised_can_run(text: str) -> None:
    assert neutralise(text)[:1] not in set(RISKY)


@pytest.mark.parametrize("text", ["'Okusitino", "-Kai", "=1+1", "O'Brien", "'", "''", "", "'a=b"])
def test_what_people_type_reads_as_it_stands(text: str) -> None:
    assert restore(text) == text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-Kai", "@SUM(1)", "\tx", "\rx"])
def test_risky_text_gets_one_apostrophe(text: str) -> None:
    assert neutralise(text) == "'" + text


@pytest.mark.parametrize("text", ["'Okusitino", "Kai", "", "a=b", " =1"])
def test_other_text_is_left_alone(text: str) -> None:
    assert neutralise(text) == text
