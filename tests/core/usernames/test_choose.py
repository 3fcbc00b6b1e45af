"""Usernames for students: kept, made, told apart, refused."""

from __future__ import annotations

import random

import pytest

from rosterkey.core.model import Account, District, Role, Status
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.usernames.choose import Answer, Choice, Wishes, choose_usernames
from rosterkey.core.usernames.compose import Collision, Style
from rosterkey.core.usernames.pattern import read_pattern
from rosterkey.core.usernames.refused import RefusedWords

WORDS = (("amber", "blue"), ("otter", "river"))


def student(number: int, first: str, last: str, username: str = "", **more: object) -> Account:
    username = username or f"old{number}"
    fields = {"student_id": f"{number:05}", "grade": "3", **more}
    return Account(f"a{number}", username, first_name=first, last_name=last, **fields)  # type: ignore[arg-type]


def choose(
    *accounts: Account,
    patterns: tuple[str, ...] = ("{first:1}{last}",),
    others: tuple[Account, ...] = (),
    words: tuple[str, ...] = (),
    **style: object,
) -> list[Choice]:
    wishes = Wishes(
        tuple(map(read_pattern, patterns)),
        Style(**{"graduating": 2027, "words": WORDS, **style}),  # type: ignore[arg-type]
        RefusedWords(words),
    )
    return choose_usernames(accounts, Snapshot(District("D1"), (*accounts, *others)), wishes)


def names(*accounts: Account, **more: object) -> list[str]:
    return [choice.username for choice in choose(*accounts, **more)]  # type: ignore[arg-type]


ANA = student(1, "Ana", "Smith")
ABE = student(2, "Abe", "Smith")
AVA = student(3, "Ava", "Smith")


@pytest.mark.parametrize(
    ("pattern", "username"),
    [
        ("{first:1}{last}", "asmith"),
        ("{first}.{last}", "ana.smith"),
        ("{last}{first:1}{grad:2}", "smitha36"),
        ("{grad}{last:-3}", "2036ith"),
        ("{id}", "00001"),
        ("s{id}", "s00001"),
        ("{first:1}{last:1}{id:-4}", "as0001"),
        ("{id:2}{last}", "00smith"),
        ("{first}@students.example.org", "ana@students.example.org"),
    ],
)
def test_a_pattern_gives_a_username(pattern: str, username: str) -> None:
    assert names(ANA, patterns=(pattern,)) == [username]


@pytest.mark.parametrize(
    ("grade", "year"), [("12", "27"), ("K", "39"), ("PK", "40"), ("3rd", "36"), ("Grade 11", "28")]
)
def test_the_year_of_graduation_follows_from_the_grade(grade: str, year: str) -> None:
    one = student(1, "Ana", "Smith", grade=grade)
    assert names(one, patterns=("{last}{grad:2}",)) == [f"smith{year}"]


@pytest.mark.parametrize(("grade", "said"), [("Ungraded", '"Ungraded"'), (None, "no grade")])
def test_a_grade_without_a_year_leaves_the_student_open(grade: str | None, said: str) -> None:
    [choice] = choose(student(1, "Ana", "Smith", grade=grade), patterns=("{last}{grad:2}",))
    assert choice.answer is Answer.OPEN
    assert choice.why == f"the year of graduation cannot be told from {said}"


def test_namesakes_get_numbers_in_the_order_of_their_ids() -> None:
    assert names(AVA, ABE, ANA) == ["asmith", "asmith2", "asmith3"]


def test_letters_tell_namesakes_apart_until_they_run_out() -> None:
    many = [student(n, "Ana", "Smith") for n in range(1, 28)]
    found = choose(*many, collision=Collision.LETTER)
    assert [c.username for c in found[:3]] == ["asmith", "asmithb", "asmithc"]
    assert found[25].username == "asmithz"
    assert found[26].answer is Answer.OPEN


