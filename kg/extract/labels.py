"""Label lines of an issue: 责任单位:, 整改时限:, 【整改情况】 and what stands after each."""
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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
LABEL_END = ":】]〕|—"  # the last sign of a label
BRACKETS = re.compile(r"[][()【】〔〕]")
CHECKED = re.compile(r"[☑☒✅✔√■] ?(?P<said>[^\s,、/□☐☑☒✅✔√■]+)(?=.*[□☐])|[□☐].*[☑☒✅✔√■] ?(?P<last>[^\s,、/□☐]+)")  # ☑完成 □推进中
IN_ROUND = re.compile(r"\((?![一二三四五六七八九十\d])")  # (承办)教务处 (协办)学工处
BEFORE_SPACE_MAX = 40  # characters of a sign, a number and a label that a space ends
ALONE_MAX = 16  # characters of a line that holds nothing but a label
NUMBER_MAX = 12  # characters of a number before a label
BOXES_MAX = 80  # characters of boxes to check
STATUS_MAX = 24  # characters; 完成情况:已完成并长期坚持 is a status, a longer text a report


class Learned:
    """Labels that one notice uses and no list has. `kinds` gives what each word means."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        self.kinds = kinds
        words = "|".join(sorted(map(re.escape, kinds), key=len, reverse=True))
        self.regex = re.compile(rf"(?P<word>{words}) ?(?::|——|\||$)|\((?P<round>{words})\)") if kinds else None


NOTHING_LEARNED = Learned({})
BY_VALUE = ("status", "deadline", "leader", "responsible", "problem")  # kinds that values tell, in the order tried


@per_lexicon
def label_kinds() -> dict[str, str]:
    """Return the kind of each label word."""
    lists = load("outline").lists
    return {word: kind for kind in KINDS for word in lists[f"label_{kind}"]} | dict.fromkeys(lists["label_result_bracketed"], "result")


def find_labels(folded: str, span: Span, learned: Learned = NOTHING_LEARNED) -> list[Label]:
    """Return the labels of `span` in text order, each with the text up to the next one.

    Args:
        folded: the whole text in one width.
        span: an issue without the issues below it.
        learned: labels that this notice alone uses.
    """
    found = [m for line in lines(folded, span) for m in _line_labels(folded, line, learned)]
    ends = [_before_number(folded, m.start()) for m in found[1:]] + [span.end]
    return [label for match, end in zip(found, ends) for label in _parted(folded, _label(folded, match, end, learned), match)]


def _before_number(folded: str, start: int) -> int:
    """Where a label begins, with the number before it on its line: 三、整改时限."""
    line = folded.rfind("\n", max(0, start - NUMBER_MAX), start) + 1
    number = load("outline").regex("mark").match(folded, line, start)
    return line if line and number and not folded[number.end():start].strip() else start


def _parted(folded: str, label: Label, match: re.Match[str]) -> Iterator[Label]:
    """A label, and those that it holds: how far things are (整改进展(已完成):), until when and how far
    behind names (A牵头,2024年6月底前完成,目前已销号)."""
    behind: list[Label] = []
    for kind in ("state", "deadline") if label.kind in NAMING else ():
        found = load("outline").regex(f"{kind}_behind").search(folded, *label.value)
        if found and found[kind]:
            label = replace(label, value=Span(label.value.start, found.start()))
            behind.insert(0, Label("", "status" if kind == "state" else kind, Span(*found.span()), Span(*found.span(kind))))
    yield label
    yield from behind
    if match.groupdict().get("noted"):
        yield Label("", "status", Span(*match.span()), Span(*match.span("noted")))


def _may_begin(folded: str, line: Span) -> bool:
    """Whether a line is as short as a label alone, or begins as a sentence that says who answers or with words and a space."""
    return line.end - line.start <= ALONE_MAX or folded[line.start] in "该此本" \
        or folded.find(" ", line.start, min(line.end, line.start + BEFORE_SPACE_MAX)) >= 0


def _line_labels(folded: str, line: Span, learned: Learned) -> Sequence[re.Match[str]]:
    """The labels of a line: those that it begins with, and where it holds what ends one, those in it."""
    holds_end = load("outline").regex("label_end").search(folded, line.start, line.end) or IN_ROUND.match(folded, line.start)
    if not holds_end and not _may_begin(folded, line):
        return []
    bullet = load("outline").regex("bullet").match(folded, line.start, line.end)
    start = bullet.end() if bullet else line.start
    number = load("outline").regex("mark").match(folded, start, line.end)
    starts = {start, number.end() if number else start}
    label = load("outline").regex("label")
    if holds_end:
        found = [m for m in label.finditer(folded, start, line.end) if _stands(folded, m, starts)]
    else:
        found = [m for at in sorted(starts) if (m := label.match(folded, at, line.end))][:1]
    if not found or found[0].start() not in starts:
        other = load("outline").regex("label_other")
        found = [m for at in sorted(starts) if (m := other.match(folded, at, line.end))][:1] + found
    if learned.regex:
        known = {m.start() for m in found}
        own = (m for m in learned.regex.finditer(folded, start, line.end) if m.start() in starts or folded[m.start() - 1] in BEFORE_LABEL)
        found = sorted([*found, *(m for m in own if m.start() not in known)], key=lambda m: m.start())
    return found


def _stands(folded: str, match: re.Match[str], starts: set[int]) -> bool:
    """Whether a label stands where one can: at the start of a line; in brackets; behind a stop or the value before it."""
    if match.start() in starts or match["hook"] or match["square"]:
        return True
    if folded[match.end() - 1] == "为":  # 整改期限为2024年12月底,目前状态为“已完成”
        return folded[match.start() - 1] in ",;。"
    if match["by"] or folded[match.start() - 1] not in BEFORE_LABEL:
        return False
    if match["round"]:  # (承办)教务处  (协办)学生处
        return folded[match.start() - 1] == " "
    if match["gap"]:  # 第1号 |主办 能源科 |协办 市统计局
        return folded[match.start() - 1] == "|" or folded[match.start() - 2:match.start()] == "  "
    return folded[match.end() - 1] in LABEL_END


def _label(folded: str, match: re.Match[str], end: int, learned: Learned) -> Label:
    word = next(match[group] for group in ("word", "by", "round") if match.groupdict().get(group))
    start = match.end()
    said = folded[match.end() - 1] == "为"  # 目前状态为“已完成”
    while start < end and folded[start] in (" \n\r:“" if said else " \n\r:"):
        start += 1
    if said and folded[start - 1] == "“" and (close := folded.find("”", start, end)) >= 0:
        end = close
    kind = learned.kinds.get(word) or _kind(match, word)
    if kind in NAMING:
        end = _end_of_names(folded, start, end)
    elif kind in ONE_LINE and (line_end := folded.find("\n", start, end)) >= 0:
        end = line_end
    end = _before_bracket(folded, start, end)
    while end > start and folded[end - 1] in " \n\r,;。|/" + POINT_SIGNS:
        end -= 1
    value = folded[start:end]
    if kind == "result" and _is_status(value) or kind == "deadline" and value.startswith("已"):
        kind = "status"
    if kind == "status" and end - start <= BOXES_MAX and (checked := CHECKED.search(folded, start, end)):
        start, end = checked.span(checked.lastgroup or 0)
    return Label(word, kind, Span(match.start(), match.end()), Span(start, end))


def _kind(match: re.Match[str], word: str) -> str:
    """What a label means: by its word, by how that ends, or where it joins two, by the first."""
    if match.groupdict().get("by"):
        return "responsible"
    if kind := label_kinds().get(word):
        return kind
    if match.re is load("outline").regex("label_other"):
        return next(kind for ending, kind in load("outline").maps["label_endings"].items() if word.endswith(ending))
    return "measures" if load("outline").regex("measures_first").match(word) else "result"


def _is_status(report: str) -> bool:
    return len(report) <= STATUS_MAX and bool(load("sections").regex("report_status").match(report))


def status_first(folded: str, labels: Sequence[Label]) -> Label | None:
    """Return the status that a report begins with: 整改成效:已完成。结案率提高…"""
    for label in labels:
        stop = folded.find("。", label.value.start, label.value.end)
        if label.kind == "result" and stop >= 0 and _is_status(folded[label.value.start:stop]):
            return Label(label.word, "status", label.span, Span(label.value.start, stop))
    return None


def status_last(folded: str, span: Span) -> Label | None:
    """Return the status that stands in a bracket at the end of an issue: …。〔已办结〕"""
    found = load("outline").regex("state_at_end").search(folded, max(span.start, span.end - STATUS_MAX - 8), span.end)
    return Label("", "status", Span(*found.span()), Span(*found.span("state"))) if found else None


def status_said(folded: str, span: Span) -> Label | None:
    """Return the status that the last sentence about the issue itself gives: 该问题已完成整改。 or, as a line's first, 已整改到位。"""
    found = list(load("outline").scanner("state_said").finditer(folded, span.start, span.end))
    return Label("", "status", Span(*found[-1].span()), Span(*found[-1].span(found[-1].lastgroup or 0))) if found else None


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
