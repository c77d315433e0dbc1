"""The text of one file → the records of a notice, in reading order."""
from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kg.errors import NotANoticeError
from kg.extract.claims import find_claims
from kg.extract.context import Context
from kg.extract.dates import Clock, find_dates
from kg.extract.documents import find_documents
from kg.extract.figures import find_figures
from kg.extract.header import find_header
from kg.extract.labels import Learned, find_labels, note_of, status_first, status_last, status_said
from kg.extract.learned import learn_labels
from kg.extract.levels import find_levels
from kg.extract.links import find_links
from kg.extract.organizations import Names
from kg.extract.page import Page, find_page
from kg.extract.participation import find_participations
from kg.extract.publisher import Publisher, read_publisher
from kg.extract.roles import Entry, Roles, assign_roles, labelled_roles, one_issue
from kg.extract.stacked import find_stacked_rows
from kg.extract.statuses import find_status
from kg.extract.tables import Row, find_rows
from kg.lexicon import POINT_SIGNS, load
from kg.model import Aspect, Header, Issue, Measure, Notice, Organization, Recommendation, Source, Span, Warning
from kg.outline import Label, Node, find_marks, find_outline, heading_of
from kg.reading import Reading

HEADING_MAX = 45  # characters of a first sentence that is a label for the measure
TITLE_SIGNS = "“”\"‘’' 。;,:、()[]【】〔〕/|—" + POINT_SIGNS
PARTS_PLAYED = {"main": "lead", "help": "cooperating"}  # 计财股(主),人事股(协)
ORGANIZATION_LABELS = {"lead": "responsible", "responsible": "responsible", "cooperating": "cooperating", "supervising": "other"}
EXCERPT = 40  # characters of a stretch quoted in a warning


@dataclass(frozen=True)
class Scene:
    """What the extraction of one notice shares: its text, its head, and what holds everywhere."""

    context: Context
    page: Page
    header: Header
    source: Source

    @cached_property
    def names(self) -> Names:
        return Names(self.context)

    @cached_property
    def publisher(self) -> Publisher | None:
        return read_publisher(self.header.publisher)

    @cached_property
    def clock(self) -> Clock:
        header = self.header
        date = header.status_as_of or header.signed or header.published or header.feedback_date
        told = [d for d in (header.status_as_of, header.signed, header.published) if d]
        return Clock(int(date[:4]) if date else None, max(told, default=None))


def extract_notice(reading: Reading) -> Notice:
    """Return the records of the notice in `reading`; names of bodies are as written.

    Returns:
        A notice with 0..n issues; what no rule understood is in `warnings`.

    Raises:
        NotANoticeError: nothing in the text speaks of an inspection and its rectification.
    """
    context = Context(reading.text)
    _refuse_other_texts(context, reading.source.file)
    page = find_page(context.folded)
    scene = Scene(context, page, find_header(context, page), reading.source)
    if rows := find_rows(context.folded, page.body) or find_stacked_rows(context.folded, Span(page.body.start, len(context.folded))):
        return _of_table(scene, rows)
    roles = labelled_roles(context.folded, page.body, page.marks)
    if not roles:
        outline = find_outline(context.folded, page.body, page.marks)
        roles = one_issue(context.folded, outline) or assign_roles(context.folded, outline)
    learned = learn_labels(context.folded, [Span(e.node.title.end, _own_span(e).end) for e in roles.entries])
    issues = tuple(_status_raised([_issue(scene, entry, number, learned) for entry, number in _numbered(roles.entries)]))
    aspects = tuple(Aspect(n.mark.number, _title(scene, n), n.span) for n in roles.aspects)
    return _notice(scene, issues, aspects, _recommendations(scene, roles), _outside(page, roles),
                   tuple(_warnings(scene, roles, issues)))


def _notice(scene: Scene, issues: tuple[Issue, ...], aspects: tuple[Aspect, ...], recommendations: tuple[Recommendation, ...],
            outside: Sequence[Span], warnings: tuple[Warning, ...]) -> Notice:
    context = scene.context
    return Notice(
        source=scene.source, header=scene.header, text=context.text, issues=issues, aspects=aspects,
        claims=tuple(find_claims(context, outside)), recommendations=recommendations,
        documents=tuple(d for span in outside for d in find_documents(context, span)),
        furniture=scene.page.furniture, warnings=warnings)


def _of_table(scene: Scene, rows: Sequence[Row]) -> Notice:
    """The records of a notice whose issues stand in a table."""
    titles = dict.fromkeys(row.aspect for row in rows if row.aspect)
    aspects = tuple(Aspect(str(n), _aspect_title(scene, span), span) for n, span in enumerate(titles, 1))
    issues = tuple(_table_issue(scene, row) for row in rows)
    return _notice(scene, issues, aspects, (), _between(scene.page, [row.span for row in rows]), ())


