"""Views of several notices → one view over one text, their texts one behind the other."""
from __future__ import annotations

from collections.abc import Iterable

import networkx

from kg.network.collect import Scalar

BETWEEN = "\n\n"  # two texts
OFFSETS = ("startOffset", "endOffset")


def joined(notices: Iterable[tuple[networkx.MultiDiGraph[str], str]]) -> tuple[networkx.MultiDiGraph[str], str]:
    """Return one graph and one text for the graphs and texts of several notices.

    Args:
        notices: the view of each notice and the text that its offsets count.

    Returns:
        The union of the graphs: what several notices name is one node. It keeps the attributes of
        the first that names it, with a place in the text for each mention in any of them.
    """
    whole: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    texts: list[str] = []
    start = 0
    for graph, text in notices:
        for node, data in graph.nodes(data=True):
            moved = _moved(data, start)
            whole.add_node(node, **(_met(whole.nodes[node], moved) if node in whole else moved))
        for source, target, relation, data in graph.edges(keys=True, data=True):
            if not whole.has_edge(source, target, relation):
                whole.add_edge(source, target, relation, **_moved(data, start))
        texts.append(text)
        start += len(text) + len(BETWEEN)
    return whole, BETWEEN.join(texts)


def _moved(data: dict[str, Scalar], start: int) -> dict[str, Scalar]:
    """Attributes whose offsets count in a text that begins at `start`."""
    moved = {key: value + start if key in OFFSETS and isinstance(value, int) else value for key, value in data.items()}
    if "mentions" in data:
        spans = (span.split("-") for span in str(data["mentions"]).split())
        moved["mentions"] = " ".join(f"{int(first) + start}-{int(last) + start}" for first, last in spans)
    return moved


def _met(one: dict[str, Scalar], two: dict[str, Scalar]) -> dict[str, Scalar]:
    """The attributes of a thing that two notices name, with the mentions of both."""
    met = {**two, **one}
    if any(key not in one for key in OFFSETS):
        return met | {key: two[key] for key in (*OFFSETS, "exactQuote", "mentions") if key in two}
    if mentions := [*_mentions(one), *_mentions(two)]:
        met["mentions"] = " ".join(dict.fromkeys(mentions))
    return met


def _mentions(data: dict[str, Scalar]) -> list[str]:
    if "mentions" in data:
        return str(data["mentions"]).split()
    return [f"{data['startOffset']}-{data['endOffset']}"] if all(key in data for key in OFFSETS) else []
