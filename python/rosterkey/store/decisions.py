"""What was decided about people beside accounts, kept for later sheets."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from rosterkey.core.history import ImportHeader
from rosterkey.core.model import DecidedPair, Decision
from rosterkey.store.schema import decision


def read_decided(connection: Connection, code: str) -> dict[DecidedPair, str]:
    """The word that was given about every pair of a person and an account of a district."""
    of = decision.c
    query = select(of.code, of.person_key, of.person_name, of.account_id, of.word).where(
        of.district_id == code
    )
    return {(row[0], row[1], row[2], row[3]): row[4] for row in connection.execute(query)}


def remember(
    connection: Connection,
    code: str,
    number: int,
    header: ImportHeader,
    decisions: Iterable[Decision],
) -> None:
    """Keep the pairs of the lasting decisions that import `number` took."""
    wanted = {pair: made.word for made in decisions for pair in made.pairs}
    if not wanted:
        return
    known = read_decided(connection, code)
    rows = [
        {
            "district_id": code,
            "code": reason,
            "person_key": key,
            "person_name": name,
            "account_id": account_id,
            "word": word,
            "actor": header.actor,
            "at": header.at,
            "import_number": number,
        }
        for (reason, key, name, account_id), word in wanted.items()
        if (reason, key, name, account_id) not in known
    ]
    if rows:
        connection.execute(insert(decision), rows)
