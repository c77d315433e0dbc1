"""Titled documents 《…》: what the text does with each, who issues it, and how they are linked."""
from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.extract.context import Context
from kg.lexicon import Pattern, alternation, group, load
from kg.lexicon.overlay import per_lexicon
from kg.model import MADE, Document, DocumentLink, Span

RELATIONS = ("issues", "revises", "drafts", "implements", "studies", "includes", "reported_in", "uses", "hears")
# 和市高法院《…》, 、中组部关于…规定及《…》: what may stand between two titles under one verb.
JOINER = re.compile(r" ?(?:$|(?:、|,?以及|和|及|与|或|暨|,?并)(?:[^,。;:]{0,24}?(?:的|关于[^,。;:]{0,20}(?:及|和|、))?)? ?$)")
JOINER_MAX = 60  # characters; the parts of a joiner have 51 at most
CLAUSE = re.compile(r"[^,。;:!?\n]*")
SENTENCE = re.compile(r"[^。;!?\n]*")
CLAUSE_MAX = 120  # characters before a title, and after it, that are read
TAKES_OBJECT_FIRST = ("将", "把", "对", "使", "以")
FITS, WITH = re.compile(r"(?:[^,。;《]{0,4})(?:相?衔接|配套)"), re.compile("[与同]")  # 修订《A》，与《B》相衔接
TAKES = re.compile("[将把]")
ENTERS = re.compile("入选")  # what a document does, and nobody with it
REFERS_BACK = re.compile(r"[将把]其|(?:将)?(?:该|此|上述|以上|相关|前述)(?:项)?(?:制度|办法|文件|规定|意见|细则|机制|方案)")
INTERFACE = re.compile("衔接|对接")
BETWEEN = re.compile(r"(?P<one>[^,。;:《》]{3,30}?)(?:与|和)(?P<two>[^,。;:《》]{3,30}?)(?:之间)?的?(?:程序|制度|工作|机制)?(?:相互|有效|有机)?(?:衔接|对接)")
LINKED_MAX = 20  # bases or compendia of one sentence; documents on each side of a phrase that may mean one
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


def find_links(context: Context, span: Span, documents: Sequence[Document]) -> list[DocumentLink]:
    """Return the links that the text of `span` itself makes between the documents named in it."""
    if not documents:
        return []
    links = [link for document in documents for link in _nested(document)]
    for sentence, inside in _by_sentence(context, span, documents):
        before = documents[inside.start - 1] if inside.start else None
        links += _based_on(context, documents[inside.start:inside.stop])
        links += _joined_to(context, documents[inside.start:inside.stop])
        links += _compiled(context, sentence, documents[inside.start:inside.stop], before)
    links += _interfaces(context, span, documents)
    return sorted(dict.fromkeys(links), key=lambda link: (link.span, link.source, link.target))


def _by_sentence(context: Context, span: Span, documents: Sequence[Document]) -> Iterator[tuple[Span, range]]:
    """The sentences of `span` that name documents, each with the places of these."""
    first = 0
    while first < len(documents):
        sentence = context.sentence_at(documents[first].span.start, span)
        last = next((i for i in range(first, len(documents)) if documents[i].span.start >= sentence.end), len(documents))
        yield sentence, range(first, last)
        first = last


def _nested(document: Document) -> list[DocumentLink]:
    match = load("documents").regex("nested").search(document.title)
    if not match or match["verb"] not in ("贯彻落实", "落实", "贯彻", "执行", "实施", "修改", "修订"):
        return []
    kind = "revises" if match["verb"] in ("修改", "修订") else "implements"
    start = document.span.start + 1 + match.start()
    return [DocumentLink(document.title, match["title"], kind, Span(start, start + len(match[0])), "link_nested")]


