"""Number formats: the text that Excel shows, by ECMA-376 part 1, section 18.8.31."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rosterkey.files.workbook.number_format import Meaning, meaning_of, shown


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("00000", 123, "00123"),
        ("00000", 1234567, "1234567"),
        ("00000", -12, "-00012"),
        ("0.00", 5, "5.00"),
        ("0.00", 1.005, "1.01"),
        ("0.0#", 1.5, "1.5"),
        ("#,##0", 1234567, "1,234,567"),
        ("#,##0.00", 0.5, "0.50"),
        ("#,##0,", 1234567, "1,235"),
        ("#", 0, ""),
        ("0%", 0.05, "5%"),
        ("0.0%", 0.1234, "12.3%"),
        ("0.00E+00", 123456, "1.23E+05"),
        ("0.00E+00", 0.00012, "1.20E-04"),
        ("##0.0E+0", 12345, "12.3E+3"),
        ('"ID "0000', 7, "ID 0007"),
        ("\\S0000", 7, "S0007"),
        ("000-00-0000", 123456789, "123-45-6789"),
        ("[<=9999999]###-####;(###) ###-####", 5551234, "555-1234"),
        ("[<=9999999]###-####;(###) ###-####", 2125551234, "(212) 555-1234"),
        ("0;(0)", -5, "(5)"),
        ('0;-0;"none"', 0, "none"),
        ("0_)", 5, "5"),
        ("[$€-407] 0.00", 2, "€ 2.00"),
        ("[Red]000", 5, "005"),
        (";;;", 5, ""),
        ('"secret"', 5, "secret"),
        ("General", 5, None),
        ("@", 5, None),
        ("# ?/?", 0.5, None),
    ],
)
def test_shown_text(code: str, number: float, text: str | None) -> None:
    assert shown(number, code) == text


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("yyyy-mm-dd", Meaning.DATE),
        ("d-mmm", Meaning.DATE),
        ("mmm", Meaning.DATE),
        ("[$-409]h:mm AM/PM", Meaning.TIME),
        ("mm:ss", Meaning.TIME),
        ("[h]:mm:ss", Meaning.ELAPSED),
        ('"day "0', Meaning.NUMBER),
        ("\\d0", Meaning.NUMBER),
        ("0.00E+00", Meaning.NUMBER),
        ("[Red]0", Meaning.NUMBER),
        ("General", Meaning.NUMBER),
    ],
)
def test_meaning(code: str, meaning: Meaning) -> None:
    assert meaning_of(code) is meaning


@given(st.integers(0, 10**15), st.integers(1, 15))
def test_padding_is_zero_fill(number: int, width: int) -> None:
    assert shown(number, "0" * width) == str(number).zfill(width)


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text('0#?.,%E+-/;@[]"\\_*dmyhsAMP/G ', max_size=40),
)
def test_any_format_gives_a_text_or_none(number: float, code: str) -> None:
    text = shown(number, code)
    assert text is None or isinstance(text, str)
