"""The district that the files of `data` belong to: what each of them holds is stored already."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cases.contract import GRADES, hashed
from tests.cases.program import DISTRICT

DATA = Path(__file__).with_name("data")
MANIFEST: dict[str, dict[str, str]] = {
    entry["file"]: entry for entry in json.loads((DATA / "manifest.json").read_text("utf-8"))
}
"""What is right for each file, by its name."""

_STUDENTS = [
    ("00123", "asmith", "Ana", "Smith", "Lincoln Elementary", "3", "3A", "maple-river-42"),
    ("00124", "bjones", "Bo", "Jones", "Lincoln Elementary", "3", "3A", "otter-cloud-17"),
    ("00125", "clee", "Chi", "Lee", "Lincoln Elementary", "4", "4B", "lemon-train-88"),
    ("00126", "dgarcia", "Daniela", "García", "Roosevelt Middle", "6", "6C", "piano-stone-31"),
    ("00127", "eobrien", "Eoin", "O'Brien", "Roosevelt Middle", "7", "7A", "violet-kite-05"),
    ("00128", "fnguyen", "Phuong", "Nguyễn", "Roosevelt Middle", "8", "8B", "amber-field-63"),
]


def hazard_district(ids: str = "usual") -> list[dict[str, Any]]:
    """The dump of the six students of `base_good.xlsx` with their passwords.

    `ids` is `usual`, `longer` (10000 more, without leading zeros) or `none`.
    """
    schools = ["Lincoln Elementary", "Roosevelt Middle"]
    district = {"kind": "district", "code": DISTRICT, "name": "Lincoln Unified"}
    lines: list[dict[str, Any]] = [{**district, "schools": schools, "grades": GRADES}]
    for number, student in enumerate(_STUDENTS, start=1):
        student_id, username, first, last, school, grade, class_, password = student
        made = {"usual": student_id, "longer": str(int(student_id) + 10_000), "none": None}
        lines.append(
            {
                "kind": "account",
                "district": DISTRICT,
                "account": f"a{number}",
                "role": "student",
                "status": "active",
                "student_id": made[ids],
                "username": username,
                "first_name": first,
                "last_name": last,
                "school": school,
                "grade": grade,
                "classes": [class_],
                "password_hash": hashed(password),
                "past_usernames": [],
            }
        )
    return lines
