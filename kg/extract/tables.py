"""Issues in a table: a row each, its columns named by the words of the first row.

A table comes as lines whose cells are parted by bars or tabs, as people type them and as the
rows of HTML and DOCX tables are written out.
"""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.lexicon import load
from kg.model import Span
from kg.outline import lines

COLUMNS_MIN = 3
CELL = re.compile(r"[^|\t]+")
SPACE = " \u3000\r"


@dataclass(frozen=True, slots=True)
class Row:
    """One issue of a table. `cells` are the stretches of each kind of column, in order."""

    number: str
    span: Span
    aspect: Span | None
    cells: tuple[tuple[str, Span], ...]

    def of(self, kind: str) -> list[Span]:
        """Return the cells of one kind of column."""
        return [cell for name, cell in self.cells if name == kind]


def find_rows(folded: str, body: Span) -> list[Row]:
    """Return the rows of the table of issues in `body`; [] where there is none.

    Args:
        folded: the whole text in one width.
        body: the stretch to read.
    """
    columns: list[str] = []
    rows: list[Row] = []
    aspect: Span | None = None
    for line in lines(folded, body):
        cells = list(_cells(folded, line))
        if kinds := _columns(folded, cells):
            columns = kinds
        elif columns and len(cells) == len(columns):
            rows.append(_row(folded, line, aspect, list(zip(columns, cells)), len(rows) + 1))
        elif columns and load("sections").regex("table_aspect").match(folded[line.start:line.end]):
            aspect = line
    return rows


def _cells(folded: str, line: Span) -> Iterator[Span]:
    for match in CELL.finditer(folded, line.start, line.end):
        start, end = match.span()
        while start < end and folded[start] in SPACE:
            start += 1
        while end > start and folded[end - 1] in SPACE:
            end -= 1
        yield Span(start, end)


def _columns(folded: str, cells: Sequence[Span]) -> list[str]:
    """The kinds of the columns, where a row is the head of a table of issues."""
    if len(cells) < COLUMNS_MIN:
        return []
    kinds = [column_kind(folded[cell.start:cell.end]) for cell in cells]
    return kinds if "problem" in kinds and "measures" in kinds else []


def column_kind(words: str) -> str:
    """Return what a column holds, by the words at its head; "other" where they do not tell."""
    for kind in ("number", "measures", "problem", "status", "deadline", "leader", "lead", "cooperating", "responsible"):
        if load("sections").regex(f"column_{kind}").search(words):
            return kind
    return "other"


def _row(folded: str, line: Span, aspect: Span | None, cells: Sequence[tuple[str, Span]], place: int) -> Row:
    number = next((folded[cell.start:cell.end] for kind, cell in cells if kind == "number"), "")
    return Row(number.strip(" .、") or str(place), line, aspect, tuple(c for c in cells if c[1].end > c[1].start))
