"""The explanation of a rule in the terminal, for scripts, and on the page of all findings."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from rich.console import Console

from rosterkey.core.rules import RULES
from rosterkey.core.rules.rule import Rule
from rosterkey.report.explain import (
    explain_json,
    explain_text,
    findings_page,
    severity_words,
    shown_cell,
)

PAGE = Path(__file__).parents[2] / "docs" / "findings.md"
RENEW = "docs/findings.md is out of date: python -m rosterkey.report.explain > docs/findings.md"


def on_terminal(rule: Rule, width: int = 100) -> str:
    console = Console(width=width, color_system=None, force_terminal=False)
    with console.capture() as capture:
        console.print(explain_text(rule))
    return capture.get()


def section(code: str) -> str:
    _, _, rest = findings_page().partition(f"\n### {code}\n")
    return re.split(r"\n#{2,3} ", rest)[0]


def test_the_page_is_that_of_the_rules() -> None:
    assert PAGE.read_text(encoding="utf-8") == findings_page(), RENEW


def test_the_page_has_every_rule_once_and_links_to_it() -> None:
    page = findings_page()
    headings = re.findall(r"^### (.+)$", page, re.M)
    links = re.findall(r"^- \[`(.+?)`\]\(#(.+?)\)", page, re.M)
    assert headings == list(RULES)
    assert links == [(code, code) for code in RULES]


def test_every_line_of_a_table_on_the_page_has_as_many_cells_as_its_head() -> None:
    width = 0
    for line in findings_page().splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert cells == width or not cells or not width, line
        width = cells


def test_the_page_shows_special_cells_in_a_readable_way() -> None:
    assert "| 2 | *number* 123, shown as 00123 | ana.smith |" in section("padded-by-format")
    assert "| 2 | *error* #N/A | ana.smith |" in section("excel-error-value")
    assert "⟨NBSP⟩00123" in section("cleaned")
    assert "&lt;clear>" in section("clear-not-allowed")


def test_the_page_shortens_a_long_block_and_keeps_the_row_numbers() -> None:
    rows = re.findall(r"^\| (\d+|) \| (\S+)", section("ids-missing").split("Mended")[1], re.M)
    assert rows == [("1", "Student"), ("2", "00001"), ("3", "00002"), ("", "…"), ("26", "00025")]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("username-taken", "Error: blocks the import"),
        ("probable-duplicate", "Warning: asks for a confirmation"),
        ("new-class", "Warning"),
        ("cleaned", "Notice"),
    ],
)
def test_severity_is_said_in_words(code: str, words: str) -> None:
    assert severity_words(RULES[code]) == words
    assert f"*{words}.*" in section(code)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("", ("", "")),
        ("asmith", ("", "asmith")),
        ("{nbsp}x{zwsp}", ("", "⟨NBSP⟩x⟨ZWSP⟩")),
        ("a{U+202E}b", ("", "a⟨U+202E⟩b")),
        ("x{U+0020}", ("", "x⟨space⟩")),
        ("{number 123}", ("number", "123")),
        ("{number 0.05 as 5%}", ("number", "0.05, shown as 5%")),
        ("{date 2026-03-04}", ("date", "2026-03-04")),
        ("{error #N/A}", ("error", "#N/A")),
        ("{true}", ("truth value", "TRUE")),
        ("{formula =A1}", ("formula", "=A1, not calculated")),
        ("{formula =A1 -> x}", ("formula", "=A1, last result x")),
    ],
)
def test_a_cell_is_shown_with_what_it_is(written: str, shown: tuple[str, str]) -> None:
    assert shown_cell(written) == shown


@pytest.mark.parametrize("code", RULES)
def test_every_rule_is_explained_in_the_terminal(code: str) -> None:
    rule = RULES[code]
    text = on_terminal(rule)
    unwrapped = " ".join(text.split())
    assert text.startswith(f"{code}  {rule.title}")
    assert rule.why in unwrapped
    assert rule.mend in unwrapped
    assert "With this finding" in text
    assert "Mended" in text


def test_the_terminal_draws_the_sheet_with_its_row_numbers() -> None:
    text = on_terminal(RULES["padded-by-format"])
    assert re.search(r"^ +1 +Student ID +Username", text, re.M)
    assert re.search(r"^ +2 +number 123, shown as 00123 +ana\.smith", text, re.M)


def test_accounts_that_stay_the_same_are_drawn_once() -> None:
    assert on_terminal(RULES["username-taken"]).count("bjones") == 2
    assert on_terminal(RULES["id-not-unique-in-database"]).count("Accounts") == 2


@pytest.mark.parametrize("code", RULES)
def test_every_rule_is_explained_to_scripts(code: str) -> None:
    said = json.loads(json.dumps(explain_json(RULES[code])))
    rule = RULES[code]
    assert said["code"] == code
    assert said["severity"] == rule.severity.value
    assert said["confirms"] is rule.confirms
    assert (said["title"], said["why"], said["mend"]) == (rule.title, rule.why, rule.mend)
    assert set(said["bad"]) == {"accounts", "sheet", "words"}


def test_scripts_get_every_line_of_an_example() -> None:
    said = explain_json(RULES["mass-assign"])
    assert said["group"] == "sums"
    assert len(said["good"]["sheet"]) == 26
    assert said["good"]["sheet"][25] == ["00025", "s025", "Ana", "Lee"]
