"""Many words looked up in a text at once, in one pass (Aho and Corasick 1975)."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

import ahocorasick  # type: ignore[import-not-found]

T = TypeVar("T")


class Words(Generic[T]):
    """Words to look up, and what each of them stands for."""

    def __init__(self, meanings: Mapping[str, T]) -> None:
        self._automaton = ahocorasick.Automaton()
        for word, meaning in meanings.items():
            self._automaton.add_word(word, (len(word) - 1, meaning))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[tuple[int, int, T]]:
        """Return the words in `text` from left to right with their meanings, the longest at each
        place, none overlapping.

        >>> Words({"法院": 1, "人民法院": 2}).find("市人民法院和法院")
        [(1, 5, 2), (6, 8, 1)]
        """
        # Ends come in rising order, so the last word seen at a place is the longest there.
        longest = {last - before: (last + 1, meaning) for last, (before, meaning) in self._automaton.iter(text)}
        found, free = [], 0
        for start in sorted(longest):
            if start >= free:
                free, meaning = longest[start]
                found.append((start, free, meaning))
        return found
