"""Every prepared question on the small notice: rows worked out by hand from its text, on both engines."""
from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kg.model import CourtLevel, Notice, Span
from kg.store import Graph, Question, open_graph, questions
from small_notice import COURT, PUBLISHER, TEXT, TITLE, at, small_notice, source
from test_store import write_build

OFFICE, OFFICE_OF_CHECKS = COURT + "审判管理办公室", COURT + "督察室"
HIGH, PROCURATORATE = "云川省高级人民法院", "澜江市人民检察院"
REVIEW = "根据省高级人民法院即将出台的《案件评查规定》,研究修订《案件评查办法》,由审判管理办公室牵头,会同市检察院开展评查3次。"
CARRY = "落实《学习规则》,将《考核办法(试行)》编入《制度汇编》。"
MONTHLY = "2022年5月起坚持每月抽查。"
ISSUED = "制定《学习规则》和《考核办法(试行)》"
HASH = source(TEXT).sha256


def quoted(kind: str, document: str, line: int, words: str) -> tuple[object, ...]:
    return (kind, document, line, *at(words), words, HASH)


ROWS: dict[str, list[tuple[object, ...]]] = {
    "aspects": [(1, "学习方面", 1, 2, 2), (2, "纪律方面", 2, 2, 0)],
    "awaited-rules": [("案件评查办法", "案件评查规定", HIGH)],
    "bases": [
        ("document_title", "原文明示", 8), ("check_content_count", "规则推断", 4), ("document_issues", "原文明示", 4), ("issuer_default", "缺省认定", 4),
        ("outline_measure", "原文明示", 4), ("document_implements", "原文明示", 3), ("name_belongs_to", "规则推断", 3), ("outline_issue", "原文明示", 3),
        ("subject_left_out", "缺省认定", 3), ("document_drafts", "原文明示", 2), ("figure_count", "原文明示", 2), ("header_publisher", "规则推断", 2),
        ("name_court_level", "规则推断", 2), ("outline_aspect", "原文明示", 2), ("printed_status", "原文明示", 2), ("status_done", "缺省认定", 2),
        ("check_arithmetic", "规则推断", 1), ("claim_aspects", "原文明示", 1), ("claim_issues_done", "原文明示", 1), ("claim_issues_ongoing", "原文明示", 1),
        ("claim_issues_total", "原文明示", 1), ("date", "原文明示", 1), ("document_includes", "原文明示", 1), ("header_feedback_date", "原文明示", 1),
        ("header_inspection", "原文明示", 1), ("header_inspection_end", "规则推断", 1), ("header_inspection_start", "规则推断", 1),
        ("header_inspector", "原文明示", 1), ("header_published", "规则推断", 1), ("header_status_as_of", "规则推断", 1), ("header_title", "原文明示", 1),
        ("issuer_stated", "原文明示", 1), ("label_lead", "原文明示", 1), ("level_basic", "原文明示", 1), ("level_default", "缺省认定", 1),
        ("level_named", "原文明示", 1), ("link_based_on", "原文明示", 1), ("link_compiled", "原文明示", 1), ("outline_recommendation", "原文明示", 1),
        ("printed_deadline", "原文明示", 1), ("role_approves", "原文明示", 1), ("role_joint", "原文明示", 1), ("role_lead", "原文明示", 1),
        ("role_target", "原文明示", 1), ("status_ongoing", "原文明示", 1), ("status_recurring", "原文明示", 1)],
    "chains": [("1", "研究修订《案件评查办法》", "案件评查办法", "案件评查规定")],
    "claims": [
        ("持续整改问题数:1个", 1, None, "无法核对", "内容计数", "通报没有逐项标明整改状态"),
        ("整改到位问题数:2个", 2, None, "无法核对", "内容计数", "通报没有逐项标明整改状态"),
        ("方面总数:2个", 2, 2, "相符", "内容计数", "通报逐项列出2个方面"), ("问题总数:3个", 3, 3, "相符", "内容计数", "通报逐项列出3个问题"),
        ("问题总数:3个", 3, 3, "相符", "算术核对", "2 + 1 = 3")],
    "compendia": [("考核办法(试行)", "制度汇编")],
    "document-types": [("办法", 2), ("方案", 1), ("汇编", 1), ("规则", 1), ("规定", 1)],
    "documents": [
        ("以文件为据", "案件评查规定", HIGH), ("制发", "学习规则", COURT), ("制发", "考核办法(试行)", COURT), ("研究起草", "案件评查办法", COURT),
        ("落实", "学习规则", COURT)],
    "documents-for-level": [("学习规则", "基层人民法院"), ("考核办法(试行)", "基层人民法院")],
    "documents-of-others": [("案件评查规定", HIGH, "即将出台")],
    "evidence": [
        quoted("制定印发", "学习规则", 5, ISSUED), quoted("制定印发", "考核办法(试行)", 5, ISSUED),
        quoted("贯彻执行", "案件评查规定", 6, "根据省高级人民法院即将出台的《案件评查规定》"), quoted("研究拟稿", "案件评查办法", 6, "研究修订《案件评查办法》"),
        quoted("贯彻执行", "学习规则", 9, "落实《学习规则》"), quoted("收编", "制度汇编", 9, "将《考核办法(试行)》编入《制度汇编》"),
        quoted("收编", "考核办法(试行)", 9, "将《考核办法(试行)》编入《制度汇编》")],
    "figures": [("1", 1, "全年学习", 12, "次", "数量"), ("1", 2, "评查", 3, "次", "数量")],
    "impact": [
        ("学习规则", "问题", "学习不够深入"), ("学习规则", "问题", "纪律不严"), ("学习规则", "措施", "健全制度"), ("学习规则", "措施", CARRY),
        ("学习规则", "行动", ISSUED), ("学习规则", "行动", "落实《学习规则》"),
        ("案件评查办法", "问题", "学习不够深入"), ("案件评查办法", "措施", REVIEW), ("案件评查办法", "行动", "研究修订《案件评查办法》"),
        ("案件评查规定", "问题", "学习不够深入"), ("案件评查规定", "措施", REVIEW), ("案件评查规定", "行动", "根据省高级人民法院即将出台的《案件评查规定》"),
        ("案件评查规定", "行动", "研究修订《案件评查办法》"), ("案件评查规定", "文件", "《案件评查办法》"),
        ("考核办法(试行)", "问题", "学习不够深入"), ("考核办法(试行)", "措施", "健全制度"), ("考核办法(试行)", "行动", ISSUED),
        ("考核办法(试行)", "文件", "《制度汇编》")],
    "inspection": [("中共澜江市委第二巡察组", PUBLISHER, "巡察", "2023-03-01", "2023-04-10", "2023-04-20", "2023-06", "2023-07-18")],
    "issue": [
        ("学习不够深入", "采取措施", "健全制度"), ("学习不够深入", "采取措施", REVIEW), ("学习不够深入", "形成文件", "《学习规则》"),
        ("学习不够深入", "形成文件", "《考核办法(试行)》"), ("学习不够深入", "责任单位", COURT), ("学习不够深入", "责任单位", OFFICE),
        ("学习不够深入", "适用层级", "中级人民法院"), ("学习不够深入", "适用层级", "基层人民法院"), ("学习不够深入", "适用层级", "高级人民法院"),
        ("纪律不严", "采取措施", CARRY), ("纪律不严", "责任单位", COURT)],
    "issues-without-documents": [("1", "纪律不严"), ("2", "监督不力")],
    "item-statuses": [("1", "学习不够深入", "已整改到位", "已完成整改", None), ("2", "监督不力", None, None, "2023年12月底前")],
    "joint-bodies": [(PROCURATORATE, "联合", "1", REVIEW)],
    "measures-for-all-levels": [],
    "measures-without-result": [("1", 1, CARRY), ("2", 1, MONTHLY)],
    "mentions": [
        ("学习规则", TITLE, 2, 5, 9), ("考核办法(试行)", TITLE, 2, 5, 9), ("制度汇编", TITLE, 1, 9, 9), ("巡察整改方案", TITLE, 1, 2, 2),
        ("案件评查办法", TITLE, 1, 6, 6), ("案件评查规定", TITLE, 1, 6, 6)],
    "organizations": [
        (HIGH, "审判机关", "高级人民法院", "审批", 1), (COURT, "审判机关", "中级人民法院", "责任", 3), (OFFICE, "内设机构", None, "牵头", 1),
        (OFFICE_OF_CHECKS, "内设机构", None, "牵头", 1), (PROCURATORATE, "行政机关", None, "联合", 1), ("澜江市基层人民法院", "若干法院", None, "对象", 1)],
    "responsible-bodies": [(COURT, "缺省认定", 3), (OFFICE, "原文明示", 1)],
    "shared-documents": [
        ("学习规则", "1", 1, "健全制度"), ("学习规则", "1", 1, CARRY), ("考核办法(试行)", "1", 1, "健全制度"), ("考核办法(试行)", "1", 1, CARRY)],
    "timeline": [("2022-05", None, "2022年5月起", "2", MONTHLY)],
    "trial-documents": [("考核办法(试行)", COURT)],
    "unfinished": [("1", 2, REVIEW, "推进中"), ("2", 1, MONTHLY, "长期坚持")],
    "ungrounded": [],
    "vague-measures": [],
    "relied-on": [("学习规则", "措施", "1", CARRY), ("考核办法(试行)", "文件", None, "制度汇编")],
    "documents-of-several-issues": [
        ("学习规则", "1", "学习不够深入"), ("学习规则", "1", "纪律不严"), ("考核办法(试行)", "1", "学习不够深入"), ("考核办法(试行)", "1", "纪律不严")],
    "answerable": [
        (PUBLISHER, "隶属", COURT, None, None), (OFFICE, "隶属", COURT, None, None), (OFFICE, "审批", HIGH, "1", REVIEW),
        (OFFICE_OF_CHECKS, "隶属", COURT, None, None)],
    "binding": [("基层人民法院", "措施", "1", "健全制度"), ("基层人民法院", "文件", "1", "学习规则"), ("基层人民法院", "文件", "1", "考核办法(试行)")],
    "forthcoming": [("案件评查规定", HIGH, "1", REVIEW)],
    "changes": [("2022-05", None, "2", MONTHLY, None, None)],
    "statuses-against-claims": [("持续整改问题数:1个", 1, 0), ("整改到位问题数:2个", 2, 1)],
    "issue-list": [
        ("学习方面", "1", "学习不够深入", "已完成整改", None, 2, 2), ("纪律方面", "1", "纪律不严", None, None, 1, 0),
        ("纪律方面", "2", "监督不力", None, "2023年12月底前", 1, 0)],
    "task-list": [
        ("1", "学习不够深入", 1, "健全制度", "已完成", None), ("1", "学习不够深入", 2, REVIEW, "推进中", None),
        ("1", "纪律不严", 1, CARRY, "已完成", None), ("2", "监督不力", 1, MONTHLY, "长期坚持", "2023年12月底前")],
    "responsibility-list": [
        (COURT, "责任", "缺省认定", "1", "学习不够深入", "健全制度"), (COURT, "责任", "缺省认定", "1", "纪律不严", CARRY),
        (COURT, "责任", "缺省认定", "2", "监督不力", MONTHLY), (OFFICE, "牵头", "原文明示", "1", "学习不够深入", REVIEW),
        (OFFICE_OF_CHECKS, "牵头", "原文明示", "2", "监督不力", None), (PROCURATORATE, "联合", "原文明示", "1", "学习不够深入", REVIEW)],
    "contradictions": [],
    "corrected": [],
    "levels": [("中级人民法院", 1), ("基层人民法院", 1), ("高级人民法院", 1)],
}
WITH_PARAMETERS: list[tuple[str, dict[str, str], list[tuple[object, ...]]]] = [
    ("issue", {"issue": "2"}, [("监督不力", "采取措施", MONTHLY), ("监督不力", "责任单位", COURT), ("监督不力", "责任单位", OFFICE_OF_CHECKS)]),
    ("issue", {"issue": "9"}, []),
    ("issue", {"issue": '1" || "" = "'}, []),
    ("impact", {"document": "案件评查规定"}, [row for row in ROWS["impact"] if row[0] == "案件评查规定"]),
    ("impact", {"document": "没有这样的文件"}, []),
    ("documents-for-level", {"level": "中级"}, []),
    ("documents-for-level", {"level": ""}, ROWS["documents-for-level"]),
    ("binding", {"level": "高级"}, [("高级人民法院", "措施", "1", REVIEW), ("高级人民法院", "文件", "1", "案件评查规定")]),
    ("changes", {"from": "2022-05"}, ROWS["changes"]), ("changes", {"from": "2022-06"}, []),
    ("changes", {"to": "2022"}, ROWS["changes"]), ("changes", {"to": "2022-05-31"}, ROWS["changes"]), ("changes", {"to": "2022-04"}, []),
]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return open_graph(write_build(tmp_path_factory.mktemp("out") / "notice"))


