"""Chains, impact and report of the real notice, whose text is not in the repository."""
from __future__ import annotations

from pathlib import Path

import networkx
import pytest

from kg.export.chains import Chain, chains
from kg.export.report import report
from kg.model import Notice
from kg.network import view
from kg.network.questions import cycles, find, impact, topological_order
from kg.pipeline import read
from kg.rdf import notice_graph
from kg.reconcile import Reconciliation, reconcile


@pytest.fixture(scope="module")
def notice(seed_notice: Path) -> Notice:
    return read(seed_notice)


@pytest.fixture(scope="module")
def checks(notice: Notice) -> tuple[Reconciliation, ...]:
    return reconcile(notice)


@pytest.fixture(scope="module")
def graph(notice: Notice, checks: tuple[Reconciliation, ...]) -> networkx.MultiDiGraph:
    parts = notice_graph(notice, checks)
    return view(parts.facts, parts.evidence, parts.inferred)


@pytest.fixture(scope="module")
def found(graph: networkx.MultiDiGraph) -> list[Chain]:
    return chains(graph)


def test_a_withdrawn_rule_undoes_the_issue_that_made_it_and_breaks_the_one_that_rests_on_it(graph: networkx.MultiDiGraph) -> None:
    affected = impact(graph, find(graph, "《重庆市法院派遣制人员管理办法》")).affected
    issues = {each.number: (each.effect, [link.relation for link in each.chain]) for each in affected if each.type == "Issue"}
    assert issues == {24: ("undone", ["hasMeasure", "hasAction", "issuesDocument"]),
                      25: ("breaks", ["hasMeasure", "hasAction", "implementsDocument"])}


def test_no_issue_and_no_measure_is_missing_from_the_chains(notice: Notice, found: list[Chain]) -> None:
    assert [number for number in dict.fromkeys(chain.issue.number for chain in found)] == list(range(1, 31))
    assert len({chain.measure.node for chain in found if chain.measure}) == 63
    named = {document.title for issue in notice.issues for measure in issue.measures for document in measure.documents}
    assert len({step.node for chain in found for step in chain.documents}) >= len(named)
    assert 90 <= len(found) <= 130


def test_every_quote_of_a_chain_stands_at_its_offsets(notice: Notice, found: list[Chain]) -> None:
    places = [chain.issue.place for chain in found] + [chain.measure.place for chain in found if chain.measure]
    places += [step.place for chain in found for step in chain.documents]
    assert len(places) > 250
    assert [place for place in places if place.start is None or notice.text[place.start:place.end] != place.quote] == []


def test_every_evidence_of_the_view_stands_at_its_offsets(notice: Notice, graph: networkx.MultiDiGraph) -> None:
    said = [data for *_, data in (*graph.nodes(data=True), *graph.edges(data=True)) if "startOffset" in data]
    assert len(said) > 900
    assert [data for data in said if notice.text[data["startOffset"]:data["endOffset"]] != data["exactQuote"]] == []


def test_dependencies_have_no_cycle_and_an_order(graph: networkx.MultiDiGraph) -> None:
    assert cycles(graph).found == ()
    assert topological_order(graph).knots == ()


def test_verdicts_of_the_report(notice: Notice, checks: tuple[Reconciliation, ...]) -> None:
    text = report(notice, checks)
    rows = [line.split(" | ") for line in text.splitlines()]
    verdicts = {(row[0].removeprefix("| "), row[1], row[4]): (row[2], row[3]) for row in rows if len(row) == 8}
    counted, arithmetic, matches = "内容计数 content count", "算术核对 arithmetic", "相符 matches"
    cannot = "无法核对 cannot be told from the text"
    assert verdicts["方面总数 Aspects in total", "5 个方面", counted] == ("5", matches)
    assert verdicts["问题总数 Issues in total", "30 个", counted] == ("30", matches)
    assert verdicts["措施总数 Measures in total", "83 项", arithmetic] == ("83", matches)
    assert verdicts["措施总数 Measures in total", "83 项", counted] == ("63", cannot)
    assert verdicts["意见建议总数 Recommendations in total", "5 条", counted] == ("5", matches)
    assert verdicts["出台文件数 Documents issued", "58 份", counted][1] == cannot
    assert "不符 contradicts |" not in text
