"""A command as a whole process, from its start to its end: what it took, and what it said.

The figures are the operating system's own of the finished process and its children. On Linux the
peak of a process starts with that of the one that started it, so whoever measures stays small:
rosters are made and compared in processes of their own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

_KIB = 1024 if sys.platform == "darwin" else 1  # ru_maxrss is in bytes there, in KiB on Linux


@dataclass(frozen=True, slots=True)
class Run:
    """One run: CPU seconds (user and system), wall seconds, the peak of memory, what it printed."""

    cpu: float
    wall: float
    peak_mb: float
    code: int
    out: str = ""
    err: str = ""


class Failed(Exception):
    """A command ended otherwise than it should; the text is its last words."""


def run(
    command: Sequence[str],
    *,
    codes: Sequence[int] = (0,),
    environ: Mapping[str, str] | None = None,
    server_cpu: Callable[[], float] = lambda: 0.0,
) -> Run:
    """Run a command and wait for it. Raises Failed for an exit code that is not among `codes`.

    `server_cpu` tells the CPU seconds of a server that works for the command; what it takes
    meanwhile is counted. On Linux the peak of memory is never below that of the program that calls
    this, because a process counts from its fork on.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        served, start = server_cpu(), time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, env=environ)  # noqa: S603
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        served = server_cpu() - served
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode(errors="replace"))
    cpu = usage.ru_utime + usage.ru_stime + served
    done = Run(cpu, wall, usage.ru_maxrss / _KIB / 1024, process.returncode, *texts)
    if done.code not in codes:
        raise Failed(f"{' '.join(command)} ended with {done.code}: {done.err[-2000:]}")
    return done


@dataclass(slots=True)
class Figures:
    """The runs of one contestant on one work; `f1` tells how good its answers were."""

    runs: list[Run]
    f1: float | None = None

    @property
    def cpu(self) -> float:
        """The median of the CPU seconds."""
        return median(run.cpu for run in self.runs)

    @property
    def wall(self) -> float:
        """The median of the wall seconds."""
        return median(run.wall for run in self.runs)

    @property
    def peak_mb(self) -> float:
        """The highest peak of memory, in MB (2 ** 20 bytes)."""
        return max(run.peak_mb for run in self.runs)


def in_turn(contestants: Mapping[str, Callable[[], Run]], rounds: int) -> dict[str, Figures]:
    """Run all contestants `rounds` times, A B C A B C, so that each meets the same machine."""
    figures: dict[str, Figures] = {name: Figures([]) for name in contestants}
    for _ in range(rounds):
        for name, contestant in contestants.items():
            figures[name].runs.append(contestant())
    return figures
