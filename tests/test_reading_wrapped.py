"""Plain text cut to one width: its paragraphs are whole again; any other text stays as it is."""
from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from kg.reading import read_bytes
from kg.reading.wrapped import join_wrapped

PARAGRAPHS = [
    "中共青岚市档案馆党组关于巡察整改进展情况的通报",
    "　　根据市委统一部署，2023年3月1日至4月28日，市委第二巡察组对市档案馆党组开展了巡察，2023年6月5日反馈了巡察意见，现将整改进展情况予以公布。",
    "　　一、组织领导情况",
    "　　召开党组会8次，专题研究12项整改任务，出台《青岚市档案馆整改方案》，逐项明确责任科室和完成时限，党组书记带头领办最难的一项。",
    "　　二、反馈问题整改情况",
    *(line for number in "一三五七" for line in (
        f"　　（{number}）库房管理不严，账物不符的问题",
        "责任科室：保管科",
        "　　1.修订《青岚市档案馆库房管理办法》，清点藏品1,286件，查明去向不清的藏品11件，已全部追回。2.请青岚市公安局复核库房门禁记录，更换门锁36把。",
        f"　　（{'二四六八'['一三五七'.index(number)]}）经费使用不规范，超标准接待的问题",
        "责任科室：办公室",
        "　　清退超标准接待费用2.3万元，约谈责任人3名，在全馆范围内通报，并由机关纪委对整改结果逐笔核查，形成报告报党组会审定，结果向全馆公开。")),
    "中共青岚市档案馆党组",
    "2023年12月1日",
]


def cut(width: int) -> str:
    """The paragraphs as a mail or a page shows them: no line longer than `width` characters."""
    return "\n".join(line for paragraph in PARAGRAPHS for line in textwrap.wrap(paragraph, width, drop_whitespace=False))


@pytest.mark.parametrize("width", [20, 26, 34, 50])
def test_paragraphs_cut_to_one_width_are_whole_again(width: int) -> None:
    assert join_wrapped(cut(width)).splitlines() == [paragraph.strip() for paragraph in PARAGRAPHS]


def test_a_name_that_the_cut_parted_is_read_as_one() -> None:
    text = cut(17)
    assert "青岚市档案馆库房管理办法" not in text
    assert "青岚市档案馆库房管理办法" in read_bytes(text.encode(), "n.txt").text


@pytest.mark.parametrize("text", ["\n".join(PARAGRAPHS), "一、整改\n（一）学习不够\n组织学习。\n" * 30, "制定《学习计划办法》，印发各科室执行。\n" * 30, "", "整改\n"])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert join_wrapped(text) == text


def test_no_committed_notice_but_the_one_that_is_cut_changes() -> None:
    notices = sorted((Path(__file__).parent / "gold").glob("*.txt"))
    texts = {path.stem: path.read_text(encoding="utf-8") for path in notices}
    assert [name for name, text in texts.items() if join_wrapped(text) != text] == ["power_company"]
