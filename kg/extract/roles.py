"""What each heading of the outline is: a part, an aspect, an issue, a sub-issue or a measure.

Decided from how the marks nest and repeat and from how their titles read, level by level, so
that one odd title does not change its neighbours.
"""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.extract.labels import find_labels
from kg.lexicon import load
from kg.model import Span
from kg.outline import PART, SIGN, TOP, Label, Mark, Node, Outline, find_outline, heading_of

MEASURE_KINDS = ("shi", "ze", "zhua", "qi", "di", "turn", "measure_word", "dash_deep", "circled", "dingbat", "angle", "roman_half", "point")
ISSUE_KINDS = ("issue_word", "named", "unnumbered")
SIGNED = ("circled", "dingbat")  # marks that number measures, or issues that are each reported on
LABELS_MIN, LABELS_MAX = 3, 12  # headings that are labels: the fewest that make one issue, the most looked at
SHARE = 0.5  # of the titles of a level that must read one way


@dataclass(frozen=True, slots=True)
class Entry:
    """An issue of the outline with its aspect, the issue above it, and its measures."""

    node: Node
    aspect: Node | None
    parent: "Entry | None"
    measures: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Roles:
    """The headings of a notice by what they are. `other` are the parts that hold no issue."""

    aspects: tuple[Node, ...]
    entries: tuple[Entry, ...]
    recommendations: tuple[Node, ...]
    other: tuple[Node, ...]


def assign_roles(folded: str, outline: Outline) -> Roles:
    """Return what each heading of `outline` is."""
    titles = Titles(folded)
    forest, recommendations, other = _parts(titles, outline.roots)
    aspects, issues = _levels(titles, forest)
    entries: list[Entry] = []
    for aspect, node in issues:
        entries += _entries(titles, node, aspect, None)
    return Roles(tuple(aspects), tuple(entries), tuple(recommendations), tuple(other))


def labelled_roles(folded: str, body: Span, marks: Sequence[Mark]) -> Roles | None:
    """Return the issues of a notice that numbers none but opens each with a label: 整改任务: …

    Returns:
        None where the first label of that kind stands under a numbered heading, or there is none.
    """
    heads = [label for label in find_labels(folded, body) if label.word in load("outline").lists["label_task"]]
    first = next((m.span.start for m in marks if m.at_line_start), body.end)
    if not heads or first < heads[0].span.start:
        return None
    ends = [label.span.start for label in heads[1:]] + [body.end]
    entries = [_labelled_entry(folded, label, i, end, marks) for i, (label, end) in enumerate(zip(heads, ends), 1)]
    return Roles((), tuple(entries), (), ())


def _labelled_entry(folded: str, label: Label, number: int, end: int, marks: Sequence[Mark]) -> Entry:
    title = heading_of(folded, label.value.start, label.value.end)
    outline = find_outline(folded, Span(label.value.end, end), marks)
    mark = Mark("label", str(number), number, label.span, True)
    own = Span(title.end, outline.roots[0].span.start if outline.roots else end)
    node = Node(mark, title, Span(label.span.start, end), own, children=list(outline.roots))
    return Entry(node, None, None, outline.roots)


def one_issue(folded: str, outline: Outline) -> Roles | None:
    """Return the issue of a notice of one alone, the headings of which are labels: 一、反馈问题 二、整改目标 三、整改措施.

    Returns:
        None where the first heading is another one, or none of them says what was done.
    """
    named = [(root, label) for root in outline.roots[:LABELS_MAX] if (label := _label_of(folded, root))]
    done = [pair for pair in named if pair[1].kind in ("measures", "result")]
    if len(named) < LABELS_MIN or named[0][0] is not outline.roots[0] or not _tells_problem(named[0][1]) or not done:
        return None
    first = find_labels(folded, outline.roots[0].span)[0]
    title = heading_of(folded, first.value.start, first.value.end)
    measures = tuple(node for root, label in done for node in root.children or [_unmarked(Span(label.span.end, root.span.end))])
    node = Node(Mark("label", "1", 1, first.span, True), title, Span(outline.roots[0].span.start, named[-1][0].span.end), first.value, children=list(measures))
    return Roles((), (Entry(node, None, None, measures),), (), ())


