"""What is written under Decision: which reason it answers, and what happens to the rest."""

from __future__ import annotations

import pytest

from rosterkey.core.model import Gate, Severity
from rosterkey.core.plan import make_plan
from rosterkey.core.rules.example import example_sheet
from rosterkey.core.rules.rule import Example
from rosterkey.core.sheet import Cell, ErrorCell, FormulaCell, NumberCell, Sheet
from tests.core.checks.look_alikes import (
    CONFIRMED,
    HEADER,
    MARIA,
    TWO_MARIAS,
    asked,
    findings,
    maria,
    planned,
    snapshot_of,
)


def test_without_a_decision_the_row_is_asked_about() -> None:
    for plan in (maria(""), maria("  ")):
        assert asked(plan) == {"probable-duplicate": (2,)}
        assert plan.decisions == ()


@pytest.mark.parametrize("word", ["really new", "Really  NEW", " really\u00a0new ", "REALLY NEW;"])
def test_really_new_confirms_this_row_alone(word: str) -> None:
    row = " | {} | Maria | Garcia | {}"
    plan = planned(f"{HEADER}\n{row.format('maria.g', word)}\n{row.format('m.garcia', '')}")
    assert asked(plan) == {"probable-duplicate": (3,)}
    decided, waiting = findings(plan, "probable-duplicate")
    assert (decided.row, decided.severity) == (2, Severity.NOTICE)
    assert decided.message.endswith("Decided: really new.")
    assert (waiting.row, waiting.severity) == (3, Severity.WARNING)
    assert list(map(str, plan.decisions)) == ["probable-duplicate: row 2 really new"]


def test_where_every_row_is_decided_no_confirmation_is_left() -> None:
    plan = maria("really new")
    assert (plan.gate, plan.confirm, plan.counts["create"]) == (Gate.GO, (), 1)
    (decision,) = plan.decisions
    assert decision.pairs == (
        ("probable-duplicate", "username maria.garcia", "maria garcia", "a1"),
    )


def test_a_row_with_an_error_is_answered_and_counts_for_nothing() -> None:
    header = HEADER.replace("Decision", "Grade | Decision")
    plan = planned(f"{header}\n00124 | mgarcia | Robert | Zhou | 99 | same person")
    assert (plan.gate, plan.confirm, plan.decisions) == (Gate.BLOCK, (), ())


@pytest.mark.parametrize("word", ["same person", "Confirmed"])
def test_a_different_person_is_the_same_one(word: str) -> None:
    plan = planned(f"{HEADER}\n00124 | mgarcia | Robert | Zhou | {word}")
    assert plan.gate is Gate.GO
    assert findings(plan, "different-person")[0].severity is Severity.NOTICE
    assert plan.decisions[0].pairs == (("different-person", "id 00124", "robert zhou", "a1"),)


@pytest.mark.parametrize("code", CONFIRMED)
def test_other_reasons_are_confirmed(code: str) -> None:
    sheet, accounts = CONFIRMED[code]
    assert set(asked(planned(sheet, accounts))) == {code}
    plan = planned(
        "\n".join([HEADER, *(f"{r} confirmed" for r in sheet.split("\n")[1:])]), accounts
    )
    assert (plan.gate, plan.confirm) == (Gate.GO, ())
    assert {d.code for d in plan.decisions} == {code}
    assert [d.pairs for d in plan.decisions] == [()] * len(plan.decisions)


def test_a_weak_password_is_confirmed() -> None:
    header = "Username | First Name | Last Name | Password | Decision"
    plan = planned(f"{header}\nmgarcia | Maria | Garcia | mgarcia | confirmed")
    assert (plan.gate, [d.code for d in plan.decisions]) == (Gate.GO, ["weak-password"])


def test_one_reason_of_two_stays_open() -> None:
    accounts = f"{MARIA}\n00300 | rzhou | Robert | Zhou".replace("Last Name", "Last Name | Status")
    accounts = accounts.replace("Garcia", "Garcia | archived").replace("Zhou", "Zhou | active")
    one, both = (maria(word, accounts) for word in ("take its ID", "confirmed; take its ID"))
    assert asked(one) == {"archived-match": (2,)}
    assert findings(one, "unknown-decision") == []
    assert (both.gate, len(both.decisions)) == (Gate.GO, 2)


@pytest.mark.parametrize("word", ["ask her mother", "really", "yes", "take", "take its grade"])
def test_an_unknown_word_is_said_and_decides_nothing(word: str) -> None:
    plan = maria(word)
    assert asked(plan) == {"probable-duplicate": (2,)}
    (said,) = findings(plan, "unknown-decision")
    assert (said.severity, said.row, said.column, said.fix) == (
        Severity.WARNING, 2, "Decision", None,
    )  # fmt: skip
    assert f'"{word}"' in said.message
    assert "Row 2 (Maria Garcia)" in said.message
    assert "really new, take its ID, take its username" in said.message


def test_an_unknown_word_beside_nothing_to_decide_is_said_too() -> None:
    plan = planned(f"{HEADER}\n00124 | mgarcia | Maria | Garcia | talk to office")
    assert (plan.gate, plan.rows[0].outcome) == (Gate.GO, "unchanged")
    assert "Nothing has to be decided" in findings(plan, "unknown-decision")[0].message


def test_the_words_are_those_of_the_reason_that_is_open() -> None:
    """The row beside it says nothing and is left in peace."""
    sheet = f"{HEADER}\n00124 | mgarcia | Robert | Zhou | really new\n00900 | zfox | Zane | Fox |"
    plan = planned(sheet, f"{MARIA}\n00900 | zfox | Zane | Fox")
    (said,) = findings(plan, "unknown-decision")
    assert said.message.endswith("For this row these words count: same person, confirmed.")
    assert plan.rows[1].findings == []


