"""One cell becomes a text, or a finding about what Excel did to it (semantics: Cleaning)."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from rosterkey.core.model import Finding, Fix, Severity
from rosterkey.core.reading.columns import HEADING
from rosterkey.core.reading.text import clean_key, clean_name, describe_character, is_blank
from rosterkey.core.rules import cells as rules
from rosterkey.core.rules import keys
from rosterkey.core.rules.rule import Rule
from rosterkey.core.sheet import Cell, ErrorCell, FormulaCell, NumberCell

KEYS = frozenset({"student_id", "username", "old_student_id"})
_IDS = frozenset({"student_id", "old_student_id"})
_NUMBERS_ARE_FINE = KEYS | {"grade", "classes"}
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?E[+-]\d+", re.IGNORECASE)
_DOT_ZERO = re.compile(r"(\d+)\.0+")
_PADDED = re.compile(r"0\d+")
_EXCEL_DIGITS = 10**15
_SHOWN_AT_MOST = 40

Say = Callable[..., Finding]


@dataclass(slots=True)
class ReadCell:
    """What a cell says.

    `text` is None for a blank cell and for one that cannot be used (`broken`). `raw` is the text
    before cleaning where it differs. `numeric` tells that the cell was a number.
    """

    text: str | None = None
    raw: str | None = None
    numeric: bool = False
    broken: bool = False
    findings: list[Finding] = field(default_factory=list)


def read_cell(cell: Cell, name: str, row: int) -> ReadCell:
    """Read the cell of field `name` in Excel row `row`; blank ones are not passed here."""
    if isinstance(cell, FormulaCell):
        return _read_formula(cell, name, row)
    if isinstance(cell, str):
        return _read_password(cell, row) if name == "password" else _read_text(cell, name, row)
    return _read_typed(cell, name, row)


def shorten(text: str) -> str:
    """A text as it is shown in a message: at most 40 characters, nothing that moves the cursor."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return shown if len(shown) <= _SHOWN_AT_MOST else shown[: _SHOWN_AT_MOST - 1] + "…"


def sayer(name: str, row: int) -> Say:
    """A function that says a rule of the cell of field `name` in a row, with its fix if any."""
    heading = HEADING[name]

    def say(
        rule: Rule, text: str, fix: str | None = None, severity: Severity | None = None
    ) -> Finding:
        proposal = Fix(heading, fix) if fix is not None else None
        message = f"Row {row}, {heading}: {text}"
        return rule.finding(message, row=row, column=heading, fix=proposal, severity=severity)

    return say


def _broken(finding: Finding) -> ReadCell:
    return ReadCell(broken=True, findings=[finding])


def _read_formula(cell: FormulaCell, name: str, row: int) -> ReadCell:
    say = sayer(name, row)
    if cell.cached is None:
        return _broken(
            say(
                rules.FORMULA_NOT_CALCULATED,
                "the cell holds a formula that was not calculated. Open the file in Excel, save "
                "it, or paste the values over the formulas.",
            )
        )
    if "[" in cell.formula:
        said = (
            "the value comes from another workbook and may be out of date. Paste the values over "
            "the formulas."
        )
        return _broken(say(rules.FORMULA_CELL, said, severity=Severity.ERROR))
    read = read_cell(cell.cached, name, row)
    if read.broken:
        return read
    shown = "" if name == "password" else f' with the value "{shorten(str(cell.cached))}"'
    text = f"the cell is a formula{shown}. Its stored value is used; paste the values to be sure."
    read.findings.insert(0, say(rules.FORMULA_CELL, text))
    return read


def _read_password(text: str, row: int) -> ReadCell:
    if is_blank(text):
        return ReadCell()
    say = sayer("password", row)
    forbidden = clean_name(text).forbidden
    if forbidden:
        return _broken(say(rules.BAD_CHARACTER, _bad_character(forbidden)))
    read = ReadCell(text=text)
    if text != text.strip() or text[0] in "\u00a0\u200b" or text[-1] in "\u00a0\u200b":
        said = "it starts or ends with a space. It is kept as it is; nobody sees such a space."
        read.findings.append(say(rules.PASSWORD_EDGE_SPACE, said))
    return read


def _bad_character(forbidden: str) -> str:
    return (
        f"it holds {describe_character(forbidden[0])}, which must not be there. Type the cell anew."
    )


