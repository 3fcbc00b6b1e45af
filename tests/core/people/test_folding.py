"""What is left of a name when only its letters count."""

import pytest

from rosterkey.core.people.folding import fold_name, name_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("José", "jose"),
        ("Jose\u0301", "jose"),
        ("O'Brien", "obrien"),
        ("O\u2019Brien", "obrien"),
        ("\u02bbOkusitino", "okusitino"),
        ("Smith-Lee", "smith lee"),
        ("Smith\u2010Lee", "smith lee"),
        ("Smith\u2013 Lee", "smith lee"),
        ("  Mary\u00a0\u2009Ann ", "mary ann"),
        ("Ma\u200bry", "mary"),
        ("J. R.", "j r"),
        ("Straße", "strasse"),
        ("Þór Æsir", "thor aesir"),
        ("Łukasz Đặng", "lukasz dang"),
        ("Yıldız", "yildiz"),
        ("İpek", "ipek"),
        ("Sørensen", "sorensen"),
        ("\ufb01ona", "fiona"),
        ("\uff21\uff4e\uff41", "ana"),
        ("МИХАИЛ", "михаил"),
        ("प्रिया", "प्रिया"),
        ("김민준", "김민준"),
        ("が", "が"),
        ("مُحَمَّد", "محمد"),
        ("...", ""),
        ("", ""),
    ],
)
def test_accents_case_and_punctuation_go(text: str, folded: str) -> None:
    assert fold_name(text) == folded


def test_folding_twice_changes_nothing() -> None:
    for text in ("José O’Brien-Łuć", "İpek", "Σίσυφος", "Ǆemal", "Straße"):
        assert fold_name(fold_name(text)) == fold_name(text)


@pytest.mark.parametrize(
    ("text", "joined", "core"),
    [
        ("Mc Neil", "mcneil", ("mcneil",)),
        ("O Brien", "obrien", ("obrien",)),
        ("de la Cruz", "delacruz", ("cruz",)),
        ("Smith III", "smith", ("smith",)),
        ("Smith, Jr.", "smith", ("smith",)),
        ("Van", "van", ("van",)),
        ("Junior", "junior", ("junior",)),
    ],
)
def test_particles_and_suffixes_are_told_from_the_name(
    text: str, joined: str, core: tuple[str, ...]
) -> None:
    assert (name_key(text).joined, name_key(text).core) == (joined, core)
