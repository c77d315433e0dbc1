"""What an event on a document does to the rest: rules and reasons, on graphs typed by hand."""
from __future__ import annotations

import networkx
import pytest

from kg.errors import NodeNotFoundError, QueryError
from kg.network import schema
from kg.network.effects import EFFECTS, EVENTS, RULES
from kg.network.impact import impact
from small_graph import INFERRED, archive, small


def effects(graph: networkx.MultiDiGraph, document: str, event: str = "withdrawn") -> dict[str, str]:
    return {each.node: each.effect for each in impact(graph, document, event).affected}


def test_withdrawal_of_a_rule_that_one_issue_made_and_another_rests_on() -> None:
    assert effects(archive(), "rule") == {
        "i2m1": "breaks", "carry": "breaks",
        "i1": "undone", "i1m1": "undone", "make": "undone",
        "i2": "weakened", "book": "weakened"}


def test_listed_worst_first_then_in_the_order_of_the_view() -> None:
    assert [each.node for each in impact(archive(), "rule").affected] == [
        "i2m1", "carry", "i1", "i1m1", "make", "i2", "book"]


def test_the_chain_says_why_with_quotes_and_offsets() -> None:
    found = {each.node: each for each in impact(archive(), "rule").affected}
    assert [(link.source, link.relation, link.target, link.quote, link.start, link.end) for link in found["i1"].chain] == [
        ("i1", "hasMeasure", "i1m1", "一是建章立制。制定《档案办法》。", 19, 50),
        ("i1m1", "hasAction", "make", "制定《档案办法》", 26, 34),
        ("make", "issuesDocument", "rule", "制定《档案办法》", 26, 34)]
    assert [(link.source, link.relation, link.target) for link in found["i2"].chain] == [
        ("i2", "hasMeasure", "i2m1"), ("i2m1", "hasAction", "carry"), ("carry", "implementsDocument", "rule")]
    assert (found["i2"].parts, found["i1"].parts, found["make"].parts) == ((1, 2), (1, 1), None)
    assert (found["i2"].type, found["i2"].label, found["i2"].number) == ("Issue", "借阅不登记", 2)


def test_withdrawal_of_what_a_rule_rests_on() -> None:
    """The rule breaks; what rests on the rule is weakened; who studied the law has studied it."""
    assert effects(archive(), "law") == {
        "rule": "breaks",
        "i1": "weakened", "i2": "weakened", "i1m1": "weakened", "i2m1": "weakened", "make": "weakened",
        "carry": "weakened", "book": "weakened",
        "i2m2": "stays", "study": "stays"}


@pytest.mark.parametrize(("event", "expected"), [
    ("amended", {"i2": "weakened", "i2m1": "weakened", "carry": "weakened", "book": "weakened",
                 "i1": "stays", "i1m1": "stays", "make": "stays"}),
    ("replaced", {"i1": "weakened", "i2": "weakened", "i1m1": "weakened", "i2m1": "weakened", "make": "weakened",
                  "carry": "weakened", "book": "weakened"}),
])
def test_other_events(event: str, expected: dict[str, str]) -> None:
    assert effects(archive(), "rule", event) == expected


@pytest.mark.parametrize(("relation", "withdrawn", "amended", "replaced"), [
    ("implementsDocument", "breaks", "weakened", "weakened"),
    ("citesBasis", "breaks", "weakened", "weakened"),
    ("usesForm", "breaks", "weakened", "weakened"),
    ("basedOn", "breaks", "weakened", "weakened"),
    ("givesEffectTo", "breaks", "weakened", "weakened"),
    ("awaits", "breaks", "weakened", "weakened"),
    ("issuesDocument", "undone", "stays", "weakened"),
    ("revisesDocument", "undone", "stays", "weakened"),
    ("draftsDocument", "undone", "stays", "weakened"),
    ("includesDocument", "weakened", "weakened", "weakened"),
    ("interfacesWith", "weakened", "weakened", "weakened"),
    ("studiesDocument", "stays", "stays", "stays"),
    ("reviewsDocument", "stays", "stays", "stays"),
    ("concernsDocument", "stays", "stays", "stays"),
    ("compiledInto", "stays", "stays", "stays"),
    ("revisionOf", "stays", "stays", "stays"),
])
def test_rule_of_each_relation(relation: str, withdrawn: str, amended: str, replaced: str) -> None:
    graph = small({"x": ("Action", "x"), "d": ("Document", "《d》")}, [("x", relation, "d")])
    found = [effects(graph, "d", event)["x"] for event in ("withdrawn", "amended", "replaced")]
    assert found == [withdrawn, amended, replaced]


def test_every_relation_to_a_document_has_a_rule() -> None:
    relations = (schema.below("concernsDocument") | schema.below("relatedDocument") | schema.below("yieldsDocument")
                 | {"concernsDocument", "relatedDocument", "yieldsDocument", "includesDocument", "mentionsDocument"})
    for event, rules in RULES.items():
        assert set(rules) == relations, event
        assert set(rules.values()) <= set(EFFECTS)
    assert list(RULES) == list(EVENTS)


