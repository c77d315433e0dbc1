"""Many words looked up in a text at once, in one pass (Aho and Corasick 1975)."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
import ahocorasick  # type: ignore[import-not-found]


Word = tuple[int, int, str]
"""Start and end of one word found, and the group that it belongs to."""


class Words:
    """Groups of words to look up; a word in two groups belongs to the later one."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self._automaton = ahocorasick.Automaton()
        for group, words in groups.items():
            for word in words:
                self._automaton.add_word(word, (len(word) - 1, group))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[Word]:
        """Return the words in `text` from left to right, the longest at each place, none overlapping.

        >>> Words({"a": ["法院"], "b": ["人民法院"]}).find("市人民法院和法院")
        [(1, 5, 'b'), (6, 8, 'a')]
        """
        # Ends come in rising order, so the last word seen at a place is the longest there.
        longest = {last - before: (last + 1, group) for last, (before, group) in self._automaton.iter(text)}
        found, free = [], 0
        for start in sorted(longest):
            if start >= free:
                free, group = longest[start]
                found.append((start, free, group))
        return found
