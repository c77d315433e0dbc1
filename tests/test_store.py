"""Opening a graph and asking it: what is refused, what ends, what both engines answer alike."""
from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from kg.errors import GraphError, QueryError
from kg.rdf import graph_turtle, notice_graph, turtle
from kg.reconcile import reconcile
from kg.store import Graph, open_graph
from small_notice import COURT, KEY, notice_of, small_notice

ENGINES = ["oxigraph", "rdflib"]
ISSUES = "SELECT ?label WHERE { ?i a rectify:Issue ; rdfs:label ?label } ORDER BY ?label"


def write_build(folder: Path, notice: object = None) -> Path:
    """A build folder as `rectify build` leaves it, as far as a graph needs it."""
    found = small_notice() if notice is None else notice
    graph = notice_graph(found, reconcile(found))  # type: ignore[arg-type]
    folder.mkdir(parents=True)
    (folder / "graph.ttl").write_bytes(graph_turtle(graph))
    (folder / "evidence.ttl").write_bytes(turtle(graph.evidence))
    return folder


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_build(tmp_path_factory.mktemp("out") / KEY)


@pytest.fixture(scope="module")
def graph(build: Path) -> Graph:
    return open_graph(build)


# ---------------------------------------------------------------- opening


def test_the_parts_come_back_as_they_were_made(graph: Graph) -> None:
    made = notice_graph(small_notice(), reconcile(small_notice()))
    evidence = tuple(triple for triple in made.evidence if triple not in made.facts)  # what a concept is called is a fact, too
    assert (graph.parts.facts, graph.parts.evidence, graph.parts.inferred) == (made.facts, evidence, made.inferred)
    assert len(list(graph.triples())) == len(made.facts) + len(evidence) + len(made.inferred) == len(graph.rdf)


@pytest.mark.parametrize(("suffix", "form"), [("ttl", ox.RdfFormat.TURTLE), ("nt", ox.RdfFormat.N_TRIPLES), ("nq", ox.RdfFormat.N_QUADS),
                                              ("trig", ox.RdfFormat.TRIG), ("rdf", ox.RdfFormat.RDF_XML), ("owl", ox.RdfFormat.RDF_XML),
                                              ("jsonld", ox.RdfFormat.JSON_LD), ("json", ox.RdfFormat.JSON_LD)])
def test_any_rdf_file(graph: Graph, tmp_path: Path, suffix: str, form: ox.RdfFormat) -> None:
    path = tmp_path / f"graph.{suffix}"
    facts = graph.parts.facts
    named = [ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode("https://example.org/g")) for t in facts]
    ox.serialize(named if suffix in ("nq", "trig") else facts, output=str(path), format=form)
    opened = open_graph(path)
    assert set(opened.parts.facts) == set(facts) and opened.parts.inferred == ()
    assert [r for r, in opened.query(ISSUES).rows] == ["学习不够深入", "监督不力", "纪律不严"]


@pytest.mark.parametrize(("name", "content", "cause", "line"), [
    ("empty.ttl", b"", "holds no triples", None),
    ("comment.ttl", b"# nothing\n", "holds no triples", None),
    ("notice.txt", "通报".encode(), "is no RDF file", None),
    ("broken.ttl", b"@prefix a: <http://a/> .\na:b a:c .\n", "is not valid Turtle", 2),
    ("cut.ttl", b'<http://a> <http://b> "c', "is not valid Turtle", 1),
    ("image.ttl", b"\x89PNG\r\n\x1a\n\x00\xff", "is not valid Turtle", 1),
    ("broken.jsonld", b'{"a": ', "is not valid JSON-LD", 1),
    ("broken.rdf", b"<rdf", "is not valid RDF/XML", None),
    ("foreign.ttl", b"<http://a> <http://b> <http://c> .", "no graph of a rectification notice", None),
])
def test_a_file_that_is_no_graph(tmp_path: Path, name: str, content: bytes, cause: str, line: int | None) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(GraphError) as error:
        open_graph(tmp_path / name)
    assert cause in error.value.cause and name in str(error.value) and "\n" not in str(error.value) and error.value.line == line


def test_nothing_there(tmp_path: Path) -> None:
    for path in (tmp_path / "absent", tmp_path / "absent.ttl"):
        with pytest.raises(GraphError, match="no such file or folder"):
            open_graph(path)
    with pytest.raises(GraphError, match="holds no build"):
        open_graph(tmp_path)
    (tmp_path / "graph.ttl").mkdir()
    with pytest.raises(GraphError, match="cannot be read"):
        open_graph(tmp_path)


