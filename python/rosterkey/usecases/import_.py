"""Import: exactly the plan that was validated, in one transaction, or nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from rosterkey.core.history import ImportHeader, ImportKind
from rosterkey.core.matching.match import describe
from rosterkey.core.model import AccountChange, Confirmation, Gate, Plan
from rosterkey.core.plan import make_plan
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.source import Key
from rosterkey.core.state import is_as_read
from rosterkey.files.handout import Handout, write_handout
from rosterkey.store.contract import AlreadyImported, Store, StoreError
from rosterkey.store.waiting import until_served
from rosterkey.usecases.generate import generate_password
from rosterkey.usecases.progress import Progress, silent
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.undivided import undivided
from rosterkey.usecases.validate import Validated, as_granted, choose_district, validate
from rosterkey.usecases.verify import read_again, written_after_all


class StalePlan(Exception):
    """The accounts or the sheet changed since the plan was made (exit code 4).

    `differences` are sentences that name what changed.
    """

    def __init__(self, differences: list[str]) -> None:
        super().__init__("stale plan")
        self.differences = differences


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did.

    `number` is None where nothing was written: the gate is shut, reasons are `unconfirmed`, or
    the sheet changes nothing. `already` is the number of the import that was this very plan.
    `mismatches` are sentences about accounts that differ from the plan after the commit.
    """

    validated: Validated
    number: int | None = None
    already: int | None = None
    unconfirmed: tuple[str, ...] = ()
    handout: Path | None = None
    mismatches: list[str] = field(default_factory=list)

    @property
    def plan(self) -> Plan:
        """The plan that was imported, or was not."""
        return self.validated.plan

    @property
    def digest(self) -> str:
        """Of the plan."""
        return self.plan.digest

    @property
    def awaited(self) -> tuple[Confirmation, ...]:
        """The reasons that are missing, where to confirm them is enough."""
        return self.plan.awaited(self.unconfirmed)


def import_sheet(
    path: Path,
    store: Store,
    settings: Settings,
    *,
    digest: str | None = None,
    confirmed: Iterable[str] = (),
    leave_out_errors: bool = False,
    reason: str = "",
    sheet_name: str | None = None,
    said: Iterable[str] = (),
    progress: Progress = silent,
) -> Imported:
    """Validate a sheet and import it.

    `digest` names the plan that was validated before; another plan is refused as StalePlan.
    Every reason that the plan asks for has to be in `confirmed`. `said` tells what headings mean.
    Raises what `validate` raises, and StalePlan; in each case nothing was written.
    """
    district = choose_district(store, settings)
    already = None if digest is None else idempotency_key(store, district, digest)[1]
    validated = validate(
        path,
        store,
        settings,
        sheet_name=sheet_name,
        leave_out_errors=leave_out_errors,
        said=said,
        progress=progress,
    )
    if already is not None:
        return Imported(validated, already=already)
    if digest is not None and digest != validated.plan.digest:
        raise StalePlan(differences(store, district, digest))
    return import_planned(
        validated,
        store,
        settings,
        source=path,
        confirmed=confirmed,
        reason=reason,
        progress=progress,
    )


def import_planned(
    validated: Validated,
    store: Store,
    settings: Settings,
    *,
    source: Path,
    confirmed: Iterable[str] = (),
    reason: str = "",
    progress: Progress = silent,
) -> Imported:
    """Import the very plan that was validated, or nothing.

    `source` is the file that the sheet came from: its name is kept in the history, and generated
    passwords are listed beside it. Raises StoreError, UnwritableFile and StalePlan; in each case
    nothing was written.
    """
    plan = validated.plan
    confirmed = tuple(confirmed)
    unconfirmed = tuple(c.reason for c in plan.confirm if c.reason not in confirmed)
    if plan.gate is Gate.BLOCK or unconfirmed or not plan.changes:
        return Imported(validated, unconfirmed=unconfirmed)
    district = validated.snapshot.district.code
    key, already = idempotency_key(store, district, plan.digest)
    if already is not None:
        return Imported(validated, already=already)
    actor = as_granted(replace(settings, district=district), store).actor
    header = replace(_header(validated, actor, source.name, reason), digest=key)
    changes, handout = _with_passwords(plan.changes, progress)
    work = _Work(source, district, header, changes, handout)
    return _write(work, validated, store, progress)


