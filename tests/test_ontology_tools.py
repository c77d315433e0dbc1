"""The ontology as other tools see it: two parsers, four syntaxes, a profile, a reasoner, style rules."""
from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from conftest import ROOT
from kg.rdf import notice_graph
from kg.reconcile import reconcile
from kg.store.engines import rdflib_graph
from kg.vocab import NAMESPACE, ONTOLOGY_FILE, R, ontology_quads
from small_notice import small_notice
from test_ontology import OWL, RDF, RDFS, XSD

if TYPE_CHECKING:
    import rdflib

FOLDER = ONTOLOGY_FILE.parent
FILES = ("rectify.ttl", "shapes.ttl", "alignments.ttl", "style.ttl")
SYNTAXES = {"turtle": ox.RdfFormat.TURTLE, "xml": ox.RdfFormat.RDF_XML, "json-ld": ox.RdfFormat.JSON_LD, "nt": ox.RdfFormat.N_TRIPLES}
# The data types of the OWL 2 RL profile that the ontology uses, and what stands for any literal.
DATATYPES = {XSD + name for name in ("string", "integer", "decimal", "boolean")} | {RDFS + "Literal"}
# The constructs it uses; each is of OWL 2 RL, whether on the left or on the right of an axiom.
KINDS = {OWL + name for name in ("Ontology", "Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual",
                                 "TransitiveProperty", "SymmetricProperty", "AllDisjointClasses")}
AXIOMS = {RDFS + name for name in ("subClassOf", "subPropertyOf", "domain", "range")} | {
    OWL + name for name in ("disjointWith", "members", "inverseOf", "propertyChainAxiom", "versionIRI", "versionInfo", "priorVersion")}


def read(*names: str) -> "rdflib.Graph":
    import rdflib
    graph = rdflib.Graph()
    for name in names:
        graph.parse(FOLDER / name, format="turtle")
    return graph


# ---------------------------------------------------------------- parsers and syntaxes


