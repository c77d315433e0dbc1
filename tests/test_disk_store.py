"""A store on disk: made from builds or a file, the same answers, and never half there."""
from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.cli import main
from kg.errors import GraphError, OutputError
from kg.pipeline import load
from kg.pipeline import open as open_network
from kg.store import Graph, open_graph, questions
from kg.store.parts import EVIDENCE, FACTS, INFERRED
from small_notice import COURT, KEY, notice_of
from test_store import ISSUES, write_build

Capture = pytest.CaptureFixture[str]
PARTS = ("facts", "evidence", "inferred")


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two builds: the second carries out what the first drafts."""
    folder = tmp_path_factory.mktemp("out")
    write_build(folder / KEY)
    write_build(folder / "other", notice_of(("案件评查办法", "implements", {"body": ("市中院", COURT)}), publisher="中共明湖区人民法院党组"))
    return folder


@pytest.fixture(scope="module")
def store(builds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("disk") / "notices.store"
    load(builds, folder)
    return folder


@pytest.fixture(scope="module")
def graph(store: Path) -> Graph:
    return open_graph(store)


@pytest.mark.parametrize("name", [question.name for question in questions()])
def test_a_prepared_question_has_the_same_rows_as_from_the_files(graph: Graph, builds: Path, name: str) -> None:
    memory = open_graph(builds)
    assert graph.ask(name) == memory.ask(name)
    assert sorted(graph.ask(name, engine="rdflib", limit_seconds=60).rows, key=str) == sorted(memory.ask(name).rows, key=str)


def test_the_parts_are_the_same_and_named_graphs(graph: Graph, builds: Path) -> None:
    memory = open_graph(builds)
    assert memory.source.engine == graph.source.engine == "oxigraph" and type(memory.source) is not type(graph.source)
    for name, part in zip(PARTS, (FACTS, EVIDENCE, INFERRED)):
        assert set(getattr(graph.parts, name)) == set(getattr(memory.parts, name)) != set()
        for engine in (None, "rdflib"):
            for opened in (graph, memory):
                asked = opened.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{part.value}> {{ ?s ?p ?o }} }}", engine=engine)
                short = opened.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH graph:{name} {{ ?s ?p ?o }} }}", engine=engine)
                assert asked.rows == short.rows == ((len(getattr(graph.parts, name)),),)


@pytest.mark.parametrize("engine", [None, "rdflib"])
def test_no_triple_is_counted_twice(graph: Graph, builds: Path, engine: str | None) -> None:
    """What one notice says may follow from another: it is in one named graph, and an answer has it once."""
    for opened in (graph, open_graph(builds)):
        facts, evidence, inferred = (set(getattr(opened.parts, name)) for name in PARTS)
        assert not facts & inferred and not facts & evidence and not evidence & inferred
        assert opened.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", engine=engine).rows == ((len(facts | evidence | inferred),),)
        doubled = opened.query("SELECT ?s ?p ?o { ?s ?p ?o } GROUP BY ?s ?p ?o HAVING(COUNT(*) > 1)", engine=engine)
        assert doubled.rows == ()


def test_dependencies_run_from_one_notice_to_the_other(graph: Graph) -> None:
    affected = graph.query("SELECT ?n { ?n a rectify:Notice ; rectify:dependsOn/dcterms:title '案件评查规定'@zh }").rows
    assert len(affected) == 2


def test_the_network_of_a_store_is_that_of_its_builds(store: Path, builds: Path) -> None:
    one, other = open_network(store).graph, open_network(builds).graph
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))


def test_a_store_takes_what_graph_takes(builds: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.nq"
    made = open_graph(builds / KEY)
    ox.serialize([ox.Quad(t.subject, t.predicate, t.object, FACTS) for t in made.parts.facts], output=str(file), format=ox.RdfFormat.N_QUADS)
    assert load(file, tmp_path / "a") == len(made.parts.facts)
    assert load(builds / KEY, tmp_path / "b") == len(list(made.triples()))
    assert open_graph(tmp_path / "a").query(ISSUES) == open_graph(tmp_path / "b").query(ISSUES) == made.query(ISSUES)


def test_an_earlier_store_is_replaced_whole_and_stays_where_the_new_one_fails(builds: Path, tmp_path: Path) -> None:
    target = tmp_path / "store"
    load(builds, target)
    load(builds / KEY, target)
    assert open_graph(target).query("SELECT (COUNT(*) AS ?n) { ?n a rectify:Notice }").rows == ((1,),)
    (tmp_path / "broken.ttl").write_text("<a:b> <a:c>\n")
    with pytest.raises(GraphError, match="broken.ttl:2:1: is not valid Turtle"):
        load(tmp_path / "broken.ttl", target)
    assert len(open_graph(target).query(ISSUES).rows) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.ttl", "store"]


def test_a_folder_of_something_else_is_not_replaced(builds: Path, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("dear")
    with pytest.raises(OutputError, match="letters: is a folder of something else"):
        load(builds, tmp_path / "letters")
    assert (tmp_path / "letters" / "one.txt").read_text() == "dear"
    (tmp_path / "empty").mkdir()
    assert load(builds, tmp_path / "empty") > 100


def test_a_store_that_is_broken_or_not_ours(store: Path, tmp_path: Path) -> None:
    shutil.copytree(store, tmp_path / "broken")
    (tmp_path / "broken" / "CURRENT").write_text("MANIFEST-999999\n")
    with pytest.raises(GraphError, match="broken: is no store that can be opened") as error:
        open_graph(tmp_path / "broken")
    assert "\n" not in str(error.value)
    ox.Store(str(tmp_path / "foreign")).add(ox.Quad(*map(ox.NamedNode, ("a:b", "a:c", "a:d"))))  # type: ignore[arg-type]
    with pytest.raises(GraphError, match="foreign: is a store, but holds no rectification notice"):
        open_graph(tmp_path / "foreign")


def test_a_store_that_another_program_filled(builds: Path, tmp_path: Path) -> None:
    """All in the default graph, as loaders do by themselves."""
    other = ox.Store(str(tmp_path / "theirs"))
    other.load(path=str(builds / KEY / "graph.ttl"))
    other.flush()
    del other
    opened = open_graph(tmp_path / "theirs")
    assert len(opened.query(ISSUES).rows) == 3 and opened.parts.evidence == ()


def test_load_on_the_command_line(builds: Path, tmp_path: Path, capfd: Capture) -> None:
    assert main(["load", str(tmp_path / "x"), "--graph", str(builds)]) == 0
    count = len(list(open_graph(builds).triples()))
    assert capfd.readouterr().out == f"{count} 条数据 quads: {tmp_path}/x\n"
    assert main(["query", "aspects", "--graph", str(tmp_path / "x"), "--format", "json"]) == 0
    assert "学习方面" in capfd.readouterr().out
    assert main(["load", str(tmp_path / "x"), "--graph", str(tmp_path / "none")]) == 2
    assert capfd.readouterr().err == f"error: {tmp_path}/none: no such file or folder\n"
