"""Bodies that act or are acted on: where a name begins and ends, and the part it plays.

A name ends in a word that names kinds of bodies (法院, 科, 领导小组 …) and runs left to the last
word that never stands inside a name (由, 会同, 督促 …) or to punctuation. What it plays follows
from the words before and after it.
"""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kg.extract.context import MASK, Context
from kg.lexicon import POINT_SIGNS, load
from kg.lexicon.overlay import per_lexicon
from kg.lexicon.words import Words
from kg.model import Span

KINDS = ("court", "party", "discipline", "government", "working_group", "research", "department", "other")
NAME_MAX = 32  # characters; the longest of 150 names in three notices has 27
JOINED_KINDS = ("department", "government")
PART_KINDS = ("department", "party", "discipline", "working_group")  # what is named right after a body is a part of it
JOINTS, CLOSING = "和与及", ("》", ")", "”")
OWN = ("我", "本", "该")  # 我院与…: a body of its own
JOINED_MAX = 6  # characters before the joint: 工业和信息化局, 农业农村和水务局
DIVIDED_GAP = 16  # characters between a body and a part of its like: 医院药事管理与药物治疗学委员会
PART_GAP = 8  # characters between a body and its part: 市中院机关青年学习小组
SHORT_NAME_MAX = 14  # of a name that ends in one character (科, 处, 站)
ONE_SIGN = "".join(map(chr, (*range(0x2460, 0x249C), *range(0x24F5, 0x24FF), *range(0x2776, 0x2794), *range(0x3220, 0x322A))))  # numbers of one character: ① ⑵ ⒊ ㈣
PUNCTUATION = ONE_SIGN + " ,。;:、!?()[]【】《》“”\"\n\r|\t—" + POINT_SIGNS + MASK
RUN_MAX = 64  # characters without punctuation; twice as long as any name
RUN = re.compile(f"[^{re.escape(PUNCTUATION)}]{{0,{RUN_MAX}}}")
SEES_AFTER = 24  # characters after a name that tell whether it stands for a body


class Name(NamedTuple):
    """The name of a body in the text. `head` is its last head word; `joined` one has others before
    it: 市高法院执行局. One that is `called` follows a word for what it is: 施工单位某某公司."""

    span: Span
    kind: str
    head: str
    joined: bool = False
    called: bool = False


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
        boundaries = Boundaries(self.context)
        last: Name | None = None
        for head in _found_heads(text):
            if last and head.end <= last.span.end:
                continue
            name = _name(text, head, boundaries, last)
            if name is None:
                continue
            if second := _regex("second_name").match(text[name.span.end:name.span.end + SEES_AFTER]):
                name = name._replace(span=Span(name.span.start, name.span.end + second.end()))
            if last and name.called:
                last = name
                continue
            if last and name.span.start <= last.span.end:
                last = Name(Span(min(last.span.start, name.span.start), name.span.end), name.kind, name.head, True)
                continue
            if last:
                yield last
            last = name
        if last:
            yield last

    def _stands_for_body(self, name: Name) -> bool:
        """Whether a name means a body: not a quoted phrase, a place being set up, or part of a rule's name."""
        text, (start, end) = self.context.masked, name.span
        before = text[max(0, start - 6):start]
        return not (_is_generic(text, name) or before.endswith(_list("calls_short")) or _regex("file_number").match(text[end:end + SEES_AFTER]) or self.context.is_quoted(name.span)
                    or name.head in _list("places_made") and before.endswith(_list("makes_place"))
                    or before.endswith(_list("of_rule")) and _regex("rule_after").match(text[end:end + SEES_AFTER]))


@per_lexicon
def _list(name: str) -> tuple[str, ...]:
    return load("organizations").lists[name]


@per_lexicon
def _regex(name: str) -> re.Pattern[str]:
    return load("organizations").regex(name)


class HeadWord(NamedTuple):
    """A word that ends names of bodies of one kind (法院, 科, 领导小组), and the characters before
    and after it that make it part of another word: 干部, 办案. `shape`: what a name that ends in it is like."""

    word: str
    kind: str
    not_before: str = ""
    not_after: str = ""
    shape: re.Pattern[str] | None = None


class Head(NamedTuple):
    """A head word in the text."""

    start: int
    end: int
    word: HeadWord


@per_lexicon
def _head_words() -> Words[HeadWord]:
    lexicon = load("organizations")
    before, after = lexicon.maps["not_before_head"], lexicon.maps["not_after_head"]
    shapes = {pattern.fields["head"]: pattern.regex for pattern in lexicon.patterns.values() if "head" in pattern.fields}
    return Words({word: HeadWord(word, kind, before.get(word, ""), after.get(word, ""), shapes.get(word))
                  for kind in reversed(KINDS) for word in lexicon.lists[kind]})