def _aspect_title(scene: Scene, line: Span) -> str:
    match = load("sections").regex("table_aspect").match(scene.context.folded[line.start:line.end])
    return scene.context.text[line.start + match.start("title"):line.end] if match else ""


def _table_issue(scene: Scene, row: Row) -> Issue:
    title = _trim(scene.context.folded, row.of("problem")[0]) if row.of("problem") else Span(row.span.start, row.span.start)
    own = title_span(scene.context.folded, title)
    return Issue(
        number=row.number, title=_unquoted(scene.context.text[own.start:own.end]), title_span=title, span=row.span,
        aspect=_aspect_title(scene, row.aspect) if row.aspect else None,
        status=_cell(scene, row, "status"), deadline=_cell(scene, row, "deadline"), leader=_cell(scene, row, "leader"),
        organizations=tuple(o for kind in ORGANIZATION_LABELS for cell in row.of(kind) for o in _listed(scene, cell, kind)),
        measures=tuple(_measure(scene, span, marker) for cell in row.of("measures") for span, marker in _cell_measures(scene, cell)))


def _cell(scene: Scene, row: Row, kind: str) -> str | None:
    cells = row.of(kind)
    return scene.context.text[cells[0].start:cells[0].end] if cells else None


def _cell_measures(scene: Scene, cell: Span) -> Iterator[tuple[Span, str]]:
    """The numbered items of a cell, or all of it."""
    nodes = find_outline(scene.context.folded, cell, find_marks(scene.context.folded, cell)).roots
    if not nodes:
        yield cell, ""
    for node in nodes:
        yield _trim(scene.context.folded, node.span), _printed_mark(scene, node)


def _refuse_other_texts(context: Context, file: str) -> None:
    head = context.folded
    if not (load("sections").regex("inspection_word").search(head) and "整改" in head):
        raise NotANoticeError("is not a rectification notice: it speaks of no inspection and its rectification", file=file)


def _numbered(entries: Sequence[Entry]) -> Iterator[tuple[Entry, str]]:
    """Each entry with its number; that of a sub-issue continues its parent's: 1.2. Those under signs (——) are counted."""
    numbers: dict[int, str] = {}
    signed: Counter[int] = Counter()
    for entry in entries:
        mark, parent = entry.node.mark, id(entry.parent.node) if entry.parent else 0
        signed[parent] += not mark.value
        number, value = (mark.number, mark.value) if mark.value else (str(signed[parent]), signed[parent])
        if entry.parent is not None and "." not in number:
            number = f"{numbers[parent]}.{value}"
        numbers[id(entry.node)] = number
        yield entry, number


def _issue(scene: Scene, entry: Entry, number: str, learned: Learned) -> Issue:
    node = entry.node
    own = _own_span(entry)
    note = note_of(scene.context.folded, node)
    labels = ([note] if note else []) + find_labels(scene.context.folded, Span(node.title.end, own.end), learned)
    title = node.title if node.title.end > node.title.start else next((la.value for la in labels if la.kind == "problem"), node.title)
    if (last := status_last(scene.context.folded, own)) and all(label.kind != "status" for label in labels):
        labels.append(last)
    values = {label.kind: label for label in reversed(labels)}
    status = values.get("status") or status_first(scene.context.folded, labels) or status_said(scene.context.folded, own)
    parts = [_measure(scene, span, marker) for span, marker in _measure_spans(scene, entry, own, labels)]
    lead = _lead(scene, entry, labels)
    return Issue(
        number=number, title=_words(scene, title), title_span=title, span=node.span,
        aspect=_title(scene, entry.aspect) if entry.aspect else None,
        parent=number.rpartition(".")[0] or None if entry.parent else None,
        status=_value(scene, status), deadline=_value(scene, values.get("deadline")),
        leader=_value(scene, values.get("leader")), organizations=tuple(_labelled(scene, labels)),
        documents=tuple(find_documents(scene.context, lead)) if lead else (), measures=tuple(parts))


def _status_raised(issues: Sequence[Issue]) -> Iterator[Issue]:
    """Give an issue the status that stands after the last of those below it and after no other of them."""
    at = 0
    while at < len(issues):
        end = next((i for i in range(at + 1, len(issues)) if issues[i].parent is None), len(issues))
        head, below = issues[at], list(issues[at + 1:end])
        if len(below) > 1 and head.status is None and below[-1].status and all(sub.status is None for sub in below[:-1]):
            head, below[-1] = replace(head, status=below[-1].status), replace(below[-1], status=None)
        yield head
        yield from below
        at = end


