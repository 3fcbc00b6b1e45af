"""The way to LibreOffice: questions by name, each with one answer."""

from __future__ import annotations

import json
from typing import Any, BinaryIO, Protocol

PROTOCOL = 1
"""The kind of the questions; `rosterkey_office.press` of the extension has to have the same."""
_LONGEST = 256 * 1024 * 1024


class OfficeGone(Exception):
    """LibreOffice, or the document that the button was pressed in, was closed."""


class Refused(Exception):
    """LibreOffice did not do what was asked; the text says why."""


class Channel(Protocol):
    """What answers."""

    def ask(self, do: str, **what: Any) -> Any:
        """The answer to a question. Raises Refused and OfficeGone."""


class PipeChannel:
    """A line of JSON out, a line of JSON back."""

    def __init__(self, answers: BinaryIO, questions: BinaryIO) -> None:
        self._answers = answers
        self._questions = questions
        self.ask("hello", protocol=PROTOCOL)

    def ask(self, do: str, **what: Any) -> Any:
        """The answer to a question. Raises Refused and OfficeGone."""
        try:
            self._questions.write(json.dumps({"do": do, "with": what}).encode("ascii") + b"\n")
            self._questions.flush()
            line = self._answers.readline(_LONGEST)
        except OSError as error:
            raise OfficeGone from error
        if not line.endswith(b"\n"):
            raise OfficeGone
        return answer_of(json.loads(line))


def answer_of(answer: dict[str, Any]) -> Any:
    """What an answer says. Raises Refused where it says that it was not done."""
    if "refused" in answer:
        raise Refused(answer["refused"])
    return answer["is"]
