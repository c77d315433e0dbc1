"""What an event on a document does, as text for a reader and as JSON."""
from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict

import networkx

from kg.network.effects import EFFECTS, EVENTS
from kg.network.impact import Affected, Impact
from kg.network.schema import DOCUMENTS, labels


def to_text(graph: networkx.MultiDiGraph, impact: Impact) -> str:
    """Return an impact as lines: each effect, what it falls on, and the chain and the words that say why.

    What is a link in the chain of something larger is counted, and shown there.
    """
    return "\n".join(_lines(graph, impact)) + "\n"


def to_json(impact: Impact) -> bytes:
    """Return an impact as a JSON object, the fields of `Impact` with every link of every chain."""
    return (json.dumps(asdict(impact), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _lines(graph: networkx.MultiDiGraph, impact: Impact) -> Iterator[str]:
    yield f"{impact.label}: {' '.join(EVENTS[impact.event])}"
    for effect, affected in impact.by_effect().items():
        if affected:
            yield f"\n{' '.join(EFFECTS[effect])}: {_kinds(affected)}"
            for each in _largest(affected):
                yield from _why(graph, each)
    if not impact.affected:
        yield "\n没有影响 nothing rests on it"


def _kinds(affected: Sequence[Affected]) -> str:
    counted = Counter(each.type for each in affected)
    return ", ".join(f"{number} {' '.join(labels().get(kind, (kind,)))}" for kind, number in counted.items())


def _largest(affected: Sequence[Affected]) -> list[Affected]:
    inner = {link.source for each in affected for link in each.chain[1:]}
    return [each for each in affected if each.node not in inner]


def _why(graph: networkx.MultiDiGraph, affected: Affected) -> Iterator[str]:
    yield f"  {_name(graph, affected.node)}"
    for link in affected.chain:
        yield f"    —{_word(link.relation)}→ {_name(graph, link.target)}"
    quoted = next((link for link in reversed(affected.chain) if link.quote), None)
    if quoted and quoted.quote:
        yield f"    “{_printable(quoted.quote)}” [{quoted.start}, {quoted.end}]"


def _name(graph: networkx.MultiDiGraph, node: str) -> str:
    data = graph.nodes[node]
    kind = "" if data["type"] in DOCUMENTS else f"{_word(data['type'])}{data.get('number', '')} "
    return kind + _printable(str(data["label"]))


def _word(name: str) -> str:
    return labels().get(name, (name, name))[0]


def _printable(text: str) -> str:
    """Text on one line: a label or a quote can hold line ends, and a terminal obeys control characters."""
    return "".join(c if c.isprintable() else " " for c in text)
