"""Which reasons each kind of import can ask the administrator to confirm."""

from __future__ import annotations

from collections.abc import Mapping

from rosterkey.core.history import ImportKind
from rosterkey.core.rules import RULES, imports, lifecycle, merges
from rosterkey.core.rules.rule import Rule

_WITHOUT_SHEET: Mapping[ImportKind, tuple[Rule, ...]] = {
    ImportKind.UNDO: (imports.UNDO_REMOVES_ACCOUNT,),
    ImportKind.ARCHIVE: (lifecycle.ARCHIVES_ACCOUNTS, lifecycle.MASS_ARCHIVE),
    ImportKind.RESTORE: (lifecycle.RESTORES_ACCOUNTS,),
    ImportKind.DELETE: (lifecycle.DELETES_ACCOUNTS, lifecycle.DELETES_ACTIVE_ACCOUNT),
    ImportKind.PURGE: (lifecycle.PURGES_HISTORY,),
    ImportKind.MERGE: (merges.MERGES_ACCOUNTS,),
}


def reasons_of(kind: ImportKind) -> tuple[str, ...]:
    """The codes that a plan of this kind can ask for; a sheet for all that no other kind has."""
    if kind is not ImportKind.SHEET:
        return tuple(rule.code for rule in _WITHOUT_SHEET[kind])
    others = {rule.code for rules in _WITHOUT_SHEET.values() for rule in rules}
    return tuple(code for code, rule in RULES.items() if rule.confirms and code not in others)
