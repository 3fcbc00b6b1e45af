"""Rows whose account changed since their export: base, theirs, yours, and who decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rosterkey.core.model import Account, District, Gate, Outcome, Plan, PlannedRow
from rosterkey.core.options import Options
from rosterkey.core.plan import make_plan
from rosterkey.core.sheet import Cell, Sheet
from rosterkey.core.snapshot import Snapshot

DISTRICT = District("D1", "", ("Lincoln", "Oak"), ("2", "3", "4", "5"))
HEADINGS = ("Student ID", "Username", "First Name", "Last Name", "School", "Grade", "Class",
            "Decision", "Account", "Version")  # fmt: skip
ANA = Account("a1", "asmith", "00123", "Ana", "Smith", "Lincoln", "3", ("3A",))


def cells(account: Account, decision: str = "", **edits: str) -> tuple[Cell, ...]:
    """A row as an export writes it, with the cells that somebody edited."""
    values = {
        "student_id": account.student_id or "",
        "username": account.username,
        "first_name": account.first_name,
        "last_name": account.last_name,
        "school": account.school or "",
        "grade": account.grade or "",
        "classes": "; ".join(account.classes),
    }
    texts = [*(values | edits).values(), decision, account.account_id, str(account.version)]
    return tuple(text or None for text in texts)


def plan(
    rows: Sequence[tuple[Cell, ...]],
    *now: Account,
    base: Sequence[Account] = (ANA,),
    headings: tuple[Cell, ...] = HEADINGS,
) -> Plan:
    """The plan of a sheet, with a history that knows the bases."""
    kept = {(a.account_id, a.version): a for a in base}
    options = Options(earlier_states=lambda pairs: {p: kept[p] for p in pairs if p in kept})
    sheet = Sheet("Import", tuple(enumerate([headings, *rows], start=1)))
    return make_plan(sheet, Snapshot(DISTRICT, now), options)


def later(account: Account = ANA, **changes: Any) -> Account:
    """The account after somebody else's import."""
    return replace(account, version=account.version + 1, **changes)


def only(made: Plan) -> PlannedRow:
    (row,) = made.rows
    return row


def said(row: PlannedRow) -> dict[str, str]:
    """What is said of the row, by code."""
    return {f.code: f.message for f in row.findings}


def test_what_only_others_changed_stays_theirs() -> None:
    made = plan([cells(ANA)], later(grade="4", classes=("4B", "Band")))
    row = only(made)
    assert (row.outcome, row.changes) == (Outcome.UNCHANGED, {})
    assert made.gate is Gate.GO
    assert [(f.code, f.column) for f in row.findings] == [
        ("changed-since", "Grade"), ("changed-since", "Class"),
    ]  # fmt: skip
    assert row.findings[0].message == (
        "Row 2 (Ana Smith), Grade: since the export of Ana Smith (username asmith, Student ID "
        '00123) somebody changed "3" to "4". The row still says "3", so "4" stays. To import "3" '
        "write under Decision: mine: Grade."
    )


def test_what_you_changed_is_planned_beside_it() -> None:
    row = only(plan([cells(ANA, username="ana.smith")], later(grade="4")))
    assert row.outcome is Outcome.RENAME
    assert row.changes == {"username": ("asmith", "ana.smith")}
    assert "changed-since" in said(row)


def test_what_both_changed_is_asked() -> None:
    made = plan([cells(ANA, grade="5")], later(grade="4"))
    row = only(made)
    assert made.gate is Gate.CONFIRM
    assert [c.reason for c in made.confirm] == ["both-changed"]
    assert row.changes == {"grade": ("4", "5")}
    (finding,) = row.findings
    assert 'somebody changed "3" to "4". The row says "5". Which one counts?' in finding.message
    assert finding.fix is not None
    assert (finding.fix.column, finding.fix.value) == ("Grade", "4")


def test_the_same_change_on_both_sides_is_none() -> None:
    made = plan(
        [cells(ANA, grade="Grade 4", classes="band;3a")], later(grade="4", classes=("3A", "Band"))
    )
    assert only(made).changes == {}
    assert not said(only(made)).keys() & {"changed-since", "both-changed"}


