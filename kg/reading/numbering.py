"""The numbers that Word prints before paragraphs and no run of text holds: 一、 （一） 1. 第1条.

Source: ECMA-376 part 1 (2016), 17.9 "Numbering" and 17.18.59 "ST_NumberFormat".
"""
from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.reading.word import Styles, WordStyle, integer, value

LEVELS = 9
DIGITS = "〇一二三四五六七八九"
FORMAL = "零壹贰叁肆伍陆柒捌玖"
BULLET = "• "  # a bullet is a sign of a font of symbols, or a letter of one: all are one to a reader
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def han(number: int) -> str:
    """Return a number in Chinese words.

    >>> [han(n) for n in (1, 10, 12, 20, 101, 110)]
    ['一', '十', '十二', '二十', '一百零一', '一百一十']
    """
    words = _units(number, DIGITS, "十百千")
    return words[1:] if words.startswith("一十") else words


def _units(number: int, digits: str, units: str) -> str:
    if not 0 < number < 10_000:
        return str(number)
    words = ""
    for place, digit in enumerate(reversed(str(number))):
        if digit != "0":
            words = digits[int(digit)] + (units[place - 1] if place else "") + words
        elif words and not words.startswith("零"):
            words = "零" + words
    return words


def _roman(number: int) -> str:
    words = ""
    for size, letters in ROMAN:
        count, number = divmod(number, size)
        words += letters * min(count, 9)
    return words


def _letters(number: int) -> str:
    """a … z, then aa, bb …"""
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9) if number > 0 else str(number)


def circled(number: int) -> str:
    """Return a number in a circle, as far as there are such characters.

    >>> circled(3), circled(21), circled(51)
    ('③', '㉑', '(51)')
    """
    for first, last, start in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= number <= last:
            return chr(ord(start) + number - first)
    return f"({number})"


def _among(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)]


def _digit_by_digit(number: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(abs(number)))


# What is not named here is printed in Arabic digits.
FORMS: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
                     "taiwaneseCountingThousand", "koreanCounting"), han),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2"), _digit_by_digit),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese", "ideographEnclosedCircle"), circled),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"),
                    lambda number: _units(number, FORMAL, "拾佰仟")),
    "decimalEnclosedParen": lambda number: f"({number})", "decimalEnclosedFullstop": lambda number: f"{number}.",
    "decimalZero": lambda number: f"{number:02}", "numberInDash": lambda number: f"- {number} -",
    "ideographTraditional": _among(STEMS), "ideographZodiac": _among(BRANCHES),
    "upperLetter": lambda number: _letters(number).upper(), "lowerLetter": _letters,
    "upperRoman": lambda number: _roman(number).upper(), "lowerRoman": _roman,
    "none": lambda number: "",
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, in which form it counts, and the text around the number.

    `restart` is the level (from 1) whose use starts this one anew, 0 for none, None for any above;
    `legal` prints all numbers in Arabic digits; `style` is the paragraph style tied to the level.
    """

    start: int
    form: str
    text: str
    restart: int | None
    legal: bool
    style: str | None


@dataclass(frozen=True, slots=True)
class List:
    """What one `w:num` stands for: the count it shares, its levels, the levels it starts anew."""

    count: str
    levels: Mapping[int, Level]
    anew: Mapping[int, int]


class Numbering:
    """The numbers of one document, counted on paragraph by paragraph in document order."""

    def __init__(self, root: Any, styles: Styles) -> None:
        """Take the lists from `root`, the numbering part, or None where the document has none."""
        self.styles = styles
        self.lists = {} if root is None else dict(_lists(root, styles))
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()

    def number(self, own: Any, style: WordStyle) -> str:
        """Return the number that the next paragraph gets, as printed; "" for none.

        Args:
            own: the `w:numPr` of the paragraph itself, or None.
            style: its style.
        """
        chain = list(self.styles.chain(style))
        list_id = value(own, "numId") or next((s.list_id for s in chain if s.list_id), None)
        listed = self.lists.get(list_id or "")
        if listed is None or list_id is None:
            return ""
        depth = _depth(value(own, "ilvl"), chain, listed)
        return self._count(list_id, listed, depth) if depth in listed.levels else ""

    def _count(self, list_id: str, listed: List, depth: int) -> str:
        count = self.counts.setdefault(listed.count, {})
        start = listed.anew.get(depth, listed.levels[depth].start)
        if depth in listed.anew and (list_id, depth) not in self.begun:
            self.begun.add((list_id, depth))
            count[depth] = start
        else:
            count[depth] = count[depth] + 1 if depth in count else start
        for below, level in listed.levels.items():
            if below > depth and (level.restart is None or depth < level.restart):
                count.pop(below, None)
        return _printed(listed, depth, count)


def _depth(own: str | None, chain: list[WordStyle], listed: List) -> int:
    """The level: the paragraph's own, else the one tied to its style, else that of the style."""
    if own is not None:
        return integer(own, 0)
    for style in chain:
        for depth, level in listed.levels.items():
            if level.style == style.id:
                return depth
    return next((style.depth for style in chain if style.depth is not None), 0)


def _printed(listed: List, depth: int, count: Mapping[int, int]) -> str:
    level = listed.levels[depth]
    if level.form == "bullet":
        return BULLET

    def number(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        at = listed.levels.get(place, level)
        form = "decimal" if level.legal else at.form
        return FORMS.get(form, str)(count.get(place, at.start))
    return re.sub(r"%([1-9])", number, level.text).strip()


def _lists(root: Any, styles: Styles) -> Iterator[tuple[str, List]]:
    outlines = {value(outline, "@abstractNumId") or "": outline for outline in root.iterfind("{*}abstractNum")}
    by_style = {value(outline, "styleLink"): key for key, outline in outlines.items() if value(outline, "styleLink")}
    kept = {value(num, "@numId") or "": value(num, "abstractNumId") or "" for num in root.iterfind("{*}num")}
    for num in root.iterfind("{*}num"):
        list_id, key = value(num, "@numId") or "", value(num, "abstractNumId") or ""
        if key in outlines and (link := value(outlines[key], "numStyleLink")):
            # The list is that of a numbering style: through its own numPr, or the outline that names it.
            key = by_style.get(link) or kept.get(styles.list_of(link) or "", "")
        if key not in outlines or list_id == "0":
            continue
        changes = {integer(value(change, "@ilvl"), 0): change for change in num.iterfind("{*}lvlOverride")}
        levels = dict(_levels(outlines[key])) | {
            depth: _level(change.find("{*}lvl")) for depth, change in changes.items() if change.find("{*}lvl") is not None}
        anew = {depth: integer(start, 1) for depth, change in changes.items()
                if (start := value(change, "startOverride")) is not None}
        yield list_id, List(key, levels, anew)


def _levels(outline: Any) -> Iterator[tuple[int, Level]]:
    for level in outline.iterfind("{*}lvl"):
        depth = integer(value(level, "@ilvl"), 0)
        if 0 <= depth < LEVELS:
            yield depth, _level(level)


def _level(level: Any) -> Level:
    restart = value(level, "lvlRestart")
    forms = [value(form, "@val") for form in level.iter("{*}numFmt")]  # the last is the one that all readers know
    return Level(
        start=integer(value(level, "start"), 1), form=(forms[-1] if forms else None) or "decimal",
        text=value(level, "lvlText") or "", restart=None if restart is None else integer(restart, 0),
        legal=level.find("{*}isLgl") is not None and value(level, "isLgl") not in ("0", "false", "off"),
        style=value(level, "pStyle"))