def _label_of(folded: str, root: Node) -> Label | None:
    """The label that a heading is: 二、整改目标."""
    line = folded.find("\n", root.title.start, root.span.end)
    found = find_labels(folded, Span(root.span.start, root.span.end if line < 0 else line))
    return found[0] if found and found[0].span.start == root.title.start else None


def _tells_problem(label: Label) -> bool:
    return label.kind == "problem" or label.word in load("outline").lists["label_task"]


def _unmarked(span: Span) -> Node:
    nowhere = Span(span.start, span.start)
    return Node(Mark("label", "", 0, nowhere, True), nowhere, span, span)


@dataclass(frozen=True, slots=True)
class Titles:
    """How the titles of nodes read."""

    folded: str

    def text(self, node: Node) -> str:
        return self.folded[node.title.start:node.title.end]

    def reads(self, node: Node, *names: str) -> bool:
        text = self.text(node)
        return any(load("sections").regex(name).search(text) for name in names)

    def is_heading(self, node: Node) -> bool:
        """Whether a node is more than a measure: by its mark, or by a title such as ①关于“…”的问题。"""
        if node.mark.kind.startswith(SIGN):
            return any(self.is_heading(child) for child in node.children)
        return node.mark.kind not in MEASURE_KINDS or self.reads(node, "issue_in_full")

    def headings(self, node: Node) -> list[Node]:
        """The headings right below a node."""
        found = [child for child in node.children if self.is_heading(child)]
        signed = [child for child in node.children if child.mark.kind in SIGNED]
        return found or (signed if len(signed) > 1 and self.share(signed[:-1], "reported") >= SHARE else [])

    def is_issue(self, node: Node) -> bool:
        return node.mark.kind in ISSUE_KINDS or (
            self.reads(node, "issue") and not self.reads(node, "aspect"))

    def share(self, nodes: Sequence[Node], test: str) -> float:
        hits = sum(self._passes(n, test) for n in nodes)
        return hits / len(nodes) if nodes else 0.0

    def _passes(self, node: Node, test: str) -> bool:
        if test == "issue":
            return self.is_issue(node)
        return self.is_reported_on(node) if test == "reported" else self.reads(node, test)

    def is_reported_on(self, node: Node) -> bool:
        """Whether a label such as 整改情况: opens the text under the title, before any further mark."""
        return any(label.kind in ("measures", "result") for label in find_labels(self.folded, node.own))

    def stands_alone(self, node: Node) -> bool:
        """Whether the title fills its line, as a heading does."""
        rest = self.folded[node.title.end:node.span.end].lstrip(" 。:;.,")
        return rest.startswith(("\n", "\r")) or not rest


def _parts(titles: Titles, roots: Sequence[Node]) -> tuple[list[Node], list[Node], list[Node]]:
    """Return (the nodes that hold issues, the recommendations, the other parts)."""
    roots = [root for root in roots if root.mark.kind != "point" and (not root.mark.kind.startswith(SIGN) or titles.is_heading(root))]
    kinds = [_part_kind(titles, root) for root in roots]
    if "issues" not in kinds and any(_holds_issue_marks(root) for root in roots):  # the parts without any hold no issue
        kinds = [kind if kind or _holds_issue_marks(root) else "responsibility" for root, kind in zip(roots, kinds)]
    if "issues" in kinds:
        forest = [child for root, kind in zip(roots, kinds) if kind == "issues" for child in root.children]
        whole = [root for root, kind in zip(roots, kinds) if kind == "issues" and not root.children]
        last = max(i for i, kind in enumerate(kinds) if kind == "issues")
        forest = forest or whole
    else:
        first = next((i for i, kind in enumerate(kinds) if kind is None), len(kinds))
        last = max((i for i, kind in enumerate(kinds) if kind is None), default=-1)
        kinds = ["issues" if first <= i <= last and kind != "recommendations" else kind for i, kind in enumerate(kinds)]
        forest = _opened(titles, [root for root, kind in zip(roots, kinds) if kind == "issues"])
    recommendations = [child for i, root in enumerate(roots) if kinds[i] == "recommendations" and i > last
                       for child in root.children]
    other = [root for root, kind in zip(roots, kinds) if kind != "issues"]
    return forest, recommendations, other


