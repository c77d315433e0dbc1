"""Lines of text taken out of a document: clean, one under the other, a table row on one of them."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.lexicon import load
from kg.reading.width import fold

# Characters that show nothing: soft hyphen, zero-width spaces and joiners, marks of direction, byte
# order mark, the place of an object.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffc]")
# What Chinese is set in, where a line end in the source of a text stands for nothing
# (CSS Text 3, 4.1.3: a segment break between two wide characters goes).
WIDE = "\u2014\u2018-\u201d\u2026\u2e80-\u303f\u3105-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffee"
SITE = re.compile(r"\s*(?:_|\||——|--|(?<!\d)-(?!\d))")  # what parts a title from the name of its site
BESIDE = "\t"  # between what stands side by side


def clean(line: str) -> str:
    """Return a line without what shows nothing, and without the space around it.

    >>> clean(" 整\u200b改\u00a0情况 ")
    '整改 情况'
    """
    return INVISIBLE.sub("", line).replace("\u00a0", " ").strip()


def join_row(cells: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table row: one, where no cell has more; else those of each cell in turn.

    >>> join_row([["1"], [], ["制定规则"]]), join_row([["1"], ["制定", "修订"]])
    (['1\\t制定规则'], ['1', '制定', '修订'])
    """
    filled = [cell for cell in cells if cell]
    if all(len(cell) == 1 for cell in filled):
        return [BESIDE.join(cell[0] for cell in filled)] if filled else []
    return [line for cell in filled for line in cell]


def is_numbered(line: str) -> bool:
    """Return whether a line begins with a number as headings and items have it.

    >>> is_numbered("（一）学习不够"), is_numbered("2．关于执行"), is_numbered("2024年修订")
    (True, True, False)
    """
    return load("outline").regex("mark").match(fold(line)) is not None


def number_line(number: str, text: str) -> str:
    """Return a line with the number that its list gives it, as one would type it.

    >>> number_line("一、", "制定规则"), number_line("1.", "2024年修订"), number_line("第一条", "为规范")
    ('一、制定规则', '1. 2024年修订', '第一条 为规范')
    """
    last = number[-1:]
    fuses = last.isalpha() or last.isdecimal() or (last in (".", ")", "-") and text[:1].isascii() and text[:1].isalnum())
    return f"{number} {text}" if fuses else number + text


def set_lines(lines: Iterable[str]) -> str:
    """Return the lines that hold something as one text."""
    return "".join(f"{line}\n" for line in map(clean, lines) if line)


def with_title(text: str, title: str) -> str:
    r"""Return `text` with its title in front, without the site's name, unless it says it itself.

    >>> with_title("某局关于整改情况的通报\n", "某局关于整改情况的通报_某网")
    '某局关于整改情况的通报\n'
    >>> with_title("现予公布。\n", "某局2021-2023年整改情况的通报 - 某网")
    '某局2021-2023年整改情况的通报\n现予公布。\n'
    """
    title = SITE.split(clean(re.sub(r"\s+", " ", title)))[0]
    return text if not title or _bare(title) in _bare(text) else f"{title}\n{text}"


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