def test_a_field_can_be_decided_each_by_itself() -> None:
    made = plan(
        [cells(ANA, "mine: Grade; keep theirs: School", grade="5", school="Oak")],
        later(grade="4", school=None),
    )
    row = only(made)
    assert made.gate is Gate.GO
    assert row.changes == {"grade": ("4", "5")}
    assert [str(d) for d in made.decisions] == [
        "both-changed: row 2 theirs: School", "both-changed: row 2 mine: Grade",
    ]  # fmt: skip
    assert "Decided: theirs, so nothing counts." in row.findings[0].message


def test_mine_takes_back_what_only_others_changed() -> None:
    made = plan([cells(ANA, "mine")], later(grade="4"))
    assert only(made).changes == {"grade": ("4", "3")}
    assert made.gate is Gate.GO
    assert [d.code for d in made.decisions] == ["changed-since"]


def test_words_that_contradict_each_other_decide_nothing() -> None:
    assert plan([cells(ANA, "mine; theirs", grade="5")], later(grade="4")).gate is Gate.CONFIRM


def test_a_word_that_nothing_asks_for_is_passed_over() -> None:
    row = only(plan([cells(ANA, "mine: Grade")], ANA))
    assert "unknown-decision" not in said(row)
    assert row.outcome is Outcome.UNCHANGED


def test_a_username_that_others_changed_does_not_make_a_second_account() -> None:
    base = replace(ANA, student_id=None)
    row = only(plan([cells(base)], later(base, username="ana.smith"), base=[base]))
    assert row.outcome is Outcome.UNCHANGED
    assert row.account == "a1"
    assert "changed-since" in said(row)


def test_an_id_that_somebody_assigned_stays() -> None:
    base = replace(ANA, student_id=None)
    row = only(plan([cells(base, grade="4")], later(base, student_id="00123"), base=[base]))
    assert row.changes == {"grade": ("3", "4")}


def test_a_copied_row_is_about_somebody_new() -> None:
    edits = {"student_id": "00900", "username": "nlee", "first_name": "Noa", "last_name": "Lee"}
    row = only(plan([cells(ANA, **edits)], later(grade="4")))
    assert row.outcome is Outcome.CREATE
    assert not said(row).keys() & {"changed-since", "both-changed"}


def test_what_the_account_was_may_not_be_known() -> None:
    made = plan([cells(ANA)], later(grade="4"), base=())
    assert made.gate is Gate.CONFIRM
    assert (
        'was changed since the export; "4" is stored now. The row says "3"'
        in (said(only(made))["both-changed"])
    )
    assert plan([cells(later(grade="4"))], later(grade="4"), base=()).gate is Gate.GO


def test_a_plan_without_a_history_asks_about_every_field_that_differs() -> None:
    sheet = Sheet("Import", ((1, HEADINGS), (2, cells(ANA))))
    made = make_plan(sheet, Snapshot(DISTRICT, [later(grade="4")]))
    assert [c.reason for c in made.confirm] == ["both-changed"]


def test_blank_cells_columns_that_are_missing_and_broken_cells_say_nothing() -> None:
    headings: tuple[Cell, ...] = tuple(h for h in HEADINGS if h != "Class")
    row = tuple(c for h, c in zip(HEADINGS, cells(ANA, grade=""), strict=True) if h != "Class")
    blank = only(plan([row], later(grade="4", classes=("4B",)), headings=headings))
    assert blank.changes == {}
    assert not said(blank).keys() & {"changed-since", "both-changed"}
    odd = list(cells(ANA))
    odd[5] = True
    broken = only(plan([tuple(odd)], later(grade="4")))
    assert broken.outcome is Outcome.ERROR
    assert "changed-since" not in said(broken)


def test_clear_is_a_change_of_yours() -> None:
    asked = plan([cells(ANA, grade="<clear>")], later(grade="4"))
    assert asked.gate is Gate.CONFIRM
    gone = plan([cells(ANA, grade="<clear>")], later(grade=None))
    assert gone.gate is Gate.GO
    assert only(gone).changes == {}


