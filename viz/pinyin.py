"""Pinyin initials, so that "xmfy" finds 厦门法院 without a pinyin library.

The 3,755 common characters of GB 2312 are sorted by pinyin, so the code of a character tells its
initial; `viz/pinyin.json` holds where each letter begins, other characters, and phrases in which a
character is read otherwise (厦 is s, but 厦门 is xm).
"""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from typing import Any


def initials(*labels: str) -> dict[str, dict[str, str]]:
    """Return what is needed to spell these labels: initials of characters, and of phrases.

    >>> initials("重庆法院")["phrases"], initials("法院")["characters"]
    ({'重庆': 'cq'}, {'法': 'f', '院': 'y'})
    """
    used = sorted({character for label in labels for character in label if character >= "\u4e00"})
    spelled = {character: initial(character) for character in used}
    words = "\n".join(labels)
    phrases = {phrase: letters for phrase, letters in _table()["phrases"].items() if phrase in words}
    return {"characters": {character: letter for character, letter in spelled.items() if letter}, "phrases": phrases}


def initial(character: str) -> str:
    """Return the pinyin initial of a Chinese character, "" if it is not in the tables.

    >>> initial("法"), initial("惩"), initial("a")
    ('f', 'c', '')
    """
    known: str = _table()["others"].get(character, "")
    if known:
        return known
    code = character.encode("gb2312", "ignore")
    letters, starts = _starts()
    place = bisect_right(starts, code) - 1 if len(code) == 2 else -1
    return letters[place] if place >= 0 else ""


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(files("viz").joinpath("pinyin.json").read_text(encoding="utf-8"))
    return table


@cache
def _starts() -> tuple[list[str], list[bytes]]:
    rows = _table()["starts"]
    return list(rows), [bytes.fromhex(code) for code in rows.values()]
