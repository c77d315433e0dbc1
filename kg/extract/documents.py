"""Titled documents 《…》: what the text does with each, who issues it, and how they are linked."""
from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.extract.context import Context
from kg.lexicon import alternation, group, load
from kg.lexicon.overlay import per_lexicon
from kg.model import Document, DocumentLink, Span

RELATIONS = ("issues", "revises", "drafts", "implements", "studies", "includes", "reported_in", "uses", "hears")
# 和市高法院《…》, 、中组部关于…规定及《…》: what may stand between two titles under one verb.
JOINER = re.compile(r"^ ?(?:$|(?:、|,?以及|和|及|与|或|暨|,?并)(?:[^,。;:]{0,24}?(?:的|关于[^,。;:]{0,20}(?:及|和|、))?)? ?$)")
BREAKS = ",。;:!?\n"
CLAUSE_BREAK = re.compile(r"[,。;:!?\n]")
TAKES_OBJECT_FIRST = ("将", "把", "对", "使", "以")
BASIS = re.compile(r"根据|依据|按照|依照|遵照|参照|对照")
REFERS_BACK = re.compile(r"(?:将)?(?:该|此|上述|以上|相关|前述)(?:项)?(?:制度|办法|文件|规定|意见|细则|机制|方案)")
INTERFACE = re.compile("衔接|对接")
BETWEEN = re.compile(r"(?P<one>[^,。;:《》]{3,30}?)(?:与|和)(?P<two>[^,。;:《》]{3,30}?)(?:之间)?的?(?:程序|制度|工作|机制)?(?:相互|有效|有机)?(?:衔接|对接)")