def _holds_issue_marks(node: Node) -> bool:
    """Whether a mark that only issues have stands on a node or under it: 问题一:."""
    return node.mark.kind in ISSUE_KINDS or any(_holds_issue_marks(child) for child in node.children)


def _opened(titles: Titles, forest: list[Node]) -> list[Node]:
    """A single heading over headings is the issue part, however it is called: go into it."""
    while len(forest) == 1 and not titles.is_issue(forest[0]) and any(titles.headings(c) for c in titles.headings(forest[0])):
        forest = forest[0].children
    return forest


def _part_kind(titles: Titles, root: Node) -> str | None:
    text = titles.text(root)
    if titles.is_issue(root) and root.mark.kind not in (TOP, PART):
        return None
    if titles.reads(root, "part_recommendations") and not titles.reads(root, "issue"):
        return "recommendations"
    if text.startswith(("下", "今后", "后续", "接下来")) or (titles.reads(root, "part_next") and "问题" not in text):
        return "next"
    if titles.reads(root, "part_issues") and titles.headings(root) and not titles.reads(root, "aspect"):
        return "issues"
    if titles.reads(root, "part_responsibility") and not titles.is_issue(root) and not titles.reads(root, "aspect"):
        return "responsibility"
    return None


def _levels(titles: Titles, forest: Sequence[Node]) -> tuple[list[Node], list[tuple[Node | None, Node]]]:
    """Return the aspects, and each issue with its aspect."""
    top = [n for n in forest if titles.is_heading(n)]
    below = [c for n in top for c in titles.headings(n)]
    if top and below and _is_aspect_level(titles, top, below):
        return top, [(n, c) for n in top for c in (titles.headings(n) or [n])]
    return [], [(None, n) for n in top]


def _is_aspect_level(titles: Titles, top: Sequence[Node], below: Sequence[Node]) -> bool:
    if any(n.mark.kind in ("issue_word", "named") for n in top):
        return False
    if all(n.mark.kind == "aspect_word" for n in top):
        return True
    if any(n.mark.kind in ("issue_word", "named") for n in below) or titles.share(top, "aspect") >= SHARE:
        return True
    below_are_issues = titles.share(below, "issue") >= SHARE
    if titles.share(top, "issue") >= SHARE:
        return below_are_issues and sum(bool(titles.headings(n)) for n in top) >= 0.8 * len(top)
    return below_are_issues or any(c.children for c in below) \
        or sum(titles.stands_alone(c) for c in below) >= SHARE * len(below)


def _entries(titles: Titles, node: Node, aspect: Node | None, parent: Entry | None) -> Iterable[Entry]:
    subs = _sub_issues(titles, node)
    taken = {id(sub) for sub in subs}
    measures = [c for c in node.children if id(c) not in taken]
    entry = Entry(node, aspect, parent, tuple(measures))
    yield entry
    for sub in subs:
        yield from _entries(titles, sub, aspect, entry)


def _sub_issues(titles: Titles, node: Node) -> list[Node]:
    headings = titles.headings(node)
    if titles.is_reported_on(node):
        return headings if titles.share(headings, "issue_in_full") >= SHARE else []
    # What is said under the last of them alone is said of all: 整改成效:
    under = headings[:-1] if len(headings) > 1 else headings
    if titles.share(headings, "issue") >= SHARE or titles.share(under, "reported") >= SHARE:
        return headings
    return []
