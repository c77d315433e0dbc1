"""Dependency chains and the tables made of them."""
from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from typing import Any

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from kg.errors import NodeNotFoundError
from kg.export.chains import LONGEST, MOST, Chain, chains, to_csv, to_dot, to_graphml, to_json, to_mermaid, to_ttl
from kg.export.records import Item, Place
from kg.export.spreadsheet import safe
from small_graph import Edge, archive, small


def ways(found: list[Chain]) -> list[tuple[str, ...]]:
    return [(*chain.nodes(), chain.ends) for chain in found]


def test_one_chain_for_each_way_and_none_missing() -> None:
    assert ways(chains(archive())) == [
        ("i1", "i1m1", "rule", "law", "document"),
        ("i2", "i2m1", "rule", "law", "document"),
        ("i2", "i2m2", "law", "document"),
        ("i3", "i3m1", "measure")]


def test_a_chain_in_full() -> None:
    chain = chains(archive())[0]
    assert (chain.notice, chain.aspect, chain.parent) == ("通报", "档案方面", "")
    assert chain.issue == Item("i1", "档案管理不严", 1, None, None, Place("1.档案管理不严", 10, 18))
    assert chain.measure == Item("i1m1", "建章立制", 1, None, "status-completed", Place("一是建章立制。制定《档案办法》。", 19, 50))
    assert [(body.label, body.basis) for body in chain.responsible] == [
        ("青岚市中级人民法院办公室", "stated"), ("青岚市中级人民法院", "default")]
    assert chain.levels == ("高级人民法院", "中级人民法院")
    rule, law = chain.documents
    assert (rule.source, rule.relation, rule.depends, rule.label, rule.issuer, rule.place) == (
        "make", "issuesDocument", True, "《档案办法》", "青岚市中级人民法院", Place("制定《档案办法》", 26, 34))
    assert (law.source, law.relation, law.depends, law.label, law.issuer, law.place) == (
        "rule", "basedOn", True, "《档案法》", None, Place("依据《档案法》制定", 38, 48))


def test_an_issue_without_measures_and_one_with_sub_issues() -> None:
    graph = small({"i": ("Issue", "i"), "top": ("Issue", "top"), "sub": ("Issue", "sub")}, [("top", "hasSubIssue", "sub")])
    found = chains(graph)
    assert ways(found) == [("i", "issue"), ("sub", "issue")]
    assert [chain.parent for chain in found] == ["", "top"]


def test_a_recommendation_is_a_row_only_with_measures() -> None:
    graph = small({"r": ("Recommendation", "r"), "s": ("Recommendation", "s"), "m": ("Measure", "m")},
                  [("r", "hasMeasure", "m")])
    assert ways(chains(graph)) == [("r", "m", "measure")]


def test_documents_come_in_the_order_of_the_words() -> None:
    graph = small({"i": ("Issue", "i"), "m": ("Measure", "m"), "x": ("Action", "x"), "y": ("Action", "y"),
                   "d": ("Document", "d", {"startOffset": 9}), "e": ("Document", "e", {"startOffset": 5}),
                   "f": ("Document", "f", {"startOffset": 1})},
                  [("i", "hasMeasure", "m"), ("m", "hasAction", "y"), ("m", "hasAction", "x"),
                   ("x", "issuesDocument", "d", {"startOffset": 4}), ("x", "issuesDocument", "e", {"startOffset": 4}),
                   ("y", "citesBasis", "f", {"startOffset": 7}), ("x", "usesForm", "f", {"startOffset": 6})])
    assert [[(step.node, step.relation) for step in chain.documents] for chain in chains(graph)] == [
        [("e", "issuesDocument")], [("d", "issuesDocument")], [("f", "usesForm")], [("f", "citesBasis")]]


def test_documents_named_again_stand_where_this_measure_names_them() -> None:
    graph = small({"i": ("Issue", "i"), "m": ("Measure", "m"), "d": ("Document", "d", {"startOffset": 2, "mentions": "2-4 30-32"}),
                   "e": ("Document", "e", {"startOffset": 20})},
                  [("i", "hasMeasure", "m"), *[("m", "implementsDocument", name, {"startOffset": 18, "endOffset": 33}) for name in "de"]])
    assert [chain.nodes()[-1] for chain in chains(graph)] == ["e", "d"]


def test_a_chain_ends_at_a_document_that_is_only_studied() -> None:
    graph = small({"i": ("Issue", "i"), "m": ("Measure", "m"), "d": ("Document", "d"), "e": ("Document", "e")},
                  [("i", "hasMeasure", "m"), ("m", "studiesDocument", "d"), ("m", "citesBasis", "d"), ("d", "basedOn", "e")])
    assert [[(step.relation, step.depends) for step in chain.documents] for chain in chains(graph)] == [
        [("studiesDocument", False)], [("citesBasis", True), ("basedOn", True)]]