@dataclass(frozen=True, slots=True)
class Found:
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
        One record for each 《…》; `issuer` is left to `kg.extract.issuers`.
    """
    found: list[Found] = []
    titles = context.titles_in(span)
    skip: set[Span] = set()
    for title in titles:
        if title in skip:
            continue
        after_end = _clause_end(context, title, span)
        alias = _alias(context, title)
        if alias:
            skip.update(t for t in titles if title.end <= t.start < alias.end() + 1)
        found.append(_govern(context, title, found[-1] if found else None, span, after_end))
    found = _taken_into(context, found)
    return [_document(context, f, _group_end(found, i)) for i, f in enumerate(found)]


def _taken_into(context: Context, found: list[Found]) -> list[Found]:
    """将《A》纳入《B》 puts one document into another; 将情况纳入《B》 only uses it."""
    joined = {f.verb for f in found if f.verb and context.masked.startswith("纳入", f.verb.start)
              and sum(g.verb == f.verb for g in found) > 1}
    return [replace(f, relation="includes", rule="document_includes") if f.verb in joined else f for f in found]


def _alias(context: Context, title: Span) -> re.Match[str] | None:
    return load("documents").regex("alias").match(context.folded[title.end:title.end + 80])


def _govern(context: Context, title: Span, before: Found | None, span: Span, after_end: int) -> Found:
    """Decide what is done with one title: by the list it stands in, the verb before it, or the words after."""
    masked = context.masked
    if before and JOINER.match(masked[before.title.end:title.start]) and not _verbs(masked, before.title.end, title.start):
        return replace(before, title=title)
    start = _clause_start(masked, title.start, span.start)
    if before and before.title.end > start:
        start = before.title.end
    verb, pending = _verb_before(masked, start, title.start)
    after = _after(context, title, after_end)
    if verb is None or after and after.relation == "reported_in":
        if after:
            return replace(after, pending=pending)
    if verb is None and masked[start:title.start].rstrip(" ").endswith(TAKES_OBJECT_FIRST):
        verb = next(iter(_verbs(masked, title.end, after_end)), None)
    if verb is None:
        return Found(title, "other", None, pending, "document_unrelated")
    _, words = relation_words()
    word = masked[verb.start:verb.end]
    return Found(title, words[word], verb, pending, f"document_{words[word]}")


def _clause_start(masked: str, at: int, lowest: int) -> int:
    breaks = [m.end() for m in CLAUSE_BREAK.finditer(masked, max(lowest, at - 120), at)]
    return breaks[-1] if breaks else max(lowest, at - 120)


def _clause_end(context: Context, title: Span, span: Span) -> int:
    found = CLAUSE_BREAK.search(context.masked, title.end, span.end)
    return found.start() if found else span.end


def _verbs(masked: str, start: int, end: int) -> list[Span]:
    regex, _ = relation_words()
    return [Span(*m.span()) for m in regex.finditer(masked, start, end)]


def _verb_before(masked: str, start: int, end: int) -> tuple[Span | None, bool]:
    """The last verb before a title that is not its attribute (中办印发的《…》), and whether 即将出台."""
    pending = bool(load("documents").regex("pending").search(masked, start, end))
    verbs = [v for v in _verbs(masked, start, end) if not _is_attribute(masked, v, end)]
    return (verbs[-1] if verbs else None), pending


def _is_attribute(masked: str, verb: Span, end: int) -> bool:
    return masked[verb.end:min(verb.end + 3, end)].lstrip("了过").startswith("的") and \
        CLAUSE_BREAK.search(masked, verb.end, end) is None


def _after(context: Context, title: Span, end: int) -> Found | None:
    """What the words after a title say: 《…》执行力度, 《…》专题刊载, 《…》已印发."""
    rest = context.masked[title.end:end]
    number = load("documents").regex("number").match(context.folded[title.end:end])
    rest = rest[number.end():].lstrip(")") if number else rest
    for pattern in group("documents", "after_"):
        match = pattern.regex.match(rest)
        if match and match[0]:
            return Found(title, pattern.fields["relation"], None, False, f"document_{pattern.name}")
    return None


def _group_end(found: list[Found], i: int) -> int:
    """The end of the last title under the same verb as title `i`."""
    end = found[i].title.end
    for later in found[i + 1:]:
        if later.verb is None or later.verb != found[i].verb:
            break
        end = later.title.end
    return end


def _document(context: Context, found: Found, group_end: int) -> Document:
    title = context.text[found.title.start + 1:found.title.end - 1]
    folded = context.folded[found.title.start + 1:found.title.end - 1]
    start = min(found.verb.start, found.title.start) if found.verb else found.title.start
    number = load("documents").regex("number").match(context.folded[found.title.end:found.title.end + 40])
    end = max(group_end, found.verb.end if found.verb else 0)
    return Document(
        title=title, relation=found.relation, span=found.title, action_span=Span(start, end),
        number=number["number"] if number else None, year=title_year(folded),
        trial=bool(load("documents").regex("trial").search(folded)), pending=found.pending, rule=found.rule)


def title_year(title: str) -> int | None:
    """Return the year that a title carries.

    >>> title_year("2021年工作要点"), title_year("评估办法(2022年)"), title_year("三年行动计划")
    (2021, 2022, None)
    """
    match = load("documents").regex("year").search(title)
    return int(next(g for g in match.groups() if g)) if match else None


def find_links(context: Context, span: Span, documents: list[Document]) -> list[DocumentLink]:
    """Return the links that the text of `span` itself makes between the documents named in it."""
    links = [link for document in documents for link in _nested(document)]
    for sentence in context.sentences(span):
        inside = [d for d in documents if sentence.start <= d.span.start < sentence.end]
        links += _based_on(context, inside) + _compiled(context, sentence, inside, documents)
    links += _interfaces(context, span, documents)
    return sorted(dict.fromkeys(links), key=lambda link: (link.span, link.source, link.target))


def _nested(document: Document) -> list[DocumentLink]:
    match = load("documents").regex("nested").search(document.title)
    if not match or match["verb"] not in ("贯彻落实", "落实", "贯彻", "执行", "实施", "修改", "修订"):
        return []
    kind = "revises" if match["verb"] in ("修改", "修订") else "implements"
    start = document.span.start + 1 + match.start()
    return [DocumentLink(document.title, match["title"], kind, Span(start, start + len(match[0])), "link_nested")]


def _based_on(context: Context, documents: list[Document]) -> list[DocumentLink]:
    bases = [d for d in documents if d.relation == "implements"
             and BASIS.match(context.masked, d.action_span.start)]
    made = [d for d in documents if d.relation in ("issues", "revises", "drafts")]
    return [DocumentLink(d.title, base.title, "based_on", Span(base.action_span.start, d.span.end), "link_based_on")
            for d in made for base in bases if base.span.end <= d.action_span.start]


def _compiled(context: Context, sentence: Span, inside: list[Document], documents: list[Document]) -> list[DocumentLink]:
    links = []
    for compendium in (d for d in inside if d.relation == "includes"):
        earlier = [d for d in inside if d.span.end <= compendium.span.start and d is not compendium]
        if not earlier and REFERS_BACK.search(context.masked, sentence.start, compendium.span.start):
            earlier = [d for d in documents if d.span.end <= sentence.start][-1:]
        links += [DocumentLink(d.title, compendium.title, "compiled_into", Span(d.action_span.start, compendium.span.end),
                               "link_compiled") for d in earlier if d.relation in ("issues", "revises", "includes")]
    return links


def _interfaces(context: Context, span: Span, documents: list[Document]) -> list[DocumentLink]:
    if len(documents) < 2 or not INTERFACE.search(context.masked, span.start, span.end):
        return []
    links = []
    for match in BETWEEN.finditer(context.masked, span.start, span.end):
        one, two = (_closest(match[side], documents) for side in ("one", "two"))
        if one and two and one.title != two.title:
            links.append(DocumentLink(one.title, two.title, "interfaces_with", Span(*match.span()), "link_interfaces"))
    return links


def _closest(words: str, documents: list[Document]) -> Document | None:
    """The document whose title shares most pairs of characters with `words`, at least half of them."""
    pairs = {words[i:i + 2] for i in range(len(words) - 1)}
    scored = [(sum(p in d.title for p in pairs), -i, d) for i, d in enumerate(documents)]
    best = max(scored, default=None, key=lambda s: s[:2])
    return best[2] if best and best[0] >= 0.5 * len(pairs) else None
