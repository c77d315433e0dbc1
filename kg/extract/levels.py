"""Court levels that a measure reaches, and the words that say so."""
from __future__ import annotations

import re

from kg.extract.context import Context
from kg.extract.publisher import Publisher, is_of_province_rank
from kg.lexicon import load
from kg.model import CourtLevel, Span

LEVELS = ("supreme", "high", "intermediate", "basic")
GROUPS = {
    "four": LEVELS, "three": LEVELS[1:], "two": LEVELS[2:], "high_intermediate": LEVELS[1:3],
    "intermediate_basic": LEVELS[2:], "related": LEVELS[2:],
}


def find_levels(context: Context, span: Span, publisher: Publisher | None) -> list[CourtLevel]:
    """Return one record for each level of court that the text of `span` reaches.

    The level of a court that reports is always among them: a measure whose subject is left out is
    its own. In the notice of another body only the courts named count. Titles count, 《全市法院…方案》 binds all courts of the city; the
    court's own name in a title says nothing more.

    Returns:
        0..4 records in the order supreme, high, intermediate, basic.
    """
    if publisher is None:
        return []
    found: dict[str, CourtLevel] = {}
    for match in load("levels").scanner("cue").finditer(context.folded, span.start, span.end):
        levels = _levels(match, publisher)
        if levels == (publisher.level,) and context.in_title(match.start()):
            continue
        for level in levels:
            cue = context.text[match.start():match.end()]
            found.setdefault(level, CourtLevel(level, cue, Span(*match.span()), f"level_{match.lastgroup}"))
    if publisher.level:
        found.setdefault(publisher.level, CourtLevel(publisher.level, None, span, "level_default"))
    return [found[level] for level in LEVELS if level in found]


def _levels(match: re.Match[str], publisher: Publisher) -> tuple[str, ...]:
    group = match.lastgroup or ""
    if group == "below":
        return below(publisher)
    levels = GROUPS.get(group, (group,))
    if group in ("two", "three"):
        own = LEVELS.index(publisher.level or "high")
        return LEVELS[own:own + len(levels)] if own + len(levels) <= len(LEVELS) else levels
    return levels


def below(publisher: Publisher) -> tuple[str, ...]:
    """Return the levels that 全市法院 means in a notice of this publisher: its own and those below."""
    if publisher.level:
        return LEVELS[LEVELS.index(publisher.level):]
    last = publisher.places[-1] if publisher.places else ""
    if is_of_province_rank(last):
        return LEVELS[1:]
    return LEVELS[2:] if last.endswith(("市", "州", "盟", "地区")) else LEVELS[3:]