def _based_on(context: Context, documents: Sequence[Document]) -> list[DocumentLink]:
    basis, is_basis = load("documents").regex("basis"), load("documents").regex("is_basis")
    bases = [d for d in documents if d.relation == "implements" and (
        basis.match(context.masked, d.action_span.start) or is_basis.match(context.masked, d.span.end))][:LINKED_MAX]
    made = [d for d in documents if d.relation in MADE] if bases else []
    return [DocumentLink(d.title, base.title, "based_on", Span(min(base.action_span.start, d.span.start), max(base.span.end, d.span.end)), "link_based_on")
            for d in made for base in bases if base.span.end <= d.action_span.start or d.span.end == base.action_span.start]


def _compiled(context: Context, sentence: Span, inside: Sequence[Document], before: Document | None) -> list[DocumentLink]:
    """What is taken into a compendium: 将《A》编入《B》; 制定《A》，编入《B》; 《A》入选《B》."""
    links = []
    for at, compendium in enumerate(inside):
        start = inside[at - 1].span.end if at else sentence.start
        if compendium.relation == "includes" or ENTERS.search(context.masked, start, compendium.span.start):
            first = max(0, at - LINKED_MAX)
            since = inside[first - 1].span.end if first else sentence.start
            taken = _taken(context, Span(since, compendium.span.start), inside[first:at], before)
            links += [DocumentLink(d.title, compendium.title, "compiled_into", Span(min(d.action_span.start, d.span.start), compendium.span.end), "link_compiled")
                      for d in taken]
    return links


def _taken(context: Context, span: Span, earlier: Sequence[Document], before: Document | None) -> Sequence[Document]:
    """Of the documents named before a compendium those that it takes: what stands after 将 or is meant by
    将其 or 将该制度, where it says so; else those made, or the one that the sentence is about.

    Args:
        span: the sentence up to the compendium.
        earlier: the documents in it.
        before: the one named last before the sentence.
    """
    clause = max(span.start, context.masked.rfind(";", span.start, span.end))
    takes = max((m.start() for m in TAKES.finditer(context.masked, clause, span.end)), default=None)
    if takes is not None and (moved := [d for d in earlier if d.span.start > takes]):
        return moved
    if REFERS_BACK.search(context.masked, span.start if takes is None else takes, span.end):
        return earlier[-1:] or ([before] if before else [])
    if takes is not None:
        return []
    return [d for d in earlier if d.relation in (*MADE, "includes")] or [d for d in earlier if d.relation == "other"][-1:]


def _joined_to(context: Context, documents: Sequence[Document]) -> list[DocumentLink]:
    """What a document is made to fit: 修订《A》，与《B》相衔接."""
    return [DocumentLink(one.title, other.title, "interfaces_with", Span(one.span.start, other.span.end), "link_interfaces")
            for one, other in pairwise(documents)
            if one.relation in MADE and FITS.match(context.masked, other.span.end) and WITH.search(context.masked, one.span.end, other.span.start)]


def _interfaces(context: Context, span: Span, documents: Sequence[Document]) -> list[DocumentLink]:
    if len(documents) < 2 or not INTERFACE.search(context.masked, span.start, span.end):
        return []
    links = []
    for match in BETWEEN.finditer(context.masked, span.start, span.end):
        at = bisect_left(documents, match.start(), key=lambda d: d.span.start)
        near = documents[max(0, at - LINKED_MAX):at + LINKED_MAX]
        one, two = (_closest(match[side], near) for side in ("one", "two"))
        if one and two and one.title != two.title:
            links.append(DocumentLink(one.title, two.title, "interfaces_with", Span(*match.span()), "link_interfaces"))
    return links


def _closest(words: str, documents: Sequence[Document]) -> Document | None:
    """The document whose title shares most pairs of characters with `words`, at least half of them."""
    pairs = {words[i:i + 2] for i in range(len(words) - 1)}
    scored = [(sum(p in d.title for p in pairs), -i, d) for i, d in enumerate(documents)]
    best = max(scored, default=None, key=lambda s: s[:2])
    return best[2] if best and best[0] >= 0.5 * len(pairs) else None
