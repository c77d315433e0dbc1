"""The part that each body plays, from the words around its name."""
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.extract.context import Context
from kg.extract.organizations import Name
from kg.lexicon import Pattern, group
from kg.model import Organization, Span

LIST_SIGN = re.compile(r"^ ?(?:、|和|及|以及|与|或)(?:各|本|有关|相关)?$")
CLAUSE_BREAK = re.compile(r"[,。;:!?\n①-⑳】]|\(\w{1,3}\)")
# 由民事审判第二庭牵头: a subject though a word stands before it.
SUBJECT_AFTER = re.compile(r"(?:^|由|经|,|。|;|:|是)(?: |同时|并|后|现|目前|其中)?$")
NOT_A_SUBJECT = re.compile(r"^(?:的|等|工作|会议|问题|质量|情况|数量|案件|系统|率)|^[^,。;]{0,24}?(?:率|数|总量|案件)(?:同比|均|由|位|呈|达|为|下降|上升)")
SOFT = ("全体", "部分", "相关", "有关", "了", "好")
SEES_AHEAD = 40  # characters after a name that a role may rest on


def find_participations(context: Context, names: Sequence[Name]) -> list[Organization]:
    """Return a record for each name, with its role; `canonical` is the mention until resolved.

    Args:
        context: the notice.
        names: the names of one stretch of text, in text order.
    """
    found: list[Organization] = []
    for i, name in enumerate(names):
        before = names[i - 1] if i else None
        role, rule = _role(context.masked, name, names[i + 1:])
        if before and rule != "role_joint_with" and LIST_SIGN.match(context.masked[before.span.end:name.span.start]):
            role, rule = found[-1].role, found[-1].rule
        mention = context.text[name.span.start:name.span.end]
        found.append(Organization(mention, mention, name.kind, role, True, name.span, rule))
    return found


def _role(masked: str, name: Name, following: Sequence[Name]) -> tuple[str, str]:
    before = _without_soft(_clause_before(masked, name.span.start))
    after = masked[_list_end(masked, name, following):name.span.end + SEES_AHEAD]
    for pattern in _candidates(before):
        if _agrees(pattern, after, name.kind):
            return pattern.fields["role"], pattern.name
    if SUBJECT_AFTER.search(before) and not NOT_A_SUBJECT.match(after):
        return "responsible", "role_subject"
    return "target", "role_object"


def _clause_before(masked: str, start: int) -> str:
    window = masked[max(0, start - 24):start]
    breaks = [m.end() for m in CLAUSE_BREAK.finditer(window)]
    return window[breaks[-1]:] if breaks else window


def _list_end(masked: str, name: Name, following: Sequence[Name]) -> int:
    """The end of the list of bodies that begins with `name`."""
    end = name.span.end
    for other in following:
        if not LIST_SIGN.match(masked[end:other.span.start]):
            break
        end = other.span.end
    return end


@cache
def _by_word() -> tuple[dict[str, tuple[int, ...]], int]:
    """The places, in the order of the lexicon, of the patterns that each word before a name is for
    ("": those for any), and the length of the longest word."""
    places: dict[str, list[int]] = {}
    for place, pattern in enumerate(group("organizations", "role_")):
        for word in pattern.words.get("before", ("",)):
            places.setdefault(word, []).append(place)
    return {word: tuple(found) for word, found in places.items()}, max(map(len, places))


def _candidates(before: str) -> list[Pattern]:
    """The patterns whose word ends what stands before a name, in the order of the lexicon."""
    by_word, longest = _by_word()
    places = {place for length in range(min(longest, len(before)) + 1)
              for place in by_word.get(before[len(before) - length:], ())}
    patterns = group("organizations", "role_")
    return [patterns[place] for place in sorted(places)]


def _agrees(pattern: Pattern, after: str, kind: str) -> bool:
    """Whether the words after the name, and its kind, are those that the pattern asks for."""
    kinds = pattern.words.get("kinds")
    return (kinds is None or kind in kinds) and bool(pattern.regex.match(after))


def _without_soft(before: str) -> str:
    """Leave off the words that may stand between a verb and a name: 督促有关, 成立了."""
    before = before.rstrip(" ")
    for word in SOFT:
        before = before.removesuffix(word)
    return before
