"""The characters that a match of a regular expression can begin with.

`re` tries a pattern at every place of a text unless it begins with plain characters. A Chinese
text has 10,000 places and a lexicon 150 patterns, so each is tried only where it can begin.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

DIGITS = frozenset("0123456789")
RANGE_MAX = 64  # a class with a wider range (any Chinese character) can begin almost anywhere
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
ZERO_WIDTH = (op.AT, op.ASSERT, op.ASSERT_NOT)

First = tuple[frozenset[str] | None, bool]  # characters (None: any), and whether it can be empty


class Scanner:
    """A regular expression that is tried only at the places of a text where it can begin."""

    def __init__(self, regex: str) -> None:
        self.regex = re.compile(regex)
        first = first_characters(regex)
        self._trigger = re.compile(f"[{re.escape(first)}]") if first else None

    def finditer(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Yield the matches in `text[start:end]`, none overlapping, as `re.finditer` does."""
        if self._trigger is None:
            yield from self.regex.finditer(text, start, end)
            return
        free = start
        for place in self._trigger.finditer(text, start, end):
            if place.start() >= free and (match := self.regex.match(text, place.start(), end)):
                free = match.end()
                yield match

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Return the first match in `text[start:end]`."""
        return next(self.finditer(text, start, end), None)


def first_characters(regex: str) -> str | None:
    """Return the characters that a match can begin with, sorted; None where it can be any.

    >>> first_characters("(?:不少于|至少) ?[0-3]"), first_characters("[^,]+次"), first_characters("第?一")
    ('不至', None, '一第')
    """
    chars, empty = _sequence(list(_parser.parse(regex)))
    return None if chars is None or empty else "".join(sorted(chars))


def _sequence(items: list[tuple[Any, Any]]) -> First:
    chars: frozenset[str] = frozenset()
    for code, value in items:
        more, empty = _item(code, value)
        if more is None:
            return None, False
        chars |= more
        if not empty:
            return chars, False
    return chars, True


def _item(code: Any, value: Any) -> First:
    if code is op.LITERAL:
        return frozenset(chr(value)), False
    if code is op.IN:
        return _members(value), False
    if code in ZERO_WIDTH:
        return frozenset(), True
    if code is op.SUBPATTERN:
        return _sequence(list(value[3]))
    if code in REPEATS:
        chars, empty = _sequence(list(value[2]))
        return chars, empty or value[0] == 0
    if code is op.BRANCH:
        return _branches([_sequence(list(branch)) for branch in value[1]])
    return None, False


def _branches(branches: list[First]) -> First:
    chars: frozenset[str] = frozenset()
    for more, _ in branches:
        if more is None:
            return None, False
        chars |= more
    return chars, any(empty for _, empty in branches)


def _members(members: list[tuple[Any, Any]]) -> frozenset[str] | None:
    chars: set[str] = set()
    for code, value in members:
        if code is op.LITERAL:
            chars.add(chr(value))
        elif code is op.RANGE and value[1] - value[0] <= RANGE_MAX:
            chars.update(map(chr, range(value[0], value[1] + 1)))
        elif code is op.CATEGORY and value is op.CATEGORY_DIGIT:
            chars |= DIGITS
        else:
            return None
    return frozenset(chars)
