"""Write docs/accuracy.md anew, in the checkout that is the current folder: `python -m kg.accuracy`."""
from __future__ import annotations

import sys
from pathlib import Path

from kg.accuracy.page import accuracy_page
from kg.errors import RectifyError
from kg.replace import replace_file

GOLD, PAGE = Path("tests/gold"), Path("docs/accuracy.md")


def main() -> None:
    """Score every answer file and write the page."""
    try:
        page = accuracy_page(GOLD)
    except RectifyError as error:
        sys.exit(f"error: {error}")
    PAGE.parent.mkdir(exist_ok=True)
    replace_file(PAGE, page.encode("utf-8"))


if __name__ == "__main__":
    main()
