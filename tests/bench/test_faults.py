"""The generator of faults does to a sheet what it says, and the truth beside it is true."""

from __future__ import annotations

from collections import Counter

import pytest

from bench.faults import doubles, genuine, key_faults, slips
from bench.faults.existing import existing
from bench.faults.kinds import Kind
from bench.faults.measure import KINDS, measure, play
from bench.faults.names import NICKNAMES, Names, typo
from bench.faults.table import as_table
from bench.faults.town import HEADINGS, Line, Town
from rosterkey.core.model import Account

ROWS = 120
BY_NAME = {kind.name: kind for kind in KINDS}


@pytest.fixture
def town() -> Town:
    return Town(3, ROWS)


def owner(town: Town, line: Line) -> Account:
    return next(a for a in town.students if a.account_id == line.means)


def touched(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line.touched]


def differing(town: Town, line: Line) -> set[str]:
    """The headings of the cells that are not what the line's account has."""
    a = owner(town, line)
    stored = (a.student_id, a.username, a.first_name, a.last_name, a.grade, a.school)
    return {h for h, text in zip(HEADINGS, stored, strict=False) if line.cells[h] != text}


def test_kinds_have_names_of_their_own() -> None:
    assert len({(kind.group, kind.name) for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_is_not_touched_is_as_stored(kind: Kind) -> None:
    case = play(kind, 2, 200)
    clean = [line for line in case.lines if not line.touched]
    assert len(clean) < len(case.lines)
    assert all(line.means for line in clean)
    different = {h for line in clean for h in differing(case.town, line)}
    # A sheet from a district without IDs may bring them; new usernames are right where they are.
    assert different <= {"Student ID", "Username"}
    assert "Username" not in different or kind.name.startswith("new usernames")
    assert "Student ID" not in different or not case.town.with_ids


@pytest.mark.parametrize("group", sorted({kind.group for kind in KINDS}))
def test_a_seed_repeats_itself(group: str) -> None:
    kind = next(kind for kind in KINDS if kind.group == group)
    first, second, other = play(kind, 2, ROWS), play(kind, 2, ROWS), play(kind, 3, ROWS)
    assert first.lines == second.lines
    assert first.plan.digest == second.plan.digest
    assert first.lines != other.lines


def test_keys_are_unique(town: Town) -> None:
    for values in ([a.username for a in town.students], [a.student_id for a in town.students]):
        assert Counter(values).most_common(1)[0][1] == 1


def test_lost_zeros_are_numbers_of_the_right_account(town: Town) -> None:
    for line in touched(key_faults.lost_zeros(town)):
        number = line.cells["Student ID"]
        assert isinstance(number, int)
        assert str(number).zfill(town.digits) == owner(town, line).student_id


def test_a_reused_id_is_stored_and_means_nobody(town: Town) -> None:
    lines = touched(key_faults.reused_ids(town))
    stored = {a.student_id for a in town.students}
    assert all(line.means is None and line.cells["Student ID"] in stored for line in lines)


def test_swapped_usernames_are_the_same_usernames(town: Town) -> None:
    lines = touched(key_faults.swapped_usernames(town))
    assert {str(line.cells["Username"]) for line in lines} == {
        owner(town, line).username for line in lines
    }
    assert all(differing(town, line) == {"Username"} for line in lines)


@pytest.mark.parametrize("kind", slips.KINDS, ids=lambda kind: kind.name)
def test_a_slip_keeps_all_values_and_knows_the_right_ones(kind: Kind) -> None:
    lines = [line for line in play(kind, 1, ROWS).lines if line.right]
    for heading in lines[0].right:
        here = Counter(line.cells[heading] for line in lines)
        assert here == Counter(line.right[heading] for line in lines)
    assert all(
        line.touched is any(line.cells[h] != cell for h, cell in line.right.items())
        for line in lines
    )


def test_a_block_is_thirty_percent() -> None:
    lines = play(BY_NAME["Username shifted, 30 % of the rows"], 1, ROWS).lines
    assert len(touched(list(lines))) == 36


def test_a_double_matches_no_key(town: Town) -> None:
    lines = touched(doubles.doubled(town, changes=(doubles.nickname,)))
    usernames = {a.username for a in town.students}
    for line in lines:
        assert line.cells["Student ID"] is None
        assert line.cells["Username"] not in usernames
        assert NICKNAMES[owner(town, line).first_name.split()[0]] in str(line.cells["First Name"])


def test_genuine_changes_keep_the_student_id(town: Town) -> None:
    for line in touched(genuine.changed(town, change=doubles.new_family_name)):
        assert differing(town, line) <= {"Last Name"}


def test_a_twin_shares_all_but_the_first_name(town: Town) -> None:
    child = genuine.twin(town)
    alike = [
        a
        for a in town.students
        if (a.last_name, a.grade, a.school) == (child.last_name, child.grade, child.school)
    ]
    assert alike
    assert child.first_name not in {a.first_name for a in alike}


def test_a_typo_is_another_name_and_short_names_stay(town: Town) -> None:
    for name in ("Elizabeth", "Garcia", "Aaaron"):
        slipped = typo(town.rng, name)
        assert slipped != name
        assert abs(len(slipped) - len(name)) <= 1
        assert slipped[0] == name[0]
    assert typo(town.rng, "Lee") == "Lee"


def test_common_names_are_common(town: Town) -> None:
    names = Names(town.rng)
    drawn = Counter(names.last().split()[0].split("-")[0] for _ in range(4000))
    assert drawn["Smith"] > 10 * drawn["Tanaka"] / 3
    assert 0.005 < drawn["Smith"] / 4000 < 0.04
    assert len(drawn) > 800


def test_a_large_district_has_more_schools() -> None:
    assert len(Town(1, 960).snapshot.district.schools) == 7
    assert len(Town(1, 6_000).snapshot.district.schools) > 7


def test_a_score_counts_what_was_said() -> None:
    (score,) = measure([BY_NAME["lost zeros"]], range(2), ROWS)
    assert (score.sheets, score.seen) == (2, 12)
    assert score.seen + score.clean == 2 * ROWS
    assert score.met
    assert not score.wrong


def test_a_miss_is_counted_and_named() -> None:
    blind = Kind("blind", "g", key_faults.lost_zeros, frozenset({"no-such-code"}), 0.5)
    (score,) = measure([blind], range(1), ROWS)
    assert (score.right, score.met, len(score.wrong)) == (0, False, score.seen)
    assert "targets missed: blind" in as_table([score])


def test_existing_second_accounts_are_listed() -> None:
    said = existing(300, 1, with_ids=True)
    assert said.startswith("300 students with Student IDs, 15 second accounts: ")
    listed = int(said.split(": ")[1].split(" ")[0])
    assert listed >= 0.97 * 15


def test_what_may_not_be_alarmed_counts_as_wrong_when_it_is() -> None:
    loud = Kind("loud", "g", key_faults.swapped_usernames, target=0.9)
    (score,) = measure([loud], range(1), ROWS)
    assert score.quiet
    assert score.right == 0
