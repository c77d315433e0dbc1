"""Bodies that act or are acted on: where a name begins and ends, and the part it plays.

A name ends in a word that names kinds of bodies (法院, 科, 领导小组 …) and runs left to the last
word that never stands inside a name (由, 会同, 督促 …) or to punctuation. What it plays follows
from the words before and after it.
"""
from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from kg.extract.context import MASK, Context
from kg.lexicon import load
from kg.lexicon.words import Word, Words
from kg.model import Span

KINDS = ("court", "party", "discipline", "government", "working_group", "research", "department", "other")
NAME_MAX = 32  # characters; the longest of 150 names in three notices has 27
CENTRES = frozenset(("市中心", "县中心", "区中心", "城中心", "为中心", "镇中心"))
PART_GAP = 8  # characters between a body and its part: 市中院机关青年学习小组
SHORT_NAME_MAX = 14  # of a name that ends in one character (科, 处, 站)
PERSON_AFTER = re.compile(r"书记|副书记|成员|委员(?!会)|领导(?!班子|小组)|政府")
PUNCTUATION = " ,。;:、!?()[]【】《》“”\"\n\r①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳" + MASK
SIGN = re.compile(f"[{re.escape(PUNCTUATION)}]")
# Firms in general are nobody; 2家物业企业 are bodies that a measure reached.
COUNTED = re.compile(r"\d+(?:余|多)?(?:家|户|个)|各|所属|下属|直属|[局厅县市]属")
LEADING = re.compile(r"^(?:第?[\d.]+(?:次|年(?:度|初|末)?|月)|部分|全体|更多|个别)")
WHOLE = re.compile(r"全市|全省|全区|全县|全州|全系统|各(?!级人民政府)(?=[\u4e00-\u9fa5]{2})|\d+(?:余|多)?(?:家|个|名|所)")
FINANCE = re.compile("[市省区县州]财政(?![局厅部收支资预专性供])")  # 与市财政沟通: the bureau, without its last word
# 执行某地法院党建工作制度: the courts are part of the rule's name.
WHOLES = ("机关", "法院", "院", "局", "厅", "校", "公司", "集团", "系统", "直属", "所属", "下属")
FILE_NUMBER = re.compile(r" ?[〔\[] ?\d{4}")  # 云高法办〔2024〕12号 names no office
OF_RULE = re.compile(r"(?:执行|落实|遵守|将|把)$")
RULE_AFTER = re.compile(r"^(?!各|的|党)[\u4e00-\u9fa5]{2,14}?[一二三四五六七八九十两]项(?:制度|规定|纪律)")


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a body in the text. `heads` are its head words: 市高法院执行局 has two."""

    span: Span
    kind: str
    heads: tuple[str, ...]


@dataclass(frozen=True)
class Names:
    """The names of one notice, found in one pass over the text."""

    context: Context

    @cached_property
    def _all(self) -> tuple[list[Name], list[int]]:
        found = [n for n in self._scan() if self._stands_for_body(n)]
        return found, [n.span.start for n in found]

    def within(self, span: Span) -> list[Name]:
        """Return the names that begin inside `span`, in text order."""
        found, starts = self._all
        return found[bisect_left(starts, span.start):bisect_left(starts, span.end)]

    def _scan(self) -> Iterator[Name]:
        text = self.context.masked
        boundaries = _boundaries(text)
        last: Name | None = None
        for head in _found_heads(text):
            name = _name(text, head, boundaries, last)
            if name is None:
                continue
            if last and name.span.start <= last.span.end:
                last = Name(Span(min(last.span.start, name.span.start), name.span.end), name.kind, last.heads + name.heads)
                continue
            if last:
                yield last
            last = name
        if last:
            yield last

    def _stands_for_body(self, name: Name) -> bool:
        """Whether a name means a body: not a quoted phrase, a place being set up, or part of a rule's name."""
        text = self.context.masked
        before, after = text[max(0, name.span.start - 6):name.span.start], text[name.span.end:name.span.end + 24]
        return not (_is_generic(text, name) or FILE_NUMBER.match(after) or self.context.is_quoted(name.span)
                    or name.heads[-1] in _list("places_made") and before.endswith(_list("makes_place"))
                    or OF_RULE.search(before) and RULE_AFTER.match(after))


def _list(name: str) -> tuple[str, ...]:
    return load("organizations").lists[name]


@cache
def _head_kinds() -> dict[str, str]:
    lists = load("organizations").lists
    return {word: kind for kind in reversed(KINDS) for word in lists[kind]}


@cache
def _heads() -> Words:
    groups: dict[str, list[str]] = {}
    for word, kind in _head_kinds().items():
        groups.setdefault(kind, []).append(word)
    return Words(groups)


