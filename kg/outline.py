"""Text → tree of numbered headings, whatever marks the notice uses.

No mark has a fixed level. A mark that is already open is a sibling of what opened it; one that
is not is a child of what stands last. What a level means (aspect, issue, measure) is decided in
`kg.extract.roles`.
"""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.lexicon import load
from kg.model import Span

HAN_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}
# A mark inside a line follows the end of a sentence; `一是` may follow a comma or colon too.
SENTENCE_END = "。;:!?】"
STOP = re.compile(r"[。;:!?,】\]〕)] {0,2}")
LABEL_ENDS = ":】]〕 "  # the last sign of a label behind a heading
STOP_IN_LINE = re.compile("[。;]")
NOTE_ENDS = (")", "】", "]", "〕")  # of what is noted behind a title: (已完成), 【完成整改】
AFTER_LABEL, IN_NUMBERS = "]〕)", ("arabic", "decimal", "dash", "dash_deep")  # 〔2024〕5、 is the number of a document
TOP = "han_dun"  # 一、 the first level of official documents (GB/T 9704-2012, 7.3.3)
# First and last of the numbers that are one character.
ONE_SIGN = (("①", "⑳"), ("⑴", "⒇"), ("⒈", "⒛"), ("㈠", "㈩"), ("❶", "❿"), ("➀", "➉"), ("➊", "➓"), ("⓵", "⓾"), ("Ⅰ", "Ⅻ"))
SERIES = ("甲乙丙丁戊己庚辛", "壹贰叁肆伍陆柒捌玖拾", "上中下")  # characters that count, from the first on
PART = "part"  # 第一部分
BARE = "bare"  # a number with nothing but space after it
SAME = {"ordinal_issue": "issue_word", "board": "aspect_word", "letter_class": "aspect_word", "measure_ordinal": "measure_word", "volume": "part"}  # other words for the same
NAMED = "named"  # a number behind a word of the notice's own: 点题1, No.1
SIGN = "sign"  # a sign before words that fill a short line, as headings do: ◆总体进展
SIGN_LINE_MAX = 40  # characters of such a line
SMALL_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
SPOKEN = ("shi", "ze", "zhua", "qi", "di", "turn")
TURNS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 0}  # the last whatever came before it
OPENING, CLOSING = "“《〈(【", "”》〉)】"
OPENED_BY = {"】": "【", "]": "[", "〕": "〔"}
SIGNS = re.compile(f"[{OPENING}{CLOSING}。]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A printed number: its kind (arabic, han_paren, shi …), what it says, and where.

    `state` are the words of a bracket before it that tell how far the rectification is."""

    kind: str
    number: str
    value: int
    span: Span
    at_line_start: bool
    state: Span | None = None

    @property
    def start(self) -> int:
        """Where what the mark numbers begins."""
        return self.state.start - 1 if self.state else self.span.start


@dataclass(frozen=True, slots=True)
class Label:
    """A label such as 整改措施: with the text that follows it up to the next label or mark."""

    word: str
    kind: str
    span: Span
    value: Span


@dataclass(slots=True)
class Node:
    """A numbered heading. `title` are its words, `span` all that belongs to it, `own` the text
    between its title and its first child."""

    mark: Mark
    title: Span
    span: Span
    own: Span
    depth: int = 0
    children: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    """The tree of one stretch of text. `lead` is the text before the first mark."""

    roots: tuple[Node, ...]
    lead: Span


def find_outline(folded: str, body: Span, marks: Sequence[Mark]) -> Outline:
    """Return the headings of `body` as a tree.

    Args:
        folded: the whole text in one width (`kg.reading.width.fold`).
        body: the stretch to read, without page furniture.
        marks: those of the whole text (`find_marks`).

    Returns:
        0..n roots in text order; offsets in code points of the whole text.
    """
    inside = [m for m in marks if m.span.within(body)]
    if not inside:
        return Outline((), body)
    return Outline(tuple(_tree(folded, inside, body)), Span(body.start, inside[0].start))


def find_marks(folded: str, body: Span) -> list[Mark]:
    """Return the marks that number something: at the start of a line, or running on in one."""
    marks: list[Mark] = []
    found = lines(folded, body)
    for line, behind in zip(found, [*found[1:], None]):
        marks += _line_marks(folded, line, behind)
    marks = _once(folded, found, marks)
    counting = {kind for kind in (BARE, NAMED) if _count_up([m.value for m in marks if m.kind == kind])}
    return [m for m in marks if m.kind not in (BARE, NAMED) or m.kind in counting]


def _once(folded: str, found: list[Span], marks: list[Mark]) -> list[Mark]:
    """Leave out headings of parts whose words fill more lines than one: a label of every issue."""
    starts = {m.span.start for m in marks if m.kind == PART and m.span.start == m.span.end}
    if not starts:
        return marks
    words = [folded[line.start:line.end] for line in found]
    times = Counter(words)
    again = {line.start for line, said in zip(found, words) if line.start in starts and times[said] > 1}
    return [m for m in marks if m.kind != PART or m.span.start not in again or m.span.end > m.span.start]


def _count_up(values: list[int]) -> bool:
    """Whether a 2 follows a 1: numbers, and not amounts."""
    return 1 in values and 2 in values[values.index(1):]


def lines(text: str, body: Span) -> list[Span]:
    """Return the lines of `body` that hold text, without the space around them."""
    found, start = [], body.start
    while start < body.end:
        stop = text.find("\n", start, body.end)
        stop = body.end if stop < 0 else stop
        line = text[start:stop]
        stripped = line.strip()
        if stripped:
            left = start + len(line) - len(line.lstrip())
            found.append(Span(left, left + len(stripped)))
        start = stop + 1
    return found


def _line_marks(folded: str, line: Span, behind: Span | None) -> list[Mark]:
    """The marks of a line; `behind` is the next line."""
    pattern, bullet = load("outline").regex("mark"), load("outline").regex("bullet")
    start = bullet.match(folded, line.start, line.end).end()  # type: ignore[union-attr]
    state = load("outline").regex("state_before").match(folded, start, line.end)
    start = state.end() if state else start
    first = pattern.match(folded, start, line.end) or load("outline").regex("bare").match(folded, start, line.end)
    if first is None and (named := load("outline").regex("named").match(folded, start, line.end)):
        mark = Mark(NAMED, named["word"] + named["number"], int(named["number"]), Span(*named.span()), True)
        return [mark] + _in_sequence(folded, list(_inline(folded, mark.span.end, line.end)), [mark], behind)
    if first is None and start == line.start and not _point(folded, line) and _is_part(folded[line.start:line.end]):
        holds_issues = load("sections").regex("part_issues").search(folded[line.start:line.end])
        return [Mark(PART, "issues" if holds_issues else "", 0, Span(line.start, line.start), True)]
    marks = [_mark(first, True)] if first else _point(folded, line)
    if first and state:
        marks = [replace(marks[0], state=Span(*state.span("state")))]
    return marks + _in_sequence(folded, list(_inline(folded, marks[0].span.end if marks else start, line.end)), marks, behind)


def _is_part(words: str) -> bool:
    """Whether a line is the heading of a part without a number: 具体问题整改情况."""
    sections = load("sections")
    return bool(sections.regex("part_line").match(words)) and not load("outline").regex("label").fullmatch(words) \
        and any(sections.regex(f"part_{kind}").search(words) for kind in ("issues", "responsibility", "next"))


def _point(folded: str, line: Span) -> list[Mark]:
    """The sign that opens an unnumbered item: ●, ■, ——."""
    match = load("outline").regex("point").match(folded, line.start, line.end)
    if match and load("outline").regex("label").match(folded, match.end(), line.end):
        return []  # ——牵头单位:…
    if not match:
        return []
    is_short = line.end - line.start <= SIGN_LINE_MAX and not STOP_IN_LINE.search(folded, line.start, line.end)
    sign = match[0].strip()
    return [Mark(SIGN + sign if is_short else "point", sign, 0, Span(*match.span()), True)]


def _inline(folded: str, start: int, end: int) -> Iterator[Mark]:
    """The marks that follow the end of a sentence; a spoken one (一是) may follow a comma too."""
    pattern = load("outline").regex("mark")
    for stop in STOP.finditer(folded, max(0, start - 1), end):
        match = pattern.match(folded, stop.end(), end)
        if match and match.start() >= start and (match.lastgroup in SPOKEN or stop[0][0] in SENTENCE_END
                                                 or stop[0][0] in AFTER_LABEL and match.lastgroup not in IN_NUMBERS):
            yield _mark(match, False)


def _in_sequence(folded: str, inline: list[Mark], before: list[Mark], behind: Span | None) -> list[Mark]:
    """Keep the marks of a line that count on: 1 with a 2 after it, there or at the start of the line behind, or one
    more than the last kept."""
    if not inline:
        return []
    then = load("outline").regex("mark").match(folded, behind.start, behind.end) if behind else None
    last = {m.kind: m.value for m in before}
    twos = {(m.kind, m.value) for m in (*inline, *((_mark(then, True),) if then else ()))}
    kept = []
    for mark in inline:
        if mark.number == "最后" and last.get(mark.kind):
            mark = replace(mark, value=last[mark.kind] + 1)
        counts_on = mark.value == last.get(mark.kind, 0) + 1
        starts = mark.value == 1 and (mark.kind, 2) in twos
        if starts or (counts_on and mark.value > 1):
            kept.append(mark)
            last[mark.kind] = mark.value
    return kept


def _mark(match: re.Match[str], at_line_start: bool) -> Mark:
    group = match.lastgroup or ""
    number = match["issue_number" if group == "issue_word" else group]
    kind = SAME.get(group, group)
    return Mark(kind, number.strip(), number_value(number), Span(match.start(), match.end()), at_line_start)


def number_value(number: str) -> int:
    """Return what a printed number counts; of `2.13` the last part.

    >>> number_value("二十三"), number_value("③"), number_value("⑵"), number_value("2.13")
    (23, 3, 2, 13)
    """
    number = number.strip()
    if number in SMALL_ROMAN:
        return SMALL_ROMAN.index(number) + 1
    if number in TURNS:
        return TURNS[number]
    if number.isascii() and number.isalpha():
        return ord(number.lower()) - ord("a") + 1
    if series := next((s for s in SERIES if number[:1] and number[:1] in s), None):
        return series.index(number[0]) + 1
    for first, last in ONE_SIGN:
        if first <= number <= last:
            return ord(number) - ord(first) + 1
    if number[-1:].isdigit():
        return int(re.split(r"\D", number)[-1])
    hundreds, _, rest = number.replace("零", "").rpartition("百")
    tens, has_ten, units = rest.rpartition("十")
    ten = (HAN_DIGITS.get(tens, 1) if has_ten else 0) * 10
    return HAN_DIGITS.get(hundreds, 0) * 100 + ten + HAN_DIGITS.get(units, 0)


def _tree(folded: str, marks: list[Mark], body: Span) -> list[Node]:
    roots: list[Node] = []
    stack: list[Node] = []
    ends = _ends(marks, body)
    for mark, end in zip(marks, ends):
        title = heading_of(folded, mark.span.end, end)
        node = Node(mark, title, Span(mark.start, end), Span(title.end, end))
        while mark.at_line_start and stack and stack[-1].mark.kind in SPOKEN and not stack[-1].mark.at_line_start:
            stack.pop()  # 一是 within a paragraph holds no later line
        _close_above(stack, mark.kind)
        node.depth = len(stack)
        (stack[-1].children if stack else roots).append(node)
        stack.append(node)
    for root in roots:
        _close(root)
    return roots


def _close_above(stack: list[Node], kind: str) -> None:
    """Close what a new mark ends: all down to its like; everything where it is 一、, which stands
    above all others even on a page that lost the first of them; only 第一部分 holds it, or the
    heading of the part about the issues."""
    if kind in (TOP, PART) and all(open_.mark.kind != kind for open_ in stack):
        while stack and (kind == PART or stack[-1].mark.kind != PART or not stack[-1].mark.number):
            stack.pop()
    while any(open_.mark.kind == kind for open_ in stack):
        if stack.pop().mark.kind == kind:
            break


def _ends(marks: list[Mark], body: Span) -> list[int]:
    return [m.start for m in marks[1:]] + [body.end]


def _close(node: Node) -> None:
    """Stretch a node over its children; `own` stays the text before the first of them."""
    for child in node.children:
        _close(child)
    if node.children:
        node.span = Span(node.span.start, node.children[-1].span.end)


def heading_of(folded: str, start: int, end: int) -> Span:
    """Return the words of a heading: up to its line's end, its first full stop, or a label.

    A full stop inside quotes, brackets or title marks does not end it.
    """
    while start < end and folded[start] in " ,:、.|":
        start += 1
    line_end = folded.find("\n", start, end)
    stop = end if line_end < 0 else line_end
    stop = _sentence_end(folded, start, stop)
    label = load("outline").scanner("label").search(folded, start, stop)
    if label and (label.start() > start or folded[label.start() - 1] == "|") and label[0][-1] in LABEL_ENDS and folded[label.start() - 1] in "。;, |】)”题":
        stop = label.start()
    stop = _without_stops(folded, start, stop)
    if (opened := OPENED_BY.get(folded[stop - 1:stop])) and folded.find(opened, start, stop) < 0:
        stop -= 1  # 【板块一：…】
    if folded[stop - 1:stop] in NOTE_ENDS and (note := _last_note(folded, start, stop)):
        stop = _without_stops(folded, start, note)
    return Span(start, stop)


def _without_stops(folded: str, start: int, stop: int) -> int:
    while stop > start and folded[stop - 1] in " 。:;,.|\r":
        stop -= 1
    return stop


def _last_note(folded: str, start: int, stop: int) -> int | None:
    """Where the bracket begins that ends a heading and is no part of its words: (已完成)."""
    found = [m for m in load("outline").scanner("title_note").finditer(folded, start, stop) if m.end() == stop and m.start() > start]
    return found[-1].start() if found else None


def _sentence_end(folded: str, start: int, stop: int) -> int:
    depth, last_closing = 0, None
    for sign in SIGNS.finditer(folded, start, stop):
        if sign[0] in OPENING:
            depth += 1
        elif sign[0] in CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0:
            return sign.start()
        else:  # a stop inside quotes counts where none closes after it: the text lost a mark
            last_closing = max(folded.rfind(c, start, stop) for c in CLOSING) if last_closing is None else last_closing
            if sign.start() > last_closing:
                return sign.start()
    return stop