def _found_heads(text: str) -> list[Head]:
    """The head words of `text`, with 财政 where it stands for the bureau (与市财政沟通) and 科委 where it is no 科."""
    lexicon = load("organizations")
    finance = [Head(m.start() - 1, m.end(), HeadWord(text[m.start() - 1:m.end()], "government"))
               for m in lexicon.scanner("finance").finditer(text, 0, len(text))]
    schools = [Head(m.start(), m.end(), HeadWord(m[0], "other")) for m in lexicon.scanner("school_number").finditer(text, 0, len(text))]
    same = [Head(m.end() - 1, m.end(), HeadWord(m["head"], "other")) for m in lexicon.scanner("same_body").finditer(text, 0, len(text))]
    own = [Head(m.start(), m.end(), HeadWord(m[0], "other")) for m in lexicon.scanner("own_body").finditer(text, 0, len(text))]
    found = [Head(*head) for head in _head_words().find(text)]
    commissions = [Head(*m.span(), HeadWord(m[0], "government")) for m in lexicon.scanner("commission").finditer(text, 0, len(text))]
    if own or commissions:
        ends, starts = {head.end for head in own}, {head.start for head in commissions}
        found = [head for head in found if head.end not in ends and head.start not in starts]
    places = {head.start for head in found}
    more = finance + own + commissions + [head for head in same + schools if head.start not in places]
    return sorted(found + more) if more else found


# How far a boundary word reaches: no name runs over it, or not even that of a working group, or
# it is none because it is part of names.
ALL, STRONG, NAME = 1, 2, 0


@per_lexicon
def _boundary_words() -> Words[int]:
    lists = load("organizations").lists
    return Words({word: reach for key, reach in (("boundary", ALL), ("boundary_strong", STRONG), ("name_words", NAME))
                  for word in lists[key]})


def holds_boundary(name: str) -> bool:
    """Whether `name` holds a word that no name runs over: 入选省 is no province."""
    return any(reach for _, _, reach in _boundary_words().find(name))


def after_boundary(words: str) -> str:
    """What stands after the last word that no name runs over: 督促某公司 → 某公司."""
    return words[max((end for _, end, reach in _boundary_words().find(words) if reach and end < len(words)), default=0):]