def test_every_question_has_its_rows_here() -> None:
    assert {question.name for question in questions()} == set(ROWS) and len(ROWS) >= 40


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
@pytest.mark.parametrize("name", ROWS)
def test_a_question(graph: Graph, name: str, engine: str) -> None:
    answer = graph.ask(name, engine=engine, limit_seconds=60)
    assert list(answer.rows) == ROWS[name]
    assert not set(answer.columns) & {parameter.name for q in questions() if q.name == name for parameter in q.parameters}


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
@pytest.mark.parametrize(("name", "parameters", "rows"), WITH_PARAMETERS, ids=str)
def test_a_question_with_parameters(graph: Graph, name: str, parameters: dict[str, str], rows: list[tuple[object, ...]], engine: str) -> None:
    assert list(graph.ask(name, parameters, engine=engine, limit_seconds=60).rows) == rows


def test_measures_that_reach_all_three_levels(tmp_path: Path) -> None:
    """No measure of the small notice does; here one is given the two levels that it lacks."""
    notice = small_notice()
    issue = notice.issues[2]
    levels = tuple(CourtLevel(level, "抽查", Span(0, 2)) for level in ("high", "intermediate", "basic"))
    reaching = replace(issue, measures=(replace(issue.measures[0], court_levels=levels),))
    opened = open_graph(write_build(tmp_path / "notice", replace(notice, issues=(*notice.issues[:2], reaching))))
    for engine in ("oxigraph", "rdflib"):
        assert list(opened.ask("measures-for-all-levels", engine=engine).rows) == [("2", 1, MONTHLY)]


