"""The closed namespace, concepts by the words of a text, keys and IRIs."""
from __future__ import annotations

import pytest
import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import RectifyError
from kg.lexicon import load
from kg.vocab import C, R, UnknownTermError, concepts, document_iri, document_type, item_status, key, notice_key

# A title that ends in a word of each genre.
TITLES = {
    "resolution": "关于年度工作的决议", "decision": "关于表彰先进的决定", "order": "第三号命令", "communique": "全会公报",
    "announcement": "执行悬赏公告", "public-notice": "关于限期申报的通告", "opinion": "关于立案工作的意见", "circular": "关于立案工作的通知",
    "bulletin": "关于整改情况的通报", "report": "年度工作报告", "request": "关于增编的请示", "reply": "关于增编的批复", "bill": "关于监督的议案",
    "letter": "司法建议函", "minutes": "会议纪要", "law": "中华人民共和国民事诉讼法", "regulation": "纪律处分条例", "provisions": "考勤规定（试行）",
    "measures": "财务管理办法(2021年)", "rules": "立案工作实施细则", "charter": "惩戒委员会章程", "system": "一岗双责制度", "scheme": "清理工作方案",
    "key-points": "2021年工作要点", "guide": "诉讼指南", "list": "风险清单", "indicators": "评估指标体系", "steps": "优化营商环境的若干措施",
    "compendium": "制度选编（二）", "form": "廉政承诺书", "agreement": "合作备忘录", "periodical": "舆情专报",
}
STATUSES = {
    "rectified": ["已完成", "整改到位", "已办结并销号", "已办结\n其余未办结的另行公示"], "basically": ["基本完成", "基本整改到位"], "interim": ["取得阶段性成果"],
    "in-progress": ["正在推进", "整改中"], "continuous": ["长期坚持", "已完成并长期坚持"], "unfinished": ["未办结", "未完成", "尚未完成整改", "未整改到位"],
}


def local(node: ox.NamedNode | None) -> str | None:
    return node.value.rpartition("/")[2] if node else None


def test_an_unknown_term_raises() -> None:
    assert R.hasIssue.value == "https://w3id.org/rectify#hasIssue"
    assert C["status-doc-issued"].value == "https://w3id.org/rectify/concept/status-doc-issued"
    for ask in (lambda: R.hasIsue, lambda: C["status-doc-isued"], lambda: R["label"]):
        with pytest.raises(UnknownTermError) as error:
            ask()
        assert isinstance(error.value, RectifyError)
    assert "hasIssue" in R and "hasIsue" not in R


def test_every_genre_is_told_by_a_title() -> None:
    assert {f"doctype-{genre}": local(document_type(title)) for genre, title in TITLES.items()} == {
        f"doctype-{genre}": f"doctype-{genre}" for genre in TITLES}
    in_ontology = {local(c.iri) for c in concepts().values() if c.scheme == C["document-types"]}
    assert in_ontology == {f"doctype-{genre}" for genre in TITLES}


@pytest.mark.parametrize("title", ["工作方法", "三中心一场地", "", "（试行）"])
def test_a_title_without_a_genre_has_none(title: str) -> None:
    assert document_type(title) is None


def test_every_status_of_an_item_is_told_by_its_words() -> None:
    for name, printed in STATUSES.items():
        assert {words: local(item_status(words)) for words in printed} == {words: f"status-item-{name}" for words in printed}
    assert {local(c.iri) for c in concepts().values() if c.scheme == C["item-statuses"]} == {f"status-item-{n}" for n in STATUSES}
    assert item_status("详见附件") is None


def test_every_kind_of_claim_has_a_topic() -> None:
    patterns = load("claims").patterns.values()
    topics = {p.fields["what"].replace("_", "-") for p in patterns if "what" in p.fields}
    assert len(topics) > 15
    assert not {t for t in topics if f"topic-{t}" not in C}


@pytest.mark.parametrize(("one", "other"), [
    ("考核办法（试行）", "考核办法(试行)"), ("“三会一课”记录", "\"三会一课\"记录"), ("贯彻<意见>的方案", "贯彻〈意见〉的方案"),
    ("《学习规则》", "学习规则"), ("2021年 要点", "２０２１年要点"), ("办法（２０２１年）", "办法 [2021年]"), ("一、二", "一-二"),
])
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [
    ("考核办法", "考核办法(试行)"), ("学习规则", "学习细则"), ("!!!", "???"), ("法" * 70, "法" * 71), ("", " "),
])
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_a_long_key_is_cut_and_told_by_its_hash() -> None:
    assert key("法" * 60) == "法" * 60
    assert key("法" * 61) == "法" * 51 + "~b3ae5cb5"
    assert len(key("规" * 500)) == 60


@pytest.mark.parametrize(("publisher", "date", "expected"), [
    ("中共澜江市中级人民法院党组", "2023-07-17", "中共澜江市中级人民法院党组-20230717"),
    ("中共澜江市中级人民法院党组", "2023-07", "中共澜江市中级人民法院党组-202307"),
    ("中共澜江市中级人民法院党组", None, "中共澜江市中级人民法院党组-abababab"),
    ("中共澜江市中级人民法院党组", "2023-7-1", "中共澜江市中级人民法院党组-20230701"),
    (None, None, "notice-abababab"),
    ("../../etc/passwd", "2023-07-17", "etc-passwd-20230717"),
])
def test_the_key_of_a_notice_names_a_folder(publisher: str | None, date: str | None, expected: str) -> None:
    assert notice_key(publisher, date, "ab" * 32) == expected


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_text_breaks_an_iri(scope: str, title: str) -> None:
    node = document_iri(key(scope), title)
    assert not set(node.value) & set(" <>\"'{}|\\^`\n\r\t\0")
    assert node.value.count("/") == "https://w3id.org/rectify/id/doc/scope/title".count("/")
    line = ox.serialize([ox.Triple(node, R.awaits, node)], format=ox.RdfFormat.TURTLE)
    assert line is not None and [q.subject for q in ox.parse(line, format=ox.RdfFormat.TURTLE)] == [node]