def documents(*edges: tuple[str, str]) -> networkx.MultiDiGraph:
    """An issue and a measure that makes document `a`; documents by their first letters rest on others."""
    names = sorted({name for edge in edges for name in edge})
    based: list[Edge] = [(source, "basedOn", target) for source, target in edges]
    return small({"i": ("Issue", "i"), "m": ("Measure", "m")} | {name: ("Document", name) for name in names},
                 [("i", "hasMeasure", "m"), ("m", "issuesDocument", names[0]), *based])


def test_cycles_between_documents_end_and_say_so() -> None:
    assert ways(chains(documents(("a", "b"), ("b", "a")))) == [("i", "m", "a", "b", "cycle")]
    assert ways(chains(documents(("a", "a")))) == [("i", "m", "a", "cycle")]
    assert ways(chains(documents(("a", "b"), ("b", "a"), ("b", "c")))) == [("i", "m", "a", "b", "c", "document")]


def test_branches_give_a_chain_each() -> None:
    assert ways(chains(documents(("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")))) == [
        ("i", "m", "a", "b", "d", "document"), ("i", "m", "a", "c", "d", "document")]


def test_long_chains_are_cut_and_say_so(caplog: pytest.LogCaptureFixture) -> None:
    names = [f"d{number:02}" for number in range(LONGEST + 3)]
    [chain] = chains(documents(*zip(names, names[1:])))
    assert (len(chain.documents), chain.ends) == (LONGEST, "limit")
    assert f"more than {LONGEST} documents in a chain over d{LONGEST - 1:02}" in caplog.text
    [whole] = chains(documents(*zip(names[:LONGEST], names[1:LONGEST])))
    assert (len(whole.documents), whole.ends) == (LONGEST, "document")


def test_a_knot_of_documents_does_not_explode(caplog: pytest.LogCaptureFixture) -> None:
    names = [f"d{number:02}" for number in range(30)]
    graph = documents(*((one, other) for one in names for other in names if one != other))
    found = chains(graph)
    assert len(found) == MOST
    assert found[-1].ends == "limit"
    assert f"more than {MOST} chains from m" in caplog.text
    assert len(chains(graph, to="d29")) <= MOST


@pytest.mark.parametrize(("from_", "expected"), [
    ("n", 4), ("a", 4), ("i2", 2), ("问题2", 2), ("i2m2", 1), ("make", 1), ("rule", 2), ("《档案法》", 3), ("law", 3),
    ("court", 1), ("市中院", 1), ("book", 0)])
def test_from(from_: str, expected: int) -> None:
    found = chains(archive(), from_=from_)
    assert len(found) == expected
    assert [chain for chain in chains(archive()) if chain in found] == found


@pytest.mark.parametrize(("to", "expected"), [
    ("law", [("i1", "i1m1", "rule", "law", "document"), ("i2", "i2m1", "rule", "law", "document"), ("i2", "i2m2", "law", "document")]),
    ("rule", [("i1", "i1m1", "rule", "document"), ("i2", "i2m1", "rule", "document")]),
    ("i2m2", [("i2", "i2m2", "measure")]),
    ("i2", [("i2", "issue")]),
    ("book", []),
])
def test_to(to: str, expected: list[tuple[str, ...]]) -> None:
    assert ways(chains(archive(), to=to)) == expected


