"""The cases in several steps: a stale plan, the same sheet twice, undo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cases.answer import account_faults, row_faults
from tests.cases.contract import CASES, Case, dump_lines, of_kind
from tests.cases.program import Program
from tests.cases.workbook import HEADER, by_columns, write_cases_workbook

IN_ONE_PROCESS = ["T01", "T06", "O01"]


def test_no_sequence_is_forgotten() -> None:
    others = {"C01": "test_crash", "K01": "test_concurrency"}
    assert set(of_kind("sequence")) == {*IN_ONE_PROCESS, *others}
    folder = Path(__file__).parent
    assert all((folder / f"{name}.py").exists() for name in others.values())


@pytest.mark.parametrize("case_id", IN_ONE_PROCESS)
def test_sequence(case_id: str, tmp_path: Path) -> None:
    case = CASES[case_id]
    program = Program(tmp_path)
    program.load(dump_lines(case["accounts_before"]))
    play = _Play(program, case)
    for number, step in enumerate(case["steps"], start=1):
        getattr(play, step["op"])(step, f"step {number}")


def steps_sheet(folder: Path, step: dict[str, Any], name: str) -> Path:
    """The workbook of a validate step."""
    columns = [*HEADER, *(["Password"] if "Password" in step["rows"][0]["cells"] else [])]
    rows = [(row["excel_row"], by_columns(columns, row["cells"])) for row in step["rows"]]
    return write_cases_workbook(folder / f"{name}.xlsx", columns, rows)


class _Play:
    """One method a kind of step; what a step leaves for later ones is kept by its name."""

    def __init__(self, program: Program, case: Case) -> None:
        self.program = program
        self.before = program.accounts()
        self.sheets: dict[str, Path] = {}
        self.plans: dict[str, dict[str, Any]] = {}
        self.imports: dict[str, int] = {}

    def validate(self, step: dict[str, Any], label: str) -> None:
        name = step["plan"]
        self.sheets[name] = steps_sheet(self.program.folder, step, name)
        told = self.program.run("validate", self.sheets[name], "--json", "--all-rows").json
        self.plans[name] = told
        expect = step.get("expect", {})
        assert told["gate"] == expect.get("gate", told["gate"]), label
        if "rows" in expect:
            for wanted, row in zip(expect["rows"], told["rows"], strict=True):
                assert row_faults(wanted, row) == [], label

    def edit_account(self, step: dict[str, Any], label: str) -> None:
        """Another administrator's change, by an import of its own."""
        line = self.program.accounts()[step["account"]] | step["set"]
        row = (line["student_id"], line["username"], line["first_name"], line["last_name"])
        path = self.program.folder / "by hand.xlsx"
        write_cases_workbook(path, HEADER[:4], [(2, row)])
        assert self.program.run("import", path, "--json").code == 0, label
        self.before = self.program.accounts()

    def import_(self, step: dict[str, Any], label: str) -> None:
        name = step["plan"]
        told = self.plans[name]
        confirmed = [w for c in told["confirm"] for w in ("--confirm", c["reason"])]
        plan = ["--plan", told["plan"], *confirmed]
        ran = self.program.run("import", self.sheets[name], "--json", *plan)
        getattr(self, f"_{step['expect']['result']}")(step, ran.code, ran.json, label)

    def undo(self, step: dict[str, Any], label: str) -> None:
        number = str(self.imports[step["import_"]])
        asked = self.program.run("undo", number, "--json")
        if asked.code == 3:  # it would remove what the import created: confirmed by name
            reasons = [w for c in asked.json["confirm"] for w in ("--confirm", c["reason"])]
            assert not asked.json["written"], label
            asked = self.program.run("undo", number, "--json", *reasons)
        assert (asked.code, asked.json["written"]) == (0, True), label
        kinds = [entry["kind"] for entry in self.program.run("history", "--json").json["imports"]]
        assert kinds == ["undo", "sheet"], "the history keeps both steps"

    def check(self, step: dict[str, Any], label: str) -> None:
        stored = self.program.accounts()
        original = {line["account"]: line for line in dump_lines(step["accounts"])[1:]}
        assert account_faults(step["accounts"], stored, original) == [], label

    def _applied(self, step: dict[str, Any], code: int, told: dict[str, Any], label: str) -> None:
        assert (code, told["written"], told["mismatches"]) == (0, True, []), label
        self.imports[step.get("id", step["plan"])] = told["import"]

    def _refused(self, step: dict[str, Any], code: int, told: dict[str, Any], label: str) -> None:
        assert (code, told["written"], told["reason"]) == (4, False, "stale-plan"), label
        said = " ".join(told["differences"])
        assert [w for w in step["expect"]["names"] if w not in said] == [], label
        assert self.program.accounts() == self.before, label

    def _nothing_to_do(
        self, step: dict[str, Any], code: int, told: dict[str, Any], label: str
    ) -> None:
        assert (code, told["written"]) == (0, False), label
        history = self.program.run("history", "--json").json["imports"]
        assert len(history) == 1, "an import that changes nothing leaves no trace"


setattr(_Play, "import", _Play.import_)
