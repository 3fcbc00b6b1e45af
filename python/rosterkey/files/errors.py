"""The one way in which a file is refused."""

from __future__ import annotations

from rosterkey.core.rules.rule import Rule


class UnreadableFile(Exception):
    """A file that cannot be read at all (exit code 2).

    The text is one sentence that says what is wrong and what to do; `code` is the rule's.
    """

    def __init__(self, rule: Rule, sentence: str) -> None:
        super().__init__(sentence)
        self.code = rule.code
