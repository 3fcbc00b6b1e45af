"""Eight faults of everyday sheets, planted one a row; each has the code that must find it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rosterkey.core.rules import cells, keys, people
from rosterkey.demo.sheets import FIRST_ROW, Formula, Line
from rosterkey.demo.usernames import letters

_SHORT_FORMS = {
    "Peter": "Pete",
    "Vincent": "Vinny",
    "Beverly": "Bev",
    "Robert": "Bob",
    "Frederick": "Fred",
}
"""First names of the sample's first students, and what a family calls such a child."""

_CYRILLIC = {"a": "а", "c": "с", "e": "е", "o": "о", "p": "р", "x": "х", "y": "у"}
_OTHER_CHILD = ("Farah", "Okonkwo")
"""A name that nobody in the sample has, not even one half of it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A planted fault: the Excel row, and the code of the finding that it must lead to."""

    row: int
    code: str


def plant(lines: Sequence[Line]) -> tuple[list[Line], list[Fault]]:
    """The lines with eight faults in them, and the list of what was planted.

    Two students are left out: the holder of the username that another row asks for, and the
    child whose row somebody typed anew at the end, under another name.
    """
    child = next(i for i, line in enumerate(lines) if line["First Name"] in _SHORT_FORMS)
    newcomer = _under_a_short_form(lines[child])
    away = len(lines) - 1 if child != len(lines) - 1 else 0
    kept = [dict(line) for i, line in enumerate(lines) if i not in (child, away)]
    edits: list[tuple[str, Callable[[Line, int], None]]] = [
        (cells.LEADING_ZERO_LOST.code, _lose_zeros),
        (cells.EXCEL_ERROR_VALUE.code, _look_up_in_vain),
        (keys.USERNAME_TAKEN.code, lambda line, _: line.update(Username=lines[away]["Username"])),
        (keys.LOOK_ALIKE_USERNAME.code, _type_cyrillic),
        (people.DIFFERENT_PERSON.code, _name_another_child),
        (keys.NO_KEY.code, lambda line, _: line.update({"Student ID": "", "Username": ""})),
        (cells.FORMULA_NOT_CALCULATED.code, _leave_a_formula),
    ]
    planted = []
    for number, (code, edit) in enumerate(edits):
        place = (2 * number + 1) * len(kept) // (2 * len(edits))
        edit(kept[place], place + FIRST_ROW)
        planted.append(Fault(place + FIRST_ROW, code))
    kept.append(newcomer)
    planted.append(Fault(len(kept) - 1 + FIRST_ROW, people.PROBABLE_DUPLICATE.code))
    return kept, planted


def _under_a_short_form(line: Line) -> Line:
    """The same child once more, without an ID, under the name that the family uses."""
    first = _SHORT_FORMS[str(line["First Name"])]
    username = f"{letters(first)}.{letters(str(line['Last Name']))}"
    return line | {"Student ID": "", "Username": username, "First Name": first}


def _lose_zeros(line: Line, _: int) -> None:
    line["Student ID"] = int(str(line["Student ID"]))


def _look_up_in_vain(line: Line, row: int) -> None:
    line["Student ID"] = Formula(f"=VLOOKUP(B{row},$J$2:$K$3,2,FALSE)", "#N/A")


def _type_cyrillic(line: Line, _: int) -> None:
    # One letter is enough, and nobody can see it.
    username = str(line["Username"])
    latin = next((c for c in username if c in _CYRILLIC), "")
    line["Username"] = username.replace(latin, _CYRILLIC[latin], 1) if latin else username + "а"


def _name_another_child(line: Line, _: int) -> None:
    line["First Name"], line["Last Name"] = _OTHER_CHILD


def _leave_a_formula(line: Line, row: int) -> None:
    line["Username"] = Formula(f"=LOWER(LEFT(C{row},1)&D{row})")
