"""The characters that a match of a regular expression can begin with.

`re` tries a pattern at every place of a text unless it begins with plain characters. A Chinese
text has 10,000 places and a lexicon 150 patterns, so each is tried only where it can begin: where
its first two characters can stand.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from re import _compiler, _constants as op, _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple, cast

DIGITS = frozenset("0123456789")
RANGE_MAX = 64  # a class with a wider range (any Chinese character) can begin almost anywhere
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
ZERO_WIDTH = (op.AT, op.ASSERT, op.ASSERT_NOT)

Chars = frozenset[str] | None  # None: any


class First(NamedTuple):
    """What part of a regex can match: its first and its second characters, and whether it can
    match a single character, or nothing."""

    first: Chars
    second: Chars
    single: bool
    empty: bool


NOTHING = First(frozenset(), frozenset(), False, True)
ANYTHING = First(None, None, True, True)


class Scanner:
    """A regular expression that is tried only at the places of a text where it can begin.

    It is parsed and compiled when it is first used: a build needs half of the lexicon, and
    compiling takes longer than reading a notice. A wrong one raises `re.error` then.
    """

    def __init__(self, source: str) -> None:
        self.source = source

    @cached_property
    def _tree(self) -> Any:
        return _parser.parse(self.source)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled regular expression."""
        return cast(re.Pattern[str], _compiler.compile(self._tree))

    @cached_property
    def _trigger(self) -> re.Pattern[str] | None:
        first, second = first_characters(self._tree)
        if first is None or self.regex.flags & re.IGNORECASE:
            return None
        return re.compile(f"[{re.escape(first)}]" + (f"(?=[{re.escape(second)}])" if second else ""))

    def finditer(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Return the matches in `text[start:end]`, none overlapping, as `re.finditer` does."""
        trigger = self._trigger
        if trigger is None:
            return self.regex.finditer(text, start, end)
        return self._triggered(trigger.finditer(text, start, end), text, start, end)

    def _triggered(self, places: Iterable[re.Match[str]], text: str, free: int, end: int) -> Iterator[re.Match[str]]:
        match_at = self.regex.match
        for place in places:
            at = place.start()
            if at >= free and (match := match_at(text, at, end)):
                free = match.end()
                yield match

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Return the first match in `text[start:end]`."""
        if self._trigger is None:
            return self.regex.search(text, start, end)
        match_at = self.regex.match
        for place in self._trigger.finditer(text, start, end):
            if match := match_at(text, place.start(), end):
                return match
        return None


def first_characters(tree: Any) -> tuple[str | None, str | None]:
    """Return the characters that a match of a parsed regex can begin with, and those that can
    follow the first of them, sorted; None where it can be any.

    >>> [first_characters(_parser.parse(regex)) for regex in ("(?:不少于|至少) ?[0-3]", "第?一", "[^,]+次")]
    [('不至', '少'), ('一第', None), (None, None)]
    """
    found = _sequence(tree)
    if found.first is None or found.empty:
        return None, None
    return _sorted(found.first), None if found.single else _sorted(found.second)


def _sorted(chars: Chars) -> str | None:
    return None if chars is None else "".join(sorted(chars))


def _sequence(items: Iterable[tuple[Any, Any]]) -> First:
    found = NOTHING
    for code, value in items:
        found = _followed(found, _item(code, value))
        if not (found.empty or found.single):
            break
    return found


def _followed(one: First, two: First) -> First:
    """What `one` can match followed by what `two` can."""
    first = _either(one.first, two.first) if one.empty else one.first
    second = _either(one.second, two.first) if one.single else one.second
    return First(first, _either(second, two.second) if one.empty else second,
                 one.single and two.empty or one.empty and two.single, one.empty and two.empty)


def _either(one: Chars, two: Chars) -> Chars:
    return None if one is None or two is None else one | two


def _item(code: Any, value: Any) -> First:
    if code is op.LITERAL:
        return First(frozenset(chr(value)), frozenset(), True, False)
    if code is op.IN:
        return First(_members(value), frozenset(), True, False)
    if code in ZERO_WIDTH:
        return NOTHING
    if code is op.SUBPATTERN:
        return _sequence(value[3])
    if code in REPEATS:
        return _repeated(_sequence(value[2]), *value[:2])
    if code is op.BRANCH:
        return _branches([_sequence(branch) for branch in value[1]])
    return ANYTHING


def _repeated(item: First, least: int, most: int) -> First:
    second = _either(item.second, item.first) if most > 1 and item.single else item.second
    return First(item.first, second, item.single, item.empty or least == 0)


def _branches(branches: list[First]) -> First:
    firsts, seconds = [b.first for b in branches], [b.second for b in branches]
    return First(_any_of(firsts), _any_of(seconds), any(b.single for b in branches), any(b.empty for b in branches))


def _any_of(sets: list[Chars]) -> Chars:
    known = [chars for chars in sets if chars is not None]
    return frozenset().union(*known) if len(known) == len(sets) else None


def _members(members: list[tuple[Any, Any]]) -> Chars:
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
