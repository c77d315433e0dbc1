"""query, chains, impact, check and explore on the build of a bundled example."""
from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import networkx
import pytest

import kg
from conftest import ROOT
from kg.check.builds import check_builds
from kg.cli import main
from kg.rdf import turtle
from kg.replace import PARTIAL
from kg.store import questions
from kg.vocab import R

Capture = pytest.CaptureFixture[str]
RULES = "《青岚市中级人民法院党组理论学习中心组学习规则》"


def run(capfd: Capture, *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    return (code, *capfd.readouterr())


def test_the_prepared_questions_are_listed_in_both_languages(capfd: Capture) -> None:
    code, out, _ = run(capfd, "query", "--list")
    assert code == 0
    assert len(questions()) >= 12
    for question in questions():
        assert f"\n    {question.zh}\n    {question.en}\n" in out


@pytest.mark.parametrize("question", [question.name for question in questions()])
def test_every_prepared_question_has_an_answer_in_every_form(question: str, example_build: Path, capfd: Capture) -> None:
    for form in ("table", "csv", "json"):
        code, out, errors = run(capfd, "query", question, "--graph", str(example_build), "--format", form)
        assert code == 0
        assert out or "no rows" in errors


def test_the_forms_of_an_answer_say_the_same(example_build: Path, capfd: Capture) -> None:
    query = "SELECT ?number ?title WHERE { ?a a rectify:Aspect ; rectify:number ?number ; rdfs:label ?title } ORDER BY ?number"
    _, table, _ = run(capfd, "query", "--sparql", query, "--graph", str(example_build))
    _, sheet, _ = run(capfd, "query", "--sparql", query, "--graph", str(example_build), "--format", "csv")
    _, data, _ = run(capfd, "query", "--sparql", query, "--graph", str(example_build), "--format", "json")
    rows = list(csv.DictReader(io.StringIO(sheet.removeprefix("\ufeff"))))
    assert [row["number"] for row in rows] == ["1", "2", "3", "4"]
    assert json.loads(data) == [{"number": int(row["number"]), "title": row["title"]} for row in rows]
    for row in rows:
        assert row["title"] in table


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_question_loads_no_graph_library(form: str, example_build: Path) -> None:
    code = "import sys; from kg.cli import main; main(sys.argv[1:]); sys.stderr.write(' '.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code, "query", "aspects", "--graph", example_build, "--format", form], cwd=ROOT,
                         capture_output=True, encoding="utf-8", check=True)
    assert "pyoxigraph" in run.stderr.split()
    assert not set(run.stderr.split()) & {"networkx", "rdflib", "pyvis", "jinja2", *(["rich"] if form != "table" else [])}


def test_a_cell_that_looks_like_a_formula_stays_text(example_build: Path, capfd: Capture) -> None:
    query = 'SELECT ?x ?y ?z { BIND("=1+1" AS ?x) BIND(-1 AS ?y) BIND(true AS ?z) }'
    _, out, _ = run(capfd, "query", "--sparql", query, "--graph", str(example_build), "--format", "csv")
    assert out.splitlines() == ["\ufeffx,y,z", "'=1+1,-1,true"]


def test_a_query_from_a_file(example_build: Path, tmp_path: Path, capfd: Capture) -> None:
    (tmp_path / "ask.rq").write_text("ASK { ?n a rectify:Notice }")
    code, out, _ = run(capfd, "query", "--file", str(tmp_path / "ask.rq"), "--graph", str(example_build), "--format", "json")
    assert (code, json.loads(out)) == (0, [{"answer": True}])


def test_no_rows_are_said_on_standard_error(example_build: Path, capfd: Capture) -> None:
    code, out, errors = run(capfd, "query", "--sparql", "SELECT ?x { ?x a rectify:NoSuchThing }", "--graph", str(example_build))
    assert (code, out, errors) == (0, "", "没有结果 no rows\n")