def test_a_clash_takes_more_of_the_id() -> None:
    one = student(1, "Ana", "Smith", student_id="10123")
    two = student(2, "Abe", "Stone", student_id="20123")
    three = student(3, "Al", "Shaw", student_id="0123")
    pattern = ("{first:1}{last:1}{id:-4}",)
    more = {"patterns": pattern, "collision": Collision.LONGER}
    assert names(one, two, **more) == ["as0123", "as20123"]
    assert choose(three, one, **more)[1].username == "as10123"
    assert names(one, two, patterns=("{first:1}{id:1}",), collision=Collision.LONGER) == [
        "a1",
        "a2",
    ]


def test_without_a_way_out_a_clash_is_left_open() -> None:
    found = choose(ANA, ABE, collision=Collision.NONE)
    assert [c.answer for c in found] == [Answer.NEW, Answer.OPEN]
    assert "asmith goes to Ana Smith" in found[1].why


def test_words_are_drawn_from_the_account() -> None:
    pattern = ("{words}-{draw:2}",)
    first = names(ANA, ABE, patterns=pattern, collision=Collision.REDRAW)
    assert first == names(ABE, ANA, patterns=pattern, collision=Collision.REDRAW)
    word, other, digits = first[0].split("-")
    assert word in WORDS[0]
    assert other in WORDS[1]
    assert len(digits) == 2
    held = student(9, "Cy", "Lee", first[0])
    [again] = names(ANA, patterns=pattern, collision=Collision.REDRAW, others=(held,))
    assert again != first[0]


def test_without_lists_no_words_are_drawn() -> None:
    [choice] = choose(ANA, patterns=("{words}",), words=(), collision=Collision.REDRAW)
    assert choice.answer is Answer.NEW
    wishes = Wishes((read_pattern("{words}"),))
    [bare] = choose_usernames([ANA], Snapshot(District("D1"), [ANA]), wishes)
    assert bare.why == "there is no list of words"


@pytest.mark.parametrize(
    ("present", "style"),
    [
        ("asmith", {}),
        ("ASmith", {}),
        ("asmith7", {}),
        ("asmithc", {"collision": Collision.LETTER}),
        ("asmith", {"collision": Collision.LETTER}),
        ("asmith", {"collision": Collision.NONE}),
    ],
)
def test_who_fits_the_pattern_keeps_the_username(present: str, style: dict[str, object]) -> None:
    one = student(1, "Ana", "Smith", present)
    assert choose(one, **style)[0].answer is Answer.KEEPS  # type: ignore[arg-type]


@pytest.mark.parametrize("present", ["asmith07", "asmith1", "asmithx", "bsmith", "@"])
def test_what_only_resembles_the_pattern_changes(present: str) -> None:
    one = student(1, "Ana", "Smith", present)
    assert choose(one)[0] == Choice(one, Answer.NEW, "asmith")


def test_a_name_that_anybody_has_or_had_is_given_to_nobody() -> None:
    archived = Account("x1", "asmith", status=Status.ARCHIVED)
    staff = Account("x2", "asmith2", role=Role.STAFF)
    once = Account("x3", "zz", past_usernames=("ASMITH3",))
    mail = Account("x4", "asmith4@lincoln.example.org")
    [choice] = choose(ANA, others=(archived, staff, once, mail))
    assert choice.username == "asmith5"


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (student(9, "Cy", "Lee", "asmith"), "asmith is that of Cy Lee (username asmith,"),
        (student(9, "Cy", "Lee", past_usernames=("asmith",)), "asmith was that of Cy Lee"),
    ],
)
def test_it_is_told_whether_somebody_has_the_name_or_had_it(other: Account, said: str) -> None:
    [choice] = choose(ANA, others=(other,))
    assert choice.username == "asmith2"
    assert choice.why.startswith(said)


def test_a_name_that_is_given_in_this_run_was_nobodys_before() -> None:
    first, second = choose(ABE, ANA)
    assert (first.username, first.why) == ("asmith", "")
    assert second.why.startswith("asmith goes to Ana Smith (username old1,")