@cache
def _boundary_words() -> Words:
    lists = load("organizations").lists
    return Words({"all": lists["boundary"], "strong": lists["boundary_strong"], "name": lists["name_words"]})


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Ends of what no name runs over, in text order: signs, words, and those words that not even
    the name of a working group runs over."""

    signs: list[int]
    words: list[int]
    strong: list[int]

    def before(self, at: int, kind: str) -> int:
        """Return the last boundary at or before `at` for a name of this kind."""
        return max(_last(self.signs, at), _last(self.strong if kind == "working_group" else self.words, at))


def _last(ends: list[int], at: int) -> int:
    found = bisect_right(ends, at)
    return ends[found - 1] if found else 0


def _boundaries(text: str) -> Boundaries:
    words = [(end, group) for _, end, group in _boundary_words().find(text) if group != "name"]
    return Boundaries([m.end() for m in SIGN.finditer(text)], [end for end, _ in words],
                      [end for end, group in words if group == "strong"])


class Head(NamedTuple):
    """A word that ends names of bodies of one kind: 法院, 科, 领导小组."""

    start: int
    end: int
    kind: str
    word: str


def _found_heads(text: str) -> list[Head]:
    """The head words of `text`, with 财政 where it stands for the bureau (与市财政沟通)."""
    finance = [(m.start(), m.end(), "government") for m in FINANCE.finditer(text)]
    return [Head(start, end, kind, text[start:end]) for start, end, kind in sorted(_heads().find(text) + finance)]


def _name(text: str, head: Head, boundaries: Boundaries, last: Name | None) -> Name | None:
    if _is_part_of_word(text, head):
        return None
    boundary = boundaries.before(head.start, head.kind)
    start = max(boundary, head.start - NAME_MAX)
    if last and last.span.start < start < last.span.end or last and start <= last.span.start and head.kind != "working_group":
        return _after_last(head, last)
    start = _extended(text, start, head, boundaries)
    span = _trimmed(text, Span(start, head.end))
    if text[max(0, head.start - 1):head.start].isdigit() or head.word == "企业" and not COUNTED.match(text, span.start):
        return None
    if (len(head.word) == 1 or head.word == "中心") and not _is_short_name(text, span, boundary, last):
        return None
    return Name(span, head.kind, (head.word,)) if span.end - span.start > 1 else None


def _is_part_of_word(text: str, head: Head) -> bool:
    before, after = text[max(0, head.start - 1):head.start], text[head.end:head.end + 1]
    return (bool(before) and before in load("organizations").maps["not_before_head"].get(head.word, "")
            or bool(after) and after in load("organizations").maps["not_after_head"].get(head.word, ""))


def _after_last(head: Head, last: Name) -> Name | None:
    """A head after another with no boundary between: a part of that body (法院 + 执行局), or its
    like further on (公安局 … 财政局 have punctuation between, so are not met here)."""
    gap = head.start - last.span.end
    is_part = head.kind in ("department", "party", "discipline", "working_group") or head.word == "巡回法庭"
    if gap <= 0 or gap <= PART_GAP and is_part:
        return Name(Span(last.span.end, head.end), head.kind, (head.word,))
    return None


def _extended(text: str, start: int, head: Head, boundaries: Boundaries) -> int:
    """Take in a bracket that stands inside a name: 新区(保税区)法院."""
    if start == head.start and text[start - 1:start] == ")":
        opening = text.rfind("(", max(0, start - NAME_MAX), start)
        before = boundaries.before(opening, head.kind) if opening > 0 else opening
        return before if 0 < before < opening else start
    return start


def _trimmed(text: str, span: Span) -> Span:
    """Leave off what counts or limits the bodies and is no part of a name: 部分, 14次, 系统谋划(全市…)."""
    start = span.start
    while start < span.end and text[start] in PUNCTUATION:
        start += 1
    if leading := LEADING.match(text[start:span.end]):
        start += leading.end()
    whole = WHOLE.search(text, start + 1, span.end)
    if whole and not text[start:whole.start()].endswith(WHOLES):
        start = whole.start()
    return Span(start, span.end)


def _is_short_name(text: str, span: Span, boundary: int, last: Name | None) -> bool:
    """Whether a name in one character stands where bodies stand: first in a clause, after a word
    that takes a body, or in a list of bodies; not where one is being set up."""
    if not 3 <= span.end - span.start <= SHORT_NAME_MAX or text[max(0, boundary - 2):boundary] in _list("makes_place") \
            or text[span.start] in "一两" or text[span.end - 3:span.end] in CENTRES:
        return False
    before = text[max(0, boundary - 1):boundary]
    return before != "、" or bool(last and last.span.end == boundary - 1)


def _is_generic(text: str, name: Name) -> bool:
    words = text[name.span.start:name.span.end]
    if words in _list("generic"):
        return True
    return name.kind in ("party", "discipline") and words.endswith(("党组", "支部", "党委", "纪委")) and \
        bool(PERSON_AFTER.match(text, name.span.end)) and len(name.heads) == 1