def test_a_folder_of_builds_is_one_graph(tmp_path: Path) -> None:
    """The second notice carries out what the first drafts; the first awaits a rule: the second depends on it too."""
    write_build(tmp_path / "a")
    other = notice_of(("案件评查办法", "implements", {"body": ("市中院", COURT)}), publisher="中共明湖区人民法院党组")
    write_build(tmp_path / "b", other)
    (tmp_path / "notes").mkdir()
    opened = open_graph(tmp_path)
    assert opened.query("SELECT ?n WHERE { ?n a rectify:Notice } ORDER BY ?n").rows == (
        ("https://w3id.org/rectify/id/notice/中共明湖区人民法院党组-20230717",), (f"https://w3id.org/rectify/id/notice/{KEY}",))
    affected = opened.query("SELECT ?n WHERE { ?n a rectify:Notice ; rectify:dependsOn/dcterms:title '案件评查规定'@zh }").rows
    assert len(affected) == 2
    assert len(open_graph(tmp_path / "b").query("SELECT ?x WHERE { ?x rectify:dependsOn/dcterms:title '案件评查规定'@zh }").rows) == 0


# ---------------------------------------------------------------- answers


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("sparql", "columns", "rows"), [
    (ISSUES, ("label",), (("学习不够深入",), ("监督不力",), ("纪律不严",))),
    ("ASK { ?i rdfs:label '纪律不严'@zh }", ("answer",), ((True,),)),
    ("ASK { ?i rdfs:label '没有'@zh }", ("answer",), ((False,),)),
    ("CONSTRUCT { ?i rdfs:label ?l } WHERE { ?i a rectify:Recommendation ; rdfs:label ?l }", ("subject", "predicate", "object"),
     ((f"https://w3id.org/rectify/id/notice/{KEY}/recommendation/1", "http://www.w3.org/2000/01/rdf-schema#label", "加强监督"),)),
    ("SELECT ?v ?missing WHERE { ?f rectify:value ?v OPTIONAL { ?f rectify:deadline ?missing } } ORDER BY ?v", ("v", "missing"), ((3, None), (12, None))),
    ("SELECT (AVG(?v) AS ?a) (SUM(?v) AS ?s) (COUNT(*) AS ?n) WHERE { ?f rectify:value ?v }", ("a", "s", "n"), ((7.5, 15, 2),)),
    ("SELECT (1/3 AS ?third) (2.50 AS ?d) (4.0 AS ?whole) (true AS ?t) ('2023-07-17'^^xsd:date AS ?day) WHERE {}", ("third", "d", "whole", "t", "day"),
     ((0.3333333333, 2.5, 4, True, "2023-07-17"),)),
    ("SELECT ?n WHERE { ?i rectify:number 2 ; rectify:marker ?n }", ("n",), (("2",), ("二",), ("二是",))),
    ("SELECT ?x WHERE { VALUES ?x { <https://w3id.org/rectify#Issue> } }", ("x",), (("https://w3id.org/rectify#Issue",),)),
])
def test_an_answer(graph: Graph, engine: str, sparql: str, columns: tuple[str, ...], rows: tuple[tuple[object, ...], ...]) -> None:
    answer = graph.query(sparql, engine=engine)
    assert answer.columns == columns
    assert (answer.rows if "ORDER BY" in sparql else tuple(sorted(answer.rows, key=str))) == rows
    assert not answer.truncated


def test_describe_and_blank_nodes(graph: Graph) -> None:
    assert graph.query("DESCRIBE rc:basis-stated").columns == ("subject", "predicate", "object")
    for engine in ENGINES:
        assert graph.query("SELECT ?b ?c WHERE { BIND(BNODE() AS ?b) BIND(BNODE() AS ?c) }", engine=engine).rows == (("_:b0", "_:b1"),)


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_beyond_the_limit_are_cut_and_said_to_be(graph: Graph, engine: str) -> None:
    cut = graph.query(ISSUES, limit_rows=2, engine=engine)
    assert len(cut.rows) == 2 and cut.truncated
    assert not graph.query(ISSUES, limit_rows=3, engine=engine).truncated


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=12, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ['"} } SELECT * WHERE { ?s ?p ?o', "' . ?x ?y ?z", "\\u0022", "?issue", "<http://a>", '"""', "#"]))
def test_a_parameter_is_a_term_and_never_part_of_the_query(graph: Graph, engine: str, value: str) -> None:
    query = "SELECT $words ?length ?same WHERE { BIND(STRLEN($words) AS ?length) BIND(($words = $words) AS ?same) }"
    answer = graph.query(query, parameters={"words": value}, engine=engine)
    assert answer.columns == ("length", "same") and answer.rows == ((len(value), True),)


