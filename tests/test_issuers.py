"""Who issues a document, by the words around its title: read by hand, of an invented archive."""
from __future__ import annotations

import pytest

from kg.extract.notice import extract_notice
from kg.reading import read_bytes
from kg.resolve import resolve

NOTICE = ("中共青岚市档案馆党组关于巡察整改进展情况的通报\n\n根据市委统一部署，2023年3月1日至4月28日，市委第二巡察组对市档案馆党组开展了巡察。"
          "现将整改进展情况予以公布。\n\n（一）政治建设方面\n1.关于制度执行不严的问题\n{}\n\n中共青岚市档案馆党组\n2023年12月1日\n")
OWN = "青岚市档案馆"


@pytest.mark.parametrize(("measure", "issuers"), [
    ("保管科制定《库房办法》。", {"库房办法": ("青岚市档案馆保管科", True)}),
    ("人事科、保管科会同财务科制定《值班办法》。", {"值班办法": ("青岚市档案馆人事科", True)}),
    ("修订《考勤制度》。", {"考勤制度": (OWN, False)}),
    ("对照审计署《审计规划》，参照市农业农村局、市委组织部《财务指引》开展自查。",
     {"审计规划": ("审计署", True), "财务指引": ("青岚市农业农村局", True)}),
    ("落实国家档案局即将出台的《著录规则》，学习人事科编写的《岗位手册》。",
     {"著录规则": ("国家档案局", True), "岗位手册": ("青岚市档案馆人事科", True)}),
    ("依据教育部等八部门《实习规定》清退学员。", {"实习规定": ("教育部", True)}),
    ("依照《最高人民法院关于诉讼档案的规定》归档。", {"最高人民法院关于诉讼档案的规定": ("最高人民法院", True)}),
    ("保管科与市城建档案馆签署《共建协议》。", {"共建协议": ("青岚市档案馆保管科", True)}),
    ("同步废止《查档暂行办法》。", {"查档暂行办法": (OWN, False)}),
    ("保管科就破损库房向市城建档案馆送达《整改建议书》，落实财务科拟定的《报销细则》。",
     {"整改建议书": ("青岚市档案馆保管科", True), "报销细则": ("青岚市档案馆财务科", True)}),
    ("《库房规范》经市政府常务会议审议后已由市政府办公室印发。", {"库房规范": ("青岚市人民政府办公室", True)}),
    ("人事科修订《馆党组议事规则》《局长办公会议事规则》。", {"馆党组议事规则": (OWN, False), "局长办公会议事规则": (OWN, False)}),
    ("严格执行《青岚市档案馆查阅办法》。", {"青岚市档案馆查阅办法": (OWN, True)}),
    ("推动青岚档案服务有限公司（下称服务公司）出台《托管办法》。", {"托管办法": ("青岚档案服务有限公司", True)}),
    ("落实《档案法》，组织学习《条例选编》。", {"档案法": (None, None), "条例选编": (None, None)}),
])
def test_the_body_that_issues(measure: str, issuers: dict[str, tuple[str | None, bool | None]]) -> None:
    notice = resolve(extract_notice(read_bytes(NOTICE.format(measure).encode(), "n.txt")))
    assert {d.title: (d.issuer, d.issuer_stated) for d in notice.issues[0].measures[0].documents} == issuers


def test_a_short_title_tells_the_full_one_and_its_issuer() -> None:
    measure = ("市教育局印发《青岚市中小学档案管理实施办法（试行）》（青教发〔2023〕4号，以下简称《办法》）。按照《办法》清点藏品，"
               "落实《馆藏规划》（简称“规划”），对照《规划》整改。")
    notice = resolve(extract_notice(read_bytes(NOTICE.format(measure).encode(), "n.txt")))
    full = "青岚市中小学档案管理实施办法（试行）"
    assert [(d.title, d.alias_of, d.issuer) for d in notice.issues[0].measures[0].documents] == [
        (full, None, "青岚市教育局"), ("办法", full, "青岚市教育局"), ("办法", full, "青岚市教育局"), ("馆藏规划", None, None), ("规划", "馆藏规划", None)]


def test_a_short_title_in_quotes_counts_where_it_is_a_title_later() -> None:
    measure = "印发《馆藏规划（2023—2025年）》（以下简称“规划”），保管科落实《规划》，清点藏品。"
    notice = resolve(extract_notice(read_bytes(NOTICE.format(measure).encode(), "n.txt")))
    assert [d.alias_of for d in notice.issues[0].measures[0].documents] == [None, "馆藏规划（2023—2025年）"]
