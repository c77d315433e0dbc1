"""A notice of an invented court as records, made by hand: small enough that every answer can be counted.

澜江市中级人民法院 does not exist. Spans are found by the words themselves, so that the text can be read.
"""
from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kg.model import (Aspect, Claim, CourtLevel, Date, Document, DocumentLink, Figure, Header, Issue, Measure, Notice,
                      Organization, Recommendation, Source, Span)

TITLE = "中共澜江市中级人民法院党组关于巡察整改进展情况的通报"
PUBLISHER = "中共澜江市中级人民法院党组"
COURT = "澜江市中级人民法院"
KEY = "中共澜江市中级人民法院党组-20230717"
NOTICE = f"https://w3id.org/rectify/id/notice/{KEY}"
DOC = "https://w3id.org/rectify/id/doc/"
TEXT = f"""{TITLE}
2023年3月1日至4月10日,市委第二巡察组开展巡察,4月20日反馈2个方面3个问题,已整改完成2个,其余1个正在推进。印发《巡察整改方案》。
(一)学习方面
1.学习不够深入
一是健全制度。制定《学习规则》和《考核办法(试行)》,督促各基层法院执行,全年学习12次。
二是根据省高级人民法院即将出台的《案件评查规定》,研究修订《案件评查办法》,由审判管理办公室牵头,会同市检察院开展评查3次。
(二)纪律方面
1.纪律不严
落实《学习规则》,将《考核办法(试行)》编入《制度汇编》。
2.监督不力
2022年5月起坚持每月抽查。
建议:加强监督。
2023年7月17日
"""


def at(words: str, start: int = 0, after: str = "") -> Span:
    """The span of `words`, the first at or after `start` or after the words `after`."""
    begin = TEXT.index(after) if after else start
    place = TEXT.index(words, begin)
    return Span(place, place + len(words))


def source(text: str, name: str = "notice.txt") -> Source:
    """The source record of a text that was read from UTF-8."""
    return Source(name, hashlib.sha256(text.encode("utf-8")).hexdigest(), len(text), "utf-8")


def small_notice() -> Notice:
    """The notice."""
    return Notice(
        source=source(TEXT), header=_header(), text=TEXT, claims=_claims(),
        aspects=(Aspect("一", "学习方面", at("(一)学习方面\n")), Aspect("二", "纪律方面", at("(二)纪律方面\n"))),
        issues=(_learning(), _discipline(), _supervision()),
        recommendations=(Recommendation("1", "加强监督", at("建议:加强监督。")),),
        documents=(Document("巡察整改方案", "issues", at("《巡察整改方案》"), at("印发《巡察整改方案》"), COURT, False, rule="document_issues"),))


def _header() -> Header:
    return Header(
        title=TITLE, publisher=PUBLISHER, published="2023-07-18", signed="2023-07-17", kind="xuncha", inspector="中共澜江市委第二巡察组",
        inspection_start="2023-03-01", inspection_end="2023-04-10", feedback_date="2023-04-20", status_as_of="2023-06",
        spans=(("title", at(TITLE)), ("inspector", at("市委第二巡察组")), ("feedback_date", at("4月20日"))))


def _claims() -> tuple[Claim, ...]:
    def claim(what: str, value: float, quote: str) -> Claim:
        return Claim(what, value, "个", False, quote, at(quote))
    return (claim("aspects", 2.0, "2个方面"), claim("issues_total", 3.0, "3个问题"),
            claim("issues_done", 2.0, "已整改完成2个"), claim("issues_ongoing", 1.0, "其余1个正在推进"))


def _learning() -> Issue:
    first = at("一是健全制度。制定《学习规则》和《考核办法(试行)》,督促各基层法院执行,全年学习12次。")
    group = at("制定《学习规则》和《考核办法(试行)》")
    one = Measure(
        marker="一是", heading="健全制度", text=TEXT[first.start:first.end], span=first,
        documents=(Document("学习规则", "issues", at("《学习规则》"), group, COURT, False, rule="document_issues"),
                   Document("考核办法(试行)", "issues", at("《考核办法(试行)》"), group, COURT, False, trial=True, rule="document_issues")),
        organizations=(Organization(None, COURT, "court", "responsible", False, first, "subject_left_out"),
                       Organization("各基层法院", "澜江市基层人民法院", "court_group", "target", True, at("各基层法院"), "role_target")),
        court_levels=(CourtLevel("basic", "各基层法院", at("各基层法院"), "level_basic"),),
        figures=(Figure(12.0, "次", "全年学习", "count", False, at("全年学习12次")),))
    return Issue("1", "学习不够深入", at("学习不够深入"), Span(first.start - 8, at("(二)").start), aspect="学习方面", status="已完成整改",
                 measures=(one, _review()))


