"""The names that occur, found again by likeness without comparing each with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rosterkey.core.people.edits import Neighbours
from rosterkey.core.people.folding import NameKey, name_key, romanise, sounding
from rosterkey.core.people.short_forms import related

_SHORTEST_BEGINNING = 3


class Vocabulary:
    """The first or the last names that occur; each is named by its joined key."""

    def __init__(self, names: Iterable[str], *, short_forms: bool) -> None:
        self._short_forms = short_forms
        self._by_word: defaultdict[str, list[str]] = defaultdict(list)
        self._by_start: defaultdict[str, list[str]] = defaultdict(list)
        self._known: dict[str, frozenset[str]] = {}
        keys = {key.joined: key for key in map(name_key, names) if key.joined}
        for joined, key in keys.items():
            self._by_start[joined[:_SHORTEST_BEGINNING]].append(joined)
            for word in _words(key):
                self._by_word[word].append(joined)
        # Slips are looked for in the single words: those of double names are few, the pairs many.
        self._near = Neighbours({word for key in keys.values() for word in key.core})

    def like(self, text: str) -> frozenset[str]:
        """The keys of the names that may be like `text`; the answer is kept for the next time.

        A name is found when it shares a word or a sound with `text`, or a word that is one edit
        away; first names also by their short forms, beginnings and initials.
        """
        if text not in self._known:
            key = name_key(text)
            words = _words(key)
            words.update(near for word in {key.joined, *key.core} for near in self._near.of(word))
            if self._short_forms:
                words.update(kin for word in {key.joined, *key.words} for kin in related(word))
            found = {k for word in words for k in self._by_word.get(word, ())}
            found.update(self._beginning_like(key.joined))
            self._known[text] = frozenset(found)
        return self._known[text]

    def _beginning_like(self, joined: str) -> Iterable[str]:
        if len(joined) == 1:
            return [k for start, keys in self._by_start.items() if start[0] == joined for k in keys]
        initial = self._by_start.get(joined[:1], ())
        if not self._short_forms:
            return initial
        same_start = self._by_start.get(joined[:_SHORTEST_BEGINNING], ())
        whole = [k for k in same_start if k.startswith(joined) or joined.startswith(k)]
        return [*initial, *whole]


def _words(key: NameKey) -> set[str]:
    return {key.joined, key.loose, *key.core, sounding(romanise(key.loose))}
