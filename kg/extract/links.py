"""How a text joins the documents that it names: what rests on what, goes into what, fits or replaces what."""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.context import Context
from kg.lexicon import load
from kg.model import MADE, Document, DocumentLink, Span

FITS, WITH = re.compile(r"(?:[^,。;《]{0,4})(?:相?衔接|配套)"), re.compile("[与同]")  # 修订《A》，与《B》相衔接
TAKES = re.compile("[将把]")
ENTERS = re.compile("入选")  # what a document does, and nobody with it
REFERS_BACK = re.compile(r"[将把]其|(?:将)?(?:该|此|上述|以上|相关|前述)(?:项)?(?:制度|办法|文件|规定|意见|细则|机制|方案)")
INTERFACE = re.compile("衔接|对接")
BETWEEN = re.compile(r"(?P<one>[^,。;:《》]{3,30}?)(?:与|和)(?P<two>[^,。;:《》]{3,30}?)(?:之间)?的?(?:程序|制度|工作|机制)?(?:相互|有效|有机)?(?:衔接|对接)")
LINKED_MAX = 20  # bases or compendia of one sentence; documents on each side of a phrase that may mean one
SEES_BEHIND = 60  # characters behind a title that tell what it takes the place of


def find_links(context: Context, span: Span, documents: Sequence[Document]) -> list[DocumentLink]:
    """Return the links that the text of `span` itself makes between the documents named in it."""
    if not documents:
        return []
    links = [link for document in documents for link in _nested(document)]
    for sentence, inside in _by_sentence(context, span, documents):
        before = documents[inside.start - 1] if inside.start else None
        links += _based_on(context, documents[inside.start:inside.stop])
        links += _joined_to(context, documents[inside.start:inside.stop])
        links += _replaced(context, documents[inside.start:inside.stop])
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


def _replaced(context: Context, documents: Sequence[Document]) -> list[DocumentLink]:
    """A document that stands for an older one: 将《B》修订为《A》; 以《A》取代《B》; 《B》由《A》代替; 废止《B》，代之以《A》."""
    lexicon, masked = load("documents"), context.masked
    links = []
    for one, other in pairwise(documents):
        between, behind = masked[one.span.end:other.span.start], masked[other.span.end:other.span.end + SEES_BEHIND]
        if lexicon.regex("replaces").search(between):
            old, new = other, one
        elif lexicon.regex("replaced_by").search(between) or lexicon.regex("given_up_for").search(between) and lexicon.regex("takes_place").match(behind):
            old, new = one, other
        else:
            continue
        links.append(DocumentLink(new.title, old.title, "revises", Span(one.span.start, other.span.end), "link_replaced"))
    return links
