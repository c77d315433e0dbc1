"""What a user types → one node: an IRI, a 《title》, an issue number, or part of a label."""
from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

import networkx

from kg.errors import NodeNotFoundError, RectifyError
from kg.network.schema import DOCUMENTS, ORGANIZATIONS

# What a user names first. An action quotes the title of its document in its label, and must not
# make that title ambiguous: a class of a later group counts only where no earlier one has a match.
GROUPS = ((*DOCUMENTS, "Notice", "Issue", "Recommendation", "Aspect", "Inspection", *ORGANIZATIONS), ("Measure",))
TITLED = ((*DOCUMENTS, "Notice"),)
NAMED_BY = ("label", "title", "label_en")
SHOWN = 10  # candidates or near misses named in an error

_DROPPED = re.compile(r"[\s《》〈〉<>\"'“”‘’「」『』]+")
_ISSUE_NUMBER = re.compile(r"(?:issue|问题|反馈问题|第|no\.?|#)*([0-9]+(?:\.[0-9]+)*)(?:号|个)?(?:问题|issue)?")
_TITLE = re.compile(r"\s*[《〈<].*[》〉>]\s*", re.DOTALL)


class AmbiguousNodeError(RectifyError):
    """A name fits more than one node; `candidates` holds their IRIs."""

    def __init__(self, cause: str, candidates: tuple[str, ...]) -> None:
        super().__init__(cause)
        self.candidates = candidates


def find(graph: networkx.MultiDiGraph, words: str) -> str:
    """Return the one node that a user's words name.

    Args:
        words: an IRI or its last parts (`issue/24`), an issue number (`24`, `问题24`), a title in any
            width and with or without its marks, or part of a label.

    Raises:
        NodeNotFoundError: nothing fits; the message names what comes near.
        AmbiguousNodeError: several fit equally well; the message lists them.
    """
    if words in graph:
        return words
    for fitting in _attempts(graph, words):
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise AmbiguousNodeError(f"“{words}” fits {len(fitting)} nodes: {_listed(graph, fitting)}", tuple(fitting))
    near = _near(graph, words)
    raise NodeNotFoundError(f"no node is named “{words}”" + (f"; near it: {_listed(graph, near)}" if near else ""))


def known(graph: networkx.MultiDiGraph, node: str) -> str:
    """Return a node of the graph unchanged.

    Raises:
        NodeNotFoundError: the graph has no such node.
    """
    if node not in graph:
        raise NodeNotFoundError(f"no such node: {node}")
    return node


def plain(text: str) -> str:
    """Return the letters by which names are compared: one width, no title marks, quotes, or spaces.

    >>> plain("《关于“法信”平台的通知（试行）》") == plain("关于法信平台的通知(试行)")
    True
    """
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _attempts(graph: networkx.MultiDiGraph, words: str) -> Iterator[list[str]]:
    """Yield the nodes that fit, from the strictest reading of the words to the loosest."""
    sought = plain(words)
    if not sought:
        return
    if "/" in words:
        yield [node for node in graph if node.endswith("/" + words.strip("/"))]
    number = _ISSUE_NUMBER.fullmatch(sought)
    if number:
        yield _numbered(graph, number[1])
    names = {node: _names(data) for node, data in graph.nodes(data=True)}
    if _TITLE.fullmatch(words):
        yield from _best_group(graph, [node for node in names if sought in names[node]], TITLED)
    yield from _best_group(graph, [node for node in names if sought in names[node]], GROUPS)
    yield from _best_group(graph, [node for node in names if any(sought in name for name in names[node])], GROUPS)


def _numbered(graph: networkx.MultiDiGraph, number: str) -> list[str]:
    """Issues by number; where the numbers of sub-issues are printed, by what is printed."""
    issues = [(node, data) for node, data in graph.nodes(data=True) if data["type"] == "Issue"]
    printed = [node for node, data in issues if plain(str(data.get("marker", ""))).strip(".,、()") == number]
    return printed or [node for node, data in issues if str(data.get("number")) == number]


def _names(data: dict[str, object]) -> list[str]:
    others = str(data.get("altLabel", "")).split("；")
    return [plain(name) for name in (*(str(data[key]) for key in NAMED_BY if key in data), *others) if name]


def _best_group(graph: networkx.MultiDiGraph, fitting: list[str],
                groups: tuple[tuple[str, ...], ...]) -> Iterator[list[str]]:
    for group in groups:
        yield [node for node in fitting if graph.nodes[node]["type"] in group]
    if groups is GROUPS:
        yield fitting


def _near(graph: networkx.MultiDiGraph, words: str) -> list[str]:
    """Return the nodes whose names share most letter pairs with the words, best first."""
    sought = _pairs(plain(words))
    scores = {node: max((_likeness(sought, _pairs(name)) for name in _names(data)), default=0.0)
              for node, data in graph.nodes(data=True) if any(data["type"] in group for group in GROUPS)}
    best = sorted((node for node in scores if scores[node] >= 0.2), key=lambda node: -scores[node])
    return best[:3]


def _pairs(text: str) -> Counter[str]:
    return Counter(text[place:place + 2] for place in range(max(len(text) - 1, 1)))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / max(one.total() + other.total(), 1)


def _listed(graph: networkx.MultiDiGraph, nodes: Iterable[str]) -> str:
    listed = list(nodes)
    shown = "; ".join(f"{graph.nodes[node]['label']} ({_short(node)})" for node in listed[:SHOWN])
    return shown + (f"; and {len(listed) - SHOWN} more" if len(listed) > SHOWN else "")


def _short(node: str) -> str:
    return node.partition("/id/")[2] or node