@pytest.mark.parametrize("word", ["really new", "take its ID", "same person", "confirmed"])
def test_a_decision_that_fits_nothing_any_more_may_stay(word: str) -> None:
    plan = planned(f"{HEADER}\n00124 | mgarcia | Maria | Garcia | {word}")
    assert (plan.gate, plan.rows[0].findings, plan.decisions) == (Gate.GO, [], ())


def test_a_known_word_that_does_not_answer_the_open_reason_is_said() -> None:
    plan = maria("confirmed")
    assert asked(plan) == {"probable-duplicate": (2,)}
    assert "does not answer" in findings(plan, "unknown-decision")[0].message


@pytest.mark.parametrize(
    "words", ["really new; take its ID", "take its ID; take its username",
              "take ID of mgarcia; take ID of mgarcia2"],
)  # fmt: skip
def test_words_that_contradict_each_other_decide_nothing(words: str) -> None:
    plan = maria(words, TWO_MARIAS)
    assert (asked(plan), plan.decisions) == ({"probable-duplicate": (2,)}, ())
    assert "contradict" in findings(plan, "unknown-decision")[0].message


def test_rows_of_one_student_share_what_is_decided_in_any_of_them() -> None:
    header = "Username | First Name | Last Name | Class | Decision"
    line = "maria.garcia | Maria | Garcia | {} | {}"
    rows = [line.format(*cells) for cells in (("3A", ""), ("Band", "really new"), ("Band", "eh"))]
    plan = planned("\n".join([header, *rows[:2]]))
    assert (plan.gate, [str(d) for d in plan.decisions]) == (
        Gate.GO, ["probable-duplicate: row 2 really new"],
    )  # fmt: skip
    plan = planned("\n".join([header, rows[0], rows[2]]))
    assert [f.row for f in findings(plan, "unknown-decision")] == [3]
    taken = planned("\n".join([header, rows[0], rows[1].replace("really new", "take its ID")]))
    assert [row.outcome for row in taken.rows] == ["rename", "rename"]
    assert len(taken.decisions) == 1


@pytest.mark.parametrize(
    ("cell", "decides"),
    [
        (FormulaCell("=G1", "really new"), True),
        (FormulaCell("=G1", None), False),
        (NumberCell(1, "01"), False),
        (ErrorCell("#N/A"), False),
        (True, False),
        (7, False),
    ],
)
def test_cells_that_are_no_text_decide_nothing_and_are_said(cell: Cell, decides: bool) -> None:
    header = ("Username", "First Name", "Last Name", "Decision")
    row: tuple[Cell, ...] = ("maria.garcia", "Maria", "Garcia", cell)
    plan = make_plan(Sheet("Import", ((1, header), (2, row))), snapshot_of(MARIA))
    assert bool(plan.decisions) is decides
    assert len(findings(plan, "unknown-decision")) == (not decides)


def test_an_empty_column_is_the_same_plan_and_a_decision_is_another() -> None:
    """Marking a workbook adds the column; the plan that was validated stays what is imported."""
    bare = planned("Student ID | Username | First Name | Last Name\n"
                   " | maria.garcia | Maria | Garcia")  # fmt: skip
    digests = [maria(word).digest for word in ("", "really new", "same person", "take its ID")]
    assert digests[0] == bare.digest
    assert len(set(digests)) == 4
    results = HEADER.replace("Decision", "Result | Findings | Decision")
    told = planned(
        f"{results}\n | maria.garcia | Maria | Garcia | Create | looks like | really new"
    )
    assert told.digest == digests[1]


def test_a_line_with_nothing_but_a_decision_is_blank() -> None:
    plan = planned(f"{HEADER}\n | | | | eh?\n00124 | mgarcia | Maria | Garcia |")
    assert [(row.row, row.outcome) for row in plan.rows] == [(2, "skipped"), (3, "unchanged")]
    assert findings(plan, "unknown-decision") == []


def test_two_columns_of_decisions_are_an_error() -> None:
    plan = planned(f"{HEADER} | decision\n00124 | mgarcia | Maria | Garcia | | really new")
    assert [f.code for f in plan.findings] == ["duplicate-header"]


@pytest.mark.parametrize(("decision", "codes"), [("really new", ["hidden-column"]), ("", [])])
def test_hidden_decisions_still_count_and_are_named(decision: str, codes: list[str]) -> None:
    made = example_sheet(Example(f"{HEADER}\n | maria.garcia | Maria | Garcia | {decision}"))
    sheet = Sheet(made.name, made.rows, hidden_columns=frozenset({4}))
    assert [f.code for f in make_plan(sheet, snapshot_of(MARIA)).findings] == codes


def test_decisions_on_rows_never_pass_a_guard_on_the_sum() -> None:
    header = "Student ID | Username | First Name | Last Name"
    accounts = f"{header}\n40x {{i:05d}} | s{{i}} | {{first}} | {{last}}"
    sheet = f"{header} | Decision\n40x {{i:05d}} | s{{i}} | {{next first}} | {{next last}} | %s"
    reasons = set(asked(planned(sheet % "", accounts)))
    assert reasons > {"different-person", "mass-different-person"}
    decided = planned(sheet % "same person", accounts)
    assert set(asked(decided)) == reasons - {"different-person"}
    assert len(decided.decisions) == 40