def test_an_unknown_engine(graph: Graph) -> None:
    with pytest.raises(QueryError, match="unknown engine jena: use one of oxigraph, rdflib"):
        graph.query(ISSUES, engine="jena")


# ---------------------------------------------------------------- refused


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("sparql", "word"), [
    ("INSERT DATA { <a:b> <a:c> <a:d> }", "INSERT"), ("DELETE WHERE { ?s ?p ?o }", "DELETE"), ("DROP ALL", "DROP"), ("CLEAR ALL", "CLEAR"),
    ("LOAD <file:///etc/passwd>", "LOAD"), ("CREATE GRAPH <a:b>", "CREATE"), ("COPY <a:b> TO <a:c>", "COPY"), ("ADD <a:b> TO <a:c>", "ADD"),
    ("MOVE <a:b> TO <a:c>", "MOVE"), ("WITH <a:b> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "DELETE"),
    ("SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"), ("SELECT * { service silent <http://a/> { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * FROM <file:///etc/passwd> WHERE { ?s ?p ?o }", "FROM"), ("SELECT * from named <http://a/> WHERE { ?s ?p ?o }", "FROM"),
    ("SELECT *FROM<file:///etc/passwd>{?s ?p ?o}", "FROM"), ("SELECT * WHERE {}\n#x\nFROM <a:b>", "FROM"),
    ("SELECT * WHERE { \\u0053ERVICE <http://a/> { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * WHERE { ?s ?p \"\\u0022 . SERVICE <http://a/> { ?s ?p ?o } #\" }", "SERVICE"),
    ("SELECT * WHERE { ?s ?p '''a''' . SERVICE <http://a/> {} }", "SERVICE"), ("SELECT * { ?s <a:b>?o .SERVICE?s{}}", "SERVICE"),
])
def test_what_is_refused(graph: Graph, engine: str, sparql: str, word: str) -> None:
    with pytest.raises(QueryError) as error:
        graph.query(sparql, engine=engine)
    assert error.value.cause.startswith(f"{word} is refused: it ") and "\n" not in str(error.value)


def test_the_place_of_what_is_refused(graph: Graph) -> None:
    with pytest.raises(QueryError) as error:
        graph.query("SELECT *\nWHERE {\n  SERVICE <http://a/> {} }")
    assert (error.value.line, error.value.column) == (3, 3)


@pytest.mark.parametrize("sparql", [
    "SELECT ?from WHERE { ?from rdfs:label 'SERVICE FROM LOAD'@zh }", "SELECT * WHERE { ?s rectify:service ?o }", "SELECT * { ?s ?p <http://FROM/LOAD> }",
    "SELECT * WHERE { ?s rectify:x ?o } # FROM here on a comment", "SELECT * WHERE { ?s ?p \"\"\"INSERT \"DELETE\" DATA\"\"\" }",
    "SELECT * WHERE { ?s ?p 'it\\'s SERVICE' }", "PREFIX x: <http://a/> SELECT * WHERE { ?s x:load ?o . ?s x:y.service ?p }",
    "SELECT * WHERE { ?s ?p '\\u0053 \\U00000053', <http://a/\\u0053> }",
])
def test_what_only_looks_refused(graph: Graph, sparql: str) -> None:
    assert graph.query(sparql).rows == ()


