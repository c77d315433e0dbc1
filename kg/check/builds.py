"""Every check of a build, or of all builds in a folder: its citations and facts, its shapes, the counts of the notice."""
from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.check.grounding import check_build
from kg.check.shapes import check_shapes
from kg.check.ways import account
from kg.errors import GraphError
from kg.store import Graph, open_graph
from kg.store.load import builds_in
from kg.vocab import R

# What is checked when nothing is said: shapes take seconds.
USUAL = ("grounding", "claims")
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
    """Something to look at.

    `kind`: ungrounded (words that are not in the text, or a fact that reaches none), contradiction (a
    count of the notice that its own content contradicts), or the severity of a shape: violation,
    warning, info. The last two are no fault.
    """

    build: str
    kind: str
    what: str

    @property
    def is_fault(self) -> bool:
        """Whether the graph or the notice is wrong, and does not only lack something."""
        return self.kind not in ("warning", "info")


@dataclass(frozen=True, slots=True)
class Checked:
    """One build: how many citations and facts it has, and what was found. `grounded` is the share of them that hold,
    in whole per cent, 100 only where all do; None where they were not checked."""

    build: str
    citations: int
    facts: int
    grounded: int | None
    findings: tuple[Finding, ...]


def check_builds(path: str | Path, kinds: Sequence[str] = USUAL) -> Iterator[Checked]:
    """Check one build after the other, in order of name.

    Args:
        path: a build folder, a folder of build folders, or an RDF file for shapes alone.
        kinds: what to check: grounding, claims, shapes.

    Raises:
        GraphError: there is no build, or one cannot be read; shapes are wanted and pySHACL is missing.
    """
    path = Path(path)
    if path.is_file() and "grounding" in kinds:
        raise GraphError("is one file, without the text that its facts rest on: only its shapes can be checked", file=str(path))
    for folder in [path] if path.is_file() else builds_in(path):
        graph = open_graph(folder)
        found = tuple(Finding(folder.name, kind, what) for name, check in CHECKS.items() if name in kinds for kind, what in check(folder, graph))
        citations = sum(triple.predicate == R.exactQuote for triple in graph.parts.evidence)
        facts = account(graph.parts.facts, graph.parts.evidence).facts
        all_, failed = citations + facts, sum(finding.kind == "ungrounded" for finding in found)
        share = max(0, 100 * (all_ - failed) // all_) if all_ else 0
        yield Checked(folder.name, citations, facts, share if "grounding" in kinds else None, found)


def _ungrounded(folder: Path, graph: Graph) -> Iterator[tuple[str, str]]:
    for fault in check_build(folder):
        yield "ungrounded", f"{fault.node}: {fault.cause}" if fault.node else fault.cause
    for fact in account(graph.parts.facts, graph.parts.evidence).unreached:
        yield "ungrounded", f"{fact}: there are no words behind it"


def _contradictions(folder: Path, graph: Graph) -> Iterator[tuple[str, str]]:
    for claim, chinese, english in graph.query(CONTRADICTIONS).rows:
        yield "contradiction", f"{claim}: {chinese} {english}"


def _shapes(folder: Path, graph: Graph) -> Iterator[tuple[str, str]]:
    for breach in check_shapes(graph.triples()):
        value = f" ({breach.value})" if breach.value is not None else ""
        yield breach.severity, f"{breach.shape}: {breach.node}{value}: {breach.zh} {breach.en}"


CHECKS: dict[str, Callable[[Path, Graph], Iterator[tuple[str, str]]]] = {
    "grounding": _ungrounded, "claims": _contradictions, "shapes": _shapes}
