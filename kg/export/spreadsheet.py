"""Tables as CSV for a spreadsheet: nothing that it would run, and nothing that it would misread."""
from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int | float | None

# A spreadsheet takes a cell that starts with one of these for a formula; the full-width forms count in
# East Asian editions. (OWASP, CSV Injection.)
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def csv_bytes(header: Sequence[Cell], rows: Iterable[Iterable[Cell]]) -> bytes:
    """Return a table as CSV for Excel: UTF-8 with BOM, CRLF, no cell that runs as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe(cell) for cell in header])
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def safe(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet runs: one that looks like a formula gets a leading `'`.

    >>> safe("=1+1"), safe("1=1"), safe(-1)
    ("'=1+1", '1=1', -1)
    """
    return "'" + cell if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
