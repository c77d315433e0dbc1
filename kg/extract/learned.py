"""Labels that only this notice uses: words that stand before a colon in most of its issues (领题:, 交卷:).

What such a word means follows from what stands behind it in all of them: a day, a state, names of
bodies, a report.
"""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.labels import BY_VALUE, NOTHING_LEARNED, Learned, label_kinds
from kg.lexicon import load
from kg.model import Span
from kg.outline import lines

ISSUES_MIN = 3  # in which a word must stand, and in at least half of them all
SHARE = 0.6  # of the values that must read one way
NAMES_MAX = 60  # characters of a value that names bodies
CANDIDATE = re.compile(r"(?:^|[;/|] ?| {2,})(?P<word>[\u4e00-\u9fff]{2,6}) ?(?::|——|\|)|(?:^| )\((?P<round>[\u4e00-\u9fff]{2,6})\)"
                       r"|^(?P<alone>[\u4e00-\u9fff]{3,10})$")


def learn_labels(folded: str, issues: Sequence[Span]) -> Learned:
    """Return the labels that stand in most of the issues and in no list, with what they mean.

    Args:
        folded: the whole text in one width.
        issues: what stands under the title of each issue.
    """
    values: dict[str, list[str]] = {}
    for issue in issues:
        seen = dict(_values(folded, issue))
        for word, value in seen.items():
            values.setdefault(word, []).append(value)
    least = max(ISSUES_MIN, len(issues) / 2)
    kinds = {word: _kind(found) for word, found in values.items() if len(found) >= least and word not in label_kinds()}
    return Learned(kinds) if kinds else NOTHING_LEARNED


def _values(folded: str, issue: Span) -> Iterator[tuple[str, str]]:
    """The words before a colon in an issue, each with what stands behind it on its line."""
    for line in lines(folded, issue):
        text = folded[line.start:line.end]
        mark = load("outline").regex("mark").match(text)
        found = [m for m in CANDIDATE.finditer(text) if not mark or m.start() >= mark.end()]  # 举措一: is a number
        for match, stop in zip(found, [m.start() for m in found[1:]] + [len(text)]):
            yield match["word"] or match["round"] or match["alone"], text[match.end():stop].strip(" ;。/|")


def _kind(values: Sequence[str]) -> str:
    """What a label means that these values stand behind."""
    for kind in BY_VALUE:
        regex = load("sections").regex(f"value_{kind}")
        if sum(bool(regex.search(value)) for value in values) >= SHARE * len(values):
            return kind
    return "measures"
