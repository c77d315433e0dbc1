"""report.md of notices typed by hand."""
from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.export.markdown import EXCERPT, excerpt, plain, table
from kg.export.report import report
from kg.model import (Aspect, Claim, Date, Document, DocumentLink, Figure, Header, Issue, Measure, Notice, Organization,
                      Recommendation, Source, Span, Warning)
from kg.reconcile import Reconciliation

TEXT = """关于整改情况的通报
反馈2个方面3个问题。

1.档案管理不严
一是建章立制。制定《档案办法》；由办公室负责。
二是谈心谈话。谈了话。
2.借阅不登记
落实《档案法》，根据即将出台的《借阅规定》修改。
不明文字一段。
"""


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def document(title: str, relation: str, **more: object) -> Document:
    return replace(Document(title, relation, span(f"《{title}》"), span(f"《{title}》")), **more)  # type: ignore[arg-type]


def measure(words: str, **more: object) -> Measure:
    return replace(Measure("", None, words, span(words)), **more)  # type: ignore[arg-type]


ISSUE_1 = Issue("1", "档案管理不严", span("档案管理不严"),
                Span(span("1.档案").start, span("谈了话。").end), "档案方面", measures=(
    measure("一是建章立制。制定《档案办法》；由办公室负责。", marker="一是", heading="建章立制", documents=(document("档案办法", "issues"),),
            organizations=(Organization("办公室", "某局办公室", "department", "responsible", True, span("办公室")),)),
    measure("二是谈心谈话。谈了话。", marker="二是", heading="谈心谈话",
            organizations=(Organization(None, "某局", "government", "responsible", False, span("谈了话")),))))
ISSUE_2 = Issue("2", "借阅不登记", span("借阅不登记"),
                Span(span("2.借阅").start, span("修改。").end), None, measures=(
    measure("落实《档案法》，根据即将出台的《借阅规定》修改。", documents=(
        document("档案法", "implements"), document("借阅规定", "implements", pending=True, issuer="省局")),
        document_links=(DocumentLink("借阅细则", "借阅规定", "based_on", span("根据")),)),))
CLAIMS = (Claim("aspects", 2.0, "个方面", False, "反馈2个方面3个问题", span("反馈2个方面3个问题")),
          Claim("issues_total", 3.0, "个", False, "反馈2个方面3个问题", span("反馈2个方面3个问题")),
          Claim("completion_rate", 97.5, "%", True, "3个问题", span("3个问题")),
          Claim("unheard_of", 1.0, "次", False, "谈了话", span("谈了话")))
CHECKS = (Reconciliation(CLAIMS[0], "content-count", "matches", 2.0, 2.0, "列出2个", "2 are listed"),
          Reconciliation(CLAIMS[1], "content-count", "differs", 3.0, 2.0, "列出2个", "2 are listed"),
          Reconciliation(CLAIMS[1], "arithmetic", "cannot-tell", 3.0, None, "没有分项", "no parts"))
NOTICE = Notice(
    Source("a_b.txt", "0" * 64, len(TEXT), "utf-8"),
    Header("关于整改情况的通报", publisher="某局党组", kind="xuncha", published="2023-07-18"), TEXT, CLAIMS,
    (Aspect("1", "档案方面", span("档案")),), (ISSUE_1, ISSUE_2), (Recommendation("1", "建议", span("反馈")),),
    warnings=(Warning("unclaimed", "no rule understood: 不明文字一段。", span("不明文字一段。")),))


def section(text: str, title: str) -> list[str]:
    """The lines of one section, without empty ones."""
    lines = text.splitlines()
    [start] = [number for number, line in enumerate(lines) if line.lstrip("#").strip().startswith(title)]
    level = re.match("#+ ", lines[start])
    assert level
    rest = lines[start + 1:]
    end = next((number for number, line in enumerate(rest) if re.match("#{1,%d} " % (len(level[0]) - 1), line)), len(rest))
    return [line for line in rest[:end] if line]


