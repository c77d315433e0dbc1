"""ontology/README and its Chinese twin say what is so: counts, diagram, worked example, files, versions."""
from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

import kg.check.ways
from conftest import ROOT
from kg.pipeline import read
from kg.rdf import notice_graph
from kg.reconcile import reconcile
from kg.vocab import C, R, concepts, ontology_quads
from test_ontology import DCAM_DOMAIN, OWL, RDFS, kinds, values

PAGES = {name: (ROOT / "ontology" / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md")}


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest) -> str:
    return PAGES[request.param]


def test_the_numbers_are_those_of_the_file(page: str) -> None:
    of_kind = {kind: sum(OWL + kind in kinds(term) for term in R.nodes()) for kind in ("Class", "ObjectProperty", "DatatypeProperty")}
    schemes = {concept.scheme for concept in concepts().values() if concept.scheme}
    told = re.search(r"^\| (?:size|规模) \| (.+) \|$", page, re.MULTILINE)
    assert told and sorted(map(int, re.findall(r"\d+", told[1]))) == sorted((
        *of_kind.values(), sum(concept.scheme is not None for concept in concepts().values()), len(schemes),
        sum(bool(concept.members) for concept in concepts().values())))
    (version,) = [q.object.value for q in ontology_quads() if q.predicate.value == OWL + "versionInfo" and isinstance(q.object, ox.Literal)]
    assert version in page


def test_the_diagram_is_of_the_ontology(page: str) -> None:
    """Every line of the diagram is an axiom: a superclass, or a property with its domains and its range."""
    diagram = page.partition("```mermaid\n")[2].partition("```")[0]
    above = re.findall(r"^  (\w+) <\|-- (\w+)$", diagram, re.MULTILINE)
    links = re.findall(r"^  (\w+) --> (\w+) : (.+)$", diagram, re.MULTILINE)
    assert len(above) + len(links) + 2 == len(diagram.strip().splitlines()) and len(links) > 25
    for upper, lower in above:
        assert R[upper] in values(R[lower], RDFS + "subClassOf")
    for source, target, names in links:
        for name in re.findall(r"\b[a-z]\w+", names):
            domains = {*values(R[name], RDFS + "domain"), *values(R[name], DCAM_DOMAIN)}
            classes = {R[source], *values(R[source], RDFS + "subClassOf")}
            assert classes & domains, (source, name)
            assert {R[target], *values(R[target], RDFS + "subClassOf")} & set(values(R[name], RDFS + "range")), (name, target)


def test_the_diagrams_are_one_with_the_labels_added() -> None:
    def bare(page: str) -> str:
        diagram = page.partition("```mermaid\n")[2].partition("```")[0]
        return re.sub(r" [\u4e00-\u9fff]+", "", diagram)
    assert bare(PAGES["README.zh.md"]) == bare(PAGES["README.md"])
    for name, label in re.findall(r"\b([a-z]\w+) ([\u4e00-\u9fff]+)", PAGES["README.zh.md"].partition("```mermaid\n")[2].partition("```")[0]):
        assert ox.Literal(label, language="zh") in values(R[name], RDFS + "label")


def test_the_worked_example_is_in_the_graph_of_the_bundled_notice(page: str) -> None:
    notice = read(ROOT / "examples" / "court_intermediate.txt")
    graph = notice_graph(notice, reconcile(notice))
    quote = re.search(r"^> (.+)$", page, re.MULTILINE)
    assert quote and quote[1].removesuffix("。") in notice.text
    blocks = re.findall(r"```turtle\n(.*?)```", page, re.DOTALL)
    for block, part in zip(blocks, (graph.facts, graph.evidence, graph.inferred), strict=True):
        triples = {q.triple for q in ox.parse(block, format=ox.RdfFormat.TURTLE)}
        assert len(triples) >= 4 and not triples - set(part)


def test_the_ways_are_those_that_are_followed(page: str) -> None:
    table = re.findall(r"^\| (?:\S+ )?(\w+) \| .+ \| .+ \|$", page.partition("--grounding")[2], re.MULTILINE)
    told = re.findall(r"^- (\w+): ", kg.check.ways.__doc__ or "", re.MULTILINE)
    assert table[0] in ("way", "途径") and table[1:] == told and len(told) == 7


def test_what_is_named_exists(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page):
        assert target.startswith("https://") or (ROOT / "ontology" / target).exists(), target
    for name in re.findall(r"`(?:rectify:)?([a-z]+[A-Z]\w+)`", page):
        assert name in R, name
    assert all(name in C for name in re.findall(r"rc:([a-z][\w-]+)", page))


def test_both_pages_have_the_same_parts() -> None:
    english, chinese = (re.findall(r"^(?:## |```\w*|- \*\*|\| |> )", page, re.MULTILINE) for page in PAGES.values())
    assert english == chinese and len(english) > 40
