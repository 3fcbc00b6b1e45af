"""The benchmark measures what it says, and calls an end that is wrong wrong."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bench.speed import files, postgres, works, works_on_postgresql
from bench.speed.duplicates import BEST_SPLINK, OWN, SPLINK
from bench.speed.files import Kind, Size
from bench.speed.ground import Ground
from bench.speed.measure import Failed, Figures, Run, in_turn, run
from bench.speed.outcome import wrong_accounts
from bench.speed.table import as_json, as_table, as_verdicts
from bench.speed.targets import TARGETS, verdicts

SIZE = Size(100, 100)


def figures(*cpu: float, peak: float = 0.0) -> Figures:
    return Figures([Run(seconds, 2 * seconds, peak, 0) for seconds in cpu])


def test_a_run_counts_the_children_of_the_process() -> None:
    burn = "import time\nwhile time.process_time() < 0.3: pass"
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}])"
    done = run([sys.executable, "-c", nested])
    assert done.cpu > 0.3
    assert done.wall > 0.2


def test_a_run_knows_its_peak_of_memory_however_large_the_program_is_that_measures() -> None:
    own = bytearray(300 * 2**20)
    small, large = (
        run([sys.executable, "-c", code]).peak_mb for code in ("pass", "bytearray(300 * 2**20)")
    )
    assert small < 100 < len(own) / 2**20
    assert 250 < large - small < 350


def test_a_command_that_does_not_start_ends_the_measuring() -> None:
    with pytest.raises(Failed, match="did not start"):
        run(["/nowhere/command"])


def test_a_server_is_counted_for_as_long_as_the_command_runs() -> None:
    readings = iter((5.0, 7.0))
    assert run([sys.executable, "-c", "pass"], server_cpu=lambda: next(readings)).cpu > 2.0


def test_an_unexpected_exit_code_ends_the_measuring() -> None:
    with pytest.raises(Failed, match="no such thing"):
        run([sys.executable, "-c", "import sys; sys.exit('no such thing')"])
    assert run([sys.executable, "-c", "raise SystemExit(3)"], codes=(0, 3)).code == 3


def test_contestants_run_in_turn() -> None:
    order: list[str] = []

    def contestant(name: str) -> Run:
        order.append(name)
        return Run(len(order), 0.0, 0.0, 0)

    found = in_turn({"a": lambda: contestant("a"), "b": lambda: contestant("b")}, 3)
    assert order == ["a", "b"] * 3
    assert (found["a"].cpu, found["b"].cpu) == (3, 4)


def test_a_target_is_met_up_to_its_limit() -> None:
    by_name = {v.target.name: v for v in verdicts({"10 k": {works.IMPORT: figures(0.9, 1.0, 1.1)}})}
    assert by_name["10 k rows .xlsx, import"].met is True
    by_name = {v.target.name: v for v in verdicts({"10 k": {works.IMPORT: figures(1.01)}})}
    assert by_name["10 k rows .xlsx, import"].met is False


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    found = verdicts({})
    assert len(found) == len(TARGETS)
    assert {verdict.met for verdict in found} == {None}
    assert as_verdicts(found).count("not measured") == len(TARGETS)


def test_every_target_is_measured_in_a_run_of_all_sizes() -> None:
    sizes = ("10 k", "100 k", "1 M", "10 k of 1 M")
    imports = (works.IMPORT, works.DEFAULT, works.BULK, works.READ, works.ACCOUNTS)
    validations = (works.VALIDATE, works.VALIDATE_TEXT, works.READ_TEXT)
    applied = (works.APPLY, works.SHEET, works_on_postgresql.COPY_SHEET)
    contestants = dict.fromkeys(sizes, imports)
    contestants |= {f"{size}, validate": validations for size in sizes}
    contestants |= {
        f"{work}{where}": applied
        for work in ("apply", "apply, all renamed")
        for where in ("", ", PostgreSQL")
    }
    contestants["marks"] = (works.PATCH, works.OPENPYXL)
    results = {work: dict.fromkeys(names, figures(1.0)) for work, names in contestants.items()}
    found = Figures([Run(1.0, 1.0, 0.0, 0)], 0.9)
    results["duplicates"] = dict.fromkeys((OWN, SPLINK, BEST_SPLINK), found)
    assert [v.target.name for v in verdicts(results) if v.measured is None] == []


def test_the_best_of_the_two_django_runs_counts() -> None:
    work = {
        works.IMPORT: figures(0.5),
        works.DEFAULT: figures(9.0),
        works.BULK: figures(4.0),
    }
    found = {v.target.name: v for v in verdicts({"10 k": work})}
    assert found["10 k rows .xlsx, import, of the best django-import-export"].measured == 0.125


def test_a_table_says_times_of_the_first() -> None:
    table = as_table("10 k", {"own": figures(2.0, peak=10), "other": figures(6.0, 8.0, peak=20)})
    assert [line.split()[-1] for line in table.splitlines()[2:]] == ["1.00", "3.50"]
    told = json.loads(as_json({"w": {"own": figures(2.0)}}, date="today"))
    assert told["works"]["w"]["own"]["cpu"] == 2.0


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "_FOLDER", tmp_path_factory.mktemp("speed"))
        made = Ground(SIZE, tmp_path_factory.mktemp("scratch"))
        files.write_files(SIZE.folder, SIZE.district, SIZE)
        made.prepare()
        yield made


def test_the_product_reaches_the_end_that_is_expected(ground: Ground) -> None:
    done = works.import_by_product(ground)
    assert (done.code, done.cpu > 0) == (0, True)
    assert wrong_accounts(ground.scratch / "accounts.db", SIZE, product=True) == 0


def test_a_plan_that_is_applied_is_the_whole_import(ground: Ground) -> None:
    found = {name: contestant() for name, contestant in works.phases(ground).items()}
    assert all(done.cpu < 5 for done in found.values())
    with closing(sqlite3.connect(ground.scratch / "bare.db")) as bare:
        counted = bare.execute('SELECT count(*) FROM "change"').fetchone()[0]
        images = bare.execute("SELECT count(*) FROM account_image").fetchone()[0]
        accounts = bare.execute("SELECT count(*) FROM account").fetchone()[0]
    assert images == accounts == 20  # 16 updated, 2 renamed, 2 created
    assert counted > images


def test_what_was_not_imported_is_wrong(ground: Ground) -> None:
    changed = 18 + 2
    assert wrong_accounts(ground.before, SIZE, product=False) == changed
    assert wrong_accounts(ground.loaded, SIZE, product=True) == changed


def test_a_second_account_instead_of_a_renamed_one_is_wrong(ground: Ground, tmp_path: Path) -> None:
    doubled = tmp_path / "doubled.db"
    shutil.copyfile(SIZE.folder / "expected.db", doubled)
    assert wrong_accounts(doubled, SIZE, product=False) == 0
    with closing(sqlite3.connect(doubled)) as database, database:
        database.execute("UPDATE account SET id = 9999999 WHERE id = (SELECT min(id) FROM account)")
    assert wrong_accounts(doubled, SIZE, product=False) == 1


def test_sizes_that_share_a_district_share_its_folder() -> None:
    small, large = Size(10, 100), Size(100, 100)
    assert small.district == large.district
    assert small.folder != large.folder
    assert Size(100, 100, Kind.RENAMED).district != large.district


@pytest.mark.skipif(postgres.find_programs() is None, reason="no PostgreSQL")
def test_a_server_of_its_own_is_counted_and_goes() -> None:
    programs = postgres.find_programs()
    assert programs is not None
    with postgres.running(programs) as server:
        before = server.cpu_seconds()
        server.create("accounts")
        assert server.cpu_seconds() >= before
        assert server.version()
        assert f"host={server.folder}" in server.url("accounts")
    assert not server.folder.exists()
