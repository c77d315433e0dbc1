"""Markdown → text: the marks that set it are taken off, numbers and words kept as written.

Source: CommonMark 0.31.2 and the tables of GitHub Flavored Markdown.
"""
from __future__ import annotations

import html
import re
from collections.abc import Iterator

from kg.reading.lines import BESIDE, is_numbered, set_lines, with_title

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.S)
TITLE_FIELD = re.compile(r"^title:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.M)
COMMENT = re.compile(r"<!--(?:.*?-->|.*)", re.S)
# Lines that are no text: an underline of a heading, a rule, the fence of a block of code, the second row of a table.
SETTING = re.compile(r"[ \t]*(?:=+|[-*_](?:[ \t]*[-*_]){2,}|-+|(?:```|~~~).*|\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?)[ \t]*")
# What stands before the words of a line: quotes, a heading, a bullet, a box to tick.
BEFORE = re.compile(r"[ \t]*(?:>[ \t]*)*(?:#{1,6}[ \t]+|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)?")
AFTER = re.compile(r"(?<=[ \t])#+$|\\$")
ROW = re.compile(r"[ \t]*\|(.*)\|[ \t]*")
BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|tr|h[1-6])>", re.I)
TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.I)  # 《关于<办法>的通知》 has none
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# In this order: each leaves what it holds. Addresses are bounded, or a line of brackets alone would take for ever.
INLINE = (
    (re.compile(r"!\[[^\[\]\n]{0,500}\](?:\([^)\n]{0,2000}\)|\[[^\[\]\n]{0,500}\])"), ""),
    (re.compile(r"\[([^\[\]\n]+)\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,2000}\)[^()\n]{0,2000})?\)|\[[^\[\]\n]{0,500}\])"), r"\1"),
    (re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>"), r"\1"),
    (re.compile(r"(`{1,3})([^`]+)\1"), r"\2"),
)
# Marks of emphasis, in pairs of the same length: the first before a word, the second after one.
EMPHASIS = (re.compile(r"\*{1,3}"), re.compile(r"(?<!\w)_{1,3}(?=\w)|(?<=\w)_{1,3}(?!\w)"), re.compile(r"~~"))
# Prose that an editor wrapped: longer than this, with a comma or full stop in it, and broken off in a sentence.
WRAPPED = 30
PROSE, SENTENCE_END = re.compile("[，,。；]"), tuple("。；：！？”》）.;:!?)|")
KEPT = 0xE000  # an escaped character waits in the private use area until the marks are off


def markdown_text(source: str) -> str:
    r"""Return the words of a Markdown text.

    >>> markdown_text("## 一、**整改**情况\n\n1\\. 制定[《规则》](https://x.cn/a)\n- [x] 已完成\n")
    '一、整改情况\n1. 制定《规则》\n已完成\n'
    """
    source = source.replace("\r\n", "\n")
    front = FRONT_MATTER.match(source)
    title = TITLE_FIELD.search(front[1]) if front else None
    body = COMMENT.sub("", source[front.end():] if front else source)
    lines = (line for printed in _unwrapped(body.split("\n")) for line in _lines(printed))
    return with_title(set_lines(lines), title[1] if title else "")


def _unwrapped(lines: list[str]) -> list[str]:
    """The lines, those that only wrap a sentence joined to the one before; one that ends in two spaces is not."""
    joined: list[str] = []
    for line in lines:
        above = joined[-1] if joined else ""
        if len(above) > WRAPPED and PROSE.search(above) and not above.endswith(SENTENCE_END + ("  ", "\\")) \
                and line.strip() and BEFORE.match(line)[0] == "" and not is_numbered(line):  # type: ignore[index]
            joined[-1] += line
        else:
            joined.append(line)
    return joined


def _lines(printed: str) -> Iterator[str]:
    if SETTING.fullmatch(printed):
        return
    row = ROW.fullmatch(printed)
    if row:
        printed = BESIDE.join(cell for cell in map(str.strip, re.split(r"(?<!\\)\|", row[1])) if cell)
    printed = AFTER.sub("", BEFORE.sub("", printed, count=1).rstrip())
    for line in BREAK.split(printed):
        yield _words(line)


def _words(line: str) -> str:
    line = ESCAPE.sub(lambda match: chr(KEPT + ord(match[1])), line)
    for form, held in INLINE:
        line = form.sub(held, line)
    for mark in EMPHASIS:
        line = _plain(line, mark)
    line = html.unescape(TAG.sub("", line))
    return re.sub("[\ue000-\ue07f]", lambda match: chr(ord(match[0]) - KEPT), line)


def _plain(line: str, mark: re.Pattern[str]) -> str:
    """A line without the pairs of one mark of emphasis."""
    paired: list[tuple[int, int]] = []
    opened: dict[str, tuple[int, int]] = {}
    for match in mark.finditer(line):
        before, after = line[match.start() - 1:match.start()], line[match.end():match.end() + 1]
        if match[0] in opened and before and not before.isspace():
            paired += [opened.pop(match[0]), match.span()]
        elif after and not after.isspace():
            opened[match[0]] = match.span()
    ends = [0, *(place for span in sorted(paired) for place in span), len(line)]
    return "".join(line[start:end] for start, end in zip(ends[::2], ends[1::2]))
