"""Numbers that a measure gives as a result or a standard."""
from __future__ import annotations

import re

from kg.extract.context import Context
from kg.lexicon import load
from kg.model import Figure, Span
from kg.outline import number_value

WORDS_BEFORE = re.compile(r"[^,。;:、\n]*\Z")
WORDS_AFTER = re.compile(r"[^,。;:、\n]{0,16}")
WHAT_MAX = 24  # characters of the clause kept as the name of what is counted
QUOTED_NAME_MAX = 12  # characters in quotes that are a name (“三个规定”), not a sentence with a standard
# 3日 is a day of the month unless a word such as 提前 makes it a length of time.
DAYS_BEFORE = re.compile(r"(?:提前|内|超|延|满|共|限|历时|少于|低于|超过)[^,。;]{0,3}$")
NAMED_BY_NUMBER = {"项": ("制度", "规定", "纪律"), "类": ("人员", "案件")}


def find_figures(context: Context, span: Span) -> list[Figure]:
    """Return the figures of `span`, in text order; 万 and 亿 are scaled away.

    Numbers inside titles, dates, ranks of a series (第一批) and names in quotes (“三个规定”) are
    left out.
    """
    taken: list[Span] = []
    found: list[Figure] = []
    lexicon = load("figures")
    for match in lexicon.scanner("frequency").finditer(context.masked, span.start, span.end):
        per = lexicon.maps["per"].get(match["per"], match["per"])
        found.append(_figure(context, Span(*match.span()), _number(match["times"]), f"{match['unit']}/{per}", "frequency"))
        taken.append(Span(*match.span()))
    for match in lexicon.scanner("rank").finditer(context.masked, span.start, span.end):
        found.append(_figure(context, Span(*match.span()), _number(match["rank"]), match["unit"], "ranking"))
        taken.append(Span(*match.span()))
    for match in lexicon.scanner("figure").finditer(context.masked, span.start, span.end):
        here = Span(*match.span())
        if not any(here.start < t.end and t.start < here.end for t in taken) and _counts(context.masked, match) \
                and not context.is_quoted(here, QUOTED_NAME_MAX):
            found.append(_plain(context, match))
    return sorted(found, key=lambda f: f.span)


def _plain(context: Context, match: re.Match[str]) -> Figure:
    span = Span(*match.span())
    if match["percent"] or match["han_percent"]:
        value = float(match["percent"]) if match["percent"] else float(number_value(match["han_percent"]))
        unit = "个百分点" if match[0].endswith("点") else "‰" if match[0].endswith("‰") else "%"
        return _figure(context, span, value, unit, _kind(context, span, "percent"))
    if match["half"]:
        return _figure(context, span, 0.5, match["half_unit"], _kind(context, span, "count"))
    if match["han"]:
        value, unit = _number(match["han"]), match["han_unit"]
        kind = "threshold" if match["han_more"] else _kind(context, span, "count")
        return _figure(context, span, value, unit, kind, bool(match["han_approx"]))
    scale = float(load("figures").maps["scale"].get(match["scale"] or "", "1"))
    unit, value = match["unit"], float(match["number"].replace(",", "")) * scale
    if unit in ("万元", "亿元", "千元"):
        value, unit = value * float(load("figures").maps["scale"][unit[0]]), "元"
    kind = "threshold" if match["more"] else _kind(context, span, "count")
    return _figure(context, span, round(value, 6), unit.removeprefix("余"), kind, bool(match["approx"]))


def _figure(context: Context, span: Span, value: float, unit: str, kind: str, approximate: bool = False) -> Figure:
    return Figure(value, unit, _what(context, span), kind, approximate or context.masked[span.end:span.end + 1] == "余", span)


def _what(context: Context, span: Span) -> str:
    """The clause around a number, without the number: what it counts, in the words of the text."""
    words = WORDS_BEFORE.search(context.masked, max(0, span.start - WHAT_MAX), span.start)
    after = WORDS_AFTER.match(context.masked, span.end)
    before = context.text[words.start():span.start] if words else ""
    return (before.strip() + (context.text[span.end:after.end()] if after else "")).strip()


def _number(text: str) -> float:
    return float(text) if text[0].isdigit() else float(2 if text == "两" else number_value(text))


def _kind(context: Context, span: Span, kind: str) -> str:
    before = context.masked[max(0, span.start - 14):span.start]
    return "threshold" if load("figures").scanner("threshold").search(before, 0, len(before)) else kind


def _counts(masked: str, match: re.Match[str]) -> bool:
    """Whether a number counts something: not a date, not part of a name such as “三个规定” or 三级法院."""
    if match["percent"] or match["han_percent"]:
        return True
    after = masked[match.end():match.end() + 2]
    if match["han"]:
        return _han_counts(masked, match, after)
    if match["unit"] == "日":
        return after[:1] in ("内", "前") and masked[match.start() - 1:match.start()] != "月" or bool(DAYS_BEFORE.search(masked, max(0, match.start() - 6), match.start()))
    if match["unit"] in ("点", "分", "号", "级"):
        return False
    return not (match["unit"] == "年" and (len(match["number"]) == 4 or after[:1] in "度来"))


def _han_counts(masked: str, match: re.Match[str], after: str) -> bool:
    unit, number = match["han_unit"], match["han"]
    if after[:1] == "是" or match.start() and masked[match.start() - 1] in "第每同某逐之其万统唯这任又":
        return False
    if number == "一":
        return unit in ("年",) and bool(match["han_more"])
    if unit in ("部", "支", "处") or after.startswith(NAMED_BY_NUMBER.get(unit, ("\0",))):
        return False
    return not (unit == "年" and after[:1] in "级计行规")