def _review() -> Measure:
    span = at("二是根据省高级人民法院即将出台的《案件评查规定》,研究修订《案件评查办法》,由审判管理办公室牵头,会同市检察院开展评查3次。")
    return Measure(
        marker="二是", heading=None, text=TEXT[span.start:span.end], span=span, status="ongoing", status_span=at("研究修订"),
        documents=(
            Document("案件评查规定", "implements", at("《案件评查规定》"), at("根据省高级人民法院即将出台的《案件评查规定》"), pending=True,
                     rule="document_implements"),
            Document("案件评查办法", "drafts", at("《案件评查办法》"), at("研究修订《案件评查办法》"), COURT, False, rule="document_drafts")),
        document_links=(DocumentLink("案件评查办法", "案件评查规定", "based_on",
                                     at("根据省高级人民法院即将出台的《案件评查规定》,研究修订《案件评查办法》"), "link_based_on"),),
        organizations=(
            Organization("省高级人民法院", "云川省高级人民法院", "court", "approves", True, at("省高级人民法院"), "role_approves"),
            Organization("审判管理办公室", COURT + "审判管理办公室", "department", "lead", True, at("审判管理办公室"), "role_lead"),
            Organization("市检察院", "澜江市人民检察院", "government", "joint", True, at("市检察院"), "role_joint")),
        court_levels=(CourtLevel("high", "省高级人民法院", at("省高级人民法院"), "level_named"),
                      CourtLevel("intermediate", None, span, "level_default")),
        figures=(Figure(3.0, "次", "评查", "count", True, at("评查3次")),))


def _discipline() -> Issue:
    span = at("落实《学习规则》,将《考核办法(试行)》编入《制度汇编》。")
    rules, trial, book = (at(f"《{title}》", span.start) for title in ("学习规则", "考核办法(试行)", "制度汇编"))
    included = at("将《考核办法(试行)》编入《制度汇编》")
    measure = Measure(
        marker="", heading=None, text=TEXT[span.start:span.end], span=span,
        documents=(Document("学习规则", "implements", rules, at("落实《学习规则》"), rule="document_implements"),
                   Document("考核办法(试行)", "includes", trial, included, trial=True, rule="document_includes"),
                   Document("制度汇编", "includes", book, included, rule="document_includes")),
        document_links=(DocumentLink("考核办法(试行)", "制度汇编", "compiled_into", included, "link_compiled"),),
        organizations=(Organization(None, COURT, "court", "responsible", False, span, "subject_left_out"),))
    return Issue("1", "纪律不严", at("纪律不严"), Span(span.start - 7, span.end), aspect="纪律方面", measures=(measure,))


def _supervision() -> Issue:
    span = at("2022年5月起坚持每月抽查。")
    measure = Measure(
        marker="", heading=None, text=TEXT[span.start:span.end], span=span, status="recurring", status_span=at("坚持"),
        organizations=(Organization(None, COURT, "court", "responsible", False, span, "subject_left_out"),),
        dates=(Date("2022-05", None, at("2022年5月起")),))
    return Issue("2", "监督不力", at("监督不力"), Span(span.start - 7, span.end), aspect="纪律方面", measures=(measure,),
                 deadline="2023年12月底前", organizations=(Organization(
                     "督察室", COURT + "督察室", "department", "lead", True, at("监督不力"), "label_lead"),))


@dataclass
class Page:
    """A text under way, with spans of what is written: for notices that a test makes up as it goes."""

    text: str = ""

    def write(self, words: str) -> Span:
        """Append words; return where they stand."""
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text))


def notice_of(*documents: tuple[str, str, dict[str, object]], publisher: str | None = PUBLISHER, before: str = "") -> Notice:
    """A notice with one issue and one measure for each document: (title, relation, further fields).

    `before` is written right before each title, after the verb 〇; a body among the fields named
    `body` is (mention, canonical) and stands in `before`.
    """
    page = Page("通报。")
    measures = []
    for title, relation, more in documents:
        fields = dict(more)
        body = fields.pop("body", None)
        start = page.write("〇").start
        bodies = []
        if isinstance(body, tuple):
            mention, canonical = body
            bodies.append(Organization(mention, canonical, "court", "approves", True, page.write(mention), "role"))
        page.write(before)
        span = page.write(f"《{title}》")
        document = Document(title, relation, span, Span(start, span.end), **fields)  # type: ignore[arg-type]
        page.write("。")
        measures.append(Measure("", None, page.text[start:span.end], Span(start, span.end), documents=(document,), organizations=tuple(bodies)))
    issue = Issue("1", "问题", Span(0, 2), Span(0, len(page.text)), measures=tuple(measures))
    return Notice(source(page.text), Header(publisher=publisher, signed="2023-07-17"), page.text, issues=(issue,))
