"""How much of a file is read before it is refused. Each figure has its reason beside it."""

from __future__ import annotations

from typing import Final

MIB: Final = 1024 * 1024

MAX_FILE: Final = 1024 * MIB
"""Bytes on disk. A CSV of a million students has about 100 MB, their workbook about 60."""

MAX_PART: Final = 2048 * MIB
"""Unpacked bytes of one part. A million rows of nine columns make about 350 MB of sheet XML."""

MAX_PACKAGE: Final = 4096 * MIB
"""Unpacked bytes of all parts together."""

FREE_PART: Final = 16 * MIB
"""Parts below this size may be packed as tightly as they like: they cannot do harm."""

MAX_RATIO: Final = 200
"""Unpacked to packed size. Sheet XML reaches 10 to 40; a bomb goes for 1,000."""

MAX_DIRECTORY: Final = 8 * MIB
"""Bytes of a zip file's list of entries: tens of thousands of names."""

MAX_ENTRIES: Final = 20_000
"""Entries in a workbook. Real ones have ten to some hundred."""

MAX_SMALL_PART: Final = 32 * MIB
"""Unpacked bytes of workbook.xml, styles, relationships and tables."""

MAX_DEPTH: Final = 200
"""How deep XML elements may stand in each other. Workbooks need about ten."""

MAX_UNFINISHED: Final = 16 * MIB
"""Bytes of XML that may pass without one finished piece of markup (guards the parser's time)."""

MAX_CELL: Final = 1_000_000
"""Characters in one cell. Excel ends at 32,767; beyond a million it is no cell."""

MAX_LINE: Final = 4_000_000
"""Characters in one line of a text file; twenty thousand columns fit in."""

MAX_CELLS: Final = 40_000_000
"""Cells held in memory, gaps to the left of a value included."""

MAX_BLOCK_CELLS: Final = 1_000_000
"""Cells in one block of row XML, gaps included. A usual block of half a megabyte has 20,000."""

MAX_STRINGS: Final = 20_000_000
"""Different texts in a workbook."""

MAX_ROWS: Final = 1_048_576
"""Rows of an Excel sheet."""

MAX_COLUMNS: Final = 16_384
"""Columns of an Excel sheet; the last one is XFD."""

MAX_SHEETS: Final = 1_000
"""Sheets that are looked at for a roster."""

CHUNK: Final = MIB // 2
"""Bytes unpacked at a time; less than `MAX_CELL`, so that a usual block holds no endless cell."""
