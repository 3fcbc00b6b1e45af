"""Accounts that are merged because they are one student's."""

from __future__ import annotations

from rosterkey.core.model import Severity
from rosterkey.core.rules.rule import Example, Rule

_SOURCE = "semantics: Existing duplicates"

MERGES_ACCOUNTS = Rule(
    code="merges-accounts",
    severity=Severity.WARNING,
    confirms=True,
    title="Accounts would be merged",
    why="The username and the password of an account that is merged away stop working. Its "
    "classes and its former usernames move, and its account id stays known as the student's.",
    mend="Look at the students that the message names, and at the plan. Confirm if each pair is "
    "one child.",
    source=_SOURCE,
    bad=Example(words="Bo Jones has the accounts bjones and bo.jones2, and one goes."),
    good=Example(words="Every row of the review says not the same or later."),
)

REVIEW_OUTDATED = Rule(
    code="review-outdated",
    severity=Severity.ERROR,
    title="The accounts of this row changed since the review was written",
    why="What you decided, you decided on what the row shows. One of the two accounts is another "
    "by now, or is gone.",
    mend="Write the review again and decide on this pair anew, or write later.",
    source=_SOURCE,
    bad=Example(words="bjones got another Student ID after the review was written."),
    good=Example(words="The review was written after the last import."),
)

MERGE_TWO_IDS = Rule(
    code="merge-two-ids",
    severity=Severity.ERROR,
    title="Two different Student IDs prove two people",
    why="A merge would give one child's work to another. Where the district gave one child two "
    "Student IDs, one of the two has to go first.",
    mend="Write not the same. If it is one child, clear the wrong Student ID with an import, and "
    "write the review again.",
    source=_SOURCE,
    bad=Example(words="Bo Jones 00124 would be merged into Bo Jones 00377."),
    good=Example(words="Bo Jones without a Student ID is merged into Bo Jones 00124."),
)

MERGE_CONTRADICTS = Rule(
    code="merge-contradicts",
    severity=Severity.ERROR,
    title="Decisions of several rows contradict each other",
    why="Two rows merge the same accounts in both directions, or two accounts that a row calls "
    "not the same come together by way of others.",
    mend="Look at all rows with the same number under Group and decide so that they fit.",
    source=_SOURCE,
    bad=Example(words="A stays in row 2, and in row 3, with the same accounts turned, A stays."),
    good=Example(words="Every account goes at most once, and one of its group stays."),
)
