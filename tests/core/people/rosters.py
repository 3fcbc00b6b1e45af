"""Made-up districts with skewed names, and the faults that real lists have; all from a seed."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from rosterkey.core.model import Account
from rosterkey.core.people.duplicates import Newcomer

_FIRSTS_TEXT = """
James Mary Michael Maria Jose Emma Liam Olivia Noah Sophia Daniel Isabella David Mia Jacob
Emily Matthew Ava Christopher Abigail Joshua Ashley Anthony Samantha Andrew Elizabeth
Joseph Madison William Sarah Alexander Hannah Ethan Victoria Jayden Natalie Angel Grace
Juan Alyssa Luis Chloe Ryan Brianna Carlos Lauren Nathan Kayla Benjamin Jessica Samuel
Sofía Gabriel Camila José Lucía Dylan Jasmine Brandon Zoe Kevin Destiny Aaron Leah
Christian Nevaeh Jonathan Trinity Diego Aaliyah Tyler Kimberly Zachary Stephanie Nicholas
Katherine Robert Rebecca Jordan Rachel Caleb Lily Evan Jorge Guadalupe Francisco Alejandra
Miguel Daniela Alejandro Valeria Jesús Ximena Omar Fatima Mohammed Aisha Ahmed Zainab
Yusuf Leila Ibrahim Noor Wei Mei Hiroshi Yuki Minh Linh Tuan Priya Arjun Ananya Rohan
Kavya Dmitri Anastasia Ivan Katarzyna Piotr Zofia Søren Freja Lars Astrid Łukasz Agnieszka
Jaden Jaylen Hayden Brayden Kaylee Kylie Haylee Bryce Bryson Tobias Malik Imani Darius
Keisha Tyrone Latoya Marcus Deja Andre Monique Xavier Simone Dominic Bianca Vincent Gianna
Theodore Beatrice Walter Florence Harold Mildred Eugene Josephine Leonard Adelaide
Franklin Rosemary Gilbert Constance Oscar Delphine Cyrus Emeka Chidi Ngozi Kofi Abena
Kwame Ama Tariq Samira Farid Nadia Rashid Soraya Hector Pilar Rafael Consuelo Esteban
Paloma Ignacio Ramona Mateo Ariadna Eoin Saoirse Niamh Cillian Siobhán
"""

_LASTS_TEXT = """
Smith Johnson Williams Garcia Brown Jones Rodriguez Miller Martinez Davis Hernandez Lopez
Gonzalez Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White
Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres
Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts
Gomez Phillips Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales
Murphy Cook Rogers Gutierrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos
Kim Cox Ward Richardson Watson Brooks Chavez Wood Bennett Mendoza Ruiz Hughes Price
Alvarez Castillo Sanders Patel Myers Long Ross Foster Jimenez Powell Jenkins Perry Russell
Sullivan Bell Coleman Butler Henderson Barnes Fisher Vasquez Simmons Jordan Patterson
Alexander Hamilton Graham Reynolds Griffin Wallace Moreno West Cole Hayes Bryant Herrera
Gibson Ellis Tran Medina Aguilar Stevens Murray Ford Castro Marshall Owens Harrison
Fernandez McDonald O'Brien O'Connor Núñez Muñoz Müller Schröder Jørgensen Åkerman
Łukaszewski Đặng Škoda Okafor Adeyemi Nwosu Mensah Osei Diallo Haddad Khoury Rahman
Hussain Chowdhury Iyer Gupta Chen Wang Zhang Liu Tanaka Yamamoto Kowalski Nowak Ivanov
Petrova Popescu Dimitrov Papadopoulos Rossi Bianchi Dubois Lefèvre Fischer Hoffmann
Schneider Bakker Visser Lindqvist Virtanen Novák Horváth Yıldız Achterberg Birnbaum
Cavanaugh Delacroix Eisenhower Fitzgerald Grunewald Hollingsworth Iglesias Jablonski
Kirkpatrick Longoria Montgomery Northcutt Oglesby Prendergast Quattlebaum Rutherford
Stephanopoulos Throckmorton Underwood Vandermeer Whittington Xiong Yarborough Zimmerman
Abernathy Blankenship Castellanos Dominguez Esquivel Featherstone Goldstein Hutchinson
Ibarra Jaramillo
"""

FIRST_NAMES = _FIRSTS_TEXT.split()
LAST_NAMES = _LASTS_TEXT.split()

NICKNAMES = {
    "James": "Jimmy", "Michael": "Mike", "Daniel": "Danny", "Matthew": "Matt", "Joshua": "Josh",
    "Christopher": "Chris", "Anthony": "Tony", "Andrew": "Andy", "Elizabeth": "Liz",
    "William": "Bill", "Alexander": "Alex", "Samantha": "Sam", "Benjamin": "Ben", "Samuel": "Sam",
    "Nathan": "Nate", "Jonathan": "Jon", "Zachary": "Zach", "Nicholas": "Nick", "Robert": "Bob",
    "Katherine": "Kate", "Stephanie": "Steph", "Guadalupe": "Lupita", "Francisco": "Paco",
    "Alejandra": "Ale", "Miguel": "Mike", "Alejandro": "Alex", "José": "Pepe", "Theodore": "Ted",
    "Rafael": "Rafa", "Ignacio": "Nacho", "Victoria": "Tori", "Rebecca": "Becky", "Gabriel": "Gabe",
    "Dominic": "Dom", "Vincent": "Vinny", "Daniela": "Dani", "Jessica": "Jess", "Abigail": "Abby",
    "Josephine": "Josie", "Leonard": "Leo", "Isabella": "Bella", "Kimberly": "Kim", "David": "Dave",
}  # fmt: skip
"""Known to any teacher; written down without a look at the list that the program uses."""

SCHOOLS = (
    "Lincoln Elementary",
    "Adams Elementary",
    "Roosevelt Middle",
    "Kennedy High",
    "Curie High",
)
GRADES = ("K", *(str(n) for n in range(1, 13)))


@dataclass
class District:
    """A district with more students than the sheet claims, and the rows that match nothing."""

    students: list[Account]
    unclaimed: list[Account]
    newcomers: list[Newcomer] = field(default_factory=list)
    truth: dict[int, str | None] = field(default_factory=dict)
    """Row to the account that it doubles, None for a genuinely new student."""
    kind: dict[int, str] = field(default_factory=dict)


class Maker:
    """Makes districts and faults from one seed."""

    def __init__(
        self, seed: int, firsts: list[str] = FIRST_NAMES, lasts: list[str] = LAST_NAMES
    ) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self._firsts, self._lasts = firsts, lasts
        self._count = 0

    def first(self) -> str:
        """A first name; the first of the list are some twenty times as common as the last."""
        name = self._skewed(self._firsts)
        if self.random.random() < 0.05:
            name += " " + self._skewed(self._firsts)
        return name

    def last(self) -> str:
        """A last name, one in ten a double one."""
        name = self._skewed(self._lasts)
        share = self.random.random()
        if share < 0.1:
            name += self.random.choice(" -") + self._skewed(self._lasts)
        elif share < 0.12:
            name = "de la " + name
        return name

    def _skewed(self, names: list[str]) -> str:
        # A name of rank r has a share that falls with 1 / (r + 12): the first has some 2 %.
        rank = 12 * ((len(names) + 12) / 12) ** self.random.random() - 12
        return names[int(rank)]

    def student(self, *, student_id: bool) -> Account:
        """A student of a school and a grade that belong together."""
        self._count += 1
        first, last, grade = self.first(), self.last(), self.random.randrange(13)
        school = SCHOOLS[
            self.random.randrange(2)
            if grade < 6
            else 2
            if grade < 9
            else (3 + self.random.randrange(2))
        ]
        return Account(
            account_id=f"a{self._count}",
            username=username(first, last, self._count),
            student_id=f"{self._count:06d}" if student_id else None,
            first_name=first,
            last_name=last,
            school=school,
            grade=GRADES[grade],
        )

    def district(self, students: int, *, ids: bool = False, share_missing: float = 0.1) -> District:
        """A district in which the sheet leaves some students out."""
        everyone = [self.student(student_id=ids) for _ in range(students)]
        unclaimed = self.random.sample(everyone, int(students * share_missing))
        return District(everyone, unclaimed)

    def typo(self, name: str) -> str:
        """One letter lost, doubled, replaced, or two exchanged; short names stay as they are."""
        if len(name) < 5:
            return name
        i = self.random.randrange(1, len(name) - 1)
        match self.random.randrange(4):
            case 0:
                return name[:i] + name[i + 1 :]
            case 1:
                return name[:i] + name[i] + name[i:]
            case 2:
                return name[:i] + self.random.choice("aeioustrn") + name[i + 1 :]
            case _:
                return name[:i] + name[i + 1] + name[i] + name[i + 2 :]


def username(first: str, last: str, number: int) -> str:
    """The usual pattern: initial and last name, with a number."""
    letters = "".join(c for c in without_accents(first[:1] + last).lower() if c.isalpha())
    return f"{letters[:12]}{number}"


def without_accents(text: str) -> str:
    """The text as a keyboard without accents types it."""
    plain = unicodedata.normalize("NFD", text).translate(str.maketrans("øłđıŁĐ", "oldiLD"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def _nickname(make: Maker, a: Account) -> Account:
    return replace(a, first_name=NICKNAMES.get(a.first_name.split()[0], a.first_name))


def _typo_first(make: Maker, a: Account) -> Account:
    return replace(a, first_name=make.typo(a.first_name))


def _typo_last(make: Maker, a: Account) -> Account:
    return replace(a, last_name=make.typo(a.last_name))


def _swapped(make: Maker, a: Account) -> Account:
    return replace(a, first_name=a.last_name, last_name=a.first_name)


def _accents(make: Maker, a: Account) -> Account:
    plain = without_accents(a.first_name), without_accents(a.last_name).upper()
    return replace(a, first_name=plain[0], last_name=plain[1])


def _double_last(make: Maker, a: Account) -> Account:
    parts = a.last_name.removeprefix("de la ").replace("-", " ").split()
    if len(parts) > 1:
        return replace(a, last_name=make.random.choice((parts[0], parts[-1])))
    return replace(a, last_name=f"{a.last_name}-{make.last().split()[0].split('-')[0]}")


def _double_first(make: Maker, a: Account) -> Account:
    parts = a.first_name.split()
    first = parts[0] if len(parts) > 1 else f"{a.first_name} {make.first().split()[0]}"
    return replace(a, first_name=first)


def _grade_up(make: Maker, a: Account) -> Account:
    index = min(GRADES.index(a.grade or "K") + 1, 12)
    return replace(a, grade=GRADES[index])


def _moved(make: Maker, a: Account) -> Account:
    return replace(a, school=make.random.choice([s for s in SCHOOLS if s != a.school]))


def _as_it_is(make: Maker, a: Account) -> Account:
    return a


def _mail(make: Maker, a: Account) -> Account:
    return replace(a, username=f"{a.username}@lincoln.example.org")


def _married(make: Maker, a: Account) -> Account:
    return replace(a, last_name=make.last())


Fault = Callable[[Maker, Account], Account]
FAULTS: dict[str, Fault] = {
    "as it is": _as_it_is,
    "nickname": _nickname,
    "typo in first name": _typo_first,
    "typo in last name": _typo_last,
    "swapped": _swapped,
    "accents": _accents,
    "double last name": _double_last,
    "double first name": _double_first,
    "grade up": _grade_up,
    "mail domain": _mail,
    "nickname, grade up": lambda m, a: _grade_up(m, _nickname(m, a)),
    "two typos": lambda m, a: _typo_last(m, _typo_first(m, a)),
    "swapped, accents, grade up": lambda m, a: _grade_up(m, _swapped(m, _accents(m, a))),
    "typo, double last name": lambda m, a: _typo_first(m, _double_last(m, a)),
}
MOVED = "moved to another school"
MOVED_UP = "moved to another school, grade up"
MOVED_NICK = "moved to another school, nickname"
CHANGED = "changed family name"
TWIN = "twin of an account"
NAMESAKE = "namesake with another ID"
NEW = "new student"


def add_newcomers(make: Maker, district: District, doubles: int, new: int) -> None:
    """Fill the sheet with rows that match nothing, of every kind."""
    kinds: dict[str, Fault] = {
        **FAULTS,
        MOVED: _moved,
        MOVED_UP: lambda m, a: _moved(m, _grade_up(m, a)),
        MOVED_NICK: lambda m, a: _moved(m, _nickname(m, a)),
        CHANGED: _married,
    }
    names = list(kinds)
    for account in make.random.sample(district.unclaimed, doubles):
        kind = make.random.choice(names)
        _add(make, district, kinds[kind](make, account), kind, account)
    for _ in range(new):
        _add(make, district, make.student(student_id=False), NEW, None)


def add_twins(make: Maker, district: District, count: int) -> None:
    """Add siblings of accounts: same last name, school and grade, another first name."""
    for account in make.random.sample(district.unclaimed, count):
        first = make.first()
        shared = {without_accents(first)[:3], without_accents(account.first_name)[:3]}
        if len(shared) == 2:
            _add(make, district, replace(account, first_name=first), TWIN, None)


def add_namesakes(make: Maker, district: District, count: int) -> None:
    """Add rows with an ID of their own and everything else like an account with another ID."""
    for account in make.random.sample([a for a in district.unclaimed if a.student_id], count):
        row = _add(make, district, account, NAMESAKE, None)
        district.newcomers[-1] = replace(district.newcomers[-1], student_id=f"9{row:06d}")


def _add(make: Maker, district: District, like: Account, kind: str, truth: Account | None) -> int:
    row = len(district.newcomers) + 2
    name = (
        like.username
        if kind == "mail domain"
        else username(like.first_name, like.last_name, 90_000 + row)
    )
    own_id = truth is not None and not truth.student_id and make.random.random() < 0.5
    district.newcomers.append(
        Newcomer(
            row, f"8{row:06d}" if own_id or kind == NEW else None, name, like.first_name,
            like.last_name, like.school, like.grade, like.classes,
        )
    )  # fmt: skip
    district.truth[row] = truth.account_id if truth else None
    district.kind[row] = kind
    return row
