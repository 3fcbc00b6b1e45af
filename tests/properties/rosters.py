"""Small districts and sheets whose keys come from small pools, so that everything collides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from rosterkey.core.keys import username_key
from rosterkey.core.model import Account, District, Plan, Role, Status
from rosterkey.core.options import Options
from rosterkey.core.sheet import Cell, ErrorCell, FormulaCell, NumberCell, Sheet
from rosterkey.core.snapshot import Snapshot

DISTRICT = District(
    "D1", "Lincoln Unified", ("Lincoln Elementary", "Roosevelt Middle"), ("K", "1", "2", "3")
)
HEADER = ("Student ID", "Username", "First Name", "Last Name", "School", "Grade", "Class",
          "Password", "Old Student ID")  # fmt: skip
USERNAMES = ("asmith", "ASmith", "bjones", "clee", "zfox", "jos\u00e9", "jose\u0301", "d.e")
IDS = ("00123", "00124", "123", "A7", "a7", "9")
FIRST = ("Ana", "Bo", "Chi", "Robert", "Bob")
LAST = ("Smith", "Jones", "O'Brien")
_POOLS: tuple[Sequence[str], ...] = (
    IDS,
    USERNAMES,
    FIRST,
    LAST,
    ("Lincoln Elementary", "lincoln  elementary", "Roosevelt Middle", "<clear>", "Nowhere"),
    ("K", "1", "Grade 2", "03", "<clear>", "99"),
    ("3A", "Band", "3A; Band", "band", "<clear>", ";"),
    ("maple-river-42", "asmith", " edge "),
    IDS,
)
_WRONG = ("Nowhere", "99", ";")
_ODD: st.SearchStrategy[Cell] = st.sampled_from(
    [
        123,
        9.0,
        0.5,
        -1,
        1e20,
        float("nan"),
        True,
        dt.date(2026, 3, 1),
        dt.datetime(2026, 3, 1, 8, 30),  # noqa: DTZ001
        dt.time(8, 30),
        dt.timedelta(hours=30),
        ErrorCell("#N/A"),
        NumberCell(123, "00123"),
        NumberCell(0.05, "5%"),
        FormulaCell("=A1", None),
        FormulaCell("=A1", "asmith"),
        FormulaCell("=[1]A1", "clee"),
        "=1+1",
        "12345.0",
        "1.2E+07",
        "\u00a0asmith\u200b",
        "as\u202emith",
        "a\x00b",
        "Garc\u00c3\u00ada",
        "\u0430smith",
        "x" * 101,
        "\ud800",
        "Total",
        "Username",
        "   ",
        "<clear>",
        "admin",
    ]
)


def cells(position: int, *, odd: bool = True) -> st.SearchStrategy[Cell]:
    """A cell of the column at this position of the header: usual, blank or odd."""
    pool = [text for text in _POOLS[position] if odd or text not in _WRONG]
    usual: st.SearchStrategy[Cell] = st.sampled_from(pool)
    blank: st.SearchStrategy[Cell] = st.none()
    return st.one_of([usual] * 8 + [blank] * 3 + ([_ODD] * 2 if odd else []))


@st.composite
def scenes(
    draw: st.DrawFn, *, odd: bool = True, damage: bool = True, largest: int = 6
) -> tuple[Sheet, Snapshot]:
    """A district, and a sheet that speaks of some of its students and of some new ones.

    `odd` puts damaged cells among them, `damage` gives one Student ID to several accounts.
    """
    snapshot = draw(snapshots(damage=damage))
    known = draw(st.permutations(sorted(snapshot.accounts)))
    unchosen = draw(st.sets(st.integers(0, len(HEADER) - 1), max_size=4))
    positions = [p for p in range(len(HEADER)) if p == 1 or p not in unchosen]
    rows = []
    for number in range(draw(st.integers(0 if odd else 1, largest))):
        account = snapshot.accounts[known[number]] if number < len(known) else None
        start = _as_cells(account) if account else _new_student(number)
        rows.append([_changed(draw, start[p], p, odd) for p in positions])
    order = draw(st.permutations(rows))
    return sheet_of(tuple(HEADER[p] for p in positions), order), snapshot


def _as_cells(account: Account) -> tuple[Cell, ...]:
    keys = (account.student_id, account.username, account.first_name, account.last_name)
    classes = "; ".join(account.classes) or None
    return (*keys, account.school, account.grade, classes, None, None)


def _new_student(number: int) -> tuple[Cell, ...]:
    return (f"5000{number}", f"new{number}", FIRST[number % 5], LAST[number % 3],
            DISTRICT.schools[0], "K", "3A", None, None)  # fmt: skip


def _changed(draw: st.DrawFn, cell: Cell, position: int, odd: bool) -> Cell:
    # The keys are what an import is about: they are changed more often than the rest.
    if draw(st.integers(0, 3 if position < 2 else 9)):
        return cell
    return draw(cells(position, odd=odd))


def sheet_of(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Sheet:
    """A sheet with its header in row 1 and the rows below it without a gap."""
    numbered = enumerate((tuple(header), *map(tuple, rows)), start=1)
    return Sheet("Import", tuple((number, tuple(line)) for number, line in numbered))


@st.composite
def snapshots(draw: st.DrawFn, *, largest: int = 6, damage: bool = True) -> Snapshot:
    """A district's accounts: usernames unique by key; with `damage` an ID may stand twice."""
    names = draw(st.lists(st.sampled_from(USERNAMES), max_size=largest, unique_by=username_key))
    ids: list[str | None] = draw(
        st.lists(
            st.none() | st.sampled_from(IDS),
            min_size=len(names),
            max_size=len(names),
            unique_by=None if damage else _unique_ids(),
        )
    )
    accounts = [
        Account(
            account_id=f"a{number}",
            username=username,
            student_id=student_id,
            first_name=draw(st.sampled_from(FIRST)),
            last_name=draw(st.sampled_from(LAST)),
            school=draw(st.sampled_from((*DISTRICT.schools, None))),
            grade=draw(st.sampled_from((*DISTRICT.grades, None))),
            classes=draw(st.sampled_from([(), ("3A",), ("3A", "Band"), ("Band",)])),
            role=draw(st.sampled_from([Role.STUDENT] * 6 + [Role.STAFF])),
            status=draw(st.sampled_from([Status.ACTIVE] * 6 + [Status.ARCHIVED])),
            password_hash=draw(st.sampled_from([None, "hash of maple-river-42"])),
            past_usernames=draw(st.sampled_from([(), ("zfox",), ("old.name",)])),
        )
        for number, (username, student_id) in enumerate(zip(names, ids, strict=True), start=1)
    ]
    return Snapshot(DISTRICT, accounts)


def _unique_ids() -> Callable[[str | None], object]:
    return lambda student_id: object() if student_id is None else student_id.casefold()


def same_passwords(pairs: Sequence[tuple[str, str]]) -> list[bool]:
    """Whether each (hash, password) fits, with the plain stand-in for hashes used here."""
    return [stored == f"hash of {password}" for stored, password in pairs]


OPTIONS = Options(same_passwords=same_passwords)


def after_import(snapshot: Snapshot, plan: Plan) -> Snapshot:
    """The accounts as the plan's changes leave them."""
    accounts = dict(snapshot.accounts)
    for change in plan.changes:
        assert change.after is not None, "an import never removes an account"
        password = change.password or ("generated" if change.generated else None)
        stored = change.after
        if password is not None:
            stored = replace(stored, password_hash=f"hash of {password}")
        accounts[change.account_id] = stored
    return Snapshot(snapshot.district, accounts.values())
