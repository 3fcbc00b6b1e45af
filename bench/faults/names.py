"""Names of children as often as real ones occur, and what people do to names in lists."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from rosterkey.demo.sample import read_sample

_COMMON_FIRSTS = """
James Mary Michael Maria Jose Emma Liam Olivia Noah Sophia Daniel Isabella David Mia Jacob Emily
Matthew Christopher Abigail Joshua Ashley Anthony Samantha Andrew Elizabeth Joseph Madison William
Sarah Alexander Hannah Ethan Victoria Natalie Juan Luis Carlos Benjamin Jessica Samuel Gabriel
Katherine Robert Rebecca Nicholas Jonathan Zachary Alejandro Guadalupe Francisco Fatima Mohammed
Jayden Jaden Hayden Kaylee Kylie José Sofía Zoë Chloé Søren Łukasz Nathaniel Margaret Charles
Edward Richard Thomas Patricia Jennifer Timothy Theodore Gregory Frederick Susan Deborah Pamela
"""
_COMMON_LASTS = """
Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez
Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark
Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams
Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts O'Brien O'Connor McDonald Núñez Muñoz
Müller Jørgensen Łukaszewski Đặng Škoda Okafor Haddad Rahman Gupta Chen Tanaka Kowalski Ivanov
"""
NICKNAMES = {
    "James": "Jim", "Michael": "Mike", "Daniel": "Dan", "Matthew": "Matt", "Joshua": "Josh",
    "Christopher": "Chris", "Anthony": "Tony", "Andrew": "Drew", "Elizabeth": "Beth",
    "William": "Bill", "Alexander": "Alex", "Samantha": "Sam", "Benjamin": "Ben",
    "Samuel": "Sammy", "Nathaniel": "Nate", "Jonathan": "Jon", "Zachary": "Zach",
    "Nicholas": "Nick", "Robert": "Bob", "Katherine": "Kate", "Guadalupe": "Lupita",
    "Francisco": "Paco", "Alejandro": "Alex", "José": "Pepe", "Jose": "Pepe", "Theodore": "Ted",
    "Victoria": "Tori", "Rebecca": "Becky", "Gabriel": "Gabe", "Jessica": "Jess",
    "Abigail": "Abby", "Joseph": "Joe", "David": "Dave", "Margaret": "Peggy", "Charles": "Chuck",
    "Edward": "Ned", "Richard": "Dick", "Thomas": "Tom", "Patricia": "Trish",
    "Jennifer": "Jenny", "Timothy": "Tim", "Gregory": "Greg", "Frederick": "Fred",
    "Susan": "Suzie", "Deborah": "Debbie", "Pamela": "Pam", "Natalie": "Nat", "Emily": "Em",
    "Isabella": "Bella", "Jacob": "Jake", "Mohammed": "Mo", "Maria": "Mia", "Ashley": "Ash",
}  # fmt: skip
"""What a teacher calls them; written down without a look at the list that the program uses."""

_LEVEL = 12
_TAIL = {"first": 6_000, "last": 15_000}
"""Distinct names that are made up in the style of the real ones, for districts beyond a sample."""

_WRITTEN_OUT = str.maketrans("øłđıŁĐØ", "oldiLDO")


def without_accents(text: str) -> str:
    """The text as a keyboard without accents types it."""
    plain = unicodedata.normalize("NFD", text).translate(_WRITTEN_OUT)
    return "".join(c for c in plain if not unicodedata.combining(c))


def letters(text: str) -> str:
    """The bare small letters of a name, as usernames have them."""
    return "".join(c for c in without_accents(text).lower() if c.isalpha() and c.isascii())


def typo(rng: random.Random, name: str) -> str:
    """One letter after the first lost, doubled, replaced, or two exchanged; never the same name.

    Names below five letters stay as they are: a slip in Lee makes another name.
    """
    if len(name) < 5:
        return name
    slipped = name
    while slipped == name:
        i = rng.randrange(1, len(name) - 1)
        slipped = rng.choice(
            (
                name[:i] + name[i + 1 :],
                name[:i] + name[i] + name[i:],
                name[:i] + rng.choice("aeioustrnl") + name[i + 1 :],
                name[:i] + name[i + 1] + name[i] + name[i + 2 :],
            )
        )
    return slipped


class Names:
    """Draws names: the common ones first, then the Ed-Fi sample's, then made-up ones.

    A name of rank r is drawn with a share that falls as 1 / (r + 12): the first has some 2 %, as
    Smith and Garcia in a school district.
    """

    def __init__(self, rng: random.Random, *, tail: bool = True) -> None:
        sample = read_sample()
        self._rng = rng
        self._firsts = _ranked(_COMMON_FIRSTS, [s.first_name for s in sample])
        self._lasts = _ranked(_COMMON_LASTS, [s.last_name for s in sample])
        if tail:
            self._firsts += _made_up(tuple(self._firsts), _TAIL["first"])
            self._lasts += _made_up(tuple(self._lasts), _TAIL["last"])

    def first(self) -> str:
        """A first name; one in twenty has a second one."""
        name = self._draw(self._firsts)
        return f"{name} {self._draw(self._firsts)}" if self._rng.random() < 0.05 else name

    def last(self) -> str:
        """A family name; one in ten is a double one."""
        name = self._draw(self._lasts)
        share = self._rng.random()
        if share < 0.1:
            return name + self._rng.choice(" -") + self._draw(self._lasts)
        return f"de la {name}" if share < 0.11 else name

    def other_first(self, name: str) -> str:
        """A first name that has neither a word nor the first three letters of another."""
        while True:
            other = self._draw(self._firsts)
            if letters(other)[:3] != letters(name)[:3] and other not in name.split():
                return other

    def _draw(self, names: Sequence[str]) -> str:
        ratio = (len(names) + _LEVEL) / _LEVEL
        return names[int(_LEVEL * ratio ** self._rng.random() - _LEVEL)]


def _ranked(common: str, sample: Sequence[str]) -> list[str]:
    counted = [name for name, _ in Counter(sample).most_common()]
    return list(dict.fromkeys([*common.split(), *counted]))


@lru_cache
def _made_up(names: tuple[str, ...], count: int) -> tuple[str, ...]:
    """Names whose every letter follows from the two before it, as in `names`; always the same."""
    rng = random.Random(count)  # noqa: S311
    follows: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        padded = f"^^{name}$"
        for i in range(len(name) + 1):
            follows[padded[i : i + 2]].append(padded[i + 2])
    made: dict[str, None] = {}
    while len(made) < count:
        text = "^^"
        while not text.endswith("$"):
            text += rng.choice(follows[text[-2:]])
        name = text.strip("^$")
        if 3 <= len(name) <= 12 and name.isalpha():
            made[name] = None
    known = set(names)
    return tuple(name for name in made if name not in known)
