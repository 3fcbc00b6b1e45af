"""One spelling for all spellings of a name: what is left when only the letters count."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

PARTICLES = frozenset(
    {
        "af", "al", "el", "de", "da", "das", "del", "della", "den", "der", "di", "do", "dos", "du",
        "la", "las", "le", "los", "of", "san", "st", "ten", "ter", "van", "vd", "von", "y", "zu",
        "zum", "zur", "bin", "bint", "ibn", "ben", "abu",
    }
)  # fmt: skip
"""Words of a family name that one list writes and the next leaves out: de la Cruz and Cruz."""

SUFFIXES = frozenset(
    {"jr", "jnr", "junior", "sr", "snr", "senior", "i", "ii", "iii", "iv", "v", "2nd", "3rd", "4th"}
)
"""What stands after a name and tells the generation: Jr., III."""

_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l",
        "ı": "i", "ŋ": "ng", "ħ": "h", "ŧ": "t", "ĸ": "k", "ə": "e", "ƒ": "f", "ɓ": "b", "ɗ": "d",
        "ƙ": "k", "ǝ": "e", "ɛ": "e", "ɔ": "o", "ſ": "s", "ς": "σ",
    }
)  # fmt: skip
_UNWRITTEN = dict.fromkeys(
    map(
        ord,
        # Apostrophes, letter apostrophes, okina, quotation marks, accents that stand alone, and
        # invisible characters (soft hyphen, joiners, direction marks).
        "'\u2018\u2019\u201a\u201b\u2032\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u055a\u05f3\ua78c"
        '\uff07"\u201c\u201d\u201e\u2033\u00ab\u00bb`\u00b4\u0060'
        "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u0640",
    )
)
_GAP = re.compile(r"[\W_]+")
_ACCENTS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]"
)
_PARTED = re.compile(r"\b(mc|mac|o) (?=\w\w)")
_ASCII_GAP = re.compile(r"[^a-z0-9]+")
_UMLAUTS = re.compile("(?<=[aou])e|(?<=a)a")


@lru_cache(maxsize=1 << 16)
def fold_name(text: str) -> str:
    """A name without accents, letter case and punctuation: `José  O’Brien-Łuć` → `jose obrien luc`.

    Accents go (NFKD), ligatures and letters such as ß æ ø ł đ þ ı become plain ones, apostrophes
    are left out and every run of spaces, hyphens, dots and commas is one space. Scripts without
    case keep their letters and vowel signs (semantics, "People": after accents and case).
    """
    if text.isascii():
        return _ASCII_GAP.sub(" ", text.lower().replace("'", "")).strip()
    plain = text.translate(_UNWRITTEN)
    # Casefold comes first: a capital dotted I casefolds to i and a mark, which then falls off.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
    plain = _ACCENTS.sub("", plain).translate(_LETTERS)
    plain = unicodedata.normalize("NFC", plain)
    # Vowel signs of Indic scripts are no word characters to `re`: only what is a mark stays.
    spaced = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in plain)
    return " ".join(spaced.split()) or _GAP.sub(" ", plain).strip()


@dataclass(frozen=True, slots=True)
class NameKey:
    """A name taken apart.

    `whole` is the folded text, `words` its words without a generational suffix, `joined` these
    without gaps (Mc Neil is McNeil), `core` the words without particles, `loose` the core joined
    with ä and ae, ö and oe, å and aa as one.
    """

    whole: str
    words: tuple[str, ...]
    joined: str
    core: tuple[str, ...]
    loose: str


@lru_cache(maxsize=1 << 16)
def name_key(text: str) -> NameKey:
    """Take a first or a last name apart; a name of nothing but suffixes or particles keeps them."""
    whole = fold_name(text)
    words = tuple(_PARTED.sub(r"\1", whole).split())
    while len(words) > 1 and words[-1] in SUFFIXES:
        words = words[:-1]
    core = tuple(w for w in words if w not in PARTICLES) or words
    return NameKey(whole, words, "".join(words), core, _UMLAUTS.sub("", "".join(core)))


def joined(text: str) -> str:
    """The key under which spellings of one name are counted together: `name_key(text).joined`."""
    if text.isascii() and text.isalpha():
        return text.lower()  # one plain word, as most names are: there is nothing to take apart
    return name_key(text).joined


_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "",
    "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "є": "ye", "ґ": "g", "ј": "j",
    "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "d", "џ": "dz",
}  # fmt: skip
_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
_ROMAN = str.maketrans(_CYRILLIC | _GREEK)
_SOUNDS = (
    ("shch", "sch"), ("ckh", "k"), ("kh", "h"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("ou", "u"),
    ("ya", "ia"), ("yu", "iu"), ("ye", "e"), ("j", "i"), ("y", "i"), ("w", "v"), ("ii", "i"),
)  # fmt: skip


def romanise(folded: str) -> str:
    """Cyrillic and Greek letters of a folded name in Latin ones, other letters as they are."""
    return folded if folded.isascii() else folded.translate(_ROMAN)


def sounding(folded: str) -> str:
    """A rough key of how a romanised name sounds: Aleksey and Alexey, Yuliya and Julia meet."""
    text = folded.replace("x", "ks")
    for written, heard in _SOUNDS:
        text = text.replace(written, heard)
    return text