def test_sections() -> None:
    assert [line for line in report(NOTICE, CHECKS).splitlines() if line.startswith("#")] == [
        "# 整改通报核对报告 Rectification report", "## 1 通报 Notice", "## 2 自述数字核对 Claims against content", "## 3 缺口 Gaps",
        "### 没有制发或者修订文件的问题 Issues without a document issued or revised",
        "### 既无文件也无数据和时间的措施 Measures without document, figure or date", "### 待出台的文件 Documents awaited",
        "## 4 未能理解的文字 What no rule understood"]


def test_notice() -> None:
    rows = section(report(NOTICE, CHECKS), "1 通报")
    assert rows[:2] == ["| 项目 field | 内容 value |", "| --- | --- |"]
    assert "| 通报单位 publisher | 某局党组 |" in rows
    assert "| 检查方式 kind of inspection | 巡察 Inspection by city, county or body |" in rows
    assert "| 巡视组 inspector | — |" in rows
    assert "| 措施 measures | 3 |" in rows
    assert "| 文件 documents named in the issues | 3 处 mentions, 3 种 titles |" in rows
    assert "| 意见建议 recommendations | 1 |" in rows
    assert f"| 文件名 file | a\\_b.txt, {len(TEXT)} 字 characters, utf-8 |" in rows


def test_every_claim_has_its_verdict_both_numbers_and_the_why() -> None:
    assert section(report(NOTICE, CHECKS), "2 自述") == [
        "自述数字 4 个，核对 3 次：相符 matches 1，不符 contradicts 1，无法核对 cannot be told from the text 1。",
        "4 claims, 3 checks.",
        "| 计数 what | 自述 claimed | 核得 observed | 结论 verdict | 方法 method | 说明 why | 原文 quote | 行 line |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        "| 方面总数 Aspects in total | 2 个方面 | 2 | 相符 matches | 内容计数 content count | 列出2个 2 are listed | 反馈2个方面3个问题 | 2 |",
        "| 问题总数 Issues in total | 3 个 | 2 | 不符 contradicts | 内容计数 content count | 列出2个 2 are listed | 反馈2个方面3个问题 | 2 |",
        "| 问题总数 Issues in total | 3 个 | — | 无法核对 cannot be told from the text | 算术核对 arithmetic | 没有分项 no parts | "
        "反馈2个方面3个问题 | 2 |",
        "| 整改完成率 Completion rate | 约 about 97.5 % | — | 未核对 not checked | — | — | 3个问题 | 2 |",
        "| unheard\\_of | 1 次 | — | 未核对 not checked | — | — | 谈了话 | 6 |"]


def test_gaps() -> None:
    text = report(NOTICE, CHECKS)
    assert section(text, "没有制发")[2:] == ["| — | 2 | 借阅不登记 | 1 | 2 | 7 |"]
    assert section(text, "既无文件")[2:] == ["| 档案方面 | 1 | 二是 | 谈心谈话 | 6 |"]
    assert section(text, "待出台")[2:] == ["| 《借阅规定》 | 省局 | 2 | 《借阅细则》 | 8 |"]


def test_a_measure_with_a_number_or_a_date_is_no_gap() -> None:
    bare = ISSUE_1.measures[1]
    for more in ({"figures": (Figure(1.0, "次", "谈话", "count", False, bare.span),)}, {"dates": (Date("2023-01", None, bare.span),)}):
        notice = replace(NOTICE, issues=(replace(ISSUE_1, measures=(replace(bare, **more),)),))  # type: ignore[arg-type]
        assert section(report(notice, ()), "既无文件") == ["无。None."]


def test_an_issue_that_only_holds_sub_issues_is_no_gap() -> None:
    top = replace(ISSUE_2, number="3", measures=())
    notice = replace(NOTICE, issues=(top, replace(ISSUE_2, number="3.1", parent="3")))
    assert [row.split(" | ")[1] for row in section(report(notice, ()), "没有制发")[2:]] == ["3.1"]


