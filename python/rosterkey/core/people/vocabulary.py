"""The names that occur, found again by likeness without comparing each with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from rosterkey.core.people.edits import Neighbours
from rosterkey.core.people.folding import NameKey, name_key, romanise, sounding
from rosterkey.core.people.names import Likeness, same_first_name, same_last_name
from rosterkey.core.people.short_forms import related

_SHORTEST_BEGINNING = 3


class Vocabulary:
    """The first or the last names that occur; each is named by its joined key.

    `spelling` holds for each key one spelling that stands for all of them.
    """

    def __init__(self, names: Iterable[str], compare: Callable[[str, str], Likeness]) -> None:
        self.spelling: dict[str, str] = {}
        self._compare = compare
        self._by_word: defaultdict[str, list[str]] = defaultdict(list)
        self._by_start: defaultdict[str, list[str]] = defaultdict(list)
        self._known: dict[str, frozenset[str]] = {}
        for text in names:
            key = name_key(text)
            if key.joined and key.joined not in self.spelling:
                self.spelling[key.joined] = text
                self._by_start[key.joined[:_SHORTEST_BEGINNING]].append(key.joined)
                for word in _words(key):
                    self._by_word[word].append(key.joined)
        self._near = Neighbours(self._by_word)

    @classmethod
    def of_first_names(cls, names: Iterable[str]) -> Vocabulary:
        """Words to be compared as first names: short forms and beginnings count."""
        return cls(names, same_first_name)

    @classmethod
    def of_last_names(cls, names: Iterable[str]) -> Vocabulary:
        """Words to be compared as last names."""
        return cls(names, same_last_name)

    def like(self, text: str) -> frozenset[str]:
        """The keys of the names that are alike to `text`; the answer is kept for the next time."""
        if text not in self._known:
            found = self._maybe_like(name_key(text))
            self._known[text] = frozenset(
                k for k in found if self._compare(self.spelling[k], text).alike
            )
        return self._known[text]

    def _maybe_like(self, key: NameKey) -> set[str]:
        words = _words(key)
        words.update(near for word in tuple(words) for near in self._near.of(word))
        words.update(key.joined[:1])
        if self._compare is same_first_name:
            words.update(kin for word in {key.joined, *key.words} for kin in related(word))
        found = {k for word in words for k in self._by_word.get(word, ())}
        return found | set(self._beginning_like(key.joined))

    def _beginning_like(self, joined: str) -> Iterable[str]:
        if len(joined) == 1:
            return [k for k in self.spelling if k.startswith(joined)]
        same_start = self._by_start.get(joined[:_SHORTEST_BEGINNING], ())
        return [k for k in same_start if k.startswith(joined) or joined.startswith(k)]


def _words(key: NameKey) -> set[str]:
    return {key.joined, key.loose, *key.core, sounding(romanise(key.loose))}
