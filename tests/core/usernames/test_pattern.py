"""Patterns: what can be written, and what is said of what cannot."""

from __future__ import annotations

import pytest

from rosterkey.core.usernames.pattern import PatternError, Piece, read_pattern, widened


def test_fields_lengths_and_literals_are_read_in_order() -> None:
    pattern = read_pattern(" s{Last: 6}{first:2}.{id:-3} ")
    assert pattern.pieces == (
        Piece(literal="s"),
        Piece("last", 6),
        Piece("first", 2),
        Piece(literal="."),
        Piece("id", -3),
    )
    assert pattern.text == "s{Last: 6}{first:2}.{id:-3}"
    assert pattern.uses("id")
    assert not pattern.uses("grad")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "The pattern is empty"),
        ("x" * 201, "more than 200"),
        ("{first", "a brace stands alone at character 1"),
        ("{first}}", "a brace stands alone at character 8"),
        ("{frist}", "Did you mean {first}?"),
        ("{qqqq}", "There is no field {qqqq}. There are {first}"),
        ("{first:a}", "{first:a} cannot be read"),
        ("{first:0}", "takes no character"),
        ("{middle}{last}", "no column of middle names"),
        ("{Middle_Name}{last}", "no column of middle names"),
        ("{DOB}{last}", "date of birth"),
        ("{grade}{last}", "Use {grad}"),
        ("{grad:3}{last}", "two digits, {grad:2}, or four"),
        ("{words:-2}", "cannot be counted from the end"),
        ("{first} {last}", "The pattern holds a space"),
        ("{first}/{last}", 'The pattern holds "/"'),
        ("{grad}x", "many students the same username"),
        ("{first}@a@b", "more than one @"),
        ("{first}@{last}", "Behind the @"),
    ],
)
def test_what_is_wrong_is_said(written: str, said: str) -> None:
    with pytest.raises(PatternError) as raised:
        read_pattern(written)
    assert said in str(raised.value)


def test_a_pattern_that_cuts_names_can_be_widened() -> None:
    wider = widened(read_pattern("{first:1}-{last}{id:-3}"))
    assert wider is not None
    assert wider.text == "{first:2}-{last}{id:-3}"
    assert widened(read_pattern("{first}.{last}{id:3}")) is None
