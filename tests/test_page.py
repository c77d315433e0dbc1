"""The head of a notice, and the page text around it."""
from __future__ import annotations

import pytest

from kg.extract.notice import extract_notice
from kg.model import Notice
from kg.reading import read_bytes

BODY = "一、关于学习不深入的问题\n组织学习3次。\n二、关于作风不实的问题\n开展谈话5次。\n"


def read(text: str) -> Notice:
    return extract_notice(read_bytes(text.encode(), "n.txt"))


@pytest.mark.parametrize(("opening", "expected"), [
    ("根据市委部署，2022年11月7日至2023年1月13日，市委第三巡察组对市档案馆党组开展了巡察，并于2023年3月6日反馈了巡察意见。现将整改情况予以公布。",
     ("市委第三巡察组", "2022-11-07", "2023-01-13", "2023-03-06")),
    ("2023年3月1日至4月28日，市委提级巡察第四组对我馆党组开展了提级巡察。6月5日，向馆党组反馈了意见。现将整改情况予以公布。",
     ("市委提级巡察第四组", "2023-03-01", "2023-04-28", "2023-06-05")),
    ("自2024年3月11日起至5月31日，县委第四巡察组对我馆党组进行了常规巡察，并于7月18日反馈了巡察情况。现将整改情况予以公布。",
     ("县委第四巡察组", "2024-03-11", "2024-05-31", "2024-07-18")),
    ("根据区委统一部署，2023年4月上旬至6月中旬，区委第二联动巡察组对区档案馆党支部进行了巡察，2023年7月反馈了意见。现将整改情况通报如下。",
     ("区委第二联动巡察组", "2023-04-01", "2023-06-20", "2023-07")),
    ("2021年10月8日至12月10日期间，省委第五巡视组对省档案馆党组开展了“回头看”。2022年1月17日进行了反馈。现将整改情况予以公布。",
     ("省委第五巡视组", "2021-10-08", "2021-12-10", "2022-01-17")),
    ("根据市委部署，2024717日至830日，市委第六巡察组对市档案馆党组进行了巡察。914日，巡察组向馆党组反馈了巡察意见。现将整改情况予以公布。",
     ("市委第六巡察组", "2024-07-17", "2024-08-30", "2024-09-14")),
    ("2024年7月至9月市委第二巡察组对我馆进行了巡察，于2024年10月28日反馈了意见。现将整改情况公示如下。",
     ("市委第二巡察组", "2024-07-01", "2024-09-30", "2024-10-28")),
    ("市审计局于2023年3月6日至5月31日对我馆进行了审计，并于2023年7月12日出具了《审计报告》。现将整改结果公告如下。",
     ("市审计局", "2023-03-06", "2023-05-31", "2023-07-12")),
])
def test_who_inspected_when(opening: str, expected: tuple[str, str, str, str]) -> None:
    header = read(f"中共青岚市档案馆党组关于巡察整改情况的通报\n{opening}\n{BODY}中共青岚市档案馆党组\n2023年12月1日\n").header
    assert (header.inspector, header.inspection_start, header.inspection_end, header.feedback_date) == expected


@pytest.mark.parametrize(("publisher", "inspection", "kind"), [
    ("青浦县审计局党组", "巡察", "xuncha"), ("青岚市生态环境局党组", "巡视", "xunshi"), ("青岚市教育局", "审计发现问题", "audit"), ("青浦县人民政府", "环保督察", "environment")])
def test_the_kind_is_that_of_the_inspection_and_not_of_the_publisher(publisher: str, inspection: str, kind: str) -> None:
    text = f"中共{publisher}关于{inspection}整改情况的通报\n按照部署，现将整改情况予以公布。\n{BODY}"
    assert read(text).header.kind == kind


@pytest.mark.parametrize(("inspected", "named", "publisher"), [
    ("我院党组", "《中共青岚市中级人民法院党组关于巡察反馈意见的整改方案》", "中共青岚市中级人民法院党组"),
    ("我院党组", "《市委巡察办关于巡察整改的通知》", None), ("我院党组", "《青岚市中级人民法院案款管理办法》", None),
    ("区法院党组", "《青岚市明湖区人民法院案款管理办法》", "明湖区人民法院党组"), ("区法院党组", "《案款管理办法》", "区法院党组"),
])
def test_a_notice_without_a_title_names_its_publisher_elsewhere(inspected: str, named: str, publisher: str | None) -> None:
    text = f"根据市委统一部署，市委第一巡察组对{inspected}开展了巡察。现将整改情况予以公布。\n{BODY}三、关于制度不全的问题\n制定{named}。\n"
    assert read(text).header.publisher == publisher


