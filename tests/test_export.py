"""A whole graph in every format, loaded back by the program that it is for, with titles that mean harm."""
from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import networkx
import pyoxigraph as ox
import pytest
import rdflib
import rdflib.compare

from conftest import ROOT, absent
from kg.cli import EXPORT_FORMATS, main
from kg.export.described import described
from kg.export.jsonld import NAMES, OTHERS, context, context_file
from kg.export.whole import FORMATS, export
from kg.network.open import OpenGraph
from kg.rdf import notice_graph
from kg.reconcile import reconcile
from kg.store import Memory, open_graph
from kg.store.parts import EVIDENCE, FACTS, INFERRED
from kg.vocab import NAMESPACE, C, R
from small_notice import NOTICE, TITLE, notice_of, small_notice

pytestmark = pytest.mark.filterwarnings("ignore:.* is deprecated, use:DeprecationWarning")  # of rdflib's own calls to itself
Capture = pytest.CaptureFixture[str]
HOSTILE = [
    "<script>alert(1)</script>", "a\"b'c`d\\e", "]]> --> %> */ -- #", "&amp; &#60; &", "=1+1", "@SUM(1)", "\t跳\r\n行\u2028段", "\x00\x07\x1b[31m\x7f\x85",
    "\ufffe\uffff\ufeff", "😀𠀀", "\u202e反", "end", "%%{init: {}}%%", "graph TD; a-->b", "a:::b ~~~ |x| {y} (z) [w]", "\\N \\l \\\"; } digraph {",
    "${x} $(y) {{z}}", "a,b;c|d", "http://a/ javascript:alert(1)", " 空 ", "\\u0022 \\x22",
]
RDF_FORMS = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}
DATASET_FORMS = {"nq": "nquads", "trig": "trig"}
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@pytest.fixture(scope="module")
def graph() -> OpenGraph:
    """The small notice, with a document for each hostile title that its first action concerns."""
    made = notice_graph(small_notice(), reconcile(small_notice()))
    action = next(t.subject for t in made.facts if t.object == R.Action)
    more = []
    for number, words in enumerate(HOSTILE):
        node, text = ox.NamedNode(f"https://w3id.org/rectify/id/doc/hostile/{number}"), ox.Literal(words, language="zh")
        more += [ox.Triple(node, ox.NamedNode(rdflib.RDF.type), R.Document), ox.Triple(node, ox.NamedNode(rdflib.RDFS.label), text),
                 ox.Triple(node, ox.NamedNode(rdflib.DCTERMS.title), text), ox.Triple(action, R.implementsDocument, node),
                 ox.Triple(node, R.documentNumber, ox.Literal(words))]
    return OpenGraph(Memory.of((*made.facts, *more), made.evidence, made.inferred))


def written(graph: OpenGraph, form: str) -> bytes:
    content = export(graph, form)
    assert isinstance(content, bytes)
    return content


def expected(graph: OpenGraph, form: str) -> rdflib.Graph:
    """The triples of a graph as rdflib has them; XML cannot hold some characters."""
    found = rdflib.Graph()
    for t in described(graph).triples():
        value = t.object
        if isinstance(value, ox.Literal):
            text = NOT_XML.sub("\ufffd", value.value) if form == "rdf" else value.value
            plain = value.datatype.value == str(rdflib.XSD.string) or value.language
            term: rdflib.term.Node = rdflib.Literal(text, lang=value.language, datatype=None if plain else rdflib.URIRef(value.datatype.value))
        else:
            term = rdflib.URIRef(value.value)  # type: ignore[union-attr]
        found.add((rdflib.URIRef(t.subject.value), rdflib.URIRef(t.predicate.value), term))  # type: ignore[union-attr]
    return found


def test_the_formats_of_the_command_line_are_those_there_are() -> None:
    assert EXPORT_FORMATS == tuple(FORMATS) and len(FORMATS) == 11


# ---------------------------------------------------------------- RDF


@pytest.mark.parametrize("form", RDF_FORMS)
def test_rdf_comes_back_isomorphic(graph: OpenGraph, form: str) -> None:
    again = rdflib.Graph().parse(data=written(graph, form), format=RDF_FORMS[form])
    want = expected(graph, form)
    assert len(again) == len(want) > 1500
    assert rdflib.compare.isomorphic(again, want)


