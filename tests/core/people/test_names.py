"""Pairs of names that can be one person's, and pairs that cannot."""

from collections.abc import Callable

import pytest

from rosterkey.core.model import Account
from rosterkey.core.people.names import (
    Likeness,
    different_person,
    same_first_name,
    same_last_name,
)

FIRST_NAMES = [
    ("José", "JOSE", "same"),
    ("Mary Ann", "Maryann", "same"),
    ("Jean-Luc", "Jean Luc", "same"),
    ("Jörg", "Joerg", "same"),
    ("Maria", "Maria Elena", "double"),
    ("Robert James", "James", "double"),
    ("Gabrielle Mae", "Gabriele Ann", "double"),
    ("Bob", "Robert", "nickname"),
    ("Bob", "Rob", "nickname"),
    ("Katie", "Katherine", "nickname"),
    ("Lupita", "Guadalupe", "nickname"),
    ("Pepe", "José Luis", "nickname"),
    ("Muhammad", "Mohamed", "nickname"),
    ("Bradn", "Bradnelly", "shortened"),
    ("Jaden", "Jayden", "typo"),
    ("Meagan", "Maegan", "typo"),
    ("J.", "José", "initial"),
    ("JR", "Jose Ramon", "initial"),
    ("J. L.", "Jose Luis", "initial"),
    ("Юлия", "Yuliya", "spelling"),
    ("Алексей", "Aleksey", "spelling"),
    ("Νίκος", "Nikos", "spelling"),
    ("", "Ana", "unknown"),
    ("Ana", "Bo", "different"),
    ("Kim", "Tim", "different"),
    ("Ethan", "Evan", "different"),
    ("Emma", "Olivia", "different"),
    ("J.", "Maria", "different"),
    ("伟", "芳", "different"),
]
LAST_NAMES = [
    ("Muñoz", "MUNOZ", "same"),
    ("O'Brien", "OBrien", "same"),
    ("Mc Neil", "McNeil", "same"),
    ("de la Cruz", "Cruz", "same"),
    ("De Leon", "Deleon", "same"),
    ("van der Berg", "Berg", "same"),
    ("Smith", "Smith Jr.", "same"),
    ("Smith III", "Smith", "same"),
    ("Müller", "Mueller", "same"),
    ("Jørgensen", "Joergensen", "same"),
    ("Garcia Lopez", "Lopez-Garcia", "same"),
    ("Smith", "Smith-Lee", "double"),
    ("Garcia Lopez", "Garcia", "double"),
    ("Garcia Lopez", "Gracia", "double"),
    ("Smiht", "Smith", "typo"),
    ("Ivanov", "Ivanova", "typo"),
    ("Fernandez", "Hernandez", "typo"),
    ("Achterbergh", "Achtenberg", "typo"),
    ("S.", "Smith", "initial"),
    ("Иванов", "Ivanov", "spelling"),
    ("Smith", "", "unknown"),
    ("Lee", "Li", "different"),
    ("Xu", "Wu", "different"),
    ("Smith", "Jones", "different"),
    ("Mc Gee", "Mc Donald", "different"),
    ("de Vries", "de Boer", "different"),
]


@pytest.mark.parametrize(("a", "b", "likeness"), FIRST_NAMES)
def test_first_names(a: str, b: str, likeness: str) -> None:
    assert same_first_name(a, b) == same_first_name(b, a) == likeness


@pytest.mark.parametrize(("a", "b", "likeness"), LAST_NAMES)
def test_last_names(a: str, b: str, likeness: str) -> None:
    assert same_last_name(a, b) == same_last_name(b, a) == likeness


def test_alike_is_everything_but_different_and_unknown() -> None:
    assert {x for x in Likeness if not x.alike} == {Likeness.DIFFERENT, Likeness.UNKNOWN}


ONE_PERSON = [
    ("Ana Smith", "Ana Smith"),
    ("Ana Smith", "Ana Lopez"),
    ("Ana Smith", "Olivia Smith"),
    ("Robert Smith", "Bob Jones"),
    ("José Muñoz", "JOSE MUNOZ"),
    ("Maria_Elena Garcia", "Maria Lopez"),
    ("Oliver Smith", "Kai Smith-Lee"),
    ("Ana Smith", "Smith Ana"),
    ("Anna Muñoz", "Munoz Ana"),
    ("J. Smith", "José Perez"),
    ("Jaden Reed", "Jayden Price"),
    ("Kofi Smith Jr.", "Liam Smith"),
]
TWO_PEOPLE = [
    ("Ana Smith", "Robert Zhou"),
    ("Lee Chen", "Chen Wang"),
    ("Bo Lee", "Al Li"),
    ("Maria de_la_Cruz", "Emma de_la_Rosa"),
    ("John Smith_III", "Omar Khan_III"),
    ("Guadalupe Salhon", "Reber Calhon"),
    ("Jared Schaefer", "Cared Harmon"),
]


ELSEWHERE = [
    ("Joe Haney", "Jose Archer", True),
    ("J. Smith", "José Perez", True),
    ("Jaden Reed", "Jayden Price", True),
    ("Ana Smith", "Ana Lopez", False),
    ("Maria_Elena Garcia", "Maria Lopez", False),
    ("Joe Haney", "Jose Haney", False),
    ("Jaden Okafor", "Jayden Okafro", False),
    ("Ana Smith", "Smith Ana", False),
]
"""Before, after, and whether it is another person where the grade cannot be the student's."""


def _names(text: str) -> tuple[str, str]:
    first, last = text.split(" ", 1)
    return first.replace("_", " "), last.replace("_", " ")


def _differs(before: str, after: str) -> bool:
    first, last = _names(before)
    account = Account("a1", "u1", first_name=first, last_name=last)
    return different_person(account, *_names(after))


@pytest.mark.parametrize(("before", "after"), ONE_PERSON)
def test_one_part_changed_is_no_other_person(before: str, after: str) -> None:
    assert not _differs(before, after)
    assert not _differs(after, before)


@pytest.mark.parametrize(("before", "after"), TWO_PEOPLE)
def test_both_parts_changed_is_another_person(before: str, after: str) -> None:
    assert _differs(before, after)
    assert _differs(after, before)


@pytest.mark.parametrize(("before", "after", "other"), ELSEWHERE)
def test_in_an_impossible_grade_a_likeness_does_not_make_one_person_of_two(
    before: str, after: str, other: bool
) -> None:
    first, last = _names(before)
    account = Account("a1", "u1", first_name=first, last_name=last)
    assert different_person(account, *_names(after), elsewhere=True) is other
    assert not different_person(account, *_names(after))


def test_a_missing_part_proves_nothing() -> None:
    account = Account("a1", "u1", first_name="Ana", last_name="Smith")
    assert not different_person(account, None, "Zhou")
    assert not different_person(account, "Robert", None)
    assert not different_person(account, "Robert", "")
    assert not different_person(Account("a2", "u2", first_name="Ana"), "Robert", "Zhou")


@pytest.mark.parametrize("compare", [same_first_name, same_last_name])
def test_a_name_is_the_same_as_itself(compare: Callable[[str, str], Likeness]) -> None:
    for name in ("Ana", "de la Cruz", "J.", "Müller", "김", "III"):
        assert compare(name, name) is Likeness.SAME