@pytest.mark.parametrize(("head", "title", "publisher"), [
    ("青岚市2022年度绩效审计查出问题整改情况的报告——2023年4月在青岚市七届人大常委会第十七次会议上\n",
     "青岚市2022年度绩效审计查出问题整改情况的报告——2023年4月在青岚市七届人大常委会第十七次会议上", "青岚市档案馆"),
    ("青岚市人民政府关于专项审计发现问题整改情况的函\n", "青岚市人民政府关于专项审计发现问题整改情况的函", "青岚市人民政府"),
    ("关于2020年度市本级预算执行审计查出问题整改情况的报告\n--2021年12月28日在青岚市十届人大常委会第三次会议上\n市审计局局长   周一民\n主任、各位副主任、各位委员：\n",
     "关于2020年度市本级预算执行审计查出问题整改情况的报告", "青岚市审计局"),
    ("  青岚省人民政府关于我省2020年度省级预算\n  执行和其他财政收支审计查出问题\n  的整改情况报告\n  青岚省审计厅厅长  王 明\n",
     "青岚省人民政府关于我省2020年度省级预算执行和其他财政收支审计查出问题的整改情况报告", "青岚省人民政府"),
    ("中共青岚市档案馆党组关于巡察整改进展情况的通报\n", "中共青岚市档案馆党组关于巡察整改进展情况的通报", "中共青岚市档案馆党组"),
    ("中共青岚市档案馆党组\n关于巡察整改进展情况的通报\n", "中共青岚市档案馆党组关于巡察整改进展情况的通报", "中共青岚市档案馆党组"),
    ("中共青岚市档案馆党组关于十二届省委第三轮巡视整改进展情况的通报\n", "中共青岚市档案馆党组关于十二届省委第三轮巡视整改进展情况的通报", "中共青岚市档案馆党组"),
    ("来源：青岚市档案馆\n\n市档案馆党组关于巡察整改进展情况的通报\n", "市档案馆党组关于巡察整改进展情况的通报", "青岚市档案馆党组"),
    ("市场监督管理局党组关于巡察整改进展情况的通报\n", "市场监督管理局党组关于巡察整改进展情况的通报", "市场监督管理局党组"),
    ("青岚市档案馆党委巡察集中整改进展情况的通报\n", "青岚市档案馆党委巡察集中整改进展情况的通报", "青岚市档案馆党委"),
    ("首页 > 公示公告\n\n中共青岚市档案馆党组关于巡察整改情况的通报\n中共青岚市档案馆党组关于巡察整改情况的通报\n", "中共青岚市档案馆党组关于巡察整改情况的通报", "中共青岚市档案馆党组"),
])
def test_title_and_publisher(head: str, title: str, publisher: str) -> None:
    header = read(head + f"根据市委统一部署，市委第一巡察组对市档案馆开展了巡察，现将整改情况予以公布。\n{BODY}2023年12月1日\n").header
    assert (header.title, header.publisher) == (title, publisher)


def test_page_text_is_set_apart_and_not_lost() -> None:
    text = ("首页 > 政务公开 > 巡察整改\n中共青岚市档案馆党组关于巡察整改情况的通报\n发布时间：2023-12-06 15:07　来源：市档案馆　浏览次数：92\n"
            "根据市委统一部署，市委第一巡察组对市档案馆开展了巡察，现将整改情况予以公布。\n" + BODY +
            "欢迎广大干部群众监督。联系电话：0576-0000000；电子邮箱：a@example.cn。\n中共青岚市档案馆党组\n2023年12月5日\n"
            "上一篇：公告\n打印 关闭\n版权所有：青岚市档案馆\n")
    notice = read(text)
    found = {(f.kind, text[f.span.start:f.span.end]) for f in notice.furniture}
    assert found == {
        ("breadcrumb", "首页 > 政务公开 > 巡察整改"), ("source_line", "发布时间：2023-12-06 15:07　来源：市档案馆　浏览次数：92"),
        ("contact", "欢迎广大干部群众监督。联系电话：0576-0000000；电子邮箱：a@example.cn。"), ("signature", "中共青岚市档案馆党组"),
        ("footer", "上一篇：公告"), ("footer", "打印 关闭"), ("footer", "版权所有：青岚市档案馆")}
    assert (notice.header.published, notice.header.signed, notice.header.source_site) == ("2023-12-06", "2023-12-05", "市档案馆")
    assert [i.title for i in notice.issues] == ["学习不深入", "作风不实"]


@pytest.mark.parametrize(("words", "expected"), [("截至2023年11月20日", "2023-11-20"), ("截止2023年6月底", "2023-06-30"), ("截至8月31日", "2023-08-31"), ("截至目前", None)])
def test_the_day_of_the_figures(words: str, expected: str | None) -> None:
    text = f"中共青岚市档案馆党组关于巡察整改情况的通报\n市委第一巡察组开展了巡察。{words}，完成整改5个。现将情况予以公布。\n{BODY}2023年12月1日\n"
    assert read(text).header.status_as_of == expected
