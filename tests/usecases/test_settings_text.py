"""One setting changes in settings.toml; whatever else a person wrote there stays."""

from __future__ import annotations

import tomllib

import pytest

from rosterkey.usecases.settings_text import SettingsNotChanged, changed


def test_a_new_file() -> None:
    text = changed("", {"database": "sqlite:///C:/a.db", "district": "D1"})
    assert tomllib.loads(text) == {"database": "sqlite:///C:/a.db", "district": "D1"}


def test_comments_order_and_tables_stay() -> None:
    before = '# mine\ndatabase = "sqlite:///old.db"  # old\nactor = "Bo"\n\n[limits]\nrows = 5\n'
    assert changed(before, {"database": "sqlite:///new.db"}) == (
        '# mine\ndatabase = "sqlite:///new.db"\nactor = "Bo"\n\n[limits]\nrows = 5\n'
    )


def test_a_setting_that_is_missing_comes_before_the_first_table() -> None:
    text = changed("# mine\n[limits]\nrows = 5\n", {"district": "D1"})
    assert tomllib.loads(text) == {"district": "D1", "limits": {"rows": 5}}
    assert text.startswith("# mine\n")


def test_a_setting_of_the_same_name_in_a_table_is_another_one() -> None:
    text = changed('[limits]\ndistrict = "x"\n', {"district": "D1"})
    assert tomllib.loads(text) == {"district": "D1", "limits": {"district": "x"}}


@pytest.mark.parametrize("value", ['a"b', "C:\\new\\tab", "é 李", "a = 1", "\t"])
def test_any_text_comes_back(value: str) -> None:
    assert tomllib.loads(changed("", {"district": value})) == {"district": value}


@pytest.mark.parametrize(
    "before",
    ["district = \n", 'district = """\nD0\n"""\n', '"district" = "D0"\n', "[limits\n"],
)
def test_what_cannot_be_changed_safely_is_left_to_the_person(before: str) -> None:
    with pytest.raises(SettingsNotChanged, match='district = "D1"'):
        changed(before, {"district": "D1"})


class TestTables:
    """Settings below a heading such as [limits]."""

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("", "[limits]\nrows = 7\n"),
            ('actor = "Bo"', 'actor = "Bo"\n\n[limits]\nrows = 7\n'),
            ("[limits]", "[limits]\nrows = 7\n"),
            ("[ limits ] # mine\n", "[ limits ] # mine\nrows = 7\n"),
            ("[limits]\nrows = 5\n", "[limits]\nrows = 7\n"),
            ("[limits]\ncreates = 5\n", "[limits]\ncreates = 5\nrows = 7\n"),
            ("[limits]\n[other]\nrows = 5\n", "[limits]\nrows = 7\n\n[other]\nrows = 5\n"),
            ("[other]\nrows = 5\n", "[other]\nrows = 5\n\n[limits]\nrows = 7\n"),
        ],
    )
    def test_only_that_line_changes(self, before: str, after: str) -> None:
        assert changed(before, {"rows": 7}, "limits") == after

    def test_several_at_once(self) -> None:
        text = changed("[limits]\nrows = 5\n", {"rows": 7, "creates_share": 0.05}, "limits")
        assert tomllib.loads(text) == {"limits": {"rows": 7, "creates_share": 0.05}}

    @pytest.mark.parametrize(
        "before",
        ["limits = 5\n", "limits.rows = 5\n", "limits = { rows = 5 }\n", '["limits"]\nrows = 5\n'],
    )
    def test_another_form_is_left_to_the_person(self, before: str) -> None:
        with pytest.raises(SettingsNotChanged, match=r"below \[limits\] by hand: rows = 7"):
            changed(before, {"rows": 7}, "limits")