class Boundaries:
    """The ends of what no name runs over: signs, and words. They are looked up only where a head
    word stands, in the run of characters between two signs, and kept for the heads that follow."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._lexicon = _boundary_words()
        self._run = Span(0, 0)
        self._words: list[tuple[int, int]] = []

    def before(self, at: int, kind: str) -> int:
        """Return the last boundary at or before `at` for a name of this kind."""
        start = self._context.back(RUN, at)
        if start != self._run.start or at > self._run.end:
            self._read(Span(start, RUN.match(self._context.masked, at).end()))  # type: ignore[union-attr]
        least = STRONG if kind == "working_group" else ALL
        return next((end for end, reach in self._words if end <= at and reach >= least), start)

    def _read(self, run: Span) -> None:
        """Look up the words of a run, the last first."""
        masked = self._context.masked
        found = [(end, reach) for _, end, reach in self._lexicon.find(masked[run.start:run.end])]
        between = [(m.end() - run.start, ALL) for m in load("organizations").scanner("between_bodies").finditer(masked, run.start, run.end)]
        found = sorted(found + between) if between else found
        self._run, self._words = run, [(run.start + end, reach) for end, reach in reversed(found)]


def _name(text: str, head: Head, boundaries: Boundaries, last: Name | None) -> Name | None:
    at, end, word = head
    if word.word.startswith(("我", "本")):
        return Name(Span(at, end), word.kind, word.word)
    if _is_part_of_word(text, head):
        return None
    boundary = _over_joint(text, boundaries.before(at, word.kind), head, boundaries)
    start = max(boundary, at - NAME_MAX)
    called = last is not None and boundary == last.span.end < end - 2 and text.endswith(_list("called"), 0, boundary)
    if last and not called and (last.span.start < start < last.span.end or start <= last.span.start and word.kind != "working_group"):
        return _after_last(text, head, last)
    if start == at and text.startswith(")", at - 1):
        start = _with_bracket(text, head, boundaries)
    start = _trimmed(text, start, end)
    if text.startswith("该", start - 1) and start:
        return Name(Span(start - 1, end), word.kind, word.word)
    if end - start < 2 or at and text[at - 1].isdecimal() or word.shape and not word.shape.match(text[start:end]):
        return None
    if (len(word.word) == 1 or word.word == "中心") and not _is_short_name(text, Span(start, end), boundary, last):
        return None
    return Name(Span(start, end), word.kind, word.word, called=called)


def _is_part_of_word(text: str, head: Head) -> bool:
    word = head.word
    return (bool(word.not_before) and head.start > 0 and text[head.start - 1] in word.not_before
            or bool(word.not_after) and head.end < len(text) and text[head.end] in word.not_after
            and not text.startswith(_list("after_head"), head.end))


def _over_joint(text: str, boundary: int, head: Head, boundaries: Boundaries) -> int:
    """Go on over 和 or 与 inside a name: 清算与破产审判庭, 农业农村和水务局. Two bodies are joined
    where the first ends in a head word, or stands after a word that takes something else, or the
    second begins with a place."""
    word = head.word
    if word.kind not in JOINED_KINDS and word.word not in _list("joined_heads") or boundary < 2 or text[boundary - 1] not in JOINTS:
        return boundary
    before = boundaries.before(boundary - 1, word.kind)
    first = text[before:boundary - 1]
    if first[:1] in OWN:
        return boundary
    opens = before == 0 or text[before - 1] in PUNCTUATION or text.endswith(_list("takes_body"), 0, before)
    ends_in_head = any(end == len(first) for _, end, _ in _head_words().find(first))
    is_one = opens and 2 <= len(first) <= JOINED_MAX and not ends_in_head and not load("places").regex("county").match(text, boundary, head.end)
    return before if is_one else boundary


def _after_last(text: str, head: Head, last: Name) -> Name | None:
    """A head after another with no boundary between: a part of that body (法院 + 执行局), or its
    like further on (公安局 … 财政局 have punctuation between, so are not met here)."""
    between = text[last.span.end:head.start]
    if _regex("other_words").search(between) or between and last.head == "事务所":
        return None
    if len(between) <= _reach(text, head, last):
        return Name(Span(last.span.end, head.end), head.word.kind, head.word.word)
    return None


def _reach(text: str, head: Head, last: Name) -> int:
    """How many characters may stand between a body and a head for the head to name a part of it."""
    lexicon, word = load("organizations"), head.word.word
    if word.startswith(("纪检", "办事处")) and lexicon.regex("resident").match(text, last.span.end):
        return NAME_MAX
    if word.endswith(tuple(lexicon.maps["divided"].get(last.head, "\0").split())):
        return DIVIDED_GAP
    return PART_GAP if _is_part(text, head.word, last) else 0


def _is_part(text: str, head: HeadWord, last: Name) -> bool:
    """Whether what is named right after a body is a part of it: by its kind or its word, or by the body."""
    whole = text[last.span.start:last.span.end]
    if head.kind in PART_KINDS or head.word in _list("branches") or whole in _generic():  # 学校国有资产管理委员会
        return True
    follows = (parts for ending, parts in load("organizations").maps["parts"].items() if whole.endswith(ending))
    return any(parts == "*" or head.word in parts.split() for parts in follows) \
        or head.word == "局" and bool(_regex("national_system").match(whole)) \
        or bool(_regex("attached").match(text, last.span.end))


def _with_bracket(text: str, head: Head, boundaries: Boundaries) -> int:
    """Take in a bracket that stands inside a name: 新区(保税区)法院."""
    opening = text.rfind("(", max(0, head.start - NAME_MAX), head.start)
    before = boundaries.before(opening, head.word.kind) if opening > 0 else opening
    return before if 0 <= before < opening else head.start


def _trimmed(text: str, start: int, end: int) -> int:
    """Leave off what counts or limits the bodies and is no part of a name: 部分, 14次, 系统谋划(全市…)."""
    while start < end and (text[start] in PUNCTUATION or text[start] in JOINTS and text[start - 1:start] in CLOSING):
        start += 1
    if leading := _regex("leading").match(text[start:end]):
        start += leading.end()
    counted = _regex("counted_from").search(text, start + 1, end)
    return counted.start() if counted and not text[start:counted.start()].endswith(_list("wholes")) else start


def _is_short_name(text: str, span: Span, boundary: int, last: Name | None) -> bool:
    """Whether a name in one character stands where bodies stand: first in a clause, after a word
    that takes a body, or in a list of bodies; not where one is being set up."""
    if not 3 <= span.end - span.start <= SHORT_NAME_MAX or text[max(0, boundary - 2):boundary] in _list("makes_place") \
            or text[span.start] in "一两" or text[span.end - 3:span.end] in _list("middles"):
        return False
    before = text[max(0, boundary - 1):boundary]
    return before != "、" or bool(last and last.span.end == boundary - 1) or text.endswith(_list("leads"), 0, boundary - 1)


@per_lexicon
def _generic() -> frozenset[str]:
    return frozenset(_list("generic"))


def _is_generic(text: str, name: Name) -> bool:
    words = text[name.span.start:name.span.end]
    if _regex("counted").sub("", words) in _generic():
        return True
    return name.kind in ("party", "discipline") and words.endswith(("党组", "支部", "党委", "纪委")) and \
        bool(_regex("person_after").match(text[name.span.end:name.span.end + SEES_AFTER])) and not name.joined