def asked(folder: Path, notice: Notice, name: str) -> list[tuple[object, ...]]:
    """The rows that both engines give for another notice."""
    graph = open_graph(write_build(folder / "notice", notice))
    rows, same = (list(graph.ask(name, engine=engine, limit_seconds=60).rows) for engine in ("oxigraph", "rdflib"))
    assert rows == same
    return rows


def test_measures_that_say_nothing_to_hold_on_to(tmp_path: Path) -> None:
    """Every measure of the small notice has a number, a date or a document; here two have lost theirs."""
    notice = small_notice()
    learning, discipline, supervision = notice.issues
    bare = [replace(issue, measures=tuple(replace(m, documents=(), document_links=(), figures=(), dates=()) for m in issue.measures))
            for issue in (discipline, supervision)]
    assert asked(tmp_path, replace(notice, issues=(learning, *bare)), "vague-measures") == [("1", 1, CARRY), ("2", 1, MONTHLY)]


def test_what_a_notice_says_against_itself(tmp_path: Path) -> None:
    """It lists 2 aspects and claims 1; of 3 issues it claims 4 done."""
    notice = small_notice()
    aspects, total, done, _ = notice.claims
    claims = (replace(aspects, value=1.0), total, replace(done, value=4.0))
    assert asked(tmp_path, replace(notice, claims=claims), "contradictions") == [
        ("方面总数:1个", 1, 2, "内容计数", "通报逐项列出2个方面,自述1个"), ("问题总数:3个", 3, 4, "算术核对", "自述已完成4,多于总数3")]


