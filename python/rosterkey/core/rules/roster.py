"""The accounts that the examples of the rules share, as tables (see `rule.Example`)."""

from __future__ import annotations

_HEADER = "Student ID | Username | First Name | Last Name | Class\n"
_ANA = "00123 | asmith | Ana | Smith | 3A"
_BO = "00124 | bjones | Bo | Jones | 3A"
_CHI = "00125 | clee | Chi | Lee | 4B"
_DANIELA = " | dgarcia | Daniela | Garcia | 3A"

ANA = f"{_HEADER}{_ANA}"
"""One student: Ana Smith, 00123, asmith."""

ANA_BO = f"{ANA}\n{_BO}"
"""Ana Smith and Bo Jones, both with Student IDs."""

ANA_BO_CHI = f"{ANA_BO}\n{_CHI}"
"""Three students with Student IDs."""

DANIELA = f"{_HEADER}{_DANIELA}"
"""One student without a Student ID: Daniela Garcia, dgarcia."""

ANA_DANIELA = f"{ANA}\n{_DANIELA}"
"""One student with a Student ID, one without."""

ANA_ZANE = (
    "Student ID | Username | First Name | Last Name | Status\n"
    "00123 | asmith | Ana | Smith | active\n"
    "00900 | zfox | Zane | Fox | archived"
)
"""Ana Smith, and Zane Fox whose account is archived."""

STUDENTS = "Student ID | Username | First Name | Last Name\n"
"""The header of the sheets of many rows."""

CLASS_OF_25 = STUDENTS + "25x {i:05d} | s{i:03d} | {first} | {last}"
"""Twenty-five students: enough for the guards on the sum, which look at 20 rows and more."""
