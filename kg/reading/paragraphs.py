"""Printed lines → paragraphs: what only the width of the page broke is joined again.

A line goes on in the next one where it runs to the right margin, the next one starts at the left
margin, and both are as close and as large as lines of one paragraph. A numbered line starts
anew, unless the print shows that it does not.
"""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.lexicon import load
from kg.reading.lines import BESIDE, WIDE
from kg.reading.width import fold

SENTENCE_END = re.compile("[。！？；：!?;:][”’》）】\"')]*$")
# How much of the start of a line must stay together: it did not fit on the line before.
TOGETHER = re.compile("[“‘《（【〔(]*(?:[0-9A-Za-z@.,_%/-]+|.)[，。；：、！？”’》）】〕,.;:!?%)]*")
NARROW = 0.55  # width of a digit or a Latin letter, in sizes of the font
SLACK = 0.3
INDENT = 1.2  # sizes of the font: from here a line is indented (by two, as a rule)
SPACING = 1.25  # times the usual distance of lines: from here there is space between paragraphs
SAME_SIZE = 0.12
COMMON = 0.08  # share of the lines that make a margin
NEAR = 2  # points
NEAR_MARGIN = 1.3  # sizes of the font: a line that ends so near the margin may be full
AT_MARGIN = 0.6  # a full stop at the end may be set in half its width
JUSTIFIED = 0.8  # of the lines that end near the margin end at it
LONG = 12  # sizes of the font: a line of this length may say where the margins are
ASCII_WORD = re.compile("[A-Za-z0-9]")
NEVER_SPACED = tuple("-/_.@=&?")
STARTS_WIDE, ENDS_WIDE = re.compile(f"[{WIDE}]"), re.compile(f"[{WIDE}]$")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as printed, in points: its ends, its height above the foot of the page, the size of its characters."""

    text: str
    page: int
    left: float
    right: float
    height: float
    size: float


def join_lines(lines: Sequence[PrintedLine], ragged: bool = False) -> list[str]:
    """Return the paragraphs of a document.

    Args:
        lines: all its lines in reading order, without heads, feet and page numbers.
        ragged: whether full lines may end short of the margin for certain, as in plain text.
    """
    if not lines:
        return []
    setting = _setting(lines, ragged)
    paragraphs = [lines[0].text]
    for above, line in zip(lines, lines[1:]):
        if setting.goes_on(above, line):
            paragraphs[-1] = _joined(paragraphs[-1], line.text)
        else:
            paragraphs.append(line.text)
    return paragraphs


def _joined(above: str, line: str) -> str:
    """Two parts of a sentence; a space between Latin words only."""
    spaced = ASCII_WORD.match(line) and ASCII_WORD.match(above[-1:]) and not (above[-1:].isdigit() and line[0].isdigit())
    return f"{above} {line}" if spaced and not above.endswith(NEVER_SPACED) else above + line


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the text of one document is set.

    `pitch` is the distance of two lines of a paragraph in sizes of the font; `indents` whether
    paragraphs start indented; `flush` the kinds of numbers that nevertheless start at the margin.
    `justified`: full lines end at the margin exactly.
    """

    left: float
    right: float
    justified: bool
    pitch: float
    indents: bool
    flush: frozenset[str]

    def goes_on(self, above: PrintedLine, line: PrintedLine) -> bool:
        """Whether `line` continues the paragraph of `above`."""
        if abs(above.size - line.size) > SAME_SIZE * line.size or not self.is_close(above, line):
            return False
        if BESIDE in above.text + line.text:  # the cells of a table
            return False
        if self.is_centred(line) and self.is_even(above):
            return self.has_no_room(above.right - above.left, line) and not SENTENCE_END.search(above.text)
        if not self.is_full(above, line):
            return False
        kind = _mark(line.text)
        if self.indents:
            return not self.is_indented(line) and kind not in self.flush
        hangs = self.is_indented(line) and not self.is_indented(above) and not _mark(above.text)
        return not kind and not hangs and not SENTENCE_END.search(above.text)

    def is_close(self, above: PrintedLine, line: PrintedLine) -> bool:
        """Whether no space parts them. Over the end of a page that cannot be told."""
        return above.page != line.page or 0 < (above.height - line.height) / line.size < self.pitch * SPACING

    def is_full(self, above: PrintedLine, line: PrintedLine) -> bool:
        """Whether a line runs to the right margin."""
        if self.justified:
            return self.right - above.right < AT_MARGIN * above.size
        return self.has_no_room(above.right - self.left, line)

    def has_no_room(self, used: float, line: PrintedLine) -> bool:
        """Whether what starts `line` had no room any more where `used` of the width was taken."""
        start = TOGETHER.match(line.text)
        need = sum(1 if STARTS_WIDE.match(c) else NARROW for c in start[0]) if start else 1
        return self.right - self.left - used < (need + SLACK) * line.size

    def is_indented(self, line: PrintedLine) -> bool:
        """Whether a line starts to the right of the margin."""
        return line.left > self.left + INDENT * line.size

    def is_centred(self, line: PrintedLine) -> bool:
        """Whether a line stands in the middle, with room on both sides."""
        return self.is_indented(line) and self.is_even(line)

    def is_even(self, line: PrintedLine) -> bool:
        """Whether a line has the same room on both sides."""
        return abs(line.left - self.left - (self.right - line.right)) < line.size


def _setting(lines: Sequence[PrintedLine], ragged: bool) -> _Setting:
    right = margin_of((line.right for line in lines if line.right - line.left > LONG * line.size), max)
    left = margin_of((line.left for line in lines if line.left < right), min)
    close = [right - line.right for line in lines if abs(right - line.right) < NEAR_MARGIN * line.size]
    justified = not ragged and len(close) > 2 and sum(room < NEAR for room in close) > JUSTIFIED * len(close)
    bare = _Setting(left, right, justified, 99.0, False, frozenset())
    pairs = [(above, line) for above, line in zip(lines, lines[1:])
             if above.page == line.page and above.height > line.height and abs(above.size - line.size) < SAME_SIZE * line.size]
    full = [(above, line) for above, line in pairs if bare.is_full(above, line)]
    pitch = _most_common([(above.height - line.height) / line.size for above, line in full or pairs], 2.0)
    starts = [line for above, line in pairs if not bare.is_full(above, line)]
    indents = 2 * sum(map(bare.is_indented, starts)) > len(starts)
    flush = frozenset(_mark(start.text) for start in starts if not bare.is_indented(start)) - {""}
    return _Setting(left, right, justified, pitch, indents, flush)


def _mark(text: str) -> str:
    """The kind of number or label that a line begins with, "" for none."""
    folded, outline = fold(text), load("outline")
    if match := outline.regex("mark").match(folded):
        return match.lastgroup or ""
    return "label" if outline.regex("label").match(folded) else ""


def margin_of(places: Iterable[float], choose: Callable[[Iterable[int]], int]) -> float:
    """The outermost place, to a point or two, where more than a few lines start or end."""
    counts = Counter(map(round, places))
    near = {place: sum(counts[place + step] for step in range(-NEAR, NEAR + 1)) for place in counts}
    needed = max(2, COMMON * sum(counts.values()))
    return float(choose([place for place, count in near.items() if count >= needed] or list(counts) or [0]))


def _most_common(values: Sequence[float], otherwise: float) -> float:
    counts = Counter(round(value, 1) for value in values)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else otherwise
