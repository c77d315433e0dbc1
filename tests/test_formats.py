"""GraphML and GEXF of a whole view."""
from __future__ import annotations

import io

import networkx
import pytest

from kg.export.formats import gexf, graphml
from small_graph import archive, small


def test_graphml_gives_the_graph_back() -> None:
    graph = archive()
    again = networkx.read_graphml(io.BytesIO(graphml(graph)), force_multigraph=True)
    assert dict(again.nodes(data=True)) == dict(graph.nodes(data=True))
    assert [(*ends, data) for *ends, data in again.edges(data=True)] == [(*ends, data) for *ends, data in graph.edges(data=True)]


def test_gexf_gives_the_graph_back() -> None:
    graph = archive()
    again = networkx.read_gexf(io.BytesIO(gexf(graph)))
    assert {node: {name: value for name, value in data.items() if name not in ("id", "label")}
            for node, data in again.nodes(data=True)} == {
        node: {name: value for name, value in data.items() if name != "label"} for node, data in graph.nodes(data=True)}
    assert again.nodes["rule"]["label"] == "《档案办法》"
    assert sorted((source, data["relation"], target, data["depends"]) for source, target, data in again.edges(data=True)) == sorted(
        (source, data["relation"], target, data["depends"]) for source, target, data in graph.edges(data=True))


def test_gexf_holds_no_date() -> None:
    assert b"lastmodifieddate" not in gexf(archive())


@pytest.mark.parametrize("words", ["<b>&amp;\"'", "\x00\x08\x0b\x0c\x0e\x1f", "\ufffe\uffff", "一\u2028二\u2029", "]]>", "😀"])
@pytest.mark.parametrize("write", [graphml, gexf])
def test_any_words_give_xml_that_loads(words: str, write: object) -> None:
    read = networkx.read_graphml if write is graphml else networkx.read_gexf
    graph = small({"d": ("Document", words, {"title": words}), "e": ("Document", "e")}, [("d", "basedOn", "e", {"exactQuote": words})])
    again = read(io.BytesIO(write(graph)))  # type: ignore[operator]
    kept = "".join("\ufffd" if letter in "\x00\x08\x0b\x0c\x0e\x1f\ufffe\uffff" else letter for letter in words)
    assert again.nodes["d"]["title"] == kept
    assert [data["exactQuote"] for *_, data in again.edges(data=True)] == [kept]
