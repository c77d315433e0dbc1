"""The report of one notice: what it claims against what it shows, what is missing, what was not understood."""
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.export.markdown import excerpt, plain, table
from kg.model import Claim, Document, Issue, Measure, Notice, Span
from kg.network.schema import labels
from kg.reconcile import Reconciliation

Row = tuple[str, ...]

# Relations by which a measure makes a document of its own.
MADE = ("issues", "revises")
NONE = "无。None."

HEADER_FIELDS = (
    ("title", "标题 title"), ("publisher", "通报单位 publisher"), ("kind", "检查方式 kind of inspection"),
    ("inspector", "巡视组 inspector"), ("inspection_start", "检查开始 inspection start"),
    ("inspection_end", "检查结束 inspection end"), ("feedback_date", "反馈日期 feedback"),
    ("status_as_of", "数据截止 status as of"), ("signed", "落款日期 signed"), ("published", "发布日期 published"),
    ("region", "地区 region"), ("source_site", "来源 source"))
# Verdict on a claim: the outcome of its checks, and the words for it.
VERDICTS = {"matches": "相符 matches", "differs": "不符 contradicts", "cannot-tell": "无法核对 cannot be told from the text"}
UNCHECKED = "未核对 not checked"
METHODS = {"content-count": "内容计数 content count", "arithmetic": "算术核对 arithmetic"}
OTHER = "other"  # the topic of a count for which the lexicon has none


def report(notice: Notice, reconciliations: Sequence[Reconciliation]) -> str:
    """Return the report as Markdown, headings in Chinese and English.

    Args:
        notice: the records, with their warnings. reconciliations: the checks of its claims.
    """
    lines = _Lines.of(notice.text)
    sections = [
        f"# 整改通报核对报告 Rectification report\n\n{plain(notice.header.title or notice.source.file)}",
        "## 1 通报 Notice\n\n" + table(("项目 field", "内容 value"), _header(notice)),
        "## 2 自述数字核对 Claims against content\n\n" + _claims(notice, reconciliations, lines),
        "## 3 缺口 Gaps\n\n" + _gaps(notice, lines),
        "## 4 未能理解的文字 What no rule understood\n\n" + _not_understood(notice, lines),
    ]
    return "\n\n".join(sections) + "\n"


@dataclass(frozen=True, slots=True)
class _Lines:
    """Where the lines of a text start."""

    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Lines:
        return cls((0, *(match.end() for match in re.finditer("\n", text))))

    def number(self, place: int) -> str:
        """The line, counted from 1, that holds an offset."""
        return str(bisect_right(self.starts, place))


def _header(notice: Notice) -> Iterator[Row]:
    for name, label in HEADER_FIELDS:
        value = getattr(notice.header, name)
        yield label, plain(_kind(value) if name == "kind" else value) if value else "—"
    measures = [measure for issue in notice.issues for measure in issue.measures]
    named = [document for measure in measures for document in measure.documents]
    yield "方面 aspects", str(len(notice.aspects))
    yield "问题 issues", str(len(notice.issues))
    yield "措施 measures", str(len(measures))
    yield "文件 documents named in the issues", f"{len(named)} 处 mentions, {len({d.title for d in named})} 种 titles"
    yield "意见建议 recommendations", str(len(notice.recommendations))
    source = notice.source
    yield "文件名 file", f"{plain(source.file)}, {source.characters} 字 characters, {plain(source.encoding)}"
    yield "SHA-256", plain(source.sha256)


def _kind(kind: str) -> str:
    return " ".join(labels().get(f"inspection-{kind}", (kind,)))


def _claims(notice: Notice, checks: Sequence[Reconciliation], lines: _Lines) -> str:
    if not notice.claims:
        return "通报没有自述数字。The notice claims no numbers."
    named = [claim for claim in notice.claims if claim.what != OTHER]
    checks = [check for check in checks if check.claim.what != OTHER]
    rows = [row for claim in named for row in _claim_rows(claim, checks, lines)]
    found = [check.outcome for check in checks]
    totals = "，".join(f"{words} {found.count(outcome)}" for outcome, words in VERDICTS.items())
    header = ("计数 what", "自述 claimed", "核得 observed", "结论 verdict", "方法 method", "说明 why",
              "原文 quote", "行 line")
    return (f"自述数字 {len(named)} 个，核对 {len(checks)} 次：{totals}。\n\n"
            f"{len(named)} claims, {len(checks)} checks.\n\n" + table(header, rows)
            + _other_numbers([claim for claim in notice.claims if claim.what == OTHER], lines))


def _other_numbers(claims: Sequence[Claim], lines: _Lines) -> str:
    """The counts that name nothing the notice could be held against, after those that do."""
    if not claims:
        return ""
    rows = [(f"{_number(claim.value)} {plain(claim.unit)}", excerpt(claim.quote), lines.number(claim.span.start)) for claim in claims]
    return "\n\n### 其他数字 Other numbers\n\n" + table(("数字 number", "原文 quote", "行 line"), rows)