@pytest.mark.parametrize("name", FILES)
def test_both_parsers_read_the_same_and_nothing_is_imported(name: str) -> None:
    from rdflib.compare import isomorphic
    quads = list(ox.parse(path=str(FOLDER / name), format=ox.RdfFormat.TURTLE))
    assert len(quads) == len(set(quads)) > 50
    assert isomorphic(read(name), rdflib_graph(ox.Triple(q.subject, q.predicate, q.object) for q in quads))
    assert not [q for q in quads if q.predicate.value == OWL + "imports"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # of rdflib about itself
@pytest.mark.parametrize("syntax", SYNTAXES)
@pytest.mark.parametrize("writer", ["rdflib", "oxigraph"])
def test_every_round_trip_gives_the_same_ontology(writer: str, syntax: str) -> None:
    """What one writes, the other reads."""
    import rdflib
    from rdflib.compare import isomorphic
    graph = read("rectify.ttl")
    if writer == "rdflib":
        written = graph.serialize(format=syntax, encoding="utf-8")
        back = rdflib_graph(ox.Triple(q.subject, q.predicate, q.object) for q in ox.parse(written, format=SYNTAXES[syntax]))
    else:
        written = ox.serialize((q.triple for q in ontology_quads()), format=SYNTAXES[syntax]) or b""
        back = rdflib.Graph().parse(data=written, format=syntax)
    assert isomorphic(graph, back)


def test_the_page_of_the_ontology_tells_every_term(tmp_path: Path) -> None:
    """What `make docs` writes, by pyLODE."""
    run = subprocess.run([sys.executable, "-m", "ontology.page", str(tmp_path)], capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stderr
    for name, own, other in (("ontology.html", "Rectification Notice", "整改进展情况通报"), ("ontology.zh.html", "整改进展情况通报", "Rectification Notice")):
        text = (tmp_path / name).read_text(encoding="utf-8")
        missing = [term.value for term in R.nodes() if f"{term.value}</code>" not in text]
        assert not missing and own in text and other not in text
        assert re.findall("<h1>([^<]*)</h1>", text) == [{"ontology.html": "Rectification Ontology"}.get(name, "巡视巡察整改本体")]


# ---------------------------------------------------------------- the profile


def strange(quads: Iterable[ox.Quad]) -> set[str]:
    """What an ontology uses that is not of OWL 2 RL, or that this check does not know."""
    quads = tuple(quads)
    named = {q.subject.value: q.object.value for q in quads if q.predicate.value == RDF + "type" and isinstance(q.object, ox.NamedNode)}
    found = {q.object.value for q in quads if q.predicate.value == RDF + "type" and isinstance(q.object, ox.NamedNode) and q.object.value.startswith(OWL)}
    found |= {q.predicate.value for q in quads if q.predicate.value.startswith((OWL, RDFS))}
    datatypes = {q.object.value for q in quads if q.predicate.value == RDFS + "range" and named.get(q.subject.value) == OWL + "DatatypeProperty"
                 and isinstance(q.object, ox.NamedNode)}
    literals = {q.object.datatype.value for q in quads if isinstance(q.object, ox.Literal)}
    unnamed = {f"a class without a name in {q.predicate.value}" for q in quads if q.predicate.value.startswith(RDFS) and isinstance(q.object, ox.BlankNode)}
    annotations = {RDFS + name for name in ("label", "isDefinedBy", "seeAlso")}
    return (found - KINDS - AXIOMS - annotations) | (datatypes - DATATYPES) | (literals - DATATYPES - {RDF + "langString"}) | unnamed


def test_the_ontology_is_of_owl_2_rl() -> None:
    assert strange(ontology_quads()) == set()


@pytest.mark.parametrize(("axiom", "name"), [
    ("r:Issue rdfs:subClassOf [ a owl:Restriction ; owl:onProperty r:hasMeasure ; owl:someValuesFrom r:Measure ] .", OWL + "someValuesFrom"),
    ("r:dependsOn a owl:ReflexiveProperty .", OWL + "ReflexiveProperty"), ("r:Issue owl:disjointUnionOf ( r:Notice r:Court ) .", OWL + "disjointUnionOf"),
    ("r:cutoffDate a owl:DatatypeProperty ; rdfs:range xsd:date .", XSD + "date"),
    ("r:Issue rdfs:comment '2023-07-17'^^xsd:date .", XSD + "date"),
])
def test_what_is_not_of_the_profile_is_seen(axiom: str, name: str) -> None:
    prefixes = f"@prefix r: <{NAMESPACE}> . @prefix owl: <{OWL}> . @prefix rdfs: <{RDFS}> . @prefix xsd: <{XSD}> . "
    assert name in strange(ox.parse(prefixes + axiom, format=ox.RdfFormat.TURTLE))


def test_no_name_is_of_two_kinds() -> None:
    """OWL 2 DL: a property is an object, a datatype or an annotation property, one of them, and never a class."""
    kinds = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
    for name in ("rectify.ttl", "alignments.ttl"):
        found = [q.subject for q in ox.parse(path=str(FOLDER / name), format=ox.RdfFormat.TURTLE)
                 if q.predicate.value == RDF + "type" and getattr(q.object, "value", "") in {OWL + kind for kind in kinds}]
        assert len(found) == len(set(found))


# ---------------------------------------------------------------- the reasoner


@pytest.fixture(scope="module")
def hermit() -> list[str]:
    """The command that runs HermiT, which comes with owlready2 and needs Java."""
    import owlready2
    java = shutil.which("java")
    if java is None:
        reason = "HermiT needs Java: apt-get install default-jre-headless"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    jar = Path(owlready2.__file__).parent / "hermit"
    return [java, "-Xmx1000M", "-cp", f"{jar}{os.pathsep}{jar / 'HermiT.jar'}", "org.semanticweb.HermiT.cli.CommandLine", "-U"]


def unsatisfiable(hermit: list[str], graph: "rdflib.Graph", folder: Path) -> list[str] | None:
    """The classes that can have no member, by HermiT; None if the whole is inconsistent."""
    path = folder / "ontology.nt"
    graph.serialize(path, format="nt", encoding="utf-8")
    run = subprocess.run([*hermit, path.as_uri()], capture_output=True, text=True)
    if "Inconsistent ontology" in run.stdout + run.stderr:
        return None
    assert run.returncode == 0, run.stderr
    assert "equivalent to 'owl:Nothing'" in run.stdout
    return [line.strip() for line in run.stdout.splitlines()[1:] if line.strip() and line.strip() != "owl:Nothing"]


def example() -> "rdflib.Graph":
    """The graph of the small notice without its dates: xsd:date is no datatype of OWL 2."""
    import rdflib
    notice = small_notice()
    parts = notice_graph(notice, reconcile(notice))
    graph = rdflib_graph((*parts.facts, *parts.evidence, *parts.inferred))
    dated = [t for t in graph if isinstance(t[2], rdflib.Literal) and t[2].datatype in (rdflib.XSD.date, rdflib.XSD.gYearMonth)]
    assert dated
    for triple in dated:
        graph.remove(triple)
    return graph


def test_consistent_alone_and_every_class_can_have_members(hermit: list[str], tmp_path: Path) -> None:
    graph = read("rectify.ttl")
    assert unsatisfiable(hermit, graph, tmp_path) == []
    both = rdflib_graph([ox.Triple(ox.NamedNode(NAMESPACE + "Both"), ox.NamedNode(RDFS + "subClassOf"), ox.NamedNode(NAMESPACE + kind))
                         for kind in ("Measure", "Action")])
    assert unsatisfiable(hermit, graph + both, tmp_path) == [f"<{NAMESPACE}Both>"]


def test_consistent_with_the_example_and_the_alignments(hermit: list[str], tmp_path: Path) -> None:
    assert unsatisfiable(hermit, read("rectify.ttl", "alignments.ttl") + example(), tmp_path) == []


def test_a_planted_error_is_found(hermit: list[str], tmp_path: Path) -> None:
    """A document that has a measure would be an item, and is none."""
    import rdflib
    graph = read("rectify.ttl") + example()
    own = rdflib.Namespace(NAMESPACE)
    document, measure = next(graph.subjects(rdflib.RDF.type, own.IssuedDocument)), next(graph.subjects(rdflib.RDF.type, own.Measure))
    graph.add((document, own.hasMeasure, measure))
    assert unsatisfiable(hermit, graph, tmp_path) is None


# ---------------------------------------------------------------- style and alignments


def style_breaches(graph: "rdflib.Graph") -> set[str]:
    import pyshacl
    import rdflib
    _, results, _ = pyshacl.validate(graph, shacl_graph=read("style.ttl"), advanced=True, inference="none")
    return {str(shape).rpartition("#")[2] for shape in results.objects(None, rdflib.URIRef("http://www.w3.org/ns/shacl#sourceShape"))}


def test_the_ontology_keeps_to_its_style() -> None:
    assert style_breaches(read("rectify.ttl")) == set()


# rule: words of the file, and what breaks the rule in their place
FAULTS = {
    "TermLabel": ('"Rectification Notice"@en', '"Rectification Notice"@en , "Notice"@en'),
    "DefinitionStop": ('"A heading of a notice that groups issues."@en', '"A heading of a notice that groups issues"@en'),
    "Definition": ('skos:definition "多久一次。"@zh , "How often something is done."@en ;', 'skos:definition "多久一次。"@zh ;'),
    "SameLabel": ('"依赖于"@zh', '"包含"@zh'),
    "ClassName": ("rectify:Period a owl:Class", "rectify:period a owl:Class"),
    "PropertyName": ("rectify:marker a owl:DatatypeProperty", "rectify:Marker a owl:DatatypeProperty"),
    "ConceptName": ("rc:figure-count a skos:Concept", "rc:figureCount a skos:Concept"),
    "VersionInfo": ('owl:versionInfo "0.2.0"', 'owl:versionInfo "2"'),
    "InScheme": ("    skos:inScheme rc:reconciliation-methods ;\n", ""),
    "License": ("    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;\n", ""),
    "NoImport": ('bibo:status "draft" ;', 'bibo:status "draft" ; owl:imports <http://www.w3.org/ns/prov> ;'),
}


def test_what_breaks_the_style_is_found_by_the_rule_meant_for_it() -> None:
    import rdflib
    broken = ONTOLOGY_FILE.read_text(encoding="utf-8")
    for words, instead in FAULTS.values():
        assert words in broken
        broken = broken.replace(words, instead, 1)
    assert style_breaches(rdflib.Graph().parse(data=broken, format="turtle")) == set(FAULTS)


def test_alignments_speak_of_terms_that_are_there() -> None:
    declared = {q.subject for q in ontology_quads()}
    quads = list(ox.parse(path=str(FOLDER / "alignments.ttl"), format=ox.RdfFormat.TURTLE))
    own = {node for q in quads for node in (q.subject, q.object) if isinstance(node, ox.NamedNode)
           and node.value.startswith((NAMESPACE, "https://w3id.org/rectify/concept/"))}
    assert len(own) > 40 and own <= declared
    mapped = {q.predicate.value.rpartition("#")[2] for q in quads if isinstance(q.object, ox.NamedNode) and q.subject in own}
    assert mapped == {"subClassOf", "subPropertyOf", "closeMatch", "exactMatch", "relatedMatch"}


def test_one_version_for_all_files() -> None:
    import rdflib
    (version,) = {str(v) for name in FILES for v in read(name).objects(None, rdflib.OWL.versionInfo)}
    assert f"version {version}. https://w3id.org/rectify/{version}" in ONTOLOGY_FILE.read_text(encoding="utf-8")
