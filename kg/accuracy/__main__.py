"""Write docs/accuracy.md anew, in the checkout that is the current folder: `python -m kg.accuracy`."""
from __future__ import annotations

from pathlib import Path

from kg.accuracy.page import accuracy_page
from kg.replace import replace_file

GOLD, PAGE = Path("tests/gold"), Path("docs/accuracy.md")


def main() -> None:
    """Score every answer file and write the page."""
    PAGE.parent.mkdir(exist_ok=True)
    replace_file(PAGE, accuracy_page(GOLD).encode("utf-8"))


if __name__ == "__main__":
    main()
