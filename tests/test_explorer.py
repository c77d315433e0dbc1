"""The page as bytes: what is embedded, how it is escaped, what it may load, that it repeats itself."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from invented_graph import HOSTILE_TITLES, invented_notice, two_notices
from viz import explorer
from viz.data import records, references
from viz.layout import GAP, Box, card_height, place, wrap
from viz.pinyin import initials

ROOT = Path(__file__).resolve().parent.parent
STATIC = sorted((ROOT / "viz" / "static").glob("*.js"))


class Parsed(HTMLParser):
    """Collects elements with their attributes, and the content of scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.raw: list[tuple[dict[str, str], str]] = []
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.inside = tag in ("script", "style")
        if self.inside:
            self.raw.append(({"tag": tag, **self.elements[-1][1]}, ""))

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.raw[-1] = (self.raw[-1][0], self.raw[-1][1] + data)


@pytest.fixture(scope="module")
def html() -> str:
    graph, text, title = invented_notice(14, HOSTILE_TITLES)
    return explorer.page(graph, text, title).decode("utf-8")


@pytest.fixture(scope="module")
def parsed(html: str) -> Parsed:
    return Parsed(html)


@pytest.fixture(scope="module")
def data(parsed: Parsed) -> dict[str, Any]:
    (words,) = [content for attributes, content in parsed.raw if attributes.get("type") == "application/json"]
    loaded: dict[str, Any] = json.loads(words)
    return loaded


def test_page_names_no_address_that_a_browser_would_load(html: str, parsed: Parsed) -> None:
    loaded = [value for _, attributes in parsed.elements for name, value in attributes.items()
              if name in ("src", "href", "action", "data", "poster", "srcset")]
    assert loaded and all(value.startswith(("#", "data:,")) for value in loaded)
    styles = [content for attributes, content in parsed.raw if attributes["tag"] == "style"]
    assert len(styles) == 1 and "url(" not in styles[0] and "@import" not in styles[0]


def test_policy_allows_the_page_s_own_parts_and_nothing_else(parsed: Parsed) -> None:
    (policy,) = [a["content"] for tag, a in parsed.elements if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    own = {tag: sorted(f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
                       for attributes, content in parsed.raw if attributes["tag"] == tag and "type" not in attributes)
           for tag in ("script", "style")}
    assert rules["default-src"] == "'none'"
    assert sorted(rules["script-src"].split()) == own["script"] and len(own["script"]) == 2
    assert rules["style-src"].split() == own["style"]
    assert "unsafe" not in policy


def test_no_inline_handlers_or_style_attributes(parsed: Parsed) -> None:
    assert not [attributes for _, attributes in parsed.elements if any(name.startswith("on") or name == "style" for name in attributes)]


def test_hostile_titles_stay_data(html: str, parsed: Parsed, data: dict[str, Any]) -> None:
    for title in HOSTILE_TITLES:
        assert f"《{title}》" in data["nodes"]["label"]
    assert {tag for tag, _ in parsed.elements}.isdisjoint({"img", "iframe", "object", "embed"})
    assert [attributes.get("type") for attributes, _ in parsed.raw if attributes["tag"] == "script"] == ["application/json", None, None]
    (line,) = [content for attributes, content in parsed.raw if attributes.get("type") == "application/json"]
    assert not set(line) & set("<>&\u2028\u2029")


@pytest.mark.parametrize("words", ["</script>", "<!--<script>", "]]>", "a\u2028b\u2029c", "&amp;", "\x00\x1f", "\ufeff", "'\"\\", "مرحبا\u202e", "🎈"])
def test_embedded_json_comes_back_as_it_was(words: str) -> None:
    assert json.loads(explorer.embed([words])) == [words]
    assert not set(explorer.embed([words])) & set("<>&\u2028\u2029")


def test_title_with_markup_is_text() -> None:
    page = explorer.page(nx.MultiDiGraph(), "", "<b onclick=x>\"'&</title><script>y</script>").decode()
    parsed = Parsed(page)
    assert "b" not in {tag for tag, _ in parsed.elements}
    assert [attributes.get("type") for attributes, _ in parsed.raw if attributes["tag"] == "script"] == ["application/json", None, None]
    assert "<title>&lt;b onclick=x&gt;" in page


def test_empty_graph_makes_a_page() -> None:
    page = explorer.page(nx.MultiDiGraph(), "", "空")
    assert page.startswith(b"<!doctype html>\n") and page.decode("utf-8").count("</html>") == 1


def test_scripts_use_text_nodes_only() -> None:
    assert len(STATIC) == len(explorer.SCRIPTS)
    assert {path.stem for path in STATIC} == set(explorer.SCRIPTS)
    forbidden = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|createContextualFragment|srcdoc")
    found = [f"{path.name}: {match[0]}" for path in STATIC for match in forbidden.finditer(path.read_text(encoding="utf-8"))]
    assert found == []


def test_scripts_keep_to_what_browsers_of_2020_know() -> None:
    later = re.compile(r"\.at\(|\?\?=|\|\|=|&&=|replaceAll|structuredClone|Object\.hasOwn|\.toSorted|\.findLast|static \{|#[a-z]+ =|\bawait\b(?!.*async)")
    found = [f"{path.name}: {match[0]}" for path in STATIC for match in later.finditer(path.read_text(encoding="utf-8"))]
    assert found == []


def test_every_name_of_the_scripts_is_declared_once_and_used() -> None:
    whole = "\n".join(path.read_text(encoding="utf-8") for path in STATIC)
    declared = re.findall(r"^(?:function|const|let) (\w+)", whole, re.MULTILINE)
    assert len(declared) > 250
    assert [name for name in declared if declared.count(name) > 1] == []
    assert [name for name in declared if len(re.findall(rf"\b{name}\b", whole)) < 2] == []


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed; the browser tests run the same scripts")
def test_scripts_parse(tmp_path: Path) -> None:
    whole = tmp_path / "page.js"
    whole.write_text(explorer._script(), encoding="utf-8")
    subprocess.run(["node", "--check", str(whole)], check=True)


def test_every_sentence_of_the_page_is_in_both_languages() -> None:
    strings = json.loads((ROOT / "viz" / "strings.json").read_text(encoding="utf-8"))
    assert all(len(pair) == 2 and isinstance(pair[0], str) and isinstance(pair[1], str) for pair in strings.values())
    assert [key for key, (zh, en) in strings.items() if set(re.findall(r"\{(\w+)\}", zh)) != set(re.findall(r"\{(\w+)\}", en))] == []
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (*STATIC, *(ROOT / "viz" / "templates").glob("*.j2")))
    used = set(re.findall(r"(?<![\w.])t\(\"([a-z][\w.-]*)\"", sources)) | set(re.findall(r"data-t(?:-label)?=\"([\w.-]+)\"", sources))
    assert len(used) > 80
    assert sorted(used - set(strings)) == []