def _own_span(entry: Entry) -> Span:
    """An issue without the issues below it: up to the first of those."""
    kept = {id(m) for m in entry.measures}
    subs = [c for c in entry.node.children if id(c) not in kept]
    return Span(entry.node.span.start, subs[0].span.start if subs else entry.node.span.end)


def _lead(scene: Scene, entry: Entry, labels: Sequence[Label]) -> Span | None:
    """The text between the title of an issue and its first numbered measure."""
    if not entry.measures:
        return None
    lead = Span(entry.node.title.end, entry.measures[0].span.start)
    lead = Span(max([lead.start] + [la.value.end for la in labels if la.value.end <= lead.end and la.kind in DESCRIPTIVE]), lead.end)
    return lead if scene.context.folded[lead.start:lead.end].strip(TITLE_SIGNS + "\n\r") else None


# Labels whose text is no measure: it names who, until when, how far, and what was wrong.
DESCRIPTIVE = ("status", "leader", "lead", "responsible", "cooperating", "supervising", "deadline", "goal", "problem")


def _measure_spans(scene: Scene, entry: Entry, own: Span, labels: Sequence[Label]) -> Iterator[tuple[Span, str]]:
    """The stretches that are measures, with their marks."""
    if entry.measures:
        said = {label.span.start: label.kind for label in labels}
        for measure in entry.measures:
            is_label = said.get(measure.title.start) in ("measures", "result")  # 1.整改措施 over (1) and (2)
            for node in measure.children if is_label and measure.children else [measure]:
                yield from _without_labels(scene, node.span, labels, _printed_mark(scene, node), node.mark.span.end)
        return
    start = entry.node.title.end
    for span, _ in _without_labels(scene, Span(start, own.end), labels, "", start):
        yield span, ""
        return


def _without_labels(scene: Scene, span: Span, labels: Sequence[Label], marker: str, begin: int) -> Iterator[tuple[Span, str]]:
    """`span` without the label lines at its ends, if any text is left; a mark that numbers a label goes with it: ③责任人:.

    Args:
        begin: where the words behind the mark begin.
    """
    start, end = span
    for label in labels[bisect_left(labels, start, key=_place):bisect_left(labels, end, key=_place)]:
        if label.span.start < start:  # inside the label before
            continue
        is_first = not scene.context.folded[begin:label.span.start].strip(TITLE_SIGNS + "\n\r")
        if label.kind in DESCRIPTIVE and not is_first:
            end = label.span.start
            break
        if is_first:
            start = begin = label.value.end if label.kind in DESCRIPTIVE else label.span.end
            marker = ""
    span = _trim(scene.context.folded, Span(start, end))
    if span.end > span.start:
        yield span, marker


def _place(label: Label) -> int:
    return label.span.start


def _trim(folded: str, span: Span) -> Span:
    start, end = span
    while start < end and folded[start] in " 。;:,、\n\r)]】〕":
        start += 1
    while end > start and folded[end - 1] in " \n\r([【〔—":  # a bracket or a dash that opens there holds labels
        end -= 1
    return Span(start, end)


def _printed_mark(scene: Scene, node: Node) -> str:
    return scene.context.text[node.mark.span.start:node.mark.span.end].strip(" ,，:：、.．")


def _measure(scene: Scene, span: Span, marker: str) -> Measure:
    context = scene.context
    documents = find_documents(context, span)
    status, cue = find_status(context, span, documents)
    return Measure(
        marker=marker, heading=_heading(scene, span, marker), text=context.text[span.start:span.end], span=span,
        status=status, status_span=cue, documents=tuple(documents),
        document_links=tuple(find_links(context, span, documents)),
        organizations=tuple(find_participations(context, scene.names.within(span))),
        court_levels=tuple(find_levels(context, span, scene.publisher)),
        figures=tuple(find_figures(context, span)), dates=tuple(find_dates(context, span, scene.clock)))


def _heading(scene: Scene, span: Span, marker: str) -> str | None:
    """The first sentence of a marked measure, when more follows it and it is short."""
    if not marker:
        return None
    text = scene.context.folded
    mark = load("outline").regex("mark").match(text, span.start, span.end)
    heading = heading_of(text, mark.end() if mark else span.start, span.end)
    follows = text[heading.end:span.end].strip(TITLE_SIGNS + "\n\r")
    words = scene.context.text[heading.start:heading.end]
    return words if words and follows and len(words) <= HEADING_MAX else None


def _title(scene: Scene, node: Node) -> str:
    """The words of a heading without 关于, the outer quotes and 的问题 / 问题的整改."""
    return _words(scene, node.title)