@pytest.mark.parametrize(("sparql", "line", "column", "cause"), [
    ("SELECT * WHERE { ?s ?p ", 1, 24, "the query is malformed: here may stand "),
    ("SELECT ?x\nWHERE { ?x foo:bar ?z }", 2, 19, "the query is malformed: prefix not found"),
    ("SELECT ?x ?y WHERE { ?x ?y ?z } GROUP BY ?x", 1, 44, "the query is malformed: the SELECT contains a variable that is unbound"),
    ("BASE <a:b>\n SELEC ?x WHERE {}", 2, 2, "the query is malformed: it begins with none of SELECT, ASK"),
    ("哪些问题没有文件?", 1, 1, "the query is malformed: it begins with none of SELECT, ASK"),
    ("", None, None, "the query is empty"), (" \n ", None, None, "the query is empty"),
])
def test_a_malformed_query_says_where(graph: Graph, sparql: str, line: int | None, column: int | None, cause: str) -> None:
    for engine in ENGINES:
        with pytest.raises(QueryError) as error:
            graph.query(sparql, engine=engine)
        assert error.value.cause.startswith(cause) and (error.value.line, error.value.column) == (line, column)
        assert len(str(error.value)) < 200 and "\n" not in str(error.value)


# ---------------------------------------------------------------- limits


RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_query_that_runs_away_is_ended(graph: Graph, engine: str) -> None:
    graph.query("ASK {}", engine=engine)
    before = time.monotonic()
    with pytest.raises(QueryError, match="the query ran longer than 0.5 s and was ended"):
        graph.query(RUNAWAY, limit_seconds=0.5, engine=engine)
    assert time.monotonic() - before < 5
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)  # no process of it is left
    assert graph.query(ISSUES, engine=engine).rows


def test_a_query_that_takes_all_memory_is_ended(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.limits.MEMORY", 256 * 1024 ** 2)
    doubled = "".join(f" BIND(CONCAT(?v{i}, ?v{i}) AS ?v{i + 1})" for i in range(40))
    with pytest.raises(QueryError, match="the query needed too much memory.* and was ended"):
        graph.query(f"SELECT (STRLEN(?v40) AS ?n) WHERE {{ BIND('0123456789' AS ?v0){doubled} }}", limit_seconds=60)
    assert graph.query(ISSUES).rows


def test_what_fails_inside_the_engine_is_told_in_one_line(graph: Graph) -> None:
    with pytest.raises(QueryError, match="the query failed: ") as error:
        graph.query(ISSUES, parameters={"absent": "x"})
    assert "\n" not in str(error.value)


def test_answers_larger_than_a_pipe_arrive(graph: Graph) -> None:
    rows = graph.query("SELECT ?s ?p ?o ?q WHERE { ?s ?p ?o . ?q a rectify:Participation }").rows
    assert len(rows) == 8 * len(list(graph.triples()))


def test_a_prepared_question_loads_no_slow_library(build: Path) -> None:
    code = ("import sys; from kg.store import open_graph; open_graph(sys.argv[1]).ask('issues-without-documents');"
            "print(sorted({m.partition('.')[0] for m in sys.modules} & {'rdflib', 'networkx', 'pyvis', 'click', 'jinja2', 'difflib'}))")
    run = subprocess.run([sys.executable, "-c", code, str(build)], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_question_that_is_not_there(graph: Graph) -> None:
    with pytest.raises(QueryError, match="no prepared question is called impct: did you mean impact?"):
        graph.ask("impct")
    with pytest.raises(QueryError, match="impact has no parameter documnt: it takes document"):
        graph.ask("impact", {"documnt": "办法"})
    with pytest.raises(QueryError, match="claims has no parameter x: it takes none"):
        graph.ask("claims", {"x": "1"})


def test_evidence_may_be_missing(build: Path, tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_bytes((build / "graph.ttl").read_bytes())
    assert open_graph(tmp_path).parts.evidence == ()
    assert replace(open_graph(tmp_path)).ask("trial-documents").rows == (("考核办法(试行)", COURT),)


@pytest.mark.parametrize("value", ["办法", "a\"b", "\\u0041"])
def test_the_embedded_engine_is_given_parameters_in_the_query_where_they_can_be_written(value: str) -> None:
    """Beside it a filter waits for them until all is joined."""
    from kg.store.engines import _filled
    text, beside = _filled("SELECT $w ?x { ?x rdfs:label ?y FILTER(?y = $w) }", {"w": value})
    assert ("FILTER(?y = $w)" in text) == bool(beside) == (value == "\\u0041")


def test_a_fault_of_a_query_with_parameters_is_placed_where_it_was_written(graph: Graph) -> None:
    with pytest.raises(QueryError) as error:
        graph.query("SELECT ?x { FILTER($w = 1) ?x", parameters={"w": "longer than the variable"})
    assert (error.value.line, error.value.column) == (1, 30)
