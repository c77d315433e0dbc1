"""Label lines of an issue: 责任单位:, 整改时限:, 【整改情况】 and what stands after each."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.lexicon import POINT_SIGNS, load
from kg.lexicon.overlay import per_lexicon
from kg.model import Span
from kg.outline import Label, Node, lines

KINDS = ("measures", "result", "status", "leader", "lead", "responsible", "cooperating", "supervising", "deadline",
         "goal", "problem")
NAMING = ("leader", "lead", "responsible", "cooperating", "supervising")  # labels that say who
ONE_LINE = ("status", "deadline")
# A label stands at the start of a line or after the end of a sentence or of another label's value; one in brackets anywhere.
BEFORE_LABEL = "。;；】〕)）(（[【〔|/ \t　" + POINT_SIGNS
LABEL_END = ":】]〕"
BRACKETS = re.compile(r"[][()【】〔〕]")
ALONE_MAX = 16  # characters of a line that holds nothing but a label
STATUS_MAX = 24  # characters; 完成情况:已完成并长期坚持 is a status, a longer text a report
STATUS_VALUE = re.compile(r"^(?:已|未|正在|基本|部分|持续|长期|全部|按期|整改|完成|推进)[^。;,]{0,20}$")


@per_lexicon
def label_kinds() -> dict[str, str]:
    """Return the kind of each label word."""
    lists = load("outline").lists
    return {word: kind for kind in KINDS for word in lists[f"label_{kind}"]} | dict.fromkeys(lists["label_result_bracketed"], "result")


def find_labels(folded: str, span: Span) -> list[Label]:
    """Return the labels of `span` in text order, each with the text up to the next one.

    Args:
        folded: the whole text in one width.
        span: an issue without the issues below it.
    """
    found = [m for line in lines(folded, span) if _may_hold_label(folded, line) for m in _line_labels(folded, line)]
    ends = [m.start() for m in found[1:]] + [span.end]
    return [label for match, end in zip(found, ends) for label in _parted(folded, _label(folded, match, end), match)]


def _parted(folded: str, label: Label, match: re.Match[str]) -> Iterator[Label]:
    """A label, and those that it holds: how far things are (整改进展(已完成):), until when (A牵头,2024年6月底前完成)."""
    deadline = label.kind in NAMING and load("outline").regex("deadline_behind").search(folded, *label.value)
    if deadline and deadline["deadline"]:
        yield replace(label, value=Span(label.value.start, deadline.start()))
        yield Label("", "deadline", Span(*deadline.span()), Span(*deadline.span("deadline")))
    else:
        yield label
    if match["noted"]:
        yield Label("", "status", Span(*match.span()), Span(*match.span("noted")))


def _may_hold_label(folded: str, line: Span) -> bool:
    """Whether a line is as short as a label alone, or holds the sign that follows one."""
    return line.end - line.start <= ALONE_MAX or any(folded.find(sign, line.start, line.end) >= 0 for sign in LABEL_END)


def _line_labels(folded: str, line: Span) -> Sequence[re.Match[str]]:
    bullet = load("outline").regex("bullet").match(folded, line.start, line.end)
    start = bullet.end() if bullet else line.start
    number = load("outline").regex("mark").match(folded, start, line.end)
    starts = {start, number.end() if number else start}
    return [m for m in load("outline").regex("label").finditer(folded, start, line.end)
            if m.start() in starts or m["hook"] or m["square"] or folded[m.start() - 1] in BEFORE_LABEL and folded[m.end() - 1] in LABEL_END]


def _label(folded: str, match: re.Match[str], end: int) -> Label:
    word = match["word"]
    start = match.end()
    while start < end and folded[start] in " \n\r:":
        start += 1
    kind = label_kinds().get(word) or ("measures" if load("outline").regex("measures_first").match(word) else "result")
    if kind in NAMING:
        end = _end_of_names(folded, start, end)
    elif kind in ONE_LINE and (line_end := folded.find("\n", start, end)) >= 0:
        end = line_end
    end = _before_bracket(folded, start, end)
    while end > start and folded[end - 1] in " \n\r;。|/" + POINT_SIGNS:
        end -= 1
    if kind == "result" and end - start <= STATUS_MAX and STATUS_VALUE.match(folded[start:end]):
        kind = "status"
    return Label(word, kind, Span(match.start(), match.end()), Span(start, end))


def status_first(folded: str, labels: Sequence[Label]) -> Label | None:
    """Return the status that a report begins with: 整改成效:已完成。结案率提高…"""
    for label in labels:
        stop = folded.find("。", label.value.start, label.value.end)
        if label.kind == "result" and 0 <= stop - label.value.start <= STATUS_MAX and STATUS_VALUE.match(folded[label.value.start:stop]):
            return Label(label.word, "status", label.span, Span(label.value.start, stop))
    return None


def note_of(folded: str, node: Node) -> Label | None:
    """Return the status in brackets before the number of a heading or right after its title: (已完成)."""
    if node.mark.state:
        return Label("", "status", node.mark.state, node.mark.state)
    at = node.title.end
    while folded[at:at + 1] in (" ", "。"):
        at += 1
    note = load("outline").regex("title_note").match(folded, at)
    group = note and next((name for name in ("state", "hooked") if note[name]), None)
    return Label("", "status", Span(*note.span()), Span(*note.span(group))) if note and group else None


def _before_bracket(folded: str, start: int, end: int) -> int:
    """Where the bracket closes in which the label stands, if it stands in one."""
    depth = 0
    for bracket in BRACKETS.finditer(folded, start, end):
        depth += 1 if bracket[0] in "([【〔" else -1
        if depth < 0:
            return bracket.start()
    return end


def _end_of_names(folded: str, start: int, end: int) -> int:
    """Names stand on the line of their label or on the one after it, where it is alone on its own."""
    at = folded.find("\n", start, end)
    return at if at >= 0 else end
