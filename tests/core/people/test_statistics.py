"""How much is found and how often it alarms in vain, on made-up districts.

The weights were tuned on other seeds than these.
"""

from collections import Counter

from rosterkey.core.people.duplicates import probable_duplicates
from rosterkey.core.people.frequencies import Frequencies
from rosterkey.core.people.names import different_person, same_first_name, same_last_name
from tests.core.people.rosters import (
    CHANGED,
    FAULTS,
    NAMESAKE,
    NEW,
    TWIN,
    Maker,
    add_namesakes,
    add_newcomers,
    add_twins,
)


def test_doubles_are_found_and_new_students_left_alone() -> None:
    met: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for seed in (1001, 1002, 1003):
        for ids in (False, True):
            make = Maker(seed)
            district = make.district(3000, ids=ids)
            add_newcomers(make, district, 150, 100)
            add_twins(make, district, 40)
            if ids:
                add_namesakes(make, district, 40)
            alarms = probable_duplicates(
                district.newcomers, district.unclaimed, Frequencies(district.students)
            )
            for row, truth in district.truth.items():
                named = {r.account.account_id for r in alarms.get(row, ())}
                met[district.kind[row]] += 1
                right[district.kind[row]] += truth in named if truth else not named
    doubles = [k for k in met if k not in (CHANGED, NEW, TWIN, NAMESAKE)]
    assert sum(right[k] for k in doubles) >= 0.97 * sum(met[k] for k in doubles)
    assert right[NEW] >= 0.98 * met[NEW]
    assert right[TWIN] >= 0.96 * met[TWIN]
    assert right[NAMESAKE] == met[NAMESAKE] > 0


def test_a_true_change_is_no_other_person_and_a_used_id_is() -> None:
    make = Maker(1004)
    for _ in range(150):
        before, other = make.student(student_id=True), make.student(student_id=True)
        for kind, fault in FAULTS.items():
            after = fault(make, before)
            assert not different_person(before, after.first_name, after.last_name), kind
        by_chance = (
            same_first_name(before.first_name, other.first_name).alike
            or same_last_name(before.last_name, other.last_name).alike
        )
        assert different_person(before, other.first_name, other.last_name) is not by_chance