def test_to_leaves_out_ways_that_lead_elsewhere() -> None:
    graph = documents(("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("c", "b"), ("d", "e"))
    assert ways(chains(graph, to="b")) == [("i", "m", "a", "b", "document"), ("i", "m", "a", "c", "b", "document")]


def test_to_a_document_of_a_cycle_ends_there() -> None:
    graph = documents(("a", "b"), ("b", "a"), ("b", "c"), ("c", "b"))
    assert ways(chains(graph, to="b")) == [("i", "m", "a", "b", "document")]


def test_to_is_found_past_a_knot_that_leads_elsewhere(caplog: pytest.LogCaptureFixture) -> None:
    names = [f"d{number:02}" for number in range(30)]
    graph = documents(("a", "d00"), ("a", "z"), *((one, other) for one in names for other in names if one != other))
    assert ways(chains(graph, to="z")) == [("i", "m", "a", "z", "document")]
    assert caplog.text == ""


def test_from_and_to() -> None:
    assert ways(chains(archive(), from_="i2", to="《档案办法》")) == [("i2", "i2m1", "rule", "document")]


def test_an_unknown_name() -> None:
    with pytest.raises(NodeNotFoundError, match="《没有》"):
        chains(archive(), from_="《没有》")


# ---------------------------------------------------------------- tables


def rows(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_header_and_first_row() -> None:
    header, first, *_ = rows(to_csv(chains(archive())))
    assert dict(zip(header, first)) == {
        "notice 通报": "通报", "aspect 方面": "档案方面", "issue_number 问题序号": "1", "issue 问题": "档案管理不严",
        "measure_number 措施序号": "1", "measure 措施": "建章立制", "measure_status 措施状态": "已完成",
        "responsible 责任单位": "青岚市中级人民法院办公室；青岚市中级人民法院（缺省认定）", "court_levels 法院层级": "高级人民法院；中级人民法院",
        "chain 链条": "问题1 档案管理不严 → 措施1 建章立制 → 制发《档案办法》 → 依据《档案法》", "ends_at 链条止于": "document 文件",
        "issue_quote 问题原文": "1.档案管理不严", "issue_start 问题起": "10", "issue_end 问题止": "18",
        "measure_quote 措施原文": "一是建章立制。制定《档案办法》。", "measure_start 措施起": "19", "measure_end 措施止": "50",
        "relation_1 关系1": "制发", "depends_1 是否依赖1": "yes 是", "document_1 文件1": "《档案办法》", "issuer_1 制发机关1": "青岚市中级人民法院",
        "awaited_1 待出台1": "", "quote_1 原文1": "制定《档案办法》", "start_1 起1": "26", "end_1 止1": "34",
        "relation_2 关系2": "依据", "depends_2 是否依赖2": "yes 是", "document_2 文件2": "《档案法》", "issuer_2 制发机关2": "",
        "awaited_2 待出台2": "", "quote_2 原文2": "依据《档案法》制定", "start_2 起2": "38", "end_2 止2": "48"}


def test_csv_is_one_table() -> None:
    table = rows(to_csv(chains(archive())))
    assert len(table) == 5 and {len(row) for row in table} == {33}
    assert len(set(table[0])) == 33
    assert [row[10] for row in table[1:]] == ["document 文件", "document 文件", "document 文件", "measure 措施（无文件）"]
    assert [row[18] for row in table[1:]] == ["yes 是", "yes 是", "no 否", ""]
    assert to_csv(chains(archive())).count(b"\r\n") == 5


def test_csv_has_columns_for_the_longest_chain_and_a_header_when_empty() -> None:
    assert "end_4 止4" in rows(to_csv(chains(documents(("a", "b"), ("b", "c"), ("c", "d")))))[0]
    [header] = rows(to_csv([]))
    assert len(header) == 33


HOSTILE = ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", "<b>粗</b>", '他说"好"',
           "一行\n两行\r\n三行", "行\u2028段\u2029", "a,b;c|d", "`code` [x](y) # $", "\x00\x0b控制", "\\", "]]>&amp;", "😀")


def hostile_graph(words: str) -> networkx.MultiDiGraph:
    said: dict[str, Any] = {"exactQuote": words, "startOffset": 1, "endOffset": 2}
    return small({"n": ("Notice", words), "i": ("Issue", words, said), "m": ("Measure", words, said | {"status": words}),
                  "d": ("Document", words, {"title": words}), "o": ("Organization", words)},
                 [("n", "hasIssue", "i"), ("i", "hasMeasure", "m"), ("m", "issuesDocument", "d", said),
                  ("m", "responsibleOrganization", "o", {"basis": words}), ("d", "issuedBy", "o")])


@pytest.mark.parametrize("words", HOSTILE)
def test_no_cell_runs_as_a_formula_and_none_is_changed_otherwise(words: str) -> None:
    _, row = rows(to_csv(chains(hostile_graph(words))))
    assert not [cell for cell in row if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]
    guarded = "'" + words if words.startswith(tuple("=+-@\t\r\n＝＋－＠")) else words
    assert row[0] == row[3] == row[5] == row[11] == row[19] == guarded


@given(st.text())
def test_csv_cells_come_back(words: str) -> None:
    _, row = rows(to_csv(chains(hostile_graph(words.replace("\x00", "")))))
    assert row[3].removeprefix("'") == words.replace("\x00", "").removeprefix("'")
    assert row[3] == safe(row[3]) or not row[3]


@pytest.mark.parametrize("words", HOSTILE)
def test_json_keeps_every_letter(words: str) -> None:
    [chain] = json.loads(to_json(chains(hostile_graph(words))))
    assert chain["issue"] == {"node": "i", "label": words, "number": None, "marker": None, "status": None,
                              "place": {"quote": words, "start": 1, "end": 2}}
    assert [step["label"] for step in chain["documents"]] == [words]


# ---------------------------------------------------------------- graphs


def test_graphml_loads_back() -> None:
    graph = networkx.read_graphml(io.BytesIO(to_graphml(chains(archive()))), force_multigraph=True)
    assert dict(graph.nodes(data="type")) == {
        "i1": "Issue", "i1m1": "Measure", "rule": "Document", "law": "Document", "i2": "Issue", "i2m1": "Measure",
        "i2m2": "Measure", "i3": "Issue", "i3m1": "Measure"}
    assert sorted((source, data["relation"], target) for source, target, data in graph.edges(data=True)) == [
        ("i1", "hasMeasure", "i1m1"), ("i1m1", "issuesDocument", "rule"), ("i2", "hasMeasure", "i2m1"),
        ("i2", "hasMeasure", "i2m2"), ("i2m1", "implementsDocument", "rule"), ("i2m2", "studiesDocument", "law"),
        ("i3", "hasMeasure", "i3m1"), ("rule", "basedOn", "law")]
    assert graph.edges["rule", "law", "e2"] == {"relation": "basedOn", "exactQuote": "依据《档案法》制定", "startOffset": 38,
                                                "endOffset": 48}


@pytest.mark.parametrize("words", HOSTILE)
def test_graphml_of_hostile_words(words: str) -> None:
    graph = networkx.read_graphml(io.BytesIO(to_graphml(chains(hostile_graph(words)))))
    shown = words.replace("\x00", "\ufffd").replace("\x0b", "\ufffd")
    assert graph.nodes["d"]["label"] == shown


def test_mermaid() -> None:
    graph = documents(("a", "b"))
    assert to_mermaid(chains(graph)) == (
        'flowchart LR\n  n1["问题 i"]\n  n2["措施 m"]\n  n3["a"]\n  n4["b"]\n'
        '  n1 -->|"采取措施"| n2\n  n2 -->|"制发"| n3\n  n3 -->|"依据"| n4\n')


@pytest.mark.parametrize("words", HOSTILE)
def test_mermaid_of_hostile_words_keeps_its_lines(words: str) -> None:
    lines = to_mermaid(chains(hostile_graph(words))).splitlines()
    assert len(lines) == 6
    label = lines[3].removeprefix('  n3["').removesuffix('"]')
    assert lines[3] == f'  n3["{label}"]' and not set(label) & set('"<>`[]{}|\\&')


def test_dot() -> None:
    assert to_dot(chains(documents(("a", "a")))) == (
        'digraph chains {\n  rankdir=LR;\n  node [shape=box];\n  n1 [label="问题 i" class="Issue"];\n  n2 [label="措施 m" class="Measure"];\n'
        '  n3 [label="a" class="Document"];\n  n1 -> n2 [label="采取措施"];\n  n2 -> n3 [label="制发"];\n}\n')


def test_dot_escapes_quotes_and_backslashes() -> None:
    assert '  n3 [label="他说\\"\\\\好 \\"" class="Document"];' in to_dot(chains(hostile_graph('他说"\\好\n"'))).splitlines()


def test_turtle_holds_the_edges() -> None:
    graph = small({"urn:i": ("Issue", "i"), "urn:m": ("Measure", "m"), "urn:d": ("Document", "d")},
                  [("urn:i", "hasMeasure", "urn:m"), ("urn:m", "issuesDocument", "urn:d")])
    assert to_ttl(chains(graph)).decode() == (
        "@prefix rectify: <https://w3id.org/rectify#> .\n<urn:i> rectify:hasMeasure <urn:m> .\n"
        "<urn:m> rectify:issuesDocument <urn:d> .\n")


SAME_BYTES = """
import hashlib, random, sys
sys.path[:0] = ["tests"]
from kg.export.chains import chains, to_csv, to_graphml, to_json, to_mermaid
from kg.export.formats import gexf, graphml
from kg.network import view
from test_network_view import EVIDENCE, FACTS, INFERRED, triples
parts = [triples(part) for part in (FACTS, EVIDENCE, INFERRED)]
for part in parts:
    random.shuffle(part)
graph = view(*parts)
found = chains(graph)
data = to_csv(found) + to_json(found) + to_graphml(found) + to_mermaid(found).encode() + graphml(graph) + gexf(graph)
print(hashlib.sha256(data).hexdigest(), len(found))
"""


def test_the_same_bytes_on_any_hash_seed() -> None:
    outputs = {subprocess.run([sys.executable, "-c", SAME_BYTES], cwd=ROOT, env={"PYTHONHASHSEED": seed}, check=True,
                              capture_output=True, text=True).stdout for seed in ("0", "1", "4242")}
    assert len(outputs) == 1
    assert outputs.pop().split()[1] == "1"