@pytest.mark.parametrize(("arguments", "words"), [
    (["nosuch"], "no prepared question is called nosuch"),
    (["--sparql", "SELECT ?x WHERE { ?x"], "--sparql:1:21: the query is malformed"),
    (["--sparql", "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"], "SERVICE is refused"),
    (["--sparql", "DELETE WHERE { ?s ?p ?o }"], "DELETE is refused"),
    (["--file", "no/such/file.rq"], "no/such/file.rq: cannot be read"),
    (["aspects", "--sparql", "ASK {}"], "give a NAME, --sparql or --file"),
    ([], "give a NAME, --sparql or --file"),
    (["impact", "--param", "document"], "write it as name=value"),
    (["impact", "--param", "nosuch=1"], "impact has no parameter nosuch"),
    (["aspects", "--graph", "no/such/folder"], "no/such/folder: no such file or folder"),
])
def test_a_wrong_question_gets_one_line(arguments: list[str], words: str, example_build: Path, capfd: Capture) -> None:
    graph = [] if "--graph" in arguments else ["--graph", str(example_build)]
    code, out, errors = run(capfd, "query", *arguments, *graph)
    assert (code, out) == (2, "")
    assert errors.startswith("error: ") and words in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("form", ["csv", "json", "graphml", "mermaid", "dot", "ttl"])
def test_chains_in_every_form(form: str, example_build: Path, capfd: Capture) -> None:
    code, out, _ = run(capfd, "chains", "--graph", str(example_build), "--format", form)
    assert code == 0
    assert RULES.strip("《》") in out or form == "ttl" and "directlyDependsOn" not in out


def test_chains_are_those_of_the_build_and_can_be_asked_from_both_ends(example_build: Path, capfd: Capture) -> None:
    _, out, _ = run(capfd, "chains", "--graph", str(example_build))
    assert out.encode("utf-8") == (example_build / "chains.csv").read_bytes()
    _, out, _ = run(capfd, "chains", "--graph", str(example_build), "--to", RULES, "--format", "json")
    (chain,) = json.loads(out)
    assert chain["issue"]["label"] == "“第一议题”学习不够深入"
    assert chain["documents"][0]["label"] == RULES
    code, _, errors = run(capfd, "chains", "--graph", str(example_build), "--from", "没有这个文件")
    assert code == 2
    assert "no node is named" in errors


def test_graphml_opens_in_networkx(example_build: Path, tmp_path: Path, capfd: Capture) -> None:
    _, out, _ = run(capfd, "chains", "--graph", str(example_build), "--format", "graphml")
    (tmp_path / "chains.graphml").write_text(out, encoding="utf-8")
    assert networkx.read_graphml(tmp_path / "chains.graphml", force_multigraph=True).number_of_nodes() > 20


def test_impact_tells_what_is_undone_and_why(example_build: Path, capfd: Capture) -> None:
    code, out, _ = run(capfd, "impact", RULES, "--graph", str(example_build))
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == f"{RULES}: 撤销 withdrawn"
    assert lines[2:4] == ["成果落空 result undone: 1 整改措施 Measure, 1 整改行动 Action", "  整改措施1 健全学习制度"]
    assert "受影响需复核 is weakened: 1 整改问题 Issue" in lines, "the issue has a second measure"
    assert lines[-2].endswith(f"→ {RULES}")
    assert lines[-1].startswith(f"    “修订{RULES}” [")
    _, out, _ = run(capfd, "impact", RULES, "--graph", str(example_build), "--event", "amended", "--format", "json")
    assert {each["effect"] for each in json.loads(out)["affected"]} == {"stays"}


def test_what_a_killed_build_left_is_not_taken_for_a_build(example_build: Path, tmp_path: Path, capfd: Capture) -> None:
    shutil.copytree(example_build, tmp_path / "out" / "notice")
    (tmp_path / "out" / PARTIAL).mkdir()
    (tmp_path / "out" / PARTIAL / "graph.ttl").write_text("half a gra")
    assert run(capfd, "query", "aspects", "--graph", str(tmp_path / "out"))[0] == 0
    assert len(list(check_builds(tmp_path / "out"))) == 1


def test_impact_of_the_document_of_two_issues(seed_notice: Path, tmp_path: Path, capfd: Capture) -> None:
    (built,) = kg.build([seed_notice], tmp_path)
    _, out, _ = run(capfd, "impact", "《重庆市法院派遣制人员管理办法》", "--graph", str(tmp_path), "--format", "json")
    issues = {each["number"]: each for each in json.loads(out)["affected"] if each["type"] == "Issue"}
    assert {number: issue["effect"] for number, issue in issues.items()} == {24: "undone", 25: "breaks"}
    assert [link["relation"] for link in issues[24]["chain"]] == ["hasMeasure", "hasAction", "issuesDocument"]
    assert [link["relation"] for link in issues[25]["chain"]] == ["hasMeasure", "hasAction", "implementsDocument"]


