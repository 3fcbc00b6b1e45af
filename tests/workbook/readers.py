"""Readers of VBA projects that other people wrote: what both read back is what we wrote."""

from __future__ import annotations

import io
import warnings

from pyopenvba.cfb import CFB
from pyopenvba.vba import VBAModuleKind, VBAProject, parse_vba_project

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # oletools uses old names of pyparsing
    from oletools import olevba


def decompressed_by_oletools(packed: bytes) -> bytes:
    """A compressed container as oletools unpacks it."""
    return bytes(olevba.decompress_stream(bytearray(packed)))


def sources_by_oletools(project: bytes) -> dict[str, str]:
    """The source of each module of a `vbaProject.bin`, by name."""
    return {stream.rpartition("/")[2]: source for stream, source in _macros(project)}


def _macros(project: bytes) -> list[tuple[str, str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        parser = olevba.VBA_Parser("vbaProject.bin", data=project)
        try:
            macros = list(parser.extract_macros())
        finally:
            parser.close()
    return [(stream, source) for _, stream, _, source in macros]


def project_by_pyopenvba(project: bytes) -> VBAProject:
    """The whole project as pyOpenVBA reads it."""
    return parse_vba_project(CFB.from_file(io.BytesIO(project)))


def kinds_by_pyopenvba(project: bytes) -> dict[str, VBAModuleKind]:
    """What pyOpenVBA takes each module for."""
    return {module.name: module.kind for module in project_by_pyopenvba(project).modules}
