"""Time grows with the length of the text and no faster, also where the text is made to be slow."""
from __future__ import annotations

import time

import pytest

from kg.extract.notice import extract_notice
from kg.model import Source
from kg.reading import Reading
from kg.resolve import resolve

HEAD = ("中共青岚市档案馆党组关于巡察整改情况的通报\n市委第一巡察组对市档案馆党组开展了巡察，现将整改情况予以公布。\n"
        "一、巡察反馈问题整改落实情况\n1.关于学习不深入的问题。\n")
SENTENCE = "由执行局牵头，市中院于2021年3月修订《工作规则》，会同市公安局开展检查3次，占比5%，"
ISSUES = "".join(f"{i}.关于第{i}项制度执行不到位的问题。\n一是{SENTENCE}\n二是督促各科室落实。\n" for i in range(2, 900))
SHORT, TIMES = 2_500, 10  # characters, and how much longer the second text is
# Ten times the text takes about ten times as long; what is compared pair by pair takes a hundred.
ALLOWED = 30


def seconds(text: str) -> float:
    reading = Reading(text, Source("n.txt", "", len(text), "utf-8"))
    start = time.process_time()
    resolve(extract_notice(reading))
    return time.process_time() - start


def grows_with_the_text(short: str, long: str) -> bool:
    """Whether one of three tries stays within bounds: what else runs on the machine only adds."""
    limit = ALLOWED * max(0.002, min(seconds(short) for _ in range(3)))
    return any(seconds(long) <= limit for _ in range(3))


@pytest.mark.parametrize("unit", [
    SENTENCE, "《", "(", "“", "1", "一是", "一是印发。", "印发《甲》、", "根据《甲》制定《乙》，", "将《甲》纳入《乙》，",
    "督促执行局、", "法院", "甲(乙)法院", "“。", "责任单位：办公室\n", "巡察省委", "3月至", "有3项", "已完成整改12项措施，",
], ids=lambda unit: unit.strip()[:8])
@pytest.mark.parametrize("head", [HEAD, "关于巡察整改情况的通报\n根据巡察整改部署"], ids=["in an issue", "in the opening"])
def test_ten_times_the_text_takes_ten_times_as_long(head: str, unit: str) -> None:
    short, long = (head + unit * (length // len(unit)) + "\n2023年1月1日\n" for length in (SHORT, TIMES * SHORT))
    assert grows_with_the_text(short, long)


def test_ten_times_the_issues_take_ten_times_as_long() -> None:
    assert len(ISSUES) >= TIMES * SHORT
    assert grows_with_the_text(HEAD + ISSUES[:SHORT], HEAD + ISSUES[:TIMES * SHORT])
