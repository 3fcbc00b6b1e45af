"""What speaks for and against a newcomer being the person of an account.

The weights are those of Fellegi and Sunter ("A Theory for Record Linkage", 1969): for each
agreement the logarithm to base 2 of how much likelier it is for one person than for two. An
agreement on a rare name weighs more than one on a common name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log2

from rosterkey.core.grades import grade_key
from rosterkey.core.keys import id_key
from rosterkey.core.model import Account, Status
from rosterkey.core.people.folding import fold_name
from rosterkey.core.people.frequencies import Frequencies
from rosterkey.core.people.names import Likeness, exchanged, same_first_name, same_last_name
from rosterkey.core.people.newcomer import Newcomer, Resemblance
from rosterkey.core.people.short_forms import short_and_full
from rosterkey.core.people.usernames import UsernameLikeness, same_username

_PENALTY = {
    Likeness.SAME: 0.0,
    Likeness.DOUBLE: 2.0,
    Likeness.NICKNAME: 2.0,
    Likeness.SPELLING: 3.0,
    Likeness.TYPO: 3.0,
    Likeness.SHORTENED: 3.5,
}
"""Bits that an agreement loses where the names are not spelled the same."""

_INITIAL = 2.5
_OTHER_FIRST_NAME = -12.0
_OTHER_LAST_NAME = -5.0
_TWO_COMMON_NAMES = 3.0
_COMMON = 5
"""Students that have a name before a small difference is more likely another name than a slip."""

_USERNAME = {
    UsernameLikeness.MAILBOX: (14.0, "the usernames differ only in the mail domain"),
    UsernameLikeness.STEM: (4.0, "the usernames have the same letters"),
    UsernameLikeness.TURNED: (4.0, "the usernames are the same parts in another order"),
}
_EXPECTED_TWICE = -2.0
"""One in five new rows is thought to be somebody who has an account (before anything is seen)."""

_SURE = 0.9
_LIKELY = 0.6


@dataclass(frozen=True, slots=True)
class _Clue:
    bits: float
    words: str


@dataclass(frozen=True, slots=True)
class Judge:
    """Weighs pairs; `candidates` is the number of accounts that a newcomer could be."""

    frequencies: Frequencies
    candidates: int

    def compare(self, newcomer: Newcomer, account: Account) -> Resemblance | None:
        """The resemblance of a pair, or None where it is proven or plain that they are two.

        Two different Student IDs prove two people; a clearly different first name means a
        sibling, unless the usernames differ only in a mail domain.
        """
        if two_ids(newcomer, account):
            return None
        names = _Names.of(newcomer, account)
        username = same_username(newcomer.username, account.username)
        if not names.plausible and username is not UsernameLikeness.MAILBOX:
            return None
        clues = [
            *self._name_clues(newcomer, account, names),
            *self._place_clues(newcomer, account),
            *_username_clues(username),
            *_class_clues(newcomer, account),
        ]
        score = max(self._probability(clues), self._at_least(newcomer, account, names))
        return Resemblance(account, round(score, 3), *_in_words(clues, newcomer, account))

    def _probability(self, clues: Iterable[_Clue]) -> float:
        bits = sum(c.bits for c in clues) + _EXPECTED_TWICE - log2(max(self.candidates, 50))
        return float(1 / (1 + 2 ** -max(-60.0, min(60.0, bits))))

    def _at_least(self, newcomer: Newcomer, account: Account, names: _Names) -> float:
        # However common the name is: the same child twice in one grade of one school is worth a
        # question, where no ID tells them apart.
        if not _same_place(newcomer, account):
            return 0.0
        if names.first is names.last is Likeness.SAME:
            return _SURE
        both = names.first.alike and names.last.alike
        return _LIKELY if both and Likeness.INITIAL not in (names.first, names.last) else 0.0
