"""A real SPARQL server that is not ours, with the same graph: the same rows."""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import absent
from kg.errors import GraphError, QueryError
from kg.store import Graph, open_graph, questions
from virtuoso_server import Virtuoso, missing, virtuoso

# Questions that Virtuoso 7.2 cannot answer, each with the reason.
CANNOT: dict[str, str] = {}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, local: Graph) -> Iterator[Virtuoso]:
    if programs := missing():
        absent(f"the package virtuoso-opensource-7-bin is not installed: no {' and no '.join(programs)}")
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as found:
        with pytest.raises(GraphError, match="is an endpoint, but holds no rectification notice"):
            open_graph(found.url)
        found.load(local)
        yield found


@pytest.fixture(scope="module")
def local(example_build: Path) -> Graph:
    return open_graph(example_build)


@pytest.fixture(scope="module")
def remote(server: Virtuoso) -> Graph:
    return open_graph(server.url)


@pytest.mark.parametrize("name", [question.name for question in questions() if question.name not in CANNOT])
def test_a_prepared_question_has_the_same_rows(local: Graph, remote: Graph, name: str) -> None:
    here, there = local.ask(name), remote.ask(name, limit_seconds=60)
    assert there.columns == here.columns
    assert sorted(there.rows, key=str) == sorted(here.rows, key=str)


@pytest.mark.parametrize(("name", "parameters"), [
    ("issue", {"issue": "1"}), ("issue", {"issue": '1" || "" = "'}), ("impact", {"document": "规则"}), ("impact", {"document": '"} #\\'}),
    ("documents-for-level", {"level": "中级"}), ("documents-for-level", {"level": ""}),
])
def test_parameters_reach_it(local: Graph, remote: Graph, name: str, parameters: dict[str, str]) -> None:
    assert sorted(remote.ask(name, parameters).rows, key=str) == sorted(local.ask(name, parameters).rows, key=str)


@pytest.mark.parametrize("query", [
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "SELECT (COUNT(*) AS ?n) { GRAPH graph:evidence { ?s ?p ?o } }", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "ASK { ?s a rectify:Issue }", "ASK { ?s a rectify:NoSuchThing }", "CONSTRUCT { ?a rdfs:label ?l } WHERE { ?a a rectify:Aspect ; rdfs:label ?l }",
    "SELECT (AVG(?v) AS ?a) (SUM(?v) AS ?s) { ?f rectify:value ?v }", "SELECT ?d { ?n dcterms:issued ?d }",
    "SELECT ?s ?missing { ?s a rectify:Aspect OPTIONAL { ?s rectify:deadline ?missing } }",
])
def test_any_query_has_the_same_rows(local: Graph, remote: Graph, query: str) -> None:
    assert sorted(remote.query(query).rows, key=str) == sorted(local.query(query).rows, key=str)


def test_the_whole_graph_comes_over(local: Graph, remote: Graph) -> None:
    for part in ("facts", "evidence", "inferred"):
        assert set(getattr(remote.parts, part)) == set(getattr(local.parts, part)) != set()
    assert remote.ask("aspects", engine="rdflib").rows == local.ask("aspects").rows


def test_what_it_does_not_take_is_told_in_one_line(remote: Graph) -> None:
    with pytest.raises(QueryError, match=r"^http://127.0.0.1:\d+/sparql: the endpoint did not take the query \(400\): Virtuoso") as error:
        remote.query("SELECT ?b { BIND(BNODE() AS ?b) }")
    assert "\n" not in str(error.value) and len(str(error.value)) < 400


def test_a_query_without_end_ends_here(remote: Graph) -> None:
    with pytest.raises(QueryError, match="ran longer than 1 s"):
        remote.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?c > ?i) }", limit_seconds=1)
    assert remote.query("SELECT (COUNT(*) AS ?n) { ?s a rectify:Notice }", limit_seconds=60).rows == ((1,),)
