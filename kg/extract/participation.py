"""The part that each body plays, from the words around its name."""
from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from kg.extract.context import Context
from kg.extract.organizations import Name
from kg.lexicon import POINT_SIGNS, group, load
from kg.lexicon.first import Scanner
from kg.lexicon.overlay import per_lexicon
from kg.model import Organization

LIST_SIGN = re.compile(r" ?(?:、|和|及|以及|与|或)(?:各|本|有关|相关)?$")
LIST_SIGN_MAX = 5
# A clause read backwards: it begins after punctuation or after a number such as (一).
STOPS = r"[^,。;:!?\n①-⑳⑴-⒛㈠-㈩】)|\t—" + POINT_SIGNS + "]*"
CLAUSE = re.compile(rf"{STOPS}(?:\)(?!\w{{1,3}}\(|\d{{1,2}}(?!\w)|[a-h](?!\w)){STOPS})*")
# 由民事审判第二庭牵头: a subject though a word stands before it.
SUBJECT_AFTER = re.compile(r"(?:^(?: ?\d{1,3}(?:[.、-]\d{0,2}){0,2})?|由|经|,|。|;|:|是)(?: |同时|并|后|现|目前|其中)?$")
NOT_A_SUBJECT = re.compile(r"^(?:的|等(?!\d{1,6}(?:余|多)?(?:个|家|所|名)|部门|单位)|工作|会议|问题|质量|情况|数量|案件|系统|率(?!先|领|队))|^[^,。;]{0,24}?(?:率|数|总量|案件)(?:同比|均|由|位|呈|达|为|下降|上升)")
SOFT = ("全体", "部分", "相关", "有关", "毗邻的", "相邻的", "驻地", "当地", "了", "好")
SEES_BACK = 24  # characters before a name that a role may rest on
SEES_AHEAD = 40  # and after it


def find_participations(context: Context, names: Sequence[Name]) -> list[Organization]:
    """Return a record for each name, with its role; `canonical` is the mention until resolved.

    Args:
        context: the notice.
        names: the names of one stretch of text, in text order.
    """
    found: list[Organization] = []
    goes_on = _goes_on(context.masked, names)
    for name, list_end, follows in zip(names, _list_ends(names, goes_on), (False, *goes_on)):
        role, rule = _role(context, name, list_end)
        if follows and rule != "role_joint_with":
            role, rule = found[-1].role, found[-1].rule
            if role == "responsible" and context.masked[found[-1].span.end:name.span.start].strip() == "与":
                role, rule = "joint", "role_joint_with"  # A与B: the one that is named first acts
        mention = context.text[name.span.start:name.span.end]
        found.append(Organization(mention, mention, name.kind, role, True, name.span, rule))
    return found


def _goes_on(masked: str, names: Sequence[Name]) -> list[bool]:
    """Whether a list goes on between each name and the next: 立案庭、执行局."""
    gaps = [(one.span.end, two.span.start) for one, two in pairwise(names)]
    return [start < end <= start + LIST_SIGN_MAX and bool(LIST_SIGN.match(masked, start, end) or masked[start:end] == "等" and masked[end].isdecimal()) for start, end in gaps]


def _list_ends(names: Sequence[Name], goes_on: Sequence[bool]) -> list[int]:
    """The end of the list of bodies that begins with each name."""
    ends = [name.span.end for name in names]
    for i in range(len(goes_on) - 1, -1, -1):
        if goes_on[i]:
            ends[i] = ends[i + 1]
    return ends


def _role(context: Context, name: Name, list_end: int) -> tuple[str, str]:
    (start, end), masked = name.span, context.masked
    before = _without_soft(masked[context.back(CLAUSE, start, max(0, start - SEES_BACK)):start])
    alias = load("header").regex("alias").match(masked, list_end)  # 某某集团(下称集团)出台《…》
    after = masked[alias.end() if alias else list_end:end + SEES_AHEAD]
    for rule in _candidates(before):
        if (rule.kinds is None or name.kind in rule.kinds) and rule.after.regex.match(after):
            return rule.role, rule.name
    if SUBJECT_AFTER.search(before) and not NOT_A_SUBJECT.match(after):
        return "responsible", "role_subject"
    return "target", "role_object"


class Rule(NamedTuple):
    """A pattern of the lexicon: what it says of names of these kinds, where it matches the words
    after them."""

    place: int
    name: str
    role: str
    kinds: tuple[str, ...] | None
    after: Scanner


PLACE = attrgetter("place")


@per_lexicon
def _by_word() -> tuple[dict[str, list[Rule]], int]:
    """The rules that each word before a name is for ("": those for any), in the order of the
    lexicon, and the length of the longest word."""
    rules: dict[str, list[Rule]] = {}
    for place, pattern in enumerate(group("organizations", "role_")):
        rule = Rule(place, pattern.name, pattern.fields["role"], pattern.words.get("kinds"), pattern.scanner)
        for word in pattern.words.get("before", ("",)):
            rules.setdefault(word, []).append(rule)
    return rules, max(map(len, rules))


def _candidates(before: str) -> list[Rule]:
    """The rules whose word ends what stands before a name, in the order of the lexicon."""
    by_word, longest = _by_word()
    found = list(by_word.get("", ()))
    for length in range(1, min(longest, len(before)) + 1):
        found += by_word.get(before[-length:], ())
    return sorted(found, key=PLACE)


def _without_soft(before: str) -> str:
    """Leave off the words that may stand between a verb and a name: 督促有关, 成立了."""
    before = before.rstrip(" ")
    for word in SOFT:
        before = before.removesuffix(word)
    return before
