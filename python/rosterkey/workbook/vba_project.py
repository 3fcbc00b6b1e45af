"""`vbaProject.bin` from text modules ([MS-OVBA]).

The form is the one that Excel accepts without its own compiled cache: a version stamp that asks it
to compile from the source, and modules that hold nothing but their compressed source.
"""

from __future__ import annotations

import re
import struct
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from rosterkey.workbook.cfb import write_compound_file
from rosterkey.workbook.ovba import compress, encrypt

_CODE_PAGE = 1252
_LANGUAGE = 0x409
_LONGEST_NAME = 31
_ATTRIBUTE_NAME = re.compile(r'^Attribute VB_Name = "([A-Za-z][A-Za-z0-9_]*)"\r\n')
_CLASS_BLOCK = re.compile(r"\AVERSION 1\.0 CLASS\r\nBEGIN\r\n(?:.*\r\n)*?END\r\n")
_CLASS_BASE = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"
_WORKBOOK_BASE = "0{00020819-0000-0000-C000-000000000046}"
_SHEET_BASE = "0{00020820-0000-0000-C000-000000000046}"
_STDOLE = (
    "*\\G{00020430-0000-0000-C000-000000000046}#2.0#0#"
    "C:\\Windows\\System32\\stdole2.tlb#OLE Automation"
)
_OFFICE = (
    "*\\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#"
    "C:\\Program Files\\Common Files\\Microsoft Shared\\OFFICE16\\MSO.DLL#"
    "Microsoft Office 16.0 Object Library"
)
_REFERENCES = (("stdole", _STDOLE), ("Office", _OFFICE))
"""`IRibbonControl`, the argument of every ribbon callback, is Office's."""


class ModuleError(ValueError):
    """A module's text cannot stand in a VBA project; the text names the module."""


class ModuleKind(Enum):
    """What a module is; the value is its word in the PROJECT stream."""

    DOCUMENT = "Document"
    STANDARD = "Module"
    CLASS = "Class"


@dataclass(frozen=True)
class Module:
    """One module: its name and its source with attributes, lines ended by CRLF."""

    name: str
    kind: ModuleKind
    source: str

    def __post_init__(self) -> None:
        """Refuse what Excel would not load.

        Raises:
            ModuleError: the name, a sign outside ASCII, the line ends or the first line is wrong.
        """
        if len(self.name) > _LONGEST_NAME:
            raise ModuleError(f"The module {self.name} has a name above {_LONGEST_NAME} letters.")
        if not self.source.isascii():
            raise ModuleError(f"The module {self.name} has a letter outside ASCII.")
        if re.search(r"(?<!\r)\n|\r(?!\n)", self.source):
            raise ModuleError(f"The module {self.name} has a line that does not end with CRLF.")
        found = _ATTRIBUTE_NAME.match(self.source)
        if not found or found[1] != self.name:
            raise ModuleError(f"The module {self.name} does not begin with its VB_Name.")


def module_from_text(text: str, *, is_class: bool) -> Module:
    """The module that a `.bas` or `.cls` file holds.

    The block before a class's attributes is for files only, and the project wants the class's base
    instead, which files leave out.

    Raises:
        ModuleError: as `Module` does; also where the first attribute is not `VB_Name`.
    """
    source = _CLASS_BLOCK.sub("", text) if is_class else text
    named = _ATTRIBUTE_NAME.match(source)
    if not named:
        raise ModuleError(f"A module begins with {source[:40]!r}, not with its VB_Name.")
    if not is_class:
        return Module(named[1], ModuleKind.STANDARD, source)
    rest = source[named.end() :]
    based = f'{named[0]}Attribute VB_Base = "{_CLASS_BASE}"\r\n{rest}'
    return Module(named[1], ModuleKind.CLASS, based)


def document_module(code_name: str, *, is_workbook: bool = False) -> Module:
    """The empty module behind the workbook or a sheet; Excel wants one for each code name."""
    lines = (
        f'VB_Name = "{code_name}"',
        f'VB_Base = "{_WORKBOOK_BASE if is_workbook else _SHEET_BASE}"',
        "VB_GlobalNameSpace = False",
        "VB_Creatable = False",
        "VB_PredeclaredId = True",
        "VB_Exposed = True",
        "VB_TemplateDerived = False",
        "VB_Customizable = True",
    )
    source = "".join(f"Attribute {line}\r\n" for line in lines)
    return Module(code_name, ModuleKind.DOCUMENT, source)


