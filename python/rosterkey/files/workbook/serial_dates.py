"""Excel's serial day numbers as dates and times."""

from __future__ import annotations

import datetime as dt
from typing import Final

_EPOCH_1900: Final = dt.datetime(1899, 12, 30)  # noqa: DTZ001  (a sheet has no time zone)
_EPOCH_1904: Final = dt.datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_1900: Final = 2_958_466
_SHIFT_1904: Final = 1_462
_LEAP_BUG: Final = 60
"""Excel's 29 February 1900, a day that never was."""

_DAY_MS: Final = 86_400_000


def elapsed(serial: float) -> dt.timedelta | None:
    """The time span that a serial number means under a format such as `[h]:mm`."""
    if abs(serial) >= _LAST_1900:
        return None
    return dt.timedelta(milliseconds=round(serial * _DAY_MS))


def moment(
    serial: float, *, date_1904: bool, only_time: bool
) -> dt.date | dt.datetime | dt.time | None:
    """The date, the date with its time, or (where the format shows no date) the time of day.

    None where Excel itself shows `########` or a day that does not exist.
    """
    last = _LAST_1900 - (_SHIFT_1904 if date_1904 else 0)
    if not 0 <= serial < last:
        return None
    span = dt.timedelta(milliseconds=round(serial * _DAY_MS))
    if only_time and span < dt.timedelta(days=1):
        return (_EPOCH_1904 + span).time()
    if not date_1904:
        if serial < 1 or int(serial) == _LEAP_BUG:
            return None
        if serial < _LEAP_BUG:
            span += dt.timedelta(days=1)
    when = (_EPOCH_1904 if date_1904 else _EPOCH_1900) + span
    return when if when.time() != dt.time() else when.date()
