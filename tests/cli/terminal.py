"""A terminal at which a person reads and answers: the real device, with nobody at it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from tests.cases.program import Program, Ran

CTRL_C = "\x03"
Answers = Iterable[tuple[str, str]]
"""Words that have to stand on the screen, and what is typed then."""
_SIT_DOWN = 'at=$1; shift; exec "$@" <"$at" >"$at" 2>&1'
"""The terminal that the first process of a session opens is the one whose Ctrl-C it hears."""


def at_terminal(
    program: Program, *arguments: str | Path, answers: Answers = (), seconds: float = 60
) -> Ran:
    """Run a command at a terminal of its own; `out` is everything that stood on the screen."""
    import pty
    import termios

    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (50, 100))
    command = [sys.executable, "-m", "rosterkey", *map(str, arguments)]
    running = subprocess.Popen(
        ["sh", "-c", _SIT_DOWN, "sh", os.ttyname(theirs), *command],
        env=program.environment,
        start_new_session=True,
        preexec_fn=_hear_ctrl_c,  # noqa: PLW1509 - nothing else runs in the tests by then
    )
    end, screen = time.monotonic() + seconds, ""
    try:
        for words, typed in answers:
            while words not in " ".join(screen.split()):
                read = _read(ours, running, end)
                assert read, f"{words!r} was not asked: {screen}"
                screen += read
            os.write(ours, typed.encode())
        while read := _read(ours, running, end):
            screen += read
        return Ran(running.wait(1), screen.replace("\r\n", "\n"), "")
    finally:
        running.kill()
        running.wait()
        os.close(ours)
        os.close(theirs)


def _hear_ctrl_c() -> None:
    """A program of a person's hears it, even where the tests were started to pass it over."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _read(terminal: int, running: subprocess.Popen[bytes], end: float) -> str:
    """What comes next on the screen; empty when the command has ended, or the time."""
    while time.monotonic() < end:
        ended = running.poll() is not None
        if select.select([terminal], [], [], 0.05)[0]:
            return os.read(terminal, 65_536).decode("utf-8", "replace")
        if ended:
            break
    return ""
