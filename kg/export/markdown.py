"""Text of a notice in Markdown: shown as it is, never read as markup."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

EXCERPT = 80  # characters of a quote that a table shows

_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_MARKUP = re.compile(r"[\\`*_{}\[\]#!|~$]")
# What a renderer turns into a link although nothing marks it.
_AUTOLINK = re.compile(r"://|@|\bwww\.", re.IGNORECASE)


def plain(text: str) -> str:
    """Return text that Markdown shows letter by letter, on one line.

    >>> plain("a|b <b>*c*\\n`d`")
    'a\\\\|b &lt;b&gt;\\\\*c\\\\* \\\\`d\\\\`'
    """
    line = _SPACE.sub(" ", text).strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _AUTOLINK.sub(_broken_link, _MARKUP.sub(lambda match: "\\" + match[0], line))


def excerpt(text: str) -> str:
    """Return the beginning of a quote, escaped; `…` where it goes on."""
    line = _SPACE.sub(" ", text).strip()
    return plain(line if len(line) <= EXCERPT else line[:EXCERPT] + "…")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table. Header and cells are Markdown already: see `plain`."""
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    lines.extend("| " + " | ".join(row) + " |" for row in rows)
    return "\n".join(lines)


def _broken_link(match: re.Match[str]) -> str:
    last = match[0][-1]
    return f"{match[0][:-1]}&#{ord(last)};"
