"""What is written under Decision: which reason it answers, and what happens to the rest."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from rosterkey.core.model import DecidedPair, Decision, Finding, Gate, Plan, Severity
from rosterkey.core.options import Options
from rosterkey.core.plan import make_plan
from rosterkey.core.rules.example import EXAMPLE_DISTRICT, example_accounts, example_sheet
from rosterkey.core.rules.rule import Example
from rosterkey.core.sheet import Cell, ErrorCell, FormulaCell, NumberCell, Sheet
from rosterkey.core.snapshot import Snapshot

MARIA = "Student ID | Username | First Name | Last Name\n00124 | mgarcia | Maria | Garcia"
MARIA_NO_ID = "Username | First Name | Last Name\nmgarcia | Maria | Garcia"
TWO_MARIAS = f"{MARIA}\n | mgarcia2 | Maria | Garcia"
MARIA_AND_MARIE = """
    Student ID | Username | First Name | Last Name
     | mgarcia | Maria | Garcia
    00125 | maria.garci | Marie | Garcia
"""
HEADER = "Student ID | Username | First Name | Last Name | Decision"


def snapshot_of(accounts: str, decided: Mapping[DecidedPair, str] | None = None) -> Snapshot:
    return Snapshot(EXAMPLE_DISTRICT, example_accounts(Example(accounts=accounts)), decided)


def planned(sheet: str, accounts: str = MARIA, options: Options | None = None) -> Plan:
    made = example_sheet(Example(sheet=sheet))
    return make_plan(made, snapshot_of(accounts), options)


def maria(decision: str, accounts: str = MARIA) -> Plan:
    """A new row that looks like the stored Maria Garcia, with this decision."""
    return planned(f"{HEADER}\n | maria.garcia | Maria | Garcia | {decision}", accounts)


def findings(plan: Plan, code: str) -> list[Finding]:
    return [f for row in plan.rows for f in row.findings if f.code == code]


def asked(plan: Plan) -> dict[str, tuple[int, ...]]:
    return {c.reason: c.rows for c in plan.confirm}


def changes(plan: Plan) -> list[tuple[str | None, str, str | None]]:
    """The account before, and username and Student ID after."""
    return [
        (c.before and c.before.account_id, c.after.username, c.after.student_id)
        for c in plan.changes
        if c.after
    ]


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


@pytest.mark.parametrize(
    "word", ["take its ID", "take  its id", "Take ID", "take Student ID of MGarcia"]
)
def test_taking_the_id_renames_the_account(word: str) -> None:
    plan = maria(word)
    assert changes(plan) == [("a1", "maria.garcia", "00124")]
    assert (plan.gate, plan.rows[0].outcome) == (Gate.GO, "rename")
    (notice,) = findings(plan, "probable-duplicate")
    assert notice.severity is Severity.NOTICE
    assert "take ID of mgarcia" in notice.message
    assert "00124" in notice.message
    assert list(map(str, plan.decisions)) == ["probable-duplicate: row 2 take ID of mgarcia"]
    assert plan.decisions[0].pairs == (), "the row itself tells from now on who is meant"


@pytest.mark.parametrize("accounts", [MARIA, MARIA_NO_ID])
def test_taking_the_username_means_the_account_as_it_is(accounts: str) -> None:
    plan = maria("take its username", accounts)
    assert (plan.changes, plan.rows[0].outcome, plan.rows[0].account) == ((), "unchanged", "a1")
    assert "take username of mgarcia" in findings(plan, "probable-duplicate")[0].message


def test_taking_the_username_brings_the_id_of_the_row() -> None:
    plan = planned(
        f"{HEADER}\n00700 | maria.garcia | Maria | Garcia | take its username", MARIA_NO_ID
    )
    assert changes(plan) == [("a1", "mgarcia", "00700")]
    assert plan.rows[0].outcome == "assign_id"


def test_a_damaged_spelling_in_the_cell_does_not_come_through() -> None:
    sheet = f"{HEADER}\n | {{nbsp}}maria.garcia | Maria | Garcia | take its username"
    plan = planned(sheet)
    assert findings(plan, "cleaned") == []
    assert plan.rows[0].outcome == "unchanged"


def test_a_named_account_is_taken_before_the_best_one() -> None:
    for name, number in (("mgarcia", "a1"), ("MGARCIA2", "a2")):
        plan = maria(f"take username of {name}", TWO_MARIAS)
        assert plan.rows[0].account == number


def test_an_account_that_is_not_in_question_cannot_be_taken() -> None:
    plan = maria("take ID of zfox", f"{MARIA}\n00900 | zfox | Zane | Fox")
    assert asked(plan) == {"probable-duplicate": (2,)}
    (said,) = findings(plan, "unknown-decision")
    assert "names none of the accounts" in said.message
    assert "really new, take its ID, take its username" in said.message


def test_an_id_that_the_account_does_not_have_cannot_be_taken() -> None:
    plan = maria("take its ID", MARIA_NO_ID)
    assert plan.rows[0].outcome == "create"
    (said,) = findings(plan, "unknown-decision")
    assert "not possible" in said.message
    assert "no Student ID" in said.message
    assert said.message.endswith("count: really new, take its username.")


def test_the_id_of_the_second_best_account_is_offered_by_name() -> None:
    plan = maria("?", MARIA_AND_MARIE)
    named = findings(plan, "probable-duplicate")[0].accounts
    assert named == ("a1", "a2"), "the example needs two accounts in this order"
    assert "take ID of maria.garci," in findings(plan, "unknown-decision")[0].message


def test_a_row_with_an_error_is_answered_and_counts_for_nothing() -> None:
    header = HEADER.replace("Decision", "Grade | Decision")
    plan = planned(f"{header}\n00124 | mgarcia | Robert | Zhou | 99 | same person")
    assert (plan.gate, plan.confirm, plan.decisions) == (Gate.BLOCK, (), ())


@pytest.mark.parametrize("other", ["take its ID", "take its username", "take ID of mgarcia"])
@pytest.mark.parametrize("username", ["m.garcia", "maria.garcia.2"])
def test_two_rows_cannot_take_one_account(username: str, other: str) -> None:
    """Also where the taken keys would make the rows equal, or a username that is free by then."""
    sheet = (
        f"{HEADER}\n | maria.g | Maria | Garcia | take its ID\n"
        f" | {username} | Maria | Garcia | {other}"
    )
    plan = planned(sheet)
    assert plan.gate is Gate.BLOCK
    assert [row.outcome for row in plan.rows] == ["error", "error"]
    first, second = findings(plan, "two-rows-one-account")
    assert "row 3" in first.message
    assert "row 2" in second.message
    assert (plan.decisions, plan.confirm) == ((), ())
    left = planned(sheet, options=Options(leave_out_errors=True))
    assert (left.gate, left.changes) == (Gate.GO, ())


def test_a_row_that_takes_an_account_leaves_nothing_for_the_others_to_decide() -> None:
    """The second row looked like the account that the first one means by now."""
    sheet = (
        f"{HEADER}\n | maria.garcia | Maria | Garcia | take its ID\n"
        " | mari.garcia | Mari | Garcia | really new"
    )
    plan = planned(sheet)
    assert [row.outcome for row in plan.rows] == ["rename", "create"]
    assert [d.row for d in plan.decisions] == [2]
    assert findings(plan, "unknown-decision") == []


def test_a_row_may_learn_from_another_whom_it_means() -> None:
    """The best account for row 3 has no Student ID, and row 2 means it: the second best is left."""
    sheet = (
        f"{HEADER}\n | m.garcia | Maria | Garcia | take its username\n"
        " | maria.garcia | Maria | Garcia | take its ID"
    )
    plan = planned(sheet, MARIA_AND_MARIE)
    assert [row.account for row in plan.rows] == ["a1", "a2"]
    assert changes(plan) == [("a2", "maria.garcia", "00125")]


@pytest.mark.parametrize("word", ["same person", "Confirmed"])
def test_a_different_person_is_the_same_one(word: str) -> None:
    plan = planned(f"{HEADER}\n00124 | mgarcia | Robert | Zhou | {word}")
    assert plan.gate is Gate.GO
    assert findings(plan, "different-person")[0].severity is Severity.NOTICE
    assert plan.decisions[0].pairs == (("different-person", "id 00124", "robert zhou", "a1"),)


CONFIRMED = {
    "archived-match": (
        f"{HEADER}\n00900 | zfox | Zane | Fox |",
        "Student ID | Username | First Name | Last Name | Status\n"
        "00900 | zfox | Zane | Fox | archived",
    ),
    "reuses-freed-username": (
        f"{HEADER}\n00700 | mia | Farah | Khan |",
        "Student ID | Username | First Name | Last Name | Past Usernames\n"
        "00124 | mgarcia | Maria | Garcia | mia",
    ),
    "takes-name-of-other-student": (
        f"{HEADER}\n00124 | zfox | Maria | Garcia |\n00900 | mgarcia | Zane | Fox |",
        f"{MARIA}\n00900 | zfox | Zane | Fox",
    ),
    "ambiguous-numeric-id": (
        f"{HEADER}\n{{number 123}} | mgarcia | Maria | Garcia |",
        "Student ID | Username | First Name | Last Name\n"
        "123 | mgarcia | Maria | Garcia\n00123 | zfox | Zane | Fox",
    ),
    "mojibake": (f"{HEADER}\n00124 | mgarcia | Maria | GarcÃ\u00ada |", MARIA),
}


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


class TestRemembered:
    """What an earlier import decided about the same person beside the same account."""

    PAIR = ("probable-duplicate", "username maria.garcia", "maria garcia", "a1")

    def plan(self, sheet: str, *pairs: DecidedPair, accounts: str = MARIA) -> Plan:
        decided = dict.fromkeys(pairs, "really new")
        made = example_sheet(Example(f"{HEADER}\n{sheet}"))
        return make_plan(made, snapshot_of(accounts, decided))

    def test_is_not_asked_again(self) -> None:
        plan = self.plan(" | Maria.Garcia | MARIA | García |", self.PAIR)
        assert plan.gate is Gate.GO
        (notice,) = findings(plan, "probable-duplicate")
        assert notice.severity is Severity.NOTICE
        assert "Decided in an earlier import: really new." in notice.message
        (decision,) = plan.decisions
        assert decision.remembered
        assert str(decision).endswith("really new (decided in an earlier import)")

    def test_is_part_of_the_plan(self) -> None:
        """What somebody remembers meanwhile makes another plan, which is shown first."""
        row = " | maria.garcia | Maria | Garcia |"
        assert self.plan(row).digest != self.plan(row, self.PAIR).digest

    @pytest.mark.parametrize(
        "row",
        [
            " | m.garcia | Maria | Garcia |",
            " | maria.garcia | Mariah | Garcia |",
            "00700 | maria.garcia | Maria | Garcia |",
        ],
    )
    def test_holds_for_the_same_person_only(self, row: str) -> None:
        accounts = MARIA_NO_ID if row.startswith("00700") else MARIA
        assert asked(self.plan(row, self.PAIR, accounts=accounts)) == {"probable-duplicate": (2,)}

    def test_another_account_in_question_is_asked_about(self) -> None:
        row = " | maria.garcia | Maria | Garcia |"
        assert asked(self.plan(row, self.PAIR, accounts=TWO_MARIAS)) != {}
        second = (*self.PAIR[:3], "a2")
        assert asked(self.plan(row, self.PAIR, second, accounts=TWO_MARIAS)) == {}

    def test_what_stands_on_the_sheet_comes_first(self) -> None:
        row = " | maria.garcia | Maria | Garcia | "
        assert self.plan(row + "take its ID", self.PAIR).rows[0].outcome == "rename"
        assert asked(self.plan(row + "not sure", self.PAIR)) == {"probable-duplicate": (2,)}
        assert asked(self.plan(row + "take ID of zfox", self.PAIR)) != {}
        assert not self.plan(row + "really new", self.PAIR).decisions[0].remembered

    def test_what_does_not_last_is_asked_again(self) -> None:
        sheet, accounts = CONFIRMED["archived-match"]
        pair = ("archived-match", "id 00900", "zane fox", "a1")
        row = sheet.split("\n")[1]
        assert set(asked(self.plan(row, pair, accounts=accounts))) == {"archived-match"}

    def test_is_part_of_what_a_snapshot_is(self) -> None:
        assert snapshot_of(MARIA) == snapshot_of(MARIA, {})
        assert snapshot_of(MARIA) != snapshot_of(MARIA, {self.PAIR: "really new"})


def test_only_a_lasting_decision_has_pairs() -> None:
    decision = Decision(2, "different-person", "same person", ("id 1", "ana"), ("a1", "a2"), True)
    assert decision.pairs == (
        ("different-person", "id 1", "ana", "a1"),
        ("different-person", "id 1", "ana", "a2"),
    )
