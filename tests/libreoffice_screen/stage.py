"""The stage of the demo with a real LibreOffice on it: what the demo calls, a user clicks.

The steps of the demo, and every comparison that they make, stay those of `rosterkey demo`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rosterkey.core.model import Plan
from rosterkey.demo.sheets import FIRST_ROW, Formula, Line, write_lines
from rosterkey.demo.stage import Stage
from rosterkey.files.export import HEADINGS
from rosterkey.usecases.import_ import Imported
from rosterkey.usecases.undo import Undone, undo_import
from rosterkey.usecases.validate import Validated
from rosterkey.workbook.layout import EXPORT, FINDINGS, HISTORY, IMPORT, IMPORT_HEADINGS, OUTCOMES
from tests.excel.desk import FIRST
from tests.libreoffice_screen.desk import ShownDesk
from tests.libreoffice_screen.seeing import wait_for

LOWER = FIRST - FIRST_ROW
"""So many rows lower stands a line on the sheet Import than in a file of the demo."""
_DONE = re.compile(r"Import (\d+) was done: .* written, all read again\.")
_UNDONE = re.compile(r"Import (\d+) was taken back; this is import (\d+): .*, all read again\.")
_PASSWORDS = re.compile(r"The new passwords are listed in (.+)\.$", re.MULTILINE)
_ADDRESS = re.compile(r"(?<=[BCD])\d+")


@dataclass(slots=True)
class ShownStage(Stage):
    """A stage whose sheets stand on the desk.

    `written` are the lines of its files, `validated` what the command said of them, and `standing`
    is the file whose rows the sheet Import holds.
    """

    desk: ShownDesk = field(kw_only=True)
    written: dict[Path, list[Line]] = field(default_factory=dict)
    validated: dict[Path, Validated] = field(default_factory=dict)
    standing: Path | None = None

    def export(self, path: Path) -> int:
        """Press Export, and keep what stands on its sheet then."""
        said = self.desk.press("Export", "OK")
        lines: list[Line] = [
            {h: str(cell or "") for h, cell in zip(HEADINGS, row, strict=True)}
            for row in self.desk.rows(EXPORT)
        ]
        assert said.startswith(f"{len(lines):,} students on the sheet Export")
        write_lines(path, lines)
        self.desk.user.look("story 1 exported")
        return len(lines)

    def write_sheet(
        self, name: str, about: str, lines: Iterable[Line], headings: Sequence[str] = HEADINGS
    ) -> Path:
        """Write the file as the demo does, for the command to be asked about the same rows."""
        kept = [dict(line) for line in lines]
        path = super(ShownStage, self).write_sheet(name, about, kept, headings)
        self.written[path] = [{h: c for h, c in line.items() if h in headings} for line in kept]
        return path

    def run_validate(self, path: Path) -> Validated:
        """Press Validate; the sheet has to say of each row what the command says of the file."""
        validated = super(ShownStage, self).run_validate(path)
        self.validated[path] = validated
        self._put(path)
        self.desk.press("Validate", "OK")
        self.desk.sheet(IMPORT).activate()
        self.desk.user.look(f"story {len(self.story.steps)} validated")
        left_out = self._calculated(path)
        said, planned = self._said_of_rows(left_out), _planned(validated.plan, left_out)
        rows = said.keys() | planned.keys()
        differing = {
            r: (said.get(r), planned.get(r)) for r in rows if said.get(r) != planned.get(r)
        }
        assert not differing, differing
        return validated

    def run_import(
        self, path: Path, plan: Plan, confirmed: Sequence[str] = (), reason: str = ""
    ) -> Imported:
        """Press Import and say yes to each question."""
        assert path == self.standing
        self.desk.name("SettingReason", reason)
        if not plan.changes:
            assert "The sheet changes nothing." in self.desk.press("Import", "OK")
            return Imported(self.validated[path])
        said = self.desk.press("Import", "Yes", *["Yes"] * len(confirmed), "OK")
        done, listed = _DONE.match(said), _PASSWORDS.search(said)
        return Imported(
            self.validated[path],
            int(done[1]) if done else None,
            handout=Path(listed[1]) if listed else None,
            mismatches=[] if done else [said],
        )

    def run_undo(self, number: int, confirmed: Sequence[str]) -> Undone:
        """Choose the import on the sheet History, press Undo and say yes."""
        before = undo_import(number, self.store, self.settings, preview=True)
        self.show_history()
        lines = [line[0] for line in self.desk.rows(HISTORY)]
        self.desk.select(self.desk.sheet(HISTORY).range((FIRST + lines.index(number), 1)))
        said = self.desk.press("Undo", "Yes", *["Yes"] * len(confirmed), "OK")
        done = _UNDONE.match(said)
        assert done is not None, said
        assert int(done[1]) == number
        return replace(before, number=int(done[2]))

    def show_history(self) -> None:
        """Press History; its sheet has to tell every import."""
        imports = self.store.imports(self.settings.district or "")
        told = [(each.number, each.undone_by) for each in imports]
        self.desk.press("History")
        wait_for(lambda: self.desk.history() == told, f"{told} on the sheet History")
        wait_for(self.desk.ready, "the end of History")
        self.desk.user.look(f"story {len(self.story.steps)} history")

    def _put(self, path: Path) -> None:
        """Let the sheet Import hold the rows of a file and no others, typed as in the file."""
        if self.standing == path:
            return
        sheet, lines = self.desk.import_sheet, self.written[path]
        last = max(FIRST + len(lines), sheet.used_range.last_cell.row)
        sheet.range((FIRST, 1), (last, len(IMPORT_HEADINGS))).clear_contents()
        sheet.range((FIRST, 1), (last, len(HEADINGS))).number_format = "@"
        self.desk.fill(*([_plain(line.get(h, "")) for h in HEADINGS] for line in lines))
        for row, line in enumerate(lines, FIRST):
            for column, heading in enumerate(HEADINGS, 1):
                if isinstance(cell := line.get(heading), Formula):
                    place = sheet.range((row, column))
                    place.number_format = "General"  # in a cell for texts it would stay a text
                    place.formula = _lower(cell.formula)
        self.standing = path

    def _calculated(self, path: Path) -> set[int]:
        """The rows with a formula that was never calculated: in an open sheet there is none."""
        return {
            row
            for row, line in enumerate(self.written[path], FIRST)
            if any(isinstance(cell, Formula) and not cell.shown for cell in line.values())
        }

    def _said_of_rows(self, left_out: set[int]) -> dict[int, tuple[str, list[str]]]:
        """What the sheets Import and Findings say of each row: the outcome and the findings."""
        codes: dict[int, list[str]] = {}
        for line in self.desk.rows(FINDINGS):
            if line[2] is not None:
                codes.setdefault(int(line[2]), []).append(line[7])
        return {
            row: (said, sorted(codes.get(row, [])))
            for row, said in enumerate(self.desk.column("Result"), FIRST)
            if row not in left_out
        }


def _plain(cell: str | int | Formula) -> str | int | None:
    """A cell as it is typed, formulas not yet."""
    return None if isinstance(cell, Formula) or cell == "" else cell


def _lower(formula: str) -> str:
    """A formula of the file as it stands in the same line of the sheet Import."""
    return _ADDRESS.sub(lambda found: str(int(found[0]) + LOWER), formula)


def _planned(plan: Plan, left_out: set[int]) -> dict[int, tuple[str, list[str]]]:
    """The same of a plan for the file, by the rows of the sheet."""
    return {
        row.row + LOWER: (OUTCOMES[row.outcome][0], sorted(f.code for f in row.findings))
        for row in plan.rows
        if row.row + LOWER not in left_out
    }