def test_what_was_not_understood_with_its_line_and_the_share() -> None:
    placed = sum(issue.span.end - issue.span.start for issue in (ISSUE_1, ISSUE_2))
    assert (placed, len("不明文字一段。")) == (76, 7)  # counted by hand
    assert section(report(NOTICE, CHECKS), "4 未能") == [
        "- 问题部分归入问题的文字 text of the issues that was placed: 91.6 %",
        "- 措施中识别出文件、机构、层级、数据、时间或者进展的句子 sentences of measures in which a fact was found: 3 / 6 = 50.0 %",
        "| 代码 code | 行 line | 说明 message | 文字 text |", "| --- | --- | --- | --- |",
        "| unclaimed | 9 | no rule understood: 不明文字一段。 | 不明文字一段。 |"]


def test_a_notice_that_says_nothing() -> None:
    text = report(Notice(Source("x.txt", "0" * 64, 0, "utf-8"), Header(), ""), ())
    assert text.splitlines()[2] == "x.txt"
    assert section(text, "2 自述") == ["通报没有自述数字。The notice claims no numbers."]
    assert section(text, "4 未能")[0].endswith(": —")
    assert text.count("无。None.") == 4


# ---------------------------------------------------------------- escaping

HOSTILE = ("a|b", "<script>alert(1)</script>", "`code`", "**粗**_斜_", "[x](http://e.org)", "![i](x)", "# 题", "一\n二\r\n三",
           "行\u2028段\u2029", "\\|", "&lt;", "http://example.org www.example.org a@example.org", "~~x~~ $y$", "\x00\x1b[31m", "{x}")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_in_their_cell(words: str) -> None:
    claim = replace(CLAIMS[0], unit=words, quote=words, what=words)
    notice = replace(
        NOTICE, header=replace(NOTICE.header, title=words, publisher=words), claims=(claim,),
        issues=(replace(ISSUE_2, title=words, aspect=words, number=words),),
        warnings=(Warning(words, words, Span(0, 9)),))
    text = report(notice, (replace(CHECKS[0], claim=claim, explanation_zh=words),))
    plain_text = report(replace(notice, header=NOTICE.header), CHECKS)
    assert text.count("\n") == plain_text.count("\n")
    for line in text.splitlines():
        if line.startswith("|"):
            cells = len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) - 1
            assert cells in (2, 4, 5, 6, 8)
    body = text.replace("&#47;", "").replace("&#64;", "").replace("&#46;", "")
    assert not re.search(r"(?<!\\)[`*_\[\]{}~$]|<|://|@|www\.", body)


@given(st.text())
def test_plain_is_one_line_without_markup(words: str) -> None:
    shown = plain(words)
    assert len(shown.splitlines()) <= 1
    assert "<" not in shown and ">" not in shown
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_|~$]", re.sub(r"\\.", "", shown))


def test_plain_keeps_what_needs_no_escape() -> None:
    assert plain("《档案办法（试行）》第1条(2021年)，“严格”落实") == "《档案办法（试行）》第1条(2021年)，“严格”落实"


def test_excerpts_are_cut_before_they_are_escaped() -> None:
    assert excerpt("字" * EXCERPT) == "字" * EXCERPT
    assert excerpt("字" * EXCERPT + "末") == "字" * EXCERPT + "…"
    assert excerpt("|" * 100) == "\\|" * EXCERPT + "…"


def test_table() -> None:
    assert table(("a", "b"), [("1", "2")]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"


def test_a_number_without_a_topic_stands_apart_from_the_claims() -> None:
    claim = Claim("other", 9.0, "次", False, "走访9次", span("档案"))
    lines = section(report(replace(NOTICE, claims=(*CLAIMS, claim)), CHECKS), "2 自述")
    assert lines[1] == "4 claims, 3 checks."
    assert lines[lines.index("### 其他数字 Other numbers") + 1:][:3:2] == ["| 数字 number | 原文 quote | 行 line |", "| 9 次 | 走访9次 | 4 |"]
