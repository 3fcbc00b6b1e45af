"""From the plan to the database and back."""

from __future__ import annotations

from rosterkey.core.model import Severity
from rosterkey.core.rules.rule import Example, Rule

ROW_ERRORS = Rule(
    code="row-errors",
    severity=Severity.ERROR,
    title="Rows have errors",
    why="One row with an error stops the whole import, so that no class is left half changed.",
    mend="Mend the rows that are marked red and validate again. Or choose to leave out the rows "
    "with errors: they and the rows that depend on them then stay as they are.",
    source="semantics: The gate",
    bad=Example(words="Row 14 gives Ana Smith the username of Bo Jones; 811 rows are right."),
    good=Example(words="Row 14 gives Ana Smith a username that is free."),
)

STALE_PLAN = Rule(
    code="stale-plan",
    severity=Severity.ERROR,
    title="The accounts changed since the sheet was validated",
    why="Somebody changed accounts that this plan rests on. Written now, it would go over their "
    "work, or do something that you never saw. Nothing was written.",
    mend="Look at what changed, validate again, and import the new plan.",
    source="semantics: Import and undo",
    bad=Example(
        words="You validate a rename of asmith to ana.smith. "
        "Before you import, a colleague renames the same student to asmith9."
    ),
    good=Example(words="You validate again after the colleague's change, and import that plan."),
)

CHANGED_SINCE = Rule(
    code="changed-since",
    severity=Severity.WARNING,
    title="A field was changed since and is left as it is",
    why="Somebody changed the account after this row was exported, or after the import that is "
    "undone. The row knows nothing of it, so the newer value stays.",
    mend="Look at the value that stays. If the row is right, write under Decision: mine: and the "
    "name of the column. What an undo leaves can be changed by hand.",
    source="semantics: Import and undo",
    bad=Example(
        words="Import 17 moved Ana Smith to grade 4. "
        "A colleague then set grade 5, and the undo of import 17 leaves it at 5."
    ),
    good=Example(
        words="Nobody touched Ana Smith's grade after import 17, and the undo sets it back to 3."
    ),
)

BOTH_CHANGED = Rule(
    code="both-changed",
    severity=Severity.WARNING,
    confirms=True,
    title="You and somebody else changed the same field since the export",
    why="The row was exported, somebody changed the account, and you changed the same field on the "
    "sheet. The import would go over their value, which you may never have seen.",
    mend="Write under Decision: mine: and the name of the column to import your value, theirs: and "
    "the name to keep theirs. Mine or theirs alone answers for the whole row. Confirmed, yours "
    "count.",
    source="semantics: Import and undo",
    bad=Example(
        words="Ana Smith was exported in grade 3. A colleague moved her to grade 4, and your sheet "
        "says grade 5."
    ),
    good=Example(words="Your sheet says grade 5, and nobody changed her grade since the export."),
)

ALREADY_IMPORTED = Rule(
    code="already-imported",
    severity=Severity.NOTICE,
    title="This plan was imported before",
    why="The same plan is done once, however often the button is pressed. "
    "Nothing was written a second time.",
    mend="Nothing has to be done. The message names the import that did it.",
    source="semantics: Import and undo",
    bad=Example(words="The network broke after Import was pressed, and it is pressed again."),
    good=Example(words="Import is pressed once for a plan that is new."),
)

NOTHING_TO_DO = Rule(
    code="nothing-to-do",
    severity=Severity.NOTICE,
    title="Nothing would change",
    why="Every row already agrees with its account, or an undo finds nothing left to take back. "
    "Nothing is written. If you expected changes, this may be the sheet of last time.",
    mend="Nothing has to be done. Look whether the right file is open if you expected changes.",
    source="semantics: Import and undo",
    bad=Example(words="An exported roster is imported again without any edit."),
    good=Example(words="At least one student on the sheet has a new value."),
)

UNDO_REMOVES_ACCOUNT = Rule(
    code="undo-removes-account",
    severity=Severity.WARNING,
    confirms=True,
    title="Undo would remove accounts that the import created or brought back",
    why="The accounts that this import created would be removed again, and those that it brought "
    "back if it was an undo itself. Work that the students did in them since would have no account "
    "any more.",
    mend="Look at the students that the message names. Confirm if none of them used the account.",
    source="semantics: Import and undo",
    bad=Example(words="Import 17 created an account for Farah Khan, and import 17 is undone."),
    good=Example(words="Import 17 only renamed students, so its undo removes nobody."),
)