@pytest.mark.parametrize("form", DATASET_FORMS)
def test_rdf_with_named_graphs_comes_back(graph: OpenGraph, form: str) -> None:
    again = rdflib.Dataset()
    again.parse(data=written(graph, form), format=DATASET_FORMS[form])
    parts = described(graph)
    for name, part in ((FACTS, parts.facts), (EVIDENCE, parts.evidence), (INFERRED, parts.inferred)):
        assert len(again.graph(rdflib.URIRef(name.value))) == len(part) > 100
    together = rdflib.Graph()
    for s, p, o, _ in again.quads():
        together.add((s, p, o))
    assert rdflib.compare.isomorphic(together, expected(graph, form))


@pytest.mark.parametrize("form", [*RDF_FORMS, *DATASET_FORMS])
def test_rdf_opens_here_with_the_same_answers(graph: OpenGraph, form: str, tmp_path: Path) -> None:
    (tmp_path / f"graph.{form}").write_bytes(written(graph, form))
    again = open_graph(tmp_path / f"graph.{form}")
    for name in ("aspects", "claims", "chains", "mentions"):
        assert again.ask(name).rows == graph.ask(name).rows
    if form in DATASET_FORMS:
        assert set(again.parts.inferred) == set(graph.parts.inferred)


@pytest.mark.parametrize("form", RDF_FORMS)
def test_no_blank_nodes_and_a_type_and_a_label_on_every_node(graph: OpenGraph, form: str) -> None:
    again = rdflib.Graph().parse(data=written(graph, form), format=RDF_FORMS[form])
    nodes = {term for s, p, o in again for term in (s, o if p != rdflib.RDF.type else s) if not isinstance(term, rdflib.Literal)}
    assert not {node for node in nodes if isinstance(node, rdflib.BNode)}
    labelled = {s for by in (rdflib.RDFS.label, rdflib.SKOS.prefLabel) for s in again.subjects(by)}
    assert nodes - set(again.subjects(rdflib.RDF.type)) == set()
    assert nodes - labelled == set()


def test_what_nodes_without_a_label_are_called() -> None:
    notice = notice_of(("学习规则", "issues", {}))
    made = notice_graph(notice)
    graph = OpenGraph(Memory.of(made.facts, made.evidence, made.inferred))
    labels = {t.subject: t.object for t in described(graph).triples() if t.predicate.value == str(rdflib.RDFS.label)}
    by_type = {t.object: t.subject for t in described(graph).triples() if t.predicate.value == str(rdflib.RDF.type)}
    assert labels[by_type[R.DocumentMention]] == ox.Literal("《学习规则》", language="zh")
    assert labels[by_type[R.SourceText]] == ox.Literal("notice.txt")
    statement = next(t.subject for t in made.evidence if t.predicate == R.statementObject and t.object == C["status-doc-issued"])
    assert labels[statement] == ox.Literal("《学习规则》 状态为 已制发", language="zh")
    assert {t.object for t in described(graph).triples() if t.subject == R.status and t.predicate.value == str(rdflib.RDFS.label)} == {
        ox.Literal("状态为", language="zh"), ox.Literal("has status", language="en")}