def test_same_bytes_on_other_hash_seeds() -> None:
    program = ("import hashlib, sys; sys.path.insert(0, 'tests')\nfrom invented_graph import invented_notice\n"
               "from viz.explorer import page\nprint(hashlib.sha256(page(*invented_notice(9))).hexdigest())")
    found = {subprocess.run([sys.executable, "-c", program], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed},
                            capture_output=True, text=True, check=True).stdout for seed in ("0", "1", "4242")}
    assert len(found) == 1


def test_same_bytes_for_a_graph_built_in_another_order() -> None:
    graph, text, title = invented_notice(6)
    other = nx.MultiDiGraph()
    other.add_nodes_from(reversed(list(graph.nodes(data=True))))
    other.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert explorer.page(other, text, title) == explorer.page(graph, text, title)


def test_one_notice_is_small() -> None:
    assert len(explorer.page(*invented_notice(40))) < 1_500_000


def test_chinese_is_embedded_as_chinese(html: str) -> None:
    assert "关于加强审判监督管理的规定" in html


def test_offsets_count_utf_16_units_behind_rare_characters() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("urn:d", type="Document", label="《规定》", startOffset=3, endOffset=7)
    (node,) = records(graph, "🎈𠮷a《规定》").nodes
    assert node.places == ((5, 9),)


def test_issues_are_named_by_number_or_where_numbers_repeat_by_aspect_and_number() -> None:
    def names(numbers: list[list[int | None]]) -> list[str]:
        graph = nx.MultiDiGraph()
        offset = 0
        for a, mine in enumerate(numbers, 1):
            graph.add_node(f"urn:a{a}", type="Aspect", label=f"方面{a}", number=a)
            for i, number in enumerate(mine):
                offset += 10
                graph.add_node(f"urn:a{a}/{i}", type="Issue", label="问题", startOffset=offset, endOffset=offset + 5,
                               **({} if number is None else {"number": number}))
                graph.add_edge(f"urn:a{a}", f"urn:a{a}/{i}", key="hasIssue", relation="hasIssue", inferred=False, depends=True)
        rows = records(graph, "")
        return list(references(rows.nodes, rows.edges).values())

    assert names([[1, 2], [3]]) == ["1", "2", "3"]
    assert names([[1, 2], [1]]) == ["1.1", "1.2", "2.1"]
    assert names([[None, 1]]) == ["~1", "1"]
    assert len(set(names([[1, 1], [1]]))) == 3


