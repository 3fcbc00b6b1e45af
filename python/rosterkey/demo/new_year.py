"""Step 6: a new school year from one sheet, and step 8: the same sheet once more."""

from __future__ import annotations

from collections.abc import Sequence

from rosterkey.core.model import Plan
from rosterkey.core.snapshot import Snapshot
from rosterkey.demo.district import GRADES, classes_of, next_grade, school_of
from rosterkey.demo.sample import Student, newcomers
from rosterkey.demo.sheets import Line, roster_lines
from rosterkey.demo.stage import Stage
from rosterkey.demo.story import Listing
from rosterkey.demo.usernames import dotted, numbered

NEW_YEAR = "5 new school year.xlsx"
_BEGINNERS = 60
_BEGINNERS_OF = 960
_GRADUATES = GRADES[-1]


def start_new_year(stage: Stage) -> None:
    """Move everybody up a grade and add the kindergarten, in one import."""
    stage.begin(
        "A new school year",
        "Everybody moves up a grade into new classes, the 12th graders have left and are not on "
        "the sheet, and new children start in kindergarten.",
    )
    before = stage.snapshot()
    new = newcomers(beginners(len(stage.known)), [k.student for k in stage.known])
    lines = next_year_lines(before, new)
    path = stage.write_sheet(NEW_YEAR, "the roster of the new school year", lines)
    plan = stage.validate(path).plan
    done = stage.import_sheet(path, plan, "new year")
    if done.handout is not None:
        stage.story.files[done.handout.name] = "the new children's passwords, listed once"
        stage.say(f'The new children\'s passwords are listed once, in "{done.handout.name}".')
    _show_grades(stage, before, stage.snapshot())
    _prove(stage, before, new, plan)


def beginners(students: int) -> int:
    """How many children start: 60 for the whole sample, fewer in a smaller district."""
    return min(_BEGINNERS, max(1, students * _BEGINNERS // _BEGINNERS_OF))


def next_year_lines(now: Snapshot, new: Sequence[Student]) -> list[Line]:
    """The sheet of the new school year: all who stay, a grade higher, and the new children."""
    lines = []
    for line in roster_lines(now):
        grade = next_grade(str(line["Grade"]))
        if grade is not None:
            lines.append(line | {"Grade": grade, "School": school_of(grade)})
    taken = {a.username for a in now.accounts.values()}
    taken.update(past for a in now.accounts.values() for past in a.past_usernames)
    usernames = numbered((dotted(s.first_name, s.last_name) for s in new), taken)
    for student, username in zip(new, usernames, strict=True):
        lines.append(
            {
                "Student ID": student.student_id,
                "Username": username,
                "First Name": student.first_name,
                "Last Name": student.last_name,
                "Grade": "K",
                "School": school_of("K"),
            }
        )
    classes = classes_of({str(line["Student ID"]): str(line["Grade"]) for line in lines})
    return [line | {"Class": classes[str(line["Student ID"])]} for line in lines]


def _show_grades(stage: Stage, before: Snapshot, after: Snapshot) -> None:
    rows = []
    for grades in (("PK", "K"), ("1", "5"), ("6", "8"), ("9", "12")):
        span = GRADES[GRADES.index(grades[0]) : GRADES.index(grades[1]) + 1]
        counts = (
            f"{sum(a.grade in span for a in snapshot.active_students):,}"
            for snapshot in (before, after)
        )
        rows.append((" and ".join(grades) if len(span) == 2 else " to ".join(grades), *counts))
    stage.tell(Listing(("Grades", "Before", "After"), tuple(rows)))
    stage.say("The 12th graders who left keep their accounts: what is not on a sheet stays.")


def _prove(stage: Stage, before: Snapshot, new: Sequence[Student], plan: Plan) -> None:
    after = stage.accounts()
    ids = {student.student_id for student in new}
    created = [a for i, a in after.items() if i not in before.accounts]
    moved = sum(
        after[i].grade == (next_grade(a.grade or "") or a.grade)
        for i, a in before.accounts.items()
        if i in after
    )
    stage.figures |= {"created": len(created), "confirmations": len(plan.confirm)}
    stage.prove(
        f"Exactly the {len(ids)} new children got an account",
        {a.student_id for a in created} == ids and len(created) == len(ids),
    )
    stage.prove(
        f"Everybody else moved up one grade in the old account, {_GRADUATES}th graders stayed",
        moved == len(before.accounts),
    )
    stage.prove("One confirmation was enough", len(plan.confirm) <= 1)


def import_again(stage: Stage) -> None:
    """Import the sheet of the new school year a second time."""
    stage.begin(
        "The same sheet again",
        "Somebody is not sure whether the new school year was imported, and imports it once more.",
    )
    path = stage.story.folder / NEW_YEAR
    before = stage.dump()
    plan = stage.validate(path).plan
    done = stage.run_import(path, plan)
    stage.figures["unchanged"] = plan.counts["unchanged"]
    stage.prove(
        f"All {plan.counts['rows']:,} rows are unchanged",
        plan.counts["unchanged"] == plan.counts["rows"],
    )
    stage.prove(
        "Nothing was written: the database is the same as before",
        done.number is None and stage.dump() == before,
    )
