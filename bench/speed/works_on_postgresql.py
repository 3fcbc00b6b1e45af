"""The same works on PostgreSQL; what its server takes for a run is counted."""

from __future__ import annotations

from functools import partial

from bench.speed.files import CHANGES
from bench.speed.ground import Ground
from bench.speed.measure import Run
from bench.speed.outcome import PRODUCT
from bench.speed.postgres import Server
from bench.speed.works import ACCOUNTS, APPLY, IMPORT, WRITE, Contestants, as_it_says, right

COPY_SHEET = "floor: copy the accounts of the sheet"
COPY = "copy all the rows it writes, history included"
_LOADED, _RUN, _BARE, _FLOORS = "loaded", "run", "bare", "floors"


def imports(ground: Ground, server: Server) -> Contestants:
    """The import by the product, with the floors of its reading and its writing."""
    _load(ground, server)
    server.create(_FLOORS)
    ground.peer("floors.py", "load", str(ground.before), server.url(_FLOORS))
    read = partial(
        ground.peer, "floors.py", "accounts", server.url(_FLOORS), server_cpu=server.cpu_seconds
    )
    return {
        IMPORT: partial(_import, ground, server),
        ACCOUNTS: read,
        WRITE: partial(_write, ground, server),
    }


def phases(ground: Ground, server: Server) -> Contestants:
    """The writing of the plan alone, beside COPY of the sheet and of all that it writes."""
    _load(ground, server)
    return {
        APPLY: partial(_apply, ground, server),
        COPY_SHEET: partial(_copy_sheet, ground, server),
        COPY: partial(_copy, ground, server),
    }


def _load(ground: Ground, server: Server) -> None:
    """The product's accounts, once for all runs of this size."""
    server.create(_LOADED)
    url = server.url(_LOADED)
    ground.python("rosterkey", "init", "--db", url)
    district = str(ground.size.district / "district.jsonl")
    ground.python("rosterkey", "load", district, "--db", url)


def _import(ground: Ground, server: Server) -> Run:
    server.create(_RUN, _LOADED)
    return _right(ground.import_(server.url(_RUN)), ground, server)


def _apply(ground: Ground, server: Server) -> Run:
    server.create(_RUN, _LOADED)
    arguments = ("apply", server.url(_RUN), str(ground.sheet()), str(server.pid))
    return _right(as_it_says(ground.python("bench.speed.phases", *arguments)), ground, server)


def _copy_sheet(ground: Ground, server: Server) -> Run:
    server.create(_BARE)
    expected = str(ground.size.folder / "expected.db")
    arguments = ("copy-sheet", server.url(_BARE), expected, str(server.pid))
    return as_it_says(ground.python("bench.speed.phases", *arguments))


def _copy(ground: Ground, server: Server) -> Run:
    """The rows come from the run of `apply` before."""
    server.create(_BARE)
    ground.python("rosterkey", "init", "--db", server.url(_BARE))
    arguments = ("copy", server.url(_BARE), server.url(_RUN), str(server.pid))
    return as_it_says(ground.python("bench.speed.phases", *arguments))


def _write(ground: Ground, server: Server) -> Run:
    server.create(_RUN, _FLOORS)
    changes, url = str(ground.size.folder / CHANGES), server.url(_RUN)
    return ground.peer("floors.py", "write", changes, url, server_cpu=server.cpu_seconds)


def _right(done: Run, ground: Ground, server: Server) -> Run:
    fetched = ground.scratch / "fetched.db"
    fetched.unlink(missing_ok=True)
    ground.peer("floors.py", "fetch", PRODUCT, server.url(_RUN), str(fetched))
    return right(done, fetched, ground, product=False)