def test_the_worst_of_several_relations_counts() -> None:
    graph = small({"x": ("Action", "x"), "d": ("Document", "《d》")},
                  [("x", "studiesDocument", "d"), ("x", "implementsDocument", "d"), ("x", "issuesDocument", "d")])
    [each] = impact(graph, "d").affected
    assert (each.effect, each.chain[0].relation) == ("breaks", "implementsDocument")


def measure_of(*relations: str | None) -> networkx.MultiDiGraph:
    """A measure with one action a relation, each to the same document; None: an action without a document."""
    nodes: dict[str, tuple[str, str]] = {"i": ("Issue", "i"), "m": ("Measure", "m"), "d": ("Document", "《d》")}
    edges = [("i", "hasMeasure", "m")]
    for number, relation in enumerate(relations):
        nodes[f"x{number}"] = ("Action", f"x{number}")
        edges.append(("m", "hasAction", f"x{number}"))
        edges.extend([(f"x{number}", relation, "d")] if relation else [])
    return small(nodes, list(edges))


@pytest.mark.parametrize(("relations", "measure"), [
    (("implementsDocument",), "breaks"),
    (("implementsDocument", "citesBasis"), "breaks"),
    (("implementsDocument", "issuesDocument"), "breaks"),
    (("issuesDocument", "revisesDocument"), "undone"),
    (("implementsDocument", None), "weakened"),
    (("issuesDocument", "studiesDocument"), "weakened"),
    (("studiesDocument", None), "stays"),
])
def test_a_whole_shares_the_effect_of_its_parts_only_if_all_have_it(relations: tuple[str | None, ...], measure: str) -> None:
    found = effects(measure_of(*relations), "d")
    assert (found["m"], found["i"]) == (measure, measure)


def test_what_a_whole_does_itself_counts_before_what_its_parts_do() -> None:
    graph = small({"m": ("Measure", "m"), "x": ("Action", "x"), "d": ("Document", "《d》")},
                  [("m", "hasAction", "x"), ("m", "citesBasis", "d"), ("x", "studiesDocument", "d")])
    assert effects(graph, "d") == {"m": "breaks", "x": "stays"}
    assert [link.relation for link in impact(graph, "d").affected[0].chain] == ["citesBasis"]


def test_an_issue_above_sub_issues() -> None:
    graph = small({"top": ("Issue", "top"), "sub": ("Issue", "sub"), "other": ("Issue", "other"), "m": ("Measure", "m"),
                   "d": ("Document", "《d》")},
                  [("top", "hasSubIssue", "sub"), ("top", "hasSubIssue", "other"), ("sub", "hasMeasure", "m"),
                   ("m", "implementsDocument", "d")])
    assert effects(graph, "d") == {"m": "breaks", "sub": "breaks", "top": "weakened"}
    assert [link.relation for link in impact(graph, "d").affected[-1].chain] == ["hasSubIssue", "hasMeasure", "implementsDocument"]


def test_rolled_up_edges_do_not_shorten_the_reason() -> None:
    graph = small({"i": ("Issue", "i"), "m": ("Measure", "m"), "x": ("Action", "x"), "d": ("Document", "《d》")},
                  [("i", "hasMeasure", "m"), ("m", "hasAction", "x"), ("x", "issuesDocument", "d"),
                   ("m", "issuesDocument", "d", INFERRED), ("m", "yieldsDocument", "d", INFERRED),
                   ("i", "yieldsDocument", "d", INFERRED)])
    found = {each.node: [link.relation for link in each.chain] for each in impact(graph, "d").affected}
    assert found == {"i": ["hasMeasure", "hasAction", "issuesDocument"], "m": ["hasAction", "issuesDocument"],
                     "x": ["issuesDocument"]}


def test_documents_that_rest_on_each_other_in_a_circle() -> None:
    graph = small({name: ("Document", name) for name in "abc"},
                  [("a", "basedOn", "b"), ("b", "basedOn", "c"), ("c", "basedOn", "a"), ("a", "basedOn", "a")])
    assert effects(graph, "a") == {"c": "breaks", "b": "weakened"}


def test_a_study_that_also_rests_on_a_broken_rule_is_weakened() -> None:
    graph = small({"x": ("Action", "x"), "law": ("Document", "law"), "rule": ("Document", "rule")},
                  [("x", "studiesDocument", "law"), ("x", "implementsDocument", "rule"), ("rule", "basedOn", "law")])
    assert effects(graph, "law") == {"rule": "breaks", "x": "weakened"}


def test_nothing_rests_on_a_document_that_stands_alone() -> None:
    assert impact(archive(), "book").affected == ()
    assert impact(archive(), "book").by_effect() == {"breaks": (), "undone": (), "weakened": (), "stays": ()}


@pytest.mark.parametrize("node", ["i1", "court", "nowhere"])
def test_only_a_document_can_be_withdrawn(node: str) -> None:
    with pytest.raises(NodeNotFoundError, match=f"not a document: {node}"):
        impact(archive(), node)


def test_an_unknown_event() -> None:
    with pytest.raises(QueryError, match="unknown event: burnt; known: withdrawn, amended, replaced"):
        impact(archive(), "rule", "burnt")
