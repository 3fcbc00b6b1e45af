"""A dump as a file: one JSON object a line (the form of `load` and `dump`)."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from rosterkey.core.rules import files
from rosterkey.files.errors import UnreadableFile
from rosterkey.files.replace import cannot_write, replacing

_LINE_MAX = 1_000_000
_TELL_EVERY = 500


def read_lines(
    path: Path, progress: Callable[[float], None] | None = None
) -> Iterator[dict[str, Any]]:
    """The objects of a dump in their order; `progress` hears the share that was read.

    Raises UnreadableFile naming the line.
    """
    try:
        size = max(path.stat().st_size, 1)
        read = 0
        with path.open("r", encoding="utf-8-sig", newline="\n") as file:
            for number, line in enumerate(iter(lambda: file.readline(_LINE_MAX), ""), start=1):
                read += len(line)  # characters, which is near enough to bytes for a bar
                if progress and number % _TELL_EVERY == 0:
                    progress(min(read / size, 1.0))
                if line.strip():
                    yield _parse(path, number, line)
    except UnicodeDecodeError:
        raise UnreadableFile(
            files.ENCODING_UNKNOWN, f"{path.name} is not UTF-8 text, so it is no dump."
        ) from None
    except OSError as error:
        raise UnreadableFile(
            files.DAMAGED_FILE, f"{path} cannot be read: {error.strerror}."
        ) from None


def _parse(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise UnreadableFile(
            files.DAMAGED_FILE, f"Line {number} of {path.name} is not a JSON object."
        )
    return found


def write_lines(path: Path | None, lines: Iterable[dict[str, Any]]) -> int:
    """Write a dump, to standard output where `path` is None; return the number of lines.

    The file holds password hashes, so only its owner may read it; it takes the place of an
    older one only when it is complete. Raises UnwritableFile.
    """
    if path is None:
        return _write(sys.stdout.buffer.write, lines)
    try:
        with replacing(path) as file:
            return _write(file.write, lines)
    except OSError as error:
        raise cannot_write(path, error) from None


def _write(write: Any, lines: Iterable[dict[str, Any]]) -> int:
    count = 0
    for line in lines:
        write(json.dumps(line, ensure_ascii=False).encode("utf-8") + b"\n")
        count += 1
    return count
