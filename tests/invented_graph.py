"""An invented notice as text and NetworkX view, in the schema that the page reads.

Everything in it is made up. Used by the tests of the page, so that they need neither a real notice
nor the reader; `invented_notice(issues=…)` grows to any size.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import networkx as nx

from kg.network.joined import joined

BASE = "https://w3id.org/rectify/id/"
TITLE = "中共云川省青岚市中级人民法院党组关于巡察整改进展情况的通报"

ASPECTS = (
    "贯彻落实党中央决策部署和上级工作要求方面",
    "执法办案和审判监督管理方面",
    "履行全面从严治党责任方面",
    "干部队伍和基层党组织建设方面",
)
TOPICS = (
    "长期未结案件清理不力", "类案裁判尺度不统一", "上诉案件卷宗移送不及时", "执行案款发放不及时",
    "服务保障营商环境存在差距", "防止干预司法“三个规定”填报不实", "廉政风险防控不够严密",
    "物资采购管理不规范", "年轻干部培养缺少规划", "聘用制书记员管理松散", "党支部组织生活不够规范",
    "意识形态工作责任落实不够有力", "信访积案化解力度不够", "庭审直播与公开不充分",
)
ACTS = ("开展专项清理", "完善预警机制", "统一裁判尺度", "强化督导检查", "规范审批流程", "健全学习制度")
GENRES = ("实施细则", "管理办法（试行）", "工作方案", "通知", "指导意见", "责任清单")
DEPARTMENTS = ("立案庭", "审判管理办公室", "执行局", "政治部", "机关党委", "督察室", "财务处")
LEVELS = (("high", "高级人民法院", "High court level"), ("intermediate", "中级人民法院", "Intermediate court level"),
          ("basic", "基层人民法院", "Basic court level"))
RELATIONS = ("issuesDocument", "revisesDocument", "draftsDocument", "issuesDocument")
STATUSES = ("status-completed", "status-completed", "status-in-progress", "status-completed", "status-continuous")

HOSTILE_TITLES = (
    '贯彻落实<关于进一步优化司法资源配置的"若干意见">的工作方案',
    "</script><script>window.hit=1</script>通知",
    "<img src=x onerror=window.hit=1>清单",
    "<!--<script>规定 href 🎈",
    "=HYPERLINK(\"x\")办法",
)


@dataclass
class Draft:
    """Text written so far and the graph that points into it."""

    graph: nx.MultiDiGraph = field(default_factory=nx.MultiDiGraph)
    parts: list[str] = field(default_factory=list)
    length: int = 0

    def write(self, words: str) -> tuple[int, int]:
        """Append words; return their offsets in code points."""
        start = self.length
        self.parts.append(words)
        self.length += len(words)
        return start, self.length

    def node(self, key: str, kind: str, label: str, span: tuple[int, int] | None = None, **attributes: object) -> str:
        """Add a node once; later mentions only lengthen its list of places."""
        if key in self.graph:
            if span:
                known = self.graph.nodes[key]
                known["mentions"] = f"{known.get('mentions', '')} {span[0]}-{span[1]}".strip()
            return key
        places = {"startOffset": span[0], "endOffset": span[1], "mentions": f"{span[0]}-{span[1]}"} if span else {}
        self.graph.add_node(key, type=kind, label=label, **places, **attributes)
        return key

    def edge(self, source: str, relation: str, target: str, **attributes: object) -> None:
        """Add a relation; the key is its name, as in the real view."""
        values = {"relation": relation, "inferred": False, "depends": False, **attributes}
        self.graph.add_edge(source, target, key=relation, **values)


def invented_notice(issues: int = 14, hostile: tuple[str, ...] = ()) -> tuple[nx.MultiDiGraph, str, str]:
    """Return graph, text and title of an invented notice with this many issues."""
    draft = Draft()
    notice = f"{BASE}notice/中共青岚市中级人民法院党组-20230717"
    draft.node(notice, "Notice", TITLE, draft.write(TITLE), issued="2023-07-17")
    draft.write("\n\n")
    _preamble(draft, notice, issues)
    per_aspect = -(-issues // len(ASPECTS))
    numerals = "一二三四五六七八九十"
    for index, title in enumerate(ASPECTS):
        mine = range(index * per_aspect, min(issues, (index + 1) * per_aspect))
        if not mine:
            continue
        span = draft.write(f"（{numerals[index]}）{title}\n")
        aspect = draft.node(f"{notice}/aspect/{index + 1}", "Aspect", title, span, number=index + 1)
        draft.edge(notice, "hasAspect", aspect)
        for number in mine:
            _issue(draft, notice, aspect, number, hostile)
    draft.write("三、下一步工作打算\n院党组将对已完成事项开展“回头看”。\n")
    return draft.graph, "".join(draft.parts), TITLE


def two_notices() -> tuple[nx.MultiDiGraph, str]:
    """Two invented notices in one graph; the second's text stands behind the first's."""
    return several_notices(("青岚市", "白石市"))


def several_notices(places: tuple[str, ...], issues: int = 6) -> tuple[nx.MultiDiGraph, str]:
    """The same invented notice from several places in one graph, their texts one behind the other."""
    graph, text, _ = invented_notice(issues)
    return joined((_of(graph, place), text.replace("青岚市", place)) for place in places)


def _of(graph: nx.MultiDiGraph, place: str) -> nx.MultiDiGraph:
    """The graph of the notice as another place would publish it."""
    other = nx.relabel_nodes(graph, lambda node: node.replace("青岚市", place))
    for _, data in other.nodes(data=True):
        data["label"] = data["label"].replace("青岚市", place)
    return other


def _preamble(draft: Draft, notice: str, issues: int) -> None:
    """Inspection, team, inspected body, two claims with their checks."""
    graph = draft.graph
    inspection = draft.node(f"{BASE}inspection/青岚-2022-11-07", "Inspection", "常规巡察", startDate="2022-11-07",
                            endDate="2023-01-13", feedbackDate="2023-03-06")
    draft.write("根据市委统一部署，")
    team = draft.node(f"{BASE}org/市委第三巡察组", "InspectionTeam", "市委第三巡察组", draft.write("市委第三巡察组"))
    draft.write("开展了常规巡察。反馈的")
    graph.add_node(f"{BASE}org/青岚市中级人民法院", type="Court", label="青岚市中级人民法院")
    draft.edge(notice, "reportsOn", inspection)
    draft.edge(inspection, "conductedBy", team)
    draft.edge(inspection, "inspectedOrganization", f"{BASE}org/青岚市中级人民法院")
    for topic, label, words, value, outcome in (
        ("issues_total", "问题总数", f"{issues}个问题", issues, "outcome-matches"),
        ("measures_total", "措施总数", "52项整改措施", 52, "outcome-cannot-tell"),
    ):
        claim = draft.node(f"{notice}/claim/{topic}", "Claim", f"{label}：{words}", draft.write(words), claimedValue=value)
        check = draft.node(f"{notice}/claim/{topic}/check", "Reconciliation", f"{label}核对", outcome=outcome,
                           **({"observedValue": value} if outcome.endswith("matches") else {}),
                           explanation="逐项清点。" if outcome.endswith("matches") else "通报未逐项列出。")
        draft.edge(notice, "makesClaim", claim)
        draft.edge(claim, "hasReconciliation", check, inferred=True)
        draft.write("细化为" if topic == "issues_total" else "。\n\n二、巡察反馈问题整改落实情况\n")


def _issue(draft: Draft, notice: str, aspect: str, index: int, hostile: tuple[str, ...]) -> None:
    number = index + 1
    title = TOPICS[index % len(TOPICS)] + ("" if index < len(TOPICS) else f"（{index // len(TOPICS)}）")
    start, _ = draft.write(f"{number}．")
    _, end = draft.write(f"关于{title}的问题。")
    issue = draft.node(f"{notice}/issue/{number}", "Issue", title, (start, end), number=number)
    draft.edge(aspect, "hasIssue", issue, depends=True)
    for m in range(1 + index * 5 % 4):
        _measure(draft, issue, index, m, hostile)
    draft.write("\n")


def _measure(draft: Draft, issue: str, index: int, m: int, hostile: tuple[str, ...]) -> None:
    serial = index * 5 + m
    act = ACTS[serial % len(ACTS)]
    key = f"{issue}/measure/{m + 1}"
    start = draft.length
    draft.write(f"{'一二三四五'[m]}是{act}。")
    graph = draft.graph
    graph.add_node(key, type="Measure", label=act, number=m + 1, marker=f"{'一二三四五'[m]}是",
                   status=STATUSES[serial % len(STATUSES)])
    draft.edge(issue, "hasMeasure", key, depends=True)
    department = DEPARTMENTS[serial % len(DEPARTMENTS)]
    span = draft.write(department)
    body = draft.node(f"{BASE}org/青岚市中级人民法院{department}", "Department", f"青岚市中级人民法院{department}", span)
    draft.edge(key, "responsibleOrganization", body, basis="stated" if m % 2 else "default", startOffset=span[0], endOffset=span[1])
    draft.edge(issue, "responsibleOrganization", body, inferred=True, basis="inferred")
    for name, label, english in LEVELS[serial % 3:]:
        level = draft.node(f"https://w3id.org/rectify/concept/court-level-{name}", "CourtLevel", label, label_en=english)
        draft.edge(key, "appliesToCourtLevel", level, inferred=m % 2 == 1)
    for d in range(0 if index % 7 == 5 else 1 + serial % 2):
        _document(draft, issue, key, index, (serial, m, d), hostile)
    span = draft.write(f"今年以来清理案件{18 + serial}件。")
    figure = draft.node(f"{key}/figure/{span[0]}", "Figure", f"清理案件 {18 + serial} 件", span, value=float(18 + serial),
                        unit="件", indicator="清理案件", startDate="2023-01-01", endDate=f"2023-0{1 + serial % 6}-30")
    draft.edge(key, "hasFigure", figure)
    graph.nodes[key].update(startOffset=start, endOffset=draft.length)


def _document(draft: Draft, issue: str, measure: str, index: int, place: tuple[int, int, int], hostile: tuple[str, ...]) -> None:
    serial, m, d = place
    relation = RELATIONS[(serial + d) % len(RELATIONS)]
    verb = {"issuesDocument": "印发", "revisesDocument": "修订", "draftsDocument": "研究制定"}[relation]
    genre = GENRES[(serial + d) % len(GENRES)]
    title = f"关于{TOPICS[index % len(TOPICS)][:-2]}整改的{genre}" if d == 0 else f"青岚市法院{ACTS[serial % len(ACTS)]}{genre}"
    if d == 0 and m == 0 and index < len(hostile):
        title = hostile[index]
    rests = serial % 3 == 0
    rule_span = None
    if rests:
        draft.write("根据省高级人民法院")
        rule_span = draft.write("《关于加强审判监督管理的规定》")
        draft.write("，")
    start = draft.length
    draft.write(verb)
    span = draft.write(f"《{title}》")
    draft.write("。")
    key = f"{BASE}doc/青岚市中级人民法院/{index}-{m}-{d}" if d == 0 else f"{BASE}doc/青岚市中级人民法院/{title}"
    document = draft.node(key, "IssuedDocument", f"《{title}》", span, title=title, isTrial="试行" in title,
                          status={"draftsDocument": "status-doc-drafting"}.get(relation, "status-doc-issued"))
    action = draft.node(f"{measure}/action/{d + 1}", "Action", f"{verb}《{title}》", (start, span[1]), number=d + 1)
    draft.edge(measure, "hasAction", action, depends=True)
    draft.edge(action, relation, document, depends=True, basis="stated", startOffset=start, endOffset=span[1])
    draft.edge(measure, relation, document, depends=True, inferred=True, startOffset=start, endOffset=span[1])
    draft.edge(issue, "yieldsDocument", document, inferred=True)
    court = f"{BASE}org/青岚市中级人民法院"
    draft.edge(document, "issuedBy", court, basis="default")
    if rule_span:
        rule = draft.node(f"{BASE}doc/云川省高级人民法院/审判监督", "Document", "《关于加强审判监督管理的规定》", rule_span,
                          title="关于加强审判监督管理的规定", status="status-doc-existing")
        issuer = draft.node(f"{BASE}org/云川省高级人民法院", "Court", "云川省高级人民法院")
        draft.edge(rule, "issuedBy", issuer)
        draft.edge(document, "basedOn", rule, depends=True, startOffset=rule_span[0], endOffset=span[1])
        draft.edge(action, "citesBasis", rule, depends=True, startOffset=rule_span[0], endOffset=rule_span[1])
        awaited = draft.node(f"{BASE}doc/最高人民法院/衔接规定", "Document", "《关于做好衔接工作的规定》",
                             title="关于做好衔接工作的规定", awaited=True, status="status-doc-forthcoming")
        if serial % 6 == 0:
            draft.edge(document, "awaits", awaited, depends=True, inferred=True, basis="inferred")
