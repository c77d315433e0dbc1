"""Many words looked up in a text at once, in one pass (Aho and Corasick 1975)."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import ahocorasick  # type: ignore[import-not-found]


class Word(NamedTuple):
    """One word found: where, and the group that it belongs to."""

    start: int
    end: int
    group: str


class Words:
    """Groups of words to look up; a word in two groups belongs to the later one."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self._automaton = ahocorasick.Automaton()
        for group, words in groups.items():
            for word in words:
                self._automaton.add_word(word, (len(word), group))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[Word]:
        """Return the words in `text` from left to right, the longest at each place, none overlapping.

        >>> [(w.start, w.end, w.group) for w in Words({"a": ["法院"], "b": ["人民法院"]}).find("市人民法院和法院")]
        [(1, 5, 'b'), (6, 8, 'a')]
        """
        longest: dict[int, tuple[int, str]] = {}
        for last, (length, group) in self._automaton.iter(text):
            start = last + 1 - length
            if start not in longest or length > longest[start][0]:
                longest[start] = (length, group)
        found, free = [], 0
        for start in sorted(longest):
            if start >= free:
                length, group = longest[start]
                free = start + length
                found.append(Word(start, free, group))
        return found
