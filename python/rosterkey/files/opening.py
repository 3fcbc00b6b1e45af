"""Is the file there, may it be opened, and what is it? Judged by content, then by name."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path
from typing import Final

from rosterkey.core.rules import files as rules
from rosterkey.core.rules.rule import Rule
from rosterkey.files.errors import UnreadableFile
from rosterkey.files.limits import MAX_FILE, MIB

WORKBOOK_SUFFIXES: Final = frozenset({".xlsx", ".xlsm"})
TEXT_SUFFIXES: Final = frozenset({".csv", ".txt", ".tsv"})

_HEAD: Final = 4096
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SAVE_AS: Final = "open it in Excel and use Save As to make an Excel Workbook (.xlsx)"
_WANTED: Final = "a roster is an .xlsx or .xlsm workbook or a .csv, .txt or .tsv file"

_SIGNATURES: Final = (
    (
        rules.LEGACY_FORMAT,
        (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00"),
        f"is in an old Excel format: {_SAVE_AS}",
    ),
    (
        rules.UNSUPPORTED_FORMAT,
        (b"%PDF", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"{\\rtf"),
        f"is of a kind that is not read: {_WANTED}",
    ),
    (
        rules.NOT_A_WORKBOOK,
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90"),
        f"is no workbook and no text: {_WANTED}",
    ),
)
_HTML: Final = re.compile(
    r"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|body|table|meta|style)\b",
    re.DOTALL,
)


class Kind(Enum):
    """How a file is read."""

    WORKBOOK = "workbook"
    TEXT = "text"


def kind_of(path: Path) -> Kind:
    """How to read the file.

    Raises:
        UnreadableFile: it cannot be opened, is empty or too large, or is not what is read.
    """
    head = _head(path)
    if head.startswith(b"PK"):
        return _kind_of_zip(path)
    refusal = _by_signature(path, head)
    if refusal is not None:
        raise UnreadableFile(*refusal)
    return _kind_of_text(path, head)


def cannot_open(path: Path, error: OSError) -> UnreadableFile:
    """The refusal for a file that the system does not let us read."""
    name = path.name or str(path)
    if isinstance(error, FileNotFoundError):
        why = f"There is no file {path}: check the folder and the spelling of the name."
    elif isinstance(error, PermissionError):
        why = (
            f"{name} cannot be opened: close it in Excel and in other programs, "
            "and check that you have the right to read it."
        )
    else:
        why = f"{name} cannot be read ({error.strerror or 'input/output error'}): try a local copy."
    return UnreadableFile(rules.CANNOT_OPEN, why)


def _head(path: Path) -> bytes:
    """The first bytes of the file, after the checks that need no content."""
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise UnreadableFile(
                rules.CANNOT_OPEN, f"{name} is a folder: name the file in it that is the roster."
            )
        if path.exists() and not path.is_file():
            raise UnreadableFile(rules.CANNOT_OPEN, f"{name} is not a file: {_WANTED}.")
        size = path.stat().st_size
        if size > MAX_FILE:
            raise UnreadableFile(
                rules.TOO_LARGE_UNPACKED,
                f"{name} has {size // MIB:,} MB and at most {MAX_FILE // MIB:,} MB are read: "
                "split it into several files.",
            )
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except ValueError:  # a NUL in the name
        raise UnreadableFile(
            rules.CANNOT_OPEN, "The name of the file holds a character that no name can have."
        ) from None
    except OSError as error:
        raise cannot_open(path, error) from None
    if not head:
        raise UnreadableFile(
            rules.EMPTY_FILE,
            f"{name} holds nothing (0 bytes): if it lies in OneDrive or another cloud folder, "
            "let it download first.",
        )
    return head


def _kind_of_zip(path: Path) -> Kind:
    """A zip file is read as a workbook when its name says so; what is in it is judged later."""
    suffix = path.suffix.lower()
    if suffix in WORKBOOK_SUFFIXES:
        return Kind.WORKBOOK
    if suffix == ".ods":
        sentence = f"{path.name} is an OpenDocument spreadsheet: {_SAVE_AS}."
    elif suffix in TEXT_SUFFIXES or suffix == ".xls":
        sentence = (
            f"{path.name} is not what its name says, it may be a newer workbook: "
            "give it a name that ends in .xlsx, or open it in Excel and use Save As."
        )
    else:
        sentence = f"{path.name} is of a kind that is not read: {_WANTED}."
    raise UnreadableFile(rules.UNSUPPORTED_FORMAT, sentence)


def _by_signature(path: Path, head: bytes) -> tuple[Rule, str] | None:
    """The refusal for what the first bytes give away, or None."""
    name = path.name
    if head.startswith(_OLE):
        return _ole_refusal(path)
    for rule, signatures, what in _SIGNATURES:
        if head.startswith(signatures):
            return rule, f"{name} {what}."
    text = _loosely(head).lstrip().lower()
    if text.startswith("<?xml") and "mso-application" in text:
        return rules.UNSUPPORTED_FORMAT, f"{name} is an XML Spreadsheet 2003: {_SAVE_AS}."
    if _HTML.match(text):
        return (
            rules.HTML_NOT_EXCEL,
            f"{name} is a web page, not a workbook (some systems name such a page "
            f"an Excel export): {_SAVE_AS}, then check the leading zeros of the Student IDs.",
        )
    return None


def _ole_refusal(path: Path) -> tuple[Rule, str]:
    """The old container of Microsoft Office: a locked workbook, an .xls, or something else."""
    found = _names_in(path, ("EncryptionInfo", "EncryptedPackage", "Workbook", "Book"))
    if found & {"EncryptionInfo", "EncryptedPackage"}:
        return (
            rules.PASSWORD_PROTECTED,
            f"{path.name} is locked with a password: open it in Excel, take the password off "
            "(File, Info, Protect Workbook, Encrypt with Password) and save it.",
        )
    if found:
        return (
            rules.LEGACY_FORMAT,
            f"{path.name} is in the format of Excel 97 to 2003 (.xls): {_SAVE_AS}.",
        )
    return rules.NOT_A_WORKBOOK, f"{path.name} is an Office file but no workbook: {_WANTED}."


def _names_in(path: Path, names: tuple[str, ...]) -> set[str]:
    """Which of these stream names stand in the container's directory."""
    needles = {name: ("\0".join(name) + "\0\0\0").encode("latin-1") for name in names}
    found: set[str] = set()
    tail = b""
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(MIB):
                window = tail + chunk
                found.update(name for name, needle in needles.items() if needle in window)
                tail = window[-64:]
    except OSError as error:
        raise cannot_open(path, error) from None
    return found


