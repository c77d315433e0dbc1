"""Whether a graph keeps to the shapes of `ontology/shapes.ttl`.

Runs pySHACL, which is imported here and only when shapes are checked: it takes seconds, and a build
has no need of it.
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import GraphError
from kg.store.engines import rdflib_graph
from kg.vocab import ONTOLOGY_FILE

if TYPE_CHECKING:
    import rdflib

SHAPES_FILE = ONTOLOGY_FILE.with_name("shapes.ttl")
SHAPES = "https://w3id.org/rectify/shapes#"
SH = "http://www.w3.org/ns/shacl#"
SEVERITIES = ("violation", "warning", "info")  # worst first


@dataclass(frozen=True, slots=True)
class Breach:
    """A shape that a node does not keep to.

    `severity`: violation (the graph is wrong), warning (the notice may really be so) or info. `node`
    and `value` are IRIs or texts; `value` is None where something is missing. `zh` and `en` say the
    same.
    """

    severity: str
    shape: str
    node: str
    value: str | None
    zh: str
    en: str


def check_shapes(triples: Iterable[ox.Triple]) -> tuple[Breach, ...]:
    """Return what the shapes find, the worst first, then by shape and node.

    Args:
        triples: facts, evidence and inferred triples of one notice.

    Raises:
        GraphError: pySHACL is not installed.
    """
    try:
        import pyshacl
    except ImportError as error:
        raise GraphError("shapes are checked by pySHACL, which is not installed: pip install 'rectify[shapes]'") from error
    _, results, _ = pyshacl.validate(rdflib_graph(triples), shacl_graph=_shapes(), advanced=False, inference="none")
    return tuple(sorted(_breaches(results), key=lambda b: (SEVERITIES.index(b.severity), b.shape, b.node, b.value or "")))


@cache
def _shapes() -> "rdflib.Graph":
    import rdflib
    return rdflib.Graph().parse(SHAPES_FILE, format="turtle")


def _breaches(results: "rdflib.Graph") -> set[Breach]:
    import rdflib
    sh = rdflib.Namespace(SH)
    return {_breach(results, result, sh) for result in results.objects(None, sh.result)}  # and not the details below them


def _breach(results: "rdflib.Graph", result: "rdflib.term.Node", sh: "rdflib.Namespace") -> Breach:
    messages = {str(getattr(m, "language", None)): str(m) for m in results.objects(result, sh.resultMessage)}
    value = results.value(result, sh.value)
    return Breach(
        severity=str(results.value(result, sh.resultSeverity)).removeprefix(SH).lower(),
        shape=str(results.value(result, sh.sourceShape)).removeprefix(SHAPES), node=str(results.value(result, sh.focusNode)),
        value=None if value is None else str(value), zh=messages.get("zh", ""), en=messages.get("en", ""))
