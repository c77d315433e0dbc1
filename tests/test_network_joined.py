"""Several notices in one view: their texts one behind the other, what both name once."""
from __future__ import annotations

from pathlib import Path

import networkx as nx

import kg
from kg.network.joined import BETWEEN, joined
from kg.pipeline import write_page

PLACES = ("青岚市", "白石市", "云溪市")


def one(place: str) -> tuple[nx.MultiDiGraph, str]:
    """A notice that names its court and a rule that every notice names."""
    text = f"{place}法院依据《审判管理办法》整改。《审判管理办法》已学习。"
    graph = nx.MultiDiGraph()
    graph.add_node(place, type="Court", label=f"{place}法院", startOffset=0, endOffset=5, exactQuote=f"{place}法院")
    graph.add_node("rule", type="Document", label="审判管理办法", startOffset=7, endOffset=15, exactQuote="《审判管理办法》", mentions="7-15 18-26")
    graph.add_edge(place, "rule", "citesBasis", relation="citesBasis", startOffset=5, endOffset=15, exactQuote="依据《审判管理办法》")
    return graph, text


def test_offsets_count_in_the_joined_text() -> None:
    graph, text = joined(map(one, PLACES))
    assert text == BETWEEN.join(one(place)[1] for place in PLACES)
    assert set(graph) == {*PLACES, "rule"}
    for place in PLACES:
        node, relation = graph.nodes[place], graph.edges[place, "rule", "citesBasis"]
        assert text[node["startOffset"]:node["endOffset"]] == f"{place}法院"
        assert text[relation["startOffset"]:relation["endOffset"]] == "依据《审判管理办法》"


def test_what_all_name_has_a_mention_for_each() -> None:
    graph, text = joined(map(one, PLACES))
    spans = [tuple(map(int, span.split("-"))) for span in graph.nodes["rule"]["mentions"].split()]
    assert len(spans) == 6
    assert {text[start:end] for start, end in spans} == {"《审判管理办法》"}
    assert (graph.nodes["rule"]["startOffset"], graph.nodes["rule"]["endOffset"]) == (7, 15)


def test_a_thing_first_named_without_words_takes_those_of_the_next() -> None:
    bare: nx.MultiDiGraph = nx.MultiDiGraph()
    bare.add_node("rule", type="Document", label="审判管理办法")
    graph, text = joined([(bare, "没有提到。"), one("青岚市")])
    rule = graph.nodes["rule"]
    assert text[rule["startOffset"]:rule["endOffset"]] == rule["exactQuote"] == "《审判管理办法》"
    assert len(rule["mentions"].split()) == 2


def test_one_page_for_a_folder_of_builds(tmp_path: Path) -> None:
    examples = sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))
    kg.build(examples, tmp_path / "out")
    write_page(tmp_path / "out", tmp_path / "all.html")
    page = (tmp_path / "all.html").read_text(encoding="utf-8")
    assert f"<title>{len(examples)} 份通报 · {len(examples)} notices" in page
    for folder in (tmp_path / "out").iterdir():
        single = folder / "explorer.html"
        write_page(folder, tmp_path / "one.html")
        assert (tmp_path / "one.html").read_bytes() == single.read_bytes()
        lines = (folder / "source.txt").read_text(encoding="utf-8").splitlines()
        assert max((line.strip() for line in lines if not set(line) & set("<>&\"\\")), key=len) in page
