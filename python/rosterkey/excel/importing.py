"""Import: exactly the plan that the user has seen, after a yes to each question, or nothing."""

from __future__ import annotations

from rosterkey.core.model import Gate, Outcome, Plan
from rosterkey.core.reading.columns import find_header
from rosterkey.core.rules import RULES
from rosterkey.excel.errors import ButtonStopped
from rosterkey.excel.frame import Session, open_database, stale_text
from rosterkey.excel.origins import write_versions
from rosterkey.excel.past import write_history
from rosterkey.excel.places import setting, sheet_named, write_named
from rosterkey.excel.state import count, now, rows_and_gate
from rosterkey.excel.validating import plan_import_sheet, told, write_validation
from rosterkey.store.contract import Store
from rosterkey.usecases.import_ import Imported, differences, import_planned
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.validate import Validated
from rosterkey.workbook.layout import IMPORT, OUTCOMES

_NOTHING = "Nothing was written to the accounts."
_TOLD = (Outcome.CREATE, Outcome.ASSIGN_ID, Outcome.RENAME, Outcome.UPDATE)
_DIGEST = "PlanDigest"


def import_now(session: Session) -> None:
    """Plan the sheet again, ask, import, and tell the number."""
    settings = session.settings()
    with open_database(settings) as store:
        validated = plan_import_sheet(session, store, settings)
        if not _may_go_on(session, store, settings, validated):
            return
        given = _asked(session, validated.plan)
        done = import_planned(
            validated,
            store,
            settings,
            source=session.folder() / session.book.name,
            confirmed=given,
            reason=setting(session.book, "SettingReason"),
            progress=session.progress,
        )
        if done.number is None:
            raise ButtonStopped(_done_text(done) or _NOTHING)
        session.done = _done_text(done)
        _write_done(session, store, done)
    session.tell(session.done, trouble=bool(done.mismatches))


def _may_go_on(session: Session, store: Store, settings: Settings, validated: Validated) -> bool:
    """Whether this is the plan that the user has seen, and whether it may be imported."""
    plan, seen = validated.plan, setting(session.book, _DIGEST)
    if seen != plan.digest:
        write_validation(session, settings, validated)
    if seen and seen != plan.digest:
        district = validated.snapshot.district.code
        found = differences(store, district, seen)
        session.tell(stale_text(found), trouble=True)
        return False
    if plan.gate is Gate.BLOCK:
        session.tell(told(validated), trouble=True)
        return False
    if not plan.changes:
        session.tell(f"{rows_and_gate(plan)}\n\nThe sheet changes nothing. {_NOTHING}")
        return False
    return True


def _asked(session: Session, plan: Plan) -> list[str]:
    """The reasons that were confirmed: all of them. Raises ButtonStopped otherwise."""
    if not session.ask(_question(plan)):
        raise ButtonStopped(_NOTHING)
    given = session.ask_each(plan.confirm)
    if len(given) < len(plan.confirm):
        title = RULES[plan.confirm[len(given)].reason].title
        raise ButtonStopped(f"Not confirmed: {title}. {_NOTHING}")
    return given


def _question(plan: Plan) -> str:
    lines = [
        f"{count(plan.counts[outcome], 'row')}: {OUTCOMES[outcome][0]} ({OUTCOMES[outcome][1]})"
        for outcome in _TOLD
        if plan.counts.get(outcome)
    ]
    if plan.counts.get(Outcome.ERROR):
        lines.append(f"{count(plan.counts[Outcome.ERROR], 'row')} with errors: left out")
    questions = f"\n\n{count(len(plan.confirm), 'question')} will follow." if plan.confirm else ""
    return "The import would do this:\n" + "\n".join(lines) + f"{questions}\n\nImport it?"


def _done_text(done: Imported) -> str:
    if done.already is not None:
        return f"This very plan was imported before, as import {done.already}. {_NOTHING}"
    if done.number is None:
        return ""
    accounts = count(len(done.plan.changes), "account")
    lines = [f"Import {done.number} was done: {accounts} written, all read again."]
    if done.mismatches:
        lines.append("These differ from the plan:")
        lines += done.mismatches
    if done.handout:
        lines.append(f"The new passwords are listed in {done.handout}.")
    lines.append("Undo takes it back.")
    return "\n".join(lines)


def _write_done(session: Session, store: Store, done: Imported) -> None:
    """Write the import's number into the workbook; the accounts are written already."""
    session.progress("Writing the history", 0.0)
    book = session.book
    accounts = count(len(done.plan.changes), "account")
    write_named(book, "StartImported", f"{now()}: import {done.number}, {accounts} written")
    write_named(book, _DIGEST, "")
    read = done.validated.sheet
    write_versions(sheet_named(book, IMPORT), find_header(read), done.plan.changes)
    write_history(book, store.imports(done.validated.snapshot.district.code))
