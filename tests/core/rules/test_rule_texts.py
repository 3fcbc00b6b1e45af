"""What every rule owes to its reader: all its texts, and a sober language."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

import pytest

from rosterkey.core.keys import id_key, username_key
from rosterkey.core.model import Finding, Role, Severity
from rosterkey.core.rules import GROUPS, RULES, rules_of
from rosterkey.core.rules.example import EXAMPLE_DISTRICT, example_accounts, example_sheet
from rosterkey.core.rules.rule import Example, Rule

AGREED_CODES = """
    empty-sheet no-rows header-not-found missing-header duplicate-header hidden-rows
    repeated-header-row not-a-student-row nothing-matched mass-create mass-rename mass-assign
    mass-blank mass-update
    no-key username-blank username-taken username-held-by-archived blocked-by-row id-conflict
    id-belongs-to-other-account id-not-unique-in-database id-case-differs case-differs
    stored-id-kept no-id duplicate-id-in-sheet duplicate-username-in-sheet two-rows-one-account
    rows-disagree identical-row-repeated takes-name-of-other-student reuses-freed-username
    reserved-username bad-username look-alike-username
    cleaned normalised dot-zero-removed padded-by-format leading-zero-lost ambiguous-numeric-id
    scientific-notation over-15-digits date-instead-of-text excel-error-value
    formula-not-calculated formula-text mojibake too-long bad-character password-not-text
    required-blank blank-kept create-lacks-required-fields unknown-school unknown-grade
    unknown-class new-class school-changes weak-password password-generated password-reset
    probable-duplicate different-person same-person-two-accounts same-name-other-id
    archived-match not-a-student-account not-permitted
    stale-plan changed-since
"""
"""The codes that scripts and stored decisions rely on: none of them may ever go away."""

CONFIRMATIONS = {
    "different-person",
    "probable-duplicate",
    "takes-name-of-other-student",
    "reuses-freed-username",
    "mojibake",
    "ambiguous-numeric-id",
    "weak-password",
    "archived-match",
}
"""The reasons on rows that the rules name as confirmations."""

SECTIONS = {
    *("Matching", "Outcomes", "Blanks and columns", "Cleaning", "Usernames and names"),
    *(
        "People",
        "The gate",
        "Import and undo",
        "Files",
        "Archive and delete",
        "Existing duplicates",
    ),
}

NOT_USED = re.compile(r"\b(records?|process\w*|handl\w+|data|manager|helper|utils|misc)\b", re.I)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs each test that asks for a `rule` once for every rule, named by its code."""
    if "rule" in metafunc.fixturenames:
        metafunc.parametrize("rule", RULES.values(), ids=RULES.keys())


def texts(rule: Rule) -> dict[str, str]:
    words = {
        name: example.words
        for name, example in (("bad", rule.bad), ("good", rule.good))
        if example is not None
    }
    return {"title": rule.title, "why": rule.why, "mend": rule.mend, **words}


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)


def test_every_agreed_code_has_its_rule() -> None:
    assert set(AGREED_CODES.split()) <= set(RULES)


def test_no_code_stands_twice() -> None:
    codes = Counter(rule.code for group in GROUPS for rule in rules_of(group))
    assert [code for code, times in codes.items() if times > 1] == []


def test_the_reasons_of_the_rules_ask_for_a_confirmation() -> None:
    assert [code for code in sorted(CONFIRMATIONS) if not RULES[code].confirms] == []


def test_a_code_is_named_like_its_constant() -> None:
    for group, module in GROUPS.items():
        for rule in rules_of(group):
            assert vars(module)[rule.code.upper().replace("-", "_")] is rule


def test_only_a_warning_asks_for_a_confirmation(rule: Rule) -> None:
    assert not rule.confirms or rule.severity is Severity.WARNING


def test_every_text_is_there(rule: Rule) -> None:
    assert rule.title
    assert rule.title == rule.title.strip(" .")
    assert rule.why.endswith(".")
    assert rule.mend.endswith(".")
    assert rule.source.removeprefix("semantics: ") in SECTIONS


def test_every_rule_has_two_examples(rule: Rule) -> None:
    for example in (rule.bad, rule.good):
        assert example is not None
        assert bool(example.sheet) != bool(example.words)
    assert rule.bad != rule.good


def test_a_rule_shows_both_examples_in_the_same_way(rule: Rule) -> None:
    assert rule.bad is not None
    assert rule.good is not None
    assert bool(rule.bad.words) == bool(rule.good.words)


def test_no_sentence_is_longer_than_forty_words(rule: Rule) -> None:
    for name, text in texts(rule).items():
        for sentence in sentences(text):
            assert len(sentence.split()) <= 40, (name, sentence)


def test_why_and_mend_are_short(rule: Rule) -> None:
    assert len(sentences(rule.why)) <= 3
    assert len(sentences(rule.mend)) <= 3


def test_the_words_are_those_of_the_field(rule: Rule) -> None:
    for name, text in texts(rule).items():
        assert not NOT_USED.search(text), name
        assert "  " not in text, name
        assert "student id" not in text, name


def examples(rule: Rule) -> list[Example]:
    return [example for example in (rule.bad, rule.good) if example is not None]


def test_example_tables_can_be_read(rule: Rule) -> None:
    for example in examples(rule):
        sheet = example_sheet(example)
        assert bool(sheet.rows) == bool(example.sheet)
        width = len(sheet.rows[0][1]) if sheet.rows else 0
        assert all(len(cells) == width for _, cells in sheet.rows)


def test_example_accounts_are_a_district_that_can_be(rule: Rule) -> None:
    """Usernames are unique, and Student IDs too where the rule is not about old damage."""
    for example in examples(rule):
        accounts = example_accounts(example)
        assert all(account.school in EXAMPLE_DISTRICT.schools for account in accounts)
        assert all(account.grade in EXAMPLE_DISTRICT.grades for account in accounts)
        usernames = [username_key(account.username) for account in accounts]
        ids = [id_key(account.student_id) for account in accounts if account.student_id]
        assert len(set(usernames)) == len(usernames)
        if rule.code != "id-not-unique-in-database":
            assert len(set(ids)) == len(ids)


def test_examples_of_one_rule_speak_of_the_same_sheet(rule: Rule) -> None:
    """Mended is the same sheet, so at least one student of the bad one is also on the good one."""
    bad, good = (
        set(chain.from_iterable(cells for _, cells in example_sheet(example).rows[1:]))
        for example in examples(rule)
    )
    assert not bad or not good or bad & good


def test_the_sums_look_at_sheets_of_twenty_rows_and_more() -> None:
    for rule in rules_of("sums"):
        for example in examples(rule):
            assert example.words or len(example_sheet(example).rows) > 20


def test_the_staff_example_has_a_member_of_staff() -> None:
    example = RULES["not-a-student-account"].bad
    assert example is not None
    assert [account.role for account in example_accounts(example)] == [Role.STAFF]


def test_a_rule_says_its_finding_with_the_usual_severity_or_another() -> None:
    (account,) = example_accounts(Example(accounts="Username\nasmith"))
    rule = RULES["nothing-matched"]
    usual = rule.finding("Nothing fits.")
    severe = rule.finding(
        "Row 2 of 2.", row=2, column="Username", accounts=[account], severity=Severity.ERROR
    )
    assert usual == Finding("nothing-matched", Severity.WARNING, "Nothing fits.")
    assert severe == Finding(
        "nothing-matched", Severity.ERROR, "Row 2 of 2.", 2, "Username", None, ("a1",)
    )
