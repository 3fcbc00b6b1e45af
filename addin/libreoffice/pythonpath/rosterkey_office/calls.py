"""The questions that the project's Python may ask, by name, and the answers."""

from __future__ import annotations

from typing import Any, Callable

from rosterkey_office.book import Book
from rosterkey_office.boxes import Refused
from rosterkey_office.heights import RowHeights
from rosterkey_office.sheets import Cells
from rosterkey_office.window import Window

_LONGEST = 300  # characters of a refusal


class Calls:
    """What can be asked about one document; each question is a name with named values.

    A question and its answer are plain values, so that they can travel as one line of JSON.
    """

    def __init__(self, document: Any, controller: Any, window: Window, heights: RowHeights) -> None:
        book, cells = Book(document, controller), Cells(document, heights)
        self._known: dict[str, Callable[..., Any]] = {
            call.__name__: call
            for call in (
                book.about, book.named, book.active_sheet, book.show_sheet, book.selection,
                book.select, book.tables, book.resize_table, book.show_all,
                cells.read, cells.write, cells.clear, cells.used, cells.number_format,
                cells.set_number_format, cells.fill, cells.set_fill, cells.visible,
                cells.has_merged, cells.merged_area, cells.notes, cells.note, cells.add_note,
                cells.delete_note,
                window.status, window.drawing, window.tell, window.ask, window.choose_file,
            )
        }  # fmt: skip

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        """The answer under `is`, or under `refused` why there is none."""
        call = self._known.get(str(asked.get("do")))
        if call is None:
            return {"refused": "nothing of this name can be asked"}
        try:
            return {"is": call(**asked.get("with", {}))}
        except Refused as refused:
            return {"refused": str(refused)}
        except Exception as error:  # LibreOffice raises many kinds
            return {"refused": f"{type(error).__name__}: {error}"[:_LONGEST]}