def test_check_reads_every_citation_again(example_build: Path, capfd: Capture) -> None:
    code, out, _ = run(capfd, "check", "--graph", str(example_build.parent))
    assert code == 1, "the example claims 14 issues and lists 13"
    assert "read again: 100%, 1 项发现 findings" in out
    assert "自相矛盾 contradiction: 问题总数" in out
    assert "13" in out.splitlines()[1] and "14" in out.splitlines()[1]


def test_check_finds_a_text_that_was_changed(example_build: Path, tmp_path: Path, capfd: Capture) -> None:
    shutil.copytree(example_build, tmp_path / "build")
    text = (tmp_path / "build" / "source.txt").read_text(encoding="utf-8")
    (tmp_path / "build" / "source.txt").write_text(text.replace("修订《", "废止《", 1), encoding="utf-8")
    code, out, _ = run(capfd, "check", "--graph", str(tmp_path / "build"))
    assert code == 1
    assert "the text is not the one that was read" in out
    assert "the text has other words at its offsets" in out


def test_check_finds_a_fact_without_words(example_build: Path, tmp_path: Path, capfd: Capture) -> None:
    shutil.copytree(example_build, tmp_path / "build")
    graph = tmp_path / "build" / "graph.ttl"
    graph.write_text("<https://w3id.org/rectify/id/org/某院> <https://w3id.org/rectify#courtLevel> "
                     "<https://w3id.org/rectify/concept/court-level-high> .\n" + graph.read_text(encoding="utf-8"), encoding="utf-8")
    code, out, _ = run(capfd, "check", "--grounding", "--graph", str(tmp_path / "build"))
    assert code == 1 and out.count("\n") == 2
    assert "read again: 99%, 1 项发现" in out and "无出处 ungrounded: <https://w3id.org/rectify/id/org/某院>" in out


def test_check_of_claims_alone_reads_no_text(example_build: Path, tmp_path: Path, capfd: Capture) -> None:
    shutil.copytree(example_build, tmp_path / "build")
    (tmp_path / "build" / "source.txt").unlink()
    code, out, _ = run(capfd, "check", "--claims", "--graph", str(tmp_path / "build"))
    assert code == 1 and "read again" not in out and "自相矛盾 contradiction: 问题总数" in out


def test_check_lists_broken_shapes_by_severity(example_build: Path, tmp_path: Path, capfd: Capture) -> None:
    """Who inspected is gone: the statement of it speaks of nothing, which is a fault; that a team is missing is none."""
    path = tmp_path / "graph.ttl"
    path.write_bytes(turtle(t for t in kg.open(example_build).triples() if t.predicate != R.conductedBy))
    code, out, _ = run(capfd, "check", "--shapes", "--graph", str(path))
    assert (code, [line.split(": ")[:2] for line in out.splitlines()[1:]]) == (
        1, [["  违例 violation", "StatementHolds"], ["  提醒 warning", "Inspector"]])


def test_check_of_a_notice_without_contradictions_is_clean(tmp_path: Path, capfd: Capture) -> None:
    text = (ROOT / "examples" / "court_intermediate.txt").read_text(encoding="utf-8").replace("14个问题", "13个问题")
    (tmp_path / "notice.txt").write_text(text.replace("完成整改12个", "完成整改11个"), encoding="utf-8")
    kg.build([tmp_path / "notice.txt"], tmp_path / "out")
    assert run(capfd, "check", "--graph", str(tmp_path / "out"))[0] == 0


def test_explore_writes_the_page_of_the_build(example_build: Path, tmp_path: Path, capfd: Capture) -> None:
    code, out, _ = run(capfd, "explore", "--graph", str(example_build), "--out", str(tmp_path / "page.html"))
    assert (code, out) == (0, f"打开 open: {tmp_path}/page.html\n")
    assert (tmp_path / "page.html").read_bytes() == (example_build / "explorer.html").read_bytes()


def test_explore_wants_whole_builds(example_build: Path, tmp_path: Path, capfd: Capture) -> None:
    code, _, errors = run(capfd, "explore", "--graph", str(tmp_path / "nothing"), "--out", str(tmp_path / "page.html"))
    assert code == 2
    assert "nothing: holds no build" in errors
    shutil.copytree(example_build, tmp_path / "lost")
    (tmp_path / "lost" / "source.txt").unlink()
    code, _, errors = run(capfd, "explore", "--graph", str(tmp_path / "lost"), "--out", str(tmp_path / "page.html"))
    assert code == 2
    assert "source.txt: the text of the build is missing" in errors
