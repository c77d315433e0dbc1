"""Plain text whose paragraphs were cut to the width of a screen or a page: they are joined again.

Text copied out of a PDF or a mail has a line end every thirty or forty characters. Such a text is
set like a printed page, so `kg.reading.paragraphs` reads it as one, of characters of one size.
"""
from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

from kg.reading.paragraphs import LONG, SENTENCE_END, PrintedLine, join_lines, margin_of

SIZE = 12.0  # points of a wide character: any would do
WIDEST = 80  # characters of a line; the paragraphs of a notice that is not cut are longer
FULL = 1.5  # wide characters: a line that ends so near the margin may be full
FEWEST = 8  # full lines: fewer are chance
LONG_SHARE = 2 / 3  # of the margin: a line of this length is long
SHARE = 0.5  # of the long lines are full in a text that is cut, the rest end paragraphs


def join_wrapped(text: str) -> str:
    """Return `text` with the paragraphs whole that were cut to one width; any other text as it is."""
    rows = text.splitlines()
    if max(map(len, rows), default=0) > WIDEST:
        return text
    as_set = [list(_printed(rows, width)) for width in (_cells, _characters)]
    full, lines = max(((_full(lines), lines) for lines in as_set), key=lambda found: found[0])
    return "\n".join(join_lines(lines, ragged=True)) + "\n" if full else text


def _cells(character: str) -> float:
    return 1 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def _characters(_: str) -> float:
    return 1


def _printed(rows: list[str], width: Callable[[str], float]) -> Iterator[PrintedLine]:
    """The rows that hold text, as printed one under the other."""
    for at, row in enumerate(rows):
        line = row.strip()
        if line:
            left = sum(map(width, row[:len(row) - len(row.lstrip())]))
            yield PrintedLine(line, 0, left * SIZE, (left + sum(map(width, line))) * SIZE, -at * SIZE, SIZE)


def _full(lines: list[PrintedLine]) -> int:
    """How many lines end at one margin; 0 where they are few, or most of them end a sentence too."""
    margin = margin_of((line.right for line in lines if line.right > LONG * SIZE), max)
    long = [line for line in lines if line.right > LONG_SHARE * margin]
    full = [line for line in long if abs(margin - line.right) < FULL * SIZE]
    open_ = [line for line in full if not SENTENCE_END.search(line.text)]
    return len(full) if len(full) >= max(FEWEST, SHARE * len(long)) and 2 * len(open_) > len(full) else 0