def _read_text(raw: str, name: str, row: int) -> ReadCell:
    if is_blank(raw):
        return ReadCell()
    cleaned = clean_key(raw) if name in KEYS else clean_name(raw)
    say = sayer(name, row)
    read = ReadCell(cleaned.text, raw if cleaned.text != raw else None)
    if cleaned.forbidden:
        read.findings.append(say(rules.BAD_CHARACTER, _bad_character(cleaned.forbidden)))
        return read
    if cleaned.changed:
        shown = shorten(cleaned.text)
        said = f'odd spaces or invisible characters were removed; read as "{shown}".'
        read.findings.append(say(rules.CLEANED, said, read.text))
    if cleaned.replaced:
        said = f'a typographic quotation mark or dash was read as "{shorten(cleaned.text)}".'
        read.findings.append(say(rules.ODD_CHARACTER, said, read.text))
    if name in KEYS:
        _read_key_text(read, name, say)
    return read


def _read_key_text(read: ReadCell, name: str, say: Say) -> None:
    text = read.text or ""
    if _SCIENTIFIC.fullmatch(text):
        said = (
            f'"{shorten(text)}" is a number that Excel wrote in powers of ten: its digits are '
            "lost. Take the value from the source again, with the column formatted as text."
        )
        read.findings.append(say(rules.SCIENTIFIC_NOTATION, said))
    dot_zero = _DOT_ZERO.fullmatch(text)
    if dot_zero and name in _IDS:
        read.raw, read.text = read.raw or text, dot_zero[1]
        said = f'"{shorten(text)}" was read as {dot_zero[1]}.'
        read.findings.append(say(rules.DOT_ZERO_REMOVED, said, dot_zero[1]))


def _read_typed(cell: Cell, name: str, row: int) -> ReadCell:
    say = sayer(name, row)
    if isinstance(cell, ErrorCell):
        said = (
            f"the cell shows {shorten(cell.text)}. An error is not a blank: mend the formula, or "
            "type the value."
        )
        return _broken(say(rules.EXCEL_ERROR_VALUE, said))
    if name == "password":
        said = (
            "the password is not text, so a leading zero or its spelling may be lost. Format the "
            "column as text and type the password again."
        )
        return _broken(say(rules.PASSWORD_NOT_TEXT, said))
    if isinstance(cell, bool):
        said = (
            f"the cell holds the logical value {str(cell).upper()}, not a text. Format the cell as "
            "text and type it again."
        )
        return _broken(say(rules.BOOLEAN_INSTEAD_OF_TEXT, said))
    if isinstance(cell, (dt.date, dt.time, dt.timedelta)):
        said = (
            f"Excel turned what was typed into a date or time ({cell}). Format the column as text "
            "and type the value again."
        )
        return _broken(say(rules.DATE_INSTEAD_OF_TEXT, said))
    if isinstance(cell, NumberCell):
        return _read_shown_number(cell, name, row)
    if isinstance(cell, (int, float)):
        return _read_number(cell, name, say)
    raise TypeError(f"no cell: {type(cell).__name__}")


def _read_shown_number(cell: NumberCell, name: str, row: int) -> ReadCell:
    say = sayer(name, row)
    if name in _NUMBERS_ARE_FINE and _PADDED.fullmatch(cell.shown):
        said = f"the number {cell.number:.15g} was taken as it is shown: {cell.shown}."
        finding = say(rules.PADDED_BY_FORMAT, said, cell.shown)
        return ReadCell(cell.shown, findings=[finding])
    if "%" in cell.shown:
        said = (
            f"the cell holds the percentage {shorten(cell.shown)}, not a text. Format the column "
            "as text and type the value again."
        )
        return _broken(say(rules.NUMBER_INSTEAD_OF_TEXT, said))
    return _read_number(cell.number, name, say)


def _read_number(number: float, name: str, say: Say) -> ReadCell:
    if math.isfinite(number) and abs(number) >= _EXCEL_DIGITS:
        said = (
            f"the number {number:.6g} has more than 15 digits, and Excel keeps only 15: the rest "
            "turned into zeros. Take the value from the source again, as text."
        )
        return _broken(say(rules.OVER_15_DIGITS, said))
    if not math.isfinite(number) or number != int(number) or number < 0:
        rule = keys.BAD_ID if name in _IDS else rules.NUMBER_INSTEAD_OF_TEXT
        said = f"the number {number:.15g} cannot be used here. Type the value again, as text."
        return _broken(say(rule, said))
    if name not in _NUMBERS_ARE_FINE:
        said = f"the cell holds the number {number:.15g}, not a text. Type it again, as text."
        return _broken(say(rules.NUMBER_INSTEAD_OF_TEXT, said))
    text = str(int(number))
    read = ReadCell(text, numeric=True)
    if name != "grade":  # a grade such as 3 is a number to everybody
        read.findings.append(say(rules.CLEANED, f"the number was read as the text {text}.", text))
    return read