def test_classes_of_several_rows_are_one_list() -> None:
    base = replace(ANA, classes=("3A", "Band"))
    rows = [cells(base, classes="3A"), cells(base, classes="Band")]
    kept = plan(rows, later(base, grade="4"), base=[base])
    assert [row.changes for row in kept.rows] == [{}, {}]
    assert all("both-changed" not in said(row) for row in kept.rows)


def test_a_decision_on_a_row_with_an_error_is_not_kept() -> None:
    made = plan([cells(ANA, "mine", grade="5", last_name="<clear>")], later(grade="4"))
    assert only(made).outcome is Outcome.ERROR
    assert made.decisions == ()


def test_origins_that_cannot_be_read_or_are_gone_are_passed_over() -> None:
    unknown = list(cells(ANA))
    unknown[8] = "a99"
    wordy = list(cells(ANA))
    wordy[9] = "two"
    nobody = list(cells(ANA))
    nobody[8] = None
    for odd in (unknown, wordy, nobody, list(cells(ANA))[:9]):
        row = only(plan([tuple(odd)], later(grade="4")))
        assert row.changes == {"grade": ("4", "3")}


def test_rows_without_an_origin_stand_beside_those_that_have_one() -> None:
    ben = Account("a2", "bjones", "00124", "Ben", "Jones", "Lincoln", "3")
    typed = (*cells(ben, grade="5")[:8], None, None)
    made = plan([cells(ANA), typed], later(grade="4"), later(ben, grade="4"))
    assert [row.changes for row in made.rows] == [{}, {"grade": ("4", "5")}]


def test_a_column_account_alone_is_no_origin() -> None:
    headings: tuple[Cell, ...] = tuple("Note" if h == "Version" else h for h in HEADINGS)
    made = plan([cells(ANA)], later(grade="4"), headings=headings)
    assert only(made).changes == {"grade": ("4", "3")}
    (unused,) = [f for f in made.findings if f.code == "unknown-column"]
    assert "Account (I), Note (J)" in unused.message


SIDES = {
    "grade": st.sampled_from(["2", "3", "4", "5"]),
    "school": st.sampled_from(["Lincoln", "Oak"]),
    "first_name": st.sampled_from(["Ana", "Anna"]),
    "last_name": st.sampled_from(["Smith", "Smith-Lee"]),
    "username": st.sampled_from(["asmith", "ana.smith", "anasm"]),
}
STATES = st.fixed_dictionaries(SIDES)


@given(STATES, STATES, STATES, st.sampled_from(["", "mine", "theirs"]))
def test_each_field_is_merged_of_three(
    base: dict[str, str], theirs: dict[str, str], yours: dict[str, str], word: str
) -> None:
    """The rule of a three-way merge, field by field, as the page of rules says it."""
    then = replace(ANA, **base)  # type: ignore[arg-type]
    made = plan([cells(then, word, **yours)], later(then, **theirs), base=[then])
    conflicts = []
    for name in SIDES:
        if yours[name] in (theirs[name], base[name]):
            wanted = theirs[name]
            if word == "mine" and theirs[name] != base[name]:
                wanted = yours[name]
        elif theirs[name] == base[name] or word in ("", "mine"):
            wanted = yours[name]
        else:
            wanted = theirs[name]
        if len({base[name], theirs[name], yours[name]}) == 3:
            conflicts.append(name)
        before, after = only(made).changes.get(name, (theirs[name], theirs[name]))
        assert (before, after) == (theirs[name], wanted), name
    asked = {c.reason for c in made.confirm}
    assert ("both-changed" in asked) == bool(conflicts and not word)


@given(STATES)
def test_an_export_without_an_edit_never_changes_anything(theirs: dict[str, str]) -> None:
    made = plan([cells(ANA)], later(**theirs))
    assert only(made).outcome is Outcome.UNCHANGED
    assert made.gate is Gate.GO
    assert not made.changes
