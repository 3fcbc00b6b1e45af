"""The rows of a review that belong together, and what makes a merge of them impossible."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rosterkey.core.duplicates.clusters import rank
from rosterkey.core.duplicates.review import A_STAYS, B_STAYS, Answer, check_of
from rosterkey.core.keys import id_key
from rosterkey.core.matching.match import describe
from rosterkey.core.model import Account, Finding, Role, Severity
from rosterkey.core.options import Options
from rosterkey.core.rules import fields, keys, merges
from rosterkey.core.rules.rule import Rule
from rosterkey.core.snapshot import Snapshot


@dataclass(slots=True)
class Row:
    """A row of the review with its accounts, A first, and what is said of it."""

    answer: Answer
    a: Account
    b: Account
    findings: list[Finding] = field(default_factory=list)

    @property
    def merges(self) -> bool:
        """Whether the row merges its accounts."""
        return self.answer.word in (A_STAYS, B_STAYS)

    @property
    def goes(self) -> Account:
        """The account that a merging row lets go."""
        return self.b if self.answer.word == A_STAYS else self.a

    def refuse(self, rule: Rule, said: str) -> None:
        """Say an error of the row."""
        accounts = (self.a, self.b)
        text = f"Row {self.answer.row}: {said}"
        more = {"severity": Severity.ERROR, "accounts": accounts}
        self.findings.append(rule.finding(text, row=self.answer.row, **more))  # type: ignore[arg-type]


def check_row(row: Row, options: Options) -> None:
    """Refuse staff, other schools for an administrator of one, and what changed since."""
    a, b = row.a, row.b
    school = options.only_school
    for account in (a, b):
        if account.role is not Role.STUDENT:
            row.refuse(fields.NOT_A_STUDENT_ACCOUNT, f"{describe(account)} is no student.")
        elif school is not None and account.school != school:
            where = account.school or "no school"
            text = f"{describe(account)} is at {where}, and you may only change those of {school}."
            row.refuse(fields.NOT_PERMITTED, text)
    if row.answer.check != check_of(a, b):
        text = (
            f"{describe(a)} or {describe(b)} changed since the review was written. Write it again "
            "and decide anew."
        )
        row.refuse(merges.REVIEW_OUTDATED, text)


@dataclass(slots=True)
class Group:
    """Accounts that become one, and the rows that say so."""

    accounts: dict[str, Account] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    @property
    def staying(self) -> list[Account]:
        """The accounts that no row lets go."""
        gone = {row.goes.account_id for row in self.rows}
        return [a for i, a in self.accounts.items() if i not in gone]

    @property
    def stays(self) -> Account:
        """The one that stays: the rule decides where the rows leave more than one."""
        return min(self.staying, key=rank)


def groups_of(rows: Iterable[Row]) -> list[Group]:
    """The rows that merge, put together where they share an account."""
    of: dict[str, Group] = {}
    for row in rows:
        one = of.setdefault(row.a.account_id, Group({row.a.account_id: row.a}))
        other = of.setdefault(row.b.account_id, Group({row.b.account_id: row.b}))
        if one is not other:
            one.accounts |= other.accounts
            one.rows += other.rows
            of |= dict.fromkeys(other.accounts, one)
        one.rows.append(row)
    return list({id(group): group for group in of.values()}.values())


def check_group(group: Group, rows: Iterable[Row], snapshot: Snapshot) -> None:
    """Refuse a ring, two people, a Student ID of a third, and what another row contradicts.

    `rows` are all rows of the review.
    """
    first = group.rows[0]
    if not group.staying:
        numbers = ", ".join(str(row.answer.row) for row in group.rows)
        text = f"the rows {numbers} merge their accounts in a ring, so that none would stay."
        first.refuse(merges.MERGE_CONTRADICTS, text)
    with_id = [a for a in group.accounts.values() if a.student_id]
    if len({id_key(a.student_id or "") for a in with_id}) > 1:
        named = " and ".join(describe(a) for a in with_id)
        first.refuse(merges.MERGE_TWO_IDS, f"{named} have different Student IDs.")
    _check_id_taken(group, snapshot)
    for row in rows:
        if not row.merges and {row.a.account_id, row.b.account_id} <= set(group.accounts):
            others = ", ".join(str(r.answer.row) for r in group.rows)
            text = f"its accounts are said not to be the same, and merged by row {others}."
            row.refuse(merges.MERGE_CONTRADICTS, text)
            first.refuse(merges.MERGE_CONTRADICTS, f"row {row.answer.row} contradicts it.")


def _check_id_taken(group: Group, snapshot: Snapshot) -> None:
    """Refuse to give the account that stays a Student ID that a third account has as well."""
    for account in group.accounts.values():
        shared = snapshot.with_student_id(id_key(account.student_id)) if account.student_id else []
        others = [a for a in shared if a.account_id not in group.accounts]
        if others:
            text = (
                f"the Student ID {account.student_id} is also that of {describe(others[0])}. Mend "
                "that first, or merge all accounts with this Student ID."
            )
            group.rows[0].refuse(keys.ID_NOT_UNIQUE_IN_DATABASE, text)
            return
