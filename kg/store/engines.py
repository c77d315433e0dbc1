"""One query, two engines, the same rows: Oxigraph, embedded and fast, and rdflib."""
from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.guard import malformed, refuse_malformed, refuse_unsafe
from kg.store.limits import seal
from kg.store.parts import NAMED, QUERY_PREFIXES, Parts
from kg.store.rewrite import with_parameters
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    import rdflib

XSD = "http://www.w3.org/2001/XMLSchema#"
WHOLE = {XSD + name for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
                                 "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte")}
BROKEN = {XSD + name for name in ("decimal", "double", "float")}
DIGITS = 10  # of a fraction that are compared: the engines divide to different lengths

# What a row holds: the text of an IRI or literal, a number, a truth value, or nothing.
Cell: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer: one row a solution. ASK gives one cell, CONSTRUCT and DESCRIBE three a triple.

    `truncated`: there were more rows than the limit.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    truncated: bool = False


def ask_oxigraph(store: ox.Store, sparql: str, parameters: Mapping[str, str], limit_rows: int) -> Rows:
    """Ask the embedded engine; without GRAPH a query is put to all graphs together."""
    if parameters:
        refuse_malformed(sparql)  # first: the place of an error is one in the query as it was given
    text, values = _filled(sparql, parameters) if parameters else (sparql, {})
    try:
        answer = store.query(text, prefixes=QUERY_PREFIXES, use_default_graph_as_union=True,
                             substitutions=values)  # type: ignore[arg-type]
    except SyntaxError as error:
        raise malformed(sparql, str(error)) from error
    if isinstance(answer, ox.QueryBoolean):
        return Rows(("answer",), ((bool(answer),),))
    if isinstance(answer, ox.QueryTriples):
        return rows_of_triples(answer, limit_rows)
    columns = [variable.value for variable in answer.variables]
    kept = [i for i, column in enumerate(columns) if column not in parameters]
    return _rows([columns[i] for i in kept], ((solution[i] for i in kept) for solution in answer), limit_rows)


def _filled(sparql: str, parameters: Mapping[str, str]) -> tuple[str, dict[ox.Variable, ox.Literal]]:
    """Write the parameters into the query: the engine plans by what it reads there. Those it is handed beside the query
    come too late: a filter waits for them until all is joined. (Oxigraph 0.5: 700 ms in place of 50.)
    What cannot be written is handed over.
    """
    try:
        text = with_parameters(sparql, parameters)
        refuse_unsafe(text)
        return text, {}
    except QueryError:
        return sparql, {ox.Variable(name): ox.Literal(value) for name, value in parameters.items()}


def ask_rdflib(graph: "rdflib.Graph", sparql: str, parameters: Mapping[str, str], limit_rows: int) -> Rows:
    """Ask rdflib, in a process of its own: it is sealed, and quiet."""
    import rdflib
    import rdflib.plugins.sparql
    refuse_malformed(sparql)
    seal()
    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False  # else FROM reads files and pages
    values = {name: rdflib.Literal(value) for name, value in parameters.items()}
    warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib's own calls to itself (7.6)
    answer = graph.query(sparql, initNs=QUERY_PREFIXES, initBindings=values)
    if answer.type == "ASK":
        return Rows(("answer",), ((bool(answer.askAnswer),),))
    if answer.type in ("CONSTRUCT", "DESCRIBE"):
        return _rows(("subject", "predicate", "object"), answer.graph or (), limit_rows)
    columns = [str(variable) for variable in answer.vars or ()]
    kept = [column for column in columns if column not in parameters]
    return _rows(kept, ((binding.get(rdflib.Variable(column)) for column in kept) for binding in answer.bindings), limit_rows)


def rdflib_graph(triples: Iterable[ox.Triple]) -> "rdflib.Graph":
    """Return triples as an rdflib graph, term by term: no text is written and parsed."""
    import rdflib
    graph = _prefixed(rdflib.Graph(bind_namespaces="none"))
    _fill(graph, triples, {})
    return graph


def rdflib_dataset(parts: Parts) -> "rdflib.Dataset":
    """Return the three parts of a graph as an rdflib dataset that answers from all of them together."""
    import rdflib
    import rdflib.plugins.sparql.processor  # 0.3 s here once, and not in the process of every query
    dataset = rdflib.Dataset(default_union=True)
    known: dict[Any, Any] = {}
    for name, triples in zip(NAMED, (parts.facts, parts.evidence, parts.inferred)):
        if triples:
            _fill(dataset.graph(rdflib.URIRef(name.value)), triples, known)
    return dataset


def _prefixed(graph: "rdflib.Graph") -> "rdflib.Graph":
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def _fill(graph: "rdflib.Graph", triples: Iterable[ox.Triple], known: dict[Any, Any]) -> None:
    """Add triples, each term made once: `known` holds those of earlier ones."""
    def term(value: Any) -> Any:
        if value not in known:
            known[value] = _rdflib_term(value)
        return known[value]

    for triple in triples:
        graph.add((term(triple.subject), term(triple.predicate), term(triple.object)))


def _rdflib_term(value: Any) -> Any:
    import rdflib
    if isinstance(value, ox.NamedNode):
        return rdflib.URIRef(value.value)
    if isinstance(value, ox.BlankNode):
        return rdflib.BNode(value.value)
    if value.language:
        return rdflib.Literal(value.value, lang=value.language)
    is_text = value.datatype.value == XSD + "string"
    return rdflib.Literal(value.value) if is_text else rdflib.Literal(value.value, datatype=rdflib.URIRef(value.datatype.value))


# ---------------------------------------------------------------- cells


def _rows(columns: Iterable[str], solutions: Iterable[Iterable[Any]], limit: int) -> Rows:
    names = BlankNames()
    found = [tuple(_cell(term, names) for term in solution) for solution in islice(solutions, limit + 1)]
    return Rows(tuple(columns), tuple(found[:limit]), len(found) > limit)


def rows_of_triples(triples: Iterable[ox.Triple], limit: int) -> Rows:
    """Return the answer of a CONSTRUCT or a DESCRIBE."""
    return _rows(("subject", "predicate", "object"), ((t.subject, t.predicate, t.object) for t in triples), limit)


class BlankNames:
    """Names of blank nodes by order of appearance: each engine makes up its own."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def of(self, node: str) -> str:
        return self._names.setdefault(node, f"_:b{len(self._names)}")


def _cell(term: Any, names: BlankNames) -> Cell:
    """The value of a term of either engine."""
    if term is None:
        return None
    if isinstance(term, (ox.NamedNode, ox.BlankNode, ox.Literal)):
        datatype = term.datatype.value if isinstance(term, ox.Literal) else ""
        return names.of(term.value) if isinstance(term, ox.BlankNode) else value_of(term.value, datatype)
    if isinstance(term, ox.Triple):
        return str(term)
    return names.of(str(term)) if type(term).__name__ == "BNode" else value_of(str(term), str(getattr(term, "datatype", None) or ""))


def value_of(text: str, datatype: str) -> Cell:
    """Return the value that a literal of some datatype, or an IRI without one, stands for."""
    if datatype == XSD + "boolean":
        return text in ("true", "1")
    if datatype not in WHOLE and datatype not in BROKEN:
        return text
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite():
        return text
    return int(number) if number == number.to_integral_value() else round(float(number), DIGITS)