def test_what_was_put_right_by_hand(tmp_path: Path) -> None:
    notice = small_notice()
    learning, discipline, supervision = notice.issues
    one, two = learning.measures
    rules = replace(one.documents[0], issuer=HIGH, issuer_stated=True, corrected=("issuer",))
    lead = replace(two.organizations[1], corrected=("role",))
    changed = replace(notice, issues=(
        replace(learning, measures=(replace(one, documents=(rules, *one.documents[1:])), replace(two, status="planned", corrected=("status",), organizations=(
            two.organizations[0], lead, *two.organizations[2:])))),
        replace(discipline, title="纪律松弛", corrected=("title",)), replace(supervision, deadline="2024年6月底前", corrected=("deadline",))))
    assert asked(tmp_path, changed, "corrected") == [
        ("《学习规则》", "issuedBy", HIGH), (REVIEW, "status", "拟开展"), (OFFICE, None, None), ("监督不力", "deadline", "2024年6月底前"), ("纪律松弛", None, None)]


def test_a_measure_filed_for_the_record_is_answerable_to_who_keeps_it(tmp_path: Path) -> None:
    notice = small_notice()
    learning, *others = notice.issues
    one, two = learning.measures
    record = replace(one.organizations[1], mention="省高级人民法院", canonical=HIGH, kind="court", role="records")
    changed = replace(learning, measures=(replace(one, organizations=(one.organizations[0], record)), two))
    rows = asked(tmp_path, replace(notice, issues=(changed, *others)), "answerable")
    assert [row for row in rows if row[1] == "备案"] == [(COURT, "备案", HIGH, "1", "健全制度")]


