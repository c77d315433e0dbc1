"""Every check of a build, or of all builds in a folder: what it cites, and what the notice claims of itself."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.check.grounding import check_build
from kg.store import Graph, open_graph
from kg.store.load import builds_in

# Claims that the notice itself contradicts, with the reason in both languages.
CONTRADICTIONS = """
SELECT DISTINCT ?claim ?zh ?en WHERE {
  ?c rectify:hasReconciliation ?check ; rdfs:label ?claim .
  ?check rectify:outcome rc:outcome-differs ; rectify:explanation ?zh , ?en .
  FILTER(LANG(?zh) = "zh" && LANG(?en) = "en")
} ORDER BY ?claim ?zh
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at. `kind`: ungrounded (a fact that its words do not bear out, or that has
    none) or contradiction (a count of the notice that its own content contradicts)."""

    build: str
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Checked:
    """One build: how many citations were read again in its text, and what was found."""

    build: str
    citations: int
    findings: tuple[Finding, ...]


def check_builds(path: str | Path) -> Iterator[Checked]:
    """Check one build after the other, in order of name.

    Args:
        path: a build folder, or a folder of build folders.

    Raises:
        GraphError: there is no build, or one cannot be read.
    """
    for folder in builds_in(Path(path)):
        graph = open_graph(folder)
        citations = sum(triple.predicate.value.endswith("#exactQuote") for triple in graph.parts.evidence)
        yield Checked(folder.name, citations, (*_ungrounded(folder, graph), *_contradictions(folder, graph)))


def _ungrounded(folder: Path, graph: Graph) -> Iterator[Finding]:
    for fault in check_build(folder):
        yield Finding(folder.name, "ungrounded", f"{fault.node}: {fault.cause}" if fault.node else fault.cause)
    for kind, node in graph.ask("ungrounded").rows:
        yield Finding(folder.name, "ungrounded", f"{kind} {node}: there are no words behind it")


def _contradictions(folder: Path, graph: Graph) -> Iterator[Finding]:
    for claim, chinese, english in graph.query(CONTRADICTIONS).rows:
        yield Finding(folder.name, "contradiction", f"{claim}: {chinese} {english}")
