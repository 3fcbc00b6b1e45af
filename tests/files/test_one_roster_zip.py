"""A OneRoster set in a zip: read in bounds, whatever somebody packed into it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from rosterkey.files import one_roster
from rosterkey.files.errors import UnreadableFile
from rosterkey.files.one_roster import read_zip

WANTED = ("users", "orgs")


def packed(folder: Path, *files: tuple[str, bytes], level: int = zipfile.ZIP_DEFLATED) -> Path:
    path = folder / "set.zip"
    with zipfile.ZipFile(path, "w", level) as package:
        for name, content in files:
            package.writestr(name, content)
    return path


def test_the_wanted_files_are_read_wherever_they_stand(tmp_path: Path) -> None:
    users = '\ufeffsourcedId,givenName\r\n1,"Ana, B."\r\n\r\n2,"two\r\nlines"\r\n'.encode()
    path = packed(
        tmp_path, ("Export/Users.CSV", users), ("courses.csv", b"x"), ("readme.txt", b"users")
    )
    found = read_zip(path, WANTED)
    assert list(found) == ["users"]
    assert found["users"].rows == (
        (1, ("sourcedId", "givenName")),
        (2, ("1", "Ana, B.")),
        (4, ("2", "two\r\nlines")),
    )


def test_an_empty_file_has_no_rows(tmp_path: Path) -> None:
    assert read_zip(packed(tmp_path, ("users.csv", b"")), WANTED)["users"].rows == ()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([("users.csv", b"a,b\n\xff\xfe")], r"users\.csv is not written in UTF-8"),
        ([("users.csv", b'a,"b\n')], r"line 1 of users\.csv is no row of a CSV"),
        ([("users.csv", b"a"), ("x/users.csv", b"b")], r"it holds users\.csv twice"),
        ([("users.csv", b"0" * (20 << 20))], "unpacks to more than is read"),
    ],
)
def test_what_is_damaged_or_a_bomb_is_refused(
    tmp_path: Path, files: list[tuple[str, bytes]], said: str
) -> None:
    with pytest.raises(UnreadableFile, match=said) as refused:
        read_zip(packed(tmp_path, *files), WANTED)
    assert "Excel" not in str(refused.value)


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "set.zip"
    path.write_bytes(b"PK but nothing else")
    with pytest.raises(UnreadableFile, match="its end is missing"):
        read_zip(path, WANTED)


def test_a_line_and_the_number_of_cells_have_their_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_roster, "MAX_CELLS", 5)
    with pytest.raises(UnreadableFile, match="more than 5 cells"):
        read_zip(packed(tmp_path, ("users.csv", b"a,b\n1,2\n3,4\n")), WANTED)
    long_line = b"x" * 5_000_000
    with pytest.raises(UnreadableFile, match="characters"):
        read_zip(packed(tmp_path, ("users.csv", long_line), level=zipfile.ZIP_STORED), WANTED)
