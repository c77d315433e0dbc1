"""Every fact reaches the words behind it, by a way that is listed; one that does not is found."""
from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import ROOT
from kg.check.ways import Account, account
from kg.pipeline import read
from kg.rdf import NoticeGraph, notice_graph
from kg.reconcile import reconcile
from kg.vocab import C, R
from small_notice import NOTICE, small_notice
from test_ontology import rich_notice

SMALL = notice_graph(small_notice(), reconcile(small_notice()))
NOTICES = (*sorted((ROOT / "examples").glob("*.txt")), *sorted((ROOT / "tests" / "gold").glob("*.txt")))


def of(graph: NoticeGraph, *without: ox.Triple, also: tuple[ox.Triple, ...] = ()) -> Account:
    return account((*graph.facts, *also), [t for t in graph.evidence if t not in without])


def node(path: str) -> ox.NamedNode:
    return ox.NamedNode(f"{NOTICE}/{path}")


def evidence(subject: ox.NamedNode, predicate: ox.NamedNode) -> tuple[ox.Triple, ...]:
    found = tuple(t for t in SMALL.evidence if t.subject == subject and t.predicate == predicate)
    assert found
    return found


def test_the_small_notice_by_hand() -> None:
    """The facts of each way, counted in its records."""
    found = of(SMALL)
    assert found.unreached == ()
    assert {way: found.ways[way] for way in ("statement", "part", "participation")} == {
        # what the statements of test_rdf describe
        "statement": 10 + 1 + 1 + 6 + 3 + 1 + 1 + 7 + 2 + 3,
        # 2 aspects, 3 issues, 1 recommendation, 4 measures, 5 actions, 8 participations, 2 figures, 1 period, 4 claims, 5 checks, 1 inspection, 1 plan
        "part": 2 + 3 + 1 + 4 + 5 + 8 + 2 + 1 + 4 + 5 + 1 + 1,
        "participation": 8}
    # type, label and title of 6 documents; the type of 5 (巡察整改方案, 规则, 办法, 办法, 规定, 汇编: all 6); one is on trial
    assert found.ways["mention"] == 3 * 6 + 6 + 1
    assert found.facts == sum(found.ways.values()) - found.ways["concept"]


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_every_fact_of_a_notice_reaches_its_words(path: Path) -> None:
    notice = read(path)
    found = of(notice_graph(notice, reconcile(notice)))
    assert found.unreached == () and found.facts > 300


def test_every_relation_role_and_kind_of_the_records_reaches_its_words() -> None:
    notice = rich_notice()
    assert of(notice_graph(notice, reconcile(notice))).unreached == ()


def test_a_fact_that_nothing_speaks_of_is_found() -> None:
    court, measure = ox.NamedNode("https://w3id.org/rectify/id/org/某院"), node("issue/1/measure/1")
    made_up = (
        ox.Triple(measure, R.appliesToCourtLevel, C["court-level-supreme"]), ox.Triple(measure, R.leadOrganization, court),
        ox.Triple(court, R.courtLevel, C["court-level-high"]), ox.Triple(measure, R.hasFigure, node("issue/1/measure/1/figure/9")),
        ox.Triple(C["basis-stated"], ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"), ox.Literal("别的", language="zh")))
    assert of(SMALL, also=made_up).unreached == made_up


@pytest.mark.parametrize("missing", ["evidencedBy", "extractedBy", "basis"])
def test_words_a_rule_and_a_basis_are_all_needed(missing: str) -> None:
    """Without one of them the issue loses its type, label, number, marker, and the link that leads to it."""
    found = of(SMALL, *evidence(node("issue/2"), R[missing])).unreached
    assert len(found) == 5 and {t.subject for t in found} == {node("issue/2"), node("aspect/2")}


@pytest.mark.parametrize("predicate", ["startOffset", "exactQuote", "inText"])
def test_a_stretch_of_text_needs_its_offsets_its_quote_and_its_source(predicate: str) -> None:
    (span,) = (t.object for t in evidence(node("recommendation/1"), R.evidencedBy))
    assert isinstance(span, ox.NamedNode)
    assert len(of(SMALL, *evidence(span, R[predicate])).unreached) == 5


def test_without_the_hash_of_the_source_nothing_reaches_it() -> None:
    hashes = [t for t in SMALL.evidence if t.predicate == R.sha256]
    found = of(SMALL, *hashes)
    assert set(found.ways) == {"concept"} and len(found.unreached) == found.facts
