"""Scores as tables, JSON and Markdown."""
from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from kg.accuracy import Tally, micro_average
from kg.accuracy.answers import Scored
from kg.accuracy.compare import Outcome
from kg.export.markdown import plain, table

COLUMNS = ("field", "precision", "recall", "f1", "wanted")
TITLE_SHOWN = 14  # characters
MISS_COLUMNS = ("notice", "issue", "field", "miss", "what")


def rows(scored: Sequence[Scored]) -> list[tuple[str, ...]]:
    """Return a row for each field: precision, recall, F1 over all notices, and how many answers there are."""
    return [(field, f"{t.precision:.3f}", f"{t.recall:.3f}", f"{t.f1:.3f}", str(t.wanted))
            for field, t in micro_average(one.score.tallies for one in scored).items()]


def miss_rows(scored: Iterable[Scored]) -> list[tuple[str, ...]]:
    """Return a row for each miss: notice, issue, field, missing or wrong, and what."""
    return [(one.name, issue_of(miss), miss.field, *told(miss)) for one in scored for miss in one.score.misses]


def issue_of(miss: Outcome) -> str:
    """Return number and title of the issue of a miss, the title cut short."""
    number, title = miss.place
    return f"{number} {title[:TITLE_SHOWN]}{'…' if len(title) > TITLE_SHOWN else ''}".strip()


def told(miss: Outcome) -> tuple[str, str]:
    """Return whether something is missing or wrong, and what.

    >>> from kg.accuracy.compare import OUTSIDE
    >>> told(Outcome("court level", OUTSIDE, None, "basic", False))
    ('wrong', 'basic')
    >>> told(Outcome("document relation", OUTSIDE, "issues", "implements", False, "《章程》"))
    ('wrong', '《章程》: implements (should be: issues)')
    """
    of = f"{miss.of}: " if miss.of else ""
    if miss.found is None:
        return "missing", f"{of}{miss.wanted}"
    return "wrong", f"{of}{miss.found}" + ("" if miss.wanted is None else f" (should be: {miss.wanted})")


def to_json(scored: Sequence[Scored], misses: bool) -> bytes:
    """Return the tallies over all notices and of each, with all misses where asked for."""
    content: dict[str, object] = {"all": _numbers(micro_average(one.score.tallies for one in scored)),
                                  "notices": {one.name: _numbers(one.score.tallies) for one in scored}}
    if misses:
        content["misses"] = [dict(zip(MISS_COLUMNS, row, strict=True)) for row in miss_rows(scored)]
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _numbers(tallies: Mapping[str, Tally]) -> dict[str, dict[str, float]]:
    return {field: {"precision": t.precision, "recall": t.recall, "f1": t.f1, "right": t.right, "found": t.found,
                    "wanted": t.wanted} for field, t in tallies.items()}


def to_markdown(scored: Sequence[Scored], misses: bool) -> str:
    """Return the tallies over all notices as a Markdown table, with one of all misses where asked for."""
    tables = [markdown_table(COLUMNS, rows(scored))]
    if misses:
        tables.append(markdown_table(MISS_COLUMNS, miss_rows(scored)))
    return "\n".join(tables)


def markdown_table(columns: Sequence[str], cells: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown; whatever a cell holds stays text."""
    return table(columns, [[plain(cell) for cell in line] for line in cells]) + "\n"