def _header(validated: Validated, actor: str, source: str, reason: str) -> ImportHeader:
    plan = validated.plan
    return ImportHeader(
        digest=plan.digest,
        actor=actor,
        at=dt.datetime.now(dt.UTC),
        kind=ImportKind.SHEET,
        source=source,
        sheet_hash=plan.sheet_hash,
        reason=reason,
        counts=plan.counts,
        confirmed=tuple(c.reason for c in plan.confirm),
        decisions=tuple(map(str, plan.decisions)),
    )


def idempotency_key(store: Store, district: str, digest: str) -> tuple[str, int | None]:
    """The key under which a plan is imported, and the number of the import that has it already.

    The key is the plan's digest. Where that import was taken back, the very same plan is a new
    wish, and its key is made of the digest and the number of the undo.
    """
    key = digest
    while (number := store.import_with_digest(district, key)) is not None:
        undone_by = next(e.undone_by for e in store.imports(district) if e.number == number)
        if undone_by is None:
            return key, number
        key = hashlib.sha256(f"{digest} after {undone_by}".encode()).hexdigest()
    return key, None


@dataclass(frozen=True, slots=True)
class _Work:
    """What is to be written: changes with their password hashes, and the list of passwords."""

    path: Path
    district: str
    header: ImportHeader
    changes: Sequence[AccountChange]
    handout: list[Handout]


def _write(work: _Work, validated: Validated, store: Store, progress: Progress) -> Imported:
    file: Path | None = None

    def transaction() -> int:
        nonlocal file
        with ExitStack() as last, store.write(work.district) as writer:
            _refuse_if_stale(validated, writer.snapshot(validated.snapshot))
            number = writer.apply(work.header, work.changes, validated.plan.decisions)
            # Stopped between these two, a list of passwords would be left that are nobody's.
            last.enter_context(undivided())
            if work.handout and file is None:
                # Before the commit: passwords that nobody could read would lock children out.
                file = write_handout(work.path, work.header.digest, work.handout)
        return number

    progress("Writing the accounts", 0.0)
    try:
        number = until_served(transaction)
    except AlreadyImported as twice:
        return Imported(validated, already=twice.number)
    except StalePlan:
        # Somebody may have imported this very plan while we waited for the lock.
        already = store.import_with_digest(work.district, work.header.digest)
        if already is None:
            raise
        return Imported(validated, already=already)
    except BaseException as error:
        found = written_after_all(store, work.district, work.header.digest, error)
        if found is None and file is not None:
            file.unlink(missing_ok=True)
        if found is None or not isinstance(error, (StoreError, KeyboardInterrupt)):
            raise
        number = found
    progress("Reading the accounts again", 0.0)
    mismatches = read_again(store, work.district, work.changes, number)
    progress("Reading the accounts again", 1.0)
    return Imported(validated, number=number, handout=file, mismatches=mismatches)


def _refuse_if_stale(validated: Validated, now: Snapshot) -> None:
    """Plan again where anything changed since the snapshot; another plan is stale."""
    if now == validated.snapshot:
        return
    again = make_plan(validated.sheet, now, validated.options)
    if again.digest != validated.plan.digest:
        found = _changed(validated.plan.reads, now)
        raise StalePlan(found or ["Accounts were added or changed that this sheet is about."])


def _with_passwords(
    changes: Sequence[AccountChange], progress: Progress
) -> tuple[Sequence[AccountChange], list[Handout]]:
    """The changes with password hashes instead of passwords, and the list of generated ones."""
    if not any(c.generated or c.password is not None for c in changes):
        return changes, []
    from rosterkey.store.passwords import with_hashes  # late: hashing is not always needed

    chosen = [replace(c, password=generate_password()) if c.generated else c for c in changes]
    listed = [Handout(c.after, c.password or "") for c in chosen if c.generated and c.after]
    return with_hashes(chosen, partial(progress, "Hashing passwords")), listed


def differences(store: Store, district: str, digest: str) -> list[str]:
    """What changed since the plan with this digest was validated, in sentences."""
    reads = store.remembered_plan(district, digest)
    if reads is None:
        return ["This plan was not validated in this database, or too long ago. Validate again."]
    with store.reading(district) as now:
        found = _changed(reads, now)
    return found or ["The sheet itself, or how it is to be imported, changed since then."]


def _changed(reads: dict[str, str], now: Snapshot) -> list[str]:
    found = []
    now.ask(Key.ACCOUNT, reads, len(reads))
    for account_id, then in reads.items():
        account = now.account(account_id)
        if account is None:
            found.append("An account that the plan rests on is not in the database any more.")
        elif not is_as_read(account, then):
            found.append(f"{describe(account)} was changed since then.")
    return found
