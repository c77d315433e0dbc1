"""Graphs typed by hand in the schema of the NetworkX view, for the tests of questions and exports."""
from __future__ import annotations

from typing import Any

import networkx

from kg.network.schema import depends

Edge = tuple[str, str, str] | tuple[str, str, str, dict[str, Any]]


def small(nodes: dict[str, tuple[str, str] | tuple[str, str, dict[str, Any]]], edges: list[Edge]) -> networkx.MultiDiGraph:
    """`nodes`: name → class, label, further attributes. `edges`: source, relation, target, further attributes."""
    graph = networkx.MultiDiGraph()
    for name, (kind, label, *more) in nodes.items():
        graph.add_node(name, type=kind, label=label, **(more[0] if more else {}))
    for source, relation, target, *more in edges:
        assert source in graph and target in graph, (source, target)
        graph.add_edge(source, target, key=relation,
                       **({"relation": relation, "inferred": False, "depends": depends(relation)} | (more[0] if more else {})))
    return graph


INFERRED = {"inferred": True}


def archive() -> networkx.MultiDiGraph:
    """Two issues of one notice: the first makes a rule, the second carries it out; a compendium holds it."""
    return small({
        "n": ("Notice", "通报"),
        "a": ("Aspect", "档案方面", {"number": 1}),
        "i1": ("Issue", "档案管理不严", {"number": 1, "startOffset": 10, "endOffset": 18, "exactQuote": "1.档案管理不严"}),
        "i2": ("Issue", "借阅不登记", {"number": 2, "startOffset": 60, "endOffset": 67, "exactQuote": "2.借阅不登记"}),
        "i3": ("Issue", "作风不实", {"number": 3, "startOffset": 120, "endOffset": 126, "exactQuote": "3.作风不实"}),
        "i1m1": ("Measure", "建章立制", {"number": 1, "status": "status-completed", "startOffset": 19, "endOffset": 50,
                                   "exactQuote": "一是建章立制。制定《档案办法》。"}),
        "i2m1": ("Measure", "严格登记", {"number": 1, "status": "status-continuous"}),
        "i2m2": ("Measure", "开展培训", {"number": 2, "status": "status-completed"}),
        "i3m1": ("Measure", "谈心谈话", {"number": 1, "status": "status-in-progress"}),
        "make": ("Action", "制定《档案办法》", {"startOffset": 26, "endOffset": 34, "exactQuote": "制定《档案办法》"}),
        "carry": ("Action", "落实《档案办法》", {"startOffset": 80, "endOffset": 88, "exactQuote": "落实《档案办法》"}),
        "study": ("Action", "学习《档案法》", {"startOffset": 100, "endOffset": 107, "exactQuote": "学习《档案法》"}),
        "rule": ("IssuedDocument", "《档案办法》", {"title": "档案办法", "startOffset": 28, "endOffset": 34}),
        "law": ("Document", "《档案法》", {"title": "档案法", "startOffset": 40, "endOffset": 45}),
        "book": ("Document", "《制度汇编》", {"title": "制度汇编"}),
        "court": ("Court", "青岚市中级人民法院", {"altLabel": "市中院"}),
        "office": ("Department", "青岚市中级人民法院办公室"),
        "https://w3id.org/rectify/concept/court-level-intermediate": ("CourtLevel", "中级人民法院"),
        "https://w3id.org/rectify/concept/court-level-high": ("CourtLevel", "高级人民法院"),
    }, [
        ("n", "hasAspect", "a"), ("a", "hasIssue", "i1"), ("a", "hasIssue", "i2"), ("a", "hasIssue", "i3"),
        ("i1", "hasMeasure", "i1m1"), ("i2", "hasMeasure", "i2m1"), ("i2", "hasMeasure", "i2m2"), ("i3", "hasMeasure", "i3m1"),
        ("i1m1", "hasAction", "make"), ("i2m1", "hasAction", "carry"), ("i2m2", "hasAction", "study"),
        ("make", "issuesDocument", "rule", {"startOffset": 26, "endOffset": 34, "exactQuote": "制定《档案办法》"}),
        ("carry", "implementsDocument", "rule"), ("study", "studiesDocument", "law"),
        ("i1m1", "issuesDocument", "rule", INFERRED), ("i2m1", "implementsDocument", "rule", INFERRED),
        ("i2m2", "studiesDocument", "law", INFERRED), ("i1", "yieldsDocument", "rule", INFERRED),
        ("rule", "basedOn", "law", {"startOffset": 38, "endOffset": 48, "exactQuote": "依据《档案法》制定"}),
        ("book", "includesDocument", "rule", INFERRED),
        ("rule", "issuedBy", "court"),
        ("i1m1", "responsibleOrganization", "court", {"basis": "default"}),
        ("i1m1", "leadOrganization", "office", {"basis": "stated"}),
        ("i1m1", "responsibleOrganization", "office", {"basis": "inferred"}),
        ("i1m1", "appliesToCourtLevel", "https://w3id.org/rectify/concept/court-level-intermediate"),
        ("i1m1", "appliesToCourtLevel", "https://w3id.org/rectify/concept/court-level-high"),
    ])