def test_a_blank_node_of_another_program_gets_a_name(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text(f"<a:b> a <{NAMESPACE}Issue> ; <{NAMESPACE}hasMeasure> [ a <{NAMESPACE}Measure> ] .")
    found = described(open_graph(tmp_path / "graph.ttl"))
    assert len({t.subject for t in found.triples()}) == 2
    assert all(isinstance(t.subject, ox.NamedNode) and not isinstance(t.object, ox.BlankNode) for t in found.triples())


# ---------------------------------------------------------------- JSON-LD


def test_json_ld_reads_like_json(graph: OpenGraph) -> None:
    document = json.loads(written(graph, "jsonld"))
    nodes = {node["id"]: node for node in document["@graph"]}
    notice = nodes["notice:" + NOTICE.rpartition("/")[2]]
    assert notice["type"] == ["Notice", "Document"] and notice["label"] == notice["title"] == {"zh": TITLE}
    assert notice["issued"] == "2023-07-18" and notice["cutoffDate"] == {"@value": "2023-06", "@type": "xsd:gYearMonth"}
    aspect = nodes[notice["hasAspect"][0]]
    assert (aspect["type"], aspect["number"], aspect["label"]) == ("Aspect", 1, {"zh": "学习方面"})
    figure = next(node for node in nodes.values() if node.get("indicator") == "全年学习")
    assert (figure["type"], figure["value"], figure["figureKind"]) == ("Figure", "12", "rc:figure-count")
    assert nodes["rc:status-completed"]["prefLabel"].keys() == {"zh", "en"}
    assert all(not key.startswith(("http", "rectify:")) for node in nodes.values() for key in node)


def test_the_context_ships_with_the_ontology() -> None:
    """`UPDATE_DOCS=1 pytest tests/test_export.py` writes it anew after a change of the ontology."""
    path = ROOT / "ontology" / "context.jsonld"
    if os.environ.get("UPDATE_DOCS"):
        path.write_bytes(context_file())
    assert path.read_bytes() == context_file()
    assert json.loads(path.read_bytes()) == {"@context": context()}
    assert not set(OTHERS) & set(R.names()) and "id" not in NAMES


def test_values_that_a_key_does_not_take_keep_their_type() -> None:
    from kg.export.jsonld import to_jsonld
    node, xsd = ox.NamedNode("http://a/b"), "http://www.w3.org/2001/XMLSchema#"
    values = [ox.Literal("x"), ox.Literal("x", language="en"), ox.Literal("1.0", datatype=ox.NamedNode(xsd + "decimal")), ox.Literal(7),
              ox.Literal("007", datatype=ox.NamedNode(xsd + "integer")), ox.Literal("9" * 30, datatype=ox.NamedNode(xsd + "integer")),
              ox.Literal(True), ox.Literal("1", datatype=ox.NamedNode(xsd + "boolean")), ox.NamedNode("http://a/d"), ox.Literal("2023-07-17", datatype=ox.NamedNode(xsd + "date")),
              ox.NamedNode("https://w3id.org/rectify/id/doc//x"), ox.NamedNode("https://w3id.org/rectify/id/")]
    predicates = [R.number, R.value, R.hasIssue, R.startDate, R.explanation, ox.NamedNode(str(rdflib.RDFS.label)), R.marker,
                  ox.NamedNode("http://a/own"), ox.NamedNode(str(rdflib.RDFS.seeAlso)), ox.NamedNode(str(rdflib.DCTERMS.issued))]
    triples = {ox.Triple(node, predicate, value) for predicate in predicates for value in values}
    content = to_jsonld(sorted(triples, key=str))
    assert {ox.Triple(q.subject, q.predicate, q.object) for q in ox.parse(content, format=ox.RdfFormat.JSON_LD)} == triples
    again = rdflib.Graph().parse(data=content, format="json-ld")  # it makes 007 and 7 one, and true and 1
    assert len(again) == len(predicates) * (len(values) - 2) and set(again.predicates()) == {rdflib.URIRef(p.value) for p in predicates}


# ---------------------------------------------------------------- graph programs


def test_graphml_and_gexf_come_back(graph: OpenGraph) -> None:
    for form, read in (("graphml", lambda data: networkx.read_graphml(data, force_multigraph=True)), ("gexf", networkx.read_gexf)):
        again = read(io.BytesIO(written(graph, form)))
        assert set(again.nodes) == set(graph.graph.nodes) and again.number_of_edges() == graph.graph.number_of_edges()
        for node, data in graph.graph.nodes(data=True):
            assert again.nodes[node]["type"] == data["type"] and again.nodes[node]["label"] == NOT_XML.sub("\ufffd", data["label"])


def test_neo4j_has_the_columns_of_an_import(graph: OpenGraph) -> None:
    files = export(graph, "neo4j")
    assert isinstance(files, dict) and list(files) == ["nodes.csv", "relationships.csv"]
    nodes, links = (list(csv.DictReader(io.StringIO(files[name].decode()))) for name in files)
    assert [row["iri:ID"] for row in nodes] == list(graph.graph.nodes)
    assert list(nodes[0])[:2] == ["iri:ID", ":LABEL"] and list(links[0])[:3] == [":START_ID", ":END_ID", ":TYPE"]
    assert {"number:long", "isTrial:boolean", "value:long", "startOffset:long", "label", "title"} <= set(nodes[0])
    assert {"inferred:boolean", "depends:boolean", "startOffset:long", "exactQuote", "basis"} <= set(links[0])
    by_id = {row["iri:ID"]: row for row in nodes}
    assert all(row[":START_ID"] in by_id and row[":END_ID"] in by_id and row[":TYPE"] and row["inferred:boolean"] in ("true", "false") for row in links)
    assert all(row[":LABEL"] and row["label"].strip() or "hostile" in row["iri:ID"] for row in nodes)
    assert sum(row[":LABEL"] == "IssuedDocument;Document" for row in nodes) == 3 and by_id[NOTICE][":LABEL"] == "Notice"
    assert all(line.count("\n") == 0 for row in nodes for line in row.values())
    assert by_id["https://w3id.org/rectify/id/doc/hostile/4"]["title"] == "'=1+1"
    assert by_id["https://w3id.org/rectify/id/doc/hostile/1"]["title"] == HOSTILE[1]


@pytest.mark.parametrize("form", ["dot", "mermaid"])
def test_a_drawing_has_a_line_for_each_node_and_edge(graph: OpenGraph, form: str) -> None:
    lines = written(graph, form).decode().splitlines()
    arrow = " -> " if form == "dot" else " -->|"
    edges = [line for line in lines if re.match(rf"  n\d+{re.escape(arrow)}", line)]
    nodes = [line for line in lines if re.match(r"  n\d+ ?\[", line)]
    assert len(edges) == graph.graph.number_of_edges() and len(nodes) == graph.graph.number_of_nodes()
    assert len(lines) == len(edges) + len(nodes) + (4 if form == "dot" else 1)


def test_graphviz_draws_it(graph: OpenGraph) -> None:
    if shutil.which("dot") is None:
        absent("the package graphviz is not installed: no dot")
    run = subprocess.run(["dot", "-Tsvg"], input=written(graph, "dot"), capture_output=True, timeout=300)
    assert run.returncode == 0 and run.stderr == b""
    svg = run.stdout.decode()
    assert svg.count('class="node ') == graph.graph.number_of_nodes() and svg.count('class="edge"') == graph.graph.number_of_edges()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in svg and "<script" not in svg
    assert svg.count('class="node Issue"') == 3


def test_mermaid_holds_no_character_that_it_reads_as_markup(graph: OpenGraph) -> None:
    for line in written(graph, "mermaid").decode().splitlines()[1:]:
        match = re.fullmatch(r'  n\d+(?: -->\|"([^"]*)"\| n\d+|\["([^"]*)"\]:::\w+)', line)
        assert match, line
        assert not re.search(r'[<>`\\\[\]{}|*_~$]|&(?!#)|#(?!\d+;)', match[1] or match[2] or "")


# ---------------------------------------------------------------- the command


@pytest.mark.parametrize("form", [form for form in EXPORT_FORMATS if form != "neo4j"])
def test_the_command_writes_the_same_bytes_each_time(form: str, example_build: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", form, "--graph", str(example_build)]) == 0
    printed = capfdbinary.readouterr().out
    assert main(["export", form, "--graph", str(example_build), "--out", str(tmp_path / "file")]) == 0
    assert (tmp_path / "file").read_bytes() == printed != b""


def test_neo4j_goes_into_a_folder(example_build: Path, tmp_path: Path, capfd: Capture) -> None:
    assert main(["export", "neo4j", "--graph", str(example_build)]) == 2
    assert "neo4j is two files: give a folder with --out" in capfd.readouterr().err
    (tmp_path / "neo").mkdir()
    (tmp_path / "neo" / "mine.txt").write_text("mine")
    assert main(["export", "neo4j", "--graph", str(example_build), "--out", str(tmp_path / "neo")]) == 0
    assert sorted(path.name for path in (tmp_path / "neo").iterdir()) == ["mine.txt", "nodes.csv", "relationships.csv"]
    assert main(["export", "neo4j", "--graph", str(example_build), "--out", str(tmp_path / "neo" / "mine.txt")]) == 2
    assert "mine.txt: cannot write" in capfd.readouterr().err