def test_issues_of_several_notices_are_named_by_notice_and_number() -> None:
    graph, text = two_notices()
    rows = records(graph, text)
    names = references(rows.nodes, rows.edges)
    assert sorted(names.values()) == [f"{notice}-{number}" for notice in (1, 2) for number in range(1, 7)]
    for i, name in names.items():
        assert ("白石市" in rows.nodes[i].iri) == name.startswith("2-")


def test_sub_issues_are_named_below_their_issue() -> None:
    graph = nx.MultiDiGraph()
    for place, (key, number) in enumerate((("1", 1), ("1.1", 1), ("1.2", 2), ("1.2.1", 1), ("2", 2))):
        graph.add_node(f"urn:{key}", type="Issue", label=key, number=number, startOffset=place, endOffset=place + 1)
    for above, below in (("1", "1.1"), ("1", "1.2"), ("1.2", "1.2.1")):
        graph.add_edge(f"urn:{above}", f"urn:{below}", key="hasSubIssue", relation="hasSubIssue", inferred=False, depends=True)
    rows = records(graph, "")
    assert {rows.nodes[i].label: name for i, name in references(rows.nodes, rows.edges).items()} == {
        "1": "1", "1.1": "1.1", "1.2": "1.2", "1.2.1": "1.2.1", "2": "2"}
    assert [node.column for node in rows.nodes] == [20, 21, 21, 22, 20]


def test_document_is_made_or_relied_on_by_its_relation() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("urn:m", type="Measure", label="措施")
    for name, relation in (("a", "revisesDocument"), ("b", "implementsDocument"), ("c", "draftsDocument"), ("d", "studiesDocument")):
        graph.add_node(f"urn:{name}", type="Document", label=name)
        graph.add_edge("urn:m", f"urn:{name}", key=relation, relation=relation, inferred=False, depends=True)
    kinds = {node.label: node.kind for node in records(graph, "").nodes}
    assert kinds == {"措施": "measure", "a": "document", "b": "rule", "c": "document", "d": "rule"}


def test_layout_keeps_boxes_apart_and_branches_together() -> None:
    graph, text, _ = invented_notice(30)
    rows = records(graph, text)
    shown = [i for i, node in enumerate(rows.nodes) if node.kind in ("aspect", "issue", "measure", "document", "rule", "body")]
    columns: dict[int, list[tuple[float, float]]] = {}
    for i in shown:
        half = card_height(rows.nodes[i].label) / 2
        columns.setdefault(rows.centres[i][0], []).append((rows.centres[i][1] - half, rows.centres[i][1] + half))
    assert len(columns) == 6
    for spans in columns.values():
        spans.sort()
        assert all(after[0] - before[1] >= GAP - 1 for before, after in zip(spans, spans[1:]))


def test_place_puts_a_parent_at_the_middle_of_its_children() -> None:
    boxes = [Box(0, 40), Box(1, 40), Box(1, 40), Box(1, 40)]
    centres = place(boxes, [(0, 1), (0, 2), (0, 3)])
    assert [y for _, y in centres] == [78, 26, 78, 130]
    assert [x for x, _ in centres] == [0, 276, 276, 276]


@pytest.mark.parametrize(("label", "lines"), [
    ("关于进一步严格落实登记立案要求", ["关于进一步严格落实登记", "立案要求"]),
    ("严格落实《审判监督管理规定》", ["严格落实《审判监督管理", "规定》"]),
    ("严格执行防止干预司法“三个规定”", ["严格执行防止干预司法", "“三个规定”"]),
    ("严格执行防止干预司法办《三个规定》", ["严格执行防止干预司法办", "《三个规定》"]),
    ("abc defghi jklmnopqrstuvw", ["abc defghi ", "jklmnopqrstuvw"]),
    ("", [""]),
])
def test_labels_are_wrapped_between_characters(label: str, lines: list[str]) -> None:
    assert wrap(label, 155) == lines


def test_pinyin_knows_phrases_read_otherwise() -> None:
    table = initials("重庆市长期行动银行")
    assert table["phrases"] == {"重庆": "cq", "市长": "sz", "长期": "cq", "银行": "yh"}
    assert table["characters"]["市"] == "s"


def test_vis_network_is_the_copy_in_pyvis_with_its_licence(html: str) -> None:
    assert "@license" in html and "vis.js is dual licensed" in html
    assert html.count("vis-network") > 1


def test_missing_vis_network_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(explorer, "files", lambda name: tmp_path)
    with pytest.raises(explorer.MissingAsset, match="pyvis==0.3.2"):
        explorer._vis_network.__wrapped__()