def _claim_rows(claim: Claim, checks: Sequence[Reconciliation], lines: _Lines) -> Iterator[Row]:
    claimed = ("约 about " if claim.approximate else "") + _number(claim.value) + " " + plain(claim.unit)
    said = (excerpt(claim.quote), lines.number(claim.span.start))
    own = [check for check in checks if check.claim == claim]
    for check in own:
        observed = "—" if check.observed is None else _number(check.observed)
        yield (_topic(claim.what), claimed, observed, VERDICTS[check.outcome], METHODS[check.method],
               f"{plain(check.explanation_zh)} {plain(check.explanation_en)}", *said)
    if not own:
        yield _topic(claim.what), claimed, "—", UNCHECKED, "—", "—", *said


def _topic(what: str) -> str:
    words = labels().get("topic-" + what.replace("_", "-"))
    return plain(" ".join(words) if words else what)


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else str(value)


def _gaps(notice: Notice, lines: _Lines) -> str:
    parts = (
        ("没有制发或者修订文件的问题 Issues without a document issued or revised",
         ("方面 aspect", "问题 issue", "标题 title", "措施 measures", "提到的文件 documents named", "行 line"),
         list(_without_documents(notice, lines))),
        ("既无文件也无数据和时间的措施 Measures without document, figure or date",
         ("方面 aspect", "问题 issue", "措施 measure", "文字 text", "行 line"), list(_bare_measures(notice, lines))),
        ("待出台的文件 Documents awaited",
         ("文件 document", "制发机关 issuer", "问题 issue", "以其为据 rests on it", "行 line"),
         list(_awaited(notice, lines))))
    return "\n\n".join(f"### {title}\n\n" + (table(header, rows) if rows else NONE) for title, header, rows in parts)


def _without_documents(notice: Notice, lines: _Lines) -> Iterator[Row]:
    for issue in notice.issues:
        named = [document for measure in issue.measures for document in measure.documents]
        if not any(document.relation in MADE for document in named) and not _has_parts(notice, issue):
            yield (excerpt(issue.aspect or "—"), plain(issue.number), excerpt(issue.title), str(len(issue.measures)), str(len(named)),
                   lines.number(issue.span.start))


def _has_parts(notice: Notice, issue: Issue) -> bool:
    return not issue.measures and any(other.parent == issue.number and other.aspect == issue.aspect
                                      for other in notice.issues)


def _bare_measures(notice: Notice, lines: _Lines) -> Iterator[Row]:
    for issue in notice.issues:
        for place, measure in enumerate(issue.measures, start=1):
            if not (measure.documents or measure.figures or measure.dates):
                yield (excerpt(issue.aspect or "—"), plain(issue.number), plain(measure.marker) or str(place),
                       excerpt(measure.heading or measure.text), lines.number(measure.span.start))


def _awaited(notice: Notice, lines: _Lines) -> Iterator[Row]:
    for issue in notice.issues:
        for measure in issue.measures:
            for document in measure.documents:
                if document.pending:
                    yield (plain(f"《{document.title}》"), plain(document.issuer or "—"), plain(issue.number),
                           "；".join(_resting(measure, document)) or "—", lines.number(document.span.start))


def _resting(measure: Measure, document: Document) -> list[str]:
    return [plain(f"《{link.source}》") for link in measure.document_links if link.target == document.title]


def _not_understood(notice: Notice, lines: _Lines) -> str:
    rows = [(plain(warning.code), lines.number(warning.span.start), plain(warning.message),
             excerpt(notice.text[warning.span.start:warning.span.end])) for warning in notice.warnings]
    header = ("代码 code", "行 line", "说明 message", "文字 text")
    return _share(notice) + "\n\n" + (table(header, rows) if rows else NONE)


def _share(notice: Notice) -> str:
    """How much was understood: of the text of the list of issues, and of the sentences of the measures."""
    placed = sum(issue.span.end - issue.span.start for issue in notice.issues if issue.parent is None)
    lost = sum(warning.span.end - warning.span.start for warning in notice.warnings)
    measures = [measure for issue in notice.issues for measure in issue.measures]
    told = [any(_overlap(sentence, fact) for fact in _facts(measure))
            for measure in measures for sentence in _sentences(measure)]
    return (f"- 问题部分归入问题的文字 text of the issues that was placed: {_percent(placed, placed + lost)}\n"
            f"- 措施中识别出文件、机构、层级、数据、时间或者进展的句子 sentences of measures in which a fact was found: "
            f"{sum(told)} / {len(told)} = {_percent(sum(told), len(told))}")


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "—"


def _sentences(measure: Measure) -> list[Span]:
    return [Span(measure.span.start + match.start(), measure.span.start + match.end())
            for match in re.finditer(r"[^。；;！？\n]+", measure.text) if match[0].strip()]


def _facts(measure: Measure) -> list[Span]:
    """Where a measure says something that became a record; what is taken by default says nothing."""
    said = [organization.span for organization in measure.organizations if organization.stated]
    said.extend(level.span for level in measure.court_levels if level.cue is not None)
    said.extend(record.span for records in (measure.documents, measure.figures, measure.dates) for record in records)
    return said if measure.status_span is None else [*said, measure.status_span]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