def _words(scene: Scene, title: Span) -> str:
    words = title_span(scene.context.folded, title)
    return _unquoted(scene.context.text[words.start:words.end])


def title_span(folded: str, title: Span) -> Span:
    """Where the words of a title stand that say what is wrong."""
    match = load("sections").regex("title_words").match(folded[title.start:title.end])
    if not match:
        return title
    start, end = match.span(match.lastgroup or 0)
    return _trim(folded, Span(title.start + start, title.start + end))


def _unquoted(title: str) -> str:
    """Take off the pair of quotes that holds the whole title; “A”和“B” has none such."""
    inner = title[1:-1]
    if title[:1] not in ("“", '"') or title[-1:] not in ("”", '"'):
        return title
    depth = 0
    for char in inner:
        depth += (char == "“") - (char == "”")
        if depth < 0:
            return title
    return inner


def _value(scene: Scene, label: Label | None) -> str | None:
    return scene.context.text[label.value.start:label.value.end] or None if label else None


def _labelled(scene: Scene, labels: Sequence[Label]) -> Iterator[Organization]:
    """The bodies of label lines: every item of 责任部门:立案庭、执行局, whatever its name ends in."""
    for label in labels:
        if label.kind not in ORGANIZATION_LABELS:
            continue
        yield from _listed(scene, label.value, label.kind)


def _listed(scene: Scene, span: Span, kind: str) -> Iterator[Organization]:
    """The bodies of a list; a word after one says what part it plays, and with it those before 、: A牵头,B、C配合."""
    folded = scene.context.folded
    items = list(_items(folded, span))
    roles: list[str] = []
    parts = [load("sections").regex("part_played").search(folded[start:end]) for start, end in items]
    for (_, end), part in zip(reversed(items), reversed(parts)):
        said = next((PARTS_PLAYED.get(name, name) for name, words in part.groupdict().items() if words), kind) if part else None
        roles.append(said or (roles[-1] if roles and folded[end] == "、" else kind))
    for (start, end), part, role in zip(items, parts, reversed(roles)):
        end = start + part.start() if part else end
        alias = load("header").scanner("alias").search(folded, start, end)
        end = alias.start() if alias else end
        mention = scene.context.text[start:end]
        kinds = [n.kind for n in scene.names.within(Span(start, end))]
        yield Organization(mention, mention, kinds[-1] if kinds else "department", ORGANIZATION_LABELS[role],
                           True, Span(start, end), f"label_{role}")


def _items(folded: str, span: Span) -> Iterator[Span]:
    start = span.start
    for i in range(span.start, span.end + 1):
        if i == span.end or folded[i] in "、,;。\n/" or folded[i] == " ":
            if folded[start:i].strip():
                yield _trim(folded, Span(start, i))
            start = i + 1


def _outside(page: Page, roles: Roles) -> list[Span]:
    """The stretches of the body that no issue covers, in text order."""
    return _between(page, [entry.node.span for entry in roles.entries if entry.parent is None])


def _between(page: Page, issues: Sequence[Span]) -> list[Span]:
    """What the body holds between, before and after the issues."""
    spans, at = [], page.body.start
    for issue in issues:
        if issue.start > at:
            spans.append(Span(at, issue.start))
        at = max(at, issue.end)
    last = max(page.closing.start, page.body.end)
    return [s for s in (*spans, Span(at, last)) if s.end > s.start]


def _recommendations(scene: Scene, roles: Roles) -> tuple[Recommendation, ...]:
    return tuple(Recommendation(n.mark.number, _title(scene, n), n.span) for n in roles.recommendations)


def _warnings(scene: Scene, roles: Roles, issues: Sequence[Issue]) -> Iterator[Warning]:
    if not issues:
        yield Warning("no_issues", "no list of issues was found", scene.page.body)
        return
    parents = {id(entry.parent) for entry in roles.entries}
    for entry, issue in zip(roles.entries, issues):
        if not issue.measures and id(entry) not in parents:
            yield Warning("no_measures", f"issue {issue.number} has a heading and no text", issue.span)
    for span in _unclaimed(scene, roles):
        words = scene.context.text[span.start:span.end].strip()[:EXCERPT]
        yield Warning("unclaimed", f"no rule understood: {words}", span)


def _unclaimed(scene: Scene, roles: Roles) -> Iterator[Span]:
    """Text of the issue part that is neither heading nor issue: what stands under an aspect."""
    for aspect in roles.aspects:
        span = _trim(scene.context.folded, aspect.own) if aspect.children else Span(0, 0)
        if span.end > span.start and not any(e.node is aspect for e in roles.entries):
            yield span
