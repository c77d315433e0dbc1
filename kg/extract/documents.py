"""Titled documents 《…》: what the text does with each."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.extract.context import Context
from kg.lexicon import Pattern, alternation, group, load
from kg.lexicon.overlay import per_lexicon
from kg.model import Document, Span

RELATIONS = ("issues", "revises", "drafts", "implements", "studies", "includes", "reported_in", "uses", "hears")
# 和市高法院《…》, 、中组部关于…规定及《…》: what may stand between two titles under one verb.
JOINER = re.compile(r" ?(?:$|(?:、|,?以及|和|及|与|或|暨|,?并)(?:[^,。;:]{0,24}?(?:的|关于[^,。;:]{0,20}(?:及|和|、))?)? ?$)")
JOINER_MAX = 60  # characters; the parts of a joiner have 51 at most
CLAUSE = re.compile(r"[^,。;:!?\n]*")
SENTENCE = re.compile(r"[^。;!?\n]*")
CLAUSE_MAX = 120  # characters before a title, and after it, that are read
TAKES_OBJECT_FIRST = ("将", "把", "对", "使", "以")
NUMBER_MAX = 40  # characters after a title in which its number stands


class Found(NamedTuple):
    """A title with the verb that governs it: None where no word says what is done with it."""

    title: Span
    relation: str
    verb: Span | None
    pending: bool
    rule: str


@per_lexicon
def relation_words() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a regex for every relation word, the longest first, and the relation of each."""
    lists = load("documents").lists
    words = {word: relation for relation in RELATIONS for word in lists[relation]}
    return re.compile(alternation(words)), words


def find_documents(context: Context, span: Span) -> list[Document]:
    """Return the documents named in `span`, in text order, without their issuers.

    Args:
        context: the notice.
        span: a measure, or any other stretch.

    Returns:
        One record for each 《…》; `issuer` is left to `kg.resolve`.
    """
    found: list[Found] = []
    for title in context.titles_in(span):
        found.append(_govern(context, title, found[-1] if found else None, span))
    found = _taken_into(context, found)
    return [_document(context, one, end) for one, end in zip(found, _group_ends(found))]


def _taken_into(context: Context, found: list[Found]) -> list[Found]:
    """将《A》纳入《B》 puts one document into another; 将情况纳入《B》 only uses it."""
    taken = Counter(f.verb for f in found if f.verb and context.masked.startswith("纳入", f.verb.start))
    return [f._replace(relation="includes", rule="document_includes") if f.verb and taken[f.verb] > 1 else f for f in found]


def _govern(context: Context, title: Span, before: Found | None, span: Span) -> Found:
    """Decide what is done with one title: by the list it stands in, the verb before it, or the words after."""
    masked = context.masked
    if before and _goes_on(masked, before.title.end, title.start):
        return before._replace(title=title)
    lowest = max(before.title.end if before else span.start, title.start - CLAUSE_MAX)
    start = context.back(CLAUSE, title.start, lowest)
    end = CLAUSE.match(masked, title.end, min(span.end, title.end + CLAUSE_MAX)).end()  # type: ignore[union-attr]
    verb = _verb_before(masked, start, title.start)
    pending = load("documents").scanner("pending").search(masked, start, title.start) is not None
    if after := _after(context, title, span.end, verb is not None):
        return after._replace(pending=pending)
    if verb is None and masked[start:title.start].rstrip(" ").endswith(TAKES_OBJECT_FIRST):
        verb = next(_verbs(masked, title.end, end), None)
    if verb is None:
        verb = next((v for v in reversed([*_verbs(masked, start, title.start)])
                     if masked[v.start:v.end] in load("documents").lists["authored"]), None)
    if verb is None:
        return Found(title, "other", None, pending, "document_unrelated")
    relation = relation_words()[1][masked[verb.start:verb.end]]
    return Found(title, relation, verb, pending, f"document_{relation}")


def _goes_on(masked: str, start: int, end: int) -> bool:
    """Whether two titles stand under one verb: nothing but a joiner is between them."""
    return end - start <= JOINER_MAX and bool(JOINER.match(masked, start, end)) and not any(_verbs(masked, start, end))


def _verbs(masked: str, start: int, end: int) -> Iterator[Span]:
    """The relation words of a stretch; 执行局 and 宣传部 hold none."""
    bodies = load("documents").maps["names_a_body"]
    return (Span(*m.span()) for m in relation_words()[0].finditer(masked, start, end)
            if not masked.startswith(tuple(bodies.get(m[0], "")), m.end()))


def _verb_before(masked: str, start: int, end: int) -> Span | None:
    """The last verb before a title that is not its attribute (中办印发的《…》)."""
    return next((v for v in reversed([*_verbs(masked, start, end)]) if not _is_attribute(masked, v, end)), None)


def _is_attribute(masked: str, verb: Span, end: int) -> bool:
    return masked[verb.end:min(verb.end + 3, end)].lstrip("了过").startswith("的") and \
        CLAUSE.match(masked, verb.end, end).end() == end  # type: ignore[union-attr]


@per_lexicon
def _after_patterns(governed: bool) -> tuple[Pattern, ...]:
    """The patterns for the words after a title; of one that a verb governs, those up to the last
    that can overrule the verb: 印发的《…》专题刊载."""
    patterns = group("documents", "after_")
    overrule = [i for i, p in enumerate(patterns) if p.fields["relation"] == "reported_in"]
    return patterns[:max(overrule, default=-1) + 1] if governed else patterns


def _after(context: Context, title: Span, end: int, governed: bool) -> Found | None:
    """What the words after a title say: 《…》执行力度, 《…》专题刊载, 《…》已印发."""
    rest = SENTENCE.match(context.masked, title.end, min(end, title.end + CLAUSE_MAX))[0]  # type: ignore[index]
    if number := load("documents").regex("number").match(context.folded[title.end:end]):
        rest = rest[number.end():].lstrip(")")
    for pattern in _after_patterns(governed):
        match = pattern.regex.match(rest)
        if match and match[0]:
            relation = pattern.fields["relation"]
            overrules = relation == "reported_in" or not governed
            return Found(title, relation, None, False, f"document_{pattern.name}") if overrules else None
    return None


def _group_ends(found: Sequence[Found]) -> list[int]:
    """The end of the last title under the same verb as each."""
    ends = [f.title.end for f in found]
    for i in range(len(found) - 2, -1, -1):
        if found[i].verb is not None and found[i].verb == found[i + 1].verb:
            ends[i] = ends[i + 1]
    return ends


def _document(context: Context, found: Found, group_end: int) -> Document:
    lexicon, (start, end) = load("documents"), found.title
    folded = context.folded[start + 1:end - 1]
    number = lexicon.regex("number").match(context.folded[end:end + NUMBER_MAX])
    action = Span(min(found.verb.start, start), max(group_end, found.verb.end)) if found.verb else Span(start, group_end)
    return Document(context.text[start + 1:end - 1], found.relation, found.title, action, None, None,
                    number["number"] if number else None, title_year(folded), bool(lexicon.regex("trial").search(folded)),
                    found.pending, None, found.rule)


def title_year(title: str) -> int | None:
    """Return the year that a title carries.

    >>> title_year("2021年工作要点"), title_year("评估办法(2022年)"), title_year("三年行动计划")
    (2021, 2022, None)
    """
    match = load("documents").regex("year").search(title)
    return int(next(g for g in match.groups() if g)) if match else None