def _kind_of_text(path: Path, head: bytes) -> Kind:
    """A file that is no zip: text is read under a text file's name only."""
    suffix = path.suffix.lower()
    if suffix in TEXT_SUFFIXES:
        return Kind.TEXT
    name = path.name
    if suffix not in WORKBOOK_SUFFIXES | {".xls", ".ods", ".xlsb"}:
        raise UnreadableFile(
            rules.UNSUPPORTED_FORMAT, f"{name} is of a kind that is not read: {_WANTED}."
        )
    if _has_columns(head):
        raise UnreadableFile(
            rules.TEXT_NOT_EXCEL,
            f"{name} is plain text with the name of a workbook: give it a name that ends in .csv "
            "(or .txt where tabs divide the cells).",
        )
    raise UnreadableFile(
        rules.NOT_A_WORKBOOK,
        f"{name} is not a workbook, although its name says so: {_SAVE_AS}, or export it again.",
    )


def _loosely(head: bytes) -> str:
    """The first bytes as text, good enough to look for ASCII words."""
    if head.startswith(_BOMS[1:]):
        return head.decode("utf-16", "replace")
    return head.decode("utf-8-sig", "replace")


def _has_columns(head: bytes) -> bool:
    """Tell whether the first two lines are text with the same dividing character."""
    if not head.startswith(_BOMS) and b"\0" in head:
        return False
    lines = [line for line in _loosely(head).splitlines() if line.strip()][:2]
    return bool(lines) and any(all(mark in line for line in lines) for mark in ",;\t|")
