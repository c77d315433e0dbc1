"""The things of a graph as rows: its issues, measures, documents, bodies, figures and claims, one table each."""
from __future__ import annotations

from collections.abc import Callable, Iterable

import networkx

from kg.export.spreadsheet import Cell
from kg.network.schema import DOCUMENTS, ORGANIZATIONS, labels

Row = dict[str, Cell]
TABLES: dict[str, tuple[str, ...]] = {
    "issues": ("Issue",), "measures": ("Measure",), "documents": DOCUMENTS, "bodies": ORGANIZATIONS,
    "figures": ("Figure",), "claims": ("Claim",),
}
MADE = ("issuesDocument", "revisesDocument", "draftsDocument", "promotesDocument")


def things(graph: networkx.MultiDiGraph) -> dict[str, list[Row]]:
    """Return tables of the things of a graph by name, rows in order of the graph.

    Terms are told by their Chinese labels, lists of labels joined by `；`. `start` and `end` count code points of
    the text; `id` is the node. Cells of which nothing is known are None.
    """
    about: dict[str, Callable[[networkx.MultiDiGraph, str], Row]] = {
        "issues": _issue, "measures": _measure, "documents": _document, "bodies": _body, "figures": _figure, "claims": _claim,
    }
    return {name: [{**about[name](graph, node), **_place(graph, node)} for node, kind in graph.nodes(data="type") if kind in kinds]
            for name, kinds in TABLES.items()}


def _issue(graph: networkx.MultiDiGraph, node: str) -> Row:
    data, measures = graph.nodes[node], _to(graph, node, "hasMeasure")
    made = {document for measure in measures for document in _to(graph, measure, *MADE)}
    return {"number": data.get("number"), "issue": data["label"], "aspect": _labels(graph, _from(graph, node, "hasIssue")),
            "part_of": _labels(graph, _from(graph, node, "hasSubIssue")), "status": _word(data.get("status")),
            "measures": len(measures), "documents_made": len(made)}


def _measure(graph: networkx.MultiDiGraph, node: str) -> Row:
    data, issues = graph.nodes[node], _from(graph, node, "hasMeasure")
    documents = [target for _, target in graph.out_edges(node) if graph.nodes[target]["type"] in DOCUMENTS]
    return {"issue_number": next((graph.nodes[issue].get("number") for issue in issues), None), "issue": _labels(graph, issues),
            "number": data.get("number"), "measure": data["label"], "status": _word(data.get("status")),
            "responsible": _labels(graph, _to(graph, node, "responsibleOrganization", "leadOrganization")),
            "court_levels": _labels(graph, _to(graph, node, "appliesToCourtLevel")), "documents": _labels(graph, documents)}


def _document(graph: networkx.MultiDiGraph, node: str) -> Row:
    data = graph.nodes[node]
    measures = {source: None for source, _ in graph.in_edges(node) if graph.nodes[source]["type"] == "Measure"}
    made = any(relation in MADE for _, _, relation in graph.in_edges(node, keys=True))
    return {"document": data["label"], "document_number": data.get("documentNumber"), "kind": _word(data.get("documentType")),
            "made": made, "status": _word(data.get("status")), "trial": bool(data.get("isTrial")), "awaited": bool(data.get("awaited")),
            "issuer": _labels(graph, _to(graph, node, "issuedBy")),
            "rests_on": _labels(graph, (b for _, b, depends in graph.out_edges(node, data="depends") if depends and graph.nodes[b]["type"] in DOCUMENTS)),
            "measures": len(measures), "issues": _labels(graph, (issue for measure in measures for issue in _from(graph, measure, "hasMeasure")))}


def _body(graph: networkx.MultiDiGraph, node: str) -> Row:
    mine = [(source, relation) for source, _, relation in graph.in_edges(node, keys=True) if graph.nodes[source]["type"] == "Measure"]
    answers = {source for source, relation in mine if relation in ("responsibleOrganization", "leadOrganization")}
    return {"body": graph.nodes[node]["label"], "kind": _word(graph.nodes[node]["type"]), "measures": len({source for source, _ in mine}),
            "responsible_for": len(answers), "documents_issued": len(_from(graph, node, "issuedBy"))}


def _figure(graph: networkx.MultiDiGraph, node: str) -> Row:
    data, measures = graph.nodes[node], _from(graph, node, "hasFigure")
    return {"figure": data["label"], "indicator": data.get("indicator"), "value": data.get("value"), "unit": data.get("unit"),
            "from": data.get("startDate"), "to": data.get("endDate"), "measure": _labels(graph, measures),
            "issue": _labels(graph, (issue for measure in measures for issue in _from(graph, measure, "hasMeasure")))}


def _claim(graph: networkx.MultiDiGraph, node: str) -> Row:
    data = graph.nodes[node]
    checks = [graph.nodes[check] for check in _to(graph, node, "hasReconciliation")]
    first = next((check for check in checks if check.get("observedValue") is not None), checks[0] if checks else {})
    return {"claim": _word(data.get("claimTopic")) or data["label"], "claimed": data.get("claimedValue"), "observed": first.get("observedValue"),
            "outcome": _word(first.get("outcome")), "explanation": first.get("explanation")}


def _to(graph: networkx.MultiDiGraph, node: str, *relations: str) -> list[str]:
    return list(dict.fromkeys(target for _, target, relation in graph.out_edges(node, keys=True) if relation in relations))


def _from(graph: networkx.MultiDiGraph, node: str, *relations: str) -> list[str]:
    return list(dict.fromkeys(source for source, _, relation in graph.in_edges(node, keys=True) if relation in relations))


def _labels(graph: networkx.MultiDiGraph, nodes: Iterable[str]) -> str | None:
    return "；".join(graph.nodes[node]["label"] for node in dict.fromkeys(nodes)) or None


def _place(graph: networkx.MultiDiGraph, node: str) -> Row:
    data = graph.nodes[node]
    return {"quote": data.get("exactQuote"), "start": data.get("startOffset"), "end": data.get("endOffset"), "id": node}


def _word(name: str | None) -> str | None:
    """The Chinese word of a term; the term itself where the ontology has none."""
    return None if name is None else labels().get(name, (name, name))[0]
