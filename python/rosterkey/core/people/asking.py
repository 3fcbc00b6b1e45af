"""Which students have to be at hand before newcomers are compared with them.

The keys are those under which `Nearby` puts students together, each as one text, so that a
database can keep them in the account. Like names are too many for keys of their pairs: a common
name is like a thousand others with a second name. So they are asked for by the words under which
each of the two is filed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

from rosterkey.core.figures import Trait
from rosterkey.core.model import Account
from rosterkey.core.people.folding import joined, name_key
from rosterkey.core.people.frequencies import Frequencies
from rosterkey.core.people.newcomer import Newcomer
from rosterkey.core.people.usernames import local_part, stem_key
from rosterkey.core.people.vocabulary import filed_whole, looked_for
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.source import Filed, Key


def key_of_name(first: str, last: str) -> str:
    """First and last name as they are compared. Each is joined, so one gap parts the two."""
    return f"{joined(first)} {joined(last)}"


def key_of_name_and_school(first: str, school: str | None) -> str:
    """The first name as it is compared, and the school as it stands."""
    return f"{joined(first)} {school or ''}"


def key_of_stem(username: str) -> str:
    """What usernames share that have the same letters, or are the same but for a mail domain."""
    return stem_key(username) or local_part(username)


def ask_for_resembling(
    newcomers: Sequence[Newcomer], snapshot: Snapshot, claimed: Set[str]
) -> None:
    """Have every student at hand that `probable_duplicates` compares with one of the newcomers.

    `claimed` are the accounts that rows of the sheet mean. Where the sheet was held against every
    student, few are not claimed; otherwise those are looked for that resemble a newcomer.
    """
    unclaimed = snapshot.unclaimed(claimed)
    if unclaimed is not None:
        snapshot.ask(Key.ACCOUNT, unclaimed, len(unclaimed))
        ask_for_names(((n.first_name, n.last_name) for n in newcomers), snapshot)
        return
    snapshot.ask_named(filed for n in newcomers for filed in _filed_like(n))
    snapshot.ask(
        Key.NAME_AND_SCHOOL, (key_of_name_and_school(n.first_name, n.school) for n in newcomers)
    )
    snapshot.ask(Key.STEM, (key_of_stem(n.username) for n in newcomers))


def ask_for_names(names: Iterable[tuple[str, str]], snapshot: Snapshot) -> None:
    """Have every student at hand who has one of these first and last names."""
    snapshot.ask(Key.NAME, (key_of_name(first, last) for first, last in names))


def frequencies_of(people: Iterable[Newcomer | Account], snapshot: Snapshot) -> Frequencies:
    """How common the names of these people are among all students of the district."""
    people = tuple(people)
    firsts = snapshot.names(Trait.FIRST_NAME, _counted(p.first_name for p in people))
    lasts = snapshot.names(Trait.LAST_NAME, _counted(p.last_name for p in people))
    figures = snapshot.figures
    return Frequencies.counted(firsts, lasts, figures.schools, figures.grades, figures.students)


def _filed_like(newcomer: Newcomer) -> Iterator[Filed]:
    """The words under which the names of everybody are filed who may be named like a newcomer."""
    one, two = newcomer.first_name, newcomer.last_name
    # First and last name may be exchanged.
    for first, last in ((one, two), (two, one)):
        firsts, lasts = looked_for(first, short_forms=True), looked_for(last, short_forms=False)
        yield tuple(sorted(firsts)), tuple(sorted(lasts))


def _counted(names: Iterable[str]) -> Iterator[str]:
    for name in set(names):
        yield from map(filed_whole, (name, *name_key(name).core))
