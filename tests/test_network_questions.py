"""Upstream, downstream, chains, order, cycles: on graphs typed by hand."""
from __future__ import annotations

import time

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import NodeNotFoundError
from kg.network import questions
from kg.network.dependencies import dependencies
from kg.network.paths import ChainWalk
from small_graph import archive, small


def documents(*edges: tuple[str, str]) -> networkx.MultiDiGraph:
    names = sorted({name for edge in edges for name in edge})
    return small({name: ("Document", f"《{name}》") for name in names},
                 [(source, "basedOn", target) for source, target in edges])


def test_upstream_is_what_a_node_rests_on_with_the_distance() -> None:
    assert questions.upstream(archive(), "i1") == (("i1m1", 1), ("make", 2), ("rule", 3), ("law", 4))


def test_downstream_is_what_rests_on_a_node() -> None:
    assert questions.downstream(archive(), "law") == (
        ("rule", 1), ("make", 2), ("carry", 2), ("book", 2), ("i1m1", 3), ("i2m1", 3), ("i1", 4), ("i2", 4), ("a", 5), ("n", 6))


def test_to_study_a_document_is_not_to_rest_on_it() -> None:
    assert "study" not in [node for node, _ in questions.downstream(archive(), "law")]


@pytest.mark.parametrize("question", [questions.upstream, questions.downstream])
def test_an_unknown_node_is_named(question: object) -> None:
    with pytest.raises(NodeNotFoundError, match="nowhere"):
        question(archive(), "nowhere")  # type: ignore[operator]


def test_shortcuts_over_an_action_double_no_chain() -> None:
    found = list(questions.chains_between(archive(), "i2", "law"))
    assert [[(step.source, step.relations, step.target) for step in chain] for chain in found] == [[
        ("i2", ("hasMeasure",), "i2m1"), ("i2m1", ("hasAction",), "carry"), ("carry", ("implementsDocument",), "rule"),
        ("rule", ("basedOn",), "law")]]


def test_two_relations_between_two_nodes_are_one_step() -> None:
    graph = small({"x": ("Action", "x"), "y": ("Document", "y")},
                  [("x", "issuesDocument", "y"), ("x", "implementsDocument", "y"), ("x", "studiesDocument", "y")])
    assert list(questions.chains_between(graph, "x", "y")) == [(("x", ("issuesDocument", "implementsDocument"), "y"),)]


