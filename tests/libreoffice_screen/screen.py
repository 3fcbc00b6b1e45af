"""A screen in memory with its windows, its mouse and its keyboard: what a user has of a computer.

The windows are managed, as on every desktop: without that no window gets the keyboard, and a press
that has to activate its window first may be lost.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

SIZE = 1600, 900
_PROGRAMS = "Xvfb", "openbox", "xdotool"
_LONGEST_START = 60  # seconds
_LONGEST_GESTURE = 30


class Screen:
    """An X server without a display; `name` is its DISPLAY, `folder` holds what it shows."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._pixels = folder / "Xvfb_screen0"

    def click(self, x: int, y: int) -> None:
        """Move the mouse to a point, and press and release its left button as a hand does."""
        self.point(x, y)
        self._gesture("mousedown", "1", "sleep", "0.05", "mouseup", "1")

    def double_click(self, x: int, y: int) -> None:
        """Click twice in a row, faster than anything can happen."""
        self.point(x, y)
        self._gesture("click", "--repeat", "2", "--delay", "40", "1")

    def point(self, x: int, y: int) -> None:
        """Move the mouse to a point."""
        self._gesture("mousemove", str(x), str(y))

    def press(self, key: str) -> None:
        """Press and release a key, such as `Escape`, where the mouse is."""
        self._gesture("key", key)

    def type(self, text: str) -> None:
        """Type a text where the mouse was clicked, in place of what stands there."""
        self.press("ctrl+a")
        self._gesture("type", "--delay", "5", text)

    def _gesture(self, *said: str) -> None:
        # A moved mouse and a pressed key reach programs through XTest, as from real devices.
        subprocess.run(
            ["xdotool", *said],
            env={**os.environ, "DISPLAY": self.name},
            check=True,
            timeout=_LONGEST_GESTURE,
        )

    def picture(self) -> Image.Image:
        """What stands on the screen now, from the window dump that the X server keeps current."""
        dump = self._pixels.read_bytes()
        fields = struct.unpack(">25I", dump[:100])
        header, width, height, line, colours = (fields[i] for i in (0, 4, 5, 12, 19))
        start = header + 12 * colours
        return Image.frombytes("RGB", (width, height), dump[start:], "raw", "BGRX", line)


def why_no_screen() -> str | None:
    """Why there can be no screen here; None where there can be one."""
    missing = [program for program in _PROGRAMS if shutil.which(program) is None]
    if missing:
        return f"{', '.join(missing)}: not installed; no button was clicked with a mouse"
    return None


@contextlib.contextmanager
def screen_in_memory(folder: Path) -> Iterator[Screen]:
    """A screen for as long as the block runs; the test is skipped where there can be none."""
    if reason := why_no_screen():
        pytest.skip(reason)
    reading, writing = os.pipe()
    with _running(_server(folder, writing), pass_fds=[writing]):
        os.close(writing)
        number = _number_from(reading)
        environment = {**os.environ, "DISPLAY": f":{number}", "HOME": str(folder)}
        with _running(["openbox", "--sm-disable"], env=environment):
            yield Screen(f":{number}", folder)


def _number_from(reading: int) -> str:
    """The number that the X server has found for itself, told as a line when it is ready."""
    said = b""
    while not said.endswith(b"\n"):
        ready, _, _ = select.select([reading], [], [], _LONGEST_START)
        part = os.read(reading, 16) if ready else b""
        if not part:
            pytest.fail("Xvfb did not start")
        said += part
    os.close(reading)
    return said.decode().strip()


def _server(folder: Path, number_to: int) -> list[str]:
    size = "{}x{}x24".format(*SIZE)
    shown = ["-displayfd", str(number_to), "-screen", "0", size, "-fbdir", str(folder)]
    return ["Xvfb", *shown, "-nolisten", "tcp"]


@contextlib.contextmanager
def _running(command: list[str], **settings: Any) -> Iterator[None]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, **quiet, **settings)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=_LONGEST_GESTURE)
