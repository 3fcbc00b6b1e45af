"""Usernames that look like one person's."""

import pytest

from rosterkey.core.people.usernames import same_username, stem, stem_key


@pytest.mark.parametrize(
    ("a", "b", "likeness"),
    [
        ("asmith", "asmith@lincoln.example.org", "mailbox"),
        ("ASmith@lincoln.example.org", "asmith@adams.example.org", "mailbox"),
        ("asmith", "asmith2", "stem"),
        ("a.smith", "asmith", "stem"),
        ("jose.nunez", "josé.núñez7", "stem"),
        ("ana.smith", "smith.ana", "turned"),
        ("asmith", "smitha31", "turned"),
        ("asmith", "bjones", "different"),
        ("asmith", "asmiht", "different"),
        ("ana", "ana2", "different"),
        ("s004711", "s004712", "different"),
        ("user20311234", "user20315678", "different"),
    ],
)
def test_usernames(a: str, b: str, likeness: str) -> None:
    assert same_username(a, b) == same_username(b, a) == likeness


def test_turned_usernames_share_a_key() -> None:
    assert stem_key("ana.smith") == stem_key("smith_ana7") != ""
    assert stem("s004711") == stem_key("s004711") == ""