def test_all_chains_of_a_diamond_none_through_a_node_twice() -> None:
    graph = documents(("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("b", "c"), ("c", "b"), ("d", "a"))
    walk = questions.chains_between(graph, "a", "d")
    assert [[step.target for step in chain] for chain in walk] == [["b", "d"], ["b", "c", "d"], ["c", "d"], ["c", "b", "d"]]
    assert not walk.cut


@pytest.mark.parametrize(("source", "target"), [("d", "a"), ("a", "a"), ("x", "b")])
def test_no_chain(source: str, target: str) -> None:
    graph = documents(("a", "b"), ("b", "d"), ("x", "d"))
    walk = questions.chains_between(graph, source, target)
    assert list(walk) == [] and not walk.cut


@pytest.mark.parametrize(("longest", "expected", "cut"), [(4, 1, False), (3, 0, True), (0, 0, True)])
def test_a_chain_too_long_is_left_out_and_said(longest: int, expected: int, cut: bool) -> None:
    walk = questions.chains_between(documents(("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")), "a", "e", longest=longest)
    assert (len(list(walk)), walk.cut) == (expected, cut)


@pytest.mark.parametrize(("most", "expected", "cut"), [(1, 1, True), (2, 2, False), (3, 2, False)])
def test_more_chains_than_asked_for_are_said(most: int, expected: int, cut: bool) -> None:
    walk = questions.chains_between(documents(("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")), "a", "d", most=most)
    assert (len(list(walk)), walk.cut) == (expected, cut)
    assert (len(list(walk)), walk.cut) == (expected, cut)  # again from the start


def knot(size: int) -> networkx.MultiDiGraph:
    """Documents that all rest on each other: more simple paths than can ever be listed."""
    names = [f"d{number:02}" for number in range(size)]
    return documents(*((one, other) for one in names for other in names if one != other))


def test_a_knot_is_cut_in_time() -> None:
    started = time.monotonic()
    walk = questions.chains_between(knot(25), "d00", "d24", most=50)
    assert len(list(walk)) == 50 and walk.cut
    assert time.monotonic() - started < 5


def test_dead_ends_without_number_are_cut_and_the_short_chain_is_found() -> None:
    """From the knot the target is reached only over the source itself: every way through it is a dead end."""
    graph = networkx.compose(knot(25), documents(("s", "d00"), ("s", "z"), ("d24", "s")))
    walk = ChainWalk(dependencies(graph), "s", "z", work=5_000)
    assert [[step.target for step in chain] for chain in walk] == [["z"]]
    assert walk.cut


def test_order_puts_foundations_first() -> None:
    order = questions.topological_order(archive())
    assert order.knots == ()
    place = {node: number for number, node in enumerate(order.nodes)}
    assert [place[node] for node in ("law", "rule", "make", "i1m1", "i1", "a", "n")] == sorted(
        place[node] for node in ("law", "rule", "make", "i1m1", "i1", "a", "n"))
    assert "court" not in place


def test_order_of_a_small_graph_by_hand() -> None:
    graph = documents(("c", "a"), ("b", "a"), ("d", "c"))
    assert questions.topological_order(graph).nodes == ("a", "b", "c", "d")


def test_with_cycles_the_order_is_that_of_the_groups_and_the_cycles_are_named() -> None:
    graph = documents(("a", "b"), ("b", "c"), ("c", "b"), ("c", "d"), ("e", "e"))
    order = questions.topological_order(graph)
    assert order.nodes == ("d", "b", "c", "a", "e")
    assert order.knots == (("b", "c"), ("e",))


def test_cycles_are_written_once_each_from_their_first_node() -> None:
    graph = documents(("b", "a"), ("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"), ("e", "e"))
    assert questions.cycles(graph) == questions.Cycles((("a", "b"), ("a", "b", "c"), ("e",)), False)
    assert questions.cycles(graph, most=1).cut
    assert questions.cycles(archive()) == questions.Cycles((), False)


def test_cycles_of_a_knot_are_cut() -> None:
    found = questions.cycles(knot(20), most=30)
    assert len(found.found) == 30 and found.cut


def test_most_depended_on_counts_issues_then_measures_then_documents() -> None:
    assert questions.most_depended_on(archive()) == (
        questions.Foundation("rule", issues=2, measures=2, documents=1),
        questions.Foundation("law", issues=2, measures=2, documents=2))[::-1]
    assert [each.document for each in questions.most_depended_on(archive(), most=1)] == ["law"]


PAIRS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=16, unique=True)


@settings(max_examples=60, deadline=None)
@given(PAIRS)
def test_chains_are_those_that_networkx_finds(pairs: list[tuple[int, int]]) -> None:
    graph = documents(("0", "1"), *((str(source), str(target)) for source, target in pairs))
    plain = networkx.DiGraph(graph)
    for source in plain:
        for target in plain:
            expected = sorted(networkx.all_simple_paths(plain, source, target)) if source != target else []
            walk = questions.chains_between(graph, source, target)
            assert sorted([chain[0].source, *(step.target for step in chain)] for chain in walk) == expected
            assert not walk.cut


@settings(max_examples=60, deadline=None)
@given(PAIRS)
def test_every_node_stands_after_what_it_rests_on_unless_in_one_knot(pairs: list[tuple[int, int]]) -> None:
    graph = documents(("0", "1"), *((str(source), str(target)) for source, target in pairs))
    order = questions.topological_order(graph)
    place = {node: number for number, node in enumerate(order.nodes)}
    assert sorted(place) == sorted(graph)
    for source, target in graph.edges():
        assert place[target] < place[source] or any({source, target} <= set(knot) for knot in order.knots)
    assert {node for cycle in questions.cycles(graph).found for node in cycle} == {n for knot in order.knots for n in knot}
