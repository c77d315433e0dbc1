"""A notice that was read shows itself in a notebook, and gives tables, graph and answers."""
from __future__ import annotations

import html
import pickle
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest

import kg
from conftest import ROOT
from kg.model import Notice
from kg.notebook import NoticeRead
from kg.pipeline import read_uncorrected
from viz.notebook import cell

EXAMPLE = ROOT / "examples" / "court_intermediate.txt"


@pytest.fixture(scope="module")
def notice() -> NoticeRead:
    return kg.read(EXAMPLE)


def test_it_is_the_notice_that_was_read(notice: NoticeRead) -> None:
    plain = read_uncorrected(EXAMPLE)
    assert isinstance(notice, Notice) and type(plain) is Notice
    assert notice == plain and plain == notice and hash(notice) == hash(plain)
    assert notice != replace(notice, text="") and notice != 1
    assert kg.pipeline.records_json(notice) == kg.pipeline.records_json(plain)
    assert pickle.loads(pickle.dumps(notice)) == notice


def test_reading_alone_loads_no_graph_library() -> None:
    code = f"import sys, kg; kg.read({str(EXAMPLE)!r}); print(*sys.modules)"
    loaded = set(subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split())
    assert "kg.notebook" in loaded
    assert not loaded & {"rdflib", "networkx", "pyvis", "pyoxigraph", "jinja2", "pandas"}


def test_a_cell_holds_the_counts_and_the_page_in_a_frame(notice: NoticeRead, example_build: Path) -> None:
    shown = notice._repr_html_()
    assert "4 个方面 aspects，13 个问题 issues，23 条措施 measures，21 份文件 documents，27 个机构 bodies" in shown
    (page,) = re.findall(r'srcdoc="([^"]*)"', shown)
    assert html.unescape(page).encode() == (example_build / "explorer.html").read_bytes()
    (sandbox,) = re.findall(r'sandbox="([^"]*)"', shown)
    assert "allow-scripts" in sandbox and "allow-same-origin" not in sandbox
    assert "<script" not in shown


def test_a_title_with_markup_stays_text_in_a_cell() -> None:
    shown = cell('"><script>x</script>', ["1 <b>"], b'<p title="a">&amp;</p>')
    assert "<script" not in shown and "<b>" not in shown
    assert 'srcdoc="&lt;p title=&#34;a&#34;&gt;&amp;amp;&lt;/p&gt;"' in shown


def test_tables_as_rows(notice: NoticeRead) -> None:
    rows = notice.rows
    assert {name: len(found) for name, found in rows.items()} == {
        "issues": 13, "measures": 23, "documents": 21, "bodies": 27, "figures": len(rows["figures"]), "claims": len(rows["claims"])}
    issue, measure = rows["issues"][0], rows["measures"][0]
    assert (issue["number"], issue["issue"], issue["measures"], issue["documents_made"]) == (1, "“第一议题”学习不够深入", 2, 1)
    assert (measure["issue_number"], measure["number"], measure["measure"], measure["status"]) == (1, 1, "健全学习制度", "已完成")
    assert measure["documents"] == "《青岚市中级人民法院党组理论学习中心组学习规则》"
    for name, found in rows.items():
        assert found and all(list(row) == list(found[0]) for row in found), name
        for row in found:
            if row["quote"] is not None:
                assert notice.text[row["start"]:row["end"]] == row["quote"]  # type: ignore[misc]
    made = next(row for row in rows["documents"] if row["document"] == measure["documents"])
    assert (made["made"], made["issuer"], made["measures"], made["issues"]) == (True, "青岚市中级人民法院", 1, "“第一议题”学习不够深入")
    (claim, *_) = [row for row in rows["claims"] if row["claim"] == "问题总数"]
    assert (claim["claimed"], claim["observed"], claim["outcome"], claim["explanation"]) == (14, 13, "不符", "通报逐项列出13个问题,自述14个")


def test_tables_as_pandas_frames(notice: NoticeRead) -> None:
    pandas = pytest.importorskip("pandas")
    frames = notice.tables
    assert list(frames) == list(notice.rows)
    measures = frames["measures"]
    assert isinstance(measures, pandas.DataFrame) and measures.shape == (23, len(notice.rows["measures"][0]))
    assert measures["measure"].tolist() == [row["measure"] for row in notice.rows["measures"]]
    assert int(frames["issues"]["measures"].sum()) == 23


def test_without_pandas_tables_say_what_to_do(notice: NoticeRead, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    fresh = NoticeRead.of(notice)
    with pytest.raises(ImportError, match="pip install pandas, or take `rows`"):
        fresh.tables
    assert len(fresh.rows["issues"]) == 13


def test_graph_and_answers_are_those_of_the_build(notice: NoticeRead, example_build: Path) -> None:
    built = kg.open(example_build)
    assert nx.utils.graphs_equal(notice.graph, built.graph)
    question = "SELECT (COUNT(?m) AS ?n) { ?m a rectify:Measure }"
    assert notice.query(question).rows == built.query(question).rows == ((23,),)
    assert notice.opened.ask("aspects").rows == built.ask("aspects").rows
    with pytest.raises(kg.errors.QueryError):
        notice.query("SELECT * { ?s ?p ?o", limit_rows=1)