def test_statuses_are_counted_of_the_notice_that_claims(tmp_path: Path) -> None:
    """Measures of the small notice: two done, one under way, one without end."""
    notice = small_notice()
    done = replace(notice.claims[2], what="measures_done", value=2.0)
    ongoing = replace(notice.claims[3], what="measures_ongoing", value=3.0)
    assert asked(tmp_path, replace(notice, claims=(done, ongoing)), "statuses-against-claims") == [
        ("已落实措施数:2个", 2, 2), ("持续推进措施数:3个", 3, 2)]


def test_what_has_no_words_behind_it_is_found(tmp_path: Path) -> None:
    folder = write_build(tmp_path / "notice")
    (folder / "evidence.ttl").unlink()
    for engine in ("oxigraph", "rdflib"):
        rows = open_graph(folder).ask("ungrounded", engine=engine).rows
        counts = {kind: sum(row[0] == kind for row in rows) for kind in {str(row[0]) for row in rows}}
        assert counts == {"方面": 2, "问题": 3, "意见建议": 1, "措施": 4, "行动": 5, "参与关系": 8, "自述数字": 4, "数据": 2, "时间": 1}


@pytest.mark.parametrize("question", questions(), ids=lambda q: q.name)
def test_a_question_is_told_in_both_languages_and_describes_its_parameters(question: Question) -> None:
    lines = question.sparql.splitlines()
    assert lines[0] == f"# zh: {question.zh}" and lines[1] == f"# en: {question.en}"
    assert question.zh.endswith("?") and question.en.endswith("?") and re.search("[\u4e00-\u9fff]", question.zh) and question.en.isascii()
    body = "\n".join(line for line in lines if not line.startswith("#"))
    assert {p.name for p in question.parameters} == set(re.findall(r"\$(\w+)", body))
    assert all(p.description for p in question.parameters) and "GROUP_CONCAT" not in body


HOSTILE = [
    "\"", "'", "\"\"\"", "\\", "\\\"", "a\nb", "a\r\n}", "> }", "\" || true || \"", "\") } UNION { ?s ?p ?o } #", "\\u0022) || true || (\\u0022",
    "\u202e\u0000", "?title", "$document", "<https://w3id.org/rectify#Issue>", "\" } SERVICE <http://127.0.0.1/> { \"", "🎈" * 3, "长" * 100_000,
]


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: ascii(value[:20]))
@pytest.mark.parametrize(("name", "parameter"), [("issue", "issue"), ("impact", "document"), ("binding", "level"), ("documents-for-level", "level")])
def test_a_parameter_is_text_and_nothing_else(graph: Graph, name: str, parameter: str, value: str, engine: str) -> None:
    """No value is in any title, number or level, so a row would be one that it talked the engine into."""
    assert graph.ask(name, {parameter: value}, engine=engine, limit_seconds=60).rows == ()


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: ascii(value[:20]))
def test_a_date_that_is_none_talks_no_engine_into_more_rows(graph: Graph, value: str, engine: str) -> None:
    rows = graph.ask("changes", {"from": value, "to": value}, engine=engine, limit_seconds=60).rows
    assert set(rows) <= set(ROWS["changes"])
