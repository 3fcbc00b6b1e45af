"""Accesses as commands: who gets what, and that an import keeps to it whatever the settings say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cases.contract import CASES, dump_lines
from tests.cases.program import Program, Ran
from tests.cases.workbook import HEADER, write_cases_workbook
from tests.postgresql import Server, Servers

LINCOLN = "Lincoln Elementary"


class Office(Program):
    """The commands on a database of a server, as one login or another."""

    def __init__(self, folder: Path, server: Server) -> None:
        super().__init__(folder)
        self.server = server
        self.name = server.new_database()

    def login(self, name: str) -> str:
        """The name of a login; roles belong to the whole server."""
        return f"{name}_{self.name}"

    def at(self, name: str, *arguments: str | Path) -> Ran:
        """Run a command as a login; `admin` runs the server."""
        login = name if name == "admin" else self.login(name)
        url = self.server.url(self.name).replace("admin@", f"{login}@")
        return self.run("--db", url, *arguments)


@pytest.fixture
def office(tmp_path: Path, postgresql_servers: Servers) -> Iterator[Office]:
    made = Office(tmp_path, postgresql_servers.of("postgresql15"))
    assert made.at("admin", "init").code == 0
    path = tmp_path / "load.jsonl"
    path.write_text(
        "".join(json.dumps(line) + "\n" for line in dump_lines(CASES["M03"]["accounts_before"]))
    )
    assert made.at("admin", "load", path).code == 0
    yield made
    made.server.drop(made.name)


def _sheet(office: Office, *row: str | None) -> Path:
    return write_cases_workbook(office.folder / "roster.xlsx", HEADER, [(2, row)])


def test_init_tells_that_logins_are_held_to_their_district(office: Office) -> None:
    ran = office.at("admin", "init")
    assert "Each login is held to its district" in ran.out
    assert office.at("admin", "init", "--json").json["roles"] is True


def test_a_district_administrator_imports_in_the_own_name(office: Office) -> None:
    given = office.at("admin", "grant", office.login("kim"), "district")
    assert given.code == 0
    assert "may      import, undo, archive, restore and delete" in given.out
    assert "may not  change or delete the history, or purge it" in given.out
    assert "is new and has no password" in " ".join(given.out.split())
    sheet = _sheet(office, "00123", "ana.new", "Ana", "Smith", LINCOLN, "3", "3A")
    assert office.at("kim", "import", sheet).code == 0
    entry = office.at("kim", "history", "--json").json["imports"][0]
    assert entry["actor"] == office.login("kim")
    assert office.at("kim", "undo", "1").code == 0
    assert office.at("kim", "archive", "asmith", "--confirm", "archives-accounts").code == 0
    assert office.at("kim", "purge", "--before", "2020-01-01").code == 0, "nothing is that old"
    denied = office.at("kim", "grant", office.login("lee"), "district")
    assert (denied.code, "has no right" in denied.err) == (5, True)


def test_the_administrator_of_a_school_is_held_to_it_by_the_database(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.at("admin", "grant", office.login("sam"), "school", "--school", LINCOLN)
    for setting in ("", "Another School"):
        monkeypatch.setenv("ROSTERKEY_SCHOOL", setting)
        with_id = _sheet(office, "00123", "ana.new", "Ana", "Smith", LINCOLN, "3", "3A")
        ran = office.at("sam", "validate", with_id, "--json")
        assert ran.code == 1
        assert "not-permitted" in str(ran.json["rows"])
    by_username = _sheet(office, None, "asmith", "Ana", "Smith-Lee", LINCOLN, "3", "3A")
    ran = office.at("sam", "import", by_username, "--json")
    assert (ran.code, ran.json.get("written")) == (0, True), ran.out + ran.err
    assert office.at("sam", "delete", "asmith").code == 1
    exported = office.folder / "own.csv"
    assert office.at("sam", "export", "--out", exported).code == 0
    assert all(LINCOLN in line for line in exported.read_text("utf-8-sig").splitlines()[1:])


def test_a_reader_exports_and_changes_nothing(office: Office) -> None:
    office.at("admin", "grant", office.login("rae"), "read")
    assert office.at("rae", "export", "--out", office.folder / "all.csv").code == 0
    sheet = _sheet(office, "00123", "ana.new", "Ana", "Smith", LINCOLN, "3", "3A")
    assert office.at("rae", "validate", sheet).code == 0
    ran = office.at("rae", "import", sheet)
    assert (ran.code, "has no right" in ran.err) == (5, True)


def test_a_preview_gives_nothing_and_revoke_takes_it_back(office: Office) -> None:
    kim = office.login("kim")
    ran = office.at("admin", "grant", kim, "pool", "--preview", "--json")
    assert (ran.json["granted"], ran.json["district"]) == (False, "every district")
    assert office.at("kim", "history").code == 5
    office.at("admin", "grant", kim, "read")
    assert office.at("kim", "history").code == 0
    assert office.at("admin", "grant", kim, "--revoke", "--json").json["revoked"] is True
    assert office.at("kim", "history").code == 5
    again = office.at("admin", "grant", kim, "--revoke")
    assert (again.code, "has no access" in again.err) == (2, True)


def test_what_is_refused(office: Office) -> None:
    for words, code, said in (
        (["kim"], 2, "one of both"),
        (["kim", "read", "--revoke"], 2, "one of both"),
        (["kim", "king"], 2, "there are district, school, read, pool"),
        (["kim", "school"], 2, "needs --school NAME"),
        (["kim", "read", "--school", LINCOLN], 2, "needs --school NAME"),
        (["kim", "school", "--school", "Nowhere"], 5, 'no school "Nowhere"'),
    ):
        ran = office.at("admin", "grant", *words)
        assert (ran.code, said in ran.err) == (code, True), ran.err


def test_a_file_has_no_accesses(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.load(dump_lines(CASES["M03"]["accounts_before"]))
    ran = program.run("grant", "kim", "read")
    assert (ran.code, "need a database server" in ran.err) == (5, True)
