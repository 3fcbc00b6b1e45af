"""What headings mean, as the user has said it once for every sheet with the same headings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from rosterkey.core.reading.columns import COLUMNS, find_header, fold_heading
from rosterkey.core.reading.contents import Known, Proposal, propose
from rosterkey.core.reading.layouts import (
    layout_key,
    layout_keys,
    read_mapping,
    refuse_other_headings,
)
from rosterkey.core.rules import sheets
from rosterkey.core.sheet import Sheet, cell_text
from rosterkey.files.replace import replacing
from rosterkey.store.contract import Store
from rosterkey.usecases.settings import SettingsError

_FIELDS = {column.field for column in COLUMNS}
_WHO = {"student_id", "username", "first_name", "last_name"}


def mappings_file() -> Path:
    """Where it is remembered: `columns.json` in the user's config folder, which holds no names."""
    return user_config_path("rosterkey", appauthor=False) / "columns.json"


def with_meanings(sheet: Sheet, said: Iterable[str] = ()) -> Sheet:
    """The sheet with what its headings mean, as somebody has said it.

    What is `said` now (`Heading=Field`) comes before what was said for this layout earlier, and is
    remembered. Raises MappingError, for a heading too that the sheet does not have, SettingsError
    and UnwritableFile.
    """
    said = tuple(said)
    given = read_mapping(said)
    remembered = _read()
    known: dict[str, str] = {}
    for key in layout_keys(sheet):
        known |= remembered.get(key, {}).get("fields", {})
    named = replace(sheet, meanings=known | given)
    if given:
        refuse_other_headings(named, said)
    if given and named.meanings != known:
        remember(named)
    return named


def proposals_for(sheet: Sheet, store: Store, district: str) -> list[Proposal]:
    """The columns that seem to be fields which the sheet lacks, by what is stored.

    The whole district is read for it, so only where a key or a name is missing and a column means
    nothing. Raises StoreError.
    """
    header = find_header(sheet)
    odd = (sheets.UNKNOWN_COLUMN.code, sheets.HEADER_NOT_FOUND.code)
    lacks = not _WHO.issubset(header.positions)
    if not lacks or not any(finding.code in odd for finding in header.findings):
        return []
    snapshot = store.snapshot(district)
    return propose(sheet, Known(snapshot.district, snapshot.active_students))


def remember(sheet: Sheet) -> None:
    """Remember what the headings of a sheet mean, for every sheet with the same headings.

    Headings that the sheet does not have are not kept. Raises SettingsError and UnwritableFile.
    """
    row = find_header(sheet).row
    cells = next((cells for number, cells in sheet.rows if number == row), ())
    headings = [cell_text(cell) for cell in cells]
    fields = {f: sheet.meanings[f] for f in map(fold_heading, headings) if f in sheet.meanings}
    if not fields:
        return
    layouts = _read() | {layout_key(cells): {"headings": headings, "fields": fields}}
    path = mappings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file:
        file.write(json.dumps(layouts, ensure_ascii=False, indent=1).encode("utf-8", "replace"))


def _read() -> dict[str, dict[str, Any]]:
    """The layouts by their key; what somebody wrote into the file by mistake is refused."""
    path = mappings_file()
    try:
        layouts = json.loads(path.read_text("utf-8"))
        for layout in layouts.values():
            if not _FIELDS.issuperset(layout["fields"].values()):
                raise ValueError
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError, KeyError, TypeError):
        raise SettingsError(
            f"The file {path} remembers what headings mean, and cannot be read. Mend it or delete "
            "it; then say once more with --map what the headings mean."
        ) from None
    return dict(layouts)
