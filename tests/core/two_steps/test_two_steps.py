"""IDs and new usernames in one import: as safe as the two that it stands for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rosterkey.core.model import Account, District, Gate, Outcome, Plan, Status
from rosterkey.core.options import Options
from rosterkey.core.plan import make_plan
from rosterkey.core.sheet import Cell, Sheet
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.state import fingerprint

DISTRICT = District("D1", "Lincoln", ("Oak",), ("3", "4"))
ANA = Account("a1", "asmith", None, "Ana", "Smith", "Oak", "3")
BO = Account("a2", "bjones", None, "Bo", "Jones", "Oak", "3")
CHI = Account("a3", "clee", "00125", "Chi", "Lee", "Oak", "4")
HEADER = ("Student ID", "Username", "New Username", "First Name", "Last Name")
LEAVE_OUT = Options(leave_out_errors=True)


def plan(
    *rows: tuple[Cell, ...],
    accounts: tuple[Account, ...] = (ANA, BO, CHI),
    header: tuple[str, ...] = (),
    options: Options | None = None,
) -> Plan:
    """The plan of rows below the usual header, or as much of it as the longest row has."""
    header = header or HEADER[: max((len(row) for row in rows), default=5)]
    sheet = Sheet("Import", tuple(enumerate((header, *rows), start=1)))
    return make_plan(sheet, Snapshot(DISTRICT, accounts), options)


def codes(of: Plan, row: int) -> set[str]:
    return {f.code for planned in of.rows if planned.row == row for f in planned.findings}


def test_ids_and_usernames_come_in_one_plan_of_the_stored_accounts() -> None:
    made = plan(("00123", "asmith", "ana.smith"), ("00124", "bjones", "bo.jones"))
    assert made.gate is Gate.GO
    assert [(r.outcome, r.also) for r in made.rows] == [(Outcome.ASSIGN_ID, (Outcome.RENAME,))] * 2
    assert made.rows[0].changes == {
        "student_id": (None, "00123"),
        "username": ("asmith", "ana.smith"),
    }
    [ana, _] = made.changes
    assert ana.before == ANA
    assert ana.after == replace(ANA, student_id="00123", username="ana.smith")
    assert ana.rows == (2,)
    assert made.counts["assign_id"] == made.counts["rows"] == 2
    assert made.reads == {a.account_id: fingerprint(a) for a in (ANA, BO)}


def test_it_ends_as_the_two_imports_would() -> None:
    rows = (("00123", "asmith", "bjones"), ("00124", "bjones", "asmith"))
    made = plan(*rows)
    first = plan(*(r[:2] for r in rows), header=HEADER[:2])
    between = [c.after for c in first.changes if c.after] + [CHI]
    later = tuple((row[0], row[2]) for row in rows)
    second = plan(*later, header=HEADER[:2], accounts=tuple(between))
    ends = {c.account_id: c.after for c in second.changes}
    assert {c.account_id: c.after for c in made.changes} == ends
    assert "takes-name-of-other-student" in codes(made, 2)
    assert "takes-name-of-other-student" in {c.reason for c in made.confirm}


def test_a_blank_new_username_leaves_the_username() -> None:
    made = plan(("00123", "asmith", None), (None, "clee", "chi.lee"), ("00124", "bjones"))
    outcomes = [row.outcome for row in made.rows]
    assert outcomes == [Outcome.ASSIGN_ID, Outcome.RENAME, Outcome.ASSIGN_ID]
    assert made.changes[2].after == replace(CHI, username="chi.lee")


def test_nothing_changes_where_everything_is_stored() -> None:
    made = plan(("00125", "clee", "clee"), ("00125", "clee", "clee"))
    assert [row.outcome for row in made.rows] == [Outcome.UNCHANGED, Outcome.SKIPPED]
    assert made.changes == ()


def test_without_any_id_a_new_username_is_an_error_and_never_an_account() -> None:
    made = plan((None, "asmith", "ana.smith"), (None, "bjones", "bo.jones"))
    assert made.gate is Gate.BLOCK
    assert "new-username-without-id" in codes(made, 2) & codes(made, 3)
    assert made.changes == ()
    [message] = [f.message for f in made.rows[0].findings if f.code == "new-username-without-id"]
    assert message.startswith("Row 2: asmith would become ana.smith, but neither")


def test_a_new_student_without_an_id_cannot_have_two_usernames() -> None:
    made = plan((None, "zfox", "zoe.fox", "Zoe", "Fox"), (None, "zfox", "zoe.fox", "Zoe", "Fox"))
    assert [row.outcome for row in made.rows] == [Outcome.ERROR] * 2
    assert "new-username-without-id" in codes(made, 2) & codes(made, 3)
    assert made.gate is Gate.BLOCK
    zoe = (None, "zfox", "zoe.fox", "Zoe", "Fox")
    left_out = plan(zoe, zoe, options=LEAVE_OUT)
    assert left_out.changes == ()


def test_an_id_that_is_cleared_is_none_to_rename_by() -> None:
    made = plan(("<clear>", "clee", "chi.lee"))
    assert made.gate is Gate.BLOCK
    assert "new-username-without-id" in codes(made, 2)
    assert not [c for c in made.changes if c.before is None]


def test_a_new_student_with_an_id_gets_the_new_username_at_once() -> None:
    made = plan(("00300", "zfox", "zoe.fox", "Zoe", "Fox"))
    assert (made.rows[0].outcome, made.rows[0].also) == (Outcome.CREATE, ())
    assert made.rows[0].account is None
    [change] = made.changes
    assert change.before is None
    assert change.after
    assert (change.after.student_id, change.after.username) == ("00300", "zoe.fox")
    assert change.generated


def test_a_conflict_of_the_first_step_blocks_both() -> None:
    made = plan(("00999", "clee", "chi.lee"), ("00123", "asmith", "ana.smith"))
    assert made.gate is Gate.BLOCK
    assert codes(made, 2) == {"id-conflict"}
    assert (made.rows[0].outcome, made.rows[0].also) == (Outcome.ERROR, ())
    assert made.rows[1].outcome is Outcome.ASSIGN_ID


def test_a_taken_new_username_is_found_in_the_second_step_and_marked_there() -> None:
    made = plan(("00123", "asmith", "clee"))
    assert made.gate is Gate.BLOCK
    [finding] = [f for f in made.rows[0].findings if f.code == "username-taken"]
    assert finding.column == "New Username"
    bad = plan(("00123", "asmith", "ana smith"))
    [finding] = [f for f in bad.rows[0].findings if f.code == "bad-username"]
    assert finding.fix
    assert (finding.column, finding.fix.column) == ("New Username", "New Username")
    assert finding.fix.value == "anasmith"


def test_a_row_that_fails_in_either_step_is_left_out_of_both() -> None:
    rows = (
        ("00123", "asmith", "clee"),  # held by Chi, who does not move
        ("00124", "bjones", "asmith"),  # needs what Ana would have given up
        ("00125", "clee", "chi.lee!"),  # a bad username
    )
    made = plan(*rows, options=LEAVE_OUT)
    assert [row.outcome for row in made.rows] == [Outcome.ERROR] * 3
    assert made.changes == ()
    assert made.counts["rows"] == made.counts["error"] == 3
    kept = plan(rows[0], ("00124", "bjones", "bo.jones"), options=LEAVE_OUT)
    assert [c.account_id for c in kept.changes] == ["a2"]
    assert kept.gate is Gate.GO


def test_stored_ids_serve_a_sheet_without_a_column_of_ids() -> None:
    made = plan(("clee", "chi.lee"), ("asmith", "ana.smith"), header=HEADER[1:3])
    assert made.rows[0].outcome is Outcome.RENAME
    assert codes(made, 3) == {"new-username-without-id"}
    kept = plan(("clee", "chi.lee"), ("asmith", None), header=HEADER[1:3])
    [change] = kept.changes
    assert change.after == replace(CHI, username="chi.lee")


def test_passwords_and_old_ids_are_used_once() -> None:
    header = (*HEADER, "Password", "Old Student ID")
    stored = Options(same_passwords=lambda pairs: [False] * len(pairs))
    made = plan(
        ("00900", "clee", "chi.lee", "Chi", "Lee", "river-stone-42", "00125"),
        header=header,
        options=stored,
    )
    assert made.gate is Gate.GO
    [change] = made.changes
    assert change.password == "river-stone-42"  # noqa: S105
    assert change.after == replace(CHI, student_id="00900", username="chi.lee")
    assert made.rows[0].changes["password"] == (None, "set")


def test_an_archived_account_comes_back_and_is_renamed_after_one_question() -> None:
    archived = replace(CHI, status=Status.ARCHIVED)
    made = plan(("00125", "clee", "chi.lee"), accounts=(archived,))
    assert [c.reason for c in made.confirm] == ["archived-match"]
    assert made.changes[0].after == replace(CHI, username="chi.lee")


def test_the_guards_of_both_steps_are_asked() -> None:
    many = tuple(
        Account(f"m{n:02}", f"user{n}", None, f"First{n}", f"Last{n}", "Oak", "3")
        for n in range(40)
    )
    rows = tuple((f"1{n:04}", f"user{n}", f"new.name{n}") for n in range(40))
    made = plan(*rows, accounts=many)
    assert {c.reason for c in made.confirm} >= {"mass-assign", "mass-update"}


def test_the_digest_hangs_on_both_columns_and_on_the_accounts() -> None:
    one = plan(("00123", "asmith", "ana.smith"))
    assert one.digest == plan(("00123", "asmith", "ana.smith")).digest
    assert one.digest != plan(("00123", "asmith", "a.smith")).digest
    assert one.digest != plan(("00124", "asmith", "ana.smith")).digest
    other = (replace(ANA, version=2), BO, CHI)
    assert one.digest != plan(("00123", "asmith", "ana.smith"), accounts=other).digest


def test_without_the_column_username_the_new_one_is_the_username() -> None:
    made = plan(("00125", "chi.lee"), header=("Student ID", "New Username"))
    assert made.rows[0].outcome is Outcome.RENAME
    sheet = Sheet(
        "Import",
        ((1, ("Student ID", "Neu")), (2, ("00125", "chi.lee"))),
        meanings={"neu": "new_username"},
    )
    assert make_plan(sheet, Snapshot(DISTRICT, (CHI,))).rows[0].outcome is Outcome.RENAME


def test_the_order_of_the_rows_makes_no_difference() -> None:
    rows = (
        ("00123", "asmith", "bjones"),
        ("00124", "bjones", "clee"),
        ("00125", "clee", "asmith"),
    )
    one, two = plan(*rows), plan(*reversed(rows))
    assert {c.account_id: c.after for c in one.changes} == {
        c.account_id: c.after for c in two.changes
    }
    assert one.gate is two.gate is Gate.CONFIRM


def test_decisions_count_in_both_steps() -> None:
    header = (*HEADER, "Decision")
    made = plan(("00123", "asmith", "ana.smith", "Zed", "Quill", "same person"), header=header)
    assert made.gate is Gate.GO
    assert [d.code for d in made.decisions] == ["different-person"]


def test_an_empty_sheet_says_so_once() -> None:
    made = plan()
    assert [f.code for f in made.findings] == ["no-rows"]
    assert made.gate is Gate.BLOCK


def test_the_same_sheet_again_changes_nothing() -> None:
    rows = (("00123", "asmith", "bjones"), ("00124", "bjones", "asmith"), ("00125", "clee", "chi"))
    done = [c.after for c in plan(*rows).changes if c.after]
    again = plan(*rows, accounts=tuple(done))
    assert [(r.outcome, r.also, r.changes) for r in again.rows] == [(Outcome.UNCHANGED, (), {})] * 3
    assert again.changes == ()
    assert again.counts["unchanged"] == 3


def test_what_else_the_same_sheet_says_is_still_done() -> None:
    header = ("Student ID", "Username", "New Username", "Grade", "Password")
    rows = (("00125", "clee", "chi", "3", "Rainy-Day-8"), ("00123", "asmith", "ana", None, None))
    accounts = (replace(CHI, username="chi"), replace(ANA, username="ana", student_id="00123"))
    made = plan(*rows, header=header, accounts=accounts)
    assert [(r.outcome, r.also) for r in made.rows] == [
        (Outcome.UPDATE, ()),
        (Outcome.UNCHANGED, ()),
    ]
    [chi] = made.changes
    assert (chi.after, chi.password) == (replace(accounts[0], grade="3"), "Rainy-Day-8")


def test_a_password_alone_is_a_change() -> None:
    header = ("Student ID", "Username", "New Username", "Password")
    stored = replace(CHI, username="chi")
    made = plan(("00125", "clee", "chi", "Rainy-Day-8"), header=header, accounts=(stored,))
    assert [r.outcome for r in made.rows] == [Outcome.UPDATE]
    [chi] = made.changes
    assert (chi.after, chi.password) == (stored, "Rainy-Day-8")


def again(*rows: tuple[Cell, ...], **more: Any) -> tuple[Plan, Plan]:
    """The plan of a sheet, and that of the same sheet when the first was written."""
    accounts: tuple[Account, ...] = more.pop("accounts", (ANA, BO, CHI))
    made = plan(*rows, accounts=accounts, **more)
    assert made.gate is not Gate.BLOCK
    stored = {a.account_id: a for a in accounts}
    for change in made.changes:
        assert change.after
        past = (change.before.username,) if change.before else ()
        stored[change.account_id] = replace(change.after, past_usernames=past)
    return made, plan(*rows, accounts=tuple(stored.values()), **more)


def quiet(of: Plan) -> bool:
    """Whether nothing is written, asked or stopped."""
    return (of.gate, of.changes, of.confirm) == (Gate.GO, (), ())


def test_the_same_sheet_again_has_nothing_to_do() -> None:
    one = ("00123", "asmith", "ana.smith", "Ana", "Smith")
    swap = (("00123", "asmith", "bjones"), ("00124", "bjones", "asmith"))
    ring = (*swap[:1], ("00124", "bjones", "clee"), ("00125", "clee", "asmith"))
    chain = (("00123", "asmith", "bjones"), ("00124", "bjones", "bo.jones"))
    new = ("00300", "zfox", "zoe.fox", "Zoe", "Fox")
    for rows in ((one, new), swap, ring, chain):
        _, second = again(*rows)
        assert quiet(second), rows
        assert {row.outcome for row in second.rows} == {Outcome.UNCHANGED}


def test_a_name_that_somebody_else_has_by_now_is_not_asked_for_again() -> None:
    ana = replace(ANA, username="ana.smith", student_id="00123", past_usernames=("asmith",))
    abe = Account("a9", "asmith", "00900", "Abe", "Smith", "Oak", "3")
    assert quiet(plan(("00123", "asmith", "ana.smith"), accounts=(ana, abe)))
    # The row of another student stays what it is: a username that does not fit the ID.
    slipped = plan(("00123", "bjones", "ana.smith"), accounts=(ana, abe, BO))
    assert codes(slipped, 2) == {"username-taken"}
    other = plan(("00124", "asmith", "ana.smith"), accounts=(ana, abe, BO))
    assert other.gate is Gate.BLOCK


def test_without_an_id_the_same_sheet_is_known_while_nobody_has_the_old_name() -> None:
    header = HEADER[1:3]
    _, second = again(("clee", "chi.lee"), header=header)
    assert quiet(second)
    chi = replace(CHI, username="chi.lee", past_usernames=("clee",))
    cleo = Account("a9", "clee", "00900", "Cleo", "Lee", "Oak", "3")
    assert plan(("clee", "chi.lee"), header=header, accounts=(chi, cleo)).gate is Gate.BLOCK


def test_an_id_that_cannot_be_read_makes_no_row_a_known_one() -> None:
    chi = replace(CHI, username="chi.lee", past_usernames=("clee",))
    assert plan((1.2e20, "clee", "chi.lee"), accounts=(chi,)).gate is Gate.BLOCK


def test_ids_that_were_changed_with_the_username_are_known_too() -> None:
    header = (*HEADER, "Old Student ID")
    row = ("00900", "clee", "chi.lee", "Chi", "Lee", "00125")
    _, second = again(row, header=header)
    assert quiet(second)
