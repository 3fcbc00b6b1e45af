"""The file that is written: complete in its place, or not touched at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PRIVATE = 0o600
"""Rights of a new file: it holds the names of children, so nobody but its owner reads it."""

_REASONS = {
    errno.ENOSPC: "the disk is full. Free some space and try again",
    errno.EDQUOT: "your share of the disk is used up. Free some space and try again",
    errno.EROFS: "the folder can only be read. Choose another folder",
    errno.ENOENT: "the folder does not exist. Create it or choose another folder",
    errno.ENOTDIR: "the folder does not exist. Create it or choose another folder",
    errno.EISDIR: "a folder has this name. Choose another name",
    errno.ENAMETOOLONG: "its name is too long. Choose a shorter name",
}
_DENIED = "it is open in another program or you may not write there. Close it or choose another"


class UnwritableFile(Exception):
    """A file that cannot be written; what stood there before is unchanged.

    The text is one sentence or two for the administrator: what is wrong and what to do.
    """


def cannot_write(path: Path, error: OSError) -> UnwritableFile:
    """The sentence for an error of the operating system while `path` was written."""
    if isinstance(error, PermissionError):
        reason = f"{_DENIED} folder"
    else:
        reason = _REASONS.get(error.errno or 0, error.strerror or "the system refused")
    return UnwritableFile(f'"{path.name}" was not written: {reason}.')


def refuse_open_workbook(path: Path) -> None:
    """Raise UnwritableFile where Excel or LibreOffice has the workbook open.

    Both leave a small lock file beside a workbook as long as they hold it. Writing below them
    would be lost, or would lose what is typed, when they save.
    """
    locks = {"Excel": f"~${path.name}", "LibreOffice": f".~lock.{path.name}#"}
    for program, name in locks.items():
        if os.path.lexists(path.parent / name):
            raise UnwritableFile(
                f'"{path.name}" is open in {program}. Save it, close it there and try again. '
                f'(If it is not open anywhere, delete the left-over file "{name}" beside it.)'
            )


@contextmanager
def replacing(path: Path, *, mode: int = PRIVATE) -> Iterator[IO[bytes]]:
    """Give a file to write into; it takes the place of `path` when the block ends well.

    Until then it stands under another name in the same folder, readable by its owner only.
    `mode` are its rights in the end. A link is followed, so the file behind it is replaced.
    Raises UnwritableFile for every error of the operating system; then nothing has changed.
    """
    place = Path(os.path.realpath(path))
    temporary: str | None = None
    try:
        number, temporary = tempfile.mkstemp(dir=place.parent, prefix=".rosterkey-", suffix=".tmp")
        with os.fdopen(number, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(place)
        temporary = None
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
