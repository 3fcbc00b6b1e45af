"""A connection to a server that is cut right at COMMIT."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path


class Cut(Enum):
    """When the client loses its connection."""

    BEFORE = "before the server hears of the commit"
    AFTER = "after the commit, before its answer"
    LATE = "at once, while the server gets the commit a moment later"
    SILENT = "before the server hears of the commit, and it is not told that the client is gone"


@contextlib.contextmanager
def cutting(server: Path, port: int, cut: Cut) -> Iterator[int]:
    """A port that leads to the server's socket, and cuts the first commit of an import."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        commits = _First()
        opened: list[socket.socket] = []

        def serve() -> None:
            while True:
                try:
                    client, _ = listener.accept()
                except OSError:
                    return
                upstream = socket.socket(socket.AF_UNIX)
                upstream.connect(f"{server}/.s.PGSQL.{port}")
                opened.extend((client, upstream))
                _start(_answer, client, upstream)
                _start(_ask, client, upstream, cut, commits)

        _start(serve)
        try:
            yield listener.getsockname()[1]
        finally:
            for one in (listener, *opened):
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
                one.close()


def _start(work: Callable[..., None], *arguments: object) -> None:
    threading.Thread(target=work, args=arguments, daemon=True).start()


class _First:
    """Says yes once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked = False

    def is_it(self) -> bool:
        with self._lock:
            first, self._asked = not self._asked, True
        return first


def _ask(client: socket.socket, server: socket.socket, cut: Cut, commits: _First) -> None:
    """Pass on what the client says; the first commit of an import ends its connection."""
    writes = False
    with contextlib.suppress(OSError):
        while said := client.recv(65536):
            writes = writes or b'INSERT INTO "import"' in said or b"INSERT INTO import " in said
            if not (writes and b"COMMIT" in said and commits.is_it()):
                server.sendall(said)
                continue
            if cut is Cut.AFTER:
                server.sendall(said)
                time.sleep(0.3)
            client.shutdown(socket.SHUT_RDWR)
            if cut is Cut.LATE:
                time.sleep(0.7)
                server.sendall(said)
                time.sleep(0.3)
            if cut is Cut.SILENT:
                return
            break
        server.shutdown(socket.SHUT_RDWR)


def _answer(client: socket.socket, server: socket.socket) -> None:
    """Pass on what the server says, as long as the client listens."""
    with contextlib.suppress(OSError):
        while said := server.recv(65536):
            client.sendall(said)
        client.shutdown(socket.SHUT_RDWR)