def test_the_name_of_a_deleted_account_is_given_to_nobody() -> None:
    snapshot = Snapshot(District("D1"), [ANA], retired={"asmith": frozenset({"x"})})
    wishes = Wishes((read_pattern("{first:1}{last}"),))
    [choice] = choose_usernames([ANA], snapshot, wishes)
    assert choice.username == "asmith2"
    assert choice.why == "asmith was that of an account that was deleted"


def test_a_username_that_this_import_frees_goes_to_nobody_else() -> None:
    one = student(1, "Bo", "Jones", "asmith")
    assert names(one, student(2, "Ana", "Smith")) == ["bjones", "asmith2"]


def test_a_students_own_former_username_may_come_back() -> None:
    [choice] = choose(student(1, "Ana", "Smith", past_usernames=("asmith",)))
    assert choice.username == "asmith"


def test_too_long_usernames_lose_letters_of_the_longest_name() -> None:
    one = student(1, "Maximiliana", "Featherstonehaugh")
    two = student(2, "Maximiliana", "Featherstonehaugh")
    assert names(one, two, patterns=("{first}.{last}",), longest=16) == [
        "maximil.feathers",
        "maximil.feather2",
    ]


def test_what_cannot_be_shortened_is_left_open() -> None:
    [choice] = choose(ANA, patterns=("{id}{first:1}xxxxxxxxxxxx",), longest=8)
    assert choice.why == "the username would have more than 8 characters"


def test_a_number_stands_before_the_mail_domain() -> None:
    found = names(ANA, ABE, patterns=("{first:1}{last}@s.example.org",))
    assert found == ["asmith@s.example.org", "asmith2@s.example.org"]
    again = student(2, "Abe", "Smith", "asmith2@s.example.org")
    assert choose(again, patterns=("{first:1}{last}@s.example.org",))[0].answer is Answer.KEEPS


def test_a_refused_word_leads_to_the_next_pattern() -> None:
    one = student(1, "Sal", "Hitman")
    found = choose(one, patterns=("{first:1}{last}", "{first:2}{last}"), words=("shit",))
    assert found == [Choice(one, Answer.NEW, "sahitman", "shitman holds a word that is refused")]
    [alone] = choose(one, words=("shit",))
    assert alone.answer is Answer.OPEN
    kept = student(1, "Sal", "Hitman", "shitman")
    assert choose(kept, words=("shit",))[0].answer is Answer.OPEN


def test_a_redraw_can_help_where_a_word_is_refused() -> None:
    [first] = names(ANA, patterns=("{words}",), collision=Collision.REDRAW)
    word = first.split("-")[0]
    [other] = names(ANA, patterns=("{words}",), collision=Collision.REDRAW, words=(word,))
    assert not other.startswith(word)


def test_values_and_reserved_names_are_passed_over() -> None:
    one = student(1, "May", "Jun", grade="K")
    [choice] = choose(one, patterns=("{first}1", "{last}"))
    assert choice.username == "jun"
    assert "would read may1 as a date or a number" in choice.why
    [reserved] = choose(student(1, "Ad", "Min"), patterns=("{first}{last}",))
    assert reserved.username == "admin2"
    assert "reserved for the system" in reserved.why


def test_names_without_letters_and_students_without_ids_are_told() -> None:
    [nameless] = choose(student(1, "Ana", "\U0001f600"))
    assert nameless.why == "the last name has nothing that a username can hold"
    [unknown] = choose(student(1, "Ana", "Smith", student_id=None))
    assert unknown.answer is Answer.NO_ID


def test_the_order_of_the_rows_makes_no_difference() -> None:
    everybody = [student(n, f"A{'bc'[n % 2]}", "Smith") for n in range(30)]
    expected = choose(*everybody)
    random.Random(4).shuffle(everybody)  # noqa: S311
    assert choose(*everybody) == expected
