"""Where each box of the whole picture stands: columns by kind, one band a branch, no physics.

A band layout reads like the ledger that auditors keep: an issue, to its right its measures, to the
right of each its documents, then what those rest on. Boxes of one column never overlap, because
every branch owns its stretch of the vertical axis. Bodies are shared by many branches; they stand in
the last columns, each as near as possible to what it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

CARD_WIDTH = 208
COLUMN_STEP = 276
GAP = 12
FONT = 14
LINE = 20
PAD_X = 46
PAD_Y = 18
LINES = 2
NO_LINE_START = "，。、；：？！）》〉”’】％%),.;:!?"
NO_LINE_END = "（《〈“‘【("


@dataclass(frozen=True)
class Box:
    """One box to place: its column, its height, and whether many branches share it."""

    column: int
    height: int
    shared: bool = False


def place(boxes: Sequence[Box], links: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the centre (x, y) of each box, in pixels at scale 1.

    Args:
        boxes: in reading order; the first branch to link to a box owns it.
        links: pairs of indexes into `boxes`, from left to right; others are ignored.

    Returns:
        One pair for each box. Boxes of one column are at least `GAP` apart.
    """
    neighbours = [(a, b) for a, b in links if boxes[a].column < boxes[b].column]
    children = _first_parents(boxes, neighbours)
    centres = _bands(boxes, children)
    _shared(boxes, neighbours, centres)
    ranks = {column: rank for rank, column in enumerate(sorted({box.column for box in boxes}))}
    return [(ranks[box.column] * COLUMN_STEP, round(y)) for box, y in zip(boxes, centres)]


def card_height(label: str, lines: int = LINES, width: int = CARD_WIDTH) -> int:
    """Return the height of a card that shows this label in at most so many lines."""
    return min(lines, len(wrap(label, width - PAD_X))) * LINE + PAD_Y


def wrap(label: str, width: int) -> list[str]:
    """Break a label into lines of at most `width` pixels at 14 px type, as the page does.

    Chinese breaks between any two characters except before closing punctuation, which hangs, and
    after opening; Latin words and numbers stay whole unless longer than a line.

    >>> wrap("严格执行审限", 56)
    ['严格执行', '审限']
    >>> wrap("严格执行《审限》", 98)
    ['严格执行《审限》']
    """
    room = width * 100 // FONT
    lines: list[str] = []
    line, used = "", 0
    for piece in _pieces(label, room):
        size = sum(em(c) for c in piece)
        if used + size > room and line and piece not in NO_LINE_START:
            kept = line.rstrip(NO_LINE_END)
            carried = line[len(kept):] if kept else ""
            lines.append(kept or line)
            line, used = carried, sum(em(c) for c in carried)
        line += piece
        used += size
    return [*lines, line] if line or not lines else lines


@cache
def em(character: str) -> int:
    """Return the width of a character in hundredths of an em, rather too wide than too narrow."""
    if character >= "\u2e80" or character in "“”‘’…—":
        return 100
    return 72 if character.isupper() or character in "mw%@" else 57


def _pieces(label: str, room: int) -> list[str]:
    pieces: list[str] = []
    word = ""
    for character in label:
        if em(character) < 100 and character not in " -/,.;:":
            if sum(em(c) for c in word) + em(character) > room:
                pieces.append(word)
                word = ""
            word += character
            continue
        if word:
            pieces.append(word)
            word = ""
        pieces.append(character)
    return [*pieces, word] if word else pieces


def _first_parents(boxes: Sequence[Box], links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the children that each box owns: those it is the first to link to, nearest column first."""
    owner: dict[int, int] = {}
    for a, b in links:
        if boxes[b].shared:
            continue
        known = owner.get(b)
        if known is None or boxes[a].column > boxes[known].column:
            owner[b] = a
    children: list[list[int]] = [[] for _ in boxes]
    for b in sorted(owner):
        children[owner[b]].append(b)
    return children


def _bands(boxes: Sequence[Box], children: Sequence[Sequence[int]]) -> list[float]:
    """Give every branch a band as high as its tallest column of boxes; return the centres."""
    owned = {child for mine in children for child in mine}
    heights = [0.0] * len(boxes)
    order: list[int] = []
    roots = [i for i, box in enumerate(boxes) if i not in owned and not box.shared]
    stack = roots[::-1]
    while stack:
        node = stack.pop()
        order.append(node)
        stack.extend(reversed(children[node]))
    for node in reversed(order):
        heights[node] = max(boxes[node].height + GAP, sum(heights[child] for child in children[node]))
    tops = [0.0] * len(boxes)
    top = 0.0
    for root in roots:
        tops[root] = top
        top += heights[root]
    for node in order:
        inner = tops[node] + (heights[node] - sum(heights[child] for child in children[node])) / 2
        for child in children[node]:
            tops[child] = inner
            inner += heights[child]
    return [t + h / 2 for t, h in zip(tops, heights)]


def _shared(boxes: Sequence[Box], links: Sequence[tuple[int, int]], centres: list[float]) -> None:
    """Put each shared box at the mean height of what links to it, then push apart down the column."""
    pulls: Mapping[int, list[float]] = {i: [] for i, box in enumerate(boxes) if box.shared}
    for a, b in links:
        if b in pulls and not boxes[a].shared:
            pulls[b].append(centres[a])
    columns: dict[int, list[int]] = {}
    for i, heights in pulls.items():
        centres[i] = sum(heights) / len(heights) if heights else 0.0
        columns.setdefault(boxes[i].column, []).append(i)
    for members in columns.values():
        members.sort(key=lambda i: (centres[i], i))
        floor = -boxes[members[0]].height / 2
        for i in members:
            half = boxes[i].height / 2
            centres[i] = max(centres[i], floor + half)
            floor = centres[i] + half + GAP
