"""The number formats of a document, by their text."""

from __future__ import annotations

from typing import Any

import uno

TEXT = "@"
DATE_KIND, LOGICAL_KIND = 2, 1024  # com.sun.star.util.NumberFormat


class Formats:
    """Each format is asked for once: a question to the office takes its time."""

    def __init__(self, document: Any) -> None:
        self._formats = document.getNumberFormats()
        self._locale = uno.createUnoStruct("com.sun.star.lang.Locale", "en", "US", "")
        self._known: dict[int, tuple[str, int]] = {}

    def code(self, key: int) -> str:
        """The format of a key as text."""
        return self._found(key)[0]

    def is_logical(self, key: int) -> bool:
        """Whether a format shows TRUE and FALSE: LibreOffice keeps them as numbers."""
        return bool(self._found(key)[1] & LOGICAL_KIND)

    def key(self, code: str) -> int:
        """The key of a format, which is added where it is new."""
        found = self._formats.queryKey(code, self._locale, False)
        return int(self._formats.addNew(code, self._locale) if found == -1 else found)

    def logical(self) -> int:
        """The key of the usual format of logical values."""
        return int(self._formats.getStandardFormat(LOGICAL_KIND, self._locale))

    def _found(self, key: int) -> tuple[str, int]:
        if key not in self._known:
            found = self._formats.getByKey(key)
            self._known[key] = str(found.FormatString), int(found.Type)
        return self._known[key]