def write_vba_project(name: str, modules: Sequence[Module]) -> bytes:
    """The bytes of `vbaProject.bin`; the same modules give the same bytes.

    Args:
        name: the project's name, as the VBA editor shows it.
        modules: in the order in which the editor keeps them; the documents first.

    Raises:
        ModuleError: two modules have one name, but for its case, or one that is reserved.
        CompoundFileError: the project is too large.
    """
    streams = {
        "dir": compress(_dir_stream(name, modules)),
        "_VBA_PROJECT": bytes.fromhex("CC61FFFF000000"),  # compile from the source
    }
    taken = {stream.upper() for stream in streams}
    for module in modules:
        if module.name.upper() in taken:
            raise ModuleError(f"The name of the module {module.name} is taken.")
        taken.add(module.name.upper())
        streams[module.name] = compress(module.source.encode("ascii"))
    return write_compound_file(
        {
            "VBA": streams,
            "PROJECT": _project_stream(name, modules),
            "PROJECTwm": _names_stream(modules),
        }
    )


def _item(number: int, content: bytes = b"") -> bytes:
    return struct.pack("<HI", number, len(content)) + content


def _text(number: int, unicode_number: int, text: str = "") -> bytes:
    """A text twice, in the code page and in UTF-16, as the dir stream keeps most of them."""
    return _item(number, text.encode("ascii")) + _item(unicode_number, text.encode("utf-16-le"))


def _dir_stream(name: str, modules: Sequence[Module]) -> bytes:
    """[MS-OVBA] 2.3.4.2: the project's settings, references and modules."""
    settings = (
        _item(0x01, struct.pack("<I", 1)),  # for 32-bit Windows, which every Excel takes
        _item(0x02, struct.pack("<I", _LANGUAGE)),
        _item(0x14, struct.pack("<I", _LANGUAGE)),
        _item(0x03, struct.pack("<H", _CODE_PAGE)),
        _item(0x04, name.encode("ascii")),
        _text(0x05, 0x40),  # description
        _item(0x06) + _item(0x3D),  # help file
        _item(0x07, bytes(4)),  # help context
        _item(0x08, bytes(4)),  # flags
        struct.pack("<HIIH", 0x09, 4, 1, 1),  # version; the length does not count the minor part
        _text(0x0C, 0x3C),  # conditional compilation constants
    )
    return b"".join(
        (
            *settings,
            *(_reference(called, library) for called, library in _REFERENCES),
            _item(0x0F, struct.pack("<H", len(modules))),
            _item(0x13, b"\xff\xff"),
            *(_module_entry(module) for module in modules),
            _item(0x10),
        )
    )


def _reference(name: str, library: str) -> bytes:
    packed = library.encode("ascii")
    return _text(0x16, 0x3E, name) + _item(0x0D, struct.pack("<I", len(packed)) + packed + bytes(6))


def _module_entry(module: Module) -> bytes:
    kind = 0x21 if module.kind is ModuleKind.STANDARD else 0x22
    return b"".join(
        (
            _text(0x19, 0x47, module.name),
            _text(0x1A, 0x32, module.name),  # the stream has the module's name
            _text(0x1C, 0x48),  # description
            _item(0x31, bytes(4)),  # the source begins at 0: no compiled cache before it
            _item(0x1E, bytes(4)),  # help context
            _item(0x2C, b"\xff\xff"),
            _item(kind),
            _item(0x2B),
        )
    )


def _project_stream(name: str, modules: Sequence[Module]) -> bytes:
    """[MS-OVBA] 2.3.1: the project as the editor lists it, unprotected and visible."""
    identity = f"{{{uuid.uuid5(uuid.NAMESPACE_OID, f'rosterkey.vba.{name}')}}}".upper()
    lines = [
        f'ID="{identity}"',
        *(_project_line(module) for module in modules),
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{encrypt(bytes(4), identity)}"',  # not protected
        f'DPB="{encrypt(bytes(1), identity)}"',  # no password
        f'GC="{encrypt(bytes([0xFF]), identity)}"',  # visible
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
    ]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _project_line(module: Module) -> str:
    type_library = "/&H00000000" if module.kind is ModuleKind.DOCUMENT else ""
    return f"{module.kind.value}={module.name}{type_library}"


def _names_stream(modules: Sequence[Module]) -> bytes:
    """[MS-OVBA] 2.3.3: every module's name in the code page and in UTF-16."""
    pairs = (
        module.name.encode("ascii") + b"\0" + module.name.encode("utf-16-le") + b"\0\0"
        for module in modules
    )
    return b"".join(pairs) + b"\0\0"
