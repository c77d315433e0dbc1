"""Counts that the notice states about its own rectification, outside its issues."""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extract.context import Context
from kg.extract.figures import find_figures
from kg.lexicon import Pattern, load
from kg.model import Claim, Figure, Span
from kg.outline import number_value

CLAUSE_MAX = 120  # characters before a number in which its clause begins, and after it in which it ends
CLAUSE = re.compile(rf"[^,。;!?\n]{{0,{CLAUSE_MAX}}}")
COUNTED = ("count", "percent")
NO_COUNT = ("年", "个月", "月", "天", "日", "周", "小时", "届")  # lengths of time count nothing done
PROGRESS = re.compile("完成|整改|召开|制定|修订|建立|追缴|追回|清退|处理|处分|问责|约谈|诫勉|移送|推进")
SCALE = {"万": 1e4, "亿": 1e8}


def find_claims(context: Context, spans: Iterable[Span]) -> list[Claim]:
    """Return the counts that the notice states about itself, in text order.

    Args:
        context: the notice.
        spans: the stretches outside the issues, in text order.
    """
    found: dict[int, Claim] = {}
    for span in spans:
        for pattern in _needed(context.masked[span.start:span.end]):
            for match in pattern.scanner.finditer(context.masked, span.start, span.end):
                found.setdefault(match.start("n" if match["n"] else "n2"), _claim(context, pattern, match))
        for figure in find_figures(context, span):
            if figure.kind in COUNTED and figure.unit not in NO_COUNT and _is_exact(context, figure):
                found.setdefault(figure.span.start, _other(context, figure))
    return [found[place] for place in sorted(found)]


def _is_exact(context: Context, figure: Figure) -> bool:
    """Whether a number is printed as a count is: in digits, as 十余次, or in a clause that says what
    was done (完成整改四个). 四项任务 names the tasks."""
    clause = _clause(context, figure.span)
    return (figure.approximate or context.masked[figure.span.start].isdigit()
            or bool(PROGRESS.search(context.masked, clause.start, clause.end)))


def _needed(text: str) -> Iterator[Pattern]:
    """The patterns of which a word that they need stands in the text."""
    for pattern in load("claims").patterns.values():
        needs = pattern.words.get("needs")
        if needs is None or any(word in text for word in needs):
            yield pattern


def _other(context: Context, figure: Figure) -> Claim:
    """A count for which the lexicon has no topic: kept, under `other`."""
    span = _clause(context, figure.span)
    return Claim("other", figure.value, figure.unit, figure.approximate, context.text[span.start:span.end], span)


def _claim(context: Context, pattern: Pattern, match: re.Match[str]) -> Claim:
    groups = match.groupdict()
    printed, unit = groups["n"] or groups["n2"], groups.get("unit") or groups.get("unit2") or ""
    digits = printed.replace(",", "")
    value = float(digits) if digits[0].isdigit() else float(2 if digits == "两" else number_value(digits))
    value *= SCALE.get(groups.get("scale") or unit[:1], 1.0)
    span = _clause(context, Span(*match.span()))
    approximate = bool(groups.get("approx")) or unit.startswith("余")
    return Claim(pattern.fields["what"], round(value, 6), _unit(unit), approximate, context.text[span.start:span.end], span)


def _unit(unit: str) -> str:
    return unit.removeprefix("余").removeprefix("万").removeprefix("亿")


def _clause(context: Context, count: Span) -> Span:
    """The clause that states the count: what lies between commas around it."""
    lowest = max(0, count.start - CLAUSE_MAX)
    start = max(lowest, *(context.masked.rfind(c, lowest, count.start) + 1 for c in ",。;:!?、\n"))
    end = CLAUSE.match(context.masked, count.end).end()  # type: ignore[union-attr]
    while start < end and context.masked[start] in " \t":
        start += 1
    return Span(start, end)
