"""The answer to a query as CSV and as JSON."""
from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kg.export.spreadsheet import csv_bytes

if TYPE_CHECKING:
    from kg.store import Cell, Rows


def to_csv(rows: Rows) -> bytes:
    """Return an answer as CSV for Excel: UTF-8 with BOM, CRLF, no cell that runs as a formula."""
    return csv_bytes(rows.columns, ([_written(cell) for cell in row] for row in rows.rows))


def to_json(rows: Rows) -> bytes:
    """Return an answer as a JSON list, one object a row."""
    found = [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def in_words(cell: Cell) -> str:
    """Return a cell as text; nothing is an empty one."""
    return str(_written(cell)) if cell is not None else ""


def _written(cell: Cell) -> str | int | float | None:
    """Truth values as SPARQL writes them."""
    return str(cell).lower() if isinstance(cell, bool) else cell
