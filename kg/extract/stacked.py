"""Issues in a table that was copied cell by cell: each cell stands on a line of its own.

The words that name the columns come first, one a line, then row after row. A row begins at its
number; the cell of measures may take several lines, every other cell takes one.
"""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.tables import COLUMNS_MIN, Row, column_kind
from kg.lexicon import load
from kg.model import Span
from kg.outline import lines

HEAD_MAX, NUMBER_HEAD_MAX = 14, 4  # characters of a line that names a column, and of the one over the numbers
NUMBER = re.compile(r"(?:第 ?)?(?:\d{1,3}|[A-Z]{1,2} ?-? ?\d{1,3}|[Ⅰ-Ⅻ]{1,3} ?- ?\d{1,2}|\d{1,2}[.-]\d{1,2}|[一二三四五六七八九十]{1,3})(?:号|项|条)?[.、]?")
CELLS = {"deadline": "cell_deadline", "status": "value_status"}  # patterns that tell a cell by its words
EMPTY = frozenset(("—", "——", "-", "--", "/", "无", "\\"))  # what stands in a cell that holds nothing


def find_stacked_rows(folded: str, stretch: Span) -> list[Row]:
    """Return the rows of a table of issues whose cells stand on lines of their own; [] where there is none.

    Args:
        folded: the whole text in one width.
        stretch: what to read.
    """
    found = lines(folded, stretch)
    head = _head(folded, found)
    if not head:
        return []
    first, kinds = head
    words = [folded[line.start:line.end] for line in found]
    names = words[first:first + len(kinds)]
    rows: list[Row] = []
    aspect: Span | None = None
    at = first + len(kinds)
    while at < len(found):
        if words[at:at + len(names)] == names:  # the head, once more on the next page
            at += len(names)
        elif NUMBER.fullmatch(words[at]):
            stop = _row_end(words, at, kinds, names)
            rows.append(_row(folded, found[at:stop], kinds, aspect))
            at = stop
        elif _is_aspect(words, at, names):
            aspect = found[at]
            at += 1
        else:
            break
    return rows


def _head(folded: str, found: Sequence[Span]) -> tuple[int, list[str]] | None:
    """Where the words that name the columns begin, and the kinds of the columns."""
    for first, line in enumerate(found):
        if line.end - line.start > NUMBER_HEAD_MAX or column_kind(folded[line.start:line.end]) != "number":
            continue
        kinds: list[str] = []
        for cell in found[first:]:
            words = folded[cell.start:cell.end]
            kind = column_kind(words)
            if len(words) > HEAD_MAX or kind == "other" or kind == "number" and kinds or load("sections").regex("table_aspect").match(words):
                break
            kinds.append("status" if kind == "measures" and kind in kinds and "status" not in kinds else kind)  # 整改举措, then 进展情况
        if len(kinds) >= COLUMNS_MIN and "problem" in kinds and "measures" in kinds:
            return first, kinds
    return None


def _is_aspect(words: Sequence[str], at: int, names: Sequence[str]) -> bool:
    """Whether a line names what the rows after it are about: the next one begins a row, or the head once more."""
    behind = words[at + 1:at + 1 + len(names)]
    return bool(load("sections").regex("table_aspect").match(words[at])) and bool(behind) \
        and (behind == names or bool(NUMBER.fullmatch(behind[0])))


def _row_end(words: Sequence[str], at: int, kinds: Sequence[str], names: Sequence[str]) -> int:
    """The line behind the row that begins at `at`: at the next number, aspect or head, or where its
    last cells tell that it is whole."""
    least = at + len(kinds)
    behind = kinds[kinds.index("measures") + 1:]
    for stop in range(at + 2, len(words)):
        if stop >= least - 1 and (NUMBER.fullmatch(words[stop]) or _is_aspect(words, stop, names) or words[stop:stop + len(names)] == names):
            return stop
        if stop >= least and behind and all(_fits(kind, word) for kind, word in zip(behind, words[stop - len(behind):stop])):
            return stop
        if stop >= least and not behind and load("sections").regex("table_end").match(words[stop]):
            return stop
    return len(words)


def _fits(kind: str, words: str) -> bool:
    """Whether a cell reads as one of a kind of column that stands behind the measures."""
    if words in EMPTY:
        return True
    if kind in CELLS:
        return bool(load("sections").regex(CELLS[kind]).match(words))
    return len(words) <= 2 * HEAD_MAX and "。" not in words


def _row(folded: str, found: Sequence[Span], kinds: Sequence[str], aspect: Span | None) -> Row:
    """A row with its cells; the lines that are no other cell's are the measures'."""
    place = kinds.index("measures")
    behind = len(kinds) - place - 1
    last = max(place, len(found) - behind)
    cells = [*found[:place], Span(found[place].start, found[last - 1].end), *found[last:]] if place < last else list(found)
    number = folded[found[0].start:found[0].end].strip(" .、")
    return Row(number, Span(found[0].start, found[-1].end), aspect,
               tuple((kind, cell) for kind, cell in zip(kinds, cells) if folded[cell.start:cell.end] not in EMPTY))
