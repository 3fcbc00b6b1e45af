"""The names that occur, found again by likeness without comparing each with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rosterkey.core.people.edits import Neighbours, with_one_less
from rosterkey.core.people.folding import NameKey, name_key, romanise, sounding
from rosterkey.core.people.short_forms import related

_SHORTEST_BEGINNING = 3
_BEGINS = "^"
"""Stands before a beginning, so that it is no word."""
_WHOLE = "="
"""Stands before the whole of a name: only what is compared as the same name is filed under it."""


class Vocabulary:
    """The first or the last names that occur; each is named by its joined key."""

    def __init__(self, names: Iterable[str], *, short_forms: bool) -> None:
        self._short_forms = short_forms
        self._by_word: defaultdict[str, set[str]] = defaultdict(set)
        self._by_core: defaultdict[str, set[str]] = defaultdict(set)
        self._by_start: defaultdict[str, set[str]] = defaultdict(set)
        self._known: dict[str, frozenset[str]] = {}
        for key in map(name_key, names):
            if key.joined:
                self._add(key)
        # Slips are looked for in the single words: those of double names are few, the pairs many.
        self._near = Neighbours(self._by_core)

    def _add(self, key: NameKey) -> None:
        self._by_start[key.joined[:_SHORTEST_BEGINNING]].add(key.joined)
        for word in _words(key):
            self._by_word[word].add(key.joined)
        for word in key.core:
            self._by_core[word].add(key.joined)

    def like(self, text: str) -> frozenset[str]:
        """The keys of the names that may be like `text`; the answer is kept for the next time.

        A name is found when it shares a word or a sound with `text`, or has a word that is one
        edit away; first names also by their short forms, beginnings and initials. Whether a name
        is found does not depend on the others.
        """
        if text not in self._known:
            key = name_key(text)
            words = _words(key)
            if self._short_forms:
                words.update(kin for word in {key.joined, *key.words} for kin in related(word))
            found = {k for word in words for k in self._by_word.get(word, ())}
            for word in {key.joined, *key.core}:
                found.update(k for near in self._near.of(word) for k in self._by_core[near])
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


def filed_under(name: str) -> set[str]:
    """The words under which a name is filed, so that all that may be like another are found."""
    key = name_key(name)
    if not key.joined:
        return set()
    words = _words(key)
    words.update(_BEGINS + key.joined[:length] for length in (1, _SHORTEST_BEGINNING))
    words.add(_WHOLE + key.joined)
    return words.union(*map(with_one_less, key.core))


def filed_whole(name: str) -> str:
    """The word under which no names are filed but those that are compared as this one."""
    return _WHOLE + name_key(name).joined


def looked_for(text: str, *, short_forms: bool) -> set[str]:
    """Words of which each name is filed under at least one that may be like `text`."""
    key = name_key(text)
    words = _words(key) | {key.joined[:1]}
    if short_forms or len(key.joined) == 1:
        words.add(_BEGINS + key.joined[:_SHORTEST_BEGINNING])
    if short_forms:
        words.update(kin for word in {key.joined, *key.words} for kin in related(word))
    return words.union(*map(with_one_less, {key.joined, *key.core}))


def _words(key: NameKey) -> set[str]:
    return {key.joined, key.loose, *key.core, sounding(romanise(key.loose))}
