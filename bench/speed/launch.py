"""Run a command from a process that is small itself: `python -I -S launch.py FIGURES COMMAND ...`.

On Linux the peak of memory of a process starts with the size of the one that started it. This one
imports next to nothing, so that the peak is the command's own. It writes what the command took
into the file FIGURES, as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time


def main(figures: str, *command: str) -> None:
    """Run the command, wait for it, and write its figures."""
    start = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(process, 0)
    took = {
        "wall": time.perf_counter() - start,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss,
        "code": os.waitstatus_to_exitcode(status),
    }
    with open(figures, "w", encoding="utf-8") as opened:  # noqa: PTH123
        json.dump(took, opened)


if __name__ == "__main__":
    main(*sys.argv[1:])
