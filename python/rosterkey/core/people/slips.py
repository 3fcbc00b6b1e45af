"""Columns that slipped against the others: every row is valid, and the sheet is wrong.

One column sorted alone, a lookup that slipped by a row, a block pasted at the wrong place: each
gives one child's Student ID, username or name to another. What tells it is that the values that
belong to the rows are all there, only elsewhere in the column. New usernames that are made from
the names beside them and real changes of names are no such thing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from rosterkey.core.model import Account
from rosterkey.core.people.asking import ask_for_names
from rosterkey.core.people.made_usernames import made_columns, misnamed
from rosterkey.core.people.slip_shapes import SlipKind, offsets, shape
from rosterkey.core.people.slip_views import (
    DOUBTFUL,
    FIRST_NAME,
    LAST_NAME,
    NAME,
    USERNAME,
    VIEWS,
    RosterLine,
    View,
    Witness,
    full_name_key,
)
from rosterkey.core.snapshot import Snapshot

__all__ = ["RosterLine", "Slip", "SlipKind", "slipped_columns"]

_FEWEST_ROWS = 20
_FEWEST_MOVED = 8
_SHARE_MOVED = 0.2
_SHARE_OF_ALL = 0.05
_SHARE_OF_WRONG = 0.5
"""Of the values that do not belong where they stand, so many have to belong to one another."""

_SHARE_OF_STEP = 0.2
"""From this share of the moved rows on, a step is no coincidence."""

_LONG_RUN = 20
"""Rows in one block that moved by one step: no accident, however long the sheet is."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A column that does not belong to the others, from `first_row` to `last_row`.

    `rows` are the rows whose value is another student's. `offset` tells for a shift how many rows
    too low (positive) or too high (negative) the values stand. `proposal` maps a row to the value
    that belongs there, `whose` to the id of the account that the rest of the row means.
    """

    column: str
    kind: SlipKind
    first_row: int
    last_row: int
    rows: tuple[int, ...]
    offset: int | None = None
    proposal: dict[int, str] = field(default_factory=dict)
    whose: dict[int, str] = field(default_factory=dict)


def slipped_columns(lines: Sequence[RosterLine], snapshot: Snapshot) -> list[Slip]:
    """Find columns that are a permutation against the others; nothing below 20 rows.

    A column counts as slipped when at least 8 rows and 20 % of those that can be judged hold
    values that belong to one another, and few others are wrong; or when 20 rows in one block moved
    by one step. Where only two columns are left that contradict each other (Student ID and name
    with wholly new usernames, Student ID and username without names, username and name without
    Student IDs), nobody can tell which of the two slipped; the slip is then said of the key. New
    usernames are held against the names that they are made from. Costs one look at each line, and
    one at each account only where eight lines contradict themselves.
    """
    if len(lines) < _FEWEST_ROWS:
        return []
    witnesses = [Witness.of(line, snapshot) for line in lines]
    if sum(w.contradictory for w in witnesses) >= _FEWEST_MOVED:
        _find_by_name(witnesses, snapshot)
        if slips := _among_stored(witnesses):
            return slips
    if sum(map(misnamed, witnesses)) >= _FEWEST_MOVED and (slip := _of_new_usernames(witnesses)):
        return [slip]
    return []


def may_have_slipped(
    doubtful: Mapping[int, RosterLine], lines: int, snapshot: Snapshot, fewest: int
) -> bool:
    """Whether a sheet of so many lines may have a slipped column, by its doubtful places alone.

    No where fewer than `fewest` of them are suspicious. Every other line has to hold what is
    stored. It could only be one more that is right, and the more are right the less looks like a
    slip; so a no is sure, and costs no look at them.
    """
    witnesses = {place: Witness.of(line, snapshot) for place, line in doubtful.items()}
    odd = {place for place, w in witnesses.items() if misnamed(w)}
    contradictory = {place for place, w in witnesses.items() if w.contradictory}
    if len(odd | contradictory) < fewest:
        return False
    if len(odd) >= _FEWEST_MOVED:
        return True
    if len(contradictory) < _FEWEST_MOVED:
        return False
    _find_by_name(witnesses.values(), snapshot)
    columns = (_column(view, witnesses) for view in (*VIEWS, *DOUBTFUL))
    return any(_misplaced(column.texts, column.judged, lines) for column in columns)


def _among_stored(witnesses: Sequence[Witness]) -> list[Slip]:
    slips = [slip for view in VIEWS if (slip := _of_view(view, witnesses))]
    if any(slip.column == NAME for slip in slips):
        slips = [slip for slip in slips if slip.column not in (FIRST_NAME, LAST_NAME)]
    doubtful = next((slip for view in DOUBTFUL if (slip := _of_view(view, witnesses))), None)
    most = max((len(slip.rows) for slip in slips), default=0)
    # Without Student IDs, and where neighbours share a last name, slipped usernames look like
    # slipped first names too; the username explains more rows.
    if doubtful and (not slips or (doubtful.column == USERNAME and len(doubtful.rows) > most)):
        return [doubtful]
    return slips


def _find_by_name(witnesses: Collection[Witness], snapshot: Snapshot) -> None:
    named = ((w.line.first_name or "", w.line.last_name or "") for w in witnesses if w.name_key)
    ask_for_names(named, snapshot)
    wanted: dict[str, list[Account]] = {w.name_key: [] for w in witnesses if w.name_key}
    for account in snapshot.active_students:
        bearers = wanted.get(full_name_key(account.first_name, account.last_name))
        if bearers is not None:
            bearers.append(account)
    for witness in witnesses:
        bearers = wanted.get(witness.name_key, [])
        witness.by_name = bearers[0] if len(bearers) == 1 else None


class _Column(NamedTuple):
    """A column by place: what stands there, whose the rest of the line is, and what belongs."""

    texts: dict[int, str]
    owners: dict[int, Account]
    judged: dict[int, str]


def _column(view: View, witnesses: Mapping[int, Witness]) -> _Column:
    texts = {p: text for p, w in witnesses.items() if (text := view.key_of_line(w.line))}
    owners = {p: account for p, w in witnesses.items() if (account := view.owner(w))}
    belongs = {p: key for p, account in owners.items() if (key := view.key_of_account(account))}
    return _Column(texts, owners, {p: key for p, key in belongs.items() if p in texts})


def _of_view(view: View, witnesses: Sequence[Witness]) -> Slip | None:
    column = _column(view, dict(enumerate(witnesses)))
    found = _misplaced(column.texts, column.judged, len(witnesses))
    if not found:
        return None
    proposal = {p: view.shown_of_account(column.owners[p]) for p in found.places}
    offset = found.shape[1]
    if offset is not None:
        proposal |= _between(view, witnesses, found.moved, offset, column.judged)
    whose = {p: column.owners[p] for p in found.places}
    return _slip(view.column, witnesses, found, proposal, whose)


def _of_new_usernames(witnesses: Sequence[Witness]) -> Slip | None:
    column, judged = made_columns(witnesses)
    found = _misplaced(column, judged, len(witnesses))
    if not found:
        return None
    steps = _sure_steps(found, column, judged)
    places = sorted({*found.places, *steps})
    belongs = {p: witnesses[p + step].line.username or "" for p, step in steps.items()}
    whose = {p: account for p in places if (account := witnesses[p].by_id)}
    return _slip(USERNAME, witnesses, found._replace(places=places), belongs, whose)


def _sure_steps(
    found: _Misplaced, column: Mapping[int, str], judged: Mapping[int, str]
) -> dict[int, int]:
    """How much lower the right value of a place stands, where that can be told for certain.

    Several children can have one and the same username but for its digits. Which is whose only
    the pattern of the slip tells: rows that moved by one step, and those between them.
    """
    supply, demand = Counter(column.values()), Counter(judged.values())
    votes = Counter(found.moved.values())
    common = {step for step, times in votes.items() if times >= _SHARE_OF_STEP * len(found.moved)}
    sure = {
        place: step
        for place, step in found.moved.items()
        if step in common or supply[judged[place]] == demand[judged[place]] == 1
    }
    for one, two in pairwise(sorted(sure)):
        if sure[one] == sure[two] in common:
            between = (p for p in range(one + 1, two) if p in column and p + sure[one] in column)
            sure |= dict.fromkeys(between, sure[one])
    return sure


class _Misplaced(NamedTuple):
    """The places of a column whose value belongs elsewhere.

    `moved` tells of each place whose right value stands elsewhere how many places lower it does.
    """

    places: list[int]
    moved: dict[int, int]
    shape: tuple[SlipKind, int | None]


def _misplaced(
    column: Mapping[int, str], judged: Mapping[int, str], lines: int
) -> _Misplaced | None:
    # The right values are taken out: what is left are the wrong places and what nobody can judge.
    left = {p: text for p, text in column.items() if judged.get(p) != text}
    wrong = {p: key for p, key in judged.items() if column[p] != key}
    moved = offsets(_limited(wrong, left), left)
    if not _enough(moved, len(wrong), len(judged), lines):
        return None
    taken = {wrong[p] for p in moved}
    places = sorted(p for p in wrong if p in moved or column[p] in taken)
    return _Misplaced(places, moved, shape(moved, column))


def _slip(
    heading: str,
    witnesses: Sequence[Witness],
    found: _Misplaced,
    proposal: Mapping[int, str],
    whose: Mapping[int, Account],
) -> Slip:
    kind, offset = found.shape
    rows = tuple(witnesses[p].line.row for p in found.places)
    belongs = {witnesses[p].line.row: proposal[p] for p in sorted(proposal)}
    accounts = {witnesses[p].line.row: whose[p].account_id for p in whose}
    return Slip(heading, kind, rows[0], rows[-1], rows, offset, belongs, accounts)


def _limited(wrong: Mapping[int, str], left: Mapping[int, str]) -> dict[int, str]:
    # A value that stands there once can be the right one of one row only.
    supply = Counter(left.values())
    kept: dict[int, str] = {}
    for place, key in wrong.items():
        if supply[key] > 0:
            supply[key] -= 1
            kept[place] = key
    return kept


def _enough(moved: Mapping[int, int], wrong: int, judged: int, lines: int) -> bool:
    if len(moved) < _FEWEST_MOVED:
        return False
    many = len(moved) >= max(_SHARE_MOVED * judged, _SHARE_OF_ALL * lines)
    if many and len(moved) >= _SHARE_OF_WRONG * wrong:
        return True
    # Places that follow one another and moved by one step have the same difference to their rank.
    ranked = ((step, place - rank) for rank, (place, step) in enumerate(sorted(moved.items())))
    return max(Counter(ranked).values()) >= _LONG_RUN


def _between(
    view: View,
    witnesses: Sequence[Witness],
    moved: Mapping[int, int],
    offset: int,
    judged: Mapping[int, str],
) -> dict[int, str]:
    """Proposals for rows that nobody can judge, such as new students inside a shifted block."""
    proposals: dict[int, str] = {}
    for place in range(min(moved), max(moved)):
        source = place + offset
        beside = moved.get(place - 1) == offset == moved.get(place + 1)
        if place not in judged and beside and 0 <= source < len(witnesses):
            text = view.shown_of_line(witnesses[source].line)
            if text:
                proposals[place] = text
    return proposals
